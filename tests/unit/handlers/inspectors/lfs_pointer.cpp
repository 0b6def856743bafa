#include "handlers/inspectors/lfs_pointer.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::inspectors {
namespace {

const std::string kVersion = "version https://git-lfs.github.com/spec/v1\n";
const std::string kDigest(64, 'a');
const std::string kOid = "oid sha256:" + kDigest + "\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(lfs_pointer)

BOOST_AUTO_TEST_CASE(pointers_are_recognised) {
    const std::vector<std::string> pointers{
        kVersion + kOid + "size 12345\n",
        kVersion + "ext-0-foo sha256:" + std::string(64, 'b') + "\n" + kOid + "size 12345\n",
        kVersion + kOid + "size 12345",
        "version https://git-lfs.github.com/spec/v1\r\noid sha256:" + kDigest +
            "\r\nsize 12345\r\n"};
    for (const std::string& text : pointers) {
        const auto pointer = parse_lfs_pointer(text);
        BOOST_REQUIRE_MESSAGE(pointer.has_value(), text);
        BOOST_TEST(pointer->oid == kDigest);
        BOOST_TEST(pointer->size == 12345U);
    }
}

BOOST_AUTO_TEST_CASE(other_files_are_none) {
    const std::vector<std::string> files{
        "",
        "\n",
        kVersion,
        kVersion + kOid,
        kVersion + "size 1\n",
        kVersion + kOid + "size x\n",
        kVersion + kOid + "size -1\n",
        kVersion + kOid + "size 99999999999999999999\n",
        kVersion + "oid sha256:" + std::string(63, 'a') + "\nsize 1\n",
        kVersion + "oid sha256:" + std::string(64, 'G') + "\nsize 1\n",
        kVersion + "oid md5:" + kDigest + "\nsize 1\n",
        "see " + kVersion + kOid + "size 1\n",
        "version https://git-lfs.github.com/spec/v2\n" + kOid + "size 1\n",
        kOid + "size 1\n" + kVersion,
        kVersion + kOid + "size 1\n" + std::string(kMaxLfsPointerBytes, '\n')};
    for (const std::string& text : files) {
        BOOST_TEST(!parse_lfs_pointer(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::inspectors
