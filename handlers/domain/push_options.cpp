#include "handlers/domain/push_options.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "app/blank.hpp"

namespace innergate::handlers::domain {
namespace {

struct KnownOption {
    std::string_view space;
    std::string_view key;
    bool takes_several = false;
};

constexpr std::array kKnownOptions{
    KnownOption{"merge_request", "create"},
    KnownOption{"merge_request", "target"},
    KnownOption{"merge_request", "target_project"},
    KnownOption{"merge_request", "title"},
    KnownOption{"merge_request", "description"},
    KnownOption{"merge_request", "draft"},
    KnownOption{"merge_request", "milestone"},
    KnownOption{"merge_request", "label", true},
    KnownOption{"merge_request", "unlabel", true},
    KnownOption{"merge_request", "assign", true},
    KnownOption{"merge_request", "unassign", true},
    KnownOption{"merge_request", "merge_when_pipeline_succeeds"},
    KnownOption{"merge_request", "auto_merge"},
    KnownOption{"merge_request", "remove_source_branch"},
    KnownOption{"merge_request", "squash"},
    KnownOption{"ci", "skip"},
    KnownOption{"ci", "variable", true},
    KnownOption{"ci", "input", true},
    KnownOption{"integrations", "skip_ci"},
    KnownOption{"secret_detection", "skip_all"},
    KnownOption{"secret_push_protection", "skip_all"},
};

const KnownOption* find_known(std::string_view space, std::string_view key) {
    const auto* const found = std::ranges::find_if(kKnownOptions, [&](const KnownOption& known) {
        return known.space == space && known.key == key;
    });
    return found == kKnownOptions.end() ? nullptr : found;
}

}  // namespace

PushOptions PushOptions::parse(std::span<const std::string> raw) {
    PushOptions options;
    for (const std::string_view text : raw) {
        const std::size_t dot = text.find('.');
        if (dot == std::string_view::npos) {
            continue;
        }
        const std::size_t equals = std::min(text.find('=', dot), text.size());
        std::string_view space = stripped(text.substr(0, dot));
        if (space == "mr") {
            space = "merge_request";
        }
        const std::string_view key = stripped(text.substr(dot + 1, equals - dot - 1));
        const std::string_view value =
            equals == text.size() ? std::string_view{} : stripped(text.substr(equals + 1));
        if (const KnownOption* const known = find_known(space, key)) {
            options.add(space, key, value, known->takes_several);
        }
    }
    return options;
}

bool PushOptions::has_namespace(std::string_view name) const {
    return std::ranges::find(namespaces_, name, &Namespace::name) != namespaces_.end();
}

void PushOptions::add(
    std::string_view space, std::string_view key, std::string_view value, bool takes_several
) {
    auto group = std::ranges::find(namespaces_, space, &Namespace::name);
    if (group == namespaces_.end()) {
        group = namespaces_.insert(namespaces_.end(), Namespace{std::string{space}, {}});
    }
    auto option = std::ranges::find(group->options, key, &Option::key);
    if (option == group->options.end()) {
        option = group->options.insert(
            group->options.end(), Option{std::string{key}, takes_several, {}, {}}
        );
    }
    if (!takes_several) {
        option->values.assign(1, {std::string{value}, 1});
        return;
    }
    const std::string counted{value.empty() ? "true" : value};
    const auto [place, is_new] = option->places.try_emplace(counted, option->values.size());
    if (is_new) {
        option->values.emplace_back(counted, 1);
    } else {
        ++option->values[place->second].second;
    }
}

void write_json(json::Writer& writer, const PushOptions& options) {
    writer.begin_object();
    for (const auto& group : options.namespaces_) {
        writer.key(group.name);
        writer.begin_object();
        for (const auto& option : group.options) {
            writer.key(option.key);
            if (option.takes_several) {
                writer.begin_object();
                for (const auto& [value, count] : option.values) {
                    writer.member(value, count);
                }
                writer.end_object();
            } else if (option.values.front().first.empty()) {
                writer.value(true);
            } else {
                writer.value(option.values.front().first);
            }
        }
        writer.end_object();
    }
    writer.end_object();
}

}  // namespace innergate::handlers::domain
