// Policy files: whatever can be read must be the same when written and read again, and every
// policy of it a document.
#include "handlers/domain/security_policy/policy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/yaml/reader.hpp"
#include "app/yaml/writer.hpp"
#include "handlers/domain/security_policy/schema.hpp"

using namespace innergate;
using namespace innergate::handlers::domain;

namespace {

/// What is written holds each alias as what it stands for.
constexpr yaml::ReadLimits kWithoutAliases{.max_bytes = std::size_t{64} << 20U};

void check_written(const yaml::Value& value, const std::string& text) {
    const auto again = yaml::parse(text, kWithoutAliases);
    if (!again || !(*again == value)) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = yaml::parse({reinterpret_cast<const char*>(data), size});
    if (!file) {
        return 0;
    }
    check_written(*file, yaml::to_document(*file));
    static_cast<void>(find_schema_fault(*file));
    for (const ScanExecutionPolicy& policy : read_policies(*file)) {
        static_cast<void>(scans_of_agent(policy, "cluster-a"));
        static_cast<void>(
            admits(policy.scope, {.id = ProjectId{5}, .groups = {3}, .compliance_frameworks = {}})
        );
        if (!yaml::parse(to_document(policy), kWithoutAliases)) {
            std::abort();
        }
    }
    return 0;
}
