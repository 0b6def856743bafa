#include "app/http/response.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace innergate::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 22> kPhrases{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {300, "Multiple Choices"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
}};

}  // namespace

std::string_view reason_phrase(int status) {
    const auto* const found =
        std::ranges::find(kPhrases, status, &std::pair<int, std::string_view>::first);
    return found == kPhrases.end() ? std::string_view{"Unknown"} : found->second;
}

}  // namespace innergate::http
