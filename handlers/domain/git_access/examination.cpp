#include "handlers/domain/git_access/examination.hpp"

#include <algorithm>

#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kServiceUnavailable = 503;

/// To be put behind "cannot check ".
std::string_view question_of(Check check) {
    switch (check) {
        case Check::repository_state:
            return "the state of the repository";
        case Check::force_push:
            return "whether a protected branch is force pushed";
        case Check::branch_basis:
            return "whether the new protected branch starts on a protected branch";
        case Check::lfs_objects:
            return "whether all LFS objects were uploaded";
        case Check::file_size:
            return "whether a file exceeds the size limit";
        case Check::lfs_locks:
            return "whether a changed file is locked in Git LFS";
        case Check::snippet_files:
            return "how many files the snippet holds";
    }
    return "";
}

std::string unanswered_text(
    Check check, const InspectionFailure& failure, std::string_view storage
) {
    std::string text = "This server cannot check ";
    text.append(question_of(check)).append(" (").append(to_string(check)).append("). ");
    if (failure.kind == InspectionFailure::Kind::failed) {
        text.append("The repository could not be read. ");
    }
    text.append("An administrator must configure the storage '").append(storage);
    return text.append("' for this check.");
}

/// What the database says of the container's repository. It knows nothing of wikis and designs:
/// those are taken to exist, and Gitaly says so itself where they do not.
bool stored_existence(const ContainerFacts& container) {
    if (container.kind == ContainerKind::snippet) {
        return container.snippet && container.snippet->does_repository_exist;
    }
    return container.kind != ContainerKind::project ||
           (container.project && container.project->does_repository_exist);
}

bool stored_emptiness(const ContainerFacts& container) {
    return container.kind == ContainerKind::project && container.project &&
           container.project->is_repository_empty;
}

std::string_view stored_branch(const ContainerFacts& container) {
    if (container.kind == ContainerKind::snippet) {
        return container.snippet ? std::string_view{container.snippet->default_branch} : "";
    }
    return container.project ? std::string_view{container.project->default_branch} : "";
}

}  // namespace

Outcome Examination::without_answer(
    RuleRecord& rule, Check check, const InspectionFailure& failure
) {
    if (failure.kind == InspectionFailure::Kind::out_of_time) {
        return rule.gives_way_to({
            .status = kServiceUnavailable,
            .rule = std::string{kTimedOutRule},
            .message = {},
            .log_detail = failure.reason,
        });
    }
    if (input_.settings.checks[check] == OnFailure::pass) {
        note_skipped(check, failure);
        return rule.is_skipped();
    }
    return rule.refuses(
        kUnauthorized,
        unanswered_text(check, failure, storage_of(container_of(input_))),
        failure.reason
    );
}

const Inspected<bool>& Examination::exists() {
    if (!exists_) {
        exists_ = inspection_.exists();
        if (!*exists_ && is_stored_state_good_enough(exists_->error())) {
            exists_ = stored_existence(container_of(input_));
        }
    }
    return *exists_;
}

const Inspected<bool>& Examination::is_empty() {
    if (!is_empty_) {
        is_empty_ = inspection_.is_empty();
        if (!*is_empty_ && is_stored_state_good_enough(is_empty_->error())) {
            is_empty_ = stored_emptiness(container_of(input_));
        }
    }
    return *is_empty_;
}

const Inspected<std::optional<std::string>>& Examination::default_branch() {
    if (!default_branch_) {
        default_branch_ = inspection_.default_branch();
        if (!*default_branch_ && is_stored_state_good_enough(default_branch_->error())) {
            default_branch_ = stored_default_branch(InspectionFailure{default_branch_->error()});
        }
    }
    return *default_branch_;
}

bool Examination::is_stored_state_good_enough(const InspectionFailure& failure) {
    switch (failure.kind) {
        case InspectionFailure::Kind::not_configured:
            return true;
        case InspectionFailure::Kind::out_of_time:
            return false;
        case InspectionFailure::Kind::failed:
            break;
    }
    // The repository ought to be readable and is not, so what the database says may be out of date.
    if (input_.settings.checks.repository_state == OnFailure::refuse) {
        return false;
    }
    note_skipped(Check::repository_state, failure);
    return true;
}

Inspected<std::optional<std::string>> Examination::stored_default_branch(
    const InspectionFailure& failure
) {
    const std::string_view branch = stored_branch(container_of(input_));
    if (!branch.empty()) {
        return std::optional{std::string{branch}};
    }
    const Inspected<bool>& empty = is_empty();
    if (empty && *empty) {
        return std::optional<std::string>{};
    }
    if (input_.settings.checks.repository_state == OnFailure::refuse) {
        return tl::unexpected(failure);
    }
    note_skipped(Check::repository_state, failure);
    return std::optional<std::string>{};
}

Outcome Examination::time_out_in(std::string_view label) {
    timings_.cancelled(label);
    return time_out();
}

Outcome Examination::time_out() {
    return Refusal{
        .status = kServiceUnavailable,
        .rule = std::string{kTimedOutRule},
        .message = timings_.text(),
        .log_detail = {},
    };
}

void Examination::note_skipped(Check check, const InspectionFailure& failure) {
    if (std::ranges::find(skipped_checks_, check, &SkippedCheck::check) == skipped_checks_.end()) {
        skipped_checks_.push_back({.check = check, .failure = failure});
    }
}

}  // namespace innergate::handlers::domain::git_access
