// Calls about compute packs, in the name of the demo data's administrator.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tests/contract/portal_suite.hpp"

namespace innergate::test {

inline constexpr const char* kUnable =
    R"({"message":"400 Bad request - Unable to save additional packs"})";
inline constexpr const char* kNoRoot =
    R"({"message":"400 Bad request - Namespace must be a top-level namespace"})";
inline constexpr const char* kUnknown = R"({"message":"404 Namespace Not Found"})";
inline constexpr const char* kMoved = R"({"message":"202 Accepted"})";

/// `{"number_of_minutes":10,"expires_at":"2027-01-01","purchase_xid":"a"}`
inline std::string pack(std::string_view xid, int minutes = 10) {
    return fmt::format(
        R"({{"number_of_minutes":{},"expires_at":"2027-01-01","purchase_xid":"{}"}})", minutes, xid
    );
}

/// The same pack as the answer shows it.
inline std::string kept(int namespace_id, std::string_view xid, int minutes = 10) {
    return fmt::format(
        R"({{"namespace_id":{},"expires_at":"2027-01-01","number_of_minutes":{},"purchase_xid":"{}"}})",
        namespace_id,
        minutes,
        xid
    );
}

inline std::string packs(const std::vector<std::string>& packs) {
    return fmt::format(R"({{"packs":[{}]}})", fmt::join(packs, ","));
}

inline std::string create_target(std::string_view id) {
    return fmt::format("/api/v4/namespaces/{}/minutes", id);
}

inline std::string move_target(std::string_view id, std::string_view target_id) {
    return fmt::format("/api/v4/namespaces/{}/minutes/move/{}", id, target_id);
}

struct PacksServer : InProcessServer {
    explicit PacksServer(TestDatabase& database, const Timeouts& timeouts = {})
        : InProcessServer(settings::PoolName::public_, database, timeouts) {}

    [[nodiscard]] http::Response send(
        http::Method method,
        std::string target,
        std::string body = {},
        std::string content_type = "application/json"
    ) {
        Call call = portal_call(method, std::move(target), std::move(body));
        call.content_type = std::move(content_type);
        return answer(call);
    }
    [[nodiscard]] http::Response create(std::string_view id, std::string body) {
        return send(http::Method::post, create_target(id), std::move(body));
    }
    [[nodiscard]] http::Response move(std::string_view id, std::string_view target_id) {
        return send(http::Method::patch, move_target(id, target_id), {}, {});
    }
};

/// The demo data in a database of its own, with subgroup 900 of group 123.
struct Packs {
    explicit Packs(db::Dialect dialect) : database(dialect, Content::demo), server(database) {
        sql("insert into namespaces (id, type, name, path, parent_id) "
            "values (900, 'Group', 'Sub', 'sub', 123)");
        sql("insert into routes (source_type, source_id, path) "
            "values ('Namespace', 900, 'packs-source/sub')");
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    /// `a/123/10 b/321/5`
    [[nodiscard]] std::string stored() {
        return database.look(
            "select purchase_xid || '/' || namespace_id || '/' || number_of_minutes "
            "from ci_minutes_additional_packs order by purchase_xid"
        );
    }

    TestDatabase database;
    PacksServer server;
};

}  // namespace innergate::test
