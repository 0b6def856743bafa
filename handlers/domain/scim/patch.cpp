#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/change_value.hpp"
#include "handlers/domain/scim/document.hpp"
#include "handlers/domain/scim/patch_path.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::domain::scim {
namespace {

constexpr std::string_view kPatchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

enum class Op { write, remove };

struct NamedOp {
    std::string_view name;
    Op op;
};

/// All that can be written has one value: hence to add is to replace. `update` is of GitLab's
/// documentation.
constexpr std::array kOps{
    NamedOp{"add", Op::write},
    NamedOp{"replace", Op::write},
    NamedOp{"update", Op::write},
    NamedOp{"remove", Op::remove},
};

bool is_text(const json::Value& value, std::string_view text) {
    const std::string* const string = value.string();
    return string != nullptr && ascii::equal_ignoring_case(*string, text);
}

bool names_patch_schema(const json::Value& schemas) {
    const json::Array* const array = schemas.array();
    return is_text(schemas, kPatchSchema) ||
           (array != nullptr && std::ranges::any_of(*array, [](const json::Value& schema) {
                return is_text(schema, kPatchSchema);
            }));
}

std::optional<Op> read_op(const json::Value* value) {
    const auto* const found = std::ranges::find_if(kOps, [value](const NamedOp& known) {
        return value != nullptr && is_text(*value, known.name);
    });
    return found == kOps.end() ? std::nullopt : std::optional{found->op};
}

/// Absent and empty: the user as a whole.
std::optional<PatchPath> read_path(const json::Value* value) {
    if (value == nullptr || value->is_null() || is_text(*value, "")) {
        return kWholeUser;
    }
    return value->string() != nullptr ? parse_patch_path(*value->string()) : std::nullopt;
}

/// What stands for one value: itself, `[v]`, or `[{"value":v}]`, which Entra once sent.
/// Null pointer: none does.
const json::Value* single_value(const json::Value* value) {
    const json::Array* const array = value != nullptr ? value->array() : nullptr;
    if (array == nullptr) {
        return value;
    }
    if (array->size() != 1) {
        return nullptr;
    }
    const json::Object* const object = array->front().object();
    return object == nullptr ? &array->front() : find_member(*object, "value");
}

/// Of a target that takes a value.
Result<Change> read_change(const PatchPath& path, const json::Value& value) {
    if (path.echo_attribute) {
        return read_echo_attribute(value, {path.name, *path.echo_attribute});
    }
    if (path.target == PatchTarget::active) {
        return read_active(value);
    }
    return read_id(
        value, path.target == PatchTarget::id ? IdAttribute::id : IdAttribute::external_id
    );
}

class Patch {
public:
    Result<void> add(const json::Value& operation) {
        const json::Object* const object = operation.object();
        if (object == nullptr) {
            return bad_request(kInvalidSyntax, "an operation must be an object.");
        }
        const auto op = read_op(find_member(*object, "op"));
        if (!op) {
            return bad_request(kInvalidSyntax, "op must be add, replace or remove.");
        }
        const auto path = read_path(find_member(*object, "path"));
        if (!path) {
            return bad_request(kInvalidPath, "path is not the path of an attribute.");
        }
        return *op == Op::remove ? remove(*path) : write(*path, find_member(*object, "value"));
    }

    std::vector<Change> changes() && { return std::move(changes_); }

private:
    Result<void> remove(const PatchPath& path) {
        switch (path.target) {
            case PatchTarget::user:
                return bad_request(kNoTarget, "remove needs a path.");
            case PatchTarget::active:
            case PatchTarget::id:
            case PatchTarget::external_id:
            case PatchTarget::required:
            case PatchTarget::meta:
                return bad_request(kMutability, fmt::format("{} cannot be removed.", path.name));
            case PatchTarget::echo_attribute:
                changes_.emplace_back(SetEchoAttribute{path.echo_attribute.value(), std::nullopt});
                break;
            case PatchTarget::other:
                break;
        }
        return {};
    }

    // Members lie in members only as deep as the reader of JSON allows.
    // NOLINTBEGIN(misc-no-recursion)
    Result<void> write(const PatchPath& path, const json::Value* value) {
        switch (path.target) {
            case PatchTarget::user:
                return write_members(value != nullptr ? value->object() : nullptr);
            case PatchTarget::active:
            case PatchTarget::id:
            case PatchTarget::external_id:
            case PatchTarget::echo_attribute:
                return write_value(path, single_value(value));
            case PatchTarget::meta:
                return bad_request(kMutability, "meta cannot be changed.");
            case PatchTarget::required:
            case PatchTarget::other:
                break;
        }
        return {};
    }

    /// Each as an operation of its own that has the member's name for a path.
    Result<void> write_members(const json::Object* members) {
        if (members == nullptr) {
            return bad_request(kInvalidValue, "value must be an object where there is no path.");
        }
        for (const json::Member* const member : effective_members(*members)) {
            const auto path = parse_patch_path(member->name);
            if (!path) {
                return bad_request(kInvalidPath, "value has a member that is no attribute's path.");
            }
            // Whoever sends a resource back as it was read sends meta, too.
            if (path->target == PatchTarget::meta) {
                continue;
            }
            auto written = write(*path, &member->value);
            if (!written) {
                return written;
            }
        }
        return {};
    }
    // NOLINTEND(misc-no-recursion)

    Result<void> write_value(const PatchPath& path, const json::Value* value) {
        if (value == nullptr) {
            return bad_request(kInvalidValue, fmt::format("{} must have one value.", path.name));
        }
        auto change = read_change(path, *value);
        if (!change) {
            return tl::unexpected<Error>{std::move(change.error())};
        }
        changes_.push_back(std::move(*change));
        return {};
    }

    std::vector<Change> changes_;
};

}  // namespace

Result<std::vector<Change>> read_patch(const json::Object& document) {
    const json::Value* const schemas = find_member(document, "schemas");
    if (schemas != nullptr && !schemas->is_null() && !names_patch_schema(*schemas)) {
        return bad_request(kInvalidSyntax, fmt::format("schemas must contain {}.", kPatchSchema));
    }
    const json::Value* const member = find_member(document, "Operations");
    const json::Array* const operations = member != nullptr ? member->array() : nullptr;
    if (operations == nullptr || operations->empty()) {
        return bad_request(kInvalidSyntax, "Operations must be a list of one or more operations.");
    }
    if (operations->size() > kMaxOperations) {
        return bad_request(
            kInvalidSyntax, fmt::format("Operations must not be more than {}.", kMaxOperations)
        );
    }
    Patch patch;
    for (std::size_t index = 0; index < operations->size(); ++index) {
        auto added = patch.add((*operations)[index]);
        if (!added) {
            Error& error = added.error();
            error.message = fmt::format("Operation {}: {}", index + 1, error.message);
            return tl::unexpected<Error>{std::move(error)};
        }
    }
    return std::move(patch).changes();
}

}  // namespace innergate::handlers::domain::scim
