#include "admin/repository/listing.hpp"

#include <map>
#include <utility>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/repository/repositories.hpp"
#include <fmt/format.h>

#include "app/json/writer.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/git/repository_store.hpp"

namespace innergate::admin::repository {
namespace {

using handlers::domain::git_access::InspectionFailure;

/// One repository may be broken. But a storage out of reach must not be asked for each of its
/// repositories.
constexpr int kMaxFailuresInARow = 5;

class Listing {
public:
    Listing(Context& context, Repositories& repositories, const ListChoice& choice)
        : context_(context), repositories_(repositories), choice_(choice) {}

    void run() {
        handlers::RepositoryStore store{repositories_.database().session()};
        if (context_.json) {
            context_.out << '[';
        }
        for (ProjectId last;;) {
            const auto page = store.list_projects(last);
            if (page.empty()) {
                break;
            }
            print(page);
            last = page.back().project->id;
        }
        for (long long last = 0;;) {
            const auto page = store.list_snippets(last);
            if (page.empty()) {
                break;
            }
            print(page);
            last = page.back().snippet->id;
        }
        if (context_.json) {
            context_.out << "]\n";
        }
    }

private:
    void print(const std::vector<ContainerFacts>& page) {
        for (const ContainerFacts& facts : page) {
            const bool is_of_storage = !choice_.storage || storage_of(facts) == *choice_.storage;
            if (is_of_storage && (!choice_.is_missing_only || is_missing(facts))) {
                print(facts);
            }
        }
    }

    /// Also answers false for a repository that nobody can look at.
    bool is_missing(const ContainerFacts& facts) {
        const std::string storage{storage_of(facts)};
        int& failures = failures_[storage];
        if (failures >= kMaxFailuresInARow) {
            return false;
        }
        const auto exists = repositories_.exists(facts);
        if (exists) {
            failures = 0;
            return !*exists;
        }
        const InspectionFailure& failure = exists.error();
        if (failure.kind == InspectionFailure::Kind::not_configured) {
            failures = kMaxFailuresInARow;
            context_.fail(failure.reason);
            return false;
        }
        failures = failure.kind == InspectionFailure::Kind::out_of_time ? kMaxFailuresInARow
                                                                        : failures + 1;
        context_.fail(fmt::format("{}: {}", to_string(gl_repository_of(facts)), failure.reason));
        if (failures == kMaxFailuresInARow) {
            context_.fail(fmt::format("the storage {} is not asked any further", storage));
        }
        return false;
    }

    void print(const ContainerFacts& facts) {
        const std::string name = to_string(gl_repository_of(facts));
        if (!context_.json) {
            context_.out << fmt::format(
                "{:<14} {:<10} {:<84} {}\n",
                name,
                storage_of(facts),
                relative_path_of(facts),
                gl_project_path_of(facts)
            );
            return;
        }
        std::string text;
        json::Writer writer{text};
        writer.begin_object();
        writer.member("gl_repository", name);
        writer.member("path", gl_project_path_of(facts));
        writer.member("storage", storage_of(facts));
        writer.member("relative_path", relative_path_of(facts));
        writer.end_object();
        context_.out << std::exchange(separator_, ",\n") << text;
    }

    Context& context_;
    Repositories& repositories_;
    const ListChoice& choice_;
    std::map<std::string, int> failures_;  ///< in a row, by storage
    const char* separator_ = "";
};

}  // namespace

void list(Context& context, const ListChoice& choice) {
    if (const auto repositories = Repositories::open(context)) {
        Listing{context, *repositories, choice}.run();
    }
}

}  // namespace innergate::admin::repository
