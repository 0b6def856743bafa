#!/usr/bin/python3
"""Reloads, restarts, kills, a frozen database and a locked one, at random, one after the other, under load.

The same seed makes the same events. Fails when a request waits beyond its bound, gets an answer that is neither its own
nor a refusal, when an acknowledged write is lost, or when the pool's memory grows.
"""

import collections
import contextlib
import itertools
import random
import signal
import sys
import time

from drill import Clients, milliseconds, read_options, say

from bench_servers import pss_mebibytes
from hang import BOUND_SECONDS, frozen, locked
from own_processes import OwnNginx, OwnPool
from running_stack import Stack, wait_until

PRE_RECEIVE = ("pre_receive", "POST", "/api/v4/internal/pre_receive", {"gl_repository": "project-1"})
ASKS = (
    PRE_RECEIVE,
    ("check", "GET", "/api/v4/internal/check", None),
    ("discover", "GET", "/api/v4/internal/discover?username=root", None),
    ("fetch", "POST", "/api/v4/internal/allowed",
     {"key_id": "7", "action": "git-upload-pack", "project": "gnuwget/wget2", "changes": "_any", "protocol": "ssh"}),
)
LOAD = 8
HEAL_SECONDS = 30
# What a process may have more at the end than after its first events.
GROWTH_MEBIBYTES = 3


class Events:
    """What happens; each returns when it is over."""

    def __init__(self, stack, pool, chance):
        self._stack, self._pool, self._chance = stack, pool, chance

    def reload(self):
        self._pool.reload()

    def restart(self):
        self._pool.restart()

    def kill(self):
        self._pool.stop(signal.SIGKILL)
        self._pool.start()

    def freeze(self):
        with frozen(self._stack):
            time.sleep(self._chance.uniform(0.5, 8))

    def lock(self):
        with locked(self._stack):
            time.sleep(self._chance.uniform(0.5, 8))

    def reload_while_frozen(self):
        with frozen(self._stack):
            self._pool.reload()

    def restart_while_frozen(self):
        with frozen(self._stack):
            self._pool.stop()
            self._pool.start()

    @property
    def all(self):
        return (self.reload, self.restart, self.kill, self.freeze, self.lock, self.reload_while_frozen,
                self.restart_while_frozen)


def allowed(event):
    """What a request may be answered with, besides 200, while that happens: nginx sends no write a second time."""
    return {503, 502} if event in ("kill", "restart", "restart_while_frozen") else {503}


def soak(stack, pool, nginx, seconds, chance):
    events = Events(stack, pool, chance)
    counts, statuses, acknowledged, longest, bad = collections.Counter(), collections.Counter(), 0, 0.0, []
    first_pss, pss, end = None, 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        event = chance.choice(events.all)
        # A token is good for two minutes.
        headers = stack.shell_headers()
        with Clients(nginx.port, headers, [itertools.repeat(ASKS[number % len(ASKS)]) for number in range(LOAD)]) as clients:
            clients.run_for(chance.uniform(0.2, 1.5))
            event()
            over = time.monotonic()
            wait_until(lambda: clients.all_good_since(over), seconds=HEAL_SECONDS, what=f"service after {event.__name__}")
        counts[event.__name__] += 1
        for answer in clients.answers:
            statuses[answer.status] += 1
            longest = max(longest, answer.took)
            acknowledged += answer.is_good and answer.about == PRE_RECEIVE[0]
            if not answer.is_good and answer.status not in allowed(event.__name__) or answer.took > BOUND_SECONDS:
                bad.append((event.__name__, answer.about, answer.status, milliseconds(answer.took)))
        if event.__name__ in ("reload", "lock", "freeze"):
            pss = pss_mebibytes(pool.process.pid)
            first_pss = first_pss or pss
    stored = int(stack.look("select value from reference_counters where gl_repository = 'project-1'")[0])
    say(f"events: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}")
    counted = ", ".join(f"{status or 'broken'}: {count}" for status, count in sorted(statuses.items()))
    say(f"answers: {counted}; longest {milliseconds(longest)}")
    say(f"writes acknowledged: {acknowledged}, stored: {stored}")
    say(f"memory of the pool (PSS): {first_pss or 0:.1f} MiB first, {pss:.1f} MiB last")
    for what in bad[:20]:
        say(f"  not as it should be: {what}")
    return not bad and stored >= acknowledged and pss - (first_pss or 0) < GROWTH_MEBIBYTES


def main():
    options = read_options(seconds=3600, seed={"type": int, "default": 1})
    say(f"seed {options.seed}")
    with contextlib.ExitStack() as opened:
        stack = opened.enter_context(Stack(options.build, database="postgresql"))
        stack.change("update application_settings set gitlab_shell_operation_limit = 0")
        pool = opened.enter_context(OwnPool(stack))
        nginx = opened.enter_context(OwnNginx(stack, [pool.replacement]))
        is_good = soak(stack, pool, nginx, options.seconds, random.Random(options.seed))
    say("Every request had its answer in time, and nothing was lost" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
