"""What a change of PostgreSQL's primary costs; scripts/drill --help says how to call it."""

import itertools
import sys
import time
import typing

from drill import DEMO_ADMINISTRATOR, DEMO_DATA, Clients, read_options, say, shown, working_folder
from postgresql_pair import Pair
from running_stack import Stack, wait_until

WRITERS, READERS = 16, 4
NAMESPACES = (123, 321)


class Change(typing.NamedTuple):
    """A server was told to stop, was down, the other one was ready to go on without it; what clients were told."""

    stopped_at: float
    down_at: float
    ready_at: float
    writes: list
    reads: list


def purchases(kind, writer):
    """Packs that nobody has bought before; each is known by the number in its answer."""
    path = f"/api/v4/namespaces/{NAMESPACES[writer % len(NAMESPACES)]}/minutes"
    for number in itertools.count():
        pack = {"number_of_minutes": 1, "expires_at": "2099-01-31", "purchase_xid": f"{kind}-{writer}-{number}"}
        yield pack["purchase_xid"], "POST", path, {"packs": [pack]}


def lookups():
    while True:
        yield "discover", "GET", "/api/v4/internal/discover?key_id=7", None


def under_load(stack, kind, seconds, change, is_served_meanwhile):
    """Both sides are asked before, during and after the change."""
    shell = {"Gitlab-Shell-Api-Request": stack.admin("jwt", "shell", "--lifetime", "3600").strip()}
    with Clients(stack.public_port, DEMO_ADMINISTRATOR, [purchases(kind, number) for number in range(WRITERS)]) as writers:
        with Clients(stack.internal_port, shell, [lookups() for _ in range(READERS)]) as readers:
            everybody = (writers, readers)
            wait_until(lambda: all(clients.all_good_since(0) for clients in everybody), 60, "all clients to be served")
            writers.run_for(seconds)
            stopped_at = time.monotonic()
            down_at = []

            def is_down():
                down_at.append(time.monotonic())
                if is_served_meanwhile:
                    writers.run_for(seconds)

            change(is_down)
            ready_at = time.monotonic()
            wait_until(lambda: all(clients.all_good_since(ready_at) for clients in everybody), 60, "all to be served again")
            writers.run_for(seconds)
    return Change(stopped_at, down_at[0], ready_at, writers.answers, readers.answers)


def report(change, stored):
    """Prints the figures; the acknowledged writes that are not stored."""
    acknowledged = {answer.about for answer in change.writes if answer.is_good}
    refused = [answer for answer in change.writes if not answer.is_good]
    lost = acknowledged - stored
    stop, rest = change.down_at - change.stopped_at, change.ready_at - change.down_at
    say(f"  the server was down after {stop:.2f} s, the other one ready {rest:.2f} s later")
    say(f"  writes {shown(change.writes)}; reads {shown(change.reads)}")
    say(f"  acknowledged writes: {len(acknowledged)}, lost of these: {len(lost)}")
    say(f"  refused writes: {len(refused)}, stored nonetheless: {len(stored & {answer.about for answer in refused})}")
    for name, answers in (("writes", change.writes), ("reads", change.reads)):
        good = sorted(answer.at for answer in answers if answer.is_good)
        first_good = next(at for at in good if at > change.ready_at)
        last_bad = max((answer.at for answer in answers if not answer.is_good), default=change.ready_at)
        pause = max(later - earlier for earlier, later in zip(good, good[1:]))
        say(
            f"  {name}: first 2xx {first_good - change.ready_at:.2f} s and last refusal"
            f" {max(0, last_bad - change.ready_at):.2f} s after that; at most {pause:.2f} s without a 2xx"
        )
    return lost


def stored_purchases(pair, kind):
    return set(pair.primary.ask(f"select purchase_xid from ci_minutes_additional_packs where purchase_xid like '{kind}-%'"))


def rehearse(build, seconds, folder):
    """Every acknowledged write that was lost."""
    lost = set()
    with Pair(folder) as pair, Stack(build, database=pair.url, arguments=("--import", str(DEMO_DATA))) as stack:
        pids = stack.pids
        for kind, sentence, change, mend in (
            ("crash", "the primary is killed, the standby promoted", pair.fail_over, pair.copy_standby_anew),
            ("switch", "planned: the primary is stopped, the standby promoted", pair.switch_over, pair.return_standby),
            ("standby", "the standby is killed, the primary told to go on alone", pair.lose_standby, lambda: None),
        ):
            say(f"== {kind}: {sentence}")
            figures = under_load(stack, kind, seconds, change, is_served_meanwhile=kind == "standby")
            lost |= report(figures, stored_purchases(pair, kind))
            mend()
        assert stack.pids == pids, "a pool was restarted"
    return lost


def main():
    options = read_options(seconds=10)
    with working_folder() as folder:
        lost = rehearse(options.build.resolve(), options.seconds, folder)
    if lost:
        sys.exit(f"{len(lost)} acknowledged writes were lost: {sorted(lost)[:10]}")
    say("No acknowledged write was lost")


if __name__ == "__main__":
    main()
