// YAML in tests, which is known to be some.
#pragma once

#include <string_view>

#include "app/yaml/reader.hpp"

namespace innergate::test {

/// Throws where the text is none.
[[nodiscard]] inline yaml::Value from_yaml(std::string_view text) {
    return yaml::parse(text).value();
}

}  // namespace innergate::test
