// Keys that programs send with their errors.
#include <array>
#include <string>

#include "admin/entities/entities.hpp"
#include "admin/entities/written.hpp"

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::admin {
namespace {

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("project", Kind::text, "routes.path")
        .into("project_id")
        .naming(entities::kProject)
        .by_option(
            "--project",
            "Full path or id of the project whose errors come with it",
            written::reference,
            Need::required
        )
        .settable(),
    shown("public_key", Kind::text)
        .by_option("--public-key", "The key; else a new one", written::text, Need::optional),
    shown("active", Kind::boolean)
        .by_option("--inactive", "Errors with it are not taken", written::no, Need::flag),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfProject{
    ListOption{"--project", "Only this project's", "project_id", &entities::kProject},
};

/// The key is not secret: it stands in the programs whose errors are tracked. GitLab's keys have
/// this form.
void default_public_key(const Context& /*context*/, NewRow& row) {
    constexpr std::size_t kRandomBytes = 16;
    if (row.find("public_key") == nullptr) {
        const std::string random = encoding::hex(encoding::random_bytes(kRandomBytes));
        row.set("public_key", Cell::Type::text, "glet_" + random);
    }
}

}  // namespace

constexpr Entity entities::kErrorTrackingKey{
    .name = "error-tracking-key",
    .description = "What programs send with their errors",
    .reference = "id",
    .table = "error_tracking_client_keys",
    .from =
        "error_tracking_client_keys as t "
        "left join routes on routes.source_project_id = t.project_id",
    .condition = {},
    .called = {},
    .members = kMembers,
    .list = kOfProject,
    .complete = default_public_key,
};

}  // namespace innergate::admin
