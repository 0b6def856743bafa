// A PostgreSQL server of a test's own, to be stopped and started: the shared one must keep running.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace innergate::test {

class PrivatePostgresql {
public:
    /// Whether this machine has the server's programs.
    [[nodiscard]] static bool is_installed();

    /// Makes an empty cluster in a temporary folder and starts it. Throws when it does not come up.
    PrivatePostgresql();
    PrivatePostgresql(const PrivatePostgresql&) = delete;
    PrivatePostgresql& operator=(const PrivatePostgresql&) = delete;
    ~PrivatePostgresql();

    void start();
    /// Cuts the connections that there are.
    void stop();

    /// As the [database] url setting takes it.
    [[nodiscard]] std::string url() const;

private:
    std::filesystem::path folder_;
    bool is_running_ = false;
};

}  // namespace innergate::test
