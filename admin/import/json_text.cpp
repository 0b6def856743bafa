#include "admin/import/json_text.hpp"

#include <algorithm>
#include <array>

namespace innergate::admin {
namespace {

struct JsonColumn {
    std::string_view table;
    std::string_view column;
    JsonShape shape;
};

constexpr std::array<JsonColumn, 6> kJsonColumns{{
    {"users", "otp_backup_code_hashes", JsonShape::array},
    {"personal_access_tokens", "scopes", JsonShape::array},
    {"namespaces", "default_branch_protection_defaults", JsonShape::object},
    {"application_settings", "default_branch_protection_defaults", JsonShape::object},
    {"post_receive_jobs", "push_options", JsonShape::object},
    {"broadcast_messages", "target_access_levels", JsonShape::array},
}};

}  // namespace

bool JsonCopier::null(std::size_t /*offset*/) {
    writer_.null();
    return true;
}

bool JsonCopier::boolean(bool value, std::size_t /*offset*/) {
    writer_.value(value);
    return true;
}

bool JsonCopier::number(std::string_view text, std::size_t /*offset*/) {
    writer_.raw(text);
    return true;
}

bool JsonCopier::string(std::string_view text, std::size_t /*offset*/) {
    writer_.value(text);
    return true;
}

bool JsonCopier::key(std::string_view name, std::size_t /*offset*/) {
    writer_.key(name);
    return true;
}

bool JsonCopier::start_object(std::size_t /*offset*/) {
    writer_.begin_object();
    return true;
}

bool JsonCopier::end_object(std::size_t /*offset*/) {
    writer_.end_object();
    return true;
}

bool JsonCopier::start_array(std::size_t /*offset*/) {
    writer_.begin_array();
    return true;
}

bool JsonCopier::end_array(std::size_t /*offset*/) {
    writer_.end_array();
    return true;
}

std::optional<std::string> compact_json(std::string_view text) {
    std::string compact;
    JsonCopier copier{compact};
    if (!json::parse_events(text, {}, copier)) {
        return std::nullopt;
    }
    return compact;
}

JsonShape json_shape(std::string_view table, std::string_view column) {
    const auto* const found = std::ranges::find_if(kJsonColumns, [&](const JsonColumn& entry) {
        return entry.table == table && entry.column == column;
    });
    return found == kJsonColumns.end() ? JsonShape::none : found->shape;
}

bool has_shape(std::string_view compact, JsonShape shape) {
    switch (shape) {
        case JsonShape::none:
            return true;
        case JsonShape::array:
            return compact.starts_with('[');
        case JsonShape::object:
            return compact.starts_with('{');
    }
    return false;
}

}  // namespace innergate::admin
