#include "app/encoding/base64.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "app/ascii.hpp"

namespace innergate::encoding {
namespace {

std::string_view without_padding(std::string_view text) {
    const std::size_t last = text.find_last_not_of('=');
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// `text` in the standard alphabet, its padding removed.
std::optional<std::string> decode_unpadded(std::string text) {
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    // EVP_DecodeBlock knows neither missing padding nor how many bytes the padding stood for.
    const std::size_t padding = (4 - text.size() % 4) % 4;
    text.append(padding, '=');
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    if (length < 0) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends with a NUL
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size())
    );
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::string base64_unpadded(std::string_view bytes) {
    std::string text = base64(bytes);
    text.resize(without_padding(text).size());
    return text;
}

std::string base64url(std::string_view bytes) {
    std::string text = base64_unpadded(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
    const std::string_view bare = without_padding(text);
    const std::size_t padding = text.size() - bare.size();
    const bool padding_fits = padding == 0 || (padding <= 2 && text.size() % 4 == 0);
    if (!padding_fits || !ascii::has_only_letters_digits_and("+/", bare)) {
        return std::nullopt;
    }
    return decode_unpadded(std::string{bare});
}

std::optional<std::string> decode_base64url(std::string_view text) {
    if (!ascii::has_only_letters_digits_and("-_", text)) {
        return std::nullopt;
    }
    std::string standard{text};
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    return decode_unpadded(std::move(standard));
}

}  // namespace innergate::encoding
