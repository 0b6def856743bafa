"""What a pool tells at its start about the repositories it can look into."""

import json
import re
import subprocess

import pytest

from operators_tool import OperatorsTool
from running_stack import wait_until

SECONDS = 60


@pytest.fixture
def tool(build, short_folder):
    tool = OperatorsTool(build, short_folder)
    tool.create_secrets()
    tool.done("migrate")
    return tool


def pool_command(tool, pool, *arguments):
    return [str(tool.program.with_name("innergate-pool")), "--config", str(tool.settings_file), "--pool", pool, *arguments]


def start_events(tool, pool):
    """The log lines up to the one that tells of the end."""
    log = tool.folder / f"{pool}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(pool_command(tool, pool), env=tool.environment, stdin=subprocess.DEVNULL, stderr=file)
    try:
        wait_until(lambda: b'"started"' in log.read_bytes(), what="the pool to start")
    finally:
        process.terminate()
        assert process.wait(timeout=SECONDS) == 0
    return [json.loads(line) for line in log.read_text().splitlines()]


def told(events, name, *fields):
    return [tuple(event.get(field) for field in fields) for event in events if event["event"] == name]


def test_internal_pool_tells_each_storage_and_open_check(tool):
    with tool.settings_file.open("a") as file:
        file.write("[storage.far]\ngitaly_address = tcp://gitaly:8075\n[checks]\nlfs_locks = open\nfile_size = open\n")
    events = start_events(tool, "internal")
    assert told(events, "storage", "storage", "inspector", "path") == [
        ("default", "local", str(tool.repositories)), ("far", "gitaly", None),
    ]
    assert told(events, "storage", "gitaly_address") == [(None,), ("tcp://gitaly:8075",)]
    assert told(events, "check_open", "severity", "check") == [("warning", "lfs_locks"), ("warning", "file_size")]


def test_certificates_that_are_not_there_stop_the_internal_pool(tool):
    with tool.settings_file.open("a") as file:
        file.write(f"[storage.far]\ngitaly_address = tls://gitaly:8075\ngitaly_ca_file = {tool.folder}/ca.pem\n")
    checked = subprocess.run(
        pool_command(tool, "internal", "--check-config"),
        env=tool.environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )
    assert checked.returncode == 2
    assert f"storage.far.gitaly_ca_file: {tool.folder}/ca.pem: No such file or directory" in checked.stderr


def test_public_pool_has_nothing_to_look_into(tool):
    events = start_events(tool, "public")
    assert not told(events, "storage") and not told(events, "check_open")


def test_token_that_cannot_be_read_stops_the_internal_pool_only(tool):
    text = tool.settings_file.read_text()
    tool.settings_file.write_text(
        re.sub(r"(?m)^path = .*$", f"gitaly_token_file = {tool.folder}/token", text)
    )
    checks = {
        pool: subprocess.run(
            pool_command(tool, pool, "--check-config"),
            env=tool.environment, capture_output=True, text=True, timeout=SECONDS, check=False,
        )
        for pool in ("internal", "public")
    }
    assert checks["internal"].returncode == 2
    assert f"secret file {tool.folder}/token: does not exist" in checks["internal"].stderr
    assert checks["public"].returncode == 0, checks["public"].stderr
