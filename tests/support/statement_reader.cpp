#include "tests/support/statement_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tests/support/repository_files.hpp"

namespace innergate::test {
namespace {

struct Token {
    enum class Kind { text, word, symbol, end };

    Kind kind = Kind::end;
    std::string value;  ///< of a text: what it says; of a word: with its namespaces
};

/// C++ as far as constants need it: literals, names, single characters. No comments.
class Tokens {
public:
    explicit Tokens(std::string_view source) : rest_(source) {
        while (skip_blanks()) {
            list_.push_back(next());
        }
    }

    [[nodiscard]] std::vector<Token> take() && { return std::move(list_); }

private:
    static bool is_part_of_word(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
               (character >= '0' && character <= '9') || character == '_' || character == ':';
    }

    /// False: nothing is left.
    bool skip_blanks() {
        while (!rest_.empty()) {
            if (rest_.starts_with("//")) {
                drop(std::min(rest_.find('\n'), rest_.size()));
            } else if (rest_.starts_with("/*")) {
                drop(std::min(rest_.find("*/"), rest_.size() - 2) + 2);
            } else if (rest_.front() == ' ' || rest_.front() == '\n') {
                drop(1);
            } else {
                return true;
            }
        }
        return false;
    }

    Token next() {
        if (rest_.starts_with("R\"")) {
            return {Token::Kind::text, raw_literal()};
        }
        if (rest_.front() == '"') {
            return {Token::Kind::text, literal('"')};
        }
        if (rest_.front() == '\'') {
            return {Token::Kind::symbol, literal('\'')};
        }
        const bool is_number = rest_.front() >= '0' && rest_.front() <= '9';
        const auto length = static_cast<std::size_t>(
            std::ranges::find_if_not(
                rest_,
                [is_number](char character) {
                    return is_part_of_word(character) || (is_number && character == '\'');
                }
            ) -
            rest_.begin()
        );
        return length == 0 ? Token{Token::Kind::symbol, cut(1)}
                           : Token{Token::Kind::word, cut(length)};
    }

    std::string raw_literal() {
        drop(2);
        const std::size_t bracket = rest_.find('(');
        const std::string end = fmt::format("){}\"", rest_.substr(0, bracket));
        drop(bracket + 1);
        std::string text = cut(rest_.find(end));
        drop(end.size());
        return text;
    }

    std::string literal(char quote) {
        drop(1);
        std::string text;
        while (!rest_.empty() && rest_.front() != quote) {
            if (rest_.front() == '\\') {
                drop(1);
            }
            text += cut(1);
        }
        drop(1);
        return text;
    }

    void drop(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }
    std::string cut(std::size_t count) {
        std::string text{rest_.substr(0, count)};
        drop(count);
        return text;
    }

    std::string_view rest_;
    std::vector<Token> list_;
};

/// A literal, a name, or a call of one.
struct Expression {
    std::string text;
    std::string word;  ///< empty: a literal
    std::vector<Expression> arguments;
    bool is_call = false;
    std::string only;  ///< the word in `.only_on(…)`
};

[[noreturn]] void give_up(std::string_view path, std::string_view what) {
    throw std::runtime_error{fmt::format("{}: cannot read {}", path, what)};
}

class Parser {
public:
    Parser(std::string_view path, std::vector<Token> tokens)
        : path_(path), tokens_(std::move(tokens)) {}

    [[nodiscard]] const Token& at(std::size_t place) const {
        static const Token end;
        return place < tokens_.size() ? tokens_[place] : end;
    }
    [[nodiscard]] std::size_t size() const { return tokens_.size(); }

    /// From `place` on, which goes behind it.
    Expression expression(std::size_t& place) const {
        Expression read;
        if (at(place).kind == Token::Kind::text) {
            while (at(place).kind == Token::Kind::text) {
                read.text += at(place++).value;
            }
            return read;
        }
        if (at(place).value == "&") {
            ++place;
        }
        if (at(place).kind != Token::Kind::word) {
            give_up(path_, fmt::format("'{}' as a part of a statement", at(place).value));
        }
        read.word = at(place++).value;
        if (at(place).value == "<") {
            skip_template_arguments(place);
        }
        if (at(place).value == "(" || at(place).value == "{") {
            read.is_call = true;
            read.arguments = arguments(place);
        }
        if (at(place).value == "." && at(place + 1).value == "only_on") {
            place += 2;
            read.only = arguments(place).at(0).word;
        }
        return read;
    }

private:
    void skip_template_arguments(std::size_t& place) const {
        int depth = 1;
        for (++place; depth > 0 && place < size(); ++place) {
            if (at(place).value == "<") {
                ++depth;
            } else if (at(place).value == ">") {
                --depth;
            }
        }
    }

    std::vector<Expression> arguments(std::size_t& place) const {
        const std::string_view end = at(place++).value == "(" ? ")" : "}";
        std::vector<Expression> all;
        while (at(place).value != end || at(place).kind == Token::Kind::text) {
            all.push_back(expression(place));
            if (at(place).value == ",") {
                ++place;
            } else if (at(place).value != end) {
                give_up(path_, fmt::format("'{}' behind a part of a statement", at(place).value));
            }
        }
        ++place;
        return all;
    }

    std::string path_;
    std::vector<Token> tokens_;
};

/// The constants of a file by their names.
using Constants = std::map<std::string, Expression, std::less<>>;

bool composes_statement(std::string_view word) {
    return word == "db::reading" || word == "db::writing";
}

bool is_constant(std::string_view word) {
    static constexpr std::array<std::string_view, 6> kParts{
        "db::sql", "db::columns", "db::column", "db::flag", "db::converted", "db::within"};
    return composes_statement(word) || std::ranges::find(kParts, word) != kParts.end();
}

/// `constexpr db::Query kName{…}` and `constexpr auto kName = db::…(…)`.
Constants constants_of(const SourceText& source) {
    const Parser parser{source.path, Tokens{source.text}.take()};
    Constants constants;
    const auto word = [&parser](std::size_t place) -> const std::string& {
        return parser.at(place).value;
    };
    for (std::size_t place = 0; place < parser.size(); ++place) {
        if (parser.at(place).kind != Token::Kind::word) {
            continue;
        }
        const bool is_behind_constexpr = place > 0 && word(place - 1) == "constexpr";
        if (word(place) == "db::Query" && word(place + 1) != "&") {
            if (!is_behind_constexpr || word(place + 2) != "{") {
                give_up(source.path, fmt::format("db::Query {}", word(place + 1)));
            }
            // As a call of the type, whose arguments stand behind the constant's name.
            std::size_t end = place + 1;
            Expression query = parser.expression(end);
            query.word = "db::Query";
            constants[word(place + 1)] = std::move(query);
        } else if (word(place) == "auto" && is_behind_constexpr && word(place + 2) == "=" && is_constant(word(place + 3))) {
            std::size_t end = place + 3;
            constants[word(place + 1)] = parser.expression(end);
            place += 3;
        } else if (composes_statement(word(place))) {
            give_up(source.path, fmt::format("{} that is no constant", word(place)));
        }
    }
    return constants;
}

class Reader {
public:
    Reader(std::string_view path, const Constants& own, const Constants& shared)
        : path_(path), own_(own), shared_(shared) {}

    [[nodiscard]] WrittenStatement statement(const Expression& written) const {
        const auto& arguments = written.arguments;
        if (arguments.size() < 2) {
            give_up(path_, "a statement without text");
        }
        WrittenStatement read{
            .path = path_,
            .name = text(arguments[0]),
            .sql = {},
            .access = written.word == "db::writing" ? db::Access::write : db::Access::read,
            .only = std::nullopt,
        };
        if (composes_statement(written.word)) {
            read.sql = joined({arguments.begin() + 1, arguments.end()}, " ");
            if (!written.only.empty()) {
                read.only = dialect(written.only);
            }
            return read;
        }
        read.sql = text(arguments[1]);
        if (arguments.size() > 2) {
            read.access = access(arguments[2].word);
        }
        if (arguments.size() > 3) {
            read.only = dialect(arguments[3].word);
        }
        return read;
    }

private:
    [[nodiscard]] db::Access access(std::string_view word) const {
        if (word == "db::Access::read" || word == "db::Access::write") {
            return word == "db::Access::read" ? db::Access::read : db::Access::write;
        }
        give_up(path_, word);
    }

    [[nodiscard]] db::Dialect dialect(std::string_view word) const {
        if (word == "db::Dialect::sqlite" || word == "db::Dialect::postgresql") {
            return word == "db::Dialect::sqlite" ? db::Dialect::sqlite : db::Dialect::postgresql;
        }
        give_up(path_, word);
    }

    [[nodiscard]] std::string text(const Expression& part) const {
        if (part.word.empty()) {
            return part.text;
        }
        if (!part.is_call) {
            return text(constant(part.word));
        }
        if (part.word == "db::sql") {
            return joined(part.arguments, " ");
        }
        if (part.word == "db::columns") {
            return joined(part.arguments, ", ");
        }
        if (part.word == "db::column" || part.word == "db::converted") {
            return text(part.arguments.at(0));
        }
        if (part.word == "db::flag") {
            return fmt::format("case when {} then 1 else 0 end", text(part.arguments.at(0)));
        }
        if (part.word == "db::within") {
            return text(part.arguments.at(1));
        }
        give_up(path_, part.word);
    }

    [[nodiscard]] const Expression& constant(std::string_view name) const {
        if (const auto own = own_.find(name); own != own_.end()) {
            return own->second;
        }
        const auto shared = shared_.find(name);
        if (shared == shared_.end()) {
            give_up(path_, fmt::format("{}, which is defined nowhere", name));
        }
        return shared->second;
    }

    [[nodiscard]] std::string joined(
        const std::vector<Expression>& parts, std::string_view separator
    ) const {
        std::string whole;
        for (const Expression& part : parts) {
            whole += whole.empty() ? "" : separator;
            whole += text(part);
        }
        return whole;
    }

    std::string path_;
    const Constants& own_;
    const Constants& shared_;
};

std::vector<SourceText> sources_of_handlers() {
    const std::filesystem::path root = repository_root();
    std::vector<SourceText> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{root / "handlers"}) {
        const auto extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".hpp") {
            const std::string path = entry.path().lexically_relative(root).string();
            sources.push_back({path, repository_file(path)});
        }
    }
    std::ranges::sort(sources, {}, &SourceText::path);
    return sources;
}

}  // namespace

std::vector<WrittenStatement> read_statements(const std::vector<SourceText>& sources) {
    std::vector<Constants> all;
    Constants shared;
    for (const SourceText& source : sources) {
        all.push_back(constants_of(source));
        if (source.path.ends_with(".hpp")) {
            shared.insert(all.back().begin(), all.back().end());
        }
    }
    std::vector<WrittenStatement> statements;
    for (std::size_t index = 0; index < sources.size(); ++index) {
        const Reader reader{sources[index].path, all[index], shared};
        for (const auto& [name, constant] : all[index]) {
            if (constant.word == "db::Query" || composes_statement(constant.word)) {
                statements.push_back(reader.statement(constant));
            }
        }
    }
    return statements;
}

const std::vector<db::Query>& store_queries() {
    static const std::vector<WrittenStatement> statements = read_statements(sources_of_handlers());
    static const std::vector<db::Query> queries = [] {
        std::vector<db::Query> all;
        for (const WrittenStatement& statement : statements) {
            all.push_back({statement.name, statement.sql, statement.access, statement.only});
        }
        return all;
    }();
    return queries;
}

}  // namespace innergate::test
