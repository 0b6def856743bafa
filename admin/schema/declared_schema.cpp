#include "admin/schema/declared_schema.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace innergate::admin {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

constexpr std::array<std::pair<std::string_view, Kind>, 9> kKinds{{
    {"@identity@", Kind::bigint},
    {"@bigint@", Kind::bigint},
    {"@integer@", Kind::integer},
    {"@smallint@", Kind::smallint},
    {"@boolean@", Kind::boolean},
    {"@date@", Kind::date},
    {"@timestamp@", Kind::timestamp},
    {"@text@", Kind::text},
    {"text", Kind::text},
}};

constexpr std::array<std::string_view, 5> kConstraintWords{
    "CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "CONSTRAINT"};

std::string_view trimmed(std::string_view text) {
    const std::size_t start = text.find_first_not_of(kBlank);
    if (start == std::string_view::npos) {
        return {};
    }
    return text.substr(start, text.find_last_not_of(kBlank) - start + 1);
}

/// Takes the next word off the front; words end at blanks, parentheses, commas and semicolons.
std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t\r\n(),;"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

/// How deep in parentheses the text ends; text in single quotes does not count.
int depth_after(std::string_view text) {
    int depth = 0;
    bool is_quoted = false;
    for (const char character : text) {
        if (character == '\'') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && character == '(') {
            ++depth;
        } else if (!is_quoted && character == ')') {
            --depth;
        }
    }
    return depth;
}

bool is_word_character(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

/// The words of an expression outside its quoted texts.
std::vector<std::string_view> words_of(std::string_view expression) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < expression.size();) {
        if (expression[at] == '\'') {
            at = std::min(expression.find('\'', at + 1), expression.size() - 1) + 1;
            continue;
        }
        const std::size_t start = at;
        while (at < expression.size() && is_word_character(expression[at])) {
            ++at;
        }
        if (at > start) {
            words.push_back(expression.substr(start, at - start));
        } else {
            ++at;
        }
    }
    return words;
}

/// What stands in the parentheses after a keyword; empty when the keyword does not occur.
std::string parenthesised_after(std::string_view item, std::string_view keyword) {
    const std::size_t found = item.find(keyword);
    if (found == std::string_view::npos) {
        return {};
    }
    const std::size_t open = item.find('(', found);
    return with_single_spaces(inside_parentheses(item, open));
}

/// Collects the tables statement by statement.
class Reader {
public:
    void read(std::string_view sql) {
        pending_comment_.clear();
        while (!sql.empty()) {
            const std::size_t end = std::min(sql.find('\n'), sql.size());
            read_line(sql.substr(0, end));
            sql.remove_prefix(std::min(end + 1, sql.size()));
        }
    }

    [[nodiscard]] std::vector<DeclaredTable> take() {
        for (DeclaredTable& table : tables_) {
            name_columns_of_checks(table);
        }
        return std::move(tables_);
    }

private:
    void read_line(std::string_view line) {
        const std::string_view text = trimmed(line);
        if (text.empty()) {
            pending_comment_.clear();
        } else if (text.starts_with("--")) {
            pending_comment_ += pending_comment_.empty() ? "" : " ";
            pending_comment_ += trimmed(text.substr(2));
        } else {
            read_code(text);
        }
    }

    void read_code(std::string_view text) {
        if (statement_.empty()) {
            statement_comment_ = std::exchange(pending_comment_, {});
        }
        statement_ += statement_.empty() ? "" : " ";
        statement_ += text;
        if (is_in_table_) {
            read_table_line(text);
        } else if (statement_.starts_with("CREATE TABLE ") && text.ends_with('(')) {
            open_table();
        } else if (text.ends_with(';')) {
            end_statement();
        }
    }

    void open_table() {
        std::string_view rest{statement_};
        take_word(rest);
        take_word(rest);
        tables_.push_back({std::string{take_word(rest)}, statement_comment_, {}, {}});
        current_ = tables_.size() - 1;
        is_in_table_ = true;
    }

    void read_table_line(std::string_view text) {
        if (text.starts_with(')') && depth_after(item_) == 0) {
            if (!item_.empty()) {
                end_item();
            }
            is_in_table_ = false;
            statement_.clear();
            return;
        }
        if (item_.empty()) {
            item_comment_ = std::exchange(pending_comment_, {});
        }
        item_ += item_.empty() ? "" : " ";
        item_ += text;
        if (text.ends_with(',') && depth_after(item_) == 0) {
            end_item();
        }
    }

    void end_item() {
        add_item(tables_[current_], item_, item_comment_);
        item_.clear();
    }

    void end_statement() {
        constexpr std::string_view kAddColumn = " ADD COLUMN ";
        const std::size_t add = statement_.find(kAddColumn);
        if (statement_.starts_with("ALTER TABLE ") && add != std::string::npos) {
            std::string_view rest{statement_};
            take_word(rest);
            take_word(rest);
            const std::string_view name = take_word(rest);
            const auto table = std::ranges::find(tables_, name, &DeclaredTable::name);
            if (table == tables_.end()) {
                throw std::logic_error{"a migration alters a table that none declares"};
            }
            std::string_view item{statement_};
            item.remove_prefix(add + kAddColumn.size());
            item.remove_suffix(1);
            add_item(*table, item, statement_comment_);
        }
        statement_.clear();
    }

    static void add_item(DeclaredTable& table, std::string_view item, const std::string& comment) {
        std::string_view rest = item;
        const std::string_view name = take_word(rest);
        const bool is_constraint =
            std::ranges::find(kConstraintWords, name) != kConstraintWords.end();
        if (!is_constraint) {
            const std::string_view word = take_word(rest);
            const auto* const kind =
                std::ranges::find(kKinds, word, &std::pair<std::string_view, Kind>::first);
            if (kind == kKinds.end()) {
                throw std::logic_error{
                    "the type of " + table.name + "." + std::string{name} + " is unknown"};
            }
            table.columns.push_back(
                {std::string{name},
                 kind->second,
                 word == "@identity@",
                 parenthesised_after(item, "GENERATED ALWAYS AS"),
                 comment}
            );
        }
        if (std::string check = parenthesised_after(item, "CHECK"); !check.empty()) {
            table.checks.push_back({{}, std::move(check)});
        }
    }

    static void name_columns_of_checks(DeclaredTable& table) {
        for (Check& check : table.checks) {
            check.columns.clear();
            for (const std::string_view word : words_of(check.expression)) {
                const bool is_known = std::ranges::find(check.columns, word) != check.columns.end();
                if (!is_known && table.find_column(word) != nullptr) {
                    check.columns.emplace_back(word);
                }
            }
        }
    }

    std::vector<DeclaredTable> tables_;
    std::string pending_comment_;
    std::string statement_;
    std::string statement_comment_;
    std::string item_;
    std::string item_comment_;
    std::size_t current_ = 0;
    bool is_in_table_ = false;
};

}  // namespace

const DeclaredColumn* DeclaredTable::find_column(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &DeclaredColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

std::vector<DeclaredTable> declared_tables(std::span<const sql::Migration> migrations) {
    Reader reader;
    for (const sql::Migration& migration : migrations) {
        reader.read(migration.sql);
    }
    return reader.take();
}

std::string with_single_spaces(std::string_view sql) {
    std::string text;
    for (const char character : trimmed(sql)) {
        const bool is_blank = kBlank.find(character) != std::string_view::npos;
        if (!is_blank) {
            text.push_back(character);
        } else if (text.back() != ' ') {
            text.push_back(' ');
        }
    }
    return text;
}

std::vector<std::string_view> split_at_commas(std::string_view sql) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= sql.size(); ++at) {
        const bool is_end =
            at == sql.size() || (sql[at] == ',' && depth_after(sql.substr(start, at - start)) == 0);
        if (is_end) {
            parts.push_back(sql.substr(start, at - start));
            start = at + 1;
        }
    }
    return parts;
}

std::string_view inside_parentheses(std::string_view sql, std::size_t open) {
    if (open >= sql.size() || sql[open] != '(') {
        throw std::logic_error{"no parenthesis where one must be"};
    }
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t at = open; at < sql.size(); ++at) {
        if (sql[at] == '\'') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && sql[at] == '(') {
            ++depth;
        } else if (!is_quoted && sql[at] == ')' && --depth == 0) {
            return sql.substr(open + 1, at - open - 1);
        }
    }
    throw std::logic_error{"a parenthesis is not closed"};
}

}  // namespace innergate::admin
