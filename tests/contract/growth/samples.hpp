// Requests for any row of a path table, made from what the row declares.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/params/description.hpp"
#include "app/routing/route.hpp"
#include "tests/support/in_process_server.hpp"

namespace innergate::test {

/// `grown` names the parameter that has `elements` elements or bytes; a nested one is
/// `outer[inner]`. `salt` makes texts differ from request to request. They also differ from element
/// to element.
struct SampleOptions {
    std::string grown = {};
    std::size_t elements = 1;
    std::size_t salt = 0;
};

/// The row's path with values for its parameters.
[[nodiscard]] std::string target_of(const routing::Route& route);

/// The header fields with which the row's policy admits a request.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> credentials_of(
    const routing::Route& route, const InProcessServer& server
);

/// Required parameters as JSON, and the list or text that grows.
[[nodiscard]] std::string sample_of(const routing::Route& route, const SampleOptions& options);

/// A parameter that can grow.
struct GrowingParameter {
    std::string path;  ///< `outer[inner]`
    params::Type type = params::Type::string;
    std::size_t most = 0;  ///< elements or bytes; 0: what the body may have
};

/// Lists and texts of the row, including those within objects.
[[nodiscard]] std::vector<GrowingParameter> growing_parameters(const routing::Route& route);

/// List elements name namespaces, users and projects by the ids of these rows.
inline constexpr int kFirstRow = 100'001;
inline constexpr int kRows = 5'000;

/// Makes that many of these rows.
void add_rows(TestDatabase& database, int count = kRows);

/// SQLite then plans as it does for operators, who never let it look at what the tables hold.
void forget_statistics(TestDatabase& database);

}  // namespace innergate::test
