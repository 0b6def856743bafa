#include "handlers/storage/exclusion_access.hpp"

#include <utility>

#include "handlers/namespace_failures.hpp"
#include "handlers/policies/personal_access_token.hpp"

namespace innergate::handlers::storage {

Result<void> require_exclusions(const auth::UserCaller& caller, const settings::Billing& billing) {
    if (auto permitted = policies::require_administrator(caller); !permitted) {
        return permitted;
    }
    if (!billing.saas) {
        return failure(
            ErrorCode::forbidden, "403 Forbidden - this API is for GitLab.com only", "billing.saas"
        );
    }
    return {};
}

Result<Namespace> find_root(std::string_view id_or_full_path, NamespaceStore& namespaces) {
    auto found = namespaces.find(id_or_full_path);
    if (!found) {
        return namespace_not_found();
    }
    if (!found->is_root()) {
        return failure(ErrorCode::bad_request, "400 Bad request - must use a root namespace");
    }
    return std::move(*found);
}

}  // namespace innergate::handlers::storage
