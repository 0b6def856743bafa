#include "handlers/stores/queries.hpp"

#include <array>
#include <span>

#include "handlers/stores/actor_store.hpp"
#include "handlers/stores/add_on_purchase_store.hpp"
#include "handlers/stores/agent_authorization_store.hpp"
#include "handlers/stores/agent_project_store.hpp"
#include "handlers/stores/agent_store.hpp"
#include "handlers/stores/agent_token_store.hpp"
#include "handlers/stores/agent_usage_store.hpp"
#include "handlers/stores/billed_namespace_store.hpp"
#include "handlers/stores/broadcast_message_store.hpp"
#include "handlers/stores/collaboration_store.hpp"
#include "handlers/stores/compute_pack_store.hpp"
#include "handlers/stores/container_store.hpp"
#include "handlers/stores/credential_store.hpp"
#include "handlers/stores/credit_card_validation_store.hpp"
#include "handlers/stores/default_branch_store.hpp"
#include "handlers/stores/error_tracking_store.hpp"
#include "handlers/stores/group_owner_store.hpp"
#include "handlers/stores/key_store.hpp"
#include "handlers/stores/lfs_link_store.hpp"
#include "handlers/stores/lfs_store.hpp"
#include "handlers/stores/limit_exclusion_store.hpp"
#include "handlers/stores/merge_request_store.hpp"
#include "handlers/stores/namespace_store.hpp"
#include "handlers/stores/personal_access_token_store.hpp"
#include "handlers/stores/post_receive_job_store.hpp"
#include "handlers/stores/project_creation_store.hpp"
#include "handlers/stores/project_store.hpp"
#include "handlers/stores/protection_store.hpp"
#include "handlers/stores/push_message_store.hpp"
#include "handlers/stores/push_store.hpp"
#include "handlers/stores/reconciliation_store.hpp"
#include "handlers/stores/repository_store.hpp"
#include "handlers/stores/scim_access_store.hpp"
#include "handlers/stores/scim_account_store.hpp"
#include "handlers/stores/scim_identity_store.hpp"
#include "handlers/stores/scim_scope_store.hpp"
#include "handlers/stores/scim_token_store.hpp"
#include "handlers/stores/scim_user_store.hpp"
#include "handlers/stores/security_policy_store.hpp"
#include "handlers/stores/ssh_certificate_store.hpp"
#include "handlers/stores/subscription_store.hpp"
#include "handlers/stores/user_store.hpp"
#include "handlers/stores/vulnerability_store.hpp"

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
