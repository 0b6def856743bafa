#include "app/settings/access_keys.hpp"

#include <string>

#include "app/settings/checks.hpp"
#include "app/settings/key_row.hpp"

namespace innergate::settings {
namespace {

constexpr const char* kSection = "access";

template <class T>
Accessor<T> of_access(T Access::*member) {
    return [member](Settings& settings) -> T& { return settings.access.*member; };
}

}  // namespace

void add_access(std::vector<Key>& keys) {
    const auto add_switch =
        [&keys](const std::string& name, bool Access::*member, const std::string& doc) {
            keys.push_back(row<bool>(kSection, name, "on|off", of_access(member), doc));
        };
    add_switch(
        "authorized_keys_reject_inactive",
        &Access::authorized_keys_reject_inactive,
        "Answer 404 for expired keys and keys of blocked users already when sshd looks them up."
    );
    add_switch("git_http_pull", &Access::git_http_pull, "Let people fetch over HTTP.");
    add_switch("git_http_push", &Access::git_http_push, "Let people push over HTTP.");
    keys.push_back(row<std::chrono::seconds>(
        kSection,
        "unlock_in",
        "seconds",
        of_access(&Access::unlock_in),
        "For how long GitLab locks an account after too many wrong passwords: until then its owner "
        "may not use Git."
    ));
    keys.push_back(row<std::vector<std::string>>(
        kSection,
        "trusted_addresses",
        "addresses",
        of_access(&Access::trusted_addresses),
        "Addresses and networks whose access checks are limited per key or user only: those of "
        "Gitaly, whose hooks ask for everybody. unix: stands for all who come over nginx's unix "
        "socket, whom it calls so.",
        address_ranges
    ));
}

}  // namespace innergate::settings
