// The test Gitaly as a program of its own, for tests that start real pools, and for the benchmark.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <CLI/CLI.hpp>

#include "app/awaited_signals.hpp"
#include "tests/support/gitaly/test_gitaly.hpp"

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

int main(int argc, char** argv) {
    try {
        CLI::App app{"A Gitaly for tests: answers innergate's calls by git"};
        innergate::test::TestGitaly::Options options;
        std::string certificate;
        std::string certificate_key;
        app.add_option("--storage", options.storage, "Folder of the repositories")->required();
        app.add_option("--storage-name", options.storage_name, "Its name");
        app.add_option("--listen", options.listen, "unix:/PATH or HOST:PORT")->required();
        app.add_option("--token", options.token, "What callers have to prove that they know");
        app.add_flag("!--read-only", options.is_writable, "Its storage cannot be written to");
        int seconds = 0;
        app.add_option("--clock-ahead", seconds, "How many seconds its clock is fast");
        app.add_option("--certificate", certificate, "File, in PEM");
        app.add_option("--certificate-key", certificate_key, "File, in PEM");
        CLI11_PARSE(app, argc, argv);
        options.clock_ahead = std::chrono::seconds{seconds};
        if (!certificate.empty()) {
            options.certificate = content_of(certificate);
            options.certificate_key = content_of(certificate_key);
        }
        // Before any thread starts: threads inherit it.
        const innergate::AwaitedSignals signals{SIGTERM, SIGINT};
        const innergate::test::TestGitaly gitaly{options};
        std::cout << gitaly.address() << std::endl;
        while (!signals.wait_for(std::chrono::hours{1})) {
        }
    } catch (const std::exception& error) {
        std::cerr << "test_gitaly: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
