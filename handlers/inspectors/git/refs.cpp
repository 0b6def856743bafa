#include "handlers/inspectors/git/refs.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/blank.hpp"
#include "handlers/domain/object_id.hpp"
#include "handlers/inspectors/git/limits.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBlanks = " \t\r\n";
/// A line has a name, and before it an id or the word that makes the name a ref's target.
constexpr std::size_t kMaxLine = kMaxRefName + 128;

Failure failure(const fs::path& path, std::string_view reason) {
    return {Failure::Kind::failed, fmt::format("{}: {}", path.native(), reason)};
}

/// Reads the first `kMaxLine` bytes. Answers nothing if there is no file, or a symbolic link.
std::optional<std::string> read_start(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ELOOP) {
            return std::nullopt;
        }
        throw failure(path, std::generic_category().message(errno));
    }
    std::string text(kMaxLine, '\0');
    const ssize_t bytes = ::read(descriptor, text.data(), text.size());
    const int error = errno;
    ::close(descriptor);
    if (bytes < 0) {
        throw failure(path, std::generic_category().message(error));
    }
    text.resize(static_cast<std::size_t>(bytes));
    return text;
}

std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find_first_of(kBlanks));
}

std::string_view after_first_word(std::string_view text) {
    return stripped(text.substr(first_word(text).size()), kBlanks);
}

bool is_id(std::string_view text, std::size_t digits) {
    return text.size() == digits && domain::is_object_id(text);
}

/// What a symbolic ref names. Answers nothing if the text is no such ref.
std::optional<std::string_view> target_of(std::string_view text) {
    constexpr std::string_view kSymbolic = "ref:";
    if (!text.starts_with(kSymbolic)) {
        return std::nullopt;
    }
    return stripped(text.substr(kSymbolic.size()), kBlanks);
}

/// False for a symbolic link, and for a folder that has gone meanwhile.
bool is_folder(const fs::directory_entry& entry) {
    std::error_code gone;
    return entry.is_directory(gone) && !entry.is_symlink(gone);
}

/// The files below a folder, by their path within the repository. One folder is read at a time, so
/// that none stays open while another is read.
class Files {
public:
    Files(const fs::path& repository, std::string_view folder) : repository_(repository) {
        add(std::string{folder.substr(0, folder.find_last_not_of('/') + 1)}, true);
    }

    /// Answers an empty text if there is none left.
    std::string next() {
        while (files_.empty() && !folders_.empty()) {
            const std::string folder = std::move(folders_.back());
            folders_.pop_back();
            list(folder);
        }
        if (files_.empty()) {
            return {};
        }
        std::string file = std::move(files_.back());
        files_.pop_back();
        return file;
    }

private:
    void list(const std::string& folder) {
        std::error_code error;
        fs::directory_iterator entries{repository_ / folder, error};
        for (; !error && entries != fs::directory_iterator{}; entries.increment(error)) {
            const std::string name = entries->path().filename();
            if (!name.starts_with('.') && !name.ends_with(".lock")) {
                add(fmt::format("{}/{}", folder, name), is_folder(*entries));
            }
        }
        // Git may remove an empty folder at any time.
        if (error && error != std::errc::no_such_file_or_directory) {
            throw failure(repository_ / folder, error.message());
        }
    }

    void add(std::string path, bool is_folder) {
        constexpr std::size_t kMemoryBesides = 128;
        bytes_ += path.size() + kMemoryBesides;
        if (bytes_ > kMaxNameBytes) {
            throw failure(repository_ / "refs", "more refs are files than can be looked at");
        }
        (is_folder ? folders_ : files_).push_back(std::move(path));
    }

    const fs::path& repository_;
    std::vector<std::string> folders_;
    std::vector<std::string> files_;
    std::size_t bytes_ = 0;
};

/// One line of packed-refs after another.
class PackedRefs {
public:
    explicit PackedRefs(const fs::path& repository)
        : path_(repository / "packed-refs"), file_(path_, std::ios::binary) {
        if (!file_.is_open() && errno != ENOENT) {
            throw failure(path_, std::generic_category().message(errno));
        }
    }

    struct Line {
        std::string_view id;
        std::string_view name;
    };

    /// Answers the next ref, or nothing if there is none left. It is valid until the next call.
    std::optional<Line> next(std::size_t id_digits) {
        while (file_.getline(line_.data(), static_cast<std::streamsize>(line_.size()))) {
            const std::string_view line{line_.data()};
            if (line.starts_with('#') || line.starts_with('^')) {
                continue;  // about the file, or what a tag stands for
            }
            const Line ref{.id = first_word(line), .name = after_first_word(line)};
            if (!is_id(ref.id, id_digits) || ref.name.empty()) {
                throw failure(path_, "holds a line that is no ref");
            }
            return ref;
        }
        if (file_.is_open() && !file_.eof()) {
            throw failure(path_, "cannot be read");
        }
        return std::nullopt;
    }

private:
    fs::path path_;
    std::ifstream file_;
    std::array<char, kMaxLine> line_{};
};

}  // namespace

Refs::Refs(fs::path repository, std::size_t id_digits, Deadline deadline)
    : repository_(std::move(repository)), id_digits_(id_digits), deadline_(deadline) {}

// Files are read first: git packs a ref before it removes its file, so none is missed.
void Refs::visit(std::string_view folder, const Visit& visit) const {
    std::unordered_set<std::string> unpacked;
    Files files{repository_, folder};
    for (std::string name = files.next(); !name.empty(); name = files.next()) {
        deadline_.check();
        const auto text = read_start(repository_ / name);
        if (!text) {
            continue;
        }
        const std::string_view id = first_word(*text);
        if (is_id(id, id_digits_) && !visit(name, id)) {
            return;
        }
        unpacked.insert(std::move(name));
    }
    PackedRefs packed{repository_};
    for (auto ref = packed.next(id_digits_); ref; ref = packed.next(id_digits_)) {
        deadline_.check();
        const bool is_asked_for =
            ref->name.starts_with(folder) && !unpacked.contains(std::string{ref->name});
        if (is_asked_for && !visit(ref->name, ref->id)) {
            return;
        }
    }
}

bool Refs::has_branch() const {
    bool has_one = false;
    visit(kBranches, [&has_one](std::string_view /*name*/, std::string_view /*id*/) {
        has_one = true;
        return false;
    });
    return has_one;
}

std::optional<std::string> Refs::head_branch() const {
    deadline_.check();
    const fs::path head = repository_ / "HEAD";
    const auto text = read_start(head);
    if (!text) {
        throw failure(head, "is no file");
    }
    if (const auto target = target_of(*text)) {
        return target->starts_with(kBranches)
                   ? std::optional{std::string{target->substr(kBranches.size())}}
                   : std::nullopt;
    }
    if (!is_id(first_word(*text), id_digits_)) {
        throw failure(head, "names nothing");
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::inspectors::git
