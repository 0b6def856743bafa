// Gitaly's protocol comes with gRPC and protobuf: seven megabytes in each process that links them.
// So the code that speaks it is a module, and a process whose storages do not need it does not pay
// for it.
#pragma once

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "handlers/inspectors/gitaly/client.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// What the module hands to the program that loads it. Both have to come from one build: a module
/// of another version is refused.
struct Module {
    const char* version;
    std::unique_ptr<Client> (*connect)(Server server);
};

/// Name of the module's only symbol: a function without parameters that returns `const Module*`.
inline constexpr const char* kModuleEntry = "innergate_gitaly_module";

/// Loads the module once; it stays for the life of the process. Looks beside the program first,
/// where a build folder has it, then where it is installed.
/// Errors: a sentence that says why there is none.
[[nodiscard]] tl::expected<const Module*, std::string> load_module();

}  // namespace innergate::handlers::inspectors::gitaly
