// The files of this repository, wherever it is checked out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace innergate::test {

[[nodiscard]] std::filesystem::path repository_root();

/// The text of the file at that path from the root. Throws where there is none.
[[nodiscard]] std::string repository_file(std::string_view path);

}  // namespace innergate::test
