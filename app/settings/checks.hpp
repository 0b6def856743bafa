// What makes a setting's value wrong although it has the right type.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace innergate::settings {

/// Each answers why the value is refused, or nothing.
[[nodiscard]] std::optional<std::string> not_empty(const std::string& value);
/// `https://gitlab.example.com`: answers put a path right behind it.
[[nodiscard]] std::optional<std::string> web_url(const std::string& value);
/// Empty or `/gitlab`.
[[nodiscard]] std::optional<std::string> relative_root(const std::string& value);
/// Checks only the kind of database; its own library knows what the rest means.
[[nodiscard]] std::optional<std::string> database_url(const std::string& value);
/// Empty, `unix:PATH`, `HOST:PORT` or `[IPV6]:PORT`. A host is a name or an address.
[[nodiscard]] std::optional<std::string> listen_address(const std::string& value);
/// `unix:/PATH`, `tcp://HOST:PORT` or `tls://HOST:PORT`: what gitlab-shell and Workhorse dial.
[[nodiscard]] std::optional<std::string> gitaly_address(const std::string& value);
/// Empty or absolute.
[[nodiscard]] std::optional<std::string> absolute_path(const std::string& value);
/// Absolute.
[[nodiscard]] std::optional<std::string> absolute_folder(const std::string& value);
/// Each an IP address, a network, or `unix:`.
[[nodiscard]] std::optional<std::string> address_ranges(const std::vector<std::string>& value);
/// `17.11.0`, with words behind it as GitLab has them: `-ee`, `-pre`, `-rc42.ee`.
[[nodiscard]] std::optional<std::string> version(const std::string& value);
/// Not empty, and without blanks.
[[nodiscard]] std::optional<std::string> word(const std::string& value);
/// Empty, or something to put a path behind: `git@host:`, `ssh://git@host:2222/`.
[[nodiscard]] std::optional<std::string> clone_prefix(const std::string& value);
/// What GitLab takes for its own setting.
[[nodiscard]] std::optional<std::string> token_prefix(const std::string& value);
[[nodiscard]] std::optional<std::string> token_lifetime_days(const unsigned& value);
/// At least one, and each a scope that GitLab knows.
[[nodiscard]] std::optional<std::string> scope_names(const std::vector<std::string>& value);
[[nodiscard]] std::optional<std::string> thread_count(const unsigned& value);
[[nodiscard]] std::optional<std::string> queue_length(const unsigned& value);
[[nodiscard]] std::optional<std::string> json_depth(const std::size_t& value);
/// In lower case, with its hyphens.
[[nodiscard]] std::optional<std::string> uuid(const std::string& value);
[[nodiscard]] std::optional<std::string> attempt_count(const unsigned& value);

template <class Duration>
[[nodiscard]] std::optional<std::string> positive_time(const Duration& value) {
    return value > Duration::zero() ? std::nullopt
                                    : std::optional<std::string>{"must be at least 1"};
}

}  // namespace innergate::settings
