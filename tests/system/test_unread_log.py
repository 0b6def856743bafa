"""A pool whose log nobody reads, or whose disk is full, serves and stops as ever."""

import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess

import pytest

import fastcgi_client
from own_processes import OwnPool
from running_stack import connect, process_is_there, wait_until

CHECK, ALLOWED = "/api/v4/internal/check", "/api/v4/internal/allowed"
REQUESTS = 1500
DECISIONS = 40
KEPT_BY = {"pipe": os.pipe, "socket": lambda: journal_like()}


def journal_like():
    """The ends of a stream socket, as systemd connects standard error with the journal."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    its.shutdown(socket.SHUT_RD)
    return ours.detach(), its.detach()


class Reader:
    """The reading end of a log, which reads only when it is asked to."""

    def __init__(self, descriptor):
        self.file = os.fdopen(descriptor, "rb")

    def lines_until(self, event):
        lines = []
        while not lines or lines[-1]["event"] != event:
            lines.append(json.loads(self.file.readline()))
        return lines


class Client:
    """Asks on one kept connection, so that thousands of requests take a moment."""

    def __init__(self, pool, stack):
        self.connection, self.headers = connect(pool.path), stack.shell_headers()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def ask(self, method, path, body=b""):
        self.connection.sendall(fastcgi_client.request_bytes(method, path, self.headers, body, keep_connection=True))
        return fastcgi_client.read_answer(self.connection)

    def check(self, times):
        for _ in range(times):
            assert self.ask("GET", CHECK)[0] == 200

    def decide(self, times):
        body = {"key_id": 11, "project": "gnuwget/wget2", "action": "git-upload-pack", "changes": "_any", "protocol": "ssh"}
        for _ in range(times):
            assert self.ask("POST", ALLOWED, json.dumps(body).encode())[0] == 200

    def dropped(self):
        text = self.ask("GET", "/-/metrics")[1].decode()
        counts = re.findall(r'^innergate_log_lines_dropped_total\{.*kind="(\w+)"\} (\d+)', text, re.MULTILINE)
        return {kind: int(count) for kind, count in counts}


@pytest.fixture(params=KEPT_BY)
def unread(request, sqlite_stack):
    """A pool, and the reader of its log that does not read."""
    ours, its = KEPT_BY[request.param]()
    reader = Reader(ours)
    pool = OwnPool(sqlite_stack, log_to=its)
    with pool:
        os.close(its)
        yield pool, reader
    reader.file.close()


def test_requests_are_answered_and_decisions_are_kept(sqlite_stack, unread):
    pool, reader = unread
    with Client(pool, sqlite_stack) as client:
        client.check(REQUESTS)
        client.decide(DECISIONS)
        dropped = client.dropped()
        assert dropped["audit"] == dropped["other"] == 0 < dropped["request"]
        lines = reader.lines_until("lines_dropped")
        assert sum(line["event"] == "access_decision" for line in lines) == DECISIONS
        assert lines[-1]["dropped_requests"] >= dropped["request"]
        client.check(1)
        assert reader.lines_until("request")[-1]["route"] == CHECK


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_signals_are_obeyed(sqlite_stack, unread, how):
    pool, _ = unread
    with Client(pool, sqlite_stack) as client:
        client.check(REQUESTS)
    assert pool.stop(how) == 0


def counts_from_nothing(pool):
    """Whether new threads answer; the old ones may close a connection that has not asked yet."""
    try:
        return b'route="' + ALLOWED.encode() not in requests_counted(pool)
    except OSError:
        return False


def requests_counted(pool):
    text = fastcgi_client.ask(str(pool.path), "GET", "/-/metrics")[1]
    return b"\n".join(line for line in text.splitlines() if line.startswith(b"innergate_http_requests_total"))


def test_reload_keeps_what_waits(sqlite_stack, unread):
    pool, reader = unread
    with Client(pool, sqlite_stack) as client:
        client.check(REQUESTS)
        client.decide(DECISIONS)
    pool.process.send_signal(signal.SIGHUP)
    wait_until(lambda: counts_from_nothing(pool), what="the reload")
    lines = reader.lines_until("lines_dropped")
    assert sum(line["event"] == "access_decision" for line in lines) >= DECISIONS


def test_flags_of_the_descriptor_are_left_alone(sqlite_stack, unread):
    pool, _ = unread
    with Client(pool, sqlite_stack) as client:
        client.check(REQUESTS)
        flags = int(re.search(r"^flags:\s+(\d+)", pathlib.Path(f"/proc/{pool.process.pid}/fdinfo/2").read_text(), re.M)[1], 8)
    assert flags & os.O_NONBLOCK == 0


def test_pool_that_cannot_start_says_so_to_nobody(sqlite_stack):
    ours, its = os.pipe()
    os.set_blocking(its, False)
    with pytest.raises(BlockingIOError):
        while True:
            os.write(its, b"x" * 4096)
    os.set_blocking(its, True)
    command = [sqlite_stack.build / "bin" / "innergate-pool", "--pool", "internal", "--config", "/nonexistent"]
    assert subprocess.run(command, stderr=its, timeout=20).returncode == 2
    os.close(ours)
    os.close(its)


@pytest.fixture
def full_disk(sqlite_stack):
    """A pool that logs into a file system of 64 KiB, and how to look into it."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "--mount", "true"]).returncode != 0:
        pytest.skip("no rights to mount a file system")
    log = "/mnt/pool.log"
    script = f"mount -t tmpfs -o size=64k none /mnt && exec \"$@\" 2>>{shlex.quote(log)}"
    with OwnPool(sqlite_stack, wrapper=["unshare", "--mount", "sh", "-c", script, "sh"]) as pool:
        wait_until(lambda: "innergate-pool" in pathlib.Path(f"/proc/{pool.process.pid}/exe").readlink().name, what="the pool")
        yield pool, pathlib.Path(f"/proc/{pool.process.pid}/root{log}")


def test_full_disk_leaves_whole_lines(sqlite_stack, full_disk):
    pool, log = full_disk
    ballast = log.with_name("ballast")
    with Client(pool, sqlite_stack) as client:
        client.check(1)
        ballast.write_bytes(b"x" * 4096 * 10)
        client.check(REQUESTS)
        client.decide(DECISIONS)
        assert client.dropped()["request"] > 0
        text = log.read_text()
        assert text.endswith("}\n")
        assert all(json.loads(line) for line in text.splitlines())
        assert process_is_there(pool.process.pid)
        ballast.unlink()
        wait_until(lambda: '"lines_dropped"' in log.read_text(), what="the log to go on")
        client.check(1)
        lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert sum(line["event"] == "access_decision" for line in lines) == DECISIONS
    assert lines[-1]["event"] == "request"
