#include "handlers/domain/ssh_key.hpp"

#include <algorithm>

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::handlers::domain {
namespace {

/// Takes the next word off the front.
std::string_view take_word(std::string_view& text) {
    constexpr std::string_view kBlank = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(kBlank));
    text.remove_prefix(word.size());
    return word;
}

}  // namespace

std::optional<std::string> fingerprint_of_blob(std::string_view base64_blob) {
    std::string text{base64_blob};
    std::ranges::replace(text, ' ', '+');
    const auto blob = encoding::decode_base64(text);
    if (!blob || blob->empty()) {
        return std::nullopt;
    }
    return encoding::base64_unpadded(encoding::sha256(*blob));
}

std::string normalized_fingerprint(std::string_view fingerprint) {
    constexpr std::string_view kPrefix = "SHA256:";
    if (fingerprint.starts_with(kPrefix)) {
        fingerprint.remove_prefix(kPrefix.size());
    }
    std::string text{fingerprint.substr(0, fingerprint.find('='))};
    std::ranges::replace(text, ' ', '+');
    return text;
}

std::string with_comment(std::string_view stored_key, std::string_view comment) {
    const std::string_view type = take_word(stored_key);
    const std::string_view blob = take_word(stored_key);
    std::string line{type};
    line += ' ';
    line += blob;
    line += ' ';
    line += comment;
    std::ranges::replace_if(
        line, [](char character) { return character == '\n' || character == '\r'; }, ' '
    );
    return line;
}

}  // namespace innergate::handlers::domain
