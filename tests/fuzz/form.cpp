// Query strings and forms: bytes before the first NUL are the content type, the rest the body.
#include "app/http/form.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace innergate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    json::Object query;
    static_cast<void>(http::parse_urlencoded(input, {}, query));
    if (const std::size_t end = input.find('\0'); end != std::string_view::npos) {
        json::Object form;
        static_cast<void>(
            http::parse_multipart(input.substr(end + 1), input.substr(0, end), {}, form)
        );
    }
    return 0;
}
