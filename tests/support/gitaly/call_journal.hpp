// What was called, and what is to go wrong.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <grpcpp/server_context.h>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "handlers/inspectors/gitaly/gitaly.pb.h"
#include "tests/support/gitaly/test_gitaly.hpp"

namespace innergate::test {

class CallJournal {
public:
    explicit CallJournal(const TestGitaly::Options& options) : options_(options) {}

    /// Writes a call down and checks its token. A status other than OK is the call's answer.
    [[nodiscard]] grpc::Status admit(
        const std::string& method,
        const grpc::ServerContext& context,
        const ::gitaly::Repository* repository
    );
    /// Nothing: the call should go well. Waits where the call should hang.
    [[nodiscard]] std::optional<TestGitaly::Fault> take_fault(
        const std::string& method, const grpc::ServerContext& context
    );

    void break_calls(const std::string& method, TestGitaly::Fault fault, int times);
    [[nodiscard]] std::vector<TestGitaly::Call> take_calls();
    void count_endless_message() { ++endless_messages_; }
    [[nodiscard]] std::size_t endless_messages() const { return endless_messages_; }
    /// True ends all waiting, and keeps later calls from waiting.
    void set_released(bool is_released);

private:
    const TestGitaly::Options& options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_released_ = false;
    std::atomic<std::size_t> endless_messages_{0};
    std::vector<TestGitaly::Call> calls_;
    std::map<std::string, std::pair<TestGitaly::Fault, int>> faults_;
};

/// The value of a field of the call's metadata; empty: there is none.
[[nodiscard]] std::string metadata(const grpc::ServerContext& context, const std::string& name);

}  // namespace innergate::test
