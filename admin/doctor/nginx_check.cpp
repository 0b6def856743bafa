#include "admin/doctor/nginx_check.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <sys/wait.h>

#include "admin/doctor/socket_check.hpp"
#include <fmt/format.h>

#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

constexpr int kNotFound = 127;  // the shell's status for a missing command

struct Ran {
    int exit_status = 0;
    std::string output;
};

Ran run_nginx() {
    // Debian keeps nginx in a folder that is not in the path of ordinary users.
    constexpr const char* kCommand = "PATH=\"$PATH:/usr/sbin:/usr/local/sbin\"; nginx -T 2>&1";
    // NOLINTNEXTLINE(cert-env33-c): the command is a constant
    std::FILE* const pipe = ::popen(kCommand, "r");
    if (pipe == nullptr) {
        return {kNotFound, {}};
    }
    Ran ran;
    std::array<char, 4096> buffer{};
    for (std::size_t count = 1; count > 0;) {
        count = std::fread(buffer.data(), 1, buffer.size(), pipe);
        ran.output.append(buffer.data(), count);
    }
    const int status = ::pclose(pipe);
    ran.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

/// nginx's reason, without the lines about lesser faults.
std::string reason_in(std::string_view output) {
    const std::size_t start = output.find("[emerg]");
    if (start == std::string_view::npos) {
        return "nginx -T failed";
    }
    const std::string_view rest = output.substr(start + std::string_view{"[emerg]"}.size() + 1);
    return std::string{rest.substr(0, rest.find('\n'))};
}

/// The address of the first server in that upstream.
std::optional<std::string> upstream_server(std::string_view configuration, std::string_view name) {
    const std::size_t upstream = configuration.find(fmt::format("\nupstream {} ", name));
    if (upstream == std::string_view::npos) {
        return std::nullopt;
    }
    constexpr std::string_view kServer = "\n    server ";
    std::string_view block = configuration.substr(upstream);
    block = block.substr(0, block.find('}'));
    const std::size_t server = block.find(kServer);
    if (server == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view address = block.substr(server + kServer.size());
    return std::string{address.substr(0, address.find_first_of(" ;"))};
}

Finding check_pool(
    std::string_view configuration, const settings::Settings& settings, settings::PoolName pool
) {
    const std::string_view pool_name = settings::to_string(pool);
    const std::string name = fmt::format("nginx {}", pool_name);
    const auto server = upstream_server(configuration, fmt::format("innergate_{}", pool_name));
    const std::string snippet = fmt::format("innergate-{}.conf", pool_name);
    const bool is_included = configuration.find("/" + snippet + ":\n") != std::string_view::npos;
    if (!server || !is_included) {
        return warning(
            fmt::format("{}: this host's nginx does not include {}", name, snippet),
            "see innergate-site.conf for a complete example"
        );
    }
    const std::string address = listen_address(settings, pool);
    if (*server != address) {
        return failed(
            fmt::format("{}: it asks at {}, the pool listens on {}", name, *server, address),
            "make innergate-upstreams.conf and the pool's listen setting agree"
        );
    }
    return good(fmt::format("{}: passes to {}", name, address));
}

}  // namespace

Findings check_nginx_text(std::string_view configuration, const settings::Settings& settings) {
    return {
        check_pool(configuration, settings, settings::PoolName::internal),
        check_pool(configuration, settings, settings::PoolName::public_)};
}

Findings check_nginx(const settings::Settings& settings) {
    const Ran ran = run_nginx();
    if (ran.exit_status == kNotFound) {
        return {};
    }
    if (ran.exit_status != 0) {
        const std::string reason = reason_in(ran.output);
        const bool lacks_rights = reason.find("Permission denied") != std::string::npos;
        return {
            lacks_rights ? warning("nginx: its configuration cannot be read", "run this as root")
                         : failed("nginx: " + reason, "correct its configuration: nginx -t")};
    }
    return check_nginx_text(ran.output, settings);
}

}  // namespace innergate::admin::doctor
