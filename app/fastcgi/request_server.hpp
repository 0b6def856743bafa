// Serves one request after another: read, check, answer, drain, write. A request that needs the
// slow lane goes there with its server and is answered on another thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/fastcgi/answer.hpp"
#include "app/fastcgi/body_reader.hpp"
#include "app/fastcgi/exchange.hpp"
#include "app/http/request.hpp"
#include "app/http/response.hpp"
#include "app/settings/limits.hpp"

namespace innergate::fastcgi {

/// In the hands of one thread at a time.
class RequestServer {
public:
    /// Asked, when an answer is ready, whether its connection may be kept: a stop that came while
    /// the answer was made must still close it.
    using MayKeep = std::function<bool()>;

    /// The references must outlive the server.
    RequestServer(const settings::Limits& limits, const OnFault& on_fault)
        : limits_(limits), on_fault_(on_fault) {}

    /// Serves one request on `descriptor`. When it answers `closed`, the descriptor is closed too.
    /// Nothing: `answer` has asked for the slow lane, and the request, read to its end, waits here
    /// for serve_slowly().
    [[nodiscard]] std::optional<Connection> serve(
        int descriptor, const Answer& answer, const MayKeep& may_keep
    );

    /// Answers the request that serve() left. It is given up when its peer has gone while it
    /// waited: others that still wait need the time. `is_late`: see http::Request.
    [[nodiscard]] Connection serve_slowly(
        const Answer& answer, const MayKeep& may_keep, bool is_late
    );

private:
    [[nodiscard]] std::optional<http::Response> respond(const Answer& answer);
    [[nodiscard]] std::optional<http::Response> call(const Answer& answer);
    [[nodiscard]] Connection finish(const http::Response& response, const MayKeep& may_keep);

    const settings::Limits& limits_;
    const OnFault& on_fault_;
    // Reused, so that a request costs few allocations.
    Exchange exchange_;
    BodyReader body_;
    std::vector<http::HeaderField> fields_;
    http::Request request_;  ///< its views point into exchange_
    std::string head_;
};

}  // namespace innergate::fastcgi
