// Which parameters say something about a subscription. Endpoints of other folders take them too.
#pragma once

#include <string_view>

#include "app/json/value.hpp"
#include "app/params/messages.hpp"
#include "app/params/schema.hpp"
#include "handlers/domain/subscription_change.hpp"

namespace innergate::handlers::subscriptions {

using domain::SubscriptionAttributes;

/// It has to be named. A null is a fault of the record.
struct RequiredStartDate {
    params::Nullable<SubscriptionAttributes, Date> rule;

    void read(
        const json::Object& parameters, SubscriptionAttributes& attributes, params::Faults& faults
    ) const {
        if (json::find(parameters, rule.name) == nullptr) {
            faults.add(rule.name, params::messages::kMissing);
        }
        rule.read(parameters, attributes, faults);
    }
    [[nodiscard]] constexpr params::Description describe() const {
        params::Description description = rule.describe();
        description.need = params::Need::required;
        return description;
    }
};

/// One of two numbers.
struct TrialExtensionType {
    params::Nullable<SubscriptionAttributes, int> rule;

    void read(
        const json::Object& parameters, SubscriptionAttributes& attributes, params::Faults& faults
    ) const {
        rule.read(parameters, attributes, faults);
        const auto& type = (attributes.*rule.member).value;
        if (type && *type != 1 && *type != 2) {
            faults.add(rule.name, params::messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr params::Description describe() const { return rule.describe(); }
};

/// Taken where there is no `plan_code`, as in the documented curl lines.
struct PlanAlias {
    params::Nullable<SubscriptionAttributes, params::Unquoted> rule;

    void read(
        const json::Object& parameters, SubscriptionAttributes& attributes, params::Faults& faults
    ) const {
        if (json::find(parameters, "plan_code") == nullptr) {
            rule.read(parameters, attributes, faults);
        }
    }
    [[nodiscard]] constexpr params::Description describe() const { return rule.describe(); }
};

inline constexpr params::Nullable kStartDate = params::nullable(
    "start_date", &SubscriptionAttributes::start_date, "First day of the subscription's term"
);
inline constexpr PlanAlias kPlanAlias{params::nullable(
    "plan", &SubscriptionAttributes::plan_code, "Taken when there is no `plan_code`"
)};

/// All attributes, with `start_date` as the rule for the first one and `more` after the last.
template <class StartDate, class... More>
[[nodiscard]] constexpr auto attributes_schema(StartDate start_date, More... more) {
    using Attributes = SubscriptionAttributes;
    return params::schema<Attributes>(
        start_date,
        params::nullable("end_date", &Attributes::end_date, "Its last day; null: it has none"),
        params::nullable(
            "plan_code",
            &Attributes::plan_code,
            "Name of the plan; null is `free`, an unknown one no plan"
        ),
        params::nullable("seats", &Attributes::seats, "Seats that were bought, 0 or more"),
        params::nullable(
            "max_seats_used", &Attributes::max_seats_used, "Most seats that were in use at once"
        ),
        params::nullable(
            "auto_renew", &Attributes::auto_renew, "Whether it renews itself when it ends"
        ),
        params::nullable("trial", &Attributes::trial, "Whether it is a trial; null is false"),
        params::nullable("trial_starts_on", &Attributes::trial_starts_on, "First day of the trial"),
        params::nullable(
            "trial_ends_on", &Attributes::trial_ends_on, "Last day of the trial, after the first"
        ),
        TrialExtensionType{params::nullable(
            "trial_extension_type",
            &Attributes::trial_extension_type,
            "1: the trial was extended, 2: reactivated"
        )},
        more...
    );
}

/// The members of `gitlab_subscription_attributes`. None is required, and `plan` is not among them.
inline constexpr auto kSubscriptionAttributes = attributes_schema(kStartDate);

}  // namespace innergate::handlers::subscriptions
