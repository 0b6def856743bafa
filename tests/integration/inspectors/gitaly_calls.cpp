// What only a look through Gitaly has: calls, tokens, connections, streams.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/auth/gitaly_tokens.hpp"
#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

using handlers::inspectors::Creation;
using handlers::inspectors::Inspectors;
using handlers::inspectors::Occasion;
using handlers::inspectors::Quarantine;
using handlers::inspectors::RepositoryName;
using test::outcome;
using test::TestGitaly;
using namespace std::chrono_literals;

RepositoryName name_of(std::string relative_path) {
    return {
        .storage = "default",
        .relative_path = std::move(relative_path),
        .gl_repository = "project-7",
        .gl_project_path = "group/project",
    };
}

Occasion within(std::chrono::milliseconds time) {
    return {.deadline = std::chrono::steady_clock::now() + time, .correlation_id = "c0ffee"};
}

struct Sandbox : test::GitSandbox {
    Sandbox() : GitSandbox(test::Eyes::gitaly) {
        create_repository();
        first = commit({{"a", "1"}});
        second = commit({{"a", "2"}, {"b", "1"}});
        push({"main"});
    }

    auto look(const Occasion& occasion) {
        return inspectors().look_into(name_of(std::string{kRelativePath}), occasion);
    }

    std::string first;
    std::string second;
};

/// With a token that both sides know, or think they do.
struct Guarded {
    Guarded(const Sandbox& sandbox, const std::string& server_token, const std::string& our_token)
        : gitaly([&] {
              TestGitaly::Options options;
              options.storage = sandbox.storage();
              options.listen = "127.0.0.1:0";
              options.token = server_token;
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

BOOST_FIXTURE_TEST_SUITE(gitaly_calls, Sandbox)

BOOST_AUTO_TEST_CASE(each_call_says_for_whom_it_is_made) {
    Occasion occasion = within(20s);
    occasion.hook_relative_path = "+gitaly/staging/snapshot/group/project.git";
    occasion.quarantine = {.object_directory = "objects/incoming-1", .alternates = {"objects"}};
    static_cast<void>(look(occasion)->is_ancestor(first, second));
    const auto calls = gitaly().take_calls();
    BOOST_REQUIRE(calls.size() == 1U);
    const TestGitaly::Call& call = calls.front();
    BOOST_TEST(call.method == "CommitIsAncestor");
    BOOST_TEST(call.relative_path == kRelativePath);
    BOOST_TEST(call.snapshot_path == occasion.hook_relative_path);
    BOOST_TEST(call.object_directory == "objects/incoming-1");
    BOOST_TEST(call.alternates == 1U);
    BOOST_TEST(call.gl_repository == "project-7");
    BOOST_TEST(call.gl_project_path == "group/project");
    BOOST_TEST(call.correlation_id == "c0ffee");
    BOOST_TEST((call.time_left > 10s && call.time_left <= 20s));
}

// That is how a push of any size into a repository of any size costs what was pushed.
BOOST_AUTO_TEST_CASE(what_a_push_brought_is_read_from_its_quarantine_alone) {
    std::filesystem::create_directories(repository() / "objects/incoming-1");
    Occasion occasion = within(60s);
    occasion.quarantine = {.object_directory = "objects/incoming-1", .alternates = {"objects"}};
    const std::vector<std::string> tips{second};
    BOOST_TEST(look(occasion)->new_lfs_pointers(tips).value().empty());
    BOOST_TEST(look(occasion)->new_blobs_over(tips, 0).value().empty());
    for (const TestGitaly::Call& call : gitaly().take_calls()) {
        BOOST_TEST((call.method == "ListAllLFSPointers" || call.method == "ListAllBlobs"));
        BOOST_TEST(call.object_directory == "objects/incoming-1");
        BOOST_TEST(call.alternates == 0U);
    }
}

// git completes a delta with its base, which the repository has.
BOOST_AUTO_TEST_CASE(blob_that_the_repository_has_is_not_new_in_a_quarantine) {
    const std::string large(100'000, 'x');
    commit({{"large", large}});
    push({"main"});
    const auto quarantine = repository() / "objects/incoming-2";
    std::filesystem::create_directories(quarantine);
    const std::string old_blob = git(repository(), {"rev-parse", "main:large"});
    std::filesystem::create_directories(quarantine / old_blob.substr(0, 2));
    std::filesystem::copy(
        repository() / "objects" / old_blob.substr(0, 2) / old_blob.substr(2),
        quarantine / old_blob.substr(0, 2) / old_blob.substr(2)
    );
    Occasion occasion = within(60s);
    occasion.quarantine = {.object_directory = "objects/incoming-2", .alternates = {"objects"}};
    const std::vector<std::string> tips{second};
    BOOST_TEST(look(occasion)->new_blobs_over(tips, 1000).value().empty());
    const auto calls = gitaly().take_calls();
    BOOST_TEST(
        (std::ranges::find(calls, "CheckObjectsExist", &TestGitaly::Call::method) != calls.end())
    );
}

BOOST_AUTO_TEST_CASE(paths_that_leave_the_storage_are_not_sent) {
    static_cast<void>(gitaly().take_calls());
    Occasion occasion = within(60s);
    BOOST_TEST(
        outcome(inspectors().look_into(name_of("../out.git"), occasion)->exists()) == "failed"
    );
    BOOST_TEST(outcome(inspectors().look_into(name_of("/etc"), occasion)->exists()) == "failed");
    BOOST_TEST(outcome(inspectors().look_into(name_of(""), occasion)->exists()) == "failed");
    occasion.hook_relative_path = "a/../../b.git";
    BOOST_TEST(outcome(look(occasion)->exists()) == "failed");
    occasion.hook_relative_path.clear();
    for (const std::string directory : {"../../../objects", "/tmp", "objects/../../../../x"}) {
        occasion.quarantine = {.object_directory = directory, .alternates = {}};
        BOOST_TEST(outcome(look(occasion)->file_count(first)) == "failed", directory);
        occasion.quarantine = {.object_directory = "objects/in", .alternates = {directory}};
        BOOST_TEST(outcome(look(occasion)->new_blobs_over({}, 0)) == "failed", directory);
    }
    BOOST_TEST(gitaly().take_calls().empty());
    // Gitaly's own operations keep their quarantine beside the repositories.
    occasion.quarantine = {.object_directory = "../../+gitaly/tmp/q", .alternates = {"objects"}};
    std::filesystem::create_directories(storage() / "+gitaly/tmp/q");
    BOOST_TEST(outcome(look(occasion)->file_count(first)) == "answered");
}

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
    settings::Storages others{{"other", storages().at("default")}};
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

BOOST_AUTO_TEST_CASE(paths_are_bytes) {
    std::string path;
    for (int folder = 0; folder < 16; ++folder) {
        path += std::string(250, '\xff') + "/";
    }
    path += "\xc3\x28";
    git(work(),
        {"update-index",
         "--add",
         "--cacheinfo",
         "100644," + git(work(), {"rev-parse", "HEAD:a"}) + "," + path});
    git(work(), {"commit", "--quiet", "--message=bytes"});
    const std::string third = git(work(), {"rev-parse", "HEAD"});
    push({"main"});
    BOOST_TEST(
        look(within(60s))
            ->first_changed_path(second, third, std::vector<std::string>{"a", path})
            .value()
            .value() == path
    );
    BOOST_TEST(look(within(60s))->file_count(third).value() == 3U);
}

BOOST_AUTO_TEST_CASE(repositories_are_made_and_their_head_is_moved) {
    const RepositoryName fresh = name_of("@hashed/ab/cd/abcd.git");
    BOOST_TEST(
        (inspectors().create_repository(fresh, within(60s), "trunk").value() == Creation::created)
    );
    BOOST_TEST(
        (inspectors().create_repository(fresh, within(60s), "other").value() == Creation::was_there)
    );
    const auto inspection = inspectors().look_into(fresh, within(60s));
    BOOST_TEST(inspection->is_empty().value());
    BOOST_TEST(inspection->default_branch().value().value() == "trunk");
    BOOST_TEST(inspectors().set_default_branch(fresh, within(60s), "master").has_value());
    BOOST_TEST(inspection->default_branch().value().value() == "master");
    BOOST_TEST(
        outcome(inspectors().create_repository(name_of("../x.git"), within(60s), "main")) ==
        "failed"
    );
    BOOST_TEST(!inspectors().set_default_branch(name_of("no.git"), within(60s), "main").has_value()
    );
}

BOOST_AUTO_TEST_CASE(server_tells_its_state) {
    const auto state =
        inspectors().gitaly_state("default", std::chrono::steady_clock::now() + 60s).value();
    BOOST_TEST(state.version == "18.9.0-test");
    BOOST_TEST(state.is_storage_known);
    BOOST_TEST(state.is_readable);
    BOOST_TEST(state.is_writable);
}

BOOST_AUTO_TEST_CASE(questions_are_counted) {
    gitaly().break_calls("RepositoryExists", TestGitaly::Fault::denies);
    handlers::inspectors::InspectionUsage usage;
    const auto inspection =
        inspectors().look_into(name_of(std::string{kRelativePath}), within(60s), &usage);
    BOOST_TEST(usage.inspector.empty());
    static_cast<void>(inspection->exists());
    static_cast<void>(inspection->exists());
    static_cast<void>(inspection->is_empty());
    BOOST_TEST(usage.inspector == "gitaly");
    BOOST_TEST((usage.duration > 0ns));
    const auto entries = inspectors().counts().list();
    BOOST_REQUIRE(entries.size() == 2U);
    BOOST_TEST(entries[0].count.calls == 2U);
    BOOST_TEST(entries[0].count.failures == 1U);
    BOOST_TEST((entries[1].question == handlers::inspectors::Question::is_empty));
    BOOST_TEST(entries[1].count.failures == 0U);
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
        return outcome(
            inspectors.look_into(name_of(std::string{kRelativePath}), within(60s))->exists()
        );
    };
    BOOST_TEST(ask(certificate.native()) == "answered");
    BOOST_TEST(ask(stranger.native()) == "failed");
    BOOST_TEST(ask("") == "failed");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
