// `innergate-admin repository list`.
#pragma once

#include <optional>
#include <string>

namespace innergate::admin {
struct Context;
}

namespace innergate::admin::repository {

struct ListChoice {
    std::optional<std::string> storage;  ///< only this one's
    bool is_missing_only = false;        ///< asks whether each is there
};

/// Prints the repositories of projects, then those of snippets, as they come. However many there
/// are, only a page of them is in memory. Standard error names storages that cannot be asked.
void list(Context& context, const ListChoice& choice);

}  // namespace innergate::admin::repository
