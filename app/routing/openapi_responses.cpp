#include "app/routing/openapi_responses.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/routing/openapi_schema.hpp"
#include "app/routing/parameters.hpp"
#include "app/routing/reply.hpp"

namespace innergate::routing {
namespace {

constexpr int kFirstFailure = 400;

struct Example {
    std::string_view when;
    std::string text;
};

struct StatusAnswers {
    std::vector<std::string_view> whens;
    std::vector<Example> examples;
    std::string_view content_type;
};

using AnswersByStatus = std::map<int, StatusAnswers>;

bool comes_with(const ReplyForm& form, int status, const Route& route) {
    return form.statuses.empty() ? status == route.success_status
                                 : std::ranges::find(form.statuses, status) != form.statuses.end();
}

/// For answers that the row declares: refusals have the type of their envelope, the others their
/// own.
std::string_view content_type_of(const Answer& answer, const PathTable& table, const Route& route) {
    const bool is_own = answer.status == route.success_status ||
                        std::ranges::any_of(route.operation.replies, [&](const ReplyForm& form) {
                            return comes_with(form, answer.status, route);
                        });
    return is_own
               ? route.content_type
               : table.refuse(route.pattern, failure(ErrorCode::internal, "").value()).content_type;
}

void add_common(AnswersByStatus& answers, const PathTable& table, const Route& route) {
    const auto add = [&](std::string_view when, const tl::unexpected<Error>& refusal) {
        const http::Response response = table.refuse(route.pattern, refusal.value());
        auto [known, is_new] = answers.try_emplace(response.status);
        known->second.content_type = is_new ? response.content_type : known->second.content_type;
        known->second.whens.push_back(when);
        known->second.examples.push_back({when, response.body});
    };
    if (!route.auth.credentials.empty()) {
        add("The credential is missing or not accepted.",
            failure(ErrorCode::unauthorized, "401 Unauthorized"));
    }
    for (const auth::PolicyRefusal& refusal : route.auth.refusals) {
        add(refusal.when, failure(refusal.code, std::string{refusal.message}));
    }
    add("A parameter is missing or cannot be read; all faults are named.",
        request_failure(ErrorCode::bad_request, "id is invalid", {}));
    if (reads_body(route)) {
        add("The body is longer than the route takes.",
            request_failure(ErrorCode::payload_too_large, "413 Content Too Large"));
        add("The body is of a media type that is not read.",
            request_failure(
                ErrorCode::unsupported_media_type,
                "The provided content-type 'text/plain' is not supported."
            ));
    }
    add("The path exists, the method does not; `Allow` names those that do.",
        request_failure(ErrorCode::method_not_allowed, "405 Not Allowed", {}));
    add("A fault of the server; the log has it under the same `X-Request-Id`.",
        failure(ErrorCode::internal, "500 Internal Server Error"));
    add("The database cannot serve now; `Retry-After` says when to try again.",
        failure(ErrorCode::unavailable, "503 Service Unavailable"));
}

AnswersByStatus all_answers(const PathTable& table, const Route& route) {
    AnswersByStatus answers;
    for (const Answer& answer : route.answers) {
        auto [known, is_new] = answers.try_emplace(answer.status);
        known->second.content_type = content_type_of(answer, table, route);
        known->second.whens.push_back(answer.when);
        if (!answer.example.empty()) {
            known->second.examples.push_back({answer.when, std::string{answer.example}});
        }
    }
    add_common(answers, table, route);
    return answers;
}

using Forms = std::vector<void (*)(json::Writer&)>;

Forms forms_with(int status, const Route& route) {
    Forms forms;
    for (const ReplyForm& form : route.operation.replies) {
        if (comes_with(form, status, route)) {
            forms.push_back(form.write_schema);
        }
    }
    return forms;
}

/// The handler's forms with that status, and the envelope of refusals if the status may be a
/// refusal.
void write_schema_of(
    json::Writer& writer, std::string_view refusal_schema, const Forms& forms, int status
) {
    const bool may_be_refusal = status >= kFirstFailure;
    const auto write_refusal = [&] {
        writer.begin_object();
        writer.member("$ref", fmt::format("#/components/schemas/{}", refusal_schema));
        writer.end_object();
    };
    writer.key("schema");
    if (forms.empty() && !may_be_refusal) {
        write_parameter_schema(writer, params::Type::string);
    } else if (forms.empty()) {
        write_refusal();
    } else if (forms.size() == 1 && !may_be_refusal) {
        forms.front()(writer);
    } else {
        writer.begin_object();
        writer.key("oneOf");
        writer.begin_array();
        for (const auto form : forms) {
            form(writer);
        }
        if (may_be_refusal) {
            write_refusal();
        }
        writer.end_array();
        writer.end_object();
    }
}

void write_examples(json::Writer& writer, const StatusAnswers& answers) {
    writer.key("examples");
    writer.begin_object();
    std::size_t number = 0;
    for (const Example& example : answers.examples) {
        writer.key(fmt::format("example{}", ++number));
        writer.begin_object();
        writer.member("summary", example.when);
        writer.key("value");
        if (answers.content_type.ends_with("json")) {
            writer.raw(example.text);
        } else {
            writer.value(example.text);
        }
        writer.end_object();
    }
    writer.end_object();
}

void write_text_header(json::Writer& writer, std::string_view name, std::string_view doc) {
    writer.key(name);
    writer.begin_object();
    writer.member("description", doc);
    writer.key("schema");
    write_parameter_schema(writer, params::Type::string);
    writer.end_object();
}

void write_headers(json::Writer& writer, int status) {
    constexpr int kNotAllowed = 405;
    constexpr int kUnavailable = 503;
    writer.key("headers");
    writer.begin_object();
    write_text_header(writer, "X-Request-Id", "As the request had it, or a new one");
    if (status == kNotAllowed) {
        write_text_header(writer, "Allow", "The methods of the path");
    }
    if (status == kUnavailable) {
        writer.key("Retry-After");
        writer.begin_object();
        writer.member("description", "Seconds until it is worth another attempt");
        writer.key("schema");
        write_parameter_schema(writer, params::Type::integer);
        writer.end_object();
    }
    writer.end_object();
}

}  // namespace

void write_responses(json::Writer& writer, const PathTable& table, const Route& route) {
    const std::string_view refusal_schema = table.refusals_of(route.pattern).schema_name;
    writer.begin_object();
    for (const auto& [status, answers] : all_answers(table, route)) {
        const Forms forms = forms_with(status, route);
        writer.key(std::to_string(status));
        writer.begin_object();
        writer.member("description", fmt::format("{}", fmt::join(answers.whens, " Or: ")));
        write_headers(writer, status);
        if (!answers.examples.empty() || !forms.empty()) {
            writer.key("content");
            writer.begin_object();
            writer.key(answers.content_type);
            writer.begin_object();
            write_schema_of(writer, refusal_schema, forms, status);
            write_examples(writer, answers);
            writer.end_object();
            writer.end_object();
        }
        writer.end_object();
    }
    writer.end_object();
}

}  // namespace innergate::routing
