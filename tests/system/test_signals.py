"""Stops and restarts of a pool under load: the listening socket stays open, as systemd keeps it."""

import base64
import collections
import hmac
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import threading
import time
import uuid

import pytest

import fastcgi_client
from own_processes import OwnNginx, OwnPool
from running_stack import connect, process_is_there, wait_until

CHECK = "/api/v4/internal/check"
# Read-only, so nginx sends it once more when a kept connection breaks, POST though it is.
ALLOWED = "/api/v4/internal/allowed"
CLIENTS = 8
RESTARTS = 8


@pytest.fixture
def pool(sqlite_stack):
    with OwnPool(sqlite_stack) as running:
        yield running


@pytest.fixture
def nginx(sqlite_stack, pool):
    with OwnNginx(sqlite_stack, [pool.replacement]) as running:
        yield running


class Load:
    """Clients that ask without pause and count the answers by status; "broken" is a connection without one."""

    def __init__(self, address, stack):
        self.address, self.headers = address, stack.shell_headers()
        self.answers = collections.Counter()
        self._counting, self._ended = threading.Lock(), threading.Event()
        self._clients = [threading.Thread(target=self._ask_on, args=(number,)) for number in range(CLIENTS)]

    def __enter__(self):
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        for client in self._clients:
            client.join()

    def _ask_on(self, number):
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        ask = ("POST", ALLOWED, b"{}") if number % 2 else ("GET", CHECK, None)
        while not self._ended.is_set():
            try:
                connection.request(*ask, headers=self.headers)
                response = connection.getresponse()
                response.read()
                outcome = response.status
            except (OSError, http.client.HTTPException):
                connection.close()
                outcome = "broken"
            with self._counting:
                self.answers[outcome] += 1

    @property
    def failures(self):
        with self._counting:
            return sum(count for outcome, count in self.answers.items() if outcome == "broken" or outcome >= 500)

    def wait_for_answers(self, more):
        """Until so many more came, whatever they are."""
        goal = self.answers.total() + more
        wait_until(lambda: self.answers.total() >= goal, seconds=60, what=f"{more} answers")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stop_under_load_ends_with_status_zero(sqlite_stack, pool, nginx, how):
    with Load(nginx.address, sqlite_stack) as load:
        load.wait_for_answers(200)
        assert pool.stop(how) == 0
        pool.start()
        load.wait_for_answers(200)
    assert load.failures == 0, load.answers


def test_restarts_under_load_lose_nothing(sqlite_stack, pool, nginx):
    with Load(nginx.address, sqlite_stack) as load:
        for _ in range(RESTARTS):
            load.wait_for_answers(100)
            pool.restart()
        load.wait_for_answers(100)
    assert load.failures == 0, load.answers


def test_killed_pool_costs_nothing_that_may_be_sent_again(sqlite_stack, pool, nginx):
    with Load(nginx.address, sqlite_stack) as load:
        for _ in range(RESTARTS):
            load.wait_for_answers(100)
            assert pool.stop(signal.SIGKILL) == -signal.SIGKILL
            pool.start()
        load.wait_for_answers(100)
    # Of 64 in hand. None, but where a client was still on its first connection: that has no second try.
    assert load.failures <= 2, load.answers


def test_stop_does_not_wait_for_idle_connections(sqlite_stack, pool):
    idle = [connect(pool.path) for _ in range(10)]
    for connection in idle[:5]:
        connection.sendall(fastcgi_client.request_bytes("GET", CHECK, sqlite_stack.shell_headers(), keep_connection=True))
        assert fastcgi_client.read_answer(connection)[0] == 200
    started = time.monotonic()
    assert pool.stop() == 0
    assert time.monotonic() - started < 5
    for connection in idle:
        connection.close()


def test_request_in_hand_is_answered_before_the_end(sqlite_stack, pool):
    """Its second half comes while the pool is stopping."""
    data = fastcgi_client.request_bytes("GET", CHECK, sqlite_stack.shell_headers())
    with connect(pool.path) as connection:
        connection.sendall(data[: len(data) // 2])
        wait_until(lambda: threads_busy(pool) >= 2, what="the pool to take the first half")
        pool.process.send_signal(signal.SIGTERM)
        wait_until(lambda: b'"stopping"' in pool.log.read_bytes(), what="the pool to stop")
        connection.sendall(data[len(data) // 2 :])
        assert fastcgi_client.read_answer(connection)[0] == 200
    assert pool.process.wait(timeout=60) == 0


def test_reloads_under_load_lose_nothing(sqlite_stack, pool, nginx):
    pid = pool.process.pid
    with Load(nginx.address, sqlite_stack) as load:
        for _ in range(RESTARTS):
            load.wait_for_answers(100)
            pool.reload()
        load.wait_for_answers(100)
    assert load.failures == 0, load.answers
    assert pool.process.pid == pid and process_is_there(pid)


def test_reloads_leave_nothing_behind(sqlite_stack, pool):
    """Neither threads, of which each has a session, nor descriptors."""
    def held():
        return [len(os.listdir(f"/proc/{pool.process.pid}/{kind}")) for kind in ("task", "fd")]

    def ask_all():
        for _ in range(20):
            assert fastcgi_client.ask(str(pool.path), "GET", "/-/readiness")[0] == 200

    wait_until(lambda: b'"database_reachable"' in pool.log.read_bytes(), what="the pool to reach its database")
    ask_all()
    threads, descriptors = held()
    for number in range(1, 4):
        pool.reload()
        wait_until(lambda: pool.log.read_bytes().count(b'"stopped"') == number, what="the old threads to end")
        ask_all()
    # Sessions are opened when they are needed first: not each thread has one each time.
    wait_until(lambda: held()[0] == threads and held()[1] <= descriptors + 20, what="what the old threads held to be free")


def test_reload_keeps_nobody_waiting_for_a_request_in_hand(sqlite_stack, pool):
    """What began before is finished by the old threads while the new ones serve."""
    wait_until(lambda: b'"started"' in pool.log.read_bytes(), what="the pool to start")
    data = fastcgi_client.request_bytes("GET", CHECK, sqlite_stack.shell_headers())
    with connect(pool.path) as connection:
        connection.sendall(data[: len(data) // 2])
        wait_until(lambda: threads_busy(pool) >= 2, what="the pool to take the first half")
        pool.reload()
        assert fastcgi_client.ask(str(pool.path), "GET", CHECK, sqlite_stack.shell_headers())[0] == 200
        connection.sendall(data[len(data) // 2 :])
        assert fastcgi_client.read_answer(connection)[0] == 200
    assert pool.stop() == 0


@pytest.fixture
def rewritable(sqlite_stack, short_folder):
    """A pool with a settings file and a shell secret of its own."""
    settings, secret = short_folder / "innergate.conf", short_folder / "shell_secret"
    text = sqlite_stack.settings_file.read_text()
    settings.write_text(text.replace(str(sqlite_stack.setting("secrets", "shell_secret_file")), str(secret)))
    secret.touch(mode=0o600)
    secret.write_text("another secret that nobody else has")
    with OwnPool(sqlite_stack, settings_file=settings) as running:
        wait_until(lambda: b'"started"' in running.log.read_bytes(), what="the pool to start")
        running.secret = secret
        yield running


def test_reload_reads_secrets_and_settings_again(sqlite_stack, rewritable):
    def ask():
        return fastcgi_client.ask(str(rewritable.path), "GET", CHECK, sqlite_stack.shell_headers())[0]

    assert ask() == 401
    rewritable.secret.write_text(pathlib.Path(sqlite_stack.setting("secrets", "shell_secret_file")).read_text())
    with rewritable.settings_file.open("a") as file:
        file.write("[logging]\nlevel = warning\n")
    rewritable.process.send_signal(signal.SIGHUP)
    wait_until(lambda: ask() == 200, what="the new secret to count")
    wait_until(lambda: b'"stopped"' in rewritable.log.read_bytes(), what="the old threads to end")
    lines = rewritable.log.read_bytes().count(b'"event":"request"')
    assert ask() == 200
    assert rewritable.log.read_bytes().count(b'"event":"request"') == lines


def test_secret_is_rotated_without_a_refusal(sqlite_stack, rewritable):
    """As docs/security.md tells it: a client with the secret of before is served until it has the new one."""
    def ask(secret):
        headers = {"Gitlab-Shell-Api-Request": shell_token(secret), "X-Request-Id": str(uuid.uuid4())}
        status = fastcgi_client.ask(str(rewritable.path), "GET", CHECK, headers)[0]
        (line,) = [line for line in rewritable.log.read_text().splitlines() if headers["X-Request-Id"] in line]
        return status, json.loads(line).get("meta.caller")

    def change_settings(pattern, replacement):
        text = rewritable.settings_file.read_text()
        changed = re.sub(pattern, replacement, text, flags=re.MULTILINE)
        assert changed != text
        rewritable.settings_file.write_text(changed)

    old = rewritable.secret.read_text()
    assert ask(old) == (200, "shell")
    previous = rewritable.secret.with_name("shell_secret_previous")
    shutil.copy2(rewritable.secret, previous)
    rewritable.secret.write_text("the secret that is to come")
    change_settings(r"^(shell_secret_file = .*)$", rf"\1\nshell_secret_previous_file = {previous}")
    rewritable.reload()
    assert ask("the secret that is to come") == (200, "shell")
    assert ask(old) == (200, "shell (previous secret)")
    change_settings(r"^shell_secret_previous_file = .*\n", "")
    rewritable.reload()
    assert ask("the secret that is to come") == (200, "shell")
    wait_until(lambda: rewritable.log.read_text().count('"stopped"') == 2, what="the old threads to end")
    assert ask(old)[0] == 401


def shell_token(secret):
    """As gitlab-shell makes it."""
    def encoded(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    claims = {"iss": "gitlab-shell", "iat": int(time.time()), "exp": int(time.time()) + 60}
    text = encoded(b'{"alg":"HS256","typ":"JWT"}') + b"." + encoded(json.dumps(claims).encode())
    return (text + b"." + encoded(hmac.digest(secret.encode(), text, "sha256"))).decode()


def test_token_of_before_is_refused_after_its_secret_was_replaced(sqlite_stack, rewritable):
    token = shell_token(rewritable.secret.read_text())

    def ask():
        headers = {"Gitlab-Shell-Api-Request": token}
        return fastcgi_client.ask(str(rewritable.path), "GET", CHECK, headers)[0]

    # More often than there are threads, each of which keeps the token.
    assert {ask() for _ in range(20)} == {200}
    rewritable.secret.write_text("the secret that is to come")
    rewritable.reload()
    wait_until(lambda: b'"stopped"' in rewritable.log.read_bytes(), what="the old threads to end")
    assert {ask() for _ in range(20)} == {401}


def test_wrong_settings_change_nothing_on_reload(rewritable):
    rewritable.settings_file.write_text("[limits]\nmax_json_depth = deep\n[nonsense]\n")
    rewritable.reload()
    assert b"not reloaded: " in rewritable.log.read_bytes()
    assert b"limits.max_json_depth = 'deep'" in rewritable.log.read_bytes()
    assert fastcgi_client.ask(str(rewritable.path), "GET", "/-/liveness")[0] == 200
    assert rewritable.stop() == 0


def threads_busy(pool):
    """As its metrics tell; the thread that tells is one of them."""
    status, body = fastcgi_client.ask(str(pool.path), "GET", "/-/metrics")
    assert status == 200
    return float(re.search(rb"^innergate_threads_busy(?:{.*})? (.*)$", body, re.MULTILINE).group(1))


def test_signals_that_are_not_for_it_do_not_end_it(sqlite_stack, pool):
    wait_until(lambda: b'"started"' in pool.log.read_bytes(), what="the pool to start")
    pool.process.send_signal(signal.SIGPIPE)
    assert fastcgi_client.ask(str(pool.path), "GET", CHECK, sqlite_stack.shell_headers())[0] == 200
    assert process_is_there(pool.process.pid)


def test_start_and_stop_at_once(pool):
    """A signal before the pool is up must neither be lost nor look like a crash."""
    for _ in range(10):
        assert pool.stop() in (0, -signal.SIGTERM)
        pool.start()
