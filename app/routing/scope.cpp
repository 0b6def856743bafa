#include "app/routing/scope.hpp"

#include "app/http/url.hpp"
#include "app/settings/settings.hpp"

namespace innergate::routing {

std::string request_url(const settings::Instance& instance, std::string_view path) {
    std::string url = instance.external_url;
    const auto segments = http::PathSegments::parse(path);
    for (std::size_t index = 0; segments && index < segments->size(); ++index) {
        url.push_back('/');
        url += http::percent_encoded((*segments)[index]);
    }
    return url;
}

template <>
const settings::Settings& part_of(const settings::Settings& settings) {
    return settings;
}

template <>
const settings::Instance& part_of(const settings::Settings& settings) {
    return settings.instance;
}

template <>
const settings::Features& part_of(const settings::Settings& settings) {
    return settings.features;
}

template <>
const settings::Kas& part_of(const settings::Settings& settings) {
    return settings.kas;
}

template <>
const settings::Billing& part_of(const settings::Settings& settings) {
    return settings.billing;
}

template <>
const settings::Access& part_of(const settings::Settings& settings) {
    return settings.access;
}

template <>
const settings::Tokens& part_of(const settings::Settings& settings) {
    return settings.tokens;
}

}  // namespace innergate::routing
