// What the decision about a git operation rests on, as plain values: stores fill them, the rules
// read them, tests make them up. Nothing here knows a database or a repository.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::handlers::domain::git_access {

/// GitLab's access levels, which compare as numbers.
enum class Role : int {
    none = 0,
    minimal = 5,
    guest = 10,
    planner = 15,
    reporter = 20,
    developer = 30,
    maintainer = 40,
    owner = 50,
    admin = 60,  ///< only as the level of a protection row: administrators of the instance
};

enum class Visibility : int { private_ = 0, internal = 10, public_ = 20 };

/// Level of a project's feature.
enum class FeatureLevel : int { disabled = 0, members = 10, enabled = 20, public_ = 30 };

enum class UserState {
    active,
    blocked,
    ldap_blocked,
    blocked_pending_approval,
    banned,
    deactivated,
};

struct UserFacts {
    UserId id;
    std::string username;
    UserState state = UserState::active;
    /// `users.user_type`. The rules say which types are internal.
    int user_type = 0;
    bool is_admin = false;
    bool is_external = false;
    bool is_email_confirmed = true;
    /// When too many wrong passwords locked the account; how long that lasts is a setting.
    std::optional<Timestamp> locked_at;
    bool has_accepted_terms = false;
    bool is_password_automatically_set = false;
    /// Signs in through a directory or single sign-on only: its password does not expire.
    bool has_identity = false;
    std::optional<Timestamp> password_expires_at;
};

struct KeyFacts {
    KeyId id;
    bool is_deploy_key = false;
    std::string key;  ///< `type blob comment`
    std::optional<Timestamp> expires_at;
    std::optional<Timestamp> last_used_at;
};

/// Who asks. Neither: anonymous. With a deploy key, `user` is its owner, if it still has one.
struct Actor {
    std::optional<KeyFacts> key;
    std::optional<UserFacts> user;
};

/// How branches are protected by default: who may push to, merge into and first push to a branch.
/// `default_branch_protection_defaults` of the namespace, or else of the instance.
struct BranchProtectionDefaults {
    std::vector<Role> allowed_to_push{Role::maintainer};
    std::vector<Role> allowed_to_merge{Role::maintainer};
    bool allow_force_push = false;
    bool developer_can_initial_push = false;
};

/// Fewest bits of a type of key; 0: any; -1: the type is forbidden.
struct KeyRestrictions {
    int rsa = 0;
    int dsa = 0;
    int ecdsa = 0;
    int ed25519 = 0;
    int ecdsa_sk = 0;
    int ed25519_sk = 0;
};

/// `application_settings`.
struct InstanceFacts {
    std::string enabled_git_access_protocol;  ///< "", "ssh" or "http"
    bool enforces_terms = false;
    bool is_read_only = false;
    bool is_lfs_enabled = true;
    int receive_max_input_size_mb = 0;  ///< 0: no limit
    int file_size_limit_mb = 0;         ///< 0: no limit
    int operation_limit_per_minute = 600;
    KeyRestrictions key_restrictions;
    BranchProtectionDefaults branch_protection_defaults;
};

enum class ContainerKind { project, wiki, snippet, design };

struct ProjectFacts {
    ProjectId id;
    std::string full_path;
    NamespaceId namespace_id;
    bool is_in_personal_namespace = false;
    NamespaceId root_namespace_id;
    std::string root_namespace_path;
    std::string root_enabled_git_access_protocol;  ///< "", "all", "ssh" or "http"
    bool root_enforces_ssh_certificates = false;
    Visibility visibility = Visibility::private_;
    bool is_archived = false;  ///< itself, or a group it lies in
    bool is_repository_read_only = false;
    bool is_pending_delete = false;
    std::string storage = "default";
    std::string disk_path;  ///< relative to the storage, without `.git` and suffixes
    bool does_repository_exist = true;
    bool is_repository_empty = false;
    std::string default_branch;  ///< empty: not known
    bool is_lfs_enabled = true;
    FeatureLevel repository_feature = FeatureLevel::enabled;
    FeatureLevel wiki_feature = FeatureLevel::enabled;
    FeatureLevel snippets_feature = FeatureLevel::enabled;
    bool is_merge_requests_enabled = true;
    std::optional<BranchProtectionDefaults> branch_protection_defaults;  ///< of its namespace
    /// Addresses and networks of each group above it that names any. Each of these groups must
    /// admit the caller's address.
    std::vector<std::vector<std::string>> ip_restrictions;
};

struct SnippetFacts {
    long long id = 0;
    std::optional<UserId> author_id;
    Visibility visibility = Visibility::private_;
    std::string storage = "default";
    bool does_repository_exist = true;
    std::string default_branch;
};

/// What `project` or `gl_repository` names. A project's snippet has both facts, a personal one only
/// those of the snippet.
struct ContainerFacts {
    ContainerKind kind = ContainerKind::project;
    std::optional<ProjectFacts> project;
    std::optional<SnippetFacts> snippet;
    long long design_repository_id = 0;
    /// The path as it was asked for, where it led here only through a redirect; else empty.
    std::string redirected_from;
};

/// The actor's standing on the container's project.
struct Standing {
    /// Highest of all memberships that count, direct, inherited and through invitations.
    Role role = Role::none;
    bool is_deploy_key_enabled = false;
    bool can_deploy_key_push = false;
    /// Branches of this project to which the user may push due to an open merge request from the
    /// branch.
    std::vector<std::string> collaboration_branches;
};

/// One row of who may push, merge or create. A named user, group or deploy key stands for itself,
/// and the level does not count then.
struct ProtectionRow {
    enum class Subject { role, user, group, deploy_key };

    Subject subject = Subject::role;
    Role level = Role::maintainer;
    /// The row names the acting user, a group of which the user is a direct member, or a deploy key
    /// of theirs that may push to this project. False for roles.
    bool names_actor = false;
};

struct ProtectedBranch {
    std::string name;  ///< or a pattern with *
    bool allows_force_push = false;
    std::vector<ProtectionRow> push;
    std::vector<ProtectionRow> merge;
};

struct ProtectedTag {
    std::string name;  ///< or a pattern with *
    std::vector<ProtectionRow> create;
};

/// A merge request that is being merged by the server right now.
struct LockedMergeRequest {
    std::string target_branch;
    std::string in_progress_merge_commit_sha;
};

struct LfsFileLock {
    std::string path;
    UserId user_id;
    std::string username;
};

/// What real changes are checked against. It holds all rules of the project, whatever refs are
/// pushed: rules are few, refs may be many.
struct PushFacts {
    std::vector<ProtectedBranch> branches;
    std::vector<ProtectedTag> tags;
    std::vector<LockedMergeRequest> locked_merge_requests;
    std::vector<LfsFileLock> lfs_file_locks;
};

}  // namespace innergate::handlers::domain::git_access
