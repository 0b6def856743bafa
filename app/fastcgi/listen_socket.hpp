// Where a pool listens: the inherited descriptor 0, a unix socket or a TCP port. Nothing is
// accepted here.
#pragma once

#include <stdexcept>
#include <string_view>

#include "app/descriptor.hpp"

namespace innergate::fastcgi {

/// What is wrong with a listen address, in a sentence for the operator.
class ListenError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A listening, non-blocking, close-on-exec socket.
///
/// `address` is one of
/// - "": descriptor 0, as systemd hands it over with `StandardInput=socket`. It stays open beside
///   the returned copy;
/// - "unix:PATH": a socket file of mode 0660 made here. It replaces a file that a dead process left
///   behind, but not one that a process still answers on;
/// - "HOST:PORT" or "[IPV6]:PORT".
///
/// Sets the process's umask for a moment: call it before threads are started. Throws ListenError.
[[nodiscard]] Descriptor open_listener(std::string_view address);

}  // namespace innergate::fastcgi
