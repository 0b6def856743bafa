"""What pools really write to their log: events and fields that docs/operations.md tells, and no secrets."""

import json
import re
import uuid

from own_processes import OwnPool
from running_stack import ROOT, wait_until

import fastcgi_client

EVERYWHERE = {"time", "severity", "event", "pool"}


def documented():
    """By event, its severities and fields."""
    section = (ROOT / "docs" / "operations.md").read_text().split("\n## Log\n")[1].split("\n## ")[0]
    events = {}
    for row in section.split("| Event |")[1].split("\n\n")[0].splitlines()[2:]:
        names, severities, _, fields = (cell.strip() for cell in row.strip("|").split("|"))
        for name in re.findall(r"`(\w+)`", names):
            events[name] = set(re.findall(r"debug|info|warning|error", severities)), set(re.findall(r"`([\w.]+)`", fields))
    return events


def check(lines):
    events = documented()
    for line in lines:
        severities, fields = events[line["event"]]
        assert line["severity"] in severities, line
        assert EVERYWHERE <= set(line) <= EVERYWHERE | fields, line
    return {line["event"] for line in lines}


def test_lines_of_a_pool_from_start_to_stop(sqlite_stack):
    with OwnPool(sqlite_stack, "--database-url", "sqlite:/nonexistent/innergate.db", "--logging-level", "debug") as pool:
        for path in ("/api/v4/internal/check", "/-/readiness", "/nothing"):
            fastcgi_client.ask(str(pool.path), "GET", path, sqlite_stack.shell_headers())
        pool.reload()
        wait_until(lambda: b'"database_unreachable"' in pool.log.read_bytes(), what="the database to be missed")
        assert pool.stop() == 0
        lines = [json.loads(line) for line in pool.log.read_text().splitlines()]
    assert {"started", "request", "database_unreachable", "stopping", "stopped", "storage"} <= check(lines)


def test_decisions_and_new_credentials_are_told_but_no_secret(stack):
    def post(endpoint, **parameters):
        headers = stack.shell_headers(**{"X-Request-Id": str(uuid.uuid4())})
        answer = stack.internal("POST", f"/api/v4/internal/{endpoint}", headers, json.dumps(parameters))
        lines = [line for line in stack.log_lines("internal") if line.get("correlation_id") == headers["X-Request-Id"]]
        return answer.json(), headers, lines

    _, _, lines = post(
        "allowed", key_id=7, project="gnuwget/wget2", action="git-receive-pack", changes="_any", protocol="ssh"
    )
    assert check(lines) == {"request", "access_decision"}
    (decision,) = [line for line in lines if line["event"] == "access_decision"]
    assert (decision["decision"], decision["gl_id"], decision["gl_project_id"]) == ("denied", "user-7", 3)

    _, _, lines = post("allowed", key_id=11, project="gnuwget/wget2", action="git-upload-pack", changes="_any", protocol="ssh")
    assert [line["decision"] for line in lines if line["event"] == "access_decision"] == ["allowed"]

    (hashes,) = stack.look("select otp_backup_code_hashes from users where id = 7")
    try:
        created, headers, lines = post("personal_access_token", user_id=7, name="log", scopes=["read_user"])
        assert check(lines) == {"request", "credential_created"}
        codes, _, lines = post("two_factor_recovery_codes", user_id=7)
        assert check(lines) == {"request", "credential_created"}
    finally:
        stack.change("delete from personal_access_tokens where user_id = 7 and name = 'log'")
        stack.change(f"update users set otp_backup_code_hashes = '{hashes}' where id = 7")
    text = (stack.state_dir / "log" / "internal.log").read_text()
    for secret in (created["token"], *codes["recovery_codes"], headers["Gitlab-Shell-Api-Request"]):
        assert secret not in text
    check(stack.log_lines("internal"))
    check(stack.log_lines("public"))
