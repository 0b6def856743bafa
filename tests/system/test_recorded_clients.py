"""Requests as gitlab-shell and Gitaly's hooks put them on the wire, byte for byte, through nginx.

recorded_requests.json holds what gitlab-shell 14.49 sent to a listening socket; Gitaly's lines were sent by the HTTP
client of the same project, which Gitaly uses too. Filled in are the token, the address, a key and a day.
"""

import datetime
import json
import pathlib
import urllib.parse

import pytest

from running_stack import Stack, connect

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORDED = json.loads(pathlib.Path(__file__).with_name("recorded_requests.json").read_text())
KEYS = json.loads((ROOT / "sql/seeds/demo.json").read_text())["keys"]


@pytest.fixture(scope="module")
def served(build, database):
    # No repositories are there to be looked into.
    with Stack(build, database=database, environment={"INNERGATE_CHECKS_LFS_OBJECTS": "open"}) as running:
        yield running


def filled_in(text, stack):
    blob = next(row["key"].split()[1] for row in KEYS if row["id"] == 7)
    values = {
        "{jwt}": stack.admin("jwt", "shell").strip(),
        "{host}": urllib.parse.urlsplit(stack.internal_url).netloc,
        "{key-of-rubi}": urllib.parse.quote(blob, safe=""),
        "{in-30-days}": (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=30)).isoformat(),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def exchange(address, request):
    """Head and body of the answer; the client asked for the connection to be closed."""
    connection = connect(address)
    with connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:])
    return lines[0], fields, body


@pytest.mark.parametrize("recorded", RECORDED, ids=[recorded["name"] for recorded in RECORDED])
def test_recorded_request(served, recorded):
    address = served.http_socket if recorded["over"] == "unix" else ("127.0.0.1", served.internal_port)
    request = filled_in("\r\n".join(recorded["request"]), served)
    status, fields, body = exchange(address, request.encode())
    assert status == "HTTP/1.1 200 OK", body
    assert fields["content-type"] == "application/json"
    assert fields["connection"] == "close"
    assert (fields.get("cache-control") == "no-store") == recorded.get("secret", False)
    sent_id = next((line.split(": ")[1] for line in recorded["request"] if line.startswith("X-Request-Id")), None)
    if sent_id:
        assert fields["x-request-id"] == sent_id.lower()
    answer = json.loads(body)
    expected = json.loads(filled_in(json.dumps(recorded["answer"]), served))
    assert {name: answer.get(name) for name in expected} == expected
