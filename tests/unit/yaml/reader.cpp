#include "app/yaml/reader.hpp"

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/yaml/writer.hpp"

namespace innergate {
namespace {

namespace data = boost::unit_test::data;

/// As one line of our own writing, or why it is none.
std::string read(std::string_view text, const yaml::ReadLimits& limits = {}) {
    const auto value = yaml::parse(text, limits);
    return value ? yaml::to_document(*value) : "refused: " + to_string(value.error());
}

struct Example {
    const char* name;
    const char* text;
    const char* expected;
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.name;
}

const Example kReadable[]{
    {"empty", "", "--- null\n"},
    {"only a comment", "# nothing\n", "--- null\n"},
    {"scalar", "text", "--- text\n"},
    {"mapping", "a: 1\nb: [v, w]", "---\na: 1\nb:\n- v\n- w\n"},
    {"flow, as JSON has it", R"({"a": {"b": []}, "c": {}})", "---\na:\n  b: []\nc: {}\n"},
    {"sequence below its key", "a:\n- b: 1\n  c: 2\n", "---\na:\n- b: 1\n  c: 2\n"},
    {"alias", "a: &x [1]\nb: *x", "---\na:\n- 1\nb:\n- 1\n"},
    {"alias of a scalar as key", "a: &x k\n*x : v", "---\na: k\nk: v\n"},
    {"anchor given twice", "- &x 1\n- &x 2\n- *x", "---\n- 1\n- 2\n- 2\n"},
    {"key given twice keeps its place", "a: 1\nb: 2\na: 3", "---\na: 3\nb: 2\n"},
    {"boolean key given twice", "yes: 1\n'true': 2\ntrue: 3", "---\ntrue: 3\n'true': 2\n"},
    {"merge",
     "x: &x {a: 1, b: 2}\nz:\n  <<: *x\n  b: 3",
     "---\nx:\n  a: 1\n  b: 2\nz:\n  a: 1\n  b: 3\n"},
    {"merge of several, the first wins", "<<: [{a: 1}, {a: 2, b: 2}]", "---\na: 1\nb: 2\n"},
    {"no merge", "<<: x", "---\n'<<': x\n"},
    {"quoted, no merge", "'<<': {a: 1}", "---\n'<<':\n  a: 1\n"},
    {"only the first document", "a: 1\n---\n[", "---\na: 1\n"},
    {"escapes of two bytes", R"("\N\_\L\xe9")", "--- \"\\x85\xc2\xa0\\u2028\xc3\xa9\"\n"},
    {"unknown tag", "!x a", "--- a\n"},
    {"text by its tag", "!!str yes", "--- 'yes'\n"},
    {"number by its tag", "!!int 3", "--- 3\n"},
};

const Example kRefused[]{
    {"flow left open", "[a", "refused: line 1, column 1: end of sequence flow not found"},
    {"unknown alias", "*x", "refused: line 1, column 1: the referenced anchor is not defined"},
    {"sequence in itself",
     "&a [*a]",
     "refused: line 1, column 5: an alias inside of what it stands for"},
    {"mapping in itself",
     "&a {b: *a}",
     "refused: line 1, column 8: an alias inside of what it stands for"},
    {"key that is a sequence", "[a]: b", "refused: line 1, column 1: a key that is no scalar"},
    {"Ruby object",
     "!ruby/object:Object {}",
     "refused: line 1, column 1: a tag that asks for an object"},
    {"Ruby symbol", "!ruby/symbol a", "refused: line 1, column 1: a tag that asks for an object"},
    {"not UTF-8", "a: \xff", "refused: not UTF-8"},
    {"end of transmission", "a: 1\n\x04", "refused: a control character"},
};

struct Plain {
    const char* text;
    yaml::Meaning meaning;
};

std::ostream& operator<<(std::ostream& out, const Plain& plain) {
    return out << '\'' << plain.text << '\'';
}

using yaml::Meaning;

const Plain kPlain[]{
    {"", Meaning::null},           {"~", Meaning::null},       {"NULL", Meaning::null},
    {"yes", Meaning::boolean},     {"On", Meaning::boolean},   {"FALSE", Meaning::boolean},
    {"y", Meaning::text},          {"n", Meaning::text},       {"yess", Meaning::text},
    {"0", Meaning::number},        {"-12", Meaning::number},   {"+1_000", Meaning::number},
    {"0x1F", Meaning::number},     {"0b1", Meaning::number},   {"017", Meaning::number},
    {"1.5", Meaning::number},      {".5e+3", Meaning::number}, {"1:30", Meaning::number},
    {".inf", Meaning::number},     {".NaN", Meaning::number},  {"1e3", Meaning::text},
    {".", Meaning::text},          {"-", Meaning::text},       {"08", Meaning::text},
    {"2024-01-31", Meaning::text}, {":symbol", Meaning::text}, {"30 2 * * *", Meaning::text},
};

/// Ten times ten times ten…
std::string bomb(int levels) {
    std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int level = 1; level < levels; ++level) {
        text += fmt::format("a{0}: &a{0} [*a{1}", level, level - 1);
        for (int copy = 1; copy < 10; ++copy) {
            text += fmt::format(",*a{}", level - 1);
        }
        text += "]\n";
    }
    return text;
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int time = 0; time < times; ++time) {
        all += text;
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yaml_reader)

BOOST_DATA_TEST_CASE(readable, data::make(kReadable), example) {
    BOOST_TEST(read(example.text) == example.expected);
}

BOOST_DATA_TEST_CASE(refused, data::make(kRefused), example) {
    BOOST_TEST(read(example.text) == example.expected);
}

BOOST_DATA_TEST_CASE(plain_scalars_mean_what_they_mean_to_ruby, data::make(kPlain), plain) {
    BOOST_TEST((yaml::meaning_of({plain.text, false}) == plain.meaning));
    BOOST_TEST((yaml::meaning_of({plain.text, true}) == Meaning::text));
}

BOOST_AUTO_TEST_CASE(values_are_of_their_kind_only) {
    const auto document = yaml::parse(
        "{on: on, quoted: 'on', id: 7, octal: 07, quoted_id: '7', huge: 99999999999999999999, "
        "nothing: ~, text: x}"
    );
    BOOST_REQUIRE(document.has_value());
    BOOST_TEST((document->find("on")->boolean() == true));
    BOOST_TEST(!document->find("quoted")->boolean());
    BOOST_TEST(*document->find("quoted")->string() == "on");
    BOOST_TEST((document->find("id")->integer() == 7));
    BOOST_TEST(!document->find("octal")->integer());
    BOOST_TEST(!document->find("quoted_id")->integer());
    BOOST_TEST(!document->find("huge")->integer());
    BOOST_TEST((document->find("id")->string() == nullptr));
    BOOST_TEST(document->find("nothing")->is_null());
    BOOST_TEST((document->find("other") == nullptr));
    BOOST_TEST((document->find("text")->find("x") == nullptr));
    BOOST_TEST(yaml::Value{}.is_null());
}

BOOST_AUTO_TEST_CASE(size_is_limited) {
    const yaml::ReadLimits limits{.max_bytes = 4};
    BOOST_TEST(read("text", limits) == "--- text\n");
    BOOST_TEST(read("texts", limits) == "refused: too large");
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
    const auto nested = [](int depth) { return repeated("[", depth) + "x" + repeated("]", depth); };
    BOOST_TEST(!read(nested(64)).starts_with("refused"));
    BOOST_TEST(read(nested(65)) == "refused: line 1, column 65: nested too deeply");
    for (const char* const opening : {"[", "{a: ", "- ", "? ", "{"}) {
        BOOST_TEST(read(repeated(opening, 50'000)).starts_with("refused"), opening);
    }
}

BOOST_AUTO_TEST_CASE(depth_is_limited_behind_aliases) {
    std::string text = "a0: &a0 [x]\n";
    for (int level = 1; level < 100; ++level) {
        text += fmt::format("a{0}: &a{0} [*a{1}]\n", level, level - 1);
    }
    BOOST_TEST(read(text) == "refused: line 64, column 12: nested too deeply");
}

BOOST_AUTO_TEST_CASE(values_are_limited_behind_aliases) {
    BOOST_TEST(!read(bomb(4)).starts_with("refused"));
    BOOST_TEST(
        read(bomb(9)) ==
        "refused: line 5, column 22: too many values, aliases counted as what they stand for"
    );
    BOOST_TEST(
        read("[a, b]", {.max_nodes = 2}) ==
        "refused: line 1, column 5: too many values, aliases counted as what they stand for"
    );
}

BOOST_AUTO_TEST_CASE(text_is_limited_behind_aliases) {
    const std::string text = "- &a " + std::string(100'000, 'x') + "\n" + repeated("- *a\n", 1000);
    BOOST_TEST(
        read(text) ==
        "refused: line 11, column 3: too much text, aliases counted as what they stand for"
    );
}

BOOST_AUTO_TEST_CASE(keys_are_limited) {
    BOOST_TEST(!read(std::string(255, 'a') + ": x").starts_with("refused"));
    BOOST_TEST(
        read(std::string(256, 'a') + ": x") == "refused: line 1, column 1: a key that is too long"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
