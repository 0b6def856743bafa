// What is common to all rules: checks without answer, time that runs out, traces.
#include "handlers/domain/git_access/decision.hpp"

#include <algorithm>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/settings/keys.hpp"
#include "handlers/domain/git_access/check_timings.hpp"
#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

using Kind = InspectionFailure::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

void protect(Scenario& it) {
    it.push.branches = {
        {.name = "release",
         .allows_force_push = false,
         .push = {level_row(Role::maintainer)},
         .merge = {level_row(Role::developer)}}};
}

std::string unanswered(std::string_view rule, std::string_view question) {
    std::string text{rule};
    text.append(" 401 This server cannot check ").append(question);
    return text + " An administrator must configure the storage 'default' for this check.";
}

/// A push that leads to one check which nobody can make.
struct UnansweredExample {
    Check check;
    void (*arrange)(Scenario&);
    OnFailure CheckSettings::*setting;
    std::string_view rule;
    std::string_view question;
};

const std::vector<UnansweredExample> kUnanswered{
    {Check::force_push,
     [](Scenario& it) {
         protect(it);
         it.pushes(updated("refs/heads/release"));
     },
     &CheckSettings::force_push,
     "B4",
     "whether a protected branch is force pushed (force_push)."},
    {Check::branch_basis,
     [](Scenario& it) {
         protect(it);
         it.with_role(Role::developer);
         it.request.protocol = "web";
         it.pushes(created("refs/heads/release"));
     },
     &CheckSettings::branch_basis,
     "B6",
     "whether the new protected branch starts on a protected branch (branch_basis)."},
    {Check::lfs_locks,
     [](Scenario& it) {
         it.push.lfs_file_locks = {{.path = "x", .user_id = UserId{8}, .username = "john"}};
         it.settings.checks.lfs_objects = OnFailure::pass;
         it.pushes(updated("refs/heads/x"));
     },
     &CheckSettings::lfs_locks,
     "D1",
     "whether a changed file is locked in Git LFS (lfs_locks)."},
    {Check::lfs_objects,
     [](Scenario& it) {
         it.instance.is_lfs_enabled = true;
         it.pushes(updated("refs/heads/x"));
     },
     &CheckSettings::lfs_objects,
     "L1",
     "whether all LFS objects were uploaded (lfs_objects)."},
    {Check::file_size,
     [](Scenario& it) {
         it.instance.is_lfs_enabled = false;
         it.instance.file_size_limit_mb = 1;
         it.pushes(updated("refs/heads/x"));
     },
     &CheckSettings::file_size,
     "F1",
     "whether a file exceeds the size limit (file_size)."},
    {Check::snippet_files,
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main"));
     },
     &CheckSettings::snippet_files,
     "snippet-files",
     "how many files the snippet holds (snippet_files)."},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_decisions)

// Whoever reads a refusal looks for the check's name in the settings.
BOOST_AUTO_TEST_CASE(each_check_has_a_setting_of_its_name_and_each_setting_a_check) {
    std::vector<std::string> checks;
    for (const Check check : kAllChecks) {
        checks.emplace_back(to_string(check));
    }
    std::vector<std::string> settings;
    for (const settings::Key& key : settings::keys()) {
        if (key.section == "checks") {
            settings.push_back(key.name);
        }
    }
    std::ranges::sort(checks);
    std::ranges::sort(settings);
    BOOST_TEST(checks == settings, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_check_without_answer_refuses_and_names_itself) {
    for (const UnansweredExample& example : kUnanswered) {
        Scenario scenario;
        scenario.instance.is_lfs_enabled = example.check == Check::lfs_locks;
        example.arrange(scenario);
        scenario.inspection.fail(Kind::not_configured);
        const Decision decision = scenario.decide();
        BOOST_TEST(summary(decision) == unanswered(example.rule, example.question));
        BOOST_TEST(decision.refusal.log_detail == "/srv/git: gone");
        BOOST_TEST(decision.refusal.message.find("/srv") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(each_check_without_answer_passes_where_its_setting_says_so) {
    for (const UnansweredExample& example : kUnanswered) {
        Scenario scenario;
        scenario.instance.is_lfs_enabled = example.check == Check::lfs_locks;
        example.arrange(scenario);
        scenario.settings.checks.*example.setting = OnFailure::pass;
        scenario.inspection.fail(Kind::not_configured);
        const Decision decision = scenario.decide();
        BOOST_TEST(summary(decision) == "granted", to_string(example.check));
        const auto skipped =
            std::ranges::find(decision.skipped_checks, example.check, &SkippedCheck::check);
        BOOST_REQUIRE((skipped != decision.skipped_checks.end()));
        BOOST_TEST(skipped->failure.reason == "/srv/git: gone");
    }
}

BOOST_AUTO_TEST_CASE(a_repository_that_cannot_be_read_is_told_as_such) {
    Scenario scenario;
    scenario.inspection.fail(Kind::failed);
    BOOST_TEST(
        summary(scenario.decide()) ==
        "15 401 This server cannot check the state of the repository (repository_state). The "
        "repository could not be read. An administrator must configure the storage 'default' for "
        "this check."
    );
    scenario.settings.checks.repository_state = OnFailure::pass;
    const Decision decision = scenario.decide();
    BOOST_TEST(summary(decision) == "granted");
    BOOST_REQUIRE(decision.skipped_checks.size() == 1U);
    BOOST_TEST((decision.skipped_checks[0].check == Check::repository_state));
}

// Over SSH and HTTP the answer would be a refusal whatever the base is.
BOOST_AUTO_TEST_CASE(a_base_nobody_can_look_up_matters_on_the_web_only) {
    Scenario scenario;
    protect(scenario);
    scenario.with_role(Role::developer);
    scenario.pushes(created("refs/heads/release"));
    for (const Kind kind : {Kind::not_configured, Kind::failed}) {
        scenario.inspection.branches_answer = tl::unexpected(InspectionFailure{kind, "gone"});
        BOOST_TEST(
            summary(scenario.decide()) ==
            "B6 401 You can only create protected branches using the web interface and API."
        );
    }
    scenario.inspection.branches_answer =
        tl::unexpected(InspectionFailure{Kind::out_of_time, "deadline"});
    BOOST_TEST(scenario.decide().refusal.rule == "TO");
}

BOOST_AUTO_TEST_CASE(without_inspection_the_database_knows_the_state) {
    Scenario scenario;
    scenario.inspection.fail(Kind::not_configured);
    BOOST_TEST(summary(scenario.decide()) == "granted");
    BOOST_TEST(scenario.decide().skipped_checks.empty());
    scenario.project().does_repository_exist = false;
    BOOST_TEST(
        summary(scenario.decide()) == "15 404 A repository for this project does not exist yet."
    );
    scenario.project().does_repository_exist = true;

    scenario.instance.is_lfs_enabled = false;
    scenario.pushes(deleted("refs/heads/main"));
    BOOST_TEST(
        summary(scenario.decide()) == "B1 401 The default branch of a project cannot be deleted."
    );
    scenario.with_role(Role::developer);
    scenario.pushes(created("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    scenario.project().is_repository_empty = true;
    BOOST_TEST(summary(scenario.decide()).substr(0, 6) == "B5 401");
}

BOOST_AUTO_TEST_CASE(without_inspection_wikis_are_taken_to_exist) {
    Scenario scenario;
    scenario.inspection.fail(Kind::not_configured);
    scenario.project().does_repository_exist = false;
    scenario.named(ContainerKind::wiki);
    BOOST_TEST(summary(scenario.decide()) == "granted");
}

BOOST_AUTO_TEST_CASE(without_inspection_a_snippets_row_counts) {
    Scenario scenario;
    scenario.inspection.fail(Kind::not_configured);
    scenario.settings.checks.snippet_files = OnFailure::pass;
    scenario.on_snippet(true);
    scenario.pushes(created("refs/heads/main"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    scenario.container->snippet->does_repository_exist = false;
    BOOST_TEST(
        summary(scenario.decide()) ==
        "15 404 The snippet repository you were looking for could not be found."
    );
}

BOOST_AUTO_TEST_CASE(a_default_branch_that_nobody_knows_is_a_check_without_answer) {
    Scenario scenario;
    scenario.instance.is_lfs_enabled = false;
    scenario.project().default_branch.clear();
    scenario.inspection.fail(Kind::not_configured);
    const std::string question = "the state of the repository (repository_state).";
    scenario.pushes(deleted("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == unanswered("B1", question));
    scenario.pushes(created("refs/tags/x"));
    BOOST_TEST(summary(scenario.decide()) == unanswered("T2", question));

    scenario.settings.checks.repository_state = OnFailure::pass;
    const Decision decision = scenario.decide();
    BOOST_TEST(summary(decision) == "granted");
    BOOST_TEST(decision.skipped_checks.size() == 1U);

    scenario.settings.checks.repository_state = OnFailure::refuse;
    scenario.project().is_repository_empty = true;
    BOOST_TEST(summary(scenario.decide()) == "granted");
}

BOOST_AUTO_TEST_CASE(a_skipped_check_is_listed_once) {
    Scenario scenario;
    protect(scenario);
    scenario.push.branches[0].name = "*";
    scenario.settings.checks.force_push = OnFailure::pass;
    scenario.inspection.is_ancestor_answer =
        tl::unexpected(InspectionFailure{Kind::not_configured, ""});
    scenario.pushes(updated("refs/heads/a") + updated("refs/heads/b"));
    const Decision decision = scenario.decide();
    BOOST_TEST(summary(decision) == "granted");
    BOOST_TEST(decision.skipped_checks.size() == 1U);
}

BOOST_AUTO_TEST_CASE(checks_that_were_skipped_are_listed_with_a_refusal_too) {
    Scenario scenario;
    protect(scenario);
    scenario.settings.checks.force_push = OnFailure::pass;
    scenario.inspection.is_ancestor_answer =
        tl::unexpected(InspectionFailure{Kind::not_configured, ""});
    scenario.pushes(updated("refs/heads/release") + created("refs/heads/a..b"));
    const Decision decision = scenario.decide();
    BOOST_TEST(decision.refusal.rule == "B3");
    BOOST_TEST(decision.skipped_checks.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_budget_that_is_used_up_in_a_check_refuses_after_it) {
    Scenario scenario;
    scenario.pushes(updated("refs/heads/x") + deleted("refs/heads/y"));
    scenario.inspection.on_question = [&scenario] {
        scenario.clock.advance(
            scenario.inspection.times_asked("default_branch") == 0 ? milliseconds{250} : seconds{60}
        );
    };
    BOOST_TEST(
        summary(scenario.decide()) ==
        "TO 503 Push operation timed out\n\n"
        "Timing information for debugging purposes:\n"
        "Checking if the repository exists... (250ms)\n"
        "Running checks for ref: x\n"
        "Checking if you are allowed to push... (0ms)\n"
        "Checking if default branch is being deleted... (0ms)\n"
        "Checking if you are force pushing to a protected branch... (0ms)\n"
        "Validating diffs' file paths... (0ms)\n"
        "Running checks for ref: y\n"
        "Checking if you are allowed to push... (0ms)\n"
        "Checking if default branch is being deleted... (60000ms)"
    );
}

BOOST_AUTO_TEST_CASE(an_inspection_out_of_time_cancels_its_check_whatever_the_settings) {
    Scenario scenario;
    scenario.settings.checks.lfs_objects = OnFailure::pass;
    scenario.inspection.pointers_answer =
        tl::unexpected(InspectionFailure{Kind::out_of_time, "deadline"});
    scenario.pushes(updated("refs/heads/x"));
    const Decision decision = scenario.decide();
    BOOST_TEST(decision.refusal.status == 503);
    BOOST_TEST(decision.refusal.rule == "TO");
    BOOST_TEST(decision.skipped_checks.empty());
    BOOST_TEST(
        decision.refusal.message.ends_with("\nScanning repository for blobs stored in LFS and "
                                           "verifying their files have been uploaded "
                                           "to GitLab... (cancelled)")
    );
}

BOOST_AUTO_TEST_CASE(no_check_is_begun_without_time) {
    Scenario scenario;
    scenario.budget = milliseconds{0};
    scenario.pushes(updated("refs/heads/x"));
    BOOST_TEST(
        summary(scenario.decide()) ==
        "TO 503 Push operation timed out\n\nTiming information for debugging purposes:\n"
        "Checking if the repository exists... (cancelled)"
    );
    BOOST_TEST(scenario.inspection.questions.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_wins_over_time_that_ran_out_meanwhile) {
    Scenario scenario;
    scenario.inspection.exists_answer = false;
    scenario.inspection.on_question = [&scenario] { scenario.clock.advance(seconds{60}); };
    BOOST_TEST(scenario.decide().refusal.rule == "15");
}

BOOST_AUTO_TEST_CASE(timings_of_endless_pushes_have_an_end) {
    CheckTimings timings;
    for (int i = 0; i < 1000; ++i) {
        timings.finished("check", milliseconds{i});
    }
    const std::string text = timings.text();
    BOOST_TEST(text.find("\n(800 earlier lines left out)\ncheck (800ms)\n") != std::string::npos);
    BOOST_TEST(text.ends_with("\ncheck (999ms)"));
}

BOOST_AUTO_TEST_CASE(a_trace_tells_each_rule_its_facts_and_how_it_ended) {
    Trace trace;
    Scenario scenario;
    scenario.trace = &trace;
    protect(scenario);
    scenario.with_role(Role::developer);
    scenario.pushes(updated("refs/heads/release"));
    BOOST_TEST(scenario.decide().refusal.rule == "B8");

    const auto& steps = trace.steps();
    BOOST_TEST(steps.front().rule == "1");
    BOOST_TEST((steps.front().outcome == StepOutcome::passed));
    BOOST_TEST(steps.front().facts.at(0).name == "protocol");
    BOOST_TEST(steps.front().facts.at(0).value == "ssh");
    const auto key = std::ranges::find(steps, "3", &Step::rule);
    BOOST_TEST((key->outcome == StepOutcome::not_applicable));

    const Step& last = steps.back();
    BOOST_TEST(last.rule == "B8");
    BOOST_TEST(last.ref == "refs/heads/release");
    BOOST_TEST((last.outcome == StepOutcome::refused));
    BOOST_TEST(to_string(last.outcome) == "refused");
    BOOST_TEST(
        last.message == "You are not allowed to push code to protected branches on this project."
    );
    const auto can_merge = std::ranges::find(last.facts, "can_merge", &Fact::name);
    BOOST_REQUIRE((can_merge != last.facts.end()));
    BOOST_TEST(can_merge->value == "yes");
}

BOOST_AUTO_TEST_CASE(a_trace_shows_what_was_skipped) {
    Trace trace;
    Scenario scenario;
    scenario.trace = &trace;
    scenario.settings.checks.lfs_objects = OnFailure::pass;
    scenario.inspection.pointers_answer =
        tl::unexpected(InspectionFailure{Kind::not_configured, ""});
    scenario.pushes(updated("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    const auto lfs = std::ranges::find(trace.steps(), "L1", &Step::rule);
    BOOST_REQUIRE((lfs != trace.steps().end()));
    BOOST_TEST((lfs->outcome == StepOutcome::skipped));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access
