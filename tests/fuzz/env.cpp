// The parameter `env`, which holds JSON in a string.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "handlers/inspectors/quarantine.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static_cast<void>(innergate::handlers::inspectors::parse_quarantine(
        {reinterpret_cast<const char*>(data), size}
    ));
    return 0;
}
