"""SCIM as nginx hands it on: ids of any characters, slashes too many, bodies too long, and no SCIM inside."""

import json
import uuid

import pytest

from running_stack import Stack, connect
from scim_client import GROUP, INSTANCE, MEDIA_TYPE, MOUNTS, USER, ScimClient, quoted

MEBIBYTE = 1024 * 1024
FIELDS = {"Content-Type": "application/scim+json"}
IDS = [
    "jane.doe+home@example.com", "a/b", "a%2Fb", "a//b", "/", "a/", "é名", "x=y&z?#;", "a b", "\\", "%", "name.json",
    '"quoted"', ".search", "Users", "...", "~-_.",
]


@pytest.fixture(scope="module")
def served(build, database):
    with Stack(build, database=database) as running:
        yield running


@pytest.fixture(params=MOUNTS, ids=str)
def client(request, served):
    return ScimClient(served, request.param, FIELDS)


@pytest.fixture(scope="module")
def people(served):
    """Somebody for each of the ids, in both places."""
    for mount in MOUNTS:
        for extern_uid in IDS:
            body = {"userName": f"{uuid.uuid4()}@example.com", "externalId": extern_uid}
            assert ScimClient(served, mount, FIELDS).send("POST", "/Users", body).status == 201


@pytest.mark.parametrize("extern_uid", IDS)
def test_user_is_found_at_its_own_location(client, served, people, extern_uid):
    answer = client.get(f"/Users/{quoted(extern_uid)}")
    assert (answer.status, answer.json()["id"]) == (200, extern_uid)
    base = served.public_url.rstrip("/") + client.mount.base
    assert answer.headers["location"] == f"{base}/Users/{quoted(extern_uid)}"
    assert client.get(f"/Users/{quoted(extern_uid)}/").json() == answer.json()
    assert [user["id"] for user in client.found(quoted(f"id eq {json.dumps(extern_uid)}"))] == [extern_uid]


@pytest.mark.parametrize(
    "path, extern_uid",
    [("jane.doe+home@example.com", IDS[0]), ("JANE.doe%2bhome%40example.COM", IDS[0]), ("a/b", "a/b"), ("a/b/", "a/b")],
)
def test_id_may_stand_in_the_path_as_it_is(client, people, path, extern_uid):
    assert client.get(f"/Users/{path}").json()["id"] == extern_uid


def test_utf_8_may_stand_in_the_target_as_it_is(client, served, people):
    for target in ("/Users/é名?attributes=userName", '/Users?filter=id+eq+"é名"&attributes=userName'):
        lines = [
            f"GET {client.mount.base}{target} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {client.mount.token}",
            "Connection: close", "", "",
        ]
        with connect(("127.0.0.1", served.public_port)) as connection:
            connection.sendall("\r\n".join(lines).encode())
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
        assert received.startswith(b"HTTP/1.1 200 ")
        assert '"id":"é名"'.encode() in received


@pytest.mark.parametrize("extern_uid", [".", "..", "../a", "a/../b", "../../../../../api/v4/internal/check"])
def test_id_that_nginx_would_resolve_is_refused(client, extern_uid):
    answer = client.send("POST", "/Users", {"userName": f"{uuid.uuid4()}@example.com", "externalId": extern_uid})
    assert (answer.status, answer.json()["scimType"]) == (400, "invalidValue")


def test_trailing_slashes(client):
    for path in ("/Users", "/Groups", "/Schemas", "/ResourceTypes", "/ServiceProviderConfig", f"/Schemas/{USER}"):
        assert client.get(f"{path}/").json() == client.get(path).json(), path
    assert client.send("POST", "/Users/", {"userName": f"{uuid.uuid4()}@example.com"}).status == 201
    for path in ("/.search/", "/Users/.search/"):
        assert client.send("POST", path, {"count": 0}).status == 200
    assert client.get("/Me/").status == 501
    assert client.get("/").status == 404


@pytest.mark.parametrize("length, status", [(MEBIBYTE, 201), (MEBIBYTE + 1, 413), (9 * MEBIBYTE, 413)])
def test_body_of_a_mebibyte_is_the_longest(client, length, status):
    start = json.dumps({"userName": f"{uuid.uuid4()}@example.com", "photos": [""]})[:-3]
    body = start + "x" * (length - len(start) - 3) + '"]}'
    assert len(body) == length
    assert client.send("POST", "/Users", body.encode()).status == status


def test_body_without_a_length(client):
    chunked = client.send("POST", "/.search", iter([b'{"filter":"active eq', b' true","count":1}']))
    assert (chunked.status, len(chunked.json()["Resources"])) == (200, 1)


def test_head_and_unknown_methods(client, served):
    head = served.public("HEAD", f"{client.mount.base}/Users", {"Authorization": f"Bearer {client.mount.token}"})
    assert (head.status, head.headers["content-type"], head.body) == (200, MEDIA_TYPE, b"")
    for method in ("PUT", "OPTIONS", "BREW"):
        answer = client.send(method, "/Users")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("path", [f"{INSTANCE.base}/Users", f"{GROUP.base}/Users", "/api/scim/v2", f"{GROUP.base}/Schemas"])
def test_internal_server_knows_no_scim(served, path):
    answer = served.internal("GET", path, {"Authorization": f"Bearer {INSTANCE.token}"})
    assert (answer.status, answer.json()) == (404, {"error": "404 Not Found"})


def test_tokens_are_in_no_log(client, served):
    client.get("/Users")
    for file in (served.state_dir / "log").iterdir():
        assert client.mount.token not in file.read_text(errors="replace")
