#include "handlers/stores/queries.hpp"

#include <array>
#include <span>

#include "handlers/stores/agents/agent_authorization_store.hpp"
#include "handlers/stores/agents/agent_project_store.hpp"
#include "handlers/stores/agents/agent_store.hpp"
#include "handlers/stores/agents/agent_token_store.hpp"
#include "handlers/stores/agents/agent_usage_store.hpp"
#include "handlers/stores/agents/security_policy_store.hpp"
#include "handlers/stores/agents/vulnerability_store.hpp"
#include "handlers/stores/billing/add_on_purchase_store.hpp"
#include "handlers/stores/billing/billed_namespace_store.hpp"
#include "handlers/stores/billing/compute_pack_store.hpp"
#include "handlers/stores/billing/credit_card_validation_store.hpp"
#include "handlers/stores/billing/limit_exclusion_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/billing/reconciliation_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "handlers/stores/git/collaboration_store.hpp"
#include "handlers/stores/git/container_store.hpp"
#include "handlers/stores/git/default_branch_store.hpp"
#include "handlers/stores/git/lfs_link_store.hpp"
#include "handlers/stores/git/lfs_store.hpp"
#include "handlers/stores/git/project_creation_store.hpp"
#include "handlers/stores/git/project_store.hpp"
#include "handlers/stores/git/protection_store.hpp"
#include "handlers/stores/git/repository_store.hpp"
#include "handlers/stores/identity/actor_store.hpp"
#include "handlers/stores/identity/credential_store.hpp"
#include "handlers/stores/identity/error_tracking_store.hpp"
#include "handlers/stores/identity/group_owner_store.hpp"
#include "handlers/stores/identity/key_store.hpp"
#include "handlers/stores/identity/personal_access_token_store.hpp"
#include "handlers/stores/identity/ssh_certificate_store.hpp"
#include "handlers/stores/identity/user_store.hpp"
#include "handlers/stores/pushes/broadcast_message_store.hpp"
#include "handlers/stores/pushes/merge_request_store.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"
#include "handlers/stores/pushes/push_message_store.hpp"
#include "handlers/stores/pushes/push_store.hpp"
#include "handlers/stores/scim/scim_access_store.hpp"
#include "handlers/stores/scim/scim_account_store.hpp"
#include "handlers/stores/scim/scim_identity_store.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"
#include "handlers/stores/scim/scim_token_store.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers {

std::vector<db::Query> all_queries() {
    const std::array stores{
        ActorStore::queries(),
        AddOnPurchaseStore::queries(),
        AgentAuthorizationStore::queries(),
        AgentProjectStore::queries(),
        AgentStore::queries(),
        AgentTokenStore::queries(),
        AgentUsageStore::queries(),
        BilledNamespaceStore::queries(),
        BroadcastMessageStore::queries(),
        CollaborationStore::queries(),
        ComputePackStore::queries(),
        ContainerStore::queries(),
        CredentialStore::queries(),
        CreditCardValidationStore::queries(),
        DefaultBranchStore::queries(),
        ErrorTrackingStore::queries(),
        GroupOwnerStore::queries(),
        KeyStore::queries(),
        LfsLinkStore::queries(),
        LfsStore::queries(),
        LimitExclusionStore::queries(),
        MergeRequestStore::queries(),
        NamespaceStore::queries(),
        PersonalAccessTokenStore::queries(),
        PostReceiveJobStore::queries(),
        ProjectCreationStore::queries(),
        ProjectStore::queries(),
        ProtectionStore::queries(),
        PushMessageStore::queries(),
        PushStore::queries(),
        ReconciliationStore::queries(),
        RepositoryStore::queries(),
        ScimTokenStore::queries(),
        ScimUserStore::queries(),
        ScimAccessStore::queries(),
        ScimAccountStore::queries(),
        ScimIdentityStore::queries(),
        ScimScopeStore::queries(),
        SecurityPolicyStore::queries(),
        SshCertificateStore::queries(),
        SubscriptionStore::queries(),
        UserStore::queries(),
        VulnerabilityStore::queries(),
    };
    std::vector<db::Query> all;
    for (const std::span<const db::Query> queries : stores) {
        all.insert(all.end(), queries.begin(), queries.end());
    }
    return all;
}

}  // namespace innergate::handlers
