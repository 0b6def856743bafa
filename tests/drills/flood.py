"""What a flood on one side costs the other; scripts/drill --help says how to call it."""

import contextlib
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import typing

from drill import DEMO_ADMINISTRATOR, ROOT, read_options, say, working_folder
from cpu_groups import cpu_groups, with_descendants
import flood_data
from own_processes import OwnNginx
from running_stack import Stack

MEASURING_CONNECTIONS, PAUSE_MILLISECONDS = 4, 10
FLOODING_CONNECTIONS = 64
SLOW_CLIENTS, OVERSIZED_CLIENTS = 200, 8
ROUNDS = 5
DATABASES = ("sqlite", "postgresql")
PUBLIC_PATH = f"/api/v4/namespaces/{flood_data.CUSTOMER}/gitlab_subscription"
CLIENTS = pathlib.Path(__file__).with_name("flood_clients.py")


class Side(typing.NamedTuple):
    port: int
    token: str
    request: str  # by its name in load.lua

    def load(self, seconds, connections, request=None):
        return [
            "wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "20s", "-s", str(ROOT / "scripts/lib/load.lua"),
            f"http://127.0.0.1:{self.port}", "--", self.token, request or self.request,
        ]

    def clients(self, kind, count):
        return ["/usr/bin/python3", str(CLIENTS), kind, str(self.port), str(count), PUBLIC_PATH]


class Measured(typing.NamedTuple):
    requests: int
    failures: int
    p50: float
    p99: float


def keep_apart():
    """Servers get all processors but the last, which the loads get; returns those of the loads."""
    processors = sorted(os.sched_getaffinity(0))
    servers, loads = set(processors[:-1]), {processors[-1]}
    os.sched_setaffinity(0, servers or loads)
    return loads


def measure(side, seconds):
    """A few clients that pause between requests: how long each waits, not how much can be served."""
    output = subprocess.run(
        side.load(seconds, MEASURING_CONNECTIONS), stdout=subprocess.PIPE, text=True, check=True, timeout=seconds + 60,
        env={**os.environ, "INNERGATE_LOAD_PAUSE": str(PAUSE_MILLISECONDS)},
    ).stdout
    requests, failures, p50, p99 = map(int, re.search(r"^RESULT (.*)$", output, re.MULTILINE).group(1).split())
    return Measured(requests, failures, p50 / 1000, p99 / 1000)


@contextlib.contextmanager
def flood(commands):
    """While all of them run, as politely towards the clients that measure as a process can be."""
    # In the same session, where a process's niceness counts; and ended with this one.
    last = max(os.sched_getaffinity(0))
    polite = ["taskset", "--cpu-list", str(last), "nice", "-n", "19", "setpriv", "--pdeathsig", "TERM", "--"]
    running = []
    try:
        for command in commands:
            running.append(subprocess.Popen([*polite, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True))
        yield
        for process in running:
            if process.poll() is not None:
                sys.exit(f"a flood ended by itself: {process.communicate()[0]}")
    finally:
        for process in running:
            process.send_signal(signal.SIGINT)
        say("    " + "; ".join(last_words(process) for process in running))


def last_words(process):
    try:
        said, _ = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return "".join(said.splitlines()[-1:])


def rehearse(stack, internal_port, seconds, rounds):
    """Prints a table; the number of requests that failed beside a flood."""
    shell = stack.admin("jwt", "shell", "--lifetime", "3600").strip()
    internal = Side(internal_port, shell, "discover")
    public = Side(stack.public_port, DEMO_ADMINISTRATOR["PRIVATE-TOKEN"], "subscription")
    busy = public.load(3600, FLOODING_CONNECTIONS)
    slow, oversized = public.clients("slow", SLOW_CLIENTS), public.clients("oversized", OVERSIZED_CLIENTS)
    cases = {
        "discover, beside all public threads busy": (internal, [busy]),
        f"discover, beside {SLOW_CLIENTS} slow public clients": (internal, [slow]),
        "discover, beside public bodies of 11 MiB": (internal, [oversized]),
        "discover, beside all three": (internal, [busy, slow, oversized]),
        "subscription, beside `allowed` on all internal threads": (public, [internal.load(3600, FLOODING_CONNECTIONS, "allowed")]),
    }
    quiet, flooded = {name: [] for name in cases}, {name: [] for name in cases}
    for number in range(1, rounds + 1):
        for name, (side, commands) in cases.items():
            say(f"  round {number}: {name}")
            quiet[name].append(measure(side, seconds))
            with flood(commands):
                flooded[name].append(measure(side, seconds))
    return report(quiet, flooded)


def report(quiet, flooded):
    say("| Measured | quiet p50 / p99 ms | flooded p50 / p99 ms | ratio of p99 | requests, failed |\n|---|---|---|---|---|")
    failed = 0
    for name, before in quiet.items():
        beside = flooded[name]
        # Round by round: the machine's speed drifts, the pair of one round shares it.
        ratio = statistics.median(two.p99 / one.p99 for one, two in zip(before, beside))
        row = [
            f"{statistics.median(one.p50 for one in some):.2f} / {statistics.median(one.p99 for one in some):.2f}"
            for some in (before, beside)
        ]
        failures = sum(one.failures for one in before + beside)
        say(f"| {name} | {row[0]} | {row[1]} | {ratio:.1f} | {sum(one.requests for one in beside)}, {failures} |")
        failed += failures
    return failed


def told(options):
    """What is different from the usual, in words."""
    ways = {"an nginx for each side": options.own_nginx, "a processor for each side": options.apart,
            f"public weight {options.weight}": options.weight is not None}
    return [name for name, is_so in ways.items() if is_so]


def put_apart(stack, own_nginx):
    """The internal side on the first processor; the public one, with the floods, on the last: what CPUAffinity does."""
    pids, processors = stack.pids, sorted(os.sched_getaffinity(1))
    places = [
        (pids["internal"], processors[:1]), (own_nginx.process.pid, processors[:1]),
        (pids["public"], processors[-1:]), (pids["nginx"], processors[-1:]),
    ]
    if "postgresql" in pids:
        places.append((pids["postgresql"], processors))
    for pid, some in places:
        for one in with_descendants(pid):
            subprocess.run(["taskset", "--all-tasks", "--cpu-list", "--pid", ",".join(map(str, some)), str(one)],
                           stdout=subprocess.DEVNULL, check=True)


def services(stack, own_nginx, weight):
    """As cpu_groups() takes them; one that does not run has no processes."""
    pids = {name: [pid] for name, pid in stack.pids.items()}
    groups = {name: (100, pids.get(name, [])) for name in ("internal", "nginx", "postgresql")}
    groups["public"] = (weight, pids["public"])
    if own_nginx is not None:
        groups |= {"nginx": (100, [own_nginx.process.pid]), "public-nginx": (weight, pids["nginx"])}
    return groups


def main():
    options = read_options(
        seconds=5,
        rounds={"type": int, "default": ROUNDS, "help": "of which the median is taken"},
        database={"choices": DATABASES, "action": "append", "help": "only on this one"},
        own_nginx={"action": "store_true", "help": "the internal side has an nginx of its own"},
        apart={"action": "store_true", "help": "each side, with an nginx of its own, keeps to its own processor"},
        weight={"type": int, "help": "CPUWeight of the public pool, and of its nginx if that is its own; others have 100"},
    )
    failed = 0
    with working_folder() as folder:
        file = folder / "import.json"
        flood_data.write_import_file(file)
        loads = keep_apart()
        servers = os.sched_getaffinity(0)
        for database in options.database or DATABASES:
            os.sched_setaffinity(0, servers)
            with contextlib.ExitStack() as running:
                stack = running.enter_context(
                    Stack(options.build.resolve(), database=database, arguments=("--import", str(file)))
                )
                internal_port, own_nginx = stack.internal_port, None
                if options.own_nginx or options.apart:
                    own_nginx = running.enter_context(OwnNginx(stack))
                    internal_port = own_nginx.port
                if options.weight is not None:
                    running.enter_context(cpu_groups(services(stack, own_nginx, options.weight)))
                if options.apart:
                    put_apart(stack, own_nginx)
                os.sched_setaffinity(0, loads if not options.apart else servers | loads)
                say("== " + ", ".join([database, *told(options)]))
                failed += rehearse(stack, internal_port, options.seconds, options.rounds)
    if failed:
        sys.exit(f"{failed} requests failed beside a flood of the other side")
    say("No request failed beside a flood of the other side")


if __name__ == "__main__":
    main()
