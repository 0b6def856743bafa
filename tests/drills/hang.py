#!/usr/bin/python3
"""A database that neither refuses nor answers, under load: how long anybody waits, and what the pool says of itself.

PostgreSQL frozen (SIGSTOP), a table that another session has locked, a server that has no connection left to give, a
network that drops packets, and SQLite's write lock in another process.
Fails when a request waits beyond its bound, when one is lost, or when the pool does not heal.
"""

import contextlib
import itertools
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import typing

from drill import Clients, milliseconds, read_options, say

from far_database import FarDatabase, is_possible
from own_processes import OwnNginx, OwnPool
from running_stack import Stack, process_is_there, request, wait_until

# A request may wait for a lock for a moment, then 10 s for a thread of the slow lane, and then for the lock there
# (database.busy_timeout). The rest is what a busy machine may add.
BOUND_SECONDS = 0.25 + 10 + 5 + 3
LOOK_SECONDS = 0.02
LOAD = 12
HEAL_SECONDS = 30


class Look(typing.NamedTuple):
    sent: float
    took: float
    status: int
    body: bytes


class Watch:
    """Asks one path again and again, each time on a connection of its own, and keeps what it sees."""

    def __init__(self, port, path, headers):
        self.path, self.looks = path, []
        self._address, self._headers = ("127.0.0.1", port), headers
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _run(self):
        while not self._ended.wait(LOOK_SECONDS):
            sent = time.monotonic()
            answer = request(self._address, "GET", self.path, self._headers)
            self.looks.append(Look(sent, time.monotonic() - sent, answer.status, answer.body))

    def between(self, begin, end):
        return [look for look in self.looks if begin <= look.sent < end]

    def first(self, begin, condition):
        """Seconds from `begin` to the answer of the first look for which the condition holds."""
        for look in list(self.looks):
            if look.sent >= begin and condition(look):
                return look.sent + look.took - begin
        return None


def p99(answers):
    times = sorted(answer.took for answer in answers)
    return times[int(len(times) * 0.99)] if times else float("nan")


def postgresql_processes(stack):
    postmaster = stack.pids["postgresql"]
    children = pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return [postmaster, *map(int, children)]


@contextlib.contextmanager
def frozen(stack):
    """All of PostgreSQL's processes stand still."""
    processes = postgresql_processes(stack)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


@contextlib.contextmanager
def locked(stack):
    """Another session has the tables that every look-up of a user reads."""
    with subprocess.Popen(
        ["psql", "--no-psqlrc", "--quiet", stack.setting("database", "url")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as session:
        session.stdin.write("begin; lock table users, keys in access exclusive mode;\n\\echo locked\n")
        session.stdin.flush()
        assert session.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            session.stdin.close()


@contextlib.contextmanager
def write_locked(stack):
    """Another process is writing to SQLite's file, and takes long."""
    database = sqlite3.connect(stack.setting("database", "url").removeprefix("sqlite:"), isolation_level=None)
    with contextlib.closing(database):
        database.execute("begin immediate")
        yield


HANGS = {"postgresql": (frozen, locked), "sqlite": (write_locked,)}


def discoveries():
    return itertools.repeat(("discover", "GET", "/api/v4/internal/discover?username=root", None))


def fetches():
    body = {"key_id": "7", "action": "git-upload-pack", "project": "gnuwget/wget2", "changes": "_any", "protocol": "ssh"}
    return itertools.repeat(("fetch", "POST", "/api/v4/internal/allowed", body))


def is_ready(look):
    return look.status == 200


def is_reachable(look):
    return look.status == 200 and json.loads(look.body)["redis"]


class Phases(typing.NamedTuple):
    begin: float
    hang: float
    release: float
    end: float


def hang_under_load(stack, port, hang, seconds, watches, asks):
    """What clients and watches saw, and when what began."""
    headers = stack.shell_headers()
    answers = []
    with Clients(port, headers, [asks() for _ in range(LOAD)]) as clients:
        begin = time.monotonic()
        clients.run_for(2)
        hanging = time.monotonic()
        with hang(stack):
            clients.run_for(seconds)
        release = time.monotonic()
        wait_until(lambda: clients.all_good_since(release), seconds=HEAL_SECONDS, what="all clients to be served again")
        wait_until(lambda: all(watch.first(release, is_ready) for watch in watches), what="the pool to call itself well")
        clients.run_for(0.5)
        answers = clients.answers
    return Phases(begin, hanging, release, time.monotonic()), answers


def report(name, phases, answers, liveness, readiness, check):
    refused = [answer for answer in answers if answer.at > phases.hang and answer.status == 503]
    first_good = min((answer.at for answer in answers if answer.at > phases.release and answer.is_good), default=None)
    quiet = [answer for answer in answers if answer.at < phases.hang]
    during = [answer for answer in answers if phases.hang < answer.at - answer.took < phases.release]
    lost = [answer for answer in answers if answer.status not in (200, 503)]
    say(f"{name}, for {phases.release - phases.hang:.0f} s under {LOAD} clients:")
    say(f"  requests: p99 {milliseconds(p99(quiet))} before, {milliseconds(p99(during))} meanwhile; longest "
        f"{milliseconds(max(answer.took for answer in answers))}")
    say(f"  refused with 503: {len(refused)}, the first after {milliseconds(min(a.at for a in refused) - phases.hang if refused else None)}")
    say(f"  served again: {milliseconds(first_good and first_good - phases.release)} after the end")
    say(f"  liveness: p99 {milliseconds(p99(liveness.between(phases.begin, phases.hang)))} before, "
        f"{milliseconds(p99(liveness.between(phases.hang, phases.release)))} meanwhile, "
        f"longest {milliseconds(max(look.took for look in liveness.looks))}")
    say(f"  readiness: 503 after {milliseconds(readiness.first(phases.hang, lambda look: look.status == 503))}, "
        f"200 {milliseconds(readiness.first(phases.release, is_ready))} after the end")
    say(f"  check: unreachable after {milliseconds(check.first(phases.hang, lambda look: not is_reachable(look)))}, "
        f"reachable {milliseconds(check.first(phases.release, is_reachable))} after the end")
    say(f"  waited longer than the bound of {BOUND_SECONDS} s: {sum(a.took > BOUND_SECONDS for a in answers)}")
    say(f"  answers that are neither 200 nor 503: {len(lost)}")
    return not lost and all(answer.took <= BOUND_SECONDS for answer in answers)


def rehearse_one(stack, port, pid, name, hang, seconds, asks):
    headers = stack.shell_headers()
    with Watch(port, "/-/liveness", {}) as liveness, Watch(port, "/-/readiness", {}) as readiness, \
            Watch(port, "/api/v4/internal/check", headers) as check:
        phases, answers = hang_under_load(stack, port, hang, seconds, (readiness,), asks)
    is_good = report(name, phases, answers, liveness, readiness, check)
    return stops_while(stack, port, pid, hang) and is_good


def rehearse(build, database, seconds):
    is_good = True
    for hang in HANGS[database]:
        with Stack(build, database=database) as stack:
            stack.change("update application_settings set gitlab_shell_operation_limit = 0")
            asks = fetches if database == "sqlite" else discoveries
            is_good = rehearse_one(
                stack, stack.internal_port, stack.pids["internal"], f"{database} {hang.__name__}", hang, seconds, asks
            ) and is_good
    return is_good


def rehearse_far(build, seconds):
    if not is_possible():
        say("SKIPPED: a network that drops packets needs iproute2 and the right to make one")
        return True
    with contextlib.ExitStack() as opened:
        stack = opened.enter_context(Stack(build, database="postgresql"))
        far = opened.enter_context(FarDatabase(stack))
        pool = opened.enter_context(OwnPool(stack, "--database-url", far.url))
        nginx = opened.enter_context(OwnNginx(stack, [pool.replacement]))
        return rehearse_one(
            stack, nginx.port, pool.process.pid, "postgresql, packets dropped", far.dropped, seconds, discoveries
        )


class LimitedRole:
    """A role for a pool, whose connections can be used up."""

    NAME = "innergate_limited"

    def __init__(self, stack):
        self._stack = stack
        self.url = stack.setting("database", "url").replace("//innergate@", f"//{self.NAME}@")
        stack.change(f"create role {self.NAME} login; grant all on all tables in schema public to {self.NAME}; "
                     f"grant all on all sequences in schema public to {self.NAME}")

    @contextlib.contextmanager
    def exhausted(self, _stack):
        """Its sessions are lost, and it gets no new one, as where others hold all of the server's."""
        self._limit(0)
        self._stack.change(f"do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity where usename = '{self.NAME}'; end $$")
        try:
            yield
        finally:
            self._limit(-1)

    def _limit(self, count):
        self._stack.change(f"alter role {self.NAME} connection limit {count}")


def rehearse_exhausted(build, seconds):
    with contextlib.ExitStack() as opened:
        stack = opened.enter_context(Stack(build, database="postgresql"))
        role = LimitedRole(stack)
        pool = opened.enter_context(OwnPool(stack, "--database-url", role.url))
        nginx = opened.enter_context(OwnNginx(stack, [pool.replacement]))
        return rehearse_one(
            stack, nginx.port, pool.process.pid, "postgresql, no connection left", role.exhausted, seconds, discoveries
        )


def stops_while(stack, port, pid, hang):
    """Whether SIGTERM ends the pool although requests hang."""
    headers = stack.shell_headers()
    with hang(stack):
        with Clients(port, headers, [discoveries() for _ in range(4)]) as clients:
            clients.run_for(0.5)
            begin = time.monotonic()
            os.kill(pid, signal.SIGTERM)
            wait_until(lambda: not process_is_there(pid), seconds=60, what="the pool to end")
            took = time.monotonic() - begin
    say(f"  SIGTERM meanwhile: ended after {milliseconds(took)}")
    return took <= BOUND_SECONDS


def main():
    options = read_options(seconds=20, database={"choices": HANGS, "action": "append"})
    is_good = True
    for database in options.database or HANGS:
        is_good = rehearse(options.build, database, options.seconds) and is_good
        if database == "postgresql":
            is_good = rehearse_exhausted(options.build, options.seconds) and is_good
            is_good = rehearse_far(options.build, options.seconds) and is_good
    say("No request waited beyond its bound, and none was lost" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
