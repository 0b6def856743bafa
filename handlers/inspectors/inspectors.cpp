#include "handlers/inspectors/inspectors.hpp"

#include <cerrno>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "app/settings/storage_inspector.hpp"
#include "handlers/inspectors/create_repository.hpp"
#include "handlers/inspectors/gitaly/module.hpp"
#include "handlers/inspectors/local_default_branch.hpp"
#include "handlers/inspectors/local_inspection.hpp"
#include "handlers/inspectors/measured_inspection.hpp"
#include "handlers/inspectors/no_inspection.hpp"

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::Inspected;
using domain::git_access::Inspection;
using domain::git_access::InspectionFailure;
using settings::Inspector;

gitaly::Target target_of(const RepositoryName& repository, const Occasion& occasion) {
    return {
        .relative_path = repository.relative_path,
        .hook_relative_path = occasion.hook_relative_path,
        .quarantine = occasion.quarantine,
        .gl_repository = repository.gl_repository,
        .gl_project_path = repository.gl_project_path,
        .correlation_id = occasion.correlation_id,
        .deadline = occasion.deadline,
    };
}

/// The target without what belongs to a push: a change is made to the repository itself.
gitaly::Target target_of_change(const RepositoryName& repository, const Occasion& occasion) {
    gitaly::Target target = target_of(repository, occasion);
    target.hook_relative_path.clear();
    target.quarantine = {};
    return target;
}

}  // namespace

Inspectors::Inspectors(const settings::Storages& storages, const auth::GitalyTokens& tokens)
    : storages_(storages), tokens_(tokens) {}

Inspectors::~Inspectors() = default;

const settings::Storage* Inspectors::find(std::string_view storage) const {
    const auto found = storages_.find(std::string{storage});
    return found == storages_.end() ? nullptr : &found->second;
}

Inspector Inspectors::chosen_for(std::string_view storage) const {
    const settings::Storage* const found = find(storage);
    return found == nullptr ? Inspector::none : settings::choose_inspector(*found);
}

Inspected<gitaly::Client*> Inspectors::client_of(const std::string& storage) {
    const settings::Storage* const found = find(storage);
    if (found == nullptr) {
        return tl::unexpected(no_inspector_of(storage));
    }
    const std::scoped_lock lock{mutex_};
    std::unique_ptr<gitaly::Client>& client = clients_[storage];
    if (client == nullptr) {
        const auto module = gitaly::load_module();
        if (!module) {
            return tl::unexpected(InspectionFailure{
                .kind = InspectionFailure::Kind::failed, .reason = module.error()});
        }
        const auto token = tokens_.find(storage);
        client = (*module)->connect({
            .storage = storage,
            .address = found->gitaly_address,
            .token = token == tokens_.end() ? auth::Secret{} : token->second,
            .ca_file = found->gitaly_ca_file,
        });
    }
    return client.get();
}

std::unique_ptr<Inspection> Inspectors::look_into(
    const RepositoryName& repository, const Occasion& occasion, InspectionUsage* usage
) {
    const Inspector chosen = chosen_for(repository.storage);
    std::unique_ptr<Inspection> inspection;
    switch (chosen) {
        case Inspector::none:
            return std::make_unique<NoInspection>(no_inspector_of(repository.storage));
        case Inspector::local:
            inspection = std::make_unique<LocalInspection>(
                LocalInspection::Target{
                    .storage = find(repository.storage)->path,
                    .relative_path = occasion.hook_relative_path.empty()
                                         ? repository.relative_path
                                         : occasion.hook_relative_path,
                    .quarantine = occasion.quarantine},
                occasion.deadline
            );
            break;
        case Inspector::gitaly:
            if (auto client = client_of(repository.storage)) {
                inspection = (*client)->look_into(target_of(repository, occasion));
            } else {
                inspection = std::make_unique<NoInspection>(std::move(client.error()));
            }
            break;
    }
    return std::make_unique<MeasuredInspection>(
        std::move(inspection), repository.storage, settings::to_string(chosen), counts_, usage
    );
}

Inspected<Creation> Inspectors::create_repository(
    const RepositoryName& repository, const Occasion& occasion, std::string_view default_branch
) {
    const auto create = [&]() -> Inspected<Creation> {
        switch (chosen_for(repository.storage)) {
            case Inspector::none:
                break;
            case Inspector::local:
                return inspectors::create_repository(
                    find(repository.storage)->path, repository.relative_path, default_branch
                );
            case Inspector::gitaly:
                return client_of(repository.storage).and_then([&](gitaly::Client* client) {
                    return client->create_repository(
                        target_of_change(repository, occasion), default_branch
                    );
                });
        }
        return tl::unexpected(no_inspector_of(repository.storage));
    };
    return measured(counts_, nullptr, repository.storage, Question::create_repository, create);
}

Inspected<void> Inspectors::set_default_branch(
    const RepositoryName& repository, const Occasion& occasion, std::string_view branch
) {
    const auto set = [&]() -> Inspected<void> {
        switch (chosen_for(repository.storage)) {
            case Inspector::none:
                break;
            case Inspector::local:
                return inspectors::set_default_branch(
                    find(repository.storage)->path, repository.relative_path, branch
                );
            case Inspector::gitaly:
                return client_of(repository.storage).and_then([&](gitaly::Client* client) {
                    return client->set_default_branch(
                        target_of_change(repository, occasion), branch
                    );
                });
        }
        return tl::unexpected(no_inspector_of(repository.storage));
    };
    return measured(counts_, nullptr, repository.storage, Question::set_default_branch, set);
}

Inspected<gitaly::ServerState> Inspectors::gitaly_state(
    const std::string& storage, std::chrono::steady_clock::time_point deadline
) {
    return client_of(storage).and_then([&](gitaly::Client* client) {
        return client->state(deadline);
    });
}

std::string why_unable(const settings::Storages& storages) {
    std::string faults;
    bool is_module_needed = false;
    for (const auto& [name, storage] : storages) {
        if (settings::choose_inspector(storage) != Inspector::gitaly) {
            continue;
        }
        is_module_needed = true;
        if (!storage.gitaly_ca_file.empty() &&
            ::access(storage.gitaly_ca_file.c_str(), R_OK) != 0) {
            faults += fmt::format(
                "storage.{}.gitaly_ca_file: {}: {}\n",
                name,
                storage.gitaly_ca_file,
                std::generic_category().message(errno)
            );
        }
    }
    if (is_module_needed) {
        if (const auto module = gitaly::load_module(); !module) {
            faults += module.error() + "\n";
        }
    }
    return faults;
}

}  // namespace innergate::handlers::inspectors
