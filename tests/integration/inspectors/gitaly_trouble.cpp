// What can go wrong between us and Gitaly: each ends in a failure that says why, or with the time.
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/auth/gitaly_tokens.hpp"
#include "tests/integration/inspectors/gitaly_sandbox.hpp"

namespace innergate {
namespace {

using handlers::inspectors::Inspectors;
using handlers::inspectors::RepositoryName;
using test::name_of;
using test::outcome;
using test::TestGitaly;
using test::within;
using namespace std::chrono_literals;

/// With a token that both sides know, or think they do.
struct Guarded {
    Guarded(
        const test::GitSandbox& sandbox,
        const std::string& server_token,
        const std::string& our_token,
        std::chrono::seconds clock_ahead = 0s
    )
        : gitaly([&] {
              TestGitaly::Options options;
              options.storage = sandbox.storage();
              options.listen = "127.0.0.1:0";
              options.token = server_token;
              options.clock_ahead = clock_ahead;
              return options;
          }()) {
        storages["default"].gitaly_address = gitaly.address();
        storages["default"].inspector = settings::Inspector::gitaly;
        if (!our_token.empty()) {
            tokens["default"] = auth::Secret{our_token};
        }
    }

    handlers::domain::git_access::Inspected<bool> exists() {
        return inspectors
            .look_into(name_of(std::string{test::GitSandbox::kRelativePath}), within(60s))
            ->exists();
    }

    TestGitaly gitaly;
    settings::Storages storages;
    auth::GitalyTokens tokens;
    Inspectors inspectors{storages, tokens};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gitaly_trouble, test::GitalySandbox)

BOOST_AUTO_TEST_CASE(repository_that_is_not_there) {
    const auto missing = inspectors().look_into(name_of("no/such.git"), within(60s));
    BOOST_TEST(!missing->exists().value());
    const auto answer = missing->is_empty();
    BOOST_TEST(outcome(answer) == "failed");
    BOOST_TEST(
        answer.error().reason == "Gitaly: HasLocalBranches: not found: repository not found"
    );
}

BOOST_AUTO_TEST_CASE(storage_that_gitaly_does_not_know) {
    const settings::Storages others{{"other", storages().at("default")}};
    const auth::GitalyTokens tokens;
    Inspectors other{others, tokens};
    RepositoryName name = name_of(std::string{kRelativePath});
    name.storage = "other";
    const auto answer = other.look_into(name, within(60s))->exists();
    BOOST_TEST(outcome(answer) == "failed");
    BOOST_TEST(
        answer.error().reason.find("storage name not found: \"other\"") != std::string::npos
    );
    BOOST_TEST(
        !other.gitaly_state("other", std::chrono::steady_clock::now() + 60s)->is_storage_known
    );
}

BOOST_AUTO_TEST_CASE(token_proves_itself) {
    BOOST_TEST(Guarded(*this, "a token", "a token").exists().value());
    const auto wrong = Guarded(*this, "a token", "another").exists();
    BOOST_TEST(wrong.error().reason.find("wrong hmac signature") != std::string::npos);
    const auto none = Guarded(*this, "a token", "").exists();
    BOOST_TEST(none.error().reason.find("authentication required") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(clocks_may_differ_by_half_a_minute) {
    const std::string token = "a token";
    for (const auto ahead : {-20s, 20s}) {
        BOOST_TEST(Guarded(*this, token, token, ahead).exists().value());
    }
    const auto fast = Guarded(*this, token, token, 60s).exists();
    BOOST_REQUIRE(outcome(fast) == "failed");
    BOOST_TEST(fast.error().reason.find("token has expired") != std::string::npos);
    const auto slow = Guarded(*this, token, token, -60s).exists();
    BOOST_REQUIRE(outcome(slow) == "failed");
    BOOST_TEST(slow.error().reason.find("validity window is in future") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(gitaly_that_is_down_fails_and_is_found_again) {
    BOOST_TEST(look(within(60s))->exists().value());
    gitaly().stop();
    BOOST_TEST(outcome(look(within(60s))->exists()) == "failed");
    gitaly().start();
    BOOST_TEST(look(within(60s))->exists().value());
}

BOOST_AUTO_TEST_CASE(question_is_asked_again_where_there_was_no_connection) {
    gitaly().break_calls("HasLocalBranches", TestGitaly::Fault::unavailable);
    BOOST_TEST(!look(within(60s))->is_empty().value());
    gitaly().break_calls("HasLocalBranches", TestGitaly::Fault::unavailable, 2);
    BOOST_TEST(outcome(look(within(60s))->is_empty()) == "failed");
    gitaly().break_calls("ListFiles", TestGitaly::Fault::unavailable);
    BOOST_TEST(look(within(60s))->file_count(second).value() == 2U);
}

BOOST_AUTO_TEST_CASE(gitaly_that_does_not_answer_costs_the_time_there_is) {
    for (const std::string method : {"RepositoryExists", "ListFiles"}) {
        gitaly().break_calls(method, TestGitaly::Fault::hangs);
        const auto inspection = look(within(200ms));
        BOOST_TEST(
            (method == "ListFiles" ? outcome(inspection->file_count(second))
                                   : outcome(inspection->exists())) == "out_of_time"
        );
    }
}

BOOST_AUTO_TEST_CASE(stream_that_breaks_off_is_no_answer) {
    gitaly().break_calls("ListFiles", TestGitaly::Fault::breaks_off);
    BOOST_TEST(outcome(look(within(60s))->file_count(second)) == "failed");
    gitaly().break_calls("ListBlobs", TestGitaly::Fault::breaks_off);
    BOOST_TEST(outcome(look(within(60s))->new_blobs_over(std::vector{second}, 0)) == "failed");
    gitaly().break_calls("FindChangedPaths", TestGitaly::Fault::breaks_off);
    BOOST_TEST(
        outcome(look(within(60s))->first_changed_path(first, second, std::vector<std::string>{"z"})
        ) == "failed"
    );
}

// Not only a refusal in the middle: the connection goes.
BOOST_AUTO_TEST_CASE(gitaly_that_restarts_in_the_middle_of_a_stream) {
    gitaly().break_calls("FindChangedPaths", TestGitaly::Fault::never_ends);
    std::jthread restart{[this] {
        // More than fits on the way, so some have been read.
        while (gitaly().endless_messages() < 100'000) {
            std::this_thread::yield();
        }
        gitaly().stop();
        gitaly().start();
    }};
    const auto ask = [this] {
        return look(within(60s))->first_changed_path(first, second, std::vector<std::string>{"z"});
    };
    BOOST_TEST(outcome(ask()) == "failed");
    restart.join();
    BOOST_TEST(outcome(ask()) == "answered");
}

BOOST_AUTO_TEST_CASE(stream_without_end_is_given_up) {
    gitaly().break_calls("ListBranchNamesContainingCommit", TestGitaly::Fault::never_ends);
    const auto branches = look(within(60s))->branches_containing(first);
    BOOST_TEST(outcome(branches) == "failed");
    BOOST_TEST(branches.error().reason.find("too long") != std::string::npos);
    gitaly().break_calls("FindChangedPaths", TestGitaly::Fault::never_ends);
    BOOST_TEST(
        outcome(
            look(within(300ms))->first_changed_path(first, second, std::vector<std::string>{"z"})
        ) == "out_of_time"
    );
    // The first hit is enough, and the rest stays unread.
    gitaly().break_calls("FindChangedPaths", TestGitaly::Fault::never_ends);
    BOOST_TEST(
        look(within(60s))
            ->first_changed_path(first, second, std::vector<std::string>{"b"})
            .value()
            .value() == "b"
    );
}

BOOST_AUTO_TEST_CASE(other_refusals_fail) {
    gitaly().break_calls("RepositoryExists", TestGitaly::Fault::denies);
    BOOST_TEST(outcome(look(within(60s))->exists()) == "failed");
    gitaly().break_calls("RepositoryExists", TestGitaly::Fault::exhausted);
    BOOST_TEST(outcome(look(within(60s))->exists()) == "failed");
}

// TLS: the certificate of the test is trusted where it is named, and nowhere else.
BOOST_AUTO_TEST_CASE(certificates_are_checked) {
    const auto made = [this](const std::string& name) {
        const auto key = folder() / (name + ".key");
        const auto certificate = folder() / (name + ".pem");
        test::Process openssl{
            {"openssl",
             "req",
             "-x509",
             "-newkey",
             "ec",
             "-pkeyopt",
             "ec_paramgen_curve:P-256",
             "-nodes",
             "-days",
             "2",
             "-subj",
             "/CN=" + name,
             "-addext",
             "subjectAltName=IP:127.0.0.1",
             "-keyout",
             key.native(),
             "-out",
             certificate.native()},
            folder(),
            folder() / (name + ".out")};
        BOOST_REQUIRE(openssl.wait() == 0);
        return std::pair{certificate, key};
    };
    const auto [certificate, key] = made("gitaly");
    const auto [stranger, stranger_key] = made("stranger");
    TestGitaly::Options options;
    options.storage = storage();
    options.listen = "127.0.0.1:0";
    options.certificate = test::text_of(certificate);
    options.certificate_key = test::text_of(key);
    TestGitaly secure{options};
    BOOST_TEST(secure.address().starts_with("tls://"));
    const auto ask = [&](const std::string& trusted) {
        settings::Storages storages{{"default", {}}};
        storages["default"].gitaly_address = secure.address();
        storages["default"].gitaly_ca_file = trusted;
        storages["default"].inspector = settings::Inspector::gitaly;
        const auth::GitalyTokens tokens;
        Inspectors inspectors{storages, tokens};
        const auto answer =
            inspectors.look_into(name_of(std::string{kRelativePath}), within(60s))->exists();
        const bool says_why =
            !answer && answer.error().reason.find("certificate") != std::string::npos;
        return outcome(answer) + (says_why ? ": certificate" : "");
    };
    BOOST_TEST(ask(certificate.native()) == "answered");
    BOOST_TEST(ask(stranger.native()) == "failed: certificate");
    BOOST_TEST(ask("") == "failed: certificate");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
