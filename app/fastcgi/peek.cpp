#include "app/fastcgi/peek.hpp"

#include <array>
#include <cstddef>
#include <fastcgi.h>
#include <sys/socket.h>

namespace innergate::fastcgi {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} * 1024;
constexpr std::string_view kTargetName = "REQUEST_URI";

/// Takes bytes off the front of a view; nothing when there are too few.
class Front {
public:
    explicit Front(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

    std::optional<std::string_view> take(std::size_t size) {
        if (rest_.size() < size) {
            return std::nullopt;
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    /// The length of a name or a value is one byte, or four with the topmost bit set.
    std::optional<std::size_t> take_length() {
        constexpr unsigned char kLong = 0x80;
        if (rest_.empty()) {
            return std::nullopt;
        }
        const bool is_long = (static_cast<unsigned char>(rest_.front()) & kLong) != 0;
        const auto bytes = take(is_long ? 4 : 1);
        if (!bytes) {
            return std::nullopt;
        }
        std::size_t length = 0;
        for (const char byte : *bytes) {
            length = length << 8U | static_cast<unsigned char>(byte);
        }
        return is_long ? length & 0x7fffffffU : length;
    }

private:
    std::string_view rest_;
};

struct Record {
    unsigned char type;
    std::string_view content;
};

std::optional<Record> take_record(Front& front) {
    const auto head = front.take(FCGI_HEADER_LEN);
    if (!head || (*head)[0] != FCGI_VERSION_1) {
        return std::nullopt;
    }
    const auto at = [&head](std::size_t index) {
        return static_cast<unsigned char>((*head)[index]);
    };
    const auto content = front.take(std::size_t{at(4)} << 8U | at(5));
    if (!content || !front.take(at(6))) {
        return std::nullopt;
    }
    return Record{.type = at(1), .content = *content};
}

std::optional<std::string> target_among(std::string_view params) {
    Front front{params};
    while (!front.is_empty()) {
        const auto name_length = front.take_length();
        const auto value_length = name_length ? front.take_length() : std::nullopt;
        const auto name = value_length ? front.take(*name_length) : std::nullopt;
        const auto value = name ? front.take(*value_length) : std::nullopt;
        if (!value) {
            return std::nullopt;
        }
        if (*name == kTargetName) {
            return std::string{*value};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> target_of_whole_request(std::string_view bytes) {
    Front front{bytes};
    std::string params;
    bool has_all_params = false;
    while (const auto record = take_record(front)) {
        if (record->type == FCGI_PARAMS) {
            params += record->content;
            has_all_params = record->content.empty();
        } else if (record->type == FCGI_STDIN) {
            const bool is_end = record->content.empty();
            return is_end && has_all_params ? target_among(params) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<std::string> peek_target(int descriptor) {
    std::array<char, kMostBytes> buffer{};
    const ssize_t size = ::recv(descriptor, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
    if (size <= 0) {
        return std::nullopt;
    }
    return target_of_whole_request({buffer.data(), static_cast<std::size_t>(size)});
}

}  // namespace innergate::fastcgi
