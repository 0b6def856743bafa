#include "handlers/shell/allowed.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "app/http/url.hpp"
#include "app/ip_range.hpp"
#include "app/settings/settings.hpp"
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/ssh_key_policy.hpp"
#include "handlers/last_use.hpp"

namespace innergate::handlers::shell {
namespace {

using domain::git_access::Decision;

constexpr int kOk = 200;
constexpr int kTooManyRequests = 429;
constexpr std::chrono::hours kKeyInterval{24};
constexpr long long kBytesPerMegabyte = 1'048'576;

std::string bucket_of(const AllowedRequest& request, std::string_view caller) {
    return fmt::format(
        "{}\n{}\n{}",
        request.action.value_or(""),
        request.project.value_or(request.gl_repository.value_or("")),
        caller
    );
}

std::string name_of(const domain::git_access::Actor& actor) {
    if (actor.key) {
        return fmt::format("key {}", actor.key->id.value);
    }
    return actor.user ? fmt::format("user {}", actor.user->id.value) : std::string{};
}

/// Whether many people call from there: hooks all come from Gitaly's address, whoever pushes.
bool is_trusted(const settings::Access& access, const std::string& remote_address) {
    return std::ranges::any_of(
        access.trusted_addresses,
        [&remote_address](const std::string& range) {
            // What nginx calls every peer on a unix socket.
            constexpr std::string_view kUnix = "unix:";
            return range == kUnix ? remote_address == kUnix : is_in_ip_range(remote_address, range);
        }
    );
}

/// Both are counted, whichever is exceeded.
bool is_rate_limited(
    const AllowedRequest& request,
    const ActorFacts& actor,
    const settings::Access& access,
    const std::string& remote_address,
    RateLimiter& limiter,
    Timestamp now
) {
    const auto limit = static_cast<std::uint32_t>(actor.instance.operation_limit_per_minute);
    const bool by_actor = limiter.is_exceeded(bucket_of(request, name_of(actor.actor)), limit, now);
    return (!is_trusted(access, remote_address) &&
            limiter.is_exceeded(bucket_of(request, remote_address), limit, now)) ||
           by_actor;
}

void remember_key(db::LaterWrites& later, const domain::git_access::Actor& actor, Timestamp now) {
    if (actor.key) {
        remember_key_use(later, actor.key->id, actor.key->last_used_at, now, kKeyInterval);
    }
}

void remember_user(db::LaterWrites& later, const ActorFacts& facts, Date today) {
    if (facts.actor.user && facts.last_activity_on != today) {
        later.add(
            {"users", facts.actor.user->id.value},
            [id = facts.actor.user->id, today](db::Session& session) {
                static_cast<void>(ActorStore{session}.touch_user(id, today));
            }
        );
    }
}

std::string clone_url(
    const settings::Instance& instance, const std::string& protocol, const std::string& path
) {
    if (protocol != "ssh") {
        return fmt::format("{}/{}.git", instance.external_url, path);
    }
    return instance.ssh_clone_prefix.empty()
               ? fmt::format("git@{}:{}.git", http::host_of(instance.external_url), path)
               : fmt::format("{}{}.git", instance.ssh_clone_prefix, path);
}

std::vector<std::string> git_config_options(const domain::git_access::InstanceFacts& instance) {
    std::vector<std::string> options{
        "uploadpack.allowFilter=true", "uploadpack.allowAnySHA1InWant=true"};
    if (instance.receive_max_input_size_mb > 0) {
        options.push_back(fmt::format(
            "receive.maxInputSize={}", instance.receive_max_input_size_mb * kBytesPerMegabyte
        ));
    }
    return options;
}

AccessGrant::Gitaly gitaly_of(
    const domain::git_access::ContainerFacts& container,
    const inspectors::Quarantine& quarantine,
    const settings::Storages& storages,
    const auth::GitalyTokens& tokens
) {
    AccessGrant::Gitaly gitaly{
        .storage_name = std::string{storage_of(container)},
        .relative_path = relative_path_of(container),
        .quarantine = quarantine,
        .address = {},
        .token = std::nullopt,
    };
    if (const auto found = storages.find(gitaly.storage_name); found != storages.end()) {
        gitaly.address = found->second.gitaly_address;
    }
    if (const auto found = tokens.find(gitaly.storage_name); found != tokens.end()) {
        gitaly.token = found->second.reveal();
    }
    return gitaly;
}

AccessGrant grant_of(
    const AccessCheck& check,
    const settings::Storages& storages,
    const auth::GitalyTokens& tokens,
    Timestamp now
) {
    const domain::git_access::Actor& actor = check.actor().actor;
    const domain::git_access::ContainerFacts& container = *check.container();
    AccessGrant grant;
    grant.gl_repository = to_string(gl_repository_of(container));
    grant.gl_project_path = gl_project_path_of(container);
    if (container.project) {
        grant.gl_project_id = container.project->id.value;
        grant.gl_root_namespace_id = container.project->root_namespace_id.value;
    }
    grant.gl_id = gl_id_of(actor);
    if (actor.user) {
        grant.gl_username = actor.user->username;
    }
    if (actor.key) {
        grant.key = AccessGrant::Key{actor.key->is_deploy_key, actor.key->id.value};
    }
    grant.git_config_options = git_config_options(check.actor().instance);
    if (domain::git_access::is_download(check.request()) ||
        domain::git_access::is_push(check.request())) {
        grant.gitaly = gitaly_of(container, check.quarantine(), storages, tokens);
    }
    grant.gl_console_messages = domain::git_access::console_messages(actor, now);
    return grant;
}

/// Which checks were not made, for the log: nobody shall believe that they were.
std::string skipped_checks(const Decision& decision, const std::string& gl_repository) {
    std::string text;
    for (const auto& skipped : decision.skipped_checks) {
        text += fmt::format(
            "{}check {} of {} was not made: {}",
            text.empty() ? "" : "; ",
            to_string(skipped.check),
            gl_repository,
            skipped.failure.reason
        );
    }
    return text;
}

/// Who asked for what, and which rule refused it; empty: none did.
log::AccessDecision audit_of(
    const AllowedRequest& request, const AccessCheck& check, std::string denied_by
) {
    log::AccessDecision audit;
    audit.denied_by = std::move(denied_by);
    const domain::git_access::Actor& actor = check.actor().actor;
    audit.gl_id = gl_id_of(actor);
    if (actor.key) {
        audit.gl_key_id = actor.key->id.value;
    }
    if (const domain::git_access::ContainerFacts* const container = check.container()) {
        audit.gl_repository = to_string(gl_repository_of(*container));
        if (container->project) {
            audit.gl_project_id = container->project->id.value;
        }
    }
    audit.action = request.action.value_or("");
    audit.protocol = request.protocol.value_or("");
    audit.check_ip = request.check_ip.value_or("");
    audit.inspector = check.inspection_usage().inspector;
    audit.inspection = check.inspection_usage().duration;
    return audit;
}

AllowedReply refused(
    const AllowedRequest& request,
    const AccessCheck& check,
    const domain::git_access::Refusal& refusal
) {
    return {
        .answer = AccessRefusal{.status = refusal.status, .message = refusal.message},
        .log_detail = fmt::format(
            "access rule {}{}{}",
            refusal.rule,
            refusal.log_detail.empty() ? "" : ": ",
            refusal.log_detail
        ),
        .audit = audit_of(request, check, refusal.rule),
    };
}

/// What the next push of the user will be told.
void queue_messages(
    PushMessageStore& messages,
    db::LaterWrites& later,
    const AccessCheck& check,
    const settings::Instance& instance,
    bool is_created,
    Timestamp now
) {
    const auto& user = check.actor().actor.user;
    const domain::git_access::ContainerFacts& container = *check.container();
    if (!user) {
        return;
    }
    const std::string path = gl_project_path_of(container);
    const std::string url = clone_url(instance, check.request().protocol, path);
    const std::string gl_repository = to_string(gl_repository_of(container));
    if (!container.redirected_from.empty()) {
        std::string text = fmt::format(
            "Project '{}' was moved to '{}'.\n\nPlease update your Git remote:\n\n"
            "  git remote set-url origin {}\n",
            container.redirected_from,
            path,
            url
        );
        if (domain::git_access::is_download(check.request())) {
            // Shown by the next push, if one comes soon: nothing that a fetch should wait for.
            later.add(
                {"post_push_messages", user->id.value},
                [id = user->id, gl_repository, text = std::move(text), now](db::Session& session) {
                    PushMessageStore{session}.queue(
                        PushMessageKind::moved, id, gl_repository, text, now
                    );
                }
            );
        } else {
            messages.queue(PushMessageKind::moved, user->id, gl_repository, text, now);
        }
    }
    if (is_created) {
        messages.queue(
            PushMessageKind::created,
            user->id,
            gl_repository,
            fmt::format(
                "\nThe private project {} was successfully created.\n\nTo configure the remote, "
                "run:\n  git remote add origin {}\n\nTo view the project, visit:\n  {}/{}\n\n",
                path,
                url,
                instance.external_url,
                path
            ),
            now
        );
    }
}

}  // namespace

int AllowedReply::http_status() const {
    if (const auto* const refusal = std::get_if<AccessRefusal>(&answer)) {
        return refusal->status;
    }
    return std::holds_alternative<AccessGrant>(answer) ? kOk : kTooManyRequests;
}

AllowedReply allowed(
    const AllowedRequest& request,
    AccessStores& stores,
    PushMessageStore& messages,
    db::LaterWrites& later,
    const settings::Settings& settings,
    inspectors::Inspectors& inspectors,
    const auth::GitalyTokens& gitaly_tokens,
    const Clock& clock,
    RateLimiter& rate_limiter,
    const routing::RemoteAddress& remote_address,
    const routing::CorrelationId& correlation_id,
    const routing::SlowWork& slow_work
) {
    const Timestamp now = clock.now();
    AccessCheck check{
        request,
        {.stores = stores, .inspectors = inspectors, .settings = settings},
        correlation_id.value,
        now,
        nullptr};
    if (slow_work.is_first_pass() &&
        is_rate_limited(
            request, check.actor(), settings.access, remote_address.value, rate_limiter, now
        )) {
        return {
            .answer = RateLimitExceeded{},
            .log_detail = "rate limit",
            .audit = audit_of(request, check, "rate_limit"),
        };
    }
    if (const auto refusal = check.refuse_caller()) {
        remember_key(later, check.actor().actor, now);
        return refused(request, check, *refusal);
    }
    Decision decision = check.decide(slow_work);
    remember_key(later, check.actor().actor, now);
    const bool is_created = decision.kind == Decision::Kind::create_project;
    if (is_created) {
        decision = check.create_project();
    }
    if (decision.kind != Decision::Kind::granted) {
        return refused(request, check, decision.refusal);
    }
    queue_messages(messages, later, check, settings.instance, is_created, now);
    if (domain::git_access::is_download(check.request())) {
        remember_user(later, check.actor(), clock.today());
    }
    AccessGrant grant = grant_of(check, settings.storages, gitaly_tokens, now);
    std::string log_detail = skipped_checks(decision, grant.gl_repository);
    return {
        .answer = std::move(grant),
        .log_detail = std::move(log_detail),
        .audit = audit_of(request, check, ""),
    };
}

}  // namespace innergate::handlers::shell
