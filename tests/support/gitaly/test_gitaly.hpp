// A Gitaly for tests: the calls that innergate makes, answered over gRPC by git on real
// repositories, with Gitaly's rules for tokens, quarantines and errors; and it misbehaves on
// request.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace innergate::test {

class TestGitaly {
public:
    struct Options {
        std::filesystem::path storage;  ///< where the repositories are
        std::string storage_name = "default";
        std::string listen;       ///< unix:/PATH or HOST:PORT; with port 0 any that is free
        std::string token;        ///< empty: none is asked for
        std::string certificate;  ///< PEM; empty: without TLS
        std::string certificate_key;
        bool is_writable = true;
        std::chrono::seconds clock_ahead{0};  ///< how far its clock is ahead of the real one
    };

    /// How a call goes wrong.
    enum class Fault {
        unavailable,  ///< as while it restarts
        hangs,        ///< until the caller gives up
        breaks_off,   ///< a stream ends in the middle, with an error
        never_ends,   ///< a stream goes on with more and more
        denies,
        exhausted,  ///< too many calls at a time
    };

    /// What a call brought along.
    struct Call {
        std::string method;
        std::string relative_path;
        std::string object_directory;
        std::size_t alternates = 0;
        std::string gl_repository;
        std::string gl_project_path;
        std::string correlation_id;
        std::string snapshot_path;
        std::chrono::milliseconds time_left{0};
    };

    explicit TestGitaly(Options options);
    TestGitaly(const TestGitaly&) = delete;
    TestGitaly& operator=(const TestGitaly&) = delete;
    ~TestGitaly();

    /// As the settings have it: unix:/PATH, tcp://HOST:PORT or tls://HOST:PORT.
    [[nodiscard]] const std::string& address() const;

    /// The next `times` calls of that method go wrong.
    void break_calls(const std::string& method, Fault fault, int times = 1);
    /// The calls since the last time.
    [[nodiscard]] std::vector<Call> take_calls();
    /// How many messages the streams that never end have sent.
    [[nodiscard]] std::size_t endless_messages() const;

    void stop();
    void start();

private:
    class Server;
    std::unique_ptr<Server> server_;
};

}  // namespace innergate::test
