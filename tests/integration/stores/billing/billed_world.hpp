// Groups, projects, their members, and what has to be counted of them. This model is slow and
// plain: it loops over all rows, climbs from below and knows no SQL.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/clock.hpp"

namespace innergate::test {

struct BilledWorld {
    struct User {
        long long id = 0;
        bool is_active = true;
        bool is_human = true;
        std::optional<std::string> notification_email;

        [[nodiscard]] std::string email() const {
            return "user" + std::to_string(id) + "@example.com";
        }
    };

    struct Group {
        long long id = 0;
        std::optional<long long> parent;
        std::optional<long long> owner;   ///< a personal namespace, no group
        std::optional<std::string> plan;  ///< of its own subscription, where it has one
    };

    struct Project {
        long long id = 0;
        long long group = 0;
        long long size = 0;
    };

    struct Membership {
        long long id = 0;
        std::optional<long long> user;
        bool is_in_project = false;
        long long source = 0;
        int level = 0;
        bool is_request = false;
        bool is_invitation = false;
        bool is_awaiting = false;
        std::optional<Date> expires_at;

        [[nodiscard]] bool is_accepted() const {
            return user && !is_request && !is_invitation && !is_awaiting;
        }
    };

    struct Figures {
        long long billable = 0;
        long long members = 0;
        long long projects = 0;
        long long bytes = 0;

        friend bool operator==(const Figures&, const Figures&) = default;
    };

    std::unordered_map<long long, User> users;
    std::unordered_map<long long, Group> groups;
    std::unordered_map<long long, Project> projects;
    std::vector<Membership> memberships;
    /// By user and group.
    std::map<std::pair<long long, long long>, std::string> chosen_emails;

    [[nodiscard]] bool is_within(long long group, long long top) const {
        for (std::optional<long long> next = group; next; next = groups.at(*next).parent) {
            if (*next == top) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] long long root_of(long long group) const {
        const std::optional<long long> parent = groups.at(group).parent;
        return parent ? root_of(*parent) : group;
    }

    [[nodiscard]] Figures figures_of(long long group) const {
        const std::optional<std::string> plan = groups.at(root_of(group)).plan;
        const bool guests_pay = plan != "gold" && plan != "ultimate" && plan != "ultimate_trial";
        Figures figures;
        for (const auto& [id, project] : projects) {
            if (is_within(project.group, group)) {
                ++figures.projects;
                figures.bytes += project.size;
            }
        }
        std::set<long long> members;
        std::set<long long> seats;
        for (const Membership& row : memberships) {
            if (!row.is_accepted() || row.level < 10 || !users.at(*row.user).is_active) {
                continue;
            }
            if (!is_within(row.is_in_project ? projects.at(row.source).group : row.source, group)) {
                continue;
            }
            if (!row.is_in_project) {
                members.insert(*row.user);
            }
            if (users.at(*row.user).is_human && (row.level > 10 || guests_pay)) {
                seats.insert(*row.user);
            }
        }
        figures.members = static_cast<long long>(members.size());
        figures.billable = static_cast<long long>(seats.size());
        return figures;
    }

    /// Ids and addresses, in the order of the memberships.
    [[nodiscard]] std::vector<std::pair<long long, std::string>> owners_of(
        long long group, Date today
    ) const {
        std::map<long long, long long> by_membership;
        for (const Membership& row : memberships) {
            if (!row.is_in_project && row.source == group && row.level == 50 && row.is_accepted() &&
                users.at(*row.user).is_active && (!row.expires_at || *row.expires_at > today)) {
                by_membership.emplace(row.id, *row.user);
            }
        }
        std::vector<std::pair<long long, std::string>> owners;
        for (const auto& [membership, user] : by_membership) {
            owners.emplace_back(user, email_for(users.at(user), group));
        }
        return owners;
    }

private:
    [[nodiscard]] std::string email_for(const User& user, long long group) const {
        for (std::optional<long long> next = group; next; next = groups.at(*next).parent) {
            const auto chosen = chosen_emails.find({user.id, *next});
            if (chosen != chosen_emails.end()) {
                return chosen->second;
            }
        }
        return user.notification_email.value_or(user.email());
    }
};

}  // namespace innergate::test
