#include "app/settings/checks.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <sys/un.h>

#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>

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

bool is_port(std::string_view text) {
    constexpr unsigned kHighest = 65'535;
    unsigned port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    return fault == std::errc{} && end == text.data() + text.size() && port >= 1 &&
           port <= kHighest;
}

/// A colon within the host would leave open where the port begins, unless brackets say it.
bool is_host(std::string_view text) {
    const bool is_bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
    return !text.empty() && (is_bracketed || text.find_first_of("[]:") == std::string_view::npos);
}

bool is_host_and_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    return colon != std::string_view::npos && is_host(text.substr(0, colon)) &&
           is_port(text.substr(colon + 1));
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
        const std::size_t slash = address.find('/', 2);
        address = slash == std::string_view::npos ? "" : address.substr(slash + 1);
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
        value.find("//") != std::string::npos) {
        return "must be a path without blanks, query, fragment and doubled slashes";
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
        const std::size_t length = value.size() - kUnix.size();
        if (length >= 1 && length <= kLongestPath) {
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

std::optional<std::string> token_lifetime_days(const unsigned& value) {
    constexpr unsigned kMost = 3650;
    if (value == 0 || value > kMost) {
        return fmt::format("must be a whole number of days from 1 to {}", kMost);
    }
    return std::nullopt;
}

std::optional<std::string> scope_names(const std::vector<std::string>& value) {
    const auto is_name = [](const std::string& word) {
        return std::ranges::all_of(word, [](char character) {
            return (character >= 'a' && character <= 'z') ||
                   (character >= '0' && character <= '9') || character == '_';
        });
    };
    if (value.empty() || !std::ranges::all_of(value, is_name)) {
        return "must be names of scopes, such as api, read_user";
    }
    return std::nullopt;
}

std::optional<std::string> thread_count(const unsigned& value) {
    constexpr unsigned kMost = 256;
    return value >= 1 && value <= kMost ? std::nullopt
                                        : std::optional<std::string>{"must be from 1 to 256"};
}

std::optional<std::string> uuid(const std::string& value) {
    constexpr std::size_t kLength = 36;
    try {
        // The generator reads braces, and takes hyphens anywhere or nowhere.
        if (value.size() == kLength &&
            to_string(boost::uuids::string_generator{}(value)) == value) {
            return std::nullopt;
        }
    } catch (const std::runtime_error&) {
        return "must be a UUID in lower case";
    }
    return "must be a UUID in lower case";
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
