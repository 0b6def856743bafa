// What a check of `innergate-admin doctor` found out: one line for the operator each.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace innergate::admin::doctor {

enum class Verdict { ok, warning, failure };

struct Finding {
    Verdict verdict = Verdict::ok;
    std::string what;
    std::string next;  ///< what to do about it; empty when it is good
};

using Findings = std::vector<Finding>;

[[nodiscard]] inline Finding good(std::string what) {
    return {Verdict::ok, std::move(what), {}};
}

[[nodiscard]] inline Finding warning(std::string what, std::string next) {
    return {Verdict::warning, std::move(what), std::move(next)};
}

[[nodiscard]] inline Finding failed(std::string what, std::string next) {
    return {Verdict::failure, std::move(what), std::move(next)};
}

}  // namespace innergate::admin::doctor
