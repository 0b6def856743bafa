"""What is too long, too slow, cut short or misspelt gets a JSON answer (or a closed connection), and nothing else breaks."""

import json
import socket
import time

import pytest

from own_processes import OwnNginx
from running_stack import Answer, connect, request, wait_until

MEBIBYTE = 1024 * 1024
CHECK = "/api/v4/internal/check"


@pytest.fixture(autouse=True)
def still_answers(sqlite_stack):
    pids = sqlite_stack.pids
    yield
    assert sqlite_stack.internal("GET", CHECK, sqlite_stack.shell_headers()).status == 200
    assert sqlite_stack.public("GET", "/api/v4/namespaces/1234/gitlab_subscription").status == 401
    assert sqlite_stack.pids == pids


def raw(address, data, seconds=20):
    """The answer to these bytes, after which the connection may stay open."""
    with connect(address, seconds) as connection:
        connection.sendall(data)
        connection.shutdown(1)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]), {}, body)


def assert_json_message(answer, status, text):
    assert answer.status == status
    assert json.loads(answer.body) == {"message": text}


def test_body_above_nginx_limit(sqlite_stack):
    answer = sqlite_stack.internal("POST", "/api/v4/internal/discover", sqlite_stack.shell_headers(),
                                   body=b"x" * (10 * MEBIBYTE + 1))
    assert_json_message(answer, 413, "413 Payload Too Large")


def assert_scim_error(answer, status, text):
    assert (answer.status, answer.headers["content-type"]) == (status, "application/scim+json")
    assert json.loads(answer.body) == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": text, "status": str(status),
    }


def test_nginx_own_errors_are_scims_below_scim(sqlite_stack):
    path = "/api/scim/v2/groups/test_group/Users"
    answer = sqlite_stack.public("POST", path, body=b"x" * (10 * MEBIBYTE + 1))
    assert_scim_error(answer, 413, "Payload Too Large")
    with OwnNginx(sqlite_stack, [("snippets/innergate-upstreams.conf", "public.sock", "nothing.sock")]) as nginx:
        answer = request(("127.0.0.1", nginx.public_port), "GET", path)
        assert_scim_error(answer, 502, "Bad Gateway")
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["x-request-id"]


def test_chunked_body_above_nginx_limit(sqlite_stack):
    chunks = (b"x" * MEBIBYTE for _ in range(11))
    answer = sqlite_stack.internal("POST", "/api/v4/internal/discover", sqlite_stack.shell_headers(), body=chunks)
    assert_json_message(answer, 413, "413 Payload Too Large")


@pytest.mark.parametrize("path", ["/api/v4/internal/allowed", "/api/v4/internal/post_receive"])
def test_long_list_of_changes_reaches_the_pool(sqlite_stack, path):
    answer = sqlite_stack.internal("POST", path, sqlite_stack.shell_headers(), body=b" " * (60 * MEBIBYTE))
    assert answer.status != 413


def test_body_above_the_pools_limit(sqlite_stack):
    headers = {"PRIVATE-TOKEN": "glpat-innergate-demo-admin"}
    answer = sqlite_stack.public("GET", "/api/v4/namespaces/1234/gitlab_subscription", headers, body=b"x" * 11 * MEBIBYTE)
    assert answer.status == 413
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize(
    "name, size, status, text",
    [("X-Long", 9000, 400, "400 Bad Request"), ("Gitlab-Shell-Api-Request", 40_000, 400, "400 Bad Request")],
)
def test_header_field_too_long(sqlite_stack, name, size, status, text):
    answer = sqlite_stack.internal("GET", CHECK, {name: "x" * size})
    assert_json_message(answer, status, text)


def test_as_much_as_nginx_lets_through_fits_into_fastcgi(sqlite_stack):
    """Four buffers of 8 KiB, the query twice: nginx answers 500 when its parameters exceed 64 KiB."""
    headers = {f"X-Filler-{number}": "x" * 7900 for number in range(3)}
    answer = sqlite_stack.internal("GET", CHECK + "?a=" + "x" * 7900, sqlite_stack.shell_headers(**headers))
    assert answer.status < 500


def test_many_small_header_fields(sqlite_stack):
    answer = sqlite_stack.internal("GET", CHECK, {f"X-{number}": "x" for number in range(2000)})
    assert answer.status in (400, 414, 431)
    assert isinstance(answer.json(), dict)


def test_target_too_long(sqlite_stack):
    answer = sqlite_stack.internal("GET", CHECK + "?x=" + "x" * 9000, sqlite_stack.shell_headers())
    assert_json_message(answer, 414, "414 URI Too Long")


@pytest.mark.parametrize("path", ["/api/v4/internal/%zz", "/api/v4/internal/%", "/api/v4/internal/%0", CHECK + "%00"])
def test_broken_percent_encoding_in_the_path(sqlite_stack, path):
    assert_json_message(sqlite_stack.internal("GET", path, sqlite_stack.shell_headers()), 400, "400 Bad Request")


@pytest.mark.parametrize("query", ["key_id=%zz", "key_id=%", "key_id=%00", "username=%ff%fe", "username=%C0%AF"])
def test_broken_percent_encoding_in_the_query(sqlite_stack, query):
    answer = sqlite_stack.internal("GET", "/api/v4/internal/discover?" + query, sqlite_stack.shell_headers())
    assert answer.status == 400
    assert isinstance(answer.json()["error"], str)


@pytest.mark.parametrize("segment", ["%ff%fe", "%C3%28", "%2e%2e", "%2e"])
def test_path_segment_that_is_no_text_or_hides_dots(sqlite_stack, segment):
    answer = sqlite_stack.public("GET", f"/api/v4/namespaces/{segment}/gitlab_subscription",
                                 {"PRIVATE-TOKEN": "glpat-innergate-demo-admin"})
    assert answer.status in (400, 404)
    assert answer.headers["content-type"] == "application/json"


def test_encoded_slash_is_part_of_the_id(sqlite_stack):
    headers = {"PRIVATE-TOKEN": "glpat-innergate-demo-admin"}
    encoded = sqlite_stack.public("GET", "/api/v4/namespaces/no%2Fsuch/gitlab_subscription", headers)
    assert (encoded.status, encoded.json()) == (404, {"message": "404 Namespace Not Found"})
    plain = sqlite_stack.public("GET", "/api/v4/namespaces/no/such/gitlab_subscription", headers)
    assert (plain.status, plain.json()) == (404, {"error": "404 Not Found"})


@pytest.mark.parametrize(
    "data",
    [
        b"NONSENSE\r\n\r\n",
        b"GET " + CHECK.encode() + b" HTTP/1.1\r\n\r\n",
        b"GET " + CHECK.encode() + b" HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"POST " + CHECK.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n",
        b"POST " + CHECK.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST " + CHECK.encode() + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_broken_http(sqlite_stack, data):
    assert_json_message(raw(("127.0.0.1", sqlite_stack.internal_port), data), 400, "400 Bad Request")


SCIM = "/api/scim/v2/groups/test_group/Users"
HEAD = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
# Refused before nginx knows a location: with what method, rest of the request line and header fields, how.
AT_ONCE = {
    "two Authorization fields": ("POST", HEAD + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400, "Bad Request"),
    "two lengths": ("PATCH", HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, "Bad Request"),
    "a long field": ("DELETE", HEAD + b"X-Long: " + b"x" * 9000 + b"\r\n\r\n", 400, "Bad Request"),
    "no host": ("PUT", b" HTTP/1.1\r\n\r\n", 400, "Bad Request"),
    "a broken path": ("POST", b"/%zz" + HEAD + b"\r\n", 400, "Bad Request"),
    "a long target": ("PUT", b"?a=" + b"x" * 9000 + HEAD + b"\r\n", 414, "URI Too Long"),
    "an unknown encoding": ("POST", HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 501, "Not Implemented"),
    "an unknown version": ("POST", b" HTTP/3.0\r\nHost: x\r\n\r\n", 505, "HTTP Version Not Supported"),
}


@pytest.mark.parametrize("side, path", [("internal", CHECK), ("public", SCIM), ("public", "/api/v4/namespaces/1")])
@pytest.mark.parametrize("what", AT_ONCE)
def test_what_nginx_refuses_at_once_is_json_and_logged_as_it_came(sqlite_stack, side, path, what):
    method, rest, status, text = AT_ONCE[what]
    log = sqlite_stack.state_dir / "log" / f"nginx-{side}.log"
    before = len(log.read_text().splitlines())
    port = sqlite_stack.internal_port if side == "internal" else sqlite_stack.public_port
    answer = raw(("127.0.0.1", port), f"{method} {path}".encode() + rest)
    assert answer.status == status
    if path == SCIM:
        assert json.loads(answer.body) == {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": text, "status": str(status)}
    else:
        assert json.loads(answer.body) == {"message": f"{status} {text}"}
    lines = wait_until(lambda: log.read_text().splitlines()[before:], what="the line of the request")
    assert any(f'"{method} {path}' in line and f'" {status} ' in line for line in lines), lines


def test_method_nginx_does_not_know_is_scims_below_scim(sqlite_stack):
    assert_scim_error(sqlite_stack.public("TRACE", SCIM), 405, "Method Not Allowed")


def test_method_nginx_does_not_know(sqlite_stack):
    answer = sqlite_stack.internal("TRACE", CHECK)
    assert (answer.status, answer.json()) == (405, {"error": "405 Not Allowed"})


def test_client_that_goes_away_in_mid_body(sqlite_stack):
    for _ in range(20):
        with connect(("127.0.0.1", sqlite_stack.internal_port)) as connection:
            connection.sendall(b"POST /api/v4/internal/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nshort")


def test_client_that_goes_away_before_the_answer(sqlite_stack):
    for _ in range(50):
        with connect(("127.0.0.1", sqlite_stack.internal_port)) as connection:
            connection.sendall(b"GET " + CHECK.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n")


def test_slow_body_loses_its_connection_and_delays_nobody(sqlite_stack):
    """nginx waits for the body, so a slow client holds no thread of the pool; after client_body_timeout it is cut off."""
    replacements = [("snippets/innergate-limits.conf", "client_body_timeout     30s;", "client_body_timeout     1s;")]
    with OwnNginx(sqlite_stack, replacements) as nginx:
        slow = [connect(nginx.address) for _ in range(20)]
        for connection in slow:
            connection.sendall(b"POST /api/v4/internal/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nshort")
        started = time.monotonic()
        assert request(nginx.address, "GET", CHECK, sqlite_stack.shell_headers()).status == 200
        assert time.monotonic() - started < 1
        for connection in slow:
            # Closed without an answer: that is how nginx says 408.
            assert connection.recv(1000) == b""
            connection.close()


def test_pool_that_is_not_there_is_a_502_with_retry_after(sqlite_stack):
    replacements = [("snippets/innergate-upstreams.conf", "internal.sock", "nothing.sock")]
    with OwnNginx(sqlite_stack, replacements) as nginx:
        answer = request(nginx.address, "POST", "/api/v4/internal/discover", body=b"x" * 5 * MEBIBYTE)
        assert_json_message(answer, 502, "502 Bad Gateway")
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["x-request-id"]


def test_pool_that_does_not_answer_is_a_504(sqlite_stack, short_folder):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(short_folder / "silent.sock"))
        (short_folder / "silent.sock").chmod(0o666)
        silent.listen(8)
        with OwnNginx(sqlite_stack, [
            ("snippets/innergate-upstreams.conf", sqlite_stack.pool_socket("internal"), f"{short_folder}/silent.sock"),
            ("snippets/innergate-limits.conf", "fastcgi_read_timeout    60s;", "fastcgi_read_timeout    1s;"),
        ]) as nginx:
            answer = request(nginx.address, "GET", CHECK)
            assert_json_message(answer, 504, "504 Gateway Timeout")
