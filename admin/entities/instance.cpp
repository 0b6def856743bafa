// The instance's own row: GitLab's admin area.
#include <array>

#include "admin/entities/entities.hpp"

namespace innergate::admin {
namespace {

constexpr std::array kMembers{
    shown("enabled_git_access_protocol", Kind::text),
    shown("receive_max_input_size", Kind::integer),
    shown("file_size_limit_mb", Kind::integer),
    shown("gitlab_shell_operation_limit", Kind::integer),
    shown("lfs_enabled", Kind::boolean),
    shown("maintenance_mode", Kind::boolean),
    shown("admin_mode", Kind::boolean),
    shown("enforce_terms", Kind::boolean),
    shown("require_personal_access_token_expiry", Kind::boolean),
    shown("personal_access_token_prefix", Kind::text),
    shown("rsa_key_restriction", Kind::integer),
    shown("dsa_key_restriction", Kind::integer),
    shown("ecdsa_key_restriction", Kind::integer),
    shown("ed25519_key_restriction", Kind::integer),
    shown("ecdsa_sk_key_restriction", Kind::integer),
    shown("ed25519_sk_key_restriction", Kind::integer),
    shown("restricted_visibility_levels", Kind::text, "t.restricted_visibility_levels")
        .as_json_array(),
    shown("default_branch_name", Kind::text),
    shown("default_branch_protection_defaults", Kind::text),
    shown("saml_enabled", Kind::boolean),
    shown("error_tracking_enabled", Kind::boolean),
    shown("updated_at", Kind::timestamp),
};

}  // namespace

constexpr Entity entities::kInstance{
    .name = "instance",
    .description = "What GitLab keeps in its admin area: limits, and what is allowed",
    .reference = {},
    .table = "application_settings",
    .from = "application_settings as t",
    .condition = {},
    .called = {},
    .members = kMembers,
    .handling = Handling::only_row,
    .example = "file_size_limit_mb=100 lfs_enabled=false",
};

}  // namespace innergate::admin
