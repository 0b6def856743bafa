// For servers of tests.
#pragma once

#include <grpc/grpc.h>

namespace innergate::test {

/// gRPC shuts itself down with its last object, and then may wait 10 s for what it had still to
/// write. A test program makes and ends many, so it keeps gRPC until it ends.
inline void keep_grpc() {
    [[maybe_unused]] static const bool is_kept = [] {
        ::grpc_init();
        return true;
    }();
}

}  // namespace innergate::test
