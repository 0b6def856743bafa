#include "admin/commands/lfs_token_command.hpp"

#include <memory>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/rows/lfs_actor_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tl/expected.hpp>

#include "app/auth/lfs_token.hpp"
#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

struct Options {
    std::string token;
    std::string username;
};

struct Verified {
    std::string actor;
    Timestamp expires_at;
};

tl::expected<Verified, std::string> verify(
    Database& database, const auth::Secret& db_key_base, const Options& options
) {
    const auto actor = rows::find_lfs_actor(database, options.username);
    if (!actor) {
        return tl::unexpected(std::string{"nobody has that user name"});
    }
    const auto expires_at =
        auth::verify_lfs_token(db_key_base, *actor, options.token, SystemClock{}.now());
    if (!expires_at) {
        return tl::unexpected(expires_at.error());
    }
    return Verified{.actor = actor->name, .expires_at = *expires_at};
}

void print_json(Context& context, const tl::expected<Verified, std::string>& verified) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("valid", verified.has_value());
    if (verified) {
        writer.member("actor", verified->actor);
        writer.member("expires_at", to_iso8601(verified->expires_at));
    } else {
        writer.member("reason", verified.error());
    }
    writer.end_object();
    context.out << text << '\n';
}

void run(Context& context, const Options& options) {
    const auto db_key_base = context.db_key_base();
    if (!db_key_base) {
        context.fail(db_key_base.error());
        return;
    }
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto verified = verify(*database, *db_key_base, options);
    if (context.json) {
        print_json(context, verified);
        context.exit_status = verified ? ExitStatus::done : ExitStatus::failed;
    } else if (verified) {
        context.out << fmt::format(
            "good for {} until {}\n", verified->actor, to_iso8601(verified->expires_at)
        );
    } else {
        context.fail("the token is not good: " + verified.error());
    }
}

}  // namespace

void register_lfs_token(CLI::App& app, Context& context) {
    CLI::App* const command =
        app.add_subcommand("lfs-token", "Look at the tokens that Git LFS gets over SSH");
    command->require_subcommand(1);
    CLI::App* const subcommand = command->add_subcommand(
        "verify", "Say whether a token is good now. Exit status 1: it is not"
    );
    const auto options = std::make_shared<Options>();
    subcommand->add_option("token", options->token, "The password that the LFS client sent")
        ->required()
        ->type_name("TOKEN");
    subcommand
        ->add_option(
            "--username",
            options->username,
            "The user name that the LFS client sent: a username or lfs+deploy-key-ID"
        )
        ->required()
        ->type_name("NAME");
    subcommand->callback([options, &context] { run(context, *options); });
}

}  // namespace innergate::admin
