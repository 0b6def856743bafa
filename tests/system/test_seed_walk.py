"""Walks every curl line of the internal API's documentation through the running server, with curl itself."""

import contextlib
import json
import pathlib
import re
import subprocess
import time

import pytest

from kas_client import kas_jwt, read_kas_secret, signed_jwt

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = json.loads((ROOT / "tests/contract/seed/samples.json").read_text())["samples"]
DEMO = json.loads((ROOT / "sql/seeds/demo.json").read_text())
SERVED = [sample for sample in SAMPLES if sample["served"]]
WITH_STATE = [sample for sample in SAMPLES if "before" in sample]
SAMPLES_IN_THE_DOCUMENTATION = 51


def _name(sample):
    return sample["name"]


def _shell_jwt(stack):
    now = int(time.time())
    key = pathlib.Path(stack.shell_secret_file).read_bytes().strip()
    return signed_jwt(key, {"iss": "gitlab-shell", "iat": now, "exp": now + 60})


def _kas_jwt(stack):
    return kas_jwt(read_kas_secret(stack.kas_secret_file))


def _row(table, row_id):
    return next(row for row in DEMO[table] if row["id"] == row_id)


PLACEHOLDERS = {
    "internal-url": lambda stack: stack.internal_url.rstrip("/"),
    "public-url": lambda stack: stack.public_url.rstrip("/"),
    "shell-jwt": _shell_jwt,
    "kas-jwt": _kas_jwt,
    "admin-token": lambda stack: _row("personal_access_tokens", 1)["token"],
    "agent-token": lambda stack: "glagent-innergate-demo-agent",
    "scim-group-token": lambda stack: "innergate-demo-scim-group",
    "scim-instance-token": lambda stack: "innergate-demo-scim-instance",
    "key-blob": lambda stack: _row("keys", 11)["key"].split()[1],
    "ca-fingerprint": lambda stack: _row("group_ssh_certificates", 1)["fingerprint"],
}
PLACEHOLDER = re.compile("<(" + "|".join(PLACEHOLDERS) + ")>")


def _import(stack, folder, tables):
    file = folder / "rows.json"
    file.write_text(json.dumps(tables))
    stack.admin("import", str(file))


def _put_rows(stack, folder, tables):
    """Gives the tables these rows and no others."""
    for table in tables:
        stack.change(f"delete from {table}")
    _import(stack, folder, {table: DEMO.get(table, []) if rows == "demo" else rows for table, rows in tables.items()})


@contextlib.contextmanager
def state_of(stack, folder, sample):
    """What the sample assumes, where the documentation has it otherwise than the demo data; the demo data behind it."""
    tables = sample.get("before", {})
    if not tables:
        yield
        return
    try:
        _put_rows(stack, folder, tables)
        yield
    finally:
        _put_rows(stack, folder, dict.fromkeys(tables, "demo"))
        _import(stack, folder, sample.get("after", {}))


class Answer:
    """What curl received: the status, the header fields as one text, the body."""

    def __init__(self, status, head, body):
        self.status = status
        self.head = head
        self.body = body


def run_curl(stack, folder, sample):
    """Runs the sample's own command line; only options that say where the answer goes are added."""
    arguments = [PLACEHOLDER.sub(lambda match: PLACEHOLDERS[match[1]](stack), word) for word in sample["curl"]]
    head, body = folder / "head", folder / "body"
    ran = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "30", "--dump-header", head, "--output", body]
        + ["--write-out", "%{http_code}"]
        + arguments,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"curl failed: {ran.stderr}"
    return Answer(int(ran.stdout), head.read_text().lower(), body.read_bytes() if body.exists() else b"")


def _matches(pointer, patterns):
    """The first of the pointers, in which * is any one step, that names the same place."""
    for pattern in patterns:
        steps, wanted = pointer.split("/"), pattern.split("/")
        if len(steps) == len(wanted) and all(want in ("*", step) for step, want in zip(steps, wanted)):
            return pattern
    return None


def differences(sample, expected, actual, pointer=""):
    """One sentence for each place where the answer is not what the sample prints."""
    generated = _matches(pointer, sample["generated"])
    if generated is not None:
        text = actual if isinstance(actual, str) else json.dumps(actual)
        if type(actual) is type(expected) and re.fullmatch(sample["generated"][generated], text):
            return []
        return [f"{pointer}: {actual!r} does not have the shape {sample['generated'][generated]}"]
    if type(actual) is not type(expected):
        return [f"{pointer}: expected {expected!r}, got {actual!r}"]
    if isinstance(expected, dict):
        found = [f"{pointer}/{key}: missing" for key in expected if key not in actual]
        for key, value in actual.items():
            place = f"{pointer}/{key}"
            if key in expected:
                found += differences(sample, expected[key], value, place)
            elif _matches(place, sample["extra_keys"]) is None:
                found.append(f"{place}: not in the documented answer")
        return found
    if isinstance(expected, list):
        if len(actual) != len(expected):
            return [f"{pointer}: expected {len(expected)} elements, got {len(actual)}"]
        pairs = enumerate(zip(expected, actual))
        return [line for i, (want, have) in pairs for line in differences(sample, want, have, f"{pointer}/{i}")]
    return [] if actual == expected else [f"{pointer}: expected {expected!r}, got {actual!r}"]


def test_every_line_of_the_documentation_is_here():
    assert len(SAMPLES) == SAMPLES_IN_THE_DOCUMENTATION
    assert len({sample["name"] for sample in SAMPLES}) == SAMPLES_IN_THE_DOCUMENTATION


@pytest.mark.parametrize("sample", SAMPLES, ids=_name)
def test_the_request_is_what_the_curl_line_sends(sample):
    words = iter(sample["curl"])
    method, url, headers, data = None, None, {}, []
    for word in words:
        if word == "--request":
            method = next(words)
        elif word == "--header":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data":
            data.append(next(words))
        elif word == "--url":
            url = next(words)
        elif word != "--verbose":
            url = word
    body = "&".join(data) if data else None
    assert url == f"<{sample['pool']}-url>{sample['path']}"
    assert (method or ("GET" if body is None else "POST")) == sample["method"]
    assert headers == sample["headers"]
    assert body == sample["body"]


@pytest.mark.parametrize("sample", WITH_STATE, ids=_name)
def test_assumed_state_is_brought_and_undone(stack, tmp_path, sample):
    tables = list(sample["before"])
    found = json.loads(stack.admin("export", *tables))
    with state_of(stack, tmp_path, sample):
        brought = json.loads(stack.admin("export", *tables))
        for table, rows in sample["before"].items():
            wanted = DEMO.get(table, []) if rows == "demo" else rows
            assert [{key: row[key] for key in want} for want, row in zip(wanted, brought[table])] == wanted
            assert len(brought[table]) == len(wanted)
    undone = json.loads(stack.admin("export", *tables))
    for table in tables:
        assert [_without_times(row) for row in undone[table]] == [_without_times(row) for row in found[table]]


def _without_times(row):
    return {key: value for key, value in row.items() if key not in ("created_at", "updated_at")}


@pytest.mark.parametrize("sample", SERVED, ids=_name)
def test_served_line_answers_as_printed(stack, tmp_path, sample):
    with state_of(stack, tmp_path, sample):
        answer = run_curl(stack, tmp_path, sample)
    assert answer.status == sample["status"], answer.body
    if sample["expected"] is None:
        assert answer.body == b""
        assert "content-type:" not in answer.head
        return
    assert re.search(r"^content-type: application/(scim\+)?json\b", answer.head, re.MULTILINE), answer.head
    assert differences(sample, sample["expected"], json.loads(answer.body)) == []


def test_every_line_is_served(capsys):
    assert [sample["name"] for sample in SAMPLES if not sample["served"]] == []
    with capsys.disabled():
        print()
        for sample in SERVED:
            if "before" in sample:
                print(f"served in a state of its own: {sample['name']} ({', '.join(sample['before'])})")
        print(f"served: {len(SERVED)} of {len(SAMPLES)} documented curl lines")
