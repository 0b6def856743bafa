#include "handlers/inspectors/local_default_branch.hpp"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "handlers/domain/git_access/ref_name.hpp"
#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/format.hpp"
#include "handlers/inspectors/git/refs.hpp"
#include "handlers/inspectors/repository_location.hpp"

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::Inspected;
using domain::git_access::InspectionFailure;
using git::Failure;
namespace fs = std::filesystem;

Failure failure(const fs::path& path, std::string_view reason) {
    return {Failure::Kind::failed, fmt::format("{}: {}", path.native(), reason)};
}

/// Works like git's: what is written as FILE.lock takes the file's place at once, or is removed.
class LockFile {
public:
    explicit LockFile(const fs::path& file) : file_(file), lock_(file.native() + ".lock") {
        constexpr mode_t kReadable = 0666;  // less the umask
        descriptor_ =
            ::open(lock_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kReadable);
        require(descriptor_ >= 0);
    }
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile() {
        close();
        if (!is_committed_) {
            ::unlink(lock_.c_str());
        }
    }

    void commit(const std::string& text) {
        keep_mode();
        const ssize_t bytes = ::write(descriptor_, text.data(), text.size());
        require(bytes >= 0);
        if (static_cast<std::size_t>(bytes) != text.size()) {
            throw failure(lock_, "no room");
        }
        require(::fsync(descriptor_) == 0);
        close();
        require(::rename(lock_.c_str(), file_.c_str()) == 0);
        is_committed_ = true;
    }

private:
    void require(bool is_done) const {
        if (!is_done) {
            throw failure(lock_, std::generic_category().message(errno));
        }
    }

    /// Keeps the mode of a repository that is shared within a group (core.sharedRepository).
    void keep_mode() const {
        struct stat status {};
        if (::lstat(file_.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
            require(::fchmod(descriptor_, status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) == 0);
        }
    }

    void close() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            descriptor_ = -1;
        }
    }

    fs::path file_;
    fs::path lock_;
    int descriptor_ = -1;
    bool is_committed_ = false;
};

void point_head_at(const fs::path& repository, std::string_view branch) {
    const git::Format format = git::read_format(repository);
    if (!format.other_refs.empty()) {
        throw failure(repository, "repository with " + format.other_refs);
    }
    const git::Deadline none{std::chrono::steady_clock::time_point::max()};
    const git::Refs refs{repository, format.id_digits, none};
    if (refs.head_branch() == branch) {
        return;
    }
    LockFile{repository / "HEAD"}.commit(fmt::format("ref: {}{}\n", git::kBranches, branch));
}

}  // namespace

Inspected<void> set_default_branch(
    const fs::path& storage, std::string_view relative_path, std::string_view branch
) {
    if (branch.size() > git::kMaxRefName || !domain::git_access::is_valid_ref_name(branch)) {
        return tl::unexpected(InspectionFailure{
            .kind = InspectionFailure::Kind::failed,
            .reason = fmt::format("'{}' is no name for a branch", branch)});
    }
    const auto location = locate_repository(storage, relative_path, {});
    if (!location) {
        return tl::unexpected(location.error());
    }
    return git::as_value([&] {
        if (!location->is_there || !git::is_repository(location->folder)) {
            throw Failure{Failure::Kind::failed, fmt::format("{} is no repository", relative_path)};
        }
        point_head_at(location->folder, branch);
    });
}

}  // namespace innergate::handlers::inspectors
