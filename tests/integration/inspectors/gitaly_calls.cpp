// What only a look through Gitaly has: what each call carries, and what it may change.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/gitaly_sandbox.hpp"

namespace innergate {
namespace {

using handlers::inspectors::Creation;
using handlers::inspectors::Occasion;
using handlers::inspectors::RepositoryName;
using test::name_of;
using test::outcome;
using test::TestGitaly;
using test::within;
using namespace std::chrono_literals;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gitaly_calls, test::GitalySandbox)

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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
