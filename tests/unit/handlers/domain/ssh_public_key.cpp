#include "handlers/domain/ssh_public_key.hpp"

#include <ostream>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/encoding/base64.hpp"
#include "tests/unit/handlers/domain/ssh_test_keys.hpp"

namespace innergate::handlers::domain {

struct SshKeyExample {
    std::string_view line;
    std::string_view type;
    int bits;
};

std::ostream& operator<<(std::ostream& out, const SshKeyExample& example) {
    return out << example.type << ' ' << example.bits;
}

namespace {

const std::vector<SshKeyExample> kExamples{
    {test_keys::kRsa1024, "rsa", 1024},
    {test_keys::kRsa2048, "rsa", 2048},
    {test_keys::kDsa1024, "dsa", 1024},
    {test_keys::kEcdsa256, "ecdsa", 256},
    {test_keys::kEcdsa384, "ecdsa", 384},
    {test_keys::kEcdsa521, "ecdsa", 521},
    {test_keys::kEd25519, "ed25519", 256},
    {test_keys::kEcdsaSk, "ecdsa_sk", 256},
    {test_keys::kEd25519Sk, "ed25519_sk", 256},
};

std::string field(std::string_view bytes) {
    return std::string{'\0', '\0', '\0', static_cast<char>(bytes.size())} + std::string{bytes};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ssh_public_keys)

BOOST_DATA_TEST_CASE(type_and_bits_are_read, boost::unit_test::data::make(kExamples), example) {
    const auto key = parse_ssh_public_key(example.line);
    BOOST_REQUIRE(key.has_value());
    BOOST_TEST(to_string(key->type) == example.type);
    BOOST_TEST(key->bits == example.bits);
}

BOOST_AUTO_TEST_CASE(the_blob_decides_not_the_word_in_front) {
    const std::string_view blob = test_keys::kEd25519.substr(test_keys::kEd25519.find(' '));
    const auto key = parse_ssh_public_key("ssh-rsa" + std::string{blob});
    BOOST_REQUIRE(key.has_value());
    BOOST_TEST(to_string(key->type) == "ed25519");
}

BOOST_AUTO_TEST_CASE(what_is_no_key_has_no_type) {
    for (const std::string_view line :
         {"", "ssh-rsa", "ssh-rsa ", "ssh-rsa AAAA", "ssh-rsa !", "ssh-rsa AAAAB3NzaC1yc2E="}) {
        BOOST_TEST(!parse_ssh_public_key(line).has_value(), line);
    }
    const std::string unknown = field("ssh-xmss@openssh.com") + field("x");
    BOOST_TEST(!parse_ssh_public_key("ssh-xmss@openssh.com " + encoding::base64(unknown)));
}

BOOST_AUTO_TEST_CASE(fields_that_reach_over_the_end_are_no_key) {
    const std::string cut =
        field("ssh-rsa") + field("\1\0\1") + std::string{'\x7F', '\0', '\0', '\0'};
    BOOST_TEST(!parse_ssh_public_key("ssh-rsa " + encoding::base64(cut)));
    const std::string all_ones = field("ssh-rsa") + std::string(4, '\xFF');
    BOOST_TEST(!parse_ssh_public_key("ssh-rsa " + encoding::base64(all_ones)));
}

BOOST_AUTO_TEST_CASE(leading_zero_bits_do_not_count) {
    const std::string padded =
        field("ssh-rsa") + field("\3") + field(std::string{'\0', '\x0F', '\1'});
    BOOST_TEST(parse_ssh_public_key("ssh-rsa " + encoding::base64(padded)).value().bits == 12);
    const std::string nothing = field("ssh-rsa") + field("\3") + field("");
    BOOST_TEST(parse_ssh_public_key("ssh-rsa " + encoding::base64(nothing)).value().bits == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
