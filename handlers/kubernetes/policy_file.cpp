#include "handlers/kubernetes/policy_file.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/yaml/reader.hpp"

namespace innergate::handlers::kubernetes {

void add_fault(const PolicyDocument& document, std::string_view fault, std::string& log_detail) {
    log_detail += fmt::format(
        "{}policy configuration {}: {}",
        log_detail.empty() ? "" : "; ",
        document.configuration_id,
        fault
    );
}

std::optional<yaml::Value> read_file(const PolicyDocument& document, std::string& log_detail) {
    auto file = yaml::parse(document.content);
    if (!file) {
        add_fault(document, to_string(file.error()), log_detail);
        return std::nullopt;
    }
    return std::move(*file);
}

}  // namespace innergate::handlers::kubernetes
