#include "tests/support/gitaly/git_services.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include <initializer_list>

#include "app/decimal.hpp"
#include "handlers/inspectors/gitaly/gitaly.grpc.pb.h"
#include "handlers/inspectors/lfs_pointer.hpp"
#include "tests/support/gitaly/served_call.hpp"

namespace innergate::test {
namespace {

namespace api = ::gitaly;
using grpc::ServerContext;
using grpc::Status;
using grpc::StatusCode;
template <class T>
using Writer = grpc::ServerWriter<T>;

constexpr std::string_view kHeads = "refs/heads/";

std::vector<std::string> split(std::string_view text, char end) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(end), text.size());
        parts.emplace_back(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return parts;
}

std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

struct BlobLine {
    std::string oid;
    long long size = 0;
};

/// Reads `OID TYPE SIZE` lines; what is no blob is left out.
std::vector<BlobLine> blobs_in(const std::string& lines) {
    std::vector<BlobLine> blobs;
    for (const std::string& line : split(lines, '\n')) {
        const auto words = split(line, ' ');
        if (words.size() == 3 && words[1] == "blob") {
            blobs.push_back({words[0], parse_decimal<long long>(words[2]).value()});
        }
    }
    return blobs;
}

template <class Revisions>
GitResult walk(const ServedRepository& repository, const Revisions& revisions) {
    std::vector<std::string> arguments{"rev-list", "--objects", "--no-object-names"};
    arguments.insert(arguments.end(), revisions.begin(), revisions.end());
    const GitResult listed = repository.git(arguments);
    return listed.status == 0 ? repository.git({"cat-file", "--batch-check"}, listed.output)
                              : listed;
}

GitResult list_everything(const ServedRepository& repository) {
    return repository.git({"cat-file", "--batch-check", "--batch-all-objects"});
}

template <class Response>
Status send_blobs(const ServedCall& call, const GitResult& listed, Writer<Response>& writer) {
    if (listed.status != 0) {
        return ServedCall::failed(listed);
    }
    Response response;
    for (const BlobLine& blob : blobs_in(listed.output)) {
        auto* const sent = response.add_blobs();
        sent->set_oid(blob.oid);
        sent->set_size(blob.size);
    }
    return call.stream([&] { return writer.Write(response); });
}

template <class Response>
Status send_pointers(const ServedCall& call, const GitResult& listed, Writer<Response>& writer) {
    constexpr long long kMaxPointer = 200;
    if (listed.status != 0) {
        return ServedCall::failed(listed);
    }
    Response response;
    for (const BlobLine& blob : blobs_in(listed.output)) {
        if (blob.size > kMaxPointer) {
            continue;
        }
        const auto content = call.repository().git({"cat-file", "blob", blob.oid});
        if (const auto pointer = handlers::inspectors::parse_lfs_pointer(content.output)) {
            auto* const sent = response.add_lfs_pointers();
            sent->set_file_oid(pointer->oid);
            sent->set_file_size(static_cast<long long>(pointer->size));
        }
    }
    return call.stream([&] { return writer.Write(response); });
}

}  // namespace

/// Makes calls with what the services share.
class CallMaker {
public:
    CallMaker(const TestGitaly::Options& options, CallJournal& journal)
        : options_(options), journal_(journal) {}

    [[nodiscard]] ServedCall call(std::string method, ServerContext* context) const {
        return {std::move(method), options_, journal_, *context};
    }
    [[nodiscard]] const TestGitaly::Options& options() const { return options_; }

private:
    const TestGitaly::Options& options_;
    CallJournal& journal_;
};

struct Repositories final : api::RepositoryService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status RepositoryExists(
        ServerContext* context,
        const api::RepositoryExistsRequest* request,
        api::RepositoryExistsResponse* response
    ) override {
        ServedCall call = this->call("RepositoryExists", context);
        const Status status = call.begin(request->repository(), false);
        response->set_exists(status.ok() && call.repository().is_there());
        return status;
    }

    Status HasLocalBranches(
        ServerContext* context,
        const api::HasLocalBranchesRequest* request,
        api::HasLocalBranchesResponse* response
    ) override {
        ServedCall call = this->call("HasLocalBranches", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto refs = call.repository().git({"for-each-ref", "--count=1", "refs/heads"});
        response->set_value(!refs.output.empty());
        return refs.status == 0 ? Status::OK : ServedCall::failed(refs);
    }

    Status CreateRepository(
        ServerContext* context,
        const api::CreateRepositoryRequest* request,
        api::CreateRepositoryResponse* /*response*/
    ) override {
        ServedCall call = this->call("CreateRepository", context);
        if (Status status = call.begin(request->repository(), false); !status.ok()) {
            return status;
        }
        if (call.repository().is_there()) {
            return {StatusCode::ALREADY_EXISTS, "repository exists already"};
        }
        std::filesystem::create_directories(call.repository().folder);
        const auto made = call.repository().git(
            {"init", "--bare", "--quiet", "--initial-branch=" + request->default_branch()}
        );
        return made.status == 0 ? Status::OK : ServedCall::failed(made);
    }

    Status WriteRef(
        ServerContext* context,
        const api::WriteRefRequest* request,
        api::WriteRefResponse* /*response*/
    ) override {
        ServedCall call = this->call("WriteRef", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        if (request->ref() != "HEAD") {
            return {StatusCode::UNIMPLEMENTED, "only HEAD can be written here"};
        }
        const auto written = call.repository().git({"symbolic-ref", "HEAD", request->revision()});
        return written.status == 0 ? Status::OK : ServedCall::failed(written);
    }
};

struct Refs final : api::RefService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status FindDefaultBranchName(
        ServerContext* context,
        const api::FindDefaultBranchNameRequest* request,
        api::FindDefaultBranchNameResponse* response
    ) override {
        ServedCall call = this->call("FindDefaultBranchName", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto head = call.repository().git({"symbolic-ref", "--quiet", "HEAD"});
        std::string name = head.status == 0 ? trimmed(head.output) : "HEAD";
        if (!request->head_only()) {
            return {StatusCode::UNIMPLEMENTED, "this would guess"};
        }
        response->set_name(std::move(name));
        return Status::OK;
    }

    Status RefExists(
        ServerContext* context,
        const api::RefExistsRequest* request,
        api::RefExistsResponse* response
    ) override {
        ServedCall call = this->call("RefExists", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto ref = call.repository().git({"show-ref", "--verify", "--quiet", request->ref()});
        response->set_value(ref.status == 0);
        return Status::OK;
    }

    Status ListBranchNamesContainingCommit(
        ServerContext* context,
        const api::ListBranchNamesContainingCommitRequest* request,
        Writer<api::ListBranchNamesContainingCommitResponse>* writer
    ) override {
        ServedCall call = this->call("ListBranchNamesContainingCommit", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto refs = call.repository().git(
            {"for-each-ref",
             "--format=%(refname)",
             "--contains=" + request->commit_id(),
             "refs/heads"}
        );
        if (refs.status != 0) {
            return ServedCall::failed(refs);
        }
        api::ListBranchNamesContainingCommitResponse response;
        for (const std::string& ref : split(refs.output, '\n')) {
            response.add_branch_names(ref.substr(kHeads.size()));
        }
        return call.stream([&] { return writer->Write(response); });
    }
};

struct Commits final : api::CommitService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status CommitIsAncestor(
        ServerContext* context,
        const api::CommitIsAncestorRequest* request,
        api::CommitIsAncestorResponse* response
    ) override {
        ServedCall call = this->call("CommitIsAncestor", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto asked = call.repository().git(
            {"merge-base", "--is-ancestor", request->ancestor_id(), request->child_id()}
        );
        response->set_value(asked.status == 0);
        return asked.status <= 1 ? Status::OK : ServedCall::failed(asked);
    }

    Status ListCommits(
        ServerContext* context,
        const api::ListCommitsRequest* request,
        Writer<api::ListCommitsResponse>* writer
    ) override {
        ServedCall call = this->call("ListCommits", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        std::vector<std::string> arguments{"rev-list", "--parents"};
        arguments.insert(arguments.end(), request->revisions().begin(), request->revisions().end());
        const auto listed = call.repository().git(arguments);
        if (listed.status != 0) {
            return ServedCall::failed(listed);
        }
        api::ListCommitsResponse response;
        for (const std::string& line : split(listed.output, '\n')) {
            const auto ids = split(line, ' ');
            auto* const commit = response.add_commits();
            commit->set_id(ids.front());
            for (std::size_t parent = 1; parent < ids.size(); ++parent) {
                commit->add_parent_ids(ids[parent]);
            }
        }
        return call.stream([&] { return writer->Write(response); });
    }

    Status ListFiles(
        ServerContext* context,
        const api::ListFilesRequest* request,
        Writer<api::ListFilesResponse>* writer
    ) override {
        ServedCall call = this->call("ListFiles", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        const auto listed =
            call.repository().git({"ls-tree", "-r", "-z", "--name-only", request->revision()});
        if (listed.status != 0) {
            return ServedCall::failed(listed);
        }
        api::ListFilesResponse response;
        for (std::string& path : split(listed.output, '\0')) {
            response.add_paths(std::move(path));
        }
        return call.stream([&] { return writer->Write(response); });
    }

    Status CheckObjectsExist(
        ServerContext* context,
        grpc::ServerReaderWriter<api::CheckObjectsExistResponse, api::CheckObjectsExistRequest>*
            stream
    ) override {
        ServedCall call = this->call("CheckObjectsExist", context);
        api::CheckObjectsExistRequest request;
        bool has_begun = false;
        while (stream->Read(&request)) {
            if (!has_begun) {
                if (Status status = call.begin(request.repository()); !status.ok()) {
                    return status;
                }
                has_begun = true;
            }
            api::CheckObjectsExistResponse response;
            for (const std::string& revision : request.revisions()) {
                auto* const existence = response.add_revisions();
                existence->set_name(revision);
                existence->set_exists(
                    call.repository().git({"cat-file", "-e", revision}).status == 0
                );
            }
            stream->Write(response);
        }
        return Status::OK;
    }
};

struct Blobs final : api::BlobService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status ListBlobs(
        ServerContext* context,
        const api::ListBlobsRequest* request,
        Writer<api::ListBlobsResponse>* writer
    ) override {
        ServedCall call = this->call("ListBlobs", context);
        const Status status = call.begin(request->repository());
        return status.ok()
                   ? send_blobs(call, walk(call.repository(), request->revisions()), *writer)
                   : status;
    }

    Status ListAllBlobs(
        ServerContext* context,
        const api::ListAllBlobsRequest* request,
        Writer<api::ListAllBlobsResponse>* writer
    ) override {
        ServedCall call = this->call("ListAllBlobs", context);
        const Status status = call.begin(request->repository());
        return status.ok() ? send_blobs(call, list_everything(call.repository()), *writer) : status;
    }

    Status ListLFSPointers(
        ServerContext* context,
        const api::ListLFSPointersRequest* request,
        Writer<api::ListLFSPointersResponse>* writer
    ) override {
        ServedCall call = this->call("ListLFSPointers", context);
        const Status status = call.begin(request->repository());
        return status.ok()
                   ? send_pointers(call, walk(call.repository(), request->revisions()), *writer)
                   : status;
    }

    Status ListAllLFSPointers(
        ServerContext* context,
        const api::ListAllLFSPointersRequest* request,
        Writer<api::ListAllLFSPointersResponse>* writer
    ) override {
        ServedCall call = this->call("ListAllLFSPointers", context);
        const Status status = call.begin(request->repository());
        return status.ok() ? send_pointers(call, list_everything(call.repository()), *writer)
                           : status;
    }
};

struct Diffs final : api::DiffService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status FindChangedPaths(
        ServerContext* context,
        const api::FindChangedPathsRequest* request,
        Writer<api::FindChangedPathsResponse>* writer
    ) override {
        ServedCall call = this->call("FindChangedPaths", context);
        if (Status status = call.begin(request->repository()); !status.ok()) {
            return status;
        }
        api::FindChangedPathsResponse response;
        for (const auto& comparison : request->requests()) {
            const auto listed = call.repository().git(arguments_of(comparison));
            if (listed.status != 0) {
                return ServedCall::failed(listed);
            }
            for (std::string& path : split(listed.output, '\0')) {
                response.add_paths()->set_path(std::move(path));
            }
        }
        return call.stream([&] { return writer->Write(response); });
    }

private:
    static std::vector<std::string> arguments_of(const api::FindChangedPathsRequest::Request& asked
    ) {
        std::vector<std::string> arguments{
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-commit-id", "--root"};
        if (asked.has_tree_request()) {
            arguments.push_back(asked.tree_request().left_tree_revision());
            arguments.push_back(asked.tree_request().right_tree_revision());
            return arguments;
        }
        for (const std::string& parent : asked.commit_request().parent_commit_revisions()) {
            arguments.push_back(parent);
        }
        arguments.push_back(asked.commit_request().commit_revision());
        return arguments;
    }
};

struct Servers final : api::ServerService::Service, CallMaker {
    using CallMaker::CallMaker;

    Status ServerInfo(
        ServerContext* context,
        const api::ServerInfoRequest* /*request*/,
        api::ServerInfoResponse* response
    ) override {
        ServedCall call = this->call("ServerInfo", context);
        if (Status status = call.begin(); !status.ok()) {
            return status;
        }
        response->set_server_version("18.9.0-test");
        response->set_git_version("2.39.0");
        auto* const storage = response->add_storage_statuses();
        storage->set_storage_name(options().storage_name);
        storage->set_readable(std::filesystem::exists(options().storage));
        storage->set_writeable(options().is_writable);
        return Status::OK;
    }
};

struct GitServices::Services {
    Services(const TestGitaly::Options& options, CallJournal& journal)
        : repositories(options, journal),
          refs(options, journal),
          commits(options, journal),
          blobs(options, journal),
          diffs(options, journal),
          servers(options, journal) {}

    Repositories repositories;
    Refs refs;
    Commits commits;
    Blobs blobs;
    Diffs diffs;
    Servers servers;
};

GitServices::GitServices(const TestGitaly::Options& options, CallJournal& journal)
    : services_(std::make_unique<Services>(options, journal)) {}

GitServices::~GitServices() = default;

void GitServices::register_with(grpc::ServerBuilder& builder) {
    for (grpc::Service* const service : std::initializer_list<grpc::Service*>{
             &services_->repositories,
             &services_->refs,
             &services_->commits,
             &services_->blobs,
             &services_->diffs,
             &services_->servers}) {
        builder.RegisterService(service);
    }
}

}  // namespace innergate::test
