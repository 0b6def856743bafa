#include "handlers/inspectors/git/repository.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "handlers/inspectors/git/format.hpp"
#include "handlers/inspectors/git/library.hpp"
#include "handlers/inspectors/git/limits.hpp"

namespace innergate::handlers::inspectors::git {

std::unique_ptr<Repository> Repository::open(
    const RepositoryLocation& location, const Deadline& deadline
) {
    const Format format = read_format(location.folder);
    for (const std::string& setting : {format.other_objects, format.other_refs}) {
        if (!setting.empty()) {
            throw Failure{Failure::Kind::failed, "repository with " + setting};
        }
    }
    start_library();
    auto handle = acquire<RepositoryHandle>(
        location.folder.native(), git_repository_open_bare, location.folder.c_str()
    );
    auto objects = acquire<ObjectDatabase>("objects", git_repository_odb, handle.get());
    for (const auto& folder : location.object_folders) {
        require(git_odb_add_disk_alternate(objects.get(), folder.c_str()), folder.native());
    }
    Refs refs{location.folder, format.id_digits, deadline};
    return std::unique_ptr<Repository>{
        new Repository{std::move(handle), std::move(objects), std::move(refs), deadline}};
}

Repository::Repository(
    RepositoryHandle handle, ObjectDatabase objects, Refs refs, const Deadline& deadline
)
    : handle_(std::move(handle)),
      objects_(std::move(objects)),
      refs_(std::move(refs)),
      deadline_(deadline),
      commits_(*handle_, *objects_, deadline) {}

ObjectHeader Repository::header(const git_oid& id) {
    deadline_.check();
    return read_header(*objects_, id);
}

Tree Repository::tree(const git_oid& id) {
    require_size(header(id), kMaxTreeBytes, "tree");
    return acquire<Tree>("tree", git_tree_lookup, handle_.get(), &id);
}

Repository::Named Repository::named_by(const git_oid& id) {
    for (git_oid next = id;;) {
        const ObjectHeader found = header(next);
        if (found.type != GIT_OBJECT_TAG) {
            return {.id = next, .type = found.type};
        }
        require_size(found, kMaxCommitBytes, "tag");
        const auto tag = acquire<Tag>("tag", git_tag_lookup, handle_.get(), &next);
        next = *git_tag_target_id(tag.get());
    }
}

git_oid Repository::commit_id(const git_oid& id) {
    const Named named = named_by(id);
    if (named.type != GIT_OBJECT_COMMIT) {
        throw Failure{Failure::Kind::failed, to_string(id) + " is no commit"};
    }
    return named.id;
}

std::vector<git_oid> Repository::ref_targets() {
    std::vector<git_oid> targets;
    refs_.visit("refs/", [&targets](std::string_view /*name*/, std::string_view id) {
        if (targets.size() == kMaxRefs) {
            throw Failure{Failure::Kind::failed, "more refs than can be looked at"};
        }
        targets.push_back(parse_id(id));
        return true;
    });
    std::ranges::sort(targets, [](const git_oid& a, const git_oid& b) {
        return git_oid_cmp(&a, &b) < 0;
    });
    const auto repeated = std::ranges::unique(targets, IdEqual{});
    targets.erase(repeated.begin(), repeated.end());
    return targets;
}

}  // namespace innergate::handlers::inspectors::git
