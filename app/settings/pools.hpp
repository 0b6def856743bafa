// Settings of a worker pool.
#pragma once

#include <string>

namespace innergate::settings {

/// One per pool: [pool.internal] and [pool.public].
struct Pool {
    std::string listen;  ///< "" = descriptor 0 (socket activation), "unix:PATH" or "HOST:PORT"
    unsigned threads = 4;
    unsigned slow_threads = 2;  ///< besides those, for requests that take long
    unsigned slow_queue = 64;   ///< how many of these may wait
};

}  // namespace innergate::settings
