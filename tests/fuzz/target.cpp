// Raw request targets, up to decoded segments and query parameters.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/http/url.hpp"
#include "app/routing/parameters.hpp"

using namespace innergate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const http::Target target = http::split_target({reinterpret_cast<const char*>(data), size});
    if (const auto segments = http::PathSegments::parse(target.path)) {
        for (std::size_t index = 0; index < segments->size(); ++index) {
            const std::string_view segment = (*segments)[index];
            if (segment.empty() || segment == "." || segment == "..") {
                std::abort();
            }
        }
    }
    static_cast<void>(routing::query_parameters(target.query, {}));
    return 0;
}
