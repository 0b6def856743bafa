#include "app/params/schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::params {

void Faults::add(std::string_view names, std::string_view text) {
    texts_.push_back(fmt::format("{} {}", names, text));
}

std::string Faults::joined() const {
    return fmt::format("{}", fmt::join(texts_, ", "));
}

const json::Value* given(const json::Object& parameters, std::string_view name) {
    const json::Value* const value = json::find(parameters, name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace innergate::params
