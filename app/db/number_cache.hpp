// Numbers that a session worked out and need not work out again.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>

namespace innergate::db {

/// Keeps what a statement counted, together with the version of the data that it counted. The
/// version is a number in the database, moved in the transaction of every change to the data. When
/// a session reads the same version again, the numbers are the same and need no counting.
///
/// Belongs to one session, like its statements; no other thread sees it.
class NumberCache {
public:
    using Numbers = std::array<long long, 3>;

    /// What the numbers are about.
    struct Subject {
        std::string_view query;  ///< the name of a Query, which lives as long as the program
        long long id = 0;
        long long variant = 0;

        friend auto operator<=>(const Subject&, const Subject&) = default;
    };

    /// When it has this many, it forgets all and begins anew.
    static constexpr std::size_t kMaxSubjects = 4096;

    /// Nothing: the numbers were never counted, or at another version.
    [[nodiscard]] std::optional<Numbers> find(const Subject& subject, long long version) const;
    void keep(const Subject& subject, long long version, const Numbers& numbers);
    void forget_all() { entries_.clear(); }

private:
    struct Entry {
        long long version = 0;
        Numbers numbers{};
    };
    std::map<Subject, Entry> entries_;
};

}  // namespace innergate::db
