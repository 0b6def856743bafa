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

/// Numbers of `grown` lists, of nested ones `outer[inner]`. Texts that differ from request to
/// request and from element to element are told apart by `salt`.
struct SampleOptions {
    std::string grown = {};
    std::size_t elements = 1;
    std::size_t salt = 0;
};

/// The row's path with values for its parameters.
[[nodiscard]] std::string target_of(const routing::Route& route);

/// The header fields with which the row's policy admits.
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

/// Lists and texts of the row, those of objects too.
[[nodiscard]] std::vector<GrowingParameter> growing_parameters(const routing::Route& route);

/// Ids of namespaces, users and projects that list elements name are of these rows.
inline constexpr int kFirstRow = 100'001;
inline constexpr int kRows = 5'000;

/// Makes so many of them.
void add_rows(TestDatabase& database, int count = kRows);

/// SQLite then plans as it does for operators, who never have it look at what tables hold.
void forget_statistics(TestDatabase& database);

}  // namespace innergate::test
