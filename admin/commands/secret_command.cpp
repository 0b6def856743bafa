#include "admin/commands/secret_command.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "admin/commands/context.hpp"
#include "admin/commands/secret_kind.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

std::string reason_of(int error_number) {
    return std::generic_category().message(error_number);
}

std::string why_not_created(const std::filesystem::path& path, int error_number) {
    if (error_number == EEXIST) {
        return fmt::format(
            "{} exists already and is left as it is: whoever shares it would be locked out. Remove "
            "it first if that is what you want",
            path.string()
        );
    }
    if (error_number == ENOENT) {
        return fmt::format(
            "cannot create {}: its folder does not exist; create that first", path.string()
        );
    }
    return fmt::format("cannot create {}: {}", path.string(), reason_of(error_number));
}

/// Answers why the file could not be created, or nothing.
std::optional<std::string> create_file(
    const std::filesystem::path& path, const std::string& content
) {
    // O_EXCL refuses every existing name, even a dangling link. Of two processes at once, one wins.
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return why_not_created(path, errno);
    }
    const File file{::fdopen(descriptor, "w"), &std::fclose};
    const bool is_written =
        file != nullptr &&
        std::fwrite(content.data(), 1, content.size(), file.get()) == content.size() &&
        std::fflush(file.get()) == 0 && ::fsync(descriptor) == 0;
    if (is_written) {
        return std::nullopt;
    }
    const int error_number = errno;
    std::error_code ignored;
    std::filesystem::remove(path, ignored);  // ours, and half a secret is worse than none
    return fmt::format("cannot write {}: {}", path.string(), reason_of(error_number));
}

void create(Context& context, SecretKind kind, const std::string& file) {
    const std::string& path = file.empty() ? path_of(kind, context.settings.secrets) : file;
    if (path.empty()) {
        context.fail(
            fmt::format("{} is not set: set it, or name the file with --file", setting_of(kind))
        );
        return;
    }
    if (const auto fault = create_file(path, make_content(kind))) {
        context.fail(*fault);
        return;
    }
    if (!context.json) {
        context.out << fmt::format("created {} (mode 0600)\n", path);
        return;
    }
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("created", path);
    writer.end_object();
    context.out << text << '\n';
}

std::string_view description_of(SecretKind kind) {
    switch (kind) {
        case SecretKind::shell:
            return "Shared with gitlab-shell and Gitaly: 32 random bytes in hexadecimal";
        case SecretKind::kas:
            return "Shared with the Kubernetes agent server: 32 random bytes in base64";
        case SecretKind::db_key_base:
            break;
    }
    return "Salt of stored token digests: 64 random bytes in hexadecimal. Copy GitLab's instead if "
           "its token rows are copied";
}

}  // namespace

void register_secret(CLI::App& app, Context& context) {
    CLI::App* const command = app.add_subcommand("secret", "Make the file of a shared secret");
    command->require_subcommand(1);
    CLI::App* const create_command = command->add_subcommand(
        "create", "Create the file with mode 0600. A file that exists is never overwritten"
    );
    create_command->require_subcommand(1);
    for (const SecretKind kind : kSecretKinds) {
        const auto file = std::make_shared<std::string>();
        CLI::App* const subcommand = create_command->add_subcommand(
            std::string{to_string(kind)}, std::string{description_of(kind)}
        );
        subcommand->add_option("--file", *file, fmt::format("Which file [{}]", setting_of(kind)))
            ->type_name("FILE");
        subcommand->callback([kind, file, &context] { create(context, kind, *file); });
    }
}

}  // namespace innergate::admin
