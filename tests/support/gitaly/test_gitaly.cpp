#include "tests/support/gitaly/test_gitaly.hpp"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tests/support/gitaly/git_services.hpp"
#include "tests/support/gitaly/keep_grpc.hpp"

namespace innergate::test {
namespace {

constexpr std::string_view kUnix = "unix:";

std::shared_ptr<grpc::ServerCredentials> credentials(const TestGitaly::Options& options) {
    if (options.certificate.empty()) {
        return grpc::InsecureServerCredentials();
    }
    grpc::SslServerCredentialsOptions ssl;
    ssl.pem_key_cert_pairs.push_back({options.certificate_key, options.certificate});
    return grpc::SslServerCredentials(ssl);
}

}  // namespace

class TestGitaly::Server {
public:
    explicit Server(Options options) : options_(std::move(options)), journal_(options_) {}

    void start() {
        keep_grpc();
        journal_.set_released(false);
        grpc::ServerBuilder builder;
        int port = 0;
        builder.AddListeningPort(options_.listen, credentials(options_), &port);
        services_.emplace(options_, journal_);
        services_->register_with(builder);
        server_ = builder.BuildAndStart();
        if (server_ == nullptr) {
            throw std::runtime_error{"cannot listen on " + options_.listen};
        }
        if (options_.listen.starts_with(kUnix)) {
            address_ = options_.listen;
            return;
        }
        // The same port again after a restart.
        options_.listen =
            fmt::format("{}:{}", options_.listen.substr(0, options_.listen.rfind(':')), port);
        address_ = (options_.certificate.empty() ? "tcp://" : "tls://") + options_.listen;
    }

    void stop() {
        if (server_ != nullptr) {
            journal_.set_released(true);
            server_->Shutdown(std::chrono::system_clock::now());
            server_->Wait();
            server_.reset();
        }
    }

    [[nodiscard]] const std::string& address() const { return address_; }
    [[nodiscard]] CallJournal& journal() { return journal_; }

private:
    Options options_;
    CallJournal journal_;
    std::optional<GitServices> services_;
    std::unique_ptr<grpc::Server> server_;
    std::string address_;
};

TestGitaly::TestGitaly(Options options) : server_(std::make_unique<Server>(std::move(options))) {
    server_->start();
}

TestGitaly::~TestGitaly() {
    server_->stop();
}

const std::string& TestGitaly::address() const {
    return server_->address();
}

void TestGitaly::break_calls(const std::string& method, Fault fault, int times) {
    server_->journal().break_calls(method, fault, times);
}

std::vector<TestGitaly::Call> TestGitaly::take_calls() {
    return server_->journal().take_calls();
}

std::size_t TestGitaly::endless_messages() const {
    return server_->journal().endless_messages();
}

void TestGitaly::stop() {
    server_->stop();
}

void TestGitaly::start() {
    server_->start();
}

}  // namespace innergate::test
