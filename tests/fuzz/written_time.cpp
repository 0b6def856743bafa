// Dates and times as clients write them: what is taken can be written again.
#include "app/written_time.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/time_format.hpp"

using namespace innergate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto date = parse_written_date(text)) {
        if (parse_written_date(to_iso8601(*date)) != date) {
            std::abort();
        }
    }
    if (const auto time = parse_written_time(text)) {
        static_cast<void>(to_iso8601(*time));
    }
    return 0;
}
