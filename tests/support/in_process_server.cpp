#include "tests/support/in_process_server.hpp"

#include <algorithm>
#include <mutex>

#include <boost/test/unit_test.hpp>

#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/db/errors.hpp"
#include "app/db/readiness.hpp"
#include "handlers/path_tables.hpp"
#include "tests/support/documented_answers.hpp"

namespace innergate::test {
namespace {

class StringBody final : public http::BodySource {
public:
    explicit StringBody(std::string_view text) : text_(text) {}

    [[nodiscard]] bool was_read() const { return was_read_; }

    Result<std::string_view> read(std::size_t max_bytes) override {
        was_read_ = true;
        if (text_.size() > max_bytes) {
            return request_failure(ErrorCode::payload_too_large, "413 Content Too Large");
        }
        return text_;
    }

private:
    std::string_view text_;
    bool was_read_ = false;
};

/// Tests let several servers answer at once, each in a thread, and Boost.Test may be told of
/// something by one thread at a time. So it is told of faults only, and by one of them.
void report(const std::string& fault) {
    static std::mutex mutex;
    if (!fault.empty()) {
        const std::lock_guard lock{mutex};
        BOOST_ERROR(fault);
    }
}

}  // namespace

InProcessServer::InProcessServer(
    settings::PoolName pool, TestDatabase& database, const Timeouts& timeouts
)
    : InProcessServer(handlers::path_table(pool), database, timeouts) {}

InProcessServer::InProcessServer(
    routing::PathTable table, TestDatabase& database, const Timeouts& timeouts
)
    : table_(std::move(table)),
      session_(database.options(timeouts), usage_),
      metrics_("test", "0", table_.patterns(), 1),
      shell_verifier_(shell_secret, auth::kShellJwtRules),
      kas_verifier_(kas_secret, auth::kKasJwtRules) {
    settings.instance.external_url = "https://gitlab.example.com";
    health.was_asked(std::nullopt);
}

http::Response InProcessServer::answer(const Call& call) {
    routing::Outcome outcome = dispatch(call, Lane::fast);
    used_slow_lane_ = outcome.needs_slow_lane && !is_slow_lane_full_;
    if (used_slow_lane_) {
        outcome = dispatch(call, Lane::slow);
    } else if (outcome.can_do_without_slow_lane) {
        outcome = dispatch(call, Lane::fast, routing::SlowLane::is_full);
    }
    if (holds_answers_to_document && outcome.route != nullptr) {
        report(undocumented_part(table_, *outcome.route, outcome.response));
    }
    log_detail_ = std::move(outcome.log_detail);
    caller_ = std::move(outcome.caller);
    return std::move(outcome.response);
}

routing::Outcome InProcessServer::dispatch(
    const Call& call, Lane lane, routing::SlowLane slow_lane
) {
    std::vector<http::HeaderField> fields;
    fields.reserve(call.headers.size());
    for (const auto& [name, value] : call.headers) {
        fields.push_back({name, value});
    }
    StringBody body{call.body};
    const http::Request request{
        .method = call.method,
        .method_name = http::to_string(call.method),
        .target = call.target,
        .content_type = call.content_type,
        .remote_address = call.remote_address,
        .headers = fields,
        .body = &body,
        .content_length = call.announces_length ? call.body.size() : 0,
        .is_late = call.is_late,
    };
    const routing::Services services{
        .settings = settings,
        .clock = clock,
        .db_key_base = db_key_base,
        .health = health,
        .metrics = metrics_,
        .rate_limiter = rate_limiter_,
        .gitaly_tokens = gitaly_tokens,
        .parts = {&inspectors_, &later_writes_},
    };
    const routing::ThreadScope thread{
        .services = services,
        .session = session_,
        .usage = usage_,
        .shell_jwt = shell_verifier_,
        .kas_jwt = kas_verifier_,
        .lane = lane,
    };
    earlier_statements_ += usage_.statements;
    usage_ = {};
    routing::Outcome outcome = routing::dispatch(request, table_, thread, slow_lane);
    body_was_read_ = body.was_read();
    try {
        later_writes_.write(session_);
    } catch (const db::Unavailable&) {
        // As the pool does, which tries again a second later.
    }
    return outcome;
}

void InProcessServer::probe() {
    health.was_asked(db::fault_of(session_));
}

http::Response InProcessServer::get(
    std::string target, std::vector<std::pair<std::string, std::string>> headers
) {
    Call call;
    call.target = std::move(target);
    call.headers = std::move(headers);
    return answer(call);
}

http::Response InProcessServer::shell_get(std::string target) {
    return get(std::move(target), {{"Gitlab-Shell-Api-Request", shell_jwt()}});
}

http::Response InProcessServer::shell_post(std::string_view endpoint, std::string body) {
    Call call;
    call.method = http::Method::post;
    call.target = "/api/v4/internal/" + std::string{endpoint};
    call.headers = {{"Gitlab-Shell-Api-Request", shell_jwt()}};
    call.content_type =
        body.starts_with('{') ? "application/json" : "application/x-www-form-urlencoded";
    call.body = std::move(body);
    return answer(call);
}

void InProcessServer::accept_previous(const auth::Secret& shell, const auth::Secret& kas) {
    shell_verifier_ = auth::JwtVerifier{shell_secret, auth::kShellJwtRules, shell};
    kas_verifier_ = auth::JwtVerifier{kas_secret, auth::kKasJwtRules, kas};
}

std::string InProcessServer::shell_jwt() const {
    return auth::make_jwt(shell_secret, "gitlab-shell", clock.now(), std::chrono::seconds{60});
}

std::string InProcessServer::kas_jwt() const {
    return auth::make_jwt(
        kas_secret, "gitlab-kas", clock.now(), std::chrono::seconds{30}, "gitlab"
    );
}

std::string field(const http::Response& response, std::string_view name) {
    const auto found = std::ranges::find_if(response.headers, [name](const auto& header) {
        return http::same_field_name(header.name, name);
    });
    return found == response.headers.end() ? std::string{} : found->value;
}

}  // namespace innergate::test
