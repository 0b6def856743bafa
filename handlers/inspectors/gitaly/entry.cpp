// The module's only visible symbol.
#include "handlers/inspectors/gitaly/module.hpp"

extern "C" {
/// See kModuleEntry.
[[gnu::visibility("default")]] const innergate::handlers::inspectors::gitaly::Module*
innergate_gitaly_module();

const innergate::handlers::inspectors::gitaly::Module* innergate_gitaly_module() {
    static constexpr innergate::handlers::inspectors::gitaly::Module kModule{
        .version = INNERGATE_VERSION,
        .connect = innergate::handlers::inspectors::gitaly::connect,
    };
    return &kModule;
}
}
