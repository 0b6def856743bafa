// Strong types for database ids, so that a key's id cannot be passed where a user's is meant.
#pragma once

#include <compare>

namespace innergate {

/// A 64-bit surrogate key. `long long` because that is the type SOCI binds on every backend.
template <class Tag>
struct Id {
    long long value = 0;

    /// An id no record has: what a client sent was no id at all (`1abc`, an overflow, an object),
    /// and the contract calls that "no such record" rather than an error.
    [[nodiscard]] static constexpr Id none() { return Id{-1}; }

    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using AgentId = Id<struct AgentTag>;
using AgentTokenId = Id<struct AgentTokenTag>;
using KeyId = Id<struct KeyTag>;
using NamespaceId = Id<struct NamespaceTag>;
using PersonalAccessTokenId = Id<struct PersonalAccessTokenTag>;
using PostReceiveJobId = Id<struct PostReceiveJobTag>;
using ProjectId = Id<struct ProjectTag>;
using ScimIdentityId = Id<struct ScimIdentityTag>;
using ScimTokenId = Id<struct ScimTokenTag>;
using UserId = Id<struct UserTag>;

}  // namespace innergate
