#include <dlfcn.h>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "handlers/inspectors/gitaly/module.hpp"

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "innergate-gitaly.so";

fs::path module_path() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        fs::path beside = program.parent_path() / kFileName;
        if (fs::exists(beside, error)) {
            return beside;
        }
    }
    return fs::path{INNERGATE_MODULE_FOLDER} / kFileName;
}

std::string last_error() {
    const char* const text = ::dlerror();
    return text == nullptr ? "no reason given" : text;
}

tl::expected<const Module*, std::string> load() {
    const fs::path path = module_path();
    // The module's own symbols come before all others, because the program has copies of some.
    void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) {
        return tl::unexpected(
            fmt::format("the module for Gitaly cannot be loaded: {}", last_error())
        );
    }
    void* const symbol = ::dlsym(library, kModuleEntry);
    if (symbol == nullptr) {
        return tl::unexpected(fmt::format("{} is no module for Gitaly", path.string()));
    }
    const auto entry = reinterpret_cast<const Module* (*)()>(symbol);
    const Module* const module = entry();
    if (std::string_view{module->version} != INNERGATE_VERSION) {
        return tl::unexpected(fmt::format(
            "{} is of version {}, this program of {}",
            path.string(),
            module->version,
            INNERGATE_VERSION
        ));
    }
    return module;
}

}  // namespace

tl::expected<const Module*, std::string> load_module() {
    static std::mutex mutex;
    static const Module* loaded = nullptr;
    const std::scoped_lock lock{mutex};
    if (loaded == nullptr) {
        auto module = load();
        if (!module) {
            return module;
        }
        loaded = *module;
    }
    return loaded;
}

}  // namespace innergate::handlers::inspectors::gitaly
