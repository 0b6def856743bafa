// innergate-admin's commands as the program runs them, in this process, on the demo data.
#pragma once

#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

#include "app/json/value.hpp"
#include "tests/integration/admin/admin_database.hpp"

namespace innergate::test {

/// A key that the demo data has only as an authority.
inline constexpr std::string_view kPublicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQbCFzbCxAPlA6D5/K6sGHzNWsv61T/VLS1/HTJbmY2";

class Tool {
public:
    explicit Tool(db::Dialect dialect);

    /// Exit status of `innergate-admin …`; out() and err() hold what it said.
    int run(const std::string& arguments);

    /// The answer in JSON; fails the test unless the command succeeds.
    json::Value answer(const std::string& arguments);

    [[nodiscard]] std::string out() const { return out_.str(); }
    [[nodiscard]] std::string err() const { return err_.str(); }
    [[nodiscard]] std::string look(const std::string& sql) { return database_.look(sql); }
    [[nodiscard]] AdminDatabase& database() { return database_; }

    /// The path of a new file with that text.
    [[nodiscard]] std::string file(const std::string& name, std::string_view text);

private:
    AdminDatabase database_;
    std::ostringstream out_;
    std::ostringstream err_;
};

/// A command that is refused: its exit status, and a part of what it says.
struct Refusal {
    const char* arguments;
    int status;
    const char* reason;

    friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
        return out << refusal.arguments;
    }
};

/// As text; an array as its strings, joined by ", ". Fails the test when there is none.
[[nodiscard]] std::string member_of(const json::Value& object, std::string_view name);

}  // namespace innergate::test
