#include "admin/commands/error_tracking_command.hpp"

#include <string>
#include <string_view>

#include "admin/commands/context.hpp"
#include "admin/entities/rows/error_tracking_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/auth/salted_digest.hpp"
#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

/// Prints how things stand now, and the token if one was made. It is not shown again.
void print(Context& context, Database& database, std::string_view new_token) {
    const rows::ErrorTracking state = rows::read_error_tracking(database);
    if (!context.json) {
        context.out << fmt::format(
            "enabled: {}\nhas_token: {}\n", state.is_enabled, !state.token_digest.empty()
        );
        if (!new_token.empty()) {
            context.out << fmt::format("token: {}  (it is not shown again)\n", new_token);
        }
        return;
    }
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("enabled", state.is_enabled);
    writer.member("has_token", !state.token_digest.empty());
    if (!new_token.empty()) {
        writer.member("token", new_token);
    }
    writer.end_object();
    context.out << text << '\n';
}

void show(Context& context) {
    if (Database* const database = context.database()) {
        print(context, *database, {});
    }
}

void put(Context& context, rows::Switch position) {
    if (Database* const database = context.database()) {
        rows::switch_error_tracking(*database, position);
        print(context, *database, {});
    }
}

void make_token(Context& context) {
    constexpr std::size_t kRandomBytes = 24;
    const auto key_base = context.db_key_base();
    if (!key_base) {
        context.fail(key_base.error());
        return;
    }
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const std::string token = encoding::base64url(encoding::random_bytes(kRandomBytes));
    rows::set_error_tracking_token(*database, auth::salted_digest(token, *key_base));
    print(context, *database, token);
}

}  // namespace

void register_error_tracking(CLI::App& app, Context& context) {
    CLI::App* const command =
        app.add_subcommand("error-tracking", "The instance's switch, and the service's token");
    command->require_subcommand(1);
    command->add_subcommand("show", "Say whether it is on, and whether there is a token")
        ->callback([&context] { show(context); });
    command->add_subcommand("enable", "Take errors of projects that have a key")
        ->callback([&context] { put(context, rows::Switch::on); });
    command->add_subcommand("disable", "Take no errors")->callback([&context] {
        put(context, rows::Switch::off);
    });
    command
        ->add_subcommand("token", "Make the token that the service shows; the one before is void")
        ->callback([&context] { make_token(context); });
}

}  // namespace innergate::admin
