// What all calls of the test Gitaly share: admission, faults, and the repository they are about.
#pragma once

#include <filesystem>
#include <functional>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <string>
#include <vector>

#include "tests/support/gitaly/call_journal.hpp"
#include "tests/support/gitaly/git_command.hpp"

namespace innergate::test {

/// A repository on disk, with the objects of a push beside its own.
struct ServedRepository {
    std::filesystem::path folder;
    std::vector<std::string> variables;

    [[nodiscard]] bool is_there() const { return std::filesystem::exists(folder / "HEAD"); }
    [[nodiscard]] GitResult git(
        const std::vector<std::string>& arguments, const std::string& input = ""
    ) const {
        return run_git(folder, arguments, variables, input);
    }
};

class ServedCall {
public:
    ServedCall(
        std::string method,
        const TestGitaly::Options& options,
        CallJournal& journal,
        grpc::ServerContext& context
    )
        : method_(std::move(method)), options_(options), journal_(journal), context_(context) {}

    /// A status other than OK is the call's answer. It is NOT_FOUND where the repository does not
    /// exist, unless the call can do without one.
    [[nodiscard]] grpc::Status begin(
        const ::gitaly::Repository& repository, bool needs_repository = true
    );
    /// Begins a call that is about no repository.
    [[nodiscard]] grpc::Status begin();
    [[nodiscard]] const ServedRepository& repository() const { return repository_; }

    /// Sends a message as often as a fault wants it. `write` sends it, and answers whether the
    /// caller takes more.
    [[nodiscard]] grpc::Status stream(const std::function<bool()>& write) const;

    [[nodiscard]] static grpc::Status failed(const GitResult& result) {
        return {grpc::StatusCode::INTERNAL, result.errors.substr(0, kMaxErrorBytes)};
    }

private:
    static constexpr std::size_t kMaxErrorBytes = 300;

    [[nodiscard]] grpc::Status misbehave();
    [[nodiscard]] grpc::Status find(const ::gitaly::Repository& repository);

    std::string method_;
    const TestGitaly::Options& options_;
    CallJournal& journal_;
    grpc::ServerContext& context_;
    ServedRepository repository_;
    bool breaks_off_ = false;
    bool never_ends_ = false;
};

}  // namespace innergate::test
