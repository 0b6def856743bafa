#!/usr/bin/python3
"""Reloads and restarts, of one process and of two on the same socket, with a lone request in every gap, then under load.

nginx stands in front, the listening socket outlives the process as under systemd. Half of the lone requests are POSTs
to pre_receive, which nginx sends only once. Fails when a request gets no answer, waits longer than its bound, or fails.
"""

import collections
import contextlib
import http.client
import itertools
import json
import random
import signal
import sys
import threading
import time

from drill import Clients, milliseconds, read_options, say

from own_processes import OwnNginx, OwnPool
from running_stack import Stack, wait_until

CHECK = ("check", "GET", "/api/v4/internal/check", None)
# Counted on a project of the demo data; each pushes a counter up, and nobody minds.
PRE_RECEIVE = ("pre_receive", "POST", "/api/v4/internal/pre_receive", {"gl_repository": "project-1"})
BOUND_SECONDS = 5
LOAD = 8


class SecondProcess:
    """Another process on the socket of a pool, as a copy of the unit makes one."""

    def __init__(self, pool):
        self._pool, self._process = pool, None

    def __enter__(self):
        return self

    def restart(self):
        first = self._pool.process
        try:
            if self._process is not None:
                self._process.send_signal(signal.SIGTERM)
                assert self._process.wait(timeout=60) == 0
            started = self._times_started()
            self._process = self._pool.start().process
            # Before that a signal may just end it.
            wait_until(lambda: self._times_started() > started, what="the second process")
        finally:
            self._pool.process = first

    def _times_started(self):
        return self._pool.log.read_bytes().count(b'"event":"started"')

    def __exit__(self, *_):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=60)


class Lone:
    """One request at a time, each some time in the first milliseconds of what happens to the pool."""

    def __init__(self, address, headers, chance):
        self._address, self._headers, self._chance = address, headers, chance
        self.statuses, self.times = collections.Counter(), []

    def during(self, change):
        asker = threading.Thread(target=self._ask, args=(self._chance.uniform(0, 0.004), self._chance.choice([CHECK, PRE_RECEIVE])))
        asker.start()
        change()
        asker.join()

    def _ask(self, delay, ask):
        _, method, path, body = ask
        time.sleep(delay)
        begin = time.monotonic()
        # Each on a connection of its own to nginx, which has kept ones to the pool or opens one.
        connection = http.client.HTTPConnection(*self._address, timeout=30)
        try:
            connection.request(method, path, body=body and json.dumps(body), headers=self._headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            status = "unanswered"
        finally:
            connection.close()
        self.statuses[status] += 1
        self.times.append(time.monotonic() - begin)


def changes_of(pool, second):
    """What may happen to a pool, by name."""
    return {
        "reload": pool.reload,
        "restart": pool.restart,
        "reload beside a second process": pool.reload,
        "restart of the second process": second.restart,
    }


def lone_requests(stack, pool, nginx, rounds, chance):
    is_good = True
    with SecondProcess(pool) as second:
        for name, change in changes_of(pool, second).items():
            if "second" in name:
                second.restart()
            lone = Lone(nginx.address, stack.shell_headers(), chance)
            for _ in range(rounds):
                lone.during(change)
            counted = ", ".join(f"{status}: {count}" for status, count in lone.statuses.items())
            say(f"{rounds} times {name}, each with a lone request: {counted}; longest {milliseconds(max(lone.times))}")
            is_good = is_good and lone.statuses == {200: rounds} and max(lone.times) < BOUND_SECONDS
    return is_good


def under_load(stack, pool, nginx, requests, rounds):
    """Reloads lose nothing; a restart closes connections, and nginx sends a write on such a one no second time."""
    is_good = True
    for name, change, writes in (("reloads", pool.reload, True), ("restarts", pool.restart, False)):
        asks = [itertools.repeat(PRE_RECEIVE if writes and number % 2 else CHECK) for number in range(LOAD)]
        counted, longest, bad = 0, 0.0, collections.Counter()
        each = max(requests // (2 * rounds), 2)
        for _ in range(rounds):
            # Fresh clients each time: a token is good for two minutes, and nobody keeps a million answers.
            with Clients(nginx.port, stack.shell_headers(), asks) as clients:
                while len(clients.answers) < each // 2:
                    clients.run_for(0.05)
                change()
                while len(clients.answers) < each:
                    clients.run_for(0.05)
            counted += len(clients.answers)
            longest = max(longest, *(answer.took for answer in clients.answers))
            bad.update(answer.status for answer in clients.answers if not answer.is_good)
        say(f"{rounds} {name} under {LOAD} clients: {counted} requests, failed: {dict(bad) or 'none'}, "
            f"longest {milliseconds(longest)}")
        is_good = is_good and not bad and longest < BOUND_SECONDS
    return is_good


def main():
    options = read_options(
        seconds=0, requests={"type": int, "default": 100_000}, rounds={"type": int, "default": 100},
        seed={"type": int, "default": 1},
    )
    chance = random.Random(options.seed)
    with contextlib.ExitStack() as opened:
        stack = opened.enter_context(Stack(options.build))
        pool = opened.enter_context(OwnPool(stack))
        nginx = opened.enter_context(OwnNginx(stack, [pool.replacement]))
        is_good = lone_requests(stack, pool, nginx, options.rounds, chance)
        is_good = under_load(stack, pool, nginx, options.requests, options.rounds) and is_good
    say("No request was lost, and none waited" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
