#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kTarget = "/api/v4/internal/error_tracking/allowed";
constexpr const char* kToken = "innergate-demo-error-tracking";
constexpr const char* kForm = "application/x-www-form-urlencoded";
constexpr const char* kJson = "application/json";
constexpr const char* kQuestion = "project_id=111&public_key=generated-error-tracking-key";

constexpr const char* kEnabled = R"({"enabled":true})";
constexpr const char* kNotEnabled = R"({"enabled":false})";
constexpr const char* kUnauthorized = R"({"message":"401 Unauthorized"})";
constexpr const char* kNotFound = R"({"message":"404 Not found"})";
constexpr const char* kBlank = R"({"message":"422 Unprocessable Entity"})";

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Body {
    std::string content_type = kForm;
    std::string text = kQuestion;
};

struct Server : InProcessServer {
    explicit Server(TestDatabase& database)
        : InProcessServer(settings::PoolName::internal, database) {}

    [[nodiscard]] http::Response post(
        Fields fields, Body body = {}, const std::string& query = {}
    ) {
        Call call;
        call.method = http::Method::post;
        call.target = kTarget + query;
        call.headers = std::move(fields);
        call.content_type = std::move(body.content_type);
        call.body = std::move(body.text);
        return answer(call);
    }

    /// With the good token where the service sends it.
    [[nodiscard]] http::Response ask(Body body = {}) {
        return post({{"Gitlab-Error-Tracking-Token", kToken}}, std::move(body));
    }
};

enum class Jwt { none, good, of_kas, expired };

/// What stands in each place; empty texts are not sent.
struct CredentialExample {
    const char* name;
    Fields fields;
    std::string query;
    Jwt jwt;
    std::string in_body;
    int status;

    friend std::ostream& operator<<(std::ostream& out, const CredentialExample& example) {
        return out << example.name;
    }
};

const Fields kGoodField{{"Gitlab-Error-Tracking-Token", kToken}};
const Fields kWrongField{{"Gitlab-Error-Tracking-Token", "x"}};
const Fields kEmptyField{{"Gitlab-Error-Tracking-Token", ""}};
const std::string kGoodQuery = std::string{"?error_tracking_token="} + kToken;
const std::string kWrongQuery = "?error_tracking_token=x";
const std::string kEmptyQuery = "?error_tracking_token=";
const std::string kGoodInBody = std::string{"&error_tracking_token="} + kToken;
const std::string kWrongInBody = "&error_tracking_token=x";

const CredentialExample kCredentials[]{
    {"none", {}, "", Jwt::none, "", 401},

    {"field", kGoodField, "", Jwt::none, "", 200},
    {"wrong field", kWrongField, "", Jwt::none, "", 401},
    {"empty field", kEmptyField, "", Jwt::none, "", 401},
    {"part of the token",
     {{"Gitlab-Error-Tracking-Token", "innergate-demo"}},
     "",
     Jwt::none,
     "",
     401},
    {"field with a line break",
     {{"Gitlab-Error-Tracking-Token", std::string{kToken} + "\n"}},
     "",
     Jwt::none,
     "",
     200},
    {"field with two line breaks",
     {{"Gitlab-Error-Tracking-Token", std::string{kToken} + "\n\n"}},
     "",
     Jwt::none,
     "",
     401},
    {"only a line break", {{"Gitlab-Error-Tracking-Token", "\n"}}, "", Jwt::none, "", 401},
    {"field twice, differing",
     {{"Gitlab-Error-Tracking-Token", kToken}, {"Gitlab-Error-Tracking-Token", "x"}},
     "",
     Jwt::none,
     "",
     401},
    {"a wrong field decides before all", kWrongField, kGoodQuery, Jwt::good, kGoodInBody, 401},
    {"a good field decides before all", kGoodField, kWrongQuery, Jwt::expired, kWrongInBody, 200},
    {"an empty field is none", kEmptyField, kGoodQuery, Jwt::none, "", 200},

    {"query", {}, kGoodQuery, Jwt::none, "", 200},
    {"wrong query", {}, kWrongQuery, Jwt::none, "", 401},
    {"empty query", {}, kEmptyQuery, Jwt::none, "", 401},
    {"query with a line break", {}, kGoodQuery + "%0d%0a", Jwt::none, "", 200},
    {"a wrong query decides before what follows", {}, kWrongQuery, Jwt::good, kGoodInBody, 401},
    {"a good query decides before what follows", {}, kGoodQuery, Jwt::expired, kWrongInBody, 200},
    {"an empty query is none", {}, kEmptyQuery, Jwt::good, "", 200},

    {"shell JWT, as documented", {}, "", Jwt::good, "", 200},
    {"expired shell JWT", {}, "", Jwt::expired, "", 401},
    {"JWT of kas", {}, "", Jwt::of_kas, "", 401},
    {"a shell JWT decides before the body", {}, "", Jwt::good, kWrongInBody, 200},
    {"a bad shell JWT is passed over", {}, "", Jwt::expired, kGoodInBody, 200},

    {"body", {}, "", Jwt::none, kGoodInBody, 200},
    {"wrong body", {}, "", Jwt::none, kWrongInBody, 401},
    {"empty in the body", {}, "", Jwt::none, "&error_tracking_token=", 401},
    {"body with a line break", {}, "", Jwt::none, kGoodInBody + "%0a", 200},

    {"bearer", {{"Authorization", std::string{"Bearer "} + kToken}}, "", Jwt::none, "", 401},
    {"a person's", {{"PRIVATE-TOKEN", "glpat-innergate-demo-admin"}}, "", Jwt::none, "", 401},
};

Fields with_jwt(Server& server, const CredentialExample& example) {
    Fields fields = example.fields;
    switch (example.jwt) {
        case Jwt::none:
            break;
        case Jwt::good:
            fields.emplace_back("Gitlab-Shell-Api-Request", server.shell_jwt());
            break;
        case Jwt::of_kas:
            fields.emplace_back("Gitlab-Shell-Api-Request", server.kas_jwt());
            fields.emplace_back("Gitlab-Kas-Api-Request", server.kas_jwt());
            break;
        case Jwt::expired: {
            fields.emplace_back("Gitlab-Shell-Api-Request", server.shell_jwt());
            server.clock.set(server.clock.now() + std::chrono::hours{1});
            break;
        }
    }
    return fields;
}

struct BodyExample {
    const char* name;
    Body body;
    int status;
    std::string answer;

    friend std::ostream& operator<<(std::ostream& out, const BodyExample& example) {
        return out << example.name;
    }
};

std::string part(const std::string& name, const std::string& value) {
    return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

Body multipart(const std::string& more = {}) {
    return {
        "multipart/form-data; boundary=x",
        part("project_id", "111") + part("public_key", "generated-error-tracking-key") + more +
            "--x--\r\n"};
}

Body json(const std::string& project_id, const std::string& public_key) {
    return {kJson, R"({"project_id":)" + project_id + R"(,"public_key":)" + public_key + "}"};
}

constexpr const char* kKey = R"("generated-error-tracking-key")";

const BodyExample kBodies[]{
    {"form", {}, 200, kEnabled},
    {"multipart", multipart(), 200, kEnabled},
    {"id as number", json("111", kKey), 200, kEnabled},
    {"id as string", json(R"("111")", kKey), 200, kEnabled},
    {"JSON under the type of a form", {kForm, json("111", kKey).text}, 200, kEnabled},

    {"unknown key", json("111", R"("unknown")"), 200, kNotEnabled},
    {"key in another case", json("111", R"("GENERATED-ERROR-TRACKING-KEY")"), 200, kNotEnabled},
    {"key and a blank", json("111", R"("generated-error-tracking-key ")"), 200, kNotEnabled},
    {"key that is a number", json("111", "5"), 200, kNotEnabled},
    {"another project's key", json("7", kKey), 200, kNotEnabled},

    {"unknown project", json("4242", kKey), 404, kNotFound},
    {"negative", json("-111", kKey), 404, kNotFound},
    {"out of range", json("99999999999999999999", kKey), 404, kNotFound},
    {"fraction", json("111.5", kKey), 404, kNotFound},
    {"boolean", json("true", kKey), 404, kNotFound},
    {"array", json("[111]", kKey), 404, kNotFound},
    {"object", json("{}", kKey), 404, kNotFound},
    {"path", json(R"("gitlab-org/error-tracking")", kKey), 404, kNotFound},
    {"number and more", {kForm, "project_id=111x&public_key=k"}, 404, kNotFound},

    {"no parameters", {kForm, ""}, 422, kBlank},
    {"no key", {kForm, "project_id=111"}, 422, kBlank},
    {"no project", {kForm, "public_key=k"}, 422, kBlank},
    {"null key", json("111", "null"), 422, kBlank},
    {"null project", json("null", kKey), 422, kBlank},
    {"empty key", json("111", R"("")"), 422, kBlank},
    {"empty project", json(R"("")", kKey), 422, kBlank},
    {"blank key", json("111", R"(" \t\n")"), 422, kBlank},
    {"blank project", json(R"("  ")", kKey), 422, kBlank},
    {"array of keys", json("111", R"(["k"])"), 422, kBlank},
    {"a blank key goes before an unknown project", json("4242", R"("")"), 422, kBlank},
    {"no object", {kJson, "[]"}, 422, kBlank},

    {"broken JSON",
     {kJson, "{"},
     400,
     R"({"error":"message body does not match declared format"})"},
    {"another type",
     {"text/plain", kQuestion},
     415,
     R"({"error":"The provided content-type 'text/plain' is not supported."})"},
};

/// What the demo data's key is worth after a change.
http::Response answer_after(db::Dialect dialect, const std::vector<std::string>& changes) {
    TestDatabase database{dialect};
    import_demo(database);
    for (const std::string& sql : changes) {
        database.session().execute_once(sql);
    }
    return Server{database}.ask();
}

constexpr const char* kFlagOff =
    "insert into feature_flags (name, enabled) values ('gitlab_error_tracking', false)";

}  // namespace

BOOST_AUTO_TEST_SUITE(error_tracking_allowed)

BOOST_DATA_TEST_CASE(
    credentials, data::make(dialects()) * data::make(kCredentials), dialect, example
) {
    Server server{demo_database(dialect)};
    const Fields fields = with_jwt(server, example);
    const http::Response response =
        server.post(fields, {kForm, kQuestion + example.in_body}, example.query);
    check(response, example.status, example.status == 200 ? kEnabled : kUnauthorized);
}

BOOST_DATA_TEST_CASE(bodies, data::make(dialects()) * data::make(kBodies), dialect, example) {
    Server server{demo_database(dialect)};
    check(server.ask(example.body), example.status, example.answer);
}

BOOST_DATA_TEST_CASE(token_in_bodies_of_every_kind, data::make(dialects()), dialect) {
    Server server{demo_database(dialect)};
    check(server.post({}, multipart(part("error_tracking_token", kToken))), 200, kEnabled);
    Body in_json{
        kJson,
        R"({"error_tracking_token":"innergate-demo-error-tracking","project_id":111,)"
        R"("public_key":"generated-error-tracking-key"})"};
    check(server.post({}, in_json), 200, kEnabled);
    in_json.content_type = kForm;
    check(server.post({}, in_json), 200, kEnabled);
}

BOOST_DATA_TEST_CASE(parameters_may_stand_in_the_query, data::make(dialects()), dialect) {
    Server server{demo_database(dialect)};
    check(server.post({}, {"", ""}, kGoodQuery + "&" + kQuestion), 200, kEnabled);
}

BOOST_DATA_TEST_CASE(
    body_is_read_only_where_nothing_else_decides, data::make(dialects()), dialect
) {
    Server server{demo_database(dialect)};
    check(server.post(kWrongField), 401, kUnauthorized);
    BOOST_TEST(!server.body_was_read());
    check(server.post({}, {}, kWrongQuery), 401, kUnauthorized);
    BOOST_TEST(!server.body_was_read());
    check(server.post({}), 401, kUnauthorized);
    BOOST_TEST(server.body_was_read());
}

BOOST_DATA_TEST_CASE(
    strangers_body_is_small_and_their_fault_unsaid, data::make(dialects()), dialect
) {
    Server server{demo_database(dialect)};
    const std::string padding = "&padding=" + std::string(std::size_t{64} * 1024, 'x');
    check(server.post({}, {kForm, kQuestion + kGoodInBody + padding}), 401, kUnauthorized);
    check(server.post(kGoodField, {kForm, kQuestion + padding}), 200, kEnabled);
    check(server.post({}, {kJson, "{"}), 401, kUnauthorized);
    check(server.post({}, {"text/plain", kQuestion}), 401, kUnauthorized);
    check(server.post({}, {}, "?a=%zz"), 401, kUnauthorized);
    check(server.post(kGoodField, {}, "?a=%zz"), 400, R"({"error":"Invalid parameters"})");
}

BOOST_DATA_TEST_CASE(
    without_an_access_token_only_the_shell_may_ask, data::make(dialects()), dialect
) {
    TestDatabase database{dialect};
    import_demo(database);
    database.session().execute_once(
        "update application_settings set error_tracking_access_token_digest = null"
    );
    Server server{database};
    check(server.ask(), 401, kUnauthorized);
    check(server.post(kEmptyField), 401, kUnauthorized);
    check(server.post({{"Gitlab-Shell-Api-Request", server.shell_jwt()}}), 200, kEnabled);
}

BOOST_DATA_TEST_CASE(what_turns_it_off, data::make(dialects()), dialect) {
    for (const auto& [sql, reason] : std::initializer_list<std::pair<const char*, const char*>>{
             {"update application_settings set error_tracking_enabled = false",
              "error tracking is off for the instance"},
             {kFlagOff, "the flag gitlab_error_tracking is off for the project"},
             {"insert into project_feature_flags (project_id, name, enabled) values "
              "(111, 'gitlab_error_tracking', false)",
              "the flag gitlab_error_tracking is off for the project"},
             {"update error_tracking_client_keys set active = false",
              "the project has no such active key"}}) {
        const http::Response response = answer_after(dialect, {sql});
        check(response, 200, kNotEnabled);
        BOOST_TEST(response.log_detail == reason);
    }
}

BOOST_DATA_TEST_CASE(what_leaves_it_on, data::make(dialects()), dialect) {
    const std::vector<std::vector<std::string>> changes{
        {"insert into feature_flags (name, enabled) values ('gitlab_error_tracking', true), "
         "('error_tracking', false)"},
        // The project's flag goes before the instance's.
        {kFlagOff,
         "insert into project_feature_flags (project_id, name, enabled) values "
         "(111, 'gitlab_error_tracking', true)"},
        {"insert into project_feature_flags (project_id, name, enabled) values "
         "(7, 'gitlab_error_tracking', false), (111, 'other', false)"},
        {"update error_tracking_client_keys set active = false",
         "insert into error_tracking_client_keys (id, project_id, public_key) values "
         "(9, 111, 'generated-error-tracking-key')"},
    };
    for (const std::vector<std::string>& change : changes) {
        BOOST_TEST_CONTEXT(change.front()) {
            check(answer_after(dialect, change), 200, kEnabled);
        }
    }
}

BOOST_DATA_TEST_CASE(spellings_of_the_path, data::make(dialects()), dialect) {
    Server server{demo_database(dialect)};
    check(server.post(kGoodField, {}, "/"), 200, kEnabled);
    check(server.post(kGoodField, {}, "/?x=1"), 200, kEnabled);
    check(server.post(kGoodField, {}, "/more"), 404, R"({"error":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(other_methods_are_not_allowed, data::make(dialects()), dialect) {
    Server server{demo_database(dialect)};
    for (const http::Method method : {http::Method::get, http::Method::put}) {
        Call call;
        call.method = method;
        call.target = kTarget;
        call.headers = kGoodField;
        const http::Response response = server.answer(call);
        check(response, 405, R"({"error":"405 Not Allowed"})");
        BOOST_TEST(field(response, "Allow") == "POST");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
