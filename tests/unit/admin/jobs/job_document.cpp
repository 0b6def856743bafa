#include "admin/jobs/job_document.hpp"

#include "admin/jobs/runner.hpp"
#include <boost/test/unit_test.hpp>

#include "app/time_format.hpp"

namespace innergate::admin::jobs {
namespace {

using namespace std::chrono_literals;

handlers::PostReceiveJob a_job() {
    handlers::PostReceiveJob job;
    job.id = PostReceiveJobId{5};
    job.gl_repository = "project-3";
    job.identifier = "key-11";
    job.push_options = R"({ "ci": {"skip": true} })";
    job.attempts = 2;
    job.created_at = *parse_timestamp("2030-01-31T08:00:00.123Z");
    return job;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(job_document_)

BOOST_AUTO_TEST_CASE(all_that_is_known) {
    handlers::PostReceiveJob job = a_job();
    job.user_id = 1;
    job.username = "root";
    job.user_name = "Administrator";
    job.project_id = 3;
    job.project_path = "gnuwget/wget2";
    job.correlation_id = "01ABC";
    BOOST_TEST(
        job_document(job, {{"00", "a1", "refs/heads/main"}, {"b2", "c3", "refs/tags/v\"1"}}) ==
        R"({"id":5,"attempt":2,"created_at":"2030-01-31T08:00:00.123Z","gl_repository":"project-3",)"
        R"("project_id":3,"project_path":"gnuwget/wget2","identifier":"key-11",)"
        R"("user":{"id":1,"username":"root","name":"Administrator"},"changes":[)"
        R"({"old_rev":"00","new_rev":"a1","ref":"refs/heads/main"},)"
        R"({"old_rev":"b2","new_rev":"c3","ref":"refs/tags/v\"1"}],)"
        R"("push_options":{"ci":{"skip":true}},"correlation_id":"01ABC"})"
        "\n"
    );
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_null) {
    handlers::PostReceiveJob job = a_job();
    job.push_options = "not JSON";
    BOOST_TEST(
        job_document(job, {}) ==
        R"({"id":5,"attempt":2,"created_at":"2030-01-31T08:00:00.123Z","gl_repository":"project-3",)"
        R"("project_id":null,"project_path":null,"identifier":"key-11","user":null,"changes":[],)"
        R"("push_options":{},"correlation_id":null})"
        "\n"
    );
}

BOOST_AUTO_TEST_CASE(the_wait_doubles_up_to_an_hour) {
    BOOST_TEST((back_off(10s, 1) == 10s));
    BOOST_TEST((back_off(10s, 2) == 20s));
    BOOST_TEST((back_off(10s, 5) == 160s));
    BOOST_TEST((back_off(10s, 10) == 3600s));
    BOOST_TEST((back_off(10s, 1000) == 3600s));
    BOOST_TEST((back_off(2h, 3) == 2h));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::admin::jobs
