#include "admin/doctor/gitaly_check.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include "admin/doctor/unit_sandbox.hpp"
#include <fmt/format.h>

namespace innergate::admin::doctor {
namespace {

using handlers::inspectors::gitaly::ServerState;

constexpr std::chrono::seconds kPatience{5};
/// The units that ask Gitaly.
constexpr std::array kUnits{"innergate@internal.service", "innergate-jobs.service"};

/// What a part of Gitaly's own text means.
struct Explanation {
    std::string_view text;
    std::string_view next;
};

constexpr std::array<Explanation, 5> kExplanations{{
    {.text = "wrong hmac signature",
     .next =
         "its token and that of gitaly_token_file are not the same: write Gitaly's (auth.token) "
         "into the file"},
    {.text = "token has expired",
     .next = "the clocks of both hosts differ by more than 30 s: set them"},
    {.text = "validity window is in future",
     .next = "the clocks of both hosts differ by more than 30 s: set them"},
    {.text = "authentication required",
     .next = "it wants a token: write it (auth.token) into a file and name that in "
             "gitaly_token_file"},
    {.text = "certificate",
     .next = "name the authority that signed its certificate in gitaly_ca_file"},
}};

std::string advice_for(std::string_view reason) {
    for (const Explanation& explanation : kExplanations) {
        if (reason.find(explanation.text) != std::string_view::npos) {
            return std::string{explanation.next};
        }
    }
    return "start it, or correct gitaly_address; until then checks that need it refuse pushes";
}

Finding judge(
    const std::string& shown, const settings::Storage& storage, const ServerState& state
) {
    const std::string gitaly =
        fmt::format("{}: Gitaly {} at {}", shown, state.version, storage.gitaly_address);
    if (!state.is_storage_known) {
        return failed(
            fmt::format("{} has no storage of that name", gitaly),
            "name the storage here as in Gitaly's configuration ([[storage]] name)"
        );
    }
    if (!state.is_readable || !state.is_writable) {
        return failed(
            fmt::format(
                "{} cannot {} the storage", gitaly, state.is_readable ? "write to" : "read"
            ),
            "look at the rights and the space of the storage's folder on Gitaly's host"
        );
    }
    return good(fmt::format("{} serves the storage", gitaly));
}

/// Whether the units that ask Gitaly may reach an address that is no Unix socket.
void check_units(const std::string& shown, const settings::Storage& storage, Findings& findings) {
    if (storage.gitaly_address.starts_with("unix:")) {
        return;
    }
    for (const char* unit : kUnits) {
        const auto sandbox = sandbox_of(unit);
        if (!sandbox || (sandbox->may_use_internet_sockets && !sandbox->is_every_address_denied)) {
            continue;
        }
        findings.push_back(failed(
            fmt::format(
                "{}: {} may not reach {}: the unit allows Unix sockets only",
                shown,
                unit,
                storage.gitaly_address
            ),
            fmt::format(
                "systemctl edit {0}, [Service], RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6, "
                "IPAddressAllow= with Gitaly's address; then systemctl restart {0}",
                unit
            )
        ));
    }
}

}  // namespace

Findings check_gitaly(
    const std::string& shown,
    const std::string& name,
    const settings::Storage& storage,
    handlers::inspectors::Inspectors& inspectors
) {
    Findings findings;
    const auto state = inspectors.gitaly_state(name, std::chrono::steady_clock::now() + kPatience);
    if (state) {
        findings.push_back(judge(shown, storage, *state));
    } else {
        findings.push_back(failed(
            fmt::format("{}: {}: {}", shown, storage.gitaly_address, state.error().reason),
            advice_for(state.error().reason)
        ));
    }
    check_units(shown, storage, findings);
    return findings;
}

}  // namespace innergate::admin::doctor
