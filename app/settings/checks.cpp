#include "app/settings/checks.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>
#include <sys/un.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/ascii.hpp"
#include "app/decimal.hpp"
#include "app/ip_range.hpp"

namespace innergate::settings {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::size_t kLongestPath = sizeof(sockaddr_un::sun_path) - 1;

bool has_blank_or_control(std::string_view text) {
    return std::ranges::any_of(text, [](char character) {
        constexpr char kDelete = 0x7f;
        return (character >= 0 && character <= ' ') || character == kDelete;
    });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char character) {
        constexpr char kDelete = 0x7f;
        return (character >= 0 && character < ' ') || character == kDelete;
    });
}

bool is_port(std::string_view text) {
    constexpr unsigned kHighest = 65'535;
    const auto port = parse_decimal<unsigned>(text);
    return port && *port >= 1 && *port <= kHighest;
}

/// A name, an IPv4 address, or an IPv6 address in brackets: without those a colon within it would
/// leave open where the port begins.
bool is_host(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        const std::string_view address = text.substr(1, text.size() - 2);
        return address.find(':') != std::string_view::npos && is_ip_address(address);
    }
    constexpr std::string_view kOfNames = "._-";
    if (text.empty() || !ascii::has_only_letters_digits_and(kOfNames, text) ||
        text.front() == '.' || text.front() == '-') {
        return false;
    }
    const bool is_numeric = text.find_first_not_of("0123456789.") == std::string_view::npos;
    return !is_numeric || is_ip_address(text);
}

bool is_host_and_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    return colon != std::string_view::npos && is_host(text.substr(0, colon)) &&
           is_port(text.substr(colon + 1));
}

/// Clients resolve `.` and `..` before they ask.
bool has_dot_segment(const std::string& path) {
    const std::string padded = path + '/';
    return padded.find("/./") != std::string::npos || padded.find("/../") != std::string::npos;
}

/// As gRPC has them: `dns:HOST:PORT`, or `dns://RESOLVER/HOST:PORT`, where the resolver may be left
/// out.
bool is_dns_address(std::string_view address) {
    constexpr std::string_view kDns = "dns:";
    if (!address.starts_with(kDns) || has_blank_or_control(address)) {
        return false;
    }
    address.remove_prefix(kDns.size());
    if (address.starts_with("//")) {
        address.remove_prefix(2);
        const std::size_t slash = address.find('/');
        const std::string_view resolver = address.substr(0, slash);
        if (slash == std::string_view::npos ||
            !(resolver.empty() || is_host(resolver) || is_host_and_port(resolver))) {
            return false;
        }
        address.remove_prefix(slash + 1);
    }
    return address.find('/') == std::string_view::npos && is_host_and_port(address);
}

}  // namespace

std::optional<std::string> not_empty(const std::string& value) {
    return value.empty() ? std::optional<std::string>{"must not be empty"} : std::nullopt;
}

std::optional<std::string> web_url(const std::string& value) {
    std::string_view rest{value};
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (rest.starts_with(scheme)) {
            rest.remove_prefix(scheme.size());
            break;
        }
    }
    const bool has_scheme = rest.size() < value.size();
    const bool has_host =
        !rest.empty() && std::string_view{"/:?#"}.find(rest.front()) == std::string_view::npos;
    if (!has_scheme || !has_host || rest.ends_with('/')) {
        return "must be an http:// or https:// URL without a slash at its end";
    }
    if (has_blank_or_control(rest) || rest.find_first_of("?#") != std::string_view::npos) {
        return "must be a URL without blanks, query and fragment";
    }
    const std::string_view authority = rest.substr(0, rest.find('/'));
    if (!is_host(authority) && !is_host_and_port(authority)) {
        return "must have a name or an address behind its scheme, with a port or without";
    }
    return std::nullopt;
}

std::optional<std::string> relative_root(const std::string& value) {
    if (value.empty()) {
        return std::nullopt;
    }
    if (!value.starts_with('/') || value.ends_with('/')) {
        return "must be empty, or begin with a slash and not end with one";
    }
    if (has_blank_or_control(value) || value.find_first_of("?#") != std::string::npos ||
        value.find("//") != std::string::npos || has_dot_segment(value)) {
        return "must be a path without blanks, query, fragment, doubled slashes, . and ..";
    }
    return std::nullopt;
}

std::optional<std::string> database_url(const std::string& value) {
    const bool is_known = value.starts_with("sqlite:") || value.starts_with("postgresql://") ||
                          value.starts_with("postgres://");
    return is_known ? std::nullopt
                    : std::optional<std::string>{"must start with sqlite: or postgresql://"};
}

std::optional<std::string> listen_address(const std::string& value) {
    if (value.empty()) {
        return std::nullopt;
    }
    if (value.starts_with(kUnix)) {
        const std::string_view path = std::string_view{value}.substr(kUnix.size());
        if (!path.empty() && path.size() <= kLongestPath && !has_control(path)) {
            return std::nullopt;
        }
        return fmt::format("must have a path of 1 to {} bytes after unix:", kLongestPath);
    }
    if (!is_host_and_port(value)) {
        return "must be empty (descriptor 0), unix:PATH, HOST:PORT or [IPV6]:PORT";
    }
    return std::nullopt;
}

std::optional<std::string> gitaly_address(const std::string& value) {
    const std::string_view address{value};
    if (address.starts_with(kUnix)) {
        const std::string_view path = address.substr(kUnix.size());
        if (path.starts_with('/') && path.size() <= kLongestPath && !has_blank_or_control(path)) {
            return std::nullopt;
        }
        return fmt::format(
            "must have an absolute path of at most {} bytes after unix:", kLongestPath
        );
    }
    for (const std::string_view scheme : {"tcp://", "tls://"}) {
        if (address.starts_with(scheme) && !has_blank_or_control(address) &&
            is_host_and_port(address.substr(scheme.size()))) {
            return std::nullopt;
        }
    }
    if (is_dns_address(address)) {
        return std::nullopt;
    }
    return "must be unix:/PATH, tcp://HOST:PORT, tls://HOST:PORT or dns:HOST:PORT";
}

std::optional<std::string> absolute_path(const std::string& value) {
    return value.empty() || value.starts_with('/')
               ? std::nullopt
               : std::optional<std::string>{"must be empty or begin with a slash"};
}

std::optional<std::string> absolute_folder(const std::string& value) {
    return value.starts_with('/') ? std::nullopt
                                  : std::optional<std::string>{"must begin with a slash"};
}

std::optional<std::string> token_lifetime_days(const unsigned& value) {
    constexpr unsigned kMost = 3650;
    if (value == 0 || value > kMost) {
        return fmt::format("must be a whole number of days from 1 to {}", kMost);
    }
    return std::nullopt;
}

std::optional<std::string> scope_names(const std::vector<std::string>& value) {
    // Those of GitLab (lib/gitlab/auth.rb): nobody knows what another one opens.
    constexpr std::array<std::string_view, 19> kScopes{
        "admin_mode",
        "ai_features",
        "api",
        "create_runner",
        "k8s_proxy",
        "manage_runner",
        "read_api",
        "read_observability",
        "read_registry",
        "read_repository",
        "read_service_ping",
        "read_user",
        "read_virtual_registry",
        "self_rotate",
        "sudo",
        "write_observability",
        "write_registry",
        "write_repository",
        "write_virtual_registry",
    };
    const auto is_unknown = [&kScopes](const std::string& word) {
        return std::ranges::find(kScopes, word) == kScopes.end();
    };
    if (value.empty() || std::ranges::any_of(value, is_unknown)) {
        return fmt::format("must be names of scopes, of {}", fmt::join(kScopes, ", "));
    }
    return std::nullopt;
}

std::optional<std::string> address_ranges(const std::vector<std::string>& value) {
    for (const std::string& range : value) {
        if (range != kUnix && !is_ip_range(range)) {
            return fmt::format(
                "must be IP addresses, networks such as 10.0.0.0/8, or unix:; '{}' is none", range
            );
        }
    }
    return std::nullopt;
}

std::optional<std::string> version(const std::string& value) {
    static const std::regex form{R"(\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?)"};
    return std::regex_match(value, form)
               ? std::nullopt
               : std::optional<std::string>{"must be a version, such as 17.11.0 or 17.11.0-ee"};
}

std::optional<std::string> word(const std::string& value) {
    return !value.empty() && !has_blank_or_control(value)
               ? std::nullopt
               : std::optional<std::string>{"must be one word"};
}

std::optional<std::string> clone_prefix(const std::string& value) {
    const bool takes_path = value.empty() || value.ends_with('/') || value.ends_with(':');
    return takes_path && !has_blank_or_control(value)
               ? std::nullopt
               : std::optional<std::string>{
                     "must be empty, or end with a slash or a colon and have no blanks"};
}

std::optional<std::string> token_prefix(const std::string& value) {
    constexpr std::size_t kLongest = 20;
    return value.size() <= kLongest && ascii::has_only_letters_digits_and("_+=/@:.-", value)
               ? std::nullopt
               : std::optional<std::string>{
                     "must be at most 20 letters, digits and characters of _+=/@:.-"};
}

std::optional<std::string> thread_count(const unsigned& value) {
    constexpr unsigned kMost = 256;
    return value >= 1 && value <= kMost ? std::nullopt
                                        : std::optional<std::string>{"must be from 1 to 256"};
}

std::optional<std::string> uuid(const std::string& value) {
    constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const bool is_uuid = std::ranges::equal(value, kForm, [](char character, char place) {
        constexpr std::string_view kHexDigits = "0123456789abcdef";
        return place == '-' ? character == '-'
                            : kHexDigits.find(character) != std::string_view::npos;
    });
    return is_uuid ? std::nullopt : std::optional<std::string>{"must be a UUID in lower case"};
}

std::optional<std::string> attempt_count(const unsigned& value) {
    constexpr unsigned kMost = 1000;
    return value >= 1 && value <= kMost ? std::nullopt
                                        : std::optional<std::string>{"must be from 1 to 1000"};
}

std::optional<std::string> queue_length(const unsigned& value) {
    // Each waiting request holds a descriptor, of which a process has few thousands.
    constexpr unsigned kMost = 1024;
    return value <= kMost ? std::nullopt : std::optional<std::string>{"must be at most 1024"};
}

std::optional<std::string> json_depth(const std::size_t& value) {
    // A document is torn down level by level on the stack.
    constexpr std::size_t kMost = 1000;
    return value <= kMost ? std::nullopt : std::optional<std::string>{"must be at most 1000"};
}

}  // namespace innergate::settings
