// Functions that make cells of rows from what an operator writes behind an option or a `=`. Each
// answers a sentence where the text will not do.
#pragma once

#include <string>

#include "admin/entities/entity.hpp"

namespace innergate::admin::written {

Written text(NewRow& row, const Member& member, const std::string& text);
/// For flags, which have no text.
Written yes(NewRow& row, const Member& member, const std::string& text);
Written no(NewRow& row, const Member& member, const std::string& text);
Written null(NewRow& row, const Member& member, const std::string& text);
/// For a column that is a time: a day stands for its start in UTC.
Written time(NewRow& row, const Member& member, const std::string& text);
/// The first line of the file of that name.
Written first_line(NewRow& row, const Member& member, const std::string& file);
/// One of Member::words, or the number it stands for.
Written word(NewRow& row, const Member& member, const std::string& text);
/// Words between commas, as a JSON array of their numbers.
Written words(NewRow& row, const Member& member, const std::string& text);
/// The id of the row of Member::parent that is called so.
Written reference(NewRow& row, const Member& member, const std::string& text);

/// A further part of the row, in the table that the member names: one of Member::words.
Written part_level(NewRow& row, const Member& member, const std::string& text);
/// The same, with the column that refers to Member::parent.
Written part_user(NewRow& row, const Member& member, const std::string& text);
Written part_group(NewRow& row, const Member& member, const std::string& text);
Written part_deploy_key(NewRow& row, const Member& member, const std::string& text);
Written part_project(NewRow& row, const Member& member, const std::string& text);

/// Hands over what stands between the commas, up to the first that is not taken.
template <class Take>
Written each_between_commas(const std::string& text, const Take& take) {
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        if (Written done = take(text.substr(start, end - start)); !done) {
            return done;
        }
        start = end + 1;
    }
    return {};
}

/// What a column of that kind takes from an operator: `now` and days for times, `yes` and `true`
/// for booleans, nothing at all for NULL, names for the ids of people, groups and projects.
/// `column` is one of the table's.
Written any_column(NewRow& row, const Table& table, const Column& column, const std::string& text);

}  // namespace innergate::admin::written
