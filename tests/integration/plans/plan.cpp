#include "tests/integration/plans/plan.hpp"

#include <algorithm>
#include <deque>
#include <regex>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::test {

using db::Dialect;
using db::Query;

namespace {

std::vector<std::string> explain_on_sqlite(db::Session& session, const Query& query) {
    std::vector<std::string> lines;
    int id = 0;
    int parent = 0;
    int unused = 0;
    std::string detail;
    session.fetch_each(
        query_of("explain query plan " + std::string{query.sql}),
        [&] { lines.push_back(detail); },
        soci::into(id),
        soci::into(parent),
        soci::into(unused),
        soci::into(detail)
    );
    return lines;
}

/// With PostgreSQL's numbered parameters, each name one number.
std::string numbered(std::string_view sql, std::size_t& count) {
    static const std::regex name{R"((^|[^:]):([a-z_][a-z0-9_]*))"};
    std::vector<std::string> names;
    std::string text{sql};
    std::smatch match;
    while (std::regex_search(text, match, name)) {
        auto known = std::ranges::find(names, match[2].str());
        if (known == names.end()) {
            known = names.insert(names.end(), match[2].str());
        }
        text = match.prefix().str() + match[1].str() +
               fmt::format("${}", known - names.begin() + 1) + match.suffix().str();
    }
    count = names.size();
    return text;
}

std::vector<std::string> explain_on_postgresql(db::Session& session, const Query& query) {
    static int number = 0;
    const std::string name = fmt::format("explained_{}", ++number);
    std::size_t parameters = 0;
    const std::string sql = numbered(query.sql, parameters);
    session.execute_once(fmt::format("prepare {} as {}", name, sql));
    session.execute_once("set plan_cache_mode = force_generic_plan");
    std::string nulls = parameters == 0 ? "" : "null";
    for (std::size_t parameter = 1; parameter < parameters; ++parameter) {
        nulls += ", null";
    }
    std::vector<std::string> lines;
    std::string line;
    session.fetch_each(
        query_of(fmt::format(
            "explain (costs off) execute {}{}", name, nulls.empty() ? "" : "(" + nulls + ")"
        )),
        [&] { lines.push_back(line); },
        soci::into(line)
    );
    return lines;
}

}  // namespace

Query query_of(std::string sql) {
    static std::deque<std::string> texts;
    texts.push_back(std::move(sql));
    return Query{"test.run_time", texts.back()};
}

std::vector<std::string> explain(db::Session& session, const Query& query) {
    return session.dialect() == Dialect::sqlite ? explain_on_sqlite(session, query)
                                                : explain_on_postgresql(session, query);
}

std::string scanned(const std::vector<std::string>& plan, std::size_t index, Dialect dialect) {
    // To build an index or a filter for one use it reads the table from end to end; by an index of
    // which only the kind of a thing is given it reads a large part.
    static const std::regex on_sqlite{
        R"(^(?:SCAN (?!CONSTANT ROW|\(subquery)|BLOOM FILTER ON |SEARCH (?=\S+ USING AUTOMATIC)|)"
        R"(SEARCH (?=\S+ USING [^(]*\((?:source_type|type)=\?\)))(\S+))"};
    static const std::regex on_postgresql{
        R"((?:Seq Scan|Index Scan|Index Only Scan)(?: Backward)?(?: using \S+)? on (\S+))"};
    const std::string& line = plan[index];
    std::smatch match;
    if (!std::regex_search(line, match, dialect == Dialect::sqlite ? on_sqlite : on_postgresql)) {
        return {};
    }
    // It has the running jobs only: as many rows as there are runners.
    static constexpr std::string_view kFewRows = "index_post_receive_jobs_on_gl_repository_running";
    if (line.find(kFewRows) != std::string::npos) {
        return {};
    }
    static const std::regex kind_only{R"(Index Cond: \((?:source_type|type) = '[^']*'::text\)$)"};
    const bool is_index_search = dialect == Dialect::postgresql && index + 1 < plan.size() &&
                                 plan[index + 1].find("Index Cond") != std::string::npos &&
                                 !std::regex_search(plan[index + 1], kind_only);
    return is_index_search ? std::string{} : match[1].str();
}

std::vector<std::string> all_scanned(const std::vector<std::string>& plan, Dialect dialect) {
    std::vector<std::string> tables;
    for (std::size_t index = 0; index < plan.size(); ++index) {
        if (std::string table = scanned(plan, index, dialect); !table.empty()) {
            tables.push_back(std::move(table));
        }
    }
    return tables;
}

std::string joined(const std::vector<std::string>& lines) {
    return fmt::format("\n{}", fmt::join(lines, "\n"));
}

}  // namespace innergate::test
