// Text in tests that is known to be YAML.
#pragma once

#include <string_view>

#include "app/yaml/reader.hpp"

namespace innergate::test {

/// Throws where the text is not YAML.
[[nodiscard]] inline yaml::Value from_yaml(std::string_view text) {
    return yaml::parse(text).value();
}

}  // namespace innergate::test
