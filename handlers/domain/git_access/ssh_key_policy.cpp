#include "handlers/domain/git_access/ssh_key_policy.hpp"

#include <algorithm>
#include <array>

#include "app/ascii.hpp"
#include "handlers/domain/ssh_public_key.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kForbidden = -1;

struct Restriction {
    SshKeyType type;
    int min_bits;
};

std::array<Restriction, 6> restrictions_by_type(const KeyRestrictions& restrictions) {
    return {{
        {SshKeyType::rsa, restrictions.rsa},
        {SshKeyType::dsa, restrictions.dsa},
        {SshKeyType::ecdsa, restrictions.ecdsa},
        {SshKeyType::ed25519, restrictions.ed25519},
        {SshKeyType::ecdsa_sk, restrictions.ecdsa_sk},
        {SshKeyType::ed25519_sk, restrictions.ed25519_sk},
    }};
}

/// `RSA`, `RSA or DSA`, `RSA, DSA, or ECDSA`
std::string exclusive_sentence(const std::vector<std::string>& words) {
    std::string sentence;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_last = i + 1 == words.size();
        if (i > 0 && is_last) {
            sentence += words.size() == 2 ? " or " : ", or ";
        } else if (i > 0) {
            sentence += ", ";
        }
        sentence += words[i];
    }
    return sentence;
}

std::string forbidden_type(const std::array<Restriction, 6>& restrictions) {
    std::vector<std::string> allowed;
    for (const Restriction& restriction : restrictions) {
        if (restriction.min_bits != kForbidden) {
            allowed.push_back(ascii::upper(to_string(restriction.type)));
        }
    }
    std::string reason = "type is forbidden";
    if (!allowed.empty()) {
        reason += ". Must be ";
        reason += exclusive_sentence(allowed);
    }
    return reason;
}

}  // namespace

std::optional<std::string> key_policy_violation(
    std::string_view key, const KeyRestrictions& restrictions
) {
    const auto by_type = restrictions_by_type(restrictions);
    if (std::ranges::all_of(by_type, [](const Restriction& one) { return one.min_bits == 0; })) {
        return std::nullopt;
    }
    const auto parsed = parse_ssh_public_key(key);
    if (!parsed) {
        return forbidden_type(by_type);
    }
    const int min_bits = std::ranges::find(by_type, parsed->type, &Restriction::type)->min_bits;
    if (min_bits == kForbidden) {
        return forbidden_type(by_type);
    }
    if (parsed->bits < min_bits) {
        return "must be at least " + std::to_string(min_bits) + " bits";
    }
    return std::nullopt;
}

bool is_key_expired(const KeyFacts& key, Timestamp now) {
    return key.expires_at && *key.expires_at <= now;
}

std::vector<std::string> console_messages(const Actor& actor, Timestamp now) {
    constexpr std::chrono::days kNotice{7};
    if (!actor.key || !actor.key->expires_at || is_key_expired(*actor.key, now) ||
        *actor.key->expires_at > now + kNotice) {
        return {};
    }
    return {"INFO: Your SSH key is expiring soon. Please generate a new key."};
}

}  // namespace innergate::handlers::domain::git_access
