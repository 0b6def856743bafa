#include "app/params/nested.hpp"

#include "app/json/reader.hpp"

namespace innergate::params {

json::Value list_in(const json::Value& value) {
    if (value.string() == nullptr) {
        return {};
    }
    auto document = json::parse(*value.string(), {.max_values = json::kMaxRequestValues});
    if (document && document->object() != nullptr) {
        json::Array only;
        only.push_back(std::move(*document));
        return json::Value{std::move(only)};
    }
    return document && document->array() != nullptr ? std::move(*document) : json::Value{};
}

}  // namespace innergate::params
