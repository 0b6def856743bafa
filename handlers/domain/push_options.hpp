// The options of `git push -o …` that GitLab knows.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/json/writer.hpp"

namespace innergate::handlers::domain {

/// Options by namespace and key, each in the order of first mention.
class PushOptions {
public:
    /// `namespace.key` or `namespace.key=value`; `mr` is `merge_request`. An empty value counts as
    /// no value. Where a key is given twice its last value counts; keys that take several values
    /// (labels, assignees, variables) keep all. Unknown options are dropped.
    [[nodiscard]] static PushOptions parse(std::span<const std::string> raw);

    [[nodiscard]] bool has_namespace(std::string_view name) const;

    /// `{"ci":{"skip":true,"variable":{"A=1":1}},"merge_request":{"target":"main"}}`
    friend void write_json(json::Writer& writer, const PushOptions& options);

private:
    struct Option {
        std::string key;
        bool takes_several = false;
        /// Each value with how often it was given. A single empty value stands for none.
        std::vector<std::pair<std::string, int>> values;
        /// The place of each value in `values`, for keys that take several.
        std::unordered_map<std::string, std::size_t> places;
    };
    struct Namespace {
        std::string name;
        std::vector<Option> options;
    };

    void add(
        std::string_view space, std::string_view key, std::string_view value, bool takes_several
    );

    std::vector<Namespace> namespaces_;
};

void write_json(json::Writer& writer, const PushOptions& options);

}  // namespace innergate::handlers::domain
