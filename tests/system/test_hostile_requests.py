"""Ten thousand valid and broken requests, in a fixed but mixed order, through nginx.

Meant for a build with sanitizers: whatever the requests are, both pools must go on without a crash, a leak
or a 5xx."""

import json
import random
import re
import socket
import string

import pytest

from running_stack import Stack, process_is_there

REQUESTS = 10_000
SEED = 20260115
IDLE_SECONDS = 20

# nginx answers these to broken HTTP without asking a pool; the rest are the pools' own.
ALLOWED = {200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 411, 412, 413, 414, 415, 431, 494, 501}

GROUP, INSTANCE = "/api/scim/v2/groups/test_group", "/api/scim/v2/application"
SCIM_TOKEN = "Authorization: Bearer innergate-demo-scim-group"

SCIM_NAMES = ["filter", "filter", "startIndex", "count", "sortBy", "sortOrder", "attributes", "excludedAttributes"]
NAMES = [
    "key_id", "user_id", "username", "identifier", "key", "user_identifier", "private_token", "a[b][]", "a[", "%", "",
    *SCIM_NAMES,
]
VALUES = [
    "7", "11", "0", "-1", "007", "1e3", "99999999999999999999", "user-7", "key-7", "key-", "rubi", "RUBI", "root",
    "%00", "%", "%zz", "%ff%fe", "a%20b", "../..", "%2e%2e%2f", "'; drop table users; --", "{}", "[]", "null", "AAAA",
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQ==", "x" * 5000, "é", "%F0%9F%92%A9", "a=b", "+", "SHA256:abc",
    "userName+eq+%22username%22", "not+(active+eq+true)", "emails[type+eq+%22work%22].value+pr", "(" * 500,
    "userName+eq+%22%00%22", "title+co+%22%25_\\%22+or+meta.created+gt+%222024-05-02T09:14:07Z%22", "userName", "descending",
]
PATHS = [
    "/api/v4/internal/check", "/api/v4/internal/discover", "/api/v4/internal/authorized_keys",
    "/api/v4/internal/authorized_certs", "/api/v4/namespaces/1234/gitlab_subscription",
    "/api/v4/namespaces/gitlab-org/gitlab_subscription", "/api/v4/namespaces/a%2Fb/gitlab_subscription",
    "/api/v4/namespaces/-1/gitlab_subscription", "/api/v4/namespaces/%00/gitlab_subscription", "/-/liveness",
    "/-/readiness", "/-/metrics", "//api//v4/internal/check/", "/api/v4/internal/../internal/check",
    "/api/v4/%69nternal/check", "/%", "/" + "a/" * 100, "/" + "x" * 9000, "/api/v4/internal/nothing", "*",
]
SCIM_PATHS = [
    f"{GROUP}/Users", f"{GROUP}/Users/", f"{GROUP}/Users/0b1d561c-21ff-4092-beab-8154b17f82f2", f"{GROUP}/Users/a%2Fb",
    f"{GROUP}/Users/%ff", f"{GROUP}/Users/../x", f"{GROUP}/.search", f"{GROUP}/Groups/7", f"{GROUP}/Bulk",
    f"{GROUP}/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "/api/scim/v2/groups/no/such/Users",
    f"{INSTANCE}/Users", f"{INSTANCE}/Users/F0B1D561C-21FF-4092-BEAB-8154B17F82F2", f"{INSTANCE}/Users/.search",
    f"{INSTANCE}/ServiceProviderConfig", "/api/scim/v2",
]
VALID_TARGETS = [
    "/api/v4/internal/check", "/api/v4/internal/discover?key_id=7", "/api/v4/internal/discover?username=rubi",
    "/api/v4/namespaces/1234/gitlab_subscription", "/-/readiness",
    f"{GROUP}/Users?count=1", f"{GROUP}/Schemas",
]
METHODS = ["GET"] * 6 + ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW", "get"]
BODIES = [
    b"", b"{}", b'{"key_id":7}', b'{"key_id":{"a":[1]}}', b"key_id=7", b"[" * 100_000, b'{"a":' * 5000, b"\xff\xfe\x00",
    b"{" + b" " * 20_000, b"a[b]=1&a=2", b"--x\r\nContent-Disposition: form-data; name=\"key_id\"\r\n\r\n7\r\n--x--\r\n",
    b"--x\r\n", b"\x00" * 1000, b"x" * 200_000,
]
SCIM_BODIES = [
    b'{"userName":"hostile@example.com","emails":[{"value":"hostile@example.com","primary":"True"}],"active":null}',
    b'{"USERNAME":"other@example.com","externalId":"a/b","name":[],"emails":"x@y","title":{"a":1}}',
    b'{"userName":"\\u0000@\\ud800","externalId":"' + b"x" * 300 + b'"}',
    b'{"Operations":[{"op":"Replace","path":"active","value":"False"}]}',
    b'{"Operations":[{"op":"replace","value":{"active":true,"name.givenName":null,"meta":{}}}]}',
    b'{"schemas":[7],"operations":[{"op":"Add","path":"emails[type eq \\"work\\"].value","value":[{"value":[]}]}]}',
    b'{"Operations":[' + b'{"op":"remove","path":"title"},' * 2000 + b"{}]}",
    b'{"active":false,"externalId":"hostile","nickName":7}', b'{"filter":"' + b"not (" * 2000 + b'","count":"-1"}',
]
TYPES = [
    None, "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "multipart/form-data", "text/plain", "application/json; charset=utf-8", ";;;", "x" * 300,
    "application/scim+json", "application/scim+json; charset=utf-8",
]


class Client:
    """One keep-alive connection that opens itself again whenever the server had enough."""

    def __init__(self, port):
        self._port = port
        self._socket = None
        self._buffer = b""

    def send(self, data, method):
        """The status, or nothing where the server closed without an answer."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=IDLE_SECONDS)
            self._buffer = b""
        try:
            self._socket.sendall(data)
            return self._receive(method)
        except (BrokenPipeError, ConnectionResetError):
            self.close()
            return None

    def _receive(self, method):
        head = self._read_until(b"\r\n\r\n")
        if head is None:
            self.close()
            return None
        status = int(head.split(b" ", 2)[1])
        length = re.search(rb"(?im)^content-length: (\d+)", head)
        if method != "HEAD" and length:
            self._read_exactly(int(length.group(1)))
        if re.search(rb"(?im)^connection: close", head):
            self.close()
        return status

    def _read_until(self, end):
        while end not in self._buffer:
            chunk = self._socket.recv(65536)
            if not chunk:
                return None
            self._buffer += chunk
        head, self._buffer = self._buffer.split(end, 1)
        return head

    def _read_exactly(self, count):
        while len(self._buffer) < count:
            chunk = self._socket.recv(65536)
            if not chunk:
                break
            self._buffer += chunk
        self._buffer = self._buffer[count:]

    def close(self):
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def random_text(rng, length):
    return "".join(rng.choice(string.printable.replace("\r", "").replace("\n", "")) for _ in range(length))


def make_valid_request(rng, jwt):
    target = rng.choice(VALID_TARGETS)
    lines = [
        f"GET {target} HTTP/1.1", "Host: localhost", f"Gitlab-Shell-Api-Request: {jwt}",
        SCIM_TOKEN if target.startswith(GROUP) else "PRIVATE-TOKEN: glpat-innergate-demo-admin",
        "Content-Type: application/json",
    ]
    return "GET", "\r\n".join(lines).encode() + b"\r\n\r\n"


def make_scim_request(rng):
    """By somebody who may, so that it is the document and the query that are judged."""
    method, target = rng.choice(["GET", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE"]), rng.choice(SCIM_PATHS)
    if rng.random() < 0.3:
        target += f"?{rng.choice(SCIM_NAMES)}={rng.choice(VALUES)}"
    mount = "instance" if target.startswith(INSTANCE) else "group"
    body = b"" if method in ("GET", "DELETE") else rng.choice(SCIM_BODIES)
    lines = [
        f"{method} {target.replace(' ', '%20')} HTTP/1.1", "Host: localhost",
        f"Authorization: Bearer innergate-demo-scim-{mount}", "Content-Type: application/scim+json",
        f"Content-Length: {len(body)}",
    ]
    if rng.random() < 0.1:
        lines.append(rng.choice(['If-Match: W/"0"', "If-Match: *", "If-None-Match: *", 'If-None-Match: "', "If-Match: ,,"]))
    return method, "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def make_request(rng, jwt):
    kind = rng.random()
    if kind < 0.3:
        return make_valid_request(rng, jwt)
    if kind < 0.45:
        return make_scim_request(rng)
    method = rng.choice(METHODS)
    target = rng.choice(PATHS + SCIM_PATHS)
    if rng.random() < 0.7:
        pairs = [f"{rng.choice(NAMES)}={rng.choice(VALUES)}" for _ in range(rng.choice([1, 1, 1, 2, 5]))]
        target += "?" + "&".join(pairs)
    lines = [f"{method} {target.replace(' ', '%20')} HTTP/1.1", "Host: localhost"]
    token = rng.choice([jwt, jwt, jwt, jwt, jwt[:-2], jwt + "x", "a.b.c", "", "." * 300, random_text(rng, 50)])
    lines.append(f"Gitlab-Shell-Api-Request: {token}")
    if rng.random() < 0.1:
        lines.append("Gitlab-Shell-Api-Request: another")
    lines.append(rng.choice([
        "PRIVATE-TOKEN: glpat-innergate-demo-admin", "Authorization: Bearer glpat-innergate-demo-admin",
        "TOKEN: nobody", "Authorization: Basic eDp5", "X-Nothing: 1", SCIM_TOKEN, SCIM_TOKEN,
        "Authorization: bearer innergate-demo-scim-instance", "Authorization: Bearer " + "x" * 300,
    ]))
    lines.append(f"X-Request-Id: {rng.choice(['abc', 'x' * 300, random_text(rng, 20), ''])}")
    if rng.random() < 0.05:
        lines += [f"X-Field-{number}: {number}" for number in range(rng.choice([50, 150]))]
    body = rng.choice(BODIES + SCIM_BODIES) if method not in ("GET", "HEAD") or rng.random() < 0.2 else b""
    content_type = rng.choice(TYPES)
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines.append(f"Content-Length: {len(body)}")
    return method, "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


@pytest.fixture
def served(build):
    """Nobody else's: some of the requests are good enough to change something."""
    with Stack(build, database="sqlite") as running:
        yield running


def test_ten_thousand_mixed_requests(served):
    rng = random.Random(SEED)
    jwt = served.admin("jwt", "shell").strip()
    clients = [Client(served.internal_port), Client(served.public_port)]
    before = served.pids
    statuses = {}
    for number in range(REQUESTS):
        if number % 1000 == 0:
            jwt = served.admin("jwt", "shell").strip()
        method, data = make_request(rng, jwt)
        status = rng.choice(clients).send(data, method)
        statuses[status] = statuses.get(status, 0) + 1
        assert status is None or status in ALLOWED, f"request {number} was answered with {status}:\n{data[:2000]!r}"
    for client in clients:
        client.close()
    print(f"statuses: {json.dumps({str(k): v for k, v in sorted(statuses.items(), key=str)})}")
    assert statuses.get(200, 0) > REQUESTS / 10, "too few of the valid requests came through"
    assert served.pids == before
    assert all(process_is_there(pid) for pid in before.values())
    logs = "".join(file.read_text(errors="replace") for file in served.state_dir.rglob("*.log"))
    assert "AddressSanitizer" not in logs and "runtime error:" not in logs
