// How what an operator writes behind an option of `add` becomes cells of rows. Each takes the row,
// the option's place and the text, and answers a sentence where the text will not do.
#pragma once

#include <string>
#include <string_view>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

/// The place is a column.
Filled fill_text(NewRow& row, std::string_view column, const std::string& text);
Filled fill_true(NewRow& row, std::string_view column, const std::string& text);
Filled fill_false(NewRow& row, std::string_view column, const std::string& text);
Filled fill_yes_no(NewRow& row, std::string_view column, const std::string& text);
/// Of a day, where the column is a time: its start in UTC.
Filled fill_start_of_day(NewRow& row, std::string_view column, const std::string& text);
/// The first line of the file of that name.
Filled fill_first_line(NewRow& row, std::string_view column, const std::string& file);

/// A word or the number it stands for.
Filled fill_access_level(NewRow& row, std::string_view column, const std::string& text);
Filled fill_visibility(NewRow& row, std::string_view column, const std::string& text);
Filled fill_usage_type(NewRow& row, std::string_view column, const std::string& text);
Filled fill_broadcast_type(NewRow& row, std::string_view column, const std::string& text);
/// Words between commas, as a JSON array.
Filled fill_scopes(NewRow& row, std::string_view column, const std::string& text);
Filled fill_access_levels(NewRow& row, std::string_view column, const std::string& text);

/// What is there under that name, as its id.
Filled fill_user(NewRow& row, std::string_view column, const std::string& text);
Filled fill_group(NewRow& row, std::string_view column, const std::string& text);
Filled fill_project(NewRow& row, std::string_view column, const std::string& text);
/// One that may have another token: GitLab lets an agent have two that are good.
Filled fill_agent(NewRow& row, std::string_view column, const std::string& text);
/// With the column `source_type` beside it.
Filled fill_source_group(NewRow& row, std::string_view column, const std::string& text);
Filled fill_source_project(NewRow& row, std::string_view column, const std::string& text);

/// `a/b/c`: the column is that of the namespace a/b, c becomes the path.
Filled fill_path(NewRow& row, std::string_view column, const std::string& text);
Filled fill_project_path(NewRow& row, std::string_view column, const std::string& text);

/// A further part of the row, in the table that is the place.
Filled fill_protection_level(NewRow& row, std::string_view table, const std::string& text);
Filled fill_protection_user(NewRow& row, std::string_view table, const std::string& text);
Filled fill_protection_group(NewRow& row, std::string_view table, const std::string& text);
Filled fill_protection_deploy_key(NewRow& row, std::string_view table, const std::string& text);
Filled fill_deployment(NewRow& row, std::string_view table, const std::string& text);
/// All parts there are so far may push.
Filled fill_can_push(NewRow& row, std::string_view table, const std::string& text);

}  // namespace innergate::admin
