#include "handlers/domain/security_policy/schema.hpp"

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/security_policy/yaml_text.hpp"

namespace innergate::handlers::domain {
namespace {

namespace data = boost::unit_test::data;

struct Example {
    std::string policy;
    std::string fault;
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.policy;
}

const std::string kLongest(255, 'n');

const Example kPolicies[]{
    {"name: p, enabled: true, rules: [], actions: []", ""},
    {"name: ü, enabled: off, rules: [{type: pipeline}, {type: schedule, cadence: c}], "
     "actions: [{scan: dast}, {scan: sast_iac}]",
     ""},
    {"name: " + kLongest + ", enabled: true, rules: [], actions: []", ""},
    {"name: n" + kLongest + ", enabled: true, rules: [], actions: []",
     "name is no text of 1 to 255 characters"},
    {"name: '', enabled: true, rules: [], actions: []", "name is no text of 1 to 255 characters"},
    {"name: 1, enabled: true, rules: [], actions: []", "name is no text of 1 to 255 characters"},
    {"enabled: true, rules: [], actions: []", "name is no text of 1 to 255 characters"},
    {"name: p, rules: [], actions: []", "enabled is neither true nor false"},
    {"name: p, enabled: 'true', rules: [], actions: []", "enabled is neither true nor false"},
    {"name: p, enabled: true, actions: []", "rules is no list"},
    {"name: p, enabled: true, rules: {}, actions: []", "rules is no list"},
    {"name: p, enabled: true, rules: []", "actions is no list"},
    {"name: p, enabled: true, rules: [{type: pipeline}, {type: x}], actions: []",
     "rule 2: its type is neither pipeline nor schedule"},
    {"name: p, enabled: true, rules: [x], actions: []",
     "rule 1: its type is neither pipeline nor schedule"},
    {"name: p, enabled: true, rules: [{type: schedule}], actions: []", "rule 1: it has no cadence"},
    {"name: p, enabled: true, rules: [{type: schedule, cadence: 5}], actions: []",
     "rule 1: it has no cadence"},
    {"name: p, enabled: true, rules: [], actions: [{scan: x}]", "action 1: its scan is unknown"},
    {"name: p, enabled: true, rules: [], actions: [{}]", "action 1: its scan is unknown"},
};

const Example kFiles[]{
    {"", "the file is no mapping"},
    {"[scan_execution_policy]", "the file is no mapping"},
    {"{}", "the file has no list of policies"},
    {"scan_execution_policy: {}", "the file has no list of policies"},
    {"experiments: []", "the file has no list of policies"},
    {"approval_policy: []", ""},
    {"{approval_policy: [], scan_execution_policy: }", "scan_execution_policy is no list"},
    {"scan_execution_policy: []", ""},
    {"scan_execution_policy: [x]", "policy 1: name is no text of 1 to 255 characters"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(security_policy_schema)

BOOST_DATA_TEST_CASE(policies, data::make(kPolicies), example) {
    const std::string valid = "{name: p, enabled: true, rules: [], actions: []}";
    const std::string file = "scan_execution_policy: [" + valid + ", {" + example.policy + "}]";
    const std::string expected = example.fault.empty() ? "" : "policy 2: " + example.fault;
    BOOST_TEST(find_schema_fault(test::from_yaml(file)).value_or("") == expected);
}

BOOST_DATA_TEST_CASE(files, data::make(kFiles), example) {
    BOOST_TEST(find_schema_fault(test::from_yaml(example.policy)).value_or("") == example.fault);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
