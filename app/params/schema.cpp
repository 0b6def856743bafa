#include "app/params/schema.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::params {

Faults::Within::Within(Faults& faults, std::string_view name)
    : faults_(faults), length_before_(faults.path_.size()) {
    faults_.path_ = faults_.path_to(name);
}

Faults::Within::~Within() {
    faults_.path_.resize(length_before_);
}

std::string Faults::path_to(std::string_view name) const {
    return path_.empty() ? std::string{name} : fmt::format("{}[{}]", path_, name);
}

void Faults::add(std::string_view names, std::string_view text) {
    constexpr std::size_t kMostTold = 100;
    if (texts_.size() == kMostTold) {
        return;
    }
    std::string fault = fmt::format("{} {}", path_to(names), text);
    if (std::ranges::find(texts_, fault) == texts_.end()) {
        texts_.push_back(std::move(fault));
    }
}

std::string Faults::joined() const {
    return fmt::format("{}", fmt::join(texts_, ", "));
}

const json::Value* given(const json::Object& parameters, std::string_view name) {
    const json::Value* const value = json::find(parameters, name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

bool has_at_most(
    std::size_t max_elements, const json::Value* value, std::string_view name, Faults& faults
) {
    const json::Array* const elements = value == nullptr ? nullptr : value->array();
    if (elements == nullptr || elements->size() <= max_elements) {
        return true;
    }
    faults.add(name, fmt::format(messages::kTooLong, max_elements));
    return false;
}

const json::Object* given_object(
    const json::Object& parameters, std::string_view name, Faults& faults
) {
    const json::Value* const value = given(parameters, name);
    if (value == nullptr || is_empty_text(*value)) {
        return nullptr;
    }
    if (value->object() == nullptr) {
        faults.add(name, messages::kInvalid);
    }
    return value->object();
}

}  // namespace innergate::params
