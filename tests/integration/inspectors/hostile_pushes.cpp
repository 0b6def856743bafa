// Pushes that are small on the wire and huge once unpacked. Looked at is the memory that a question
// takes, in a process of its own.
#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

using handlers::domain::git_access::Inspection;
using test::outcome;

constexpr std::size_t kMebibyte = std::size_t{1024} * 1024;
constexpr std::size_t kBomb = 128 * kMebibyte;
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kAllowed =
    112 * kMebibyte;  // with its notes, and what it keeps that was freed
#else
constexpr std::size_t kAllowed = 64 * kMebibyte;
#endif

/// In bytes, of this process.
std::size_t memory(const std::string& name) {
    constexpr std::size_t kKibibyte = 1024;
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;) {
        if (word == name) {
            std::size_t amount = 0;
            status >> amount;
            return amount * kKibibyte;
        }
    }
    return 0;
}

struct Cost {
    std::size_t bytes = 0;
    std::string outcome;
};

/// What `ask` answers, and how much more memory there was at a time than before it.
Cost cost_of(const std::function<std::string()>& ask) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        const std::size_t before = memory("VmRSS:");
        const std::string answer = ask();
        const std::size_t most = std::max(memory("VmHWM:"), before);
        const std::string text = fmt::format("{} {}", most - before, answer);
        const ssize_t written = ::write(ends[1], text.data(), text.size());
        ::_exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::array<char, 200> text{};
    const ssize_t bytes = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(status == 0);
    BOOST_REQUIRE(bytes > 0);
    const std::string answer{text.data(), static_cast<std::size_t>(bytes)};
    const std::size_t space = answer.find(' ');
    return {.bytes = std::stoull(answer), .outcome = answer.substr(space + 1)};
}

std::string bytes_of(const std::string& id) {
    std::string bytes;
    for (std::size_t index = 0; index < id.size(); index += 2) {
        bytes += static_cast<char>(std::stoi(id.substr(index, 2), nullptr, 16));
    }
    return bytes;
}

std::string header_of_commit(const std::string& tree) {
    return fmt::format(
        "tree {}\nauthor T <t@example.com> 1700000000 +0000\n"
        "committer T <t@example.com> 1700000000 +0000\n\n",
        tree
    );
}

struct Hostile : test::GitSandbox {
    Hostile() {
        create_repository();
        base = commit({{"a", "1"}});
        blob = git(work(), {"rev-parse", "HEAD:a"});
        bytes_of_blob = bytes_of(blob);
        push({"main"});
    }

    /// Of whatever bytes, as a pusher may send them.
    std::string object(const std::string& type, const std::string& content) {
        return git(
            repository(), {"hash-object", "--literally", "-w", "-t", type, "--stdin"}, content
        );
    }

    std::string commit_of(const std::string& tree) {
        return object("commit", header_of_commit(tree));
    }

    void check(
        const std::string& name,
        const std::string& expected,
        const std::function<std::string(Inspection&)>& ask
    ) {
        const Cost cost = cost_of([&] { return ask(*inspect()); });
        BOOST_TEST(cost.outcome == expected, name);
        BOOST_TEST_MESSAGE(name << " takes " << cost.bytes / 1024 << " KiB, " << cost.outcome);
        BOOST_TEST(cost.bytes < kAllowed, name << " takes " << cost.bytes);
    }

    /// All questions whose answer needs what the commit holds.
    void check_trees(const std::string& id, const std::string& expected) {
        const std::vector<std::string> tips{id};
        const std::vector<std::string> paths{"x.psd", "a/b/c.psd"};
        check("first_changed_path", expected, [&](Inspection& inspection) {
            return outcome(inspection.first_changed_path(base, id, paths));
        });
        check("first_changed_path of a new ref", expected, [&](Inspection& inspection) {
            return outcome(inspection.first_changed_path("", id, paths));
        });
        check("new_blobs_over", expected, [&](Inspection& inspection) {
            return outcome(inspection.new_blobs_over(tips, 1000));
        });
        check("new_lfs_pointers", expected, [&](Inspection& inspection) {
            return outcome(inspection.new_lfs_pointers(tips));
        });
        check("file_count", expected, [&](Inspection& inspection) {
            return outcome(inspection.file_count(id));
        });
    }

    /// Nearly sixteen mebibytes of as many entries as there can be.
    std::string tree_of_files(char first) {
        std::string entries;
        for (int file = 1'000'000; file < 1'466'000; ++file) {
            entries += fmt::format("100644 {}{}", first, file) + '\0' + bytes_of_blob;
        }
        return object("tree", entries);
    }

    std::string base;
    std::string blob;
    std::string bytes_of_blob;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hostile_pushes, Hostile)

// Their paths are two gigabytes of text.
BOOST_AUTO_TEST_CASE(many_files_deep_below_long_names) {
    std::string entries;
    for (int file = 0; file < 100'000; ++file) {
        entries += fmt::format("100644 blob {}\t{}\n", blob, file);
    }
    std::string tree = git(repository(), {"mktree"}, entries);
    for (int level = 0; level < 100; ++level) {
        tree =
            git(repository(),
                {"mktree"},
                fmt::format("040000 tree {}\t{}\n", tree, std::string(200, 'n')));
    }
    check_trees(commit_of(tree), "answered");
}

BOOST_AUTO_TEST_CASE(tree_that_is_a_bomb) {
    const std::string bomb = object("tree", std::string(kBomb, '\0'));
    check_trees(commit_of(bomb), "failed");
    const std::string below = std::string{"40000 a"} + '\0' + bytes_of(bomb);
    const std::string id = commit_of(object("tree", below));
    check("folder on the way", "failed", [&](Inspection& inspection) {
        return outcome(inspection.first_changed_path(base, id, std::vector<std::string>{"x", "a/b"})
        );
    });
    check("folder beside the way", "answered", [&](Inspection& inspection) {
        return outcome(inspection.first_changed_path(base, id, std::vector<std::string>{"x"}));
    });
}

BOOST_AUTO_TEST_CASE(commits_and_tags_that_are_bombs) {
    const std::string tree = git(work(), {"rev-parse", "HEAD^{tree}"});
    const std::string long_commit =
        object("commit", header_of_commit(tree) + std::string(kBomb, 'm'));
    const std::string tag = object(
        "tag",
        "object " + base + "\ntype commit\ntag v\ntagger T <t@example.com> 1700000000 +0000\n\n" +
            std::string(kBomb, 'm')
    );
    for (const std::string& id : {long_commit, tag}) {
        check_trees(id, "failed");
        check("is_ancestor", "failed", [&](Inspection& inspection) {
            return outcome(inspection.is_ancestor(base, id));
        });
        check("branches_containing", "failed", [&](Inspection& inspection) {
            return outcome(inspection.branches_containing(id));
        });
    }
}

BOOST_AUTO_TEST_CASE(large_files_are_weighed_and_not_read) {
    const std::string large = object("blob", std::string(kBomb, 'l'));
    const std::string id =
        commit_of(object("tree", std::string{"100644 l"} + '\0' + bytes_of(large)));
    check_trees(id, "answered");
    check("a tag that names a file", "answered", [&](Inspection& inspection) {
        return outcome(inspection.new_blobs_over(std::vector{large}, 1000));
    });
    const auto found = inspect()->new_blobs_over(std::vector{id}, kBomb - 1).value();
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found.front().bytes == kBomb);
}

// What a difference says about its size is true, but to apply it the whole base has to be there.
BOOST_AUTO_TEST_CASE(small_tree_kept_as_a_difference_from_a_bomb) {
    std::string entries;
    for (int file = 100'000; file < 300'000; ++file) {
        entries += fmt::format("100644 {}", file) + '\0' + bytes_of_blob;
    }
    const std::string tree = object("tree", entries);
    const std::string bomb = object("tree", entries + std::string(kBomb - entries.size(), '\0'));
    const std::string id = commit_of(tree);
    git(repository(),
        {"pack-objects", "--quiet", "--window=2", "--depth=2", "objects/pack/pack"},
        bomb + "\n" + tree + "\n");
    git(repository(), {"prune-packed"});
    const std::string packed =
        git(repository(), {"cat-file", "--batch-check=%(objectsize) %(deltabase)"}, tree + "\n");
    BOOST_REQUIRE(packed == fmt::format("{} {}", entries.size(), bomb));
    check_trees(id, "failed");
}

BOOST_AUTO_TEST_CASE(many_refs) {
    std::string refs;
    for (int ref = 0; ref < 300'000; ++ref) {
        refs += fmt::format("{} refs/merge-requests/{}/{}\n", base, std::string(100, 'm'), ref);
    }
    test::write_text(repository() / "packed-refs", refs + base + " refs/heads/main\n");
    const std::string id = commit_of(git(work(), {"rev-parse", "HEAD^{tree}"}));
    check("new_blobs_over", "answered", [&](Inspection& inspection) {
        return outcome(inspection.new_blobs_over(std::vector{id}, 1000));
    });
    check("is_empty", "answered", [](Inspection& inspection) {
        return outcome(inspection.is_empty());
    });
    check("branches_containing", "answered", [&](Inspection& inspection) {
        return outcome(inspection.branches_containing(base));
    });
}

// As large as they may be. Three of them are open at a time where a merge is compared.
BOOST_AUTO_TEST_CASE(largest_trees_that_are_read) {
    const std::vector<std::string> trees{
        tree_of_files('a'), tree_of_files('b'), tree_of_files('c')};
    const std::string one = commit_of(trees[0]);
    const std::string two = commit_of(trees[1]);
    git(repository(), {"update-ref", "refs/heads/one", one});
    git(repository(), {"update-ref", "refs/heads/two", two});
    const std::string merge = object(
        "commit",
        fmt::format(
            "tree {}\nparent {}\nparent {}{}",
            trees[2],
            one,
            two,
            header_of_commit("").substr(std::string{"tree "}.size())
        )
    );
    constexpr std::size_t kAllowedForThree = 4 * kAllowed;
    const Cost cost =
        cost_of([&] { return outcome(inspect()->new_blobs_over(std::vector{merge}, 1000)); });
    BOOST_TEST(cost.outcome == "answered");
    BOOST_TEST(cost.bytes < kAllowedForThree);
    BOOST_TEST_MESSAGE("takes " << cost.bytes);
}

// An entry is looked for as in a sorted tree, and could hide in this one.
BOOST_AUTO_TEST_CASE(tree_that_is_not_sorted) {
    const auto entry = [this](const std::string& name) {
        return "100644 " + name + '\0' + bytes_of_blob;
    };
    const std::string tree = object("tree", entry("c") + entry("b") + entry("a"));
    const std::string id = commit_of(tree);
    const std::vector<std::string> paths{"c"};
    BOOST_TEST(outcome(inspect()->first_changed_path(base, id, paths)) == "failed");
    BOOST_TEST(outcome(inspect()->first_changed_path("", id, paths)) == "failed");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
