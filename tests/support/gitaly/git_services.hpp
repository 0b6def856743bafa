// Gitaly's services, answered by git.
#pragma once

#include <grpcpp/server_builder.h>
#include <memory>

#include "tests/support/gitaly/call_journal.hpp"

namespace innergate::test {

class GitServices {
public:
    /// Both outlive it.
    GitServices(const TestGitaly::Options& options, CallJournal& journal);
    GitServices(const GitServices&) = delete;
    GitServices& operator=(const GitServices&) = delete;
    ~GitServices();

    void register_with(grpc::ServerBuilder& builder);

private:
    struct Services;
    std::unique_ptr<Services> services_;
};

}  // namespace innergate::test
