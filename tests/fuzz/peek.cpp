// The first bytes of a FastCGI connection, as they are looked at before anybody takes the request.
#include "app/fastcgi/peek.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace innergate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto target = fastcgi::target_of_whole_request(bytes);
    // What comes behind a whole request is the next one's: it changes nothing.
    if (target && fastcgi::target_of_whole_request(std::string{bytes} + '\1') != target) {
        std::abort();
    }
    if (target && target->size() > size) {
        std::abort();
    }
    return 0;
}
