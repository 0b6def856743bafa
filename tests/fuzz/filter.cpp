// SCIM filters: reading ends, and what can be read can be asked.
#include "handlers/domain/scim/filter.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace innergate::handlers::domain::scim;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto filter = parse_filter(text);
    if (!filter) {
        if (filter.error().empty()) {
            std::abort();
        }
        return 0;
    }
    static_cast<void>(matches(*filter, User{.id = "id", .user_name = "name", .name = "Name"}));
    static_cast<void>(only_user_name(*filter));
    return 0;
}
