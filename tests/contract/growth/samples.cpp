#include "tests/contract/growth/samples.hpp"

#include <array>
#include <map>
#include <ranges>
#include <string_view>

#include <fmt/format.h>

#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/json/writer.hpp"
#include "app/routing/route_listing.hpp"
#include "handlers/policies/agent_token.hpp"
#include "tests/contract/kubernetes/agent_server.hpp"
#include "tests/contract/portal_suite.hpp"
#include "tests/contract/scim/provider.hpp"
#include "tests/support/numbered_rows.hpp"

namespace innergate::test {
namespace {

using params::Description;
using params::Type;

/// Where the type alone makes no good value. As JSON.
const std::map<std::string_view, std::string_view> kValues{
    {"severity", R"("high")"},
    {"gl_repository", R"("project-3")"},
    {"identifier", R"("user-1")"},
    {"action", R"("git-receive-pack")"},
    {"protocol", R"("ssh")"},
    {"key_id", "11"},
    {"namespace_id", "127"},
    {"agent_id", "1"},
    {"agent_config", "{}"},
    {"access_type", R"("personal_access_token")"},
    {"credit_card_expiration_month", "12"},
    {"credit_card_expiration_year", "2030"},
    {"credit_card_holder_name", R"("Jane Doe")"},
    {"credit_card_type", R"("AmericanExpress")"},
    {"credit_card_mask_number", R"("1111")"},
};

/// Parameters without which a row does nothing, though they may be left out.
const std::map<std::string_view, std::vector<std::string_view>> kTaken{
    {"/api/v4/internal/allowed",
     {"key_id", "action", "gl_repository", "protocol", "project", "changes"}},
    {"/api/v4/internal/post_receive", {"identifier"}},
    {"/api/v4/internal/personal_access_token", {"key_id", "name"}},
};

const std::map<std::string_view, std::string_view> kPathValues{
    {":group_path", "test_group"},
    {":namespace_id", "127"},
    {":user_id", "1"},
    {":target_id", "129"},
    {":add_on_name", "code_suggestions"},
};

bool is_part_of(std::string_view path, std::string_view grown) {
    return grown == path || (grown.starts_with(path) && grown.substr(path.size()).starts_with('['));
}

std::string path_to(std::string_view parent, std::string_view name) {
    return parent.empty() ? std::string{name} : fmt::format("{}[{}]", parent, name);
}

class Sampler {
public:
    Sampler(const routing::Route& route, const SampleOptions& options)
        : route_(route), options_(options) {}

    std::string text() {
        json::Writer writer{text_};
        writer.begin_object();
        members(writer, {}, route_.operation.parameters);
        writer.end_object();
        return std::move(text_);
    }

private:
    // As deep as the declarations are nested.
    // NOLINTBEGIN(misc-no-recursion)
    void members(
        json::Writer& writer, std::string_view parent, std::span<const Description> parameters
    ) {
        for (const Description& parameter : parameters) {
            const std::string path = path_to(parent, parameter.name);
            const bool is_in_path =
                parent.empty() && routing::is_path_parameter(route_, parameter.name);
            if (!is_in_path && is_wanted(path, parameter)) {
                writer.key(parameter.name);
                value(writer, path, parameter);
            }
        }
    }

    [[nodiscard]] bool is_wanted(std::string_view path, const Description& parameter) const {
        const auto taken = kTaken.find(route_.pattern);
        const bool is_taken =
            taken != kTaken.end() && std::ranges::find(taken->second, path) != taken->second.end();
        return parameter.need == params::Need::required || is_taken ||
               is_part_of(path, options_.grown);
    }

    void value(json::Writer& writer, const std::string& path, const Description& parameter) {
        const bool is_grown = path == options_.grown;
        if (params::is_list(parameter.type)) {
            writer.begin_array();
            for (std::size_t index = 0; index < (is_grown ? options_.elements : 1); ++index) {
                index_ = index;
                element(writer, path, parameter);
            }
            writer.end_array();
        } else if (parameter.type == Type::object && !parameter.members.empty()) {
            writer.begin_object();
            members(writer, path, parameter.members);
            writer.end_object();
        } else if (is_grown) {
            writer.value(long_text(parameter.name));
        } else {
            scalar(writer, parameter);
        }
    }

    void element(json::Writer& writer, const std::string& path, const Description& list) {
        switch (list.type) {
            case Type::string_array:
                writer.value(element_text());
                break;
            case Type::integer_array:
                writer.value(row_id());
                break;
            default:
                is_in_element_ = true;
                writer.begin_object();
                members(writer, path, list.members);
                writer.end_object();
                is_in_element_ = false;
        }
    }
    // NOLINTEND(misc-no-recursion)

    void scalar(json::Writer& writer, const Description& parameter) const {
        const bool is_id = parameter.name.ends_with("_id") && parameter.type == Type::integer;
        const auto known = kValues.find(parameter.name);
        if (is_in_element_ && is_id) {
            writer.value(row_id());
        } else if (known != kValues.end()) {
            writer.raw(known->second);
        } else {
            by_type(writer, parameter.type);
        }
    }

    void by_type(json::Writer& writer, Type type) const {
        switch (type) {
            case Type::integer:
            case Type::record_id:
                writer.value(1);
                break;
            case Type::boolean:
                writer.value(true);
                break;
            case Type::date:
                writer.value("2024-02-29");
                break;
            case Type::timestamp:
                writer.value("2024-02-29T12:00:00Z");
                break;
            default:
                writer.value(is_in_element_ ? element_text() : "text");
        }
    }

    [[nodiscard]] std::string element_text() const {
        return route_.pattern.ends_with("post_receive")
                   ? fmt::format("ci.variable=V{}_{}=1", options_.salt, index_)
                   : fmt::format("e{}x{}", options_.salt, index_);
    }

    [[nodiscard]] int row_id() const {
        return kFirstRow + static_cast<int>(index_ % static_cast<std::size_t>(kRows));
    }

    /// Of so many bytes, or nearly.
    [[nodiscard]] std::string long_text(std::string_view name) const {
        if (name != "changes") {
            std::string text;
            text.resize(options_.elements, 'x');
            return text;
        }
        std::string lines;
        for (int line = 0; lines.size() < options_.elements; ++line) {
            lines += fmt::format("{:040} {:040} refs/heads/b{}_{}\n", 0, 1, options_.salt, line);
        }
        return lines;
    }

    const routing::Route& route_;
    const SampleOptions& options_;
    std::string text_;
    std::size_t index_ = 0;
    bool is_in_element_ = false;
};

// NOLINTNEXTLINE(misc-no-recursion): as deep as the declarations are nested.
void collect(
    const routing::Route& route,
    std::string_view parent,
    std::span<const Description> parameters,
    std::vector<GrowingParameter>& growing
) {
    for (const Description& parameter : parameters) {
        if (parent.empty() && routing::is_path_parameter(route, parameter.name)) {
            continue;
        }
        const std::string path = path_to(parent, parameter.name);
        if (params::is_list(parameter.type)) {
            growing.push_back({path, parameter.type, parameter.max_elements});
        } else if (parameter.type == Type::string) {
            growing.push_back({path, parameter.type, parameter.max_bytes});
        } else if (parameter.type == Type::object) {
            collect(route, path, parameter.members, growing);
        }
    }
}

}  // namespace

std::string target_of(const routing::Route& route) {
    std::string target;
    for (const auto& part : std::views::split(route.pattern.substr(1), '/')) {
        const std::string_view segment{part.begin(), part.end()};
        const auto known = kPathValues.find(segment);
        target += '/';
        if (known != kPathValues.end()) {
            target += known->second;
        } else if (segment == "*id") {
            target += kTestUser;
        } else {
            target += segment == ":id" ? "127" : segment;
        }
    }
    return target;
}

std::vector<std::pair<std::string, std::string>> credentials_of(
    const routing::Route& route, const InProcessServer& server
) {
    if (&route.auth == &auth::kKasJwt || &route.auth == &handlers::policies::kAgentToken) {
        return {
            {"Gitlab-Kas-Api-Request", server.kas_jwt()},
            {"Authorization", std::string{"Bearer "} + kAgentToken}};
    }
    if (route.pattern.starts_with("/api/scim")) {
        const bool is_of_group = route.pattern.find(":group_path") != std::string_view::npos;
        return {
            {"Authorization",
             std::string{"Bearer "} + (is_of_group ? kGroupToken : kInstanceToken)}};
    }
    return {{"Gitlab-Shell-Api-Request", server.shell_jwt()}, {"PRIVATE-TOKEN", kPortalToken}};
}

std::string sample_of(const routing::Route& route, const SampleOptions& options) {
    return Sampler{route, options}.text();
}

std::vector<GrowingParameter> growing_parameters(const routing::Route& route) {
    std::vector<GrowingParameter> growing;
    collect(route, {}, route.operation.parameters, growing);
    return growing;
}

void add_rows(TestDatabase& database, int count) {
    const std::array statements{
        "insert into users (id, username, name, email) select 100000 + n, 'grown' || n, 'Grown', "
        "'grown' || n || '@example.com' from numbers",
        "insert into namespaces (id, type, name, path) select 100000 + n, 'Group', 'g', "
        "'grown' || n from numbers",
        "insert into projects (id, namespace_id, name, path) select 100000 + n, 100000 + n, 'p', "
        "'p' from numbers",
    };
    run_over_numbers(database.session(), statements, count);
    forget_statistics(database);
}

void forget_statistics(TestDatabase& database) {
    database.session().execute_once("drop table sqlite_stat1");
}

}  // namespace innergate::test
