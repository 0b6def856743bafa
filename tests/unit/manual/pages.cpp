#include <string>

#include <CLI/CLI.hpp>
#include <boost/test/unit_test.hpp>

#include "app/manual/bash_completion.hpp"
#include "app/manual/program_page.hpp"
#include "app/manual/roff.hpp"
#include "app/manual/settings_page.hpp"
#include "app/settings/keys.hpp"

namespace innergate::manual {
namespace {

struct Tool {
    CLI::App app{"A tool"};
    std::string state;
    bool is_whole = false;
    const Program program{
        .name = "a-tool",
        .section = 1,
        .summary = "a tool",
        .parts = {{"FILES", {}, {{"/x", "a file."}}}}};

    Tool() {
        app.add_option("--config", state, "Settings file")->type_name("FILE");
        app.add_option("--limits-x", state, "A setting")->group("Settings: limits");
        app.add_option("--secret", state, "Not for help")->group("");
        CLI::App* const jobs = app.add_subcommand("jobs", "Jobs");
        CLI::App* const list = jobs->add_subcommand("list", "List them");
        CLI::App* const group = list->add_option_group("which");
        group->add_option("ID", state, "Their numbers");
        group->add_option("--state", state, "Only these")
            ->required()
            ->check(CLI::IsMember({"waiting", "running"}));
        list->add_flag("--all", is_whole, "Also what is done");
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(manual_pages)

BOOST_AUTO_TEST_CASE(text_is_printed_as_it_stands) {
    Page page{"a-page", 5, "is a page"};
    page.paragraph(".d/*.conf takes --x and C:\\dir");
    BOOST_TEST(has(page.text(), ".TH A\\-PAGE 5 "));
    BOOST_TEST(has(page.text(), "\na\\-page \\- is a page\n"));
    BOOST_TEST(has(page.text(), "\n\\&.d/*.conf takes \\-\\-x and C:\\edir\n"));
}

BOOST_FIXTURE_TEST_CASE(page_of_a_program_has_its_commands_and_options, Tool) {
    const std::string page = program_page(app, program);
    BOOST_TEST(has(page, "a\\-tool COMMAND [OPTIONS]"));
    BOOST_TEST(has(page, ".SS jobs list\n.PP\nList them.\n"));
    BOOST_TEST(has(page, "\\fB\\-\\-state waiting|running\\fR\nOnly these (required)\n"));
    BOOST_TEST(has(page, "\\fBID\\fR\nTheir numbers\n"));
    BOOST_TEST(has(page, "\\fB\\-\\-all\\fR\n"));
    BOOST_TEST(has(page, ".SH FILES\n.TP\n\\fB/x\\fR\na file.\n"));
    BOOST_TEST(!has(page, "limits\\-x"));
    BOOST_TEST(!has(page, "secret"));
}

BOOST_FIXTURE_TEST_CASE(completion_knows_commands_options_and_values, Tool) {
    const std::string script = bash_completion(app, program.name);
    BOOST_TEST(has(script, "['/']='jobs'\n"));
    BOOST_TEST(has(script, "['/jobs']='list'\n"));
    BOOST_TEST(has(script, "['/jobs/list']='-h --help --all --state'\n"));
    BOOST_TEST(has(script, "['/jobs/list --state']='waiting running'\n"));
    BOOST_TEST(has(script, "complete -o default -F _a_tool a-tool\n"));
    BOOST_TEST(!has(script, "secret"));
}

BOOST_FIXTURE_TEST_CASE(documents_are_printed_whatever_else_is_required, Tool) {
    app.require_subcommand(1);
    add_documents(app, program);
    for (const std::string option : {"--print-manual", "--print-completion"}) {
        BOOST_CHECK_THROW(app.parse(option), CLI::CallForVersion);
    }
}

BOOST_AUTO_TEST_CASE(page_of_the_settings_has_every_key) {
    const std::string page = settings_page();
    for (const settings::Key& key : settings::keys()) {
        BOOST_TEST(has(page, ".SH [" + key.section + "]\n"), key.section);
        BOOST_TEST(has(page, "\\fB" + key.name + " = "), key.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::manual
