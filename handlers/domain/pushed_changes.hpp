// What a push changed, read from the lines in which the hook told it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::domain {

struct PushedChange {
    std::string old_rev;  ///< all zeros: the ref was created
    std::string new_rev;  ///< all zeros: it was deleted
    std::string ref;      ///< `refs/heads/main`
};

/// One per line `OLD NEW REF` (ended by LF or CRLF), in their order; lines of another form are left
/// out, as Gitaly sends none.
[[nodiscard]] std::vector<PushedChange> parse_changes(std::string_view lines);

}  // namespace innergate::handlers::domain
