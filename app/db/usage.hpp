// What a request cost in the database: read by the log line and the metrics after each request.
#pragma once

#include <chrono>

namespace innergate::db {

struct Usage {
    unsigned statements = 0;
    unsigned writes = 0;  ///< that stay: transactions, and statements outside of transactions
    std::chrono::nanoseconds duration{0};
};

}  // namespace innergate::db
