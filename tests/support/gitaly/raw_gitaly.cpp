#include "tests/support/gitaly/raw_gitaly.hpp"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/gitaly/keep_grpc.hpp"

namespace innergate::test {

class RawGitaly::Server {
public:
    explicit Server(const std::string& listen) {
        keep_grpc();
        grpc::ServerBuilder builder;
        builder.AddListeningPort(listen, grpc::InsecureServerCredentials());
        builder.RegisterAsyncGenericService(&service_);
        events_ = builder.AddCompletionQueue();
        server_ = builder.BuildAndStart();
        if (server_ == nullptr) {
            throw std::runtime_error{"cannot listen on " + listen};
        }
        thread_ = std::thread{[this] {
            while (serve_one()) {
            }
        }};
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server() {
        server_->Shutdown(std::chrono::system_clock::now());
        // No step may begin on a queue that is shut down.
        thread_.join();
        events_->Shutdown();
        void* tag = nullptr;
        for (bool is_good = false; events_->Next(&tag, &is_good);) {
        }
    }

    void answer_with(RawAnswer answer) {
        const std::scoped_lock lock{mutex_};
        answer_ = std::move(answer);
    }

private:
    /// One step of a call is under way at a time, so any event is that of the step.
    bool step() {
        void* tag = nullptr;
        bool is_good = false;
        return events_->Next(&tag, &is_good) && is_good;
    }

    bool serve_one() {
        grpc::GenericServerContext context;
        grpc::GenericServerAsyncReaderWriter stream{&context};
        service_.RequestCall(&context, &stream, events_.get(), events_.get(), this);
        if (!step()) {
            return false;
        }
        grpc::ByteBuffer question;
        stream.Read(&question, this);
        step();
        RawAnswer answer;
        {
            const std::scoped_lock lock{mutex_};
            answer = answer_;
        }
        bool goes_on = true;
        for (int round = 0; goes_on && round < answer.rounds; ++round) {
            for (const std::string& message : answer.messages) {
                const grpc::Slice slice{message};
                const grpc::ByteBuffer bytes{&slice, 1};
                stream.Write(bytes, this);
                goes_on = step();
                if (!goes_on) {
                    break;
                }
            }
        }
        stream.Finish({static_cast<grpc::StatusCode>(answer.status), answer.reason}, this);
        step();
        return true;
    }

    grpc::AsyncGenericService service_;
    std::unique_ptr<grpc::ServerCompletionQueue> events_;
    std::unique_ptr<grpc::Server> server_;
    std::mutex mutex_;
    RawAnswer answer_;
    std::thread thread_;
};

RawGitaly::RawGitaly(const std::string& listen) : server_(std::make_unique<Server>(listen)) {}

RawGitaly::~RawGitaly() = default;

void RawGitaly::answer_with(RawAnswer answer) {
    server_->answer_with(std::move(answer));
}

}  // namespace innergate::test
