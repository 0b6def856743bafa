#include "app/fastcgi/worker_pool.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "app/fastcgi/exchange.hpp"
#include "app/fastcgi/peek.hpp"

namespace innergate::fastcgi {
namespace {

/// Threads that start in its lifetime inherit a mask that leaves all signals to the main program. A
/// handler running on a worker would interrupt its read in the middle of a request (with a time-out
/// set, signal(7) never restarts it). Faults of the thread itself stay as they are.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t blocked;
        ::sigfillset(&blocked);
        for (const int signal :
             {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPROF}) {
            ::sigdelset(&blocked, signal);
        }
        ::pthread_sigmask(SIG_BLOCK, &blocked, &previous_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

private:
    sigset_t previous_{};
};

}  // namespace

WorkerPool::WorkerPool(Descriptor listener, WorkerPoolOptions options, AnswerFactory make_answer)
    : options_(std::move(options)),
      thread_count_(std::max(options_.threads, 1U)),
      make_answer_(std::move(make_answer)),
      connections_(std::make_shared<ConnectionSet>(std::move(listener), options_.limits.io_timeout)
      ),
      slow_lane_(options_.slow_threads, options_.slow_queue),
      may_keep_([this] { return connections_->may_keep(); }),
      saturation_(thread_count_) {
    Exchange::initialise_library();
}

WorkerPool::~WorkerPool() {
    stop();
    join();
}

void WorkerPool::start() {
    std::vector<std::future<void>> ready;
    {
        const SignalsBlocked signals_blocked;
        const auto start_thread = [this, &ready](std::vector<std::thread>& threads) {
            const auto index = static_cast<unsigned>(ready.size());
            std::promise<void> promise;
            ready.push_back(promise.get_future());
            threads.emplace_back(&WorkerPool::run, this, index, std::move(promise));
        };
        while (threads_.size() < thread_count_) {
            start_thread(threads_);
        }
        while (slow_threads_.size() < options_.slow_threads) {
            start_thread(slow_threads_);
        }
        if (options_.is_urgent) {
            start_thread(urgent_threads_);
        }
    }
    try {
        std::ranges::for_each(ready, &std::future<void>::get);
    } catch (...) {
        stop();
        join();
        throw;
    }
}

void WorkerPool::stop() {
    connections_->stop(options_.drain_grace);
}

void WorkerPool::stop_for(WorkerPool& successor) {
    connections_->hand_over(successor.connections_);
}

void WorkerPool::join() {
    std::ranges::for_each(threads_, &std::thread::join);
    threads_.clear();
    saturation_.finish();
    std::ranges::for_each(urgent_threads_, &std::thread::join);
    urgent_threads_.clear();
    // The lane is closed only now: the last request of a thread may have entered it.
    slow_lane_.close();
    std::ranges::for_each(slow_threads_, &std::thread::join);
    slow_threads_.clear();
}

WorkerThread WorkerPool::describe_thread(unsigned index) {
    return {
        .index = index,
        .lane = index < thread_count_ ? Lane::fast : Lane::slow,
        .reserve_slow_place = [this] { return slow_lane_.reserve(); },
    };
}

void WorkerPool::run(unsigned index, std::promise<void> ready) {
    const WorkerThread thread = describe_thread(index);
    Answer answer;
    try {
        answer = make_answer_(thread);
    } catch (...) {
        ready.set_exception(std::current_exception());
        return;
    }
    ready.set_value();
    if (index < thread_count_) {
        work(index, answer);
    } else if (index < thread_count_ + options_.slow_threads) {
        work_slowly(answer);
    } else {
        serve_urgent(answer);
        return;
    }
    // By now no peer sends on an idle connection. One that still does sees it closed and tries
    // again.
    connections_->close_idle();
}

void WorkerPool::work(unsigned index, const Answer& answer) {
    std::unique_ptr<RequestServer> server = make_server();
    for (;;) {
        const ConnectionSet::Event event = connections_->wait();
        if (event.kind == ConnectionSet::EventKind::ended) {
            return;
        }
        saturation_.begin(index);
        if (event.kind == ConnectionSet::EventKind::connection_waiting) {
            accept_connections();
        } else {
            serve(event.connection, server, answer);
        }
        saturation_.end(index);
    }
}

void WorkerPool::serve_urgent(const Answer& answer) {
    std::unique_ptr<RequestServer> server = make_server();
    while (saturation_.wait()) {
        // No other thread accepts connections now. The next one that does meets an error, too.
        static_cast<void>(connections_->accept_waiting());
        for (const AcceptedConnection connection : connections_->ready_connections()) {
            const auto target = peek_target(connection.descriptor);
            if (target && options_.is_urgent(*target) && connections_->take(connection)) {
                serve(connection, server, answer);
            }
        }
    }
}

void WorkerPool::serve(
    AcceptedConnection connection, std::unique_ptr<RequestServer>& server, const Answer& answer
) {
    const std::optional<Connection> state = server->serve(connection.descriptor, answer, may_keep_);
    if (state) {
        give_back(connection, *state);
        return;
    }
    // The request takes its memory along, and this thread continues with other memory.
    server = slow_lane_.enter({.server = std::move(server), .connection = connection});
    if (!server) {
        server = make_server();
    }
}

void WorkerPool::work_slowly(const Answer& answer) {
    for (;;) {
        SlowRequest request = slow_lane_.next();
        if (!request.server) {
            return;
        }
        const bool is_late =
            std::chrono::steady_clock::now() - request.entered > options_.slow_patience;
        const Connection state = request.server->serve_slowly(answer, may_keep_, is_late);
        // The place is given up first: the next request on this connection must find it free.
        slow_lane_.leave(std::move(request.server));
        give_back(request.connection, state);
    }
}

void WorkerPool::give_back(AcceptedConnection connection, Connection state) {
    if (state == Connection::kept) {
        connections_->rearm(connection);
    } else {
        connections_->forget();
    }
}

std::unique_ptr<RequestServer> WorkerPool::make_server() const {
    return std::make_unique<RequestServer>(options_.limits, options_.on_fault);
}

void WorkerPool::accept_connections() {
    if (const std::error_code error = connections_->accept_waiting()) {
        options_.on_fault("cannot accept connections for the moment: " + error.message());
    }
}

}  // namespace innergate::fastcgi
