#include "admin/doctor/answer_check.hpp"

#include <chrono>
#include <optional>
#include <string_view>

#include "admin/commands/secret_kind.hpp"
#include "admin/doctor/http_get.hpp"
#include <fmt/format.h>

#include "app/auth/jwt.hpp"
#include "app/clock.hpp"
#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

constexpr std::string_view kCheckPath = "/api/v4/internal/check";

struct Expectation {
    std::string url;
    std::string header;  ///< `Name: value`, or empty
    long status = 200;
    std::string next;  ///< what to do when the status is another
};

Finding ask(std::string_view side, const Expectation& expected) {
    const auto status = http_get_status(expected.url, expected.header);
    if (!status) {
        return failed(
            fmt::format("{}: {} does not answer: {}", side, expected.url, status.error()),
            "see that nginx runs and listens there"
        );
    }
    const std::string what = fmt::format("{}: GET {} answers {}", side, expected.url, *status);
    return *status == expected.status
               ? good(what)
               : failed(fmt::format("{}, not {}", what, expected.status), expected.next);
}

/// Answers nothing if there is no secret to sign with. The check of the secrets has told that.
std::optional<std::string> shell_header(const settings::Settings& settings) {
    const auto key = read_signing_key(SecretKind::shell, settings.secrets);
    if (!key) {
        return std::nullopt;
    }
    return "Gitlab-Shell-Api-Request: " +
           auth::make_jwt(*key, "gitlab-shell", SystemClock{}.now(), std::chrono::seconds{60});
}

void ask_internal(Findings& findings, const std::string& url, const settings::Settings& settings) {
    findings.push_back(
        ask("internal",
            {.url = url + "/-/readiness",
             .header = {},
             .status = 200,
             .next = "read the answer's body for the reason, then the pool's log"})
    );
    if (const auto header = shell_header(settings)) {
        findings.push_back(
            ask("internal",
                {.url = url + settings.instance.relative_url_root + std::string{kCheckPath},
                 .header = *header,
                 .status = 200,
                 .next = "with 401 the pool was started with another shell secret: restart it"})
        );
    }
}

void ask_public(Findings& findings, const std::string& url, const settings::Settings& settings) {
    const std::string root = url + settings.instance.relative_url_root;
    findings.push_back(ask(
        "public",
        {.url = root + "/api/v4/namespaces/1/gitlab_subscription",
         .header = {},
         .status = 401,
         .next = "include innergate-public.conf into the public server, and start the public pool"}
    ));
    const std::string next =
        "take it off the public server at once: only innergate-public.conf belongs there";
    for (const std::string& internal :
         {root + std::string{kCheckPath}, url + "/-/readiness", url + "/-/metrics"}) {
        findings.push_back(
            ask("public", {.url = internal, .header = {}, .status = 404, .next = next})
        );
    }
}

}  // namespace

Findings check_answers(const Urls& urls, const settings::Settings& settings) {
    Findings findings;
    if (!urls.internal.empty()) {
        ask_internal(findings, urls.internal, settings);
    }
    if (!urls.public_.empty()) {
        ask_public(findings, urls.public_, settings);
    }
    return findings;
}

}  // namespace innergate::admin::doctor
