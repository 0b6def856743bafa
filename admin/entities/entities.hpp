// All entities, each declared in the file of its subject.
#pragma once

#include <span>

#include "admin/entities/entity.hpp"

namespace innergate::admin {

namespace entities {

// users.cpp
extern const Entity kUser;
extern const Entity kEmail;
// namespaces.cpp
extern const Entity kGroup;
extern const Entity kAnyNamespace;  ///< a group or a personal one; it has no commands
// projects.cpp
extern const Entity kProject;
// members.cpp
extern const Entity kMember;
// keys.cpp
extern const Entity kKey;
extern const Entity kDeployKey;
extern const Entity kSshCertificate;
// tokens.cpp
extern const Entity kToken;
// protections.cpp
extern const Entity kProtectedBranch;
extern const Entity kProtectedTag;
// pushes.cpp
extern const Entity kBroadcast;
extern const Entity kJob;  ///< its commands are in jobs_command
// agents.cpp
extern const Entity kAgent;
extern const Entity kAgentToken;
extern const Entity kAgentEvent;  ///< its commands are in agent_event_commands
extern const Entity kUsage;       ///< its commands are in usage_command
// policies.cpp
extern const Entity kPolicy;
// error_tracking.cpp
extern const Entity kErrorTrackingKey;
// scim.cpp
extern const Entity kSamlProvider;
extern const Entity kScimToken;
extern const Entity kScimIdentity;
// billing.cpp
extern const Entity kPlan;
extern const Entity kSubscription;
extern const Entity kAddOnPurchase;
extern const Entity kComputePack;
extern const Entity kStorageExclusion;
extern const Entity kReconciliation;
// instance.cpp
extern const Entity kInstance;

}  // namespace entities

/// Those with commands of their own name, in the order of `--help`.
[[nodiscard]] std::span<const Entity* const> all_entities();

/// The rules of the first entity with that table that has any; if none has, there are no rules.
[[nodiscard]] const TableRules& rules_of_table(std::string_view table);

}  // namespace innergate::admin
