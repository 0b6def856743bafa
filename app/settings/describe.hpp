// The settings for people: the example file and the page of the documentation, from the table of
// keys.
#pragma once

#include <string>

namespace innergate::settings {

/// A settings file in which every key stands with its default, commented out.
[[nodiscard]] std::string example_file();

/// The tables of docs/configuration.md.
[[nodiscard]] std::string markdown();

}  // namespace innergate::settings
