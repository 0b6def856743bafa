#include "app/routing/scope.hpp"

#include "app/http/url.hpp"

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

}  // namespace innergate::routing
