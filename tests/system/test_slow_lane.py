"""Access checks that wait for a repository, and the calls beside them that do not."""

import concurrent.futures
import contextlib
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess

import pytest

from running_stack import Stack, temporary_folder, wait_until

PROJECT = 1  # group1/first, of whose group root (user 1) is owner
THREADS, QUEUE = 2, 4
RUBI = {"id": 7, "name": "Dede Eichmann", "username": "rubi"}
PUSH = {
    "user_id": "1", "action": "git-receive-pack", "protocol": "ssh", "project": "group1/first",
    "changes": f"{'1' * 40} {'0' * 40} refs/heads/topic\n",
}


def repository_that_does_not_answer(storage):
    """A bare repository whose config blocks each reader for as long as nobody writes to it."""
    digest = hashlib.sha256(str(PROJECT).encode()).hexdigest()
    bare = storage / "@hashed" / digest[:2] / digest[2:4] / f"{digest}.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], check=True, timeout=60)
    config = bare / "config"
    config.rename(bare / "config.saved")
    os.mkfifo(config)
    # The pools run as a user of their own, who must be able to read it all.
    subprocess.run(["chmod", "-R", "a+rX", str(storage)], check=True, timeout=60)
    return config


@pytest.fixture
def served(build):
    folder = temporary_folder()
    storage = folder / "repositories"
    storage.mkdir()
    config = repository_that_does_not_answer(storage)
    environment = {
        "INNERGATE_STORAGE_DEFAULT_PATH": str(storage),
        "INNERGATE_POOL_INTERNAL_SLOW_THREADS": str(THREADS),
        "INNERGATE_POOL_INTERNAL_SLOW_QUEUE": str(QUEUE),
    }
    with Stack(build, environment=environment) as running:
        yield running, config
    shutil.rmtree(folder)


@contextlib.contextmanager
def released_at_the_end(config, calls):
    """Whatever happens, readers of config get its end, and later ones the real file: so the pool can stop."""
    try:
        yield
    finally:
        fifo = config.rename(config.with_name("config.fifo"))
        config.with_name("config.saved").rename(config)
        while not all(call.done() for call in calls):
            # Fails for as long as nobody is about to read.
            with contextlib.suppress(OSError):
                os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
            concurrent.futures.wait(calls, timeout=0.02)


def gauge(stack, name):
    metrics = stack.internal("GET", "/-/metrics").body.decode()
    return float(re.search(rf"^{name}(?:{{.*}})? (.*)$", metrics, re.MULTILINE).group(1))


def test_discover_is_answered_while_the_slow_lane_is_full(served):
    stack, config = served
    headers = stack.shell_headers()

    def allowed():
        return stack.internal("POST", "/api/v4/internal/allowed", headers, json.dumps(PUSH))

    with concurrent.futures.ThreadPoolExecutor(THREADS + QUEUE) as callers:
        waiting = [callers.submit(allowed) for _ in range(THREADS + QUEUE)]
        with released_at_the_end(config, waiting):
            wait_until(lambda: gauge(stack, "innergate_slow_threads_busy") == THREADS, what="the threads to be busy")
            wait_until(lambda: gauge(stack, "innergate_slow_requests_queued") == QUEUE, what="the queue to be full")
            for _ in range(3):
                refused = allowed()
                assert (refused.status, refused.headers["retry-after"]) == (503, "2")
            for _ in range(100):
                assert stack.internal("GET", "/api/v4/internal/discover?key_id=7", headers).json() == RUBI
            assert not any(call.done() for call in waiting)
    assert {call.result().status for call in waiting} == {200}


class SilentGitaly:
    """Takes connections and says nothing, until it is told to close them all."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self):
        # Connections that nobody has accepted are reset with their listener.
        self._listener.close()


def test_discover_is_answered_while_gitaly_is_silent(build):
    gitaly = SilentGitaly()
    environment = {
        "INNERGATE_STORAGE_DEFAULT_GITALY_ADDRESS": gitaly.address,
        "INNERGATE_POOL_INTERNAL_SLOW_THREADS": str(THREADS),
        "INNERGATE_POOL_INTERNAL_SLOW_QUEUE": str(QUEUE),
    }
    with Stack(build, environment=environment) as stack:
        headers = stack.shell_headers()
        with concurrent.futures.ThreadPoolExecutor(THREADS + QUEUE) as callers:
            waiting = [
                callers.submit(stack.internal, "POST", "/api/v4/internal/allowed", headers, json.dumps(PUSH))
                for _ in range(THREADS + QUEUE)
            ]
            try:
                wait_until(lambda: gauge(stack, "innergate_slow_threads_busy") == THREADS, what="the threads to be busy")
                wait_until(lambda: gauge(stack, "innergate_slow_requests_queued") == QUEUE, what="the queue to be full")
                for _ in range(100):
                    assert stack.internal("GET", "/api/v4/internal/discover?key_id=7", headers).json() == RUBI
            finally:
                gitaly.close()
        for call in waiting:
            refused = call.result()
            assert refused.status == 401
            assert "The repository could not be read" in refused.json()["message"]
