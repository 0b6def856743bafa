// One request and its answer on an open connection, with libfcgi as the protocol's parser and
// writer only: connections are accepted, waited for and kept elsewhere.
#pragma once

#include <string_view>

#include <fcgiapp.h>

#include "app/fastcgi/body_reader.hpp"
#include "app/http/response.hpp"

namespace innergate::fastcgi {

/// What becomes of the connection after the answer.
enum class Connection { kept, closed };

/// Used for request after request: receive(), then send(), then finish(). One thread may begin what
/// another ends, but they do not share it.
///
/// libfcgi has no documented way to hand it an accepted connection or to take one back. Its struct
/// has the members for it (`ipcFd`, `keepConnection`); they are used in exchange.cpp and nowhere
/// else.
///
/// Anybody who can connect can end the process: libfcgi 2.4.2 aborts on a name and a value whose
/// lengths add up to 2 GiB, overruns its stack on a FCGI_GET_VALUES record that asks for more than
/// three values, and holds any amount of parameters in memory before they can be counted. A web
/// server sends none of these for any client, so only the web server may reach the socket.
class Exchange {
public:
    /// Prepares libfcgi; to be called before threads use it. Ignores SIGPIPE from then on.
    static void initialise_library();

    Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange();

    /// Reads a request up to the end of its parameters, blocking for at most the connection's
    /// receive time-out per read. When the peer has closed, is silent, or does not speak FastCGI:
    /// `closed`, and the descriptor is closed.
    [[nodiscard]] Connection receive(int descriptor);

    /// Null-terminated array of `NAME=value`, valid until finish().
    [[nodiscard]] const char* const* params() const { return request_.envp; }
    [[nodiscard]] bool is_responder() const;
    /// The body of the current request, for BodyReader::begin(), which the caller has to call.
    [[nodiscard]] FCGX_Stream* body_stream() const { return request_.in; }

    /// Whether the peer has closed the connection, as far as can be told without reading: on TCP a
    /// peer that has closed may look like one that has finished sending.
    [[nodiscard]] bool is_abandoned() const;

    /// Writes the answer; `head` ends with the blank line. A peer that is gone is no error.
    void send(std::string_view head, std::string_view body);

    /// Ends the request. `wanted` is what the caller would like. The connection is closed all the
    /// same when the peer did not ask to keep it, or the body was not read to its end
    /// (`is_drained`).
    [[nodiscard]] Connection finish(Connection wanted, bool is_drained);

private:
    FCGX_Request request_{};
    bool peer_keeps_connection_ = false;
};

}  // namespace innergate::fastcgi
