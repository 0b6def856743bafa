"""Internal and public are apart: the public server and the public pool know no internal path, in no spelling."""

import json

import pytest

import fastcgi_client
from running_stack import wait_until

NOT_FOUND = {"error": "404 Not Found"}
SCIM_NOT_FOUND = {
    "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "404 Not Found", "status": "404",
}

# Each of these names /api/v4/internal/check to some reader of paths.
SPELLINGS = [
    "/api/v4/internal/check",
    "/api/v4/internal",
    "/api/v4/internal/",
    "/api/v4/internal/allowed",
    "/api/v4/internal?x=/api/v4/namespaces/",
    "//api/v4/internal/check",
    "/api//v4///internal//check",
    "/api/v4/%69nternal/check",
    "/%61pi/v4/intern%61l/check",
    "/api/v4/internal%2Fcheck",
    "/api/v4/internal%2fcheck",
    "/api/v4%2Finternal/check",
    "/api%2Fv4%2Finternal%2Fcheck",
    "/api/v4/%2Finternal/check",
    "/api/v4/internal%252Fcheck",
    "/api/v4/./internal/check",
    "/api/v4/x/../internal/check",
    "/api/v4/namespaces/../internal/check",
    "/api/v4/namespaces/%2e%2e/internal/check",
    "/api/v4/namespaces/..%2finternal/check",
    "/api/v4/namespaces%2f..%2finternal/check",
    "/api/scim/v2/../../v4/internal/check",
    "/v4/namespaces/../../api/v4/internal/check",
    "/v4/internal/check",
    "/internal/check",
    "/api/v4/internal;x/check",
    "/API/V4/INTERNAL/check",
]

# nginx takes these for public paths; to the pool they are internal ones.
READ_APART = [
    "/api/v4/internal/../namespaces/1234/gitlab_subscription",
    "/api/v4/internal/%2e%2e/namespaces/1234/gitlab_subscription",
    "/api/v4/internal/check/../../namespaces/x",
]

# Where a location begins; nginx likes to redirect from there.
BARE = ["/api/v4/namespaces", "/v4/namespaces", "/api/v4/namespaces/"]
BARE_SCIM = ["/api/scim/v2", "/api/scim/v2/"]

HEALTH = ["/-/liveness", "/-/readiness", "/-/metrics", "/-/openapi.json", "/-/", "//-/metrics", "/-%2Fmetrics"]
HEALTH_OF_PUBLIC = ["/-/public/liveness", "/-/public/readiness", "/-/public/metrics", "/-/public/openapi.json", "//-/public/metrics",
                    "/-%2Fpublic%2Fmetrics", "/api/v4/namespaces/../../../-/public/metrics"]


@pytest.mark.parametrize("path", SPELLINGS + BARE + HEALTH + HEALTH_OF_PUBLIC)
def test_public_server_answers_not_found(sqlite_stack, path):
    answer = sqlite_stack.public("GET", path, sqlite_stack.shell_headers())
    assert (answer.status, answer.headers["content-type"], answer.json()) == (404, "application/json", NOT_FOUND)


@pytest.mark.parametrize("path", BARE_SCIM)
def test_public_server_answers_not_found_in_scims_words(sqlite_stack, path):
    answer = sqlite_stack.public("GET", path)
    assert (answer.status, answer.headers["content-type"], answer.json()) == (404, "application/scim+json", SCIM_NOT_FOUND)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_public_server_answers_not_found_to_every_method(sqlite_stack, method):
    answer = sqlite_stack.public(method, "/api/v4/internal/allowed", sqlite_stack.shell_headers(), body=b"{}")
    assert answer.status == 404


def test_public_server_answers_internal_paths_itself(sqlite_stack):
    """A caller's correlation id comes back from nginx, and no pool logs it."""
    headers = sqlite_stack.shell_headers(**{"X-Request-Id": "asked-for-an-internal-path"})
    answer = sqlite_stack.public("GET", "/api/v4/internal/check", headers)
    assert answer.headers["x-request-id"] == "asked-for-an-internal-path"
    for pool in ("internal", "public"):
        assert "asked-for-an-internal-path" not in (sqlite_stack.state_dir / "log" / f"{pool}.log").read_text()


@pytest.mark.parametrize("path", READ_APART)
def test_path_that_nginx_and_pool_read_apart_is_refused(sqlite_stack, path):
    answer = sqlite_stack.public("GET", path, sqlite_stack.shell_headers())
    assert answer.status in (400, 404)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", SPELLINGS + READ_APART + HEALTH)
def test_public_pool_asked_directly_knows_no_internal_path(sqlite_stack, path):
    status, body = fastcgi_client.ask(
        sqlite_stack.pool_socket("public"), "GET", path, sqlite_stack.shell_headers()
    )
    assert status in (400, 404)
    assert "error" in json.loads(body) or json.loads(body) == SCIM_NOT_FOUND


def test_public_pool_asked_directly_for_an_internal_path_says_not_found(sqlite_stack):
    answer = fastcgi_client.ask(
        sqlite_stack.pool_socket("public"), "GET", "/api/v4/internal/check", sqlite_stack.shell_headers()
    )
    assert answer == (404, b'{"error":"404 Not Found"}')


def test_internal_pool_asked_directly_answers(sqlite_stack):
    """So that the tests above cannot pass because nothing is reached at all."""
    status, _ = fastcgi_client.ask(
        sqlite_stack.pool_socket("internal"), "GET", "/api/v4/internal/check", sqlite_stack.shell_headers()
    )
    assert status == 200


@pytest.mark.parametrize("path", ["/api/v4/namespaces/1234/gitlab_subscription", "/", "/x", "/api/v4/version"])
def test_internal_server_knows_only_internal_paths(sqlite_stack, path):
    answer = sqlite_stack.internal("GET", path, {"PRIVATE-TOKEN": "glpat-innergate-demo-admin"})
    assert (answer.status, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize("pool, prefix", [("internal", "/-/"), ("public", "/-/public/")])
def test_internal_server_answers_health_of_both_pools(sqlite_stack, pool, prefix):
    for path in ("liveness", "readiness", "metrics"):
        assert sqlite_stack.internal("GET", prefix + path).status == 200
    document = sqlite_stack.internal("GET", prefix + "openapi.json")
    assert (document.status, document.headers["content-type"]) == (200, "application/json")
    assert document.json()["info"]["title"] == f"innergate, {pool} pool"
    assert prefix + "openapi.json" in document.json()["paths"]
    text = sqlite_stack.internal("GET", prefix + "metrics").body.decode()
    assert f'innergate_threads{{pool="{pool}"}}' in text
    assert f'route="{prefix}metrics"' in text


@pytest.mark.parametrize("path", HEALTH_OF_PUBLIC)
def test_internal_pool_asked_directly_knows_nothing_of_the_public_one(sqlite_stack, path):
    assert fastcgi_client.ask(sqlite_stack.pool_socket("internal"), "GET", path)[0] in (400, 404)


def test_no_path_of_nginx_own_error_pages_is_public(sqlite_stack):
    for code in (400, 404, 413, 502):
        assert sqlite_stack.public("GET", f"/innergate-error/{code}").status == 404


@pytest.mark.parametrize("side, path", [
    ("public", "/api/v4/namespaces/1234/gitlab_subscription"), ("internal", "/api/v4/internal/check"),
    ("public", "/api/v4/internal/check"), ("internal", "/nothing"),
])
def test_access_log_has_no_query(sqlite_stack, side, path):
    """Clients may send tokens and cards in it."""
    asked = {"X-Request-Id": f"without-a-query-{side}{path.replace('/', '-')}"}
    getattr(sqlite_stack, side)("GET", f"{path}?private_token=planted-token", asked)
    log = sqlite_stack.state_dir / "log" / f"nginx-{side}.log"
    line = wait_until(
        lambda: next((line for line in log.read_text().splitlines() if asked["X-Request-Id"] in line), None),
        what="the line of the request",
    )
    assert f'"GET {path} HTTP/1.1"' in line
    assert "planted-token" not in log.read_text()


def test_correlation_id_is_kept_or_made_and_logged_by_both(sqlite_stack):
    kept = sqlite_stack.internal("GET", "/api/v4/internal/check", sqlite_stack.shell_headers(**{"X-Request-Id": "a-1"}))
    assert kept.headers["x-request-id"] == "a-1"
    forged = sqlite_stack.shell_headers(**{"X-Request-Id": 'x" 200 "forged'})
    made = sqlite_stack.internal("GET", "/api/v4/internal/check", forged).headers["x-request-id"]
    assert len(made) == 32 and made.isalnum()
    access_log = (sqlite_stack.state_dir / "log" / "nginx-internal.log").read_text()
    for correlation_id in ("a-1", made):
        assert any(line.endswith(" " + correlation_id) for line in access_log.splitlines())
        assert any(line.get("correlation_id") == correlation_id for line in sqlite_stack.log_lines("internal"))


def test_servers_do_not_tell_their_version(sqlite_stack):
    for answer in (sqlite_stack.public("GET", "/x"), sqlite_stack.internal("GET", "/api/v4/internal/check")):
        assert answer.headers["server"] == "nginx"
