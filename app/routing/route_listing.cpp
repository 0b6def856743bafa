#include "app/routing/route_listing.hpp"

#include <algorithm>
#include <optional>
#include <ranges>
#include <span>

#include <fmt/format.h>

#include "app/json/writer.hpp"
#include "app/routing/parameters.hpp"

namespace innergate::routing {
namespace {

enum class Depth { parameters, with_members };

/// As deep as the declarations are nested.
std::string parameter_list(std::span<const params::Description> parameters, Depth depth) {
    std::string list;
    for (const params::Description& parameter : parameters) {
        list += fmt::format(
            "{}{}{}:{}",
            list.empty() ? "" : " ",
            parameter.name,
            parameter.need == params::Need::required ? "" : "?",
            params::to_string(parameter.type)
        );
        if (depth == Depth::with_members && !parameter.members.empty()) {
            list += fmt::format("{{{}}}", parameter_list(parameter.members, depth));
        }
    }
    return list.empty() ? "-" : list;
}

/// `64 KiB`, `1024 bytes`
std::string size_text(std::size_t bytes) {
    if (bytes % kMebibyte == 0) {
        return fmt::format("{} MiB", bytes / kMebibyte);
    }
    constexpr std::size_t kKibibyte = 1024;
    return bytes % kKibibyte == 0 && bytes > kKibibyte ? fmt::format("{} KiB", bytes / kKibibyte)
                                                       : fmt::format("{} bytes", bytes);
}

std::string body_limit(const Route& route) {
    if (!reads_body(route)) {
        return "not read";
    }
    return route.max_body_bytes == kAnyBody ? "`limits.max_body_bytes`"
                                            : size_text(route.max_body_bytes);
}

/// `` `packs` 10000, `outer[inner]` 1024 bytes ``, as deep as the declarations are nested.
// NOLINTNEXTLINE(misc-no-recursion)
std::string parameter_limits(
    std::span<const params::Description> parameters, std::string_view parent = {}
) {
    std::string list;
    const auto add = [&list](const std::string& limit) {
        list += (list.empty() || limit.empty() ? "" : ", ") + limit;
    };
    for (const params::Description& parameter : parameters) {
        const std::string path = parent.empty() ? std::string{parameter.name}
                                                : fmt::format("{}[{}]", parent, parameter.name);
        if (parameter.max_elements > 0) {
            add(fmt::format("`{}` {}", path, parameter.max_elements));
        }
        if (parameter.max_bytes > 0) {
            add(fmt::format("`{}` {}", path, size_text(parameter.max_bytes)));
        }
        add(parameter_limits(parameter.members, path));
    }
    return list;
}

}  // namespace

bool is_path_parameter(const Route& route, std::string_view name) {
    return std::ranges::any_of(std::views::split(route.pattern, '/'), [name](const auto& segment) {
        return parameter_name({segment.begin(), segment.end()}) == name;
    });
}

std::string routes_as_text(const PathTable& table) {
    std::size_t pattern_width = std::string_view{"PATTERN"}.size();
    std::size_t policy_width = std::string_view{"POLICY"}.size();
    for (const Route* const route : table.routes()) {
        pattern_width = std::max(pattern_width, route->pattern.size());
        policy_width = std::max(policy_width, route->auth.name.size());
    }
    constexpr std::string_view kLine = "{:<6}  {:<{}}  {:<{}}  {}\n";
    std::string text = fmt::format(
        fmt::runtime(kLine),
        "METHOD",
        "PATTERN",
        pattern_width,
        "POLICY",
        policy_width,
        "PARAMETERS"
    );
    for (const Route* const route : table.routes()) {
        text += fmt::format(
            fmt::runtime(kLine),
            http::to_string(route->method),
            route->pattern,
            pattern_width,
            route->auth.name,
            policy_width,
            parameter_list(route->operation.parameters, Depth::parameters)
        );
    }
    return text;
}

std::string routes_as_markdown(const PathTable& table, std::string_view pool) {
    std::string text =
        "| Method | Path | Pool | Policy | Parameters |\n| --- | --- | --- | --- | --- |\n";
    for (const Route* const route : table.routes()) {
        text += fmt::format(
            "| {} | `{}` | {} | {} | `{}` |\n",
            http::to_string(route->method),
            route->pattern,
            pool,
            route->auth.name,
            parameter_list(route->operation.parameters, Depth::with_members)
        );
    }
    return text;
}

std::string limits_as_markdown(const PathTable& table, std::string_view pool) {
    std::string text =
        "| Method | Path | Pool | Body | Elements and bytes |\n| --- | --- | --- | --- | --- |\n";
    for (const Route* const route : table.routes()) {
        const std::string limits = parameter_limits(route->operation.parameters);
        text += fmt::format(
            "| {} | `{}` | {} | {} | {} |\n",
            http::to_string(route->method),
            route->pattern,
            pool,
            body_limit(*route),
            limits.empty() ? "-" : limits
        );
    }
    return text;
}

std::string routes_as_json(const PathTable& table) {
    std::string text;
    json::Writer writer{text};
    writer.begin_array();
    for (const Route* const route : table.routes()) {
        writer.begin_object();
        writer.member("method", http::to_string(route->method));
        writer.member("pattern", route->pattern);
        writer.member("policy", route->auth.name);
        writer.member("summary", route->summary);
        const bool has_own_limit = route->max_body_bytes != kAnyBody;
        const std::size_t limit = reads_body(*route) ? route->max_body_bytes : 0;
        writer.member("max_body_bytes", has_own_limit ? std::optional{limit} : std::nullopt);
        writer.key("parameters");
        writer.begin_array();
        for (const params::Description& parameter : route->operation.parameters) {
            writer.begin_object();
            writer.member("name", parameter.name);
            writer.member("in", is_path_parameter(*route, parameter.name) ? "path" : "request");
            writer.member("type", params::to_string(parameter.type));
            writer.member("required", parameter.need == params::Need::required);
            writer.end_object();
        }
        writer.end_array();
        writer.end_object();
    }
    writer.end_array();
    text.push_back('\n');
    return text;
}

}  // namespace innergate::routing
