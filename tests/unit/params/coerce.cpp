#include "app/params/coerce.hpp"

#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::params {
namespace {

json::Value value(std::string_view json) {
    return json::parse(json).value();
}

template <class T>
std::optional<T> read(std::string_view json) {
    return coerced<T>(value(json));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(coercions)

BOOST_AUTO_TEST_CASE(integers_are_whole) {
    BOOST_TEST(read<long long>("12").value() == 12);
    BOOST_TEST(read<long long>(R"("-12")").value() == -12);
    BOOST_TEST(read<long long>(R"("+5")").value() == 5);
    for (const std::string_view json :
         {R"("12abc")",
          R"("")",
          R"(" 1")",
          "1.5",
          "1e3",
          R"("+-1")",
          R"("9223372036854775808")",
          "true",
          "[]",
          "{}"}) {
        BOOST_TEST(!read<long long>(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(integers_as_ruby_reads_them) {
    BOOST_TEST(read<RubyInteger>("5")->value == 5);
    BOOST_TEST(read<RubyInteger>("-1")->value == -1);
    BOOST_TEST(read<RubyInteger>("5.5")->value == 5);
    BOOST_TEST(read<RubyInteger>("-5.5")->value == -5);
    BOOST_TEST(read<RubyInteger>("1.5e3")->value == 1500);
    BOOST_TEST(read<RubyInteger>(R"("5")")->value == 5);
    BOOST_TEST(read<RubyInteger>(R"(" 7 ")")->value == 7);
    BOOST_TEST(read<RubyInteger>(R"("-1")")->value == -1);
    BOOST_TEST(read<RubyInteger>("9223372036854775807")->value == 9223372036854775807LL);
    for (const std::string_view json :
         {R"("string")",
          R"("7.5")",
          R"("0x10")",
          R"("  ")",
          "true",
          "null",
          "[1]",
          "{}",
          "9223372036854775808",
          R"("-9223372036854775809")",
          "9.3e18"}) {
        BOOST_TEST(!read<RubyInteger>(json).has_value(), json);
    }
    BOOST_TEST(is_absent<RubyInteger>(value(R"("")")));
    BOOST_TEST(is_absent<RubyInteger>(value("null")));
    BOOST_TEST(!is_absent<RubyInteger>(value("0")));
    BOOST_TEST(!is_absent<std::string>(value(R"("")")));
}

BOOST_AUTO_TEST_CASE(lists_of_integers) {
    const auto read_list = [](std::string_view json) {
        return read<std::vector<RubyInteger>>(json);
    };
    BOOST_TEST((read_list(R"([1,"2",3.9])").value() == std::vector<RubyInteger>{{1}, {2}, {3}}));
    BOOST_TEST(read_list("[]")->empty());
    for (const std::string_view json : {R"("1,2")", "1", "{}", "[null]", R"([""])", "[[1]]"}) {
        BOOST_TEST(!read_list(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(booleans_in_their_spellings) {
    for (const std::string_view json :
         {"true", "1", R"("1")", R"("t")", R"("True")", R"("YES")", R"("on")", R"("y")"}) {
        BOOST_TEST(read<bool>(json).value(), json);
    }
    for (const std::string_view json :
         {"false", "0", R"("f")", R"("FALSE")", R"("No")", R"("off")", R"("n")"}) {
        BOOST_TEST(!read<bool>(json).value(), json);
    }
    for (const std::string_view json : {R"("")", R"("tRue")", "2", R"("maybe")", "[]"}) {
        BOOST_TEST(!read<bool>(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(dates_must_exist) {
    BOOST_TEST((read<Date>(R"("2024-02-29")").value() == Date{std::chrono::year{2024} / 2 / 29}));
    for (const std::string_view json :
         {R"("\"2024-02-29\"")",
          R"("'29 Feb 2024'")",
          R"("29/02/2024")",
          R"("2024-02-29 10:30")"}) {
        BOOST_TEST((read<Date>(json).value() == Date{std::chrono::year{2024} / 2 / 29}), json);
    }
    for (const std::string_view json :
         {R"("2023-02-29")", R"("2024-13-01")", R"("")", "20240101", "true", "[]"}) {
        BOOST_TEST(!read<Date>(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(times_must_exist) {
    const Timestamp expected = Date{std::chrono::year{2024} / 2 / 29} + std::chrono::hours{10};
    for (const std::string_view json :
         {R"("2024-02-29 10:00:00 UTC")", R"("\"2024-02-29T12:00+02:00\"")"}) {
        BOOST_TEST((read<Timestamp>(json).value() == expected), json);
    }
    for (const std::string_view json : {R"("2024-02-29 24:00")", R"("")", "1709200800", "{}"}) {
        BOOST_TEST(!read<Timestamp>(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(integers_of_32_bits) {
    BOOST_TEST(read<int>("2147483647").value() == 2147483647);
    BOOST_TEST(read<int>(R"("-2147483648")").value() == -2147483647 - 1);
    for (const std::string_view json :
         {"2147483648", "-2147483649", "9223372036854775808", "1.0", R"("x")", "true"}) {
        BOOST_TEST(!read<int>(json).has_value(), json);
    }
}

BOOST_AUTO_TEST_CASE(quotes_around_texts) {
    BOOST_TEST(read<Unquoted>(R"("\"premium\"")")->text == "premium");
    BOOST_TEST(read<Unquoted>(R"("premium")")->text == "premium");
    BOOST_TEST(read<Unquoted>("12")->text == "12");
    BOOST_TEST(!read<Unquoted>("[]").has_value());
}

BOOST_AUTO_TEST_CASE(empty_text_is_none_where_no_text_is_wanted) {
    for (const std::string_view json : {R"("")", "null"}) {
        BOOST_TEST(is_absent<int>(value(json)));
        BOOST_TEST(is_absent<long long>(value(json)));
        BOOST_TEST(is_absent<bool>(value(json)));
        BOOST_TEST(is_absent<Date>(value(json)));
        BOOST_TEST(is_absent<Timestamp>(value(json)));
    }
    BOOST_TEST(!is_absent<std::string>(value(R"("")")));
    BOOST_TEST(!is_absent<Unquoted>(value(R"("")")));
    BOOST_TEST(!is_absent<int>(value("0")));
}

BOOST_AUTO_TEST_CASE(ids_are_canonical_or_of_no_record) {
    BOOST_TEST(read<KeyId>("7")->value == 7);
    BOOST_TEST(read<KeyId>(R"("7")")->value == 7);
    for (const std::string_view json :
         {R"("7x")",
          R"("07")",
          R"("+7")",
          "-7",
          "7.0",
          R"("")",
          R"("99999999999999999999")",
          "{}",
          "[7]",
          "true"}) {
        BOOST_TEST((read<KeyId>(json).value() == KeyId::none()), json);
    }
}

BOOST_AUTO_TEST_CASE(text_takes_numbers_and_booleans_too) {
    BOOST_TEST(read<std::string>("12").value() == "12");
    BOOST_TEST(read<std::string>("true").value() == "true");
    BOOST_TEST(!read<std::string>("[]").has_value());
    BOOST_TEST(!read<std::string>("{}").has_value());
}

BOOST_AUTO_TEST_CASE(arrays_of_text) {
    BOOST_TEST(
        (read<std::vector<std::string>>(R"(["a",1])").value() == std::vector<std::string>{"a", "1"})
    );
    BOOST_TEST(!read<std::vector<std::string>>(R"("a")").has_value());
    BOOST_TEST(!read<std::vector<std::string>>("[[]]").has_value());
}

BOOST_AUTO_TEST_CASE(one_value_where_a_list_may_stand) {
    const auto values = [](const char* json) { return read<OneOrMany>(json).value().values; };
    BOOST_TEST((values(R"(["a",1])") == std::vector<std::string>{"a", "1"}));
    BOOST_TEST((values(R"("a")") == std::vector<std::string>{"a"}));
    BOOST_TEST((values(R"("")") == std::vector<std::string>{""}));
    BOOST_TEST(values("[]").empty());
    BOOST_TEST(!read<OneOrMany>(R"({"a":"b"})").has_value());
    BOOST_TEST(!read<OneOrMany>(R"([["a"]])").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::params
