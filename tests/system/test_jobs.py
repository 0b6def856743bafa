"""innergate-admin jobs run as a process: its signals, its unit's command line, a runner that dies, a database that goes."""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import types

import pytest

import fastcgi_client
from operators_tool import OperatorsTool
from own_processes import OwnPool
from running_stack import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def tool(build, tmp_path):
    """A migrated database, and no wait where a test would have to sit through it."""
    made = OperatorsTool(build, tmp_path)
    made.hooks = tmp_path / "post-receive.d"
    made.hooks.mkdir()
    with made.settings_file.open("a") as settings:
        settings.write(f"[jobs]\nhooks_dir = {made.hooks}\nretry_delay = 1\npoll_interval = 50\nhook_timeout = 20\nlease = 1\n")
    made.create_secrets()
    made.done("migrate")
    return made


def place_hook(tool, name, script):
    hook = tool.hooks / name
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)


def add_jobs(tool, *repositories):
    with contextlib.closing(sqlite3.connect(tool.database_file, timeout=20)) as database, database:
        database.executemany(
            "insert into post_receive_jobs (gl_repository, identifier, changes) values (?, 'user-1', '')",
            [(repository,) for repository in repositories],
        )


def states(tool):
    return [(job["id"], job["state"]) for job in tool.json("jobs", "list")]


def ended(runner):
    """Exit status and log events of a runner that was told to stop."""
    _, log = runner.communicate(timeout=60)
    return runner.returncode, [json.loads(line) for line in log.splitlines()]


class TestOnce:
    def test_does_what_is_due(self, tool):
        add_jobs(tool, "project-1", "project-1", "project-2")
        ran = tool.run("jobs", "run", "--once", "--json")
        assert (ran.returncode, json.loads(ran.stdout)) == (0, {"done": 3, "failed": 0})
        assert states(tool) == []

    def test_failure_is_the_exit_status(self, tool):
        place_hook(tool, "10-fail", "exit 1")
        add_jobs(tool, "project-1")
        ran = tool.run("jobs", "run", "--once")
        assert (ran.returncode, ran.stdout) == (1, "0 done, 1 failed\n")
        assert json.loads(ran.stderr.splitlines()[-1])["reason"] == "10-fail: exit status 1"

    def test_folder_can_be_named(self, tool, tmp_path):
        place_hook(tool, "10-fail", "exit 1")
        add_jobs(tool, "project-1")
        assert tool.run("jobs", "run", "--once", "--hooks-dir", str(tmp_path / "none")).returncode == 0

    def test_without_database(self, tool):
        tool.database_file.unlink()
        ran = tool.run("jobs", "run", "--once")
        assert ran.returncode == 1
        assert "there is no database file" in ran.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stops_after_the_job_in_hand(tool, tmp_path, how):
    """The first job's hook tells that it runs, and goes on when the test lets it."""
    place_hook(tool, "10-wait", f"cat > /dev/null; echo started > {tmp_path}/started; read go < {tmp_path}/go")
    os.mkfifo(tmp_path / "go")
    add_jobs(tool, "project-1", "project-2")
    runner = tool.start("jobs", "run")
    wait_until((tmp_path / "started").exists, what="the hook to start")
    runner.send_signal(how)
    (tmp_path / "go").write_text("go\n")
    status, log = ended(runner)
    assert status == 0
    assert [event["event"] for event in log if event["event"] != "database_reachable"] == [
        "started", "job_done", "stopping", "stopped"]
    assert log[-2]["reason"] == how.name
    assert states(tool) == [(2, "waiting")]


def test_stops_whether_its_log_is_read_or_not(tool):
    reader, log = os.pipe()
    os.set_blocking(log, False)
    with pytest.raises(BlockingIOError):
        while True:
            os.write(log, b"x" * 4096)
    os.set_blocking(log, True)
    with subprocess.Popen(tool.command("jobs", "run"), env=tool.environment, stderr=log) as runner:
        add_jobs(tool, "project-1")
        wait_until(lambda: states(tool) == [], what="the job to be done")
        runner.terminate()
        assert runner.wait(timeout=20) == 0
    os.close(reader)
    os.close(log)


def test_idle_runner_notices_new_jobs_and_stops_at_once(tool):
    runner = tool.start("jobs", "run")
    add_jobs(tool, "project-1")
    wait_until(lambda: states(tool) == [], what="the job to be done")
    runner.terminate()
    status, log = ended(runner)
    assert status == 0
    assert "job_done" in [event["event"] for event in log]


def test_job_of_a_killed_runner_is_done_by_another(tool, tmp_path):
    place_hook(tool, "10-hang", f"cat > /dev/null; test -e {tmp_path}/started && exit 0; echo > {tmp_path}/started; sleep 600")
    add_jobs(tool, "project-1")
    first = tool.start("jobs", "run", "--jobs-hook-timeout", "1")
    wait_until((tmp_path / "started").exists, what="the hook to start")
    first.kill()
    first.communicate(timeout=20)
    assert states(tool) == [(1, "running")]
    second = tool.start("jobs", "run")
    wait_until(lambda: states(tool) == [], what="the job to be taken up again")
    second.terminate()
    status, log = ended(second)
    assert status == 0
    assert [event["attempt"] for event in log if event["event"] == "job_done"] == [2]


def test_head_is_moved_whenever_a_runner_dies(tool, tmp_path):
    """By the one that is killed in the hook, and by its successor once more, as if it had been killed before."""
    place_hook(tool, "10-hang", f"cat > /dev/null; test -e {tmp_path}/started && exit 0; echo > {tmp_path}/started; sleep 600")
    repository = tool.repositories / "group" / "project.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(repository)], check=True)
    head = repository / "HEAD"
    with contextlib.closing(sqlite3.connect(tool.database_file, timeout=20)) as database, database:
        database.executescript(
            "insert into namespaces (id, type, name, path) values (1, 'Group', 'group', 'group');"
            "insert into projects (id, namespace_id, name, path, disk_path, default_branch) "
            "values (1, 1, 'project', 'project', 'group/project', 'master');"
            "insert into routes (source_type, source_id, path) values ('Project', 1, 'group/project');"
            "insert into post_receive_jobs (gl_repository, identifier, changes, project_id, new_default_branch) "
            "values ('project-1', 'user-1', '', 1, 'master');"
        )
    first = tool.start("jobs", "run", "--jobs-hook-timeout", "1")
    wait_until((tmp_path / "started").exists, what="the hook to start")
    first.kill()
    first.communicate(timeout=20)
    assert head.read_text() == "ref: refs/heads/master\n"
    head.write_text("ref: refs/heads/main\n")
    second = tool.start("jobs", "run")
    wait_until(lambda: states(tool) == [], what="the job to be taken up again")
    second.terminate()
    assert ended(second)[0] == 0
    assert head.read_text() == "ref: refs/heads/master\n"


def test_runner_waits_for_its_database(tool):
    away = tool.database_file.with_suffix(".away")
    tool.database_file.rename(away)
    runner = tool.start("jobs", "run")
    line = json.loads(runner.stderr.readline())
    while line["event"] != "database_unreachable":
        line = json.loads(runner.stderr.readline())
    away.rename(tool.database_file)
    add_jobs(tool, "project-1")
    wait_until(lambda: states(tool) == [], what="the job to be done")
    runner.terminate()
    assert ended(runner)[0] == 0


def test_unit_starts_the_runner_and_hears_of_it(tool, tmp_path):
    """Its command line, with this test's settings; as Type=notify says, it tells when it is ready and when it stops."""
    unit = (ROOT / "systemd" / "innergate-jobs.service").read_text()
    command = re.search(r"^ExecStart=/usr/bin/innergate-admin --config \S+ (.*)$", unit, re.MULTILINE)
    assert command
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        address = tmp_path / "notify"
        manager.bind(str(address))
        manager.settimeout(60)
        runner = subprocess.Popen(
            tool.command(*command.group(1).split()), stderr=subprocess.DEVNULL,
            env={**tool.environment, "NOTIFY_SOCKET": str(address)},
        )
        assert manager.recv(1024) == b"READY=1"
        runner.terminate()
        assert manager.recv(1024) == b"STOPPING=1"
        assert runner.wait(timeout=60) == 0


def test_internal_pool_shows_the_backlog(tool, build):
    """Without a query of its own for each scrape, so a moment later."""
    add_jobs(tool, "project-1", "project-1", "project-2")
    owner = types.SimpleNamespace(build=build, settings_file=tool.settings_file)
    with OwnPool(owner) as pool:

        def gauge(name):
            status, body = fastcgi_client.ask(str(pool.path), "GET", "/-/metrics")
            assert status == 200
            line = re.search(rf"^innergate_post_receive_jobs_{name}{{[^}}]*}} (\S+)$", body.decode(), re.MULTILINE)
            return float(line.group(1))

        wait_until(lambda: gauge("waiting") == 3, what="the backlog to be seen")
        assert 0 < gauge("oldest_seconds") < 600
        assert tool.run("jobs", "run", "--once").returncode == 0
        wait_until(lambda: gauge("waiting") == 0, what="the backlog to be gone")
        assert gauge("oldest_seconds") == 0
