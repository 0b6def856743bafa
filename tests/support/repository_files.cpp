#include "tests/support/repository_files.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace innergate::test {

std::filesystem::path repository_root() {
    return INNERGATE_SOURCE_DIR;
}

std::string repository_file(std::string_view path) {
    std::ifstream file{repository_root() / path};
    if (!file) {
        throw std::runtime_error{"cannot read " + std::string{path}};
    }
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

}  // namespace innergate::test
