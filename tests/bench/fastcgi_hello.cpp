// The floor of the benchmarks: the same worker model answering a constant. What a real endpoint
// costs is read off against this, not against other kinds of server.
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/fastcgi/listen_socket.hpp"
#include "app/fastcgi/worker_pool.hpp"

namespace {

using innergate::fastcgi::Answer;
using innergate::fastcgi::WorkerPool;
using innergate::fastcgi::WorkerPoolOptions;
using innergate::fastcgi::WorkerThread;

/// About as long as the answer of the smallest endpoint.
constexpr std::string_view kBody = R"({"id":1,"name":"Hello","username":"hello-wd"})";
static_assert(kBody.size() == 45);

innergate::http::Response hello(const innergate::http::Request& /*request*/) {
    innergate::http::Response response;
    response.body = kBody;
    return response;
}

void serve(const std::string& address, unsigned threads) {
    // Before the threads start, so that they inherit it and the signal is for sigwait alone.
    sigset_t stop_signals;
    ::sigemptyset(&stop_signals);
    ::sigaddset(&stop_signals, SIGTERM);
    ::sigaddset(&stop_signals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

    WorkerPoolOptions options;
    options.threads = threads;
    WorkerPool pool{
        innergate::fastcgi::open_listener(address), options, [](const WorkerThread&) -> Answer {
            return hello;
        }};
    pool.start();
    int received = 0;
    ::sigwait(&stop_signals, &received);
    pool.stop();
    pool.join();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        CLI::App program{"Answers every FastCGI request with the same 45 bytes of JSON."};
        std::string address;
        unsigned threads = 2;
        program.add_option("--listen", address, "unix:PATH or HOST:PORT; default: descriptor 0");
        program.add_option("--threads", threads, "worker threads")->capture_default_str();
        CLI11_PARSE(program, argc, argv);
        serve(address, threads);
    } catch (const std::exception& error) {
        std::cerr << "fastcgi_hello: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
