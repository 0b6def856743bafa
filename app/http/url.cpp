#include "app/http/url.hpp"

#include <charconv>

#include <utf8.h>

#include "app/ascii.hpp"

namespace innergate::http {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

constexpr bool is_unreserved(char character) {
    return ascii::is_letter_or_digit(character) || character == '-' || character == '.' ||
           character == '_' || character == '~';
}

std::optional<char> decode_escape(std::string_view digits) {
    unsigned value = 0;
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || fault != std::errc{} || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return static_cast<char>(static_cast<unsigned char>(value));
}

}  // namespace

bool append_percent_decoded(std::string_view text, PlusSign plus, std::string& out) {
    const std::size_t start = out.size();
    for (std::size_t position = 0; position < text.size(); ++position) {
        char character = text[position];
        if (character == '%') {
            const auto decoded = decode_escape(text.substr(position + 1, 2));
            if (!decoded) {
                return false;
            }
            character = *decoded;
            position += 2;
        } else if (character == '+' && plus == PlusSign::space) {
            character = ' ';
        }
        if (character == '\0') {
            return false;
        }
        out.push_back(character);
    }
    return utf8::is_valid(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char character : text) {
        if (is_unreserved(character)) {
            out.push_back(character);
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        out.push_back('%');
        out.push_back(kHexDigits[byte >> 4U]);
        out.push_back(kHexDigits[byte & 0xFU]);
    }
    return out;
}

std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        url.remove_prefix(scheme + 3);
    }
    if (url.starts_with('[')) {
        return url.substr(0, url.find(']') + 1);
    }
    return url.substr(0, url.find_first_of(":/"));
}

Target split_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const std::size_t authority = target.find("://");
        if (authority != std::string_view::npos) {
            const std::size_t path = target.find('/', authority + 3);
            target = path == std::string_view::npos ? std::string_view{"/"} : target.substr(path);
        }
    }
    const std::size_t question_mark = target.find('?');
    if (question_mark == std::string_view::npos) {
        return {.path = target, .query = {}};
    }
    return {.path = target.substr(0, question_mark), .query = target.substr(question_mark + 1)};
}

Result<PathSegments> PathSegments::parse(std::string_view path) {
    PathSegments segments;
    segments.decoded_.reserve(path.size());
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view raw = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (raw.empty()) {
            continue;
        }
        const std::size_t begin = segments.decoded_.size();
        if (!append_percent_decoded(raw, PlusSign::literal, segments.decoded_)) {
            return request_failure(ErrorCode::bad_request, "400 Bad Request", "undecodable path");
        }
        const std::string_view decoded = std::string_view{segments.decoded_}.substr(begin);
        if (decoded == "." || decoded == ".." || segments.count_ == kMaxSegments) {
            return request_failure(
                ErrorCode::not_found, "404 Not Found", "path with dot or too many segments"
            );
        }
        segments.ranges_.at(segments.count_++) = {.begin = begin, .length = decoded.size()};
    }
    return segments;
}

std::string_view PathSegments::operator[](std::size_t index) const {
    const Range& range = ranges_.at(index);
    return std::string_view{decoded_}.substr(range.begin, range.length);
}

}  // namespace innergate::http
