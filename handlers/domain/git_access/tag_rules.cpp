// Rules of one changed tag.
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/protection.hpp"
#include "handlers/domain/git_access/ref_name.hpp"
#include "handlers/domain/git_access/ref_rules.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;

/// One change to one tag of the project.
struct TagChange {
    Examination& examination;
    const Change& change;
    Person person;

    [[nodiscard]] const DecisionInput& input() const { return examination.input(); }
    [[nodiscard]] RuleRecord rule(std::string_view number, std::string_view demand) const {
        return {input().trace, number, demand, change.ref};
    }
};

Outcome existing_tag(const TagChange& tag) {
    RuleRecord rule = tag.rule("T1", "The actor may change existing tags");
    if (tag.change.kind == ChangeKind::creation) {
        return rule.does_not_apply();
    }
    if (!can_push_code(tag.person, *project_of(tag.input()))) {
        return rule.refuses(
            kUnauthorized, "You are not allowed to change existing tags on this project."
        );
    }
    return rule.passes();
}

Outcome name_is_not_the_default_branch(const TagChange& tag) {
    RuleRecord rule = tag.rule("T2", "The name is not that of the default branch");
    if (tag.change.kind != ChangeKind::creation) {
        return rule.does_not_apply();
    }
    const auto& default_branch = tag.examination.default_branch();
    if (!default_branch) {
        return tag.examination.without_answer(
            rule, Check::repository_state, default_branch.error()
        );
    }
    rule.text("default_branch", default_branch->value_or(""));
    if (*default_branch == tag.change.name) {
        return rule.refuses(kUnauthorized, "You cannot use default branch name to create a tag");
    }
    return rule.passes();
}

Outcome name_is_valid(const TagChange& tag) {
    RuleRecord rule = tag.rule("T3", "The name keeps to the rules of tags");
    if (tag.change.kind == ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    if (!is_utf8(tag.change.name)) {
        return rule.refuses(
            kUnauthorized, "Tag names must be valid when converted to UTF-8 encoding"
        );
    }
    if (!is_valid_ref_name(tag.change.name) || tag.change.name.starts_with("refs/tags/")) {
        return rule.refuses(kUnauthorized, "You cannot create a tag with a prohibited pattern.");
    }
    if (is_sha_like_tag_name(tag.change.name)) {
        return rule.refuses(
            kUnauthorized, "You cannot create a tag with a SHA-1 or SHA-256 tag name."
        );
    }
    return rule.passes();
}

Outcome protected_update(const TagChange& tag) {
    RuleRecord rule = tag.rule("T4", "A protected tag is not moved");
    if (tag.change.kind != ChangeKind::update) {
        return rule.does_not_apply();
    }
    return rule.refuses(kUnauthorized, "Protected tags cannot be updated.");
}

Outcome protected_deletion(const TagChange& tag) {
    RuleRecord rule = tag.rule("T5", "The actor may delete the protected tag");
    if (tag.change.kind != ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    rule.number("role", static_cast<int>(tag.person.role));
    if (!tag.person.is_maintainer()) {
        return rule.refuses(
            kUnauthorized,
            "You are not allowed to delete protected tags from this project. Only a project "
            "maintainer or owner can delete a protected tag."
        );
    }
    if (!is_web(tag.input().request)) {
        return rule.refuses(
            kUnauthorized, "You can only delete protected tags using the web interface."
        );
    }
    return rule.passes();
}

/// GitLab looks at this rule after a permitted deletion too: a person who could not create the tag
/// again may not delete it.
Outcome protected_creation(const TagChange& tag, const TagRules& rules) {
    RuleRecord rule = tag.rule("T6", "The actor may create the protected tag");
    rule.flag("can_create", rules.can_create);
    if (!rules.can_create) {
        return rule.refuses(
            kUnauthorized, "You are not allowed to create this tag as it is protected."
        );
    }
    return rule.passes();
}

Outcome protected_tag(const TagChange& tag) {
    const TagRules rules =
        tag_rules(tag.change.name, tag.input().push.tags, tag.person, *project_of(tag.input()));
    if (!rules.is_protected) {
        return std::nullopt;
    }
    if (Outcome outcome = protected_update(tag)) {
        return outcome;
    }
    if (Outcome outcome = protected_deletion(tag)) {
        return outcome;
    }
    return protected_creation(tag, rules);
}

}  // namespace

Outcome check_tag(Examination& examination, const Change& change) {
    const TagChange tag{
        .examination = examination,
        .change = change,
        .person = person_of(examination.input().actor, examination.input().standing),
    };
    if (Outcome outcome =
            examination.timed("Checking if you are allowed to change existing tags...", [&tag] {
                return existing_tag(tag);
            })) {
        return outcome;
    }
    if (Outcome outcome =
            examination.timed("Checking if you are providing a valid tag name...", [&tag] {
                return name_is_not_the_default_branch(tag);
            })) {
        return outcome;
    }
    if (Outcome outcome = name_is_valid(tag)) {
        return outcome;
    }
    return examination.timed(
        "Checking if you are creating, updating or deleting a protected tag...",
        [&tag] { return protected_tag(tag); }
    );
}

}  // namespace innergate::handlers::domain::git_access
