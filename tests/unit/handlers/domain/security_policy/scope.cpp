#include "handlers/domain/security_policy/scope.hpp"

#include <ostream>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/security_policy/yaml_text.hpp"

namespace innergate::handlers::domain {
namespace {

namespace data = boost::unit_test::data;

struct Example {
    const char* scope;
    bool is_admitted;
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.scope;
}

/// To a project 5 in the group 3 below group 2, with the framework 7.
const Example kExamples[]{
    {"", true},
    {"{}", true},
    {"text", true},
    {"[projects]", true},
    {"projects: text", true},
    {"projects: {excluding: [{id: 5}]}", false},
    {"projects: {excluding: [{id: 6}, {id: 5}]}", false},
    {"projects: {excluding: [{id: 6}]}", true},
    {"projects: {excluding: [{id: '5'}]}", true},
    {"projects: {excluding: [5, {}, {id: x}]}", true},
    {"projects: {excluding: {id: 5}}", true},
    {"projects: {excluding: [{type: personal}, {type: archived}]}", true},
    {"projects: {including: []}", true},
    {"projects: {including: [{id: 5}]}", true},
    {"projects: {including: [{id: 6}]}", false},
    {"projects: {including: [x]}", false},
    {"projects: {including: [{id: 5}], excluding: [{id: 5}]}", false},
    {"groups: {excluding: [{id: 3}]}", false},
    {"groups: {excluding: [{id: 2}]}", false},
    {"groups: {excluding: [{id: 5}]}", true},
    {"groups: {including: []}", true},
    {"groups: {including: [{id: 2}]}", true},
    {"groups: {including: [{id: 4}]}", false},
    {"groups: {including: [{id: 2}], excluding: [{id: 3}]}", false},
    {"compliance_frameworks: []", true},
    {"compliance_frameworks: [{id: 1}, {id: 7}]", true},
    {"compliance_frameworks: [{id: 1}]", false},
    {"{projects: {including: [{id: 5}]}, groups: {including: [{id: 4}]}}", false},
    {"{projects: {including: [{id: 5}]}, compliance_frameworks: [{id: 1}]}", false},
};

const ScopedProject kProject{.id = ProjectId{5}, .groups = {3, 2}, .compliance_frameworks = {7, 8}};

bool is_admitted(const char* scope, const ScopedProject& project) {
    return admits(read_scope(test::from_yaml(scope)), project);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(security_policy_scope)

BOOST_DATA_TEST_CASE(admits_a_project, data::make(kExamples), example) {
    BOOST_TEST(is_admitted(example.scope, kProject) == example.is_admitted);
}

BOOST_AUTO_TEST_CASE(excludes_kinds_of_projects) {
    ScopedProject personal = kProject;
    personal.is_personal = true;
    ScopedProject archived = kProject;
    archived.is_archived = true;
    BOOST_TEST(!is_admitted("projects: {excluding: [{type: personal}]}", personal));
    BOOST_TEST(is_admitted("projects: {excluding: [{type: archived}]}", personal));
    BOOST_TEST(!is_admitted("projects: {excluding: [{type: archived}]}", archived));
    BOOST_TEST(is_admitted("projects: {excluding: [{type: personal}]}", archived));
}

BOOST_AUTO_TEST_CASE(project_without_groups_and_frameworks) {
    const ScopedProject bare{.id = ProjectId{5}};
    BOOST_TEST(is_admitted("groups: {excluding: [{id: 3}]}", bare));
    BOOST_TEST(!is_admitted("groups: {including: [{id: 3}]}", bare));
    BOOST_TEST(!is_admitted("compliance_frameworks: [{id: 7}]", bare));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
