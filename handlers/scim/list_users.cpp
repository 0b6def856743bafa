#include "handlers/scim/list_users.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "handlers/domain/scim/document.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::scim {
namespace {

using domain::scim::bad_request;

constexpr long long kDefaultCount = 20;
constexpr long long kMaxCount = 100;

long long page_size(const ListRequest& request) {
    return std::clamp(request.count.value_or(kDefaultCount), 0LL, kMaxCount);
}

long long first_index(const ListRequest& request) {
    return std::max(request.start_index.value_or(1), 1LL);
}

Result<SortOrder> sort_order(const ListRequest& request) {
    const std::string order = ascii::lower(request.sort_order.value_or(""));
    if (order.empty() || order == "ascending") {
        return SortOrder::ascending;
    }
    if (order == "descending") {
        return SortOrder::descending;
    }
    return bad_request(domain::scim::kInvalidValue, "sortOrder must be ascending or descending");
}

Result<std::optional<ScimSort>> sort_of(const ListRequest& request) {
    const auto order = sort_order(request);
    if (!order) {
        return tl::unexpected(order.error());
    }
    if (is_blank(request.sort_by.value_or(""))) {
        return std::nullopt;
    }
    const auto path = domain::scim::parse_attribute_path(*request.sort_by);
    const auto attribute = path ? domain::scim::find_attribute(*path) : std::nullopt;
    if (!attribute) {
        return bad_request(
            domain::scim::kInvalidValue, "sortBy names no attribute that users can be sorted by"
        );
    }
    return ScimSort{.attribute = *attribute, .order = *order};
}

Result<ScimUserQuery> query_of(const ListRequest& request) {
    auto sort = sort_of(request);
    if (!sort) {
        return tl::unexpected(std::move(sort.error()));
    }
    ScimUserQuery query{
        .filter = std::nullopt,
        .sort = *sort,
        .start_index = first_index(request),
        .count = page_size(request)};
    if (!is_blank(request.filter.value_or(""))) {
        auto filter = domain::scim::parse_filter(*request.filter);
        if (!filter) {
            return bad_request(domain::scim::kInvalidFilter, std::move(filter.error()));
        }
        query.filter = std::move(*filter);
    }
    return query;
}

ScimUserPage find_page(
    const auth::ScimCaller& caller, ScimUserStore& users, const ScimUserQuery& query
) {
    ScimUserPage page = users.list(caller, query);
    const auto name = page.total == 0 && query.filter ? domain::scim::only_user_name(*query.filter)
                                                      : std::nullopt;
    if (!name) {
        return page;
    }
    if (auto user = users.find_otherwise_named(caller, *name)) {
        page.total = 1;
        if (query.start_index == 1 && query.count > 0) {
            page.users.push_back(std::move(*user));
        }
    }
    return page;
}

/// Turns `["userName","name"]` into `userName,name`, as a query would have it.
json::Value joined(const json::Value& value) {
    const json::Array* const names = value.array();
    if (names == nullptr) {
        return value;
    }
    std::string text;
    for (const json::Value& name : *names) {
        if (name.string() != nullptr) {
            text += (text.empty() ? "" : ",") + *name.string();
        }
    }
    return json::Value{std::move(text)};
}

}  // namespace

Result<UserList> list_users(
    const ListRequest& request,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance
) {
    const auto selection = selection_of({request.attributes, request.excluded_attributes});
    if (!selection) {
        return tl::unexpected(selection.error());
    }
    const auto query = query_of(request);
    if (!query) {
        return tl::unexpected(query.error());
    }
    ScimUserPage page = find_page(caller, users, *query);
    UserList list{
        .total = page.total,
        .items_per_page = query->count,
        .start_index = query->start_index,
        .resources = {}};
    for (domain::scim::User& user : page.users) {
        list.resources.push_back(user_resource(std::move(user), *selection, instance, caller));
    }
    return list;
}

Result<UserList> search_users(
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance
) {
    json::Object parameters;
    for (const params::Description& parameter : kListParams.describe()) {
        const json::Value* const value =
            domain::scim::find_member(document.members, parameter.name);
        if (value != nullptr) {
            parameters.push_back({std::string{parameter.name}, joined(*value)});
        }
    }
    const auto request = kListParams.parse(parameters);
    if (!request) {
        return tl::unexpected(request.error());
    }
    return list_users(*request, caller, users, instance);
}

Result<UserList> list_groups(const ListRequest& request, const auth::ScimCaller& /*caller*/) {
    return UserList{
        .total = 0,
        .items_per_page = page_size(request),
        .start_index = first_index(request),
        .resources = {}};
}

}  // namespace innergate::handlers::scim
