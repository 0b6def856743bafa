#include "handlers/inspectors/no_inspection.hpp"

#include <utility>

#include <fmt/format.h>

namespace innergate::handlers::inspectors {

using domain::git_access::BlobSize;
using domain::git_access::Inspected;
using domain::git_access::InspectionFailure;
using domain::git_access::LfsPointer;

NoInspection::NoInspection(InspectionFailure failure) : failure_(std::move(failure)) {}

tl::unexpected<InspectionFailure> NoInspection::fail() const {
    return tl::unexpected(InspectionFailure{failure_});
}

Inspected<bool> NoInspection::exists() {
    return fail();
}

Inspected<bool> NoInspection::is_empty() {
    return fail();
}

Inspected<std::optional<std::string>> NoInspection::default_branch() {
    return fail();
}

Inspected<bool> NoInspection::has_branch(std::string_view /*name*/) {
    return fail();
}

Inspected<bool> NoInspection::is_ancestor(
    std::string_view /*ancestor*/, std::string_view /*descendant*/
) {
    return fail();
}

Inspected<std::vector<std::string>> NoInspection::branches_containing(std::string_view /*commit*/) {
    return fail();
}

Inspected<std::vector<LfsPointer>> NoInspection::new_lfs_pointers(
    std::span<const std::string> /*tips*/
) {
    return fail();
}

Inspected<std::vector<BlobSize>> NoInspection::new_blobs_over(
    std::span<const std::string> /*tips*/, std::uint64_t /*bytes*/
) {
    return fail();
}

Inspected<std::optional<std::string>> NoInspection::first_changed_path(
    std::string_view /*old_commit*/,
    std::string_view /*new_commit*/,
    std::span<const std::string> /*paths*/
) {
    return fail();
}

Inspected<std::size_t> NoInspection::file_count(std::string_view /*commit*/) {
    return fail();
}

InspectionFailure no_inspector_of(std::string_view storage) {
    return {
        .kind = InspectionFailure::Kind::not_configured,
        .reason = fmt::format("the storage {} has no inspector", storage)};
}

}  // namespace innergate::handlers::inspectors
