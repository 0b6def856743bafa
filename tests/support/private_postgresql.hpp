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

    /// Stops all its processes where they are: they neither refuse nor answer until thaw().
    void freeze();
    void thaw();

    /// As the [database] url setting takes it.
    [[nodiscard]] std::string url() const;

private:
    void signal_all(int signal) const;

    std::filesystem::path folder_;
    bool is_running_ = false;
    bool is_frozen_ = false;
};

}  // namespace innergate::test
