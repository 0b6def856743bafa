// One HTTP answer as a value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/log/events.hpp"

namespace innergate::http {

struct ResponseField {
    std::string name;
    std::string value;  ///< free of CR and LF; whoever puts client data here checks it
};

struct Response {
    int status = 200;
    /// Empty with an empty body (204): then no Content-Type is sent.
    std::string_view content_type = "application/json";
    std::vector<ResponseField> headers;
    std::string body;
    /// Goes to the log only: what went wrong where the answer itself is no error.
    std::string log_detail = {};
    /// Goes to the log too, as an event of its own.
    log::Audit audit = {};
};

/// RFC 9110 section 15 phrase, for the CGI `Status:` line.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace innergate::http
