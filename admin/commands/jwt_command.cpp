#include "admin/commands/jwt_command.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "admin/commands/context.hpp"
#include "admin/commands/secret_kind.hpp"
#include <CLI/CLI.hpp>

#include "app/auth/jwt.hpp"
#include "app/clock.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

/// A token for trying things out need not be good for longer.
constexpr int kMaxLifetimeSeconds = 24 * 60 * 60;

struct Client {
    SecretKind secret;
    std::string_view header_field;
    std::string_view issuer;
    std::string_view audience;  ///< empty: the claim is left out
};

constexpr Client kShell{SecretKind::shell, "Gitlab-Shell-Api-Request", "gitlab-shell", ""};
// kas sends `"aud": ["gitlab"]` in its own requests.
constexpr Client kKas{SecretKind::kas, "Gitlab-Kas-Api-Request", "gitlab-kas", "gitlab"};

void print(Context& context, const Client& client, std::chrono::seconds lifetime) {
    const auto key = read_signing_key(client.secret, context.settings.secrets);
    if (!key) {
        context.fail(key.error());
        return;
    }
    const std::string token =
        auth::make_jwt(*key, client.issuer, SystemClock{}.now(), lifetime, client.audience);
    if (!context.json) {
        context.out << token << '\n';
        return;
    }
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("header", client.header_field);
    writer.member("token", token);
    writer.member("lifetime", lifetime.count());
    writer.end_object();
    context.out << text << '\n';
}

void add_client(
    CLI::App& command,
    Context& context,
    const Client& client,
    const std::string& name,
    const std::string& description
) {
    const auto seconds = std::make_shared<int>(60);
    CLI::App* const subcommand = command.add_subcommand(name, description);
    subcommand->add_option("--lifetime", *seconds, "How long the token is good [60]")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, kMaxLifetimeSeconds));
    subcommand->callback([seconds, client, &context] {
        print(context, client, std::chrono::seconds{*seconds});
    });
}

}  // namespace

void register_jwt(CLI::App& app, Context& context) {
    CLI::App* const command =
        app.add_subcommand("jwt", "Print a token as a client of the internal API makes it");
    command->require_subcommand(1);
    add_client(
        *command,
        context,
        kShell,
        "shell",
        "Print a token of gitlab-shell's, for the header field Gitlab-Shell-Api-Request"
    );
    add_client(
        *command,
        context,
        kKas,
        "kas",
        "Print a token of the agent server's, for the header field Gitlab-Kas-Api-Request"
    );
}

}  // namespace innergate::admin
