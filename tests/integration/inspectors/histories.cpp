// Histories of any shape, against what their shape says.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

enum class Dates { in_order, equal, random };

std::ostream& operator<<(std::ostream& out, Dates dates) {
    return out
           << (dates == Dates::in_order ? "in order"
               : dates == Dates::equal  ? "equal"
                                        : "random");
}

/// A random history in which commit n has parents below n, and a file of n + 1 bytes of its own.
class RandomHistory : public test::GitSandbox {
public:
    static constexpr std::size_t kCommits = 120;

    void make(unsigned seed, Dates dates) {
        random_.seed(seed);
        create_repository();
        std::string input;
        for (std::size_t number = 0; number < kCommits; ++number) {
            parents_.push_back(choose_parents(number));
            input += fmt::format(
                "commit refs/made/{0}\nmark :{1}\ncommitter T <t@example.com> {2} +0000\ndata {3}\n"
                "{4}\n",
                number,
                number + 1,
                date(number, dates),
                std::to_string(number).size(),
                number
            );
            for (std::size_t index = 0; index < parents_.back().size(); ++index) {
                input += fmt::format(
                    "{} :{}\n", index == 0 ? "from" : "merge", parents_.back()[index] + 1
                );
            }
            input += fmt::format(
                "M 100644 inline {}/{}\ndata {}\n{}\n\n",
                number % 5,
                number,
                number + 1,
                std::string(number + 1, 'x')
            );
        }
        const std::string marks = (folder() / "marks").native();
        git(repository(), {"fast-import", "--quiet", "--export-marks=" + marks}, input);
        ids.resize(kCommits);
        std::ifstream file{marks};
        for (std::string line; std::getline(file, line);) {
            const std::size_t space = line.find(' ');
            ids[std::stoul(line.substr(1, space - 1)) - 1] = line.substr(space + 1);
        }
        for (std::size_t number = 0; number < kCommits; ++number) {
            git_refs_ += fmt::format("delete refs/made/{}\n", number);
        }
        git(repository(), {"update-ref", "--stdin"}, git_refs_);
        fill_reachable();
    }

    [[nodiscard]] bool is_reachable(std::size_t ancestor, std::size_t from) const {
        return reachable_[from].contains(ancestor);
    }

    [[nodiscard]] std::size_t any() { return random_() % kCommits; }

    std::vector<std::string> ids;

private:
    std::vector<std::size_t> choose_parents(std::size_t number) {
        std::set<std::size_t> parents;
        const std::size_t wanted = number == 0 || random_() % 20 == 0 ? 0 : 1 + random_() % 3 / 2;
        for (std::size_t count = 0; count < wanted; ++count) {
            const std::size_t back = 1 + random_() % std::min<std::size_t>(number, 12);
            parents.insert(number - back);
        }
        return {parents.begin(), parents.end()};
    }

    unsigned long date(std::size_t number, Dates dates) {
        constexpr unsigned long kStart = 1'700'000'000;
        switch (dates) {
            case Dates::in_order:
                return kStart + number;
            case Dates::equal:
                return kStart;
            case Dates::random:
                break;
        }
        return kStart + random_() % 1000;
    }

    void fill_reachable() {
        reachable_.resize(kCommits);
        for (std::size_t number = 0; number < kCommits; ++number) {
            reachable_[number].insert(number);
            for (const std::size_t parent : parents_[number]) {
                reachable_[number].insert(reachable_[parent].begin(), reachable_[parent].end());
            }
        }
    }

    std::mt19937 random_;
    std::vector<std::vector<std::size_t>> parents_;
    std::vector<std::set<std::size_t>> reachable_;
    std::string git_refs_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(histories)

BOOST_DATA_TEST_CASE_F(
    RandomHistory,
    ancestors_are_right_whatever_the_dates,
    boost::unit_test::data::make({Dates::in_order, Dates::equal, Dates::random}) ^
        boost::unit_test::data::make({1U, 2U, 3U}),
    dates,
    seed
) {
    make(seed, dates);
    const auto inspection = inspect();
    std::size_t ancestors = 0;
    for (std::size_t from = 0; from < kCommits; ++from) {
        for (std::size_t ancestor = 0; ancestor < kCommits; ++ancestor) {
            const bool is_one = is_reachable(ancestor, from);
            ancestors += is_one ? 1 : 0;
            if (inspection->is_ancestor(ids[ancestor], ids[from]).value() != is_one) {
                BOOST_ERROR("wrong for " << ancestor << " from " << from);
            }
        }
    }
    BOOST_TEST(ancestors > 2 * kCommits);
    BOOST_TEST(ancestors < kCommits * kCommits / 2);
}

BOOST_DATA_TEST_CASE_F(
    RandomHistory,
    new_files_are_those_of_new_commits,
    boost::unit_test::data::make({Dates::in_order, Dates::equal}) ^
        boost::unit_test::data::make({4U, 5U}),
    dates,
    seed
) {
    make(seed, dates);
    for (int round = 0; round < 30; ++round) {
        const std::vector<std::size_t> old{any(), any()};
        const std::vector<std::size_t> tips{any(), any()};
        git(repository(), {"update-ref", "refs/heads/one", ids[old[0]]});
        git(repository(), {"update-ref", "refs/tags/two", ids[old[1]]});
        std::vector<std::uint64_t> expected;
        for (std::size_t number = 0; number < kCommits; ++number) {
            const auto reaches = [&](std::size_t from) { return is_reachable(number, from); };
            if (std::ranges::any_of(tips, reaches) && std::ranges::none_of(old, reaches)) {
                expected.push_back(number + 1);
            }
        }
        std::vector<std::uint64_t> found;
        const std::vector<std::string> tip_ids{ids[tips[0]], ids[tips[1]]};
        const auto answer = inspect()->new_blobs_over(tip_ids, 0);
        for (const auto& blob : answer.value()) {
            found.push_back(blob.bytes);
        }
        std::ranges::sort(found);
        BOOST_TEST(found == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
