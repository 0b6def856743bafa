#include "tests/integration/admin/tool.hpp"

#include <fstream>

#include "admin/commands/context.hpp"
#include "admin/commands/error_tracking_command.hpp"
#include "admin/commands/jobs_command.hpp"
#include "admin/commands/usage_command.hpp"
#include "admin/entities/row_commands.hpp"
#include "admin/repository/repository_command.hpp"
#include <CLI/CLI.hpp>
#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::test {

Tool::Tool(db::Dialect dialect) : database_(dialect) {
    database_.import(demo_document());
}

int Tool::run(const std::string& arguments) {
    out_.str({});
    err_.str({});
    admin::Context context{
        .settings = {},
        .out = out_,
        .err = err_,
        .db_key_base = [] { return AdminDatabase::key_base(); },
        .database_options = [this] { return database_.options(); },
    };
    CLI::App app;
    app.fallthrough();
    app.add_flag("--json", context.json);
    admin::register_rows(app, context);
    admin::register_repository(app, context);
    admin::register_error_tracking(app, context);
    admin::register_usage(app, context);
    admin::register_jobs(app, context);
    try {
        app.parse(arguments);
    } catch (const CLI::ParseError& error) {
        err_ << error.what();
        return static_cast<int>(admin::ExitStatus::wrong_usage);
    }
    return static_cast<int>(context.exit_status);
}

json::Value Tool::answer(const std::string& arguments) {
    const int status = run(arguments + " --json");
    BOOST_REQUIRE_MESSAGE(status == 0, arguments << ": " << err_.str());
    auto document = json::parse(out_.str());
    BOOST_REQUIRE(document);
    return std::move(*document);
}

std::string Tool::file(const std::string& name, std::string_view text) {
    std::string path = (database_.folder() / name).string();
    std::ofstream{path} << text << '\n';
    return path;
}

std::string member_of(const json::Value& object, std::string_view name) {
    const json::Value* const value = object.find(name);
    BOOST_REQUIRE_MESSAGE(value != nullptr, name);
    if (value->number() != nullptr) {
        return value->number()->text;
    }
    if (value->boolean() != nullptr) {
        return *value->boolean() ? "true" : "false";
    }
    if (value->array() != nullptr) {
        std::string joined;
        for (const json::Value& element : *value->array()) {
            const std::string text =
                element.number() != nullptr ? element.number()->text : *element.string();
            joined += (joined.empty() ? "" : ", ") + text;
        }
        return joined;
    }
    return value->string() != nullptr ? *value->string() : "null";
}

}  // namespace innergate::test
