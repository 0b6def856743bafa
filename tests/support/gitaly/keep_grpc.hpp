// For servers of tests.
#pragma once

#include <grpc/grpc.h>

namespace innergate::test {

/// gRPC shuts itself down with its last object, and may then wait 10 s for what it still has to
/// write. A test program makes and ends many objects, so it keeps gRPC until it ends.
inline void keep_grpc() {
    [[maybe_unused]] static const bool is_kept = [] {
        ::grpc_init();
        return true;
    }();
}

}  // namespace innergate::test
