#include "admin/commands/doctor_command.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "admin/commands/context.hpp"
#include "admin/doctor/answer_check.hpp"
#include "admin/doctor/database_check.hpp"
#include "admin/doctor/finding.hpp"
#include "admin/doctor/nginx_check.hpp"
#include "admin/doctor/secret_check.hpp"
#include "admin/doctor/settings_check.hpp"
#include "admin/doctor/socket_check.hpp"
#include "admin/doctor/storage_check.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

using doctor::Finding;
using doctor::Findings;
using doctor::Verdict;

/// All words are of one width, so that the texts of the lines stand below each other.
std::string_view column(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
            return "ok  ";
        case Verdict::warning:
            return "warn";
        case Verdict::failure:
            break;
    }
    return "FAIL";
}

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
            return "ok";
        case Verdict::warning:
            return "warn";
        case Verdict::failure:
            break;
    }
    return "fail";
}

Findings examine(Context& context, const doctor::Urls& urls) {
    Findings findings = doctor::check_settings(context.settings_faults);
    if (!context.settings_faults.empty()) {
        return findings;  // the defaults are not what the operator wants examined
    }
    const auto add = [&findings](Findings more) {
        std::ranges::move(more, std::back_inserter(findings));
    };
    add(doctor::check_secrets(context.settings));
    add(doctor::check_database(context));
    add(doctor::check_storages(context.settings));
    add(doctor::check_sockets(context.settings));
    add(doctor::check_nginx(context.settings));
    add(doctor::check_answers(urls, context.settings));
    return findings;
}

void print_text(Context& context, const Findings& findings) {
    for (const Finding& finding : findings) {
        context.out << fmt::format("{}  {}", column(finding.verdict), finding.what);
        if (!finding.next.empty()) {
            context.out << " — " << finding.next;
        }
        context.out << '\n';
    }
}

void print_json(Context& context, const Findings& findings, bool is_good) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("ok", is_good);
    writer.key("checks");
    writer.begin_array();
    for (const Finding& finding : findings) {
        writer.begin_object();
        writer.member("verdict", word(finding.verdict));
        writer.member("what", finding.what);
        if (!finding.next.empty()) {
            writer.member("next", finding.next);
        }
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    context.out << text << '\n';
}

void run(Context& context, const doctor::Urls& urls) {
    const Findings findings = examine(context, urls);
    const bool is_good =
        std::ranges::find(findings, Verdict::failure, &Finding::verdict) == findings.end();
    if (context.json) {
        print_json(context, findings, is_good);
    } else {
        print_text(context, findings);
    }
    context.exit_status = is_good ? ExitStatus::done : ExitStatus::failed;
}

void without_slash_at_the_end(std::string& url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
}

}  // namespace

void register_doctor(CLI::App& app, Context& context) {
    const auto urls = std::make_shared<doctor::Urls>();
    CLI::App* const command = app.add_subcommand(
        "doctor",
        "Check settings, secrets, database, storages, sockets and nginx, and say what to do next. "
        "Exit "
        "status 1 when something is broken"
    );
    command
        ->add_option(
            "--internal-url", urls->internal, "Also ask nginx's internal server, at this address"
        )
        ->type_name("URL");
    command
        ->add_option(
            "--public-url",
            urls->public_,
            "Also ask nginx's public server, and see that nothing internal answers there"
        )
        ->type_name("URL");
    command->callback([urls, &context] {
        without_slash_at_the_end(urls->internal);
        without_slash_at_the_end(urls->public_);
        run(context, *urls);
    });
}

}  // namespace innergate::admin
