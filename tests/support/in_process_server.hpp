// The whole application in one process: dispatch() on a real database, without sockets.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/auth/jwt.hpp"
#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/health.hpp"
#include "app/db/later_writes.hpp"
#include "app/db/session.hpp"
#include "app/http/request.hpp"
#include "app/http/response.hpp"
#include "app/metrics/metrics.hpp"
#include "app/routing/dispatch.hpp"
#include "app/settings/settings.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {

/// Stands where it is put.
class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return now_; }
    void set(Timestamp now) { now_ = now; }

private:
    Timestamp now_ =
        std::chrono::sys_days{std::chrono::year{2026} / 1 / 15} + std::chrono::hours{12};
};

struct Call {
    http::Method method = http::Method::get;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type;
    std::string body;
    std::string remote_address = "127.0.0.1";
    bool announces_length = true;
    bool is_late = false;
};

class InProcessServer {
public:
    /// `database` is shared by all servers of a suite; see demo_database().
    InProcessServer(settings::PoolName pool, TestDatabase& database, const Timeouts& timeouts = {});
    InProcessServer(
        routing::PathTable table, TestDatabase& database, const Timeouts& timeouts = {}
    );

    /// As a pool does: on the fast lane, then on the slow one if the handler asks for it. An answer
    /// that the pool's OpenAPI document does not describe fails the test.
    [[nodiscard]] http::Response answer(const Call& call);
    /// One dispatch(), on that lane. What it leaves to be written later is written before it
    /// returns.
    [[nodiscard]] routing::Outcome dispatch(
        const Call& call, Lane lane, routing::SlowLane slow_lane = routing::SlowLane::may_have_room
    );
    /// From now on answer() finds the slow lane full.
    void fill_slow_lane() { is_slow_lane_full_ = true; }
    /// As the pool's probe does every half second.
    void probe();
    /// Whether the last call was answered on the slow lane.
    [[nodiscard]] bool used_slow_lane() const { return used_slow_lane_; }
    /// Statements that were sent to the database so far.
    [[nodiscard]] unsigned statements() const { return earlier_statements_ + usage_.statements; }
    /// Whether the last call's body was asked for.
    [[nodiscard]] bool body_was_read() const { return body_was_read_; }
    /// What the log would say about why the last call was refused.
    [[nodiscard]] const std::string& log_detail() const { return log_detail_; }

    /// GET with the headers as given.
    [[nodiscard]] http::Response get(
        std::string target, std::vector<std::pair<std::string, std::string>> headers = {}
    );
    /// GET with a fresh shell JWT.
    [[nodiscard]] http::Response shell_get(std::string target);
    /// POST to /api/v4/internal/ENDPOINT with a fresh shell JWT. A body that begins with `{` is
    /// JSON, any other a form.
    [[nodiscard]] http::Response shell_post(std::string_view endpoint, std::string body);

    /// From now on tokens signed with these are good too.
    void accept_previous(const auth::Secret& shell, const auth::Secret& kas);
    /// Whom the log would name as the last call's caller.
    [[nodiscard]] const std::string& caller() const { return caller_; }

    /// As gitlab-shell makes it now.
    [[nodiscard]] std::string shell_jwt() const;
    /// As kas makes it now.
    [[nodiscard]] std::string kas_jwt() const;

    /// Off where the work of an answer is measured.
    bool holds_answers_to_document = true;
    auth::GitalyTokens gitaly_tokens;
    settings::Settings settings;
    FixedClock clock;
    db::Health health;
    auth::Secret shell_secret{"a shell secret for tests only"};
    auth::Secret kas_secret{"the 32 bytes of a secret of kas."};
    auth::Secret db_key_base{"a database key base for tests only, of forty bytes"};

private:
    routing::PathTable table_;
    db::Usage usage_;  ///< in one dispatch()
    unsigned earlier_statements_ = 0;
    db::Session session_;
    metrics::Registry metrics_;
    handlers::inspectors::Inspectors inspectors_{settings.storages, gitaly_tokens};
    db::LaterWrites later_writes_;
    RateLimiter rate_limiter_;
    auth::JwtVerifier shell_verifier_;
    auth::JwtVerifier kas_verifier_;
    bool body_was_read_ = false;
    bool used_slow_lane_ = false;
    bool is_slow_lane_full_ = false;
    std::string log_detail_;
    std::string caller_;
};

/// The value of a response's header field; empty when there is none.
[[nodiscard]] std::string field(const http::Response& response, std::string_view name);

/// A database with sql/seeds/demo.json in it, one per dialect and run. Tests that write make their
/// own.
[[nodiscard]] TestDatabase& demo_database(db::Dialect dialect);

/// Imports sql/seeds/demo.json with the key base of InProcessServer.
void import_demo(TestDatabase& database);

/// Deletes what the demo data's namespaces bought besides their subscriptions.
void forget_sales(TestDatabase& database);

}  // namespace innergate::test
