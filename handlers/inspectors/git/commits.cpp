#include "handlers/inspectors/git/commits.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

#include "handlers/inspectors/git/handles.hpp"
#include "handlers/inspectors/git/limits.hpp"
#include "handlers/inspectors/git/object_header.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

/// From where a commit has been found reachable.
using Marks = unsigned;

/// The commits next in line, newest first. A commit that gets another mark comes up again, so that
/// the mark reaches its parents too.
class Frontier {
public:
    /// Nobody waits for a commit that has all of the marks `settled`.
    Frontier(Commits& commits, Marks settled) : commits_(commits), settled_(settled) {}

    void add(const git_oid& id, Marks marks) {
        const git_time_t time = commits_.get(id).time;
        Entry& entry = entries_[id];
        const Marks all = entry.marks | marks;
        if (all == entry.marks) {
            return;
        }
        if (entry.is_queued) {
            open_ -= is_open(entry.marks) ? 1 : 0;
        } else {
            queue_.push({.time = time, .id = id});
        }
        open_ += is_open(all) ? 1 : 0;
        entry = {.marks = all, .is_queued = true};
    }

    [[nodiscard]] bool is_waiting() const { return open_ > 0; }
    [[nodiscard]] bool is_done() const { return queue_.empty(); }
    [[nodiscard]] git_time_t newest() const { return queue_.top().time; }

    [[nodiscard]] git_oid take() {
        const git_oid id = queue_.top().id;
        queue_.pop();
        Entry& entry = entries_.at(id);
        entry.is_queued = false;
        open_ -= is_open(entry.marks) ? 1 : 0;
        return id;
    }

    [[nodiscard]] Marks marks(const git_oid& id) const { return entries_.at(id).marks; }

private:
    struct Entry {
        Marks marks = 0;
        bool is_queued = false;
    };
    struct Place {
        git_time_t time;
        git_oid id;

        friend bool operator<(const Place& a, const Place& b) { return a.time < b.time; }
    };

    [[nodiscard]] bool is_open(Marks marks) const { return (marks & settled_) != settled_; }

    Commits& commits_;
    Marks settled_;
    IdMap<Entry> entries_;
    std::priority_queue<Place> queue_;
    int open_ = 0;
};

constexpr Marks kFrom = 1;
constexpr Marks kAncestor = 2;
constexpr Marks kNew = 1;
constexpr Marks kOld = 2;

/// How many more old commits are looked at when all that are left seem older than every new one.
/// git's own walk allows for five commits with wrong dates.
constexpr int kSlop = 16;

}  // namespace

const CommitNode& Commits::get(const git_oid& id) {
    if (const auto known = nodes_.find(id); known != nodes_.end()) {
        return known->second;
    }
    deadline_.check();
    return nodes_.emplace(id, read(id)).first->second;
}

CommitNode Commits::read(const git_oid& id) {
    require_size(read_header(objects_, id), kMaxCommitBytes, "commit");
    const auto commit = acquire<Commit>("commit", git_commit_lookup, &repository_, &id);
    const unsigned count = git_commit_parentcount(commit.get());
    parents_ += count;
    if (nodes_.size() >= kMaxCommits || parents_ > kMaxParents) {
        throw Failure{Failure::Kind::failed, "the history is longer than can be looked at"};
    }
    CommitNode node;
    node.tree = *git_commit_tree_id(commit.get());
    node.time = git_commit_time(commit.get());
    node.parents.reserve(count);
    for (unsigned parent = 0; parent < count; ++parent) {
        node.parents.push_back(*git_commit_parent_id(commit.get(), parent));
    }
    return node;
}

bool Commits::is_reachable(const git_oid& ancestor, const git_oid& from) {
    if (IdEqual{}(ancestor, from)) {
        return true;
    }
    Frontier frontier{*this, kAncestor};
    frontier.add(from, kFrom);
    frontier.add(ancestor, kAncestor);
    // What can be reached from the ancestor does not lead to it, so only other commits are waited
    // for. Then no dates, however wrong, can end this too early.
    while (frontier.is_waiting()) {
        deadline_.check();
        const git_oid id = frontier.take();
        const Marks marks = frontier.marks(id);
        for (const git_oid& parent : get(id).parents) {
            if ((marks & kFrom) != 0 && IdEqual{}(parent, ancestor)) {
                return true;
            }
            frontier.add(parent, marks);
        }
    }
    return false;
}

NewCommits Commits::new_since(std::span<const git_oid> tips, std::span<const git_oid> old) {
    Frontier frontier{*this, kOld};
    for (const git_oid& tip : tips) {
        frontier.add(tip, kNew);
    }
    for (const git_oid& id : old) {
        frontier.add(id, kOld);
    }
    std::vector<git_oid> found;
    git_time_t oldest = std::numeric_limits<git_time_t>::max();
    for (int slop = kSlop; !frontier.is_done();) {
        deadline_.check();
        if (!frontier.is_waiting() && frontier.newest() < oldest && slop-- == 0) {
            break;
        }
        const git_oid id = frontier.take();
        const bool is_old = (frontier.marks(id) & kOld) != 0;
        if (!is_old) {
            found.push_back(id);
            oldest = std::min(oldest, get(id).time);
        }
        for (const git_oid& parent : get(id).parents) {
            frontier.add(parent, is_old ? kOld : kNew);
        }
    }
    const auto is_old = [&frontier](const git_oid& id) { return (frontier.marks(id) & kOld) != 0; };
    std::erase_if(found, is_old);
    NewCommits result{.commits = std::move(found), .edges = {}};
    IdSet edges;
    for (const git_oid& id : result.commits) {
        for (const git_oid& parent : get(id).parents) {
            if (is_old(parent) && edges.insert(parent).second) {
                result.edges.push_back(parent);
            }
        }
    }
    return result;
}

}  // namespace innergate::handlers::inspectors::git
