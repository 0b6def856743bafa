// The answers given before the application sees a request: fixed texts, one place.
#pragma once

#include <string_view>

namespace innergate::fastcgi {

struct Refusal {
    int status;
    std::string_view body;
};

/// RFC 9110 section 15.5.14 gives the status this name. The Error for a body that turns out too
/// long while it is read has the same text, so that a client sees one text in either case.
inline constexpr std::string_view kContentTooLargeText = "413 Content Too Large";

inline constexpr Refusal kContentTooLarge{413, R"({"error":"413 Content Too Large"})"};
inline constexpr Refusal kBadMethod{400, R"({"error":"request method is missing or malformed"})"};
inline constexpr Refusal kBadTarget{400, R"({"error":"request target is missing or malformed"})"};
inline constexpr Refusal kTargetTooLong{400, R"({"error":"request target is too long"})"};
inline constexpr Refusal kBadContentLength{400, R"({"error":"content length is malformed"})"};
inline constexpr Refusal kAmbiguousParameter{400, R"({"error":"request is ambiguous"})"};
inline constexpr Refusal kTooManyFields{400, R"({"error":"too many header fields"})"};
inline constexpr Refusal kParametersTooLarge{400, R"({"error":"header fields are too large"})"};
inline constexpr Refusal kUnknownRole{400, R"({"error":"FastCGI role is not supported"})"};

/// For an exception that the application let escape.
inline constexpr Refusal kServerError{500, R"({"message":"500 Internal Server Error"})"};

}  // namespace innergate::fastcgi
