"""Runs the benchmark; scripts/bench --help says how to call it."""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import tempfile

import bench_changes
import bench_chart
import bench_data
import bench_peers
import bench_table
from bench_repositories import Repositories
from bench_rows import JWT_FIELDS, ROWS, Change
from bench_servers import PostgreSql, Servers, children, cpu_seconds, make_secrets, pss_mebibytes, settings

REQUESTS_PREPARED = 5_000


# Changes are not sent but written to a pipe (bench_changes.py).
LUA = """
local requests, changes, pipe = {}, {}, nil
wrk.headers["%s"] = "%s"
wrk.headers["Content-Type"] = "application/json"
init = function()
  local target = os.getenv("%s")
  pipe = target and assert(io.open(target, "w"))
  for line in io.lines("%s") do
    local sql = line:match("^! (.*)$")
    if sql then
      local next_request = #requests + 1
      changes[next_request] = changes[next_request] or {}
      table.insert(changes[next_request], sql .. "\\n")
    else
      local token, path, body = line:match("^(%%S+) (%%S+) ?(.*)$")
      wrk.headers["Authorization"] = token ~= "-" and "Bearer " .. token or nil
      requests[#requests + 1] = body == "" and wrk.format("GET", path)
        or wrk.format("POST", path, nil, body)
    end
  end
end
local at = 0
changed = 0
request = function()
  at = at %% #requests + 1
  for _, change in ipairs(changes[at] or {}) do
    pipe:write(change)
    pipe:flush()
    changed = changed + 1
  end
  return requests[at]
end
local worker
setup = function(thread)
  worker = thread
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout,
    worker:get("changed")))
end
"""


def server_name(database, row):
    return f"{database}_public" if ROWS[row].pool == "public" else database


def chosen_rows(text):
    names = text.split(",")
    if unknown := set(names) - set(ROWS):
        raise argparse.ArgumentTypeError(f"there is no row {', '.join(sorted(unknown))}")
    return names


def read_options():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", default="16,64")
    parser.add_argument("--rows", type=chosen_rows, default=list(ROWS))
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/bench"))
    return parser.parse_args()


def measure(port, script, connections, seconds, changer=None):
    """Requests per second, p50 and p99 in milliseconds, and the numbers of requests and of changes beside them."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), f"http://127.0.0.1:{port}"]
    with bench_changes.carried_out_by(changer) if changer else contextlib.nullcontext() as pipe:
        variables = {} if pipe is None else {bench_changes.VARIABLE: f"/dev/fd/{pipe}"}
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables},
            pass_fds=() if pipe is None else (pipe,),
        ).stdout
    requests, duration, p50, p99, errors, changes = map(int, re.search(r"^RESULT (.*)$", output, re.MULTILINE).group(1).split())
    if errors:
        raise SystemExit(f"{errors} requests of {requests} failed on port {port}: figures of failures are none")
    return {"rate": requests * 1e6 / duration, "p50": p50 / 1000, "p99": p99 / 1000, "requests": requests, "changes": changes}


class Bench:
    def __init__(self, options):
        self.options = options
        self.out = options.out.resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.run_folder = pathlib.Path(tempfile.mkdtemp(prefix="innergate-bench."))
        self.run_folder.chmod(0o755)
        self.postgresql = None
        self.servers = None
        self.left_out = {}

    def start(self):
        generator = hashlib.sha256(pathlib.Path(bench_data.__file__).read_bytes())
        for migration in sorted(pathlib.Path("sql/migrations").glob("*.sql")):
            generator.update(migration.read_bytes())
        data = pathlib.Path(f"/tmp/innergate-bench-data-{generator.hexdigest()[:12]}-{self.options.scale}")
        is_new = not (data / "complete").exists()
        data.mkdir(exist_ok=True)
        data.chmod(0o755)
        self.postgresql = PostgreSql(data / "postgresql")
        self.postgresql.start()
        sqlite = f"sqlite:{data}/innergate.db"
        # sqlite_log differs by its request log only: what one line per request costs.
        databases = {
            "sqlite": (sqlite, 2, "warning", "internal"),
            "postgresql": (self.postgresql.url, 4, "warning", "internal"),
            "sqlite_log": (sqlite, 2, "info", "internal"),
            "sqlite_public": (sqlite, 2, "warning", "public"),
            "postgresql_public": (self.postgresql.url, 4, "warning", "public"),
            # These differ by who looks into repositories.
            "sqlite_local": (sqlite, 2, "warning", "internal"),
            "sqlite_gitaly": (sqlite, 2, "warning", "internal"),
        }
        make_secrets(self.run_folder)
        if is_new:
            file = data / "import.json"
            bench_data.write_import_file(file, self.options.scale)
            for url in (sqlite, self.postgresql.url):
                self.admin(url, "migrate")
                self.admin(url, "import", str(file))
            (data / "complete").touch()
        self.world = bench_data.World(self.options.scale)
        projects = {project for project, _ in self.world.looked_into}
        self.world.repositories = Repositories(self.run_folder, projects)
        self.changers = {
            "sqlite": bench_changes.sqlite_command(data / "innergate.db"),
            "postgresql": bench_changes.postgresql_command(self.postgresql.binaries, self.postgresql.url),
        }
        peers = {}
        if self.options.peers:
            peers, self.left_out = bench_peers.prepare(self.run_folder, self.postgresql)
            print(bench_table.of_left_out(self.left_out), end="", flush=True)
        self.servers = Servers(
            self.options.programs.resolve(), self.run_folder, databases, self.world.repositories.storage, peers
        )
        self.jwts = {
            caller: self.admin(sqlite, "jwt", caller, "--lifetime", "36000").strip() for caller in JWT_FIELDS
        }
        self.peers = list(peers)
        if peers:
            statuses = bench_peers.compare(self.peers, self.servers.ports, self.world, self.jwts["shell"])
            print(f"The peers answer as the pool does; its answers by status: {statuses}", flush=True)

    def admin(self, url, *arguments):
        """What innergate-admin prints."""
        program = str(self.options.programs.resolve() / "innergate-admin")
        return subprocess.run(
            [program, *settings(self.run_folder, url), *arguments], check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def scripts(self):
        """One wrk script per row, with requests for users and projects picked at random."""
        rng = random.Random(bench_data.SEED)
        for name, row in ROWS.items():
            lines = self.run_folder / f"{name}.requests"
            with open(lines, "w", encoding="ascii") as file:
                for _ in range(REQUESTS_PREPARED):
                    for request in row.requests(self.world, rng):
                        file.write(self.line(row, request) + "\n")
            script = self.run_folder / f"{name}.lua"
            script.write_text(LUA % (JWT_FIELDS[row.caller], self.jwts[row.caller], bench_changes.VARIABLE, lines))
            yield name, script

    @staticmethod
    def line(row, request):
        if isinstance(request, Change):
            return f"! {request.sql}"
        path, body, *token = request
        return " ".join([*(token or "-"), row.base + path, *([] if body is None else [json.dumps(body)])])

    def servers_of(self, row):
        return [*ROWS[row].servers, *(self.peers if ROWS[row].peers else [])]

    def load(self, case, scripts, connections, seconds):
        server, row = case
        changer = self.changers[server] if ROWS[row].changes else None
        return measure(self.servers.ports[server_name(*case)], scripts[row], connections, seconds, changer)

    def run(self):
        scripts = dict(self.scripts())
        cases = [("floor", "check")]
        cases += [(server, row) for row in self.options.rows for server in self.servers_of(row)]
        if "discover" in self.options.rows:
            cases += [("sqlite_log", "discover")]
        samples = {}
        for connections in map(int, self.options.connections.split(",")):
            for case in cases:  # warm-up, not counted
                self.load(case, scripts, connections, 1)
            for number in range(self.options.rounds):
                for case in cases:
                    samples.setdefault((connections, *case), []).append(self.sample(case, scripts, connections))
                print(f"{connections} connections: round {number + 1} of {self.options.rounds} done", flush=True)
        return self.summary(samples)

    def sample(self, case, scripts, connections):
        server, row = case
        name = server_name(server, row)
        watched = {"nginx": self.servers.processes["nginx"].pid, "worker": self.servers.processes[name].pid}
        if server == "postgresql" or server in self.peers:
            watched["postgresql"] = self.postgresql.pid
        before = {name: cpu_seconds(pid) for name, pid in watched.items()}
        figures = self.load(case, scripts, connections, self.options.seconds)
        for name, pid in watched.items():
            figures[f"{name}_us"] = (cpu_seconds(pid) - before[name]) * 1e6 / figures["requests"]
        return figures

    def summary(self, samples):
        results = []
        for (connections, server, row), rounds in samples.items():
            floors = samples[(connections, "floor", "check")]
            result = {"connections": connections, "server": server, "row": row if server != "floor" else "floor"}
            for name in rounds[0]:
                result[name] = statistics.median(figures[name] for figures in rounds)
            # Round by round: the machine's speed drifts, the pair of one round shares it.
            result["ratio"] = statistics.median(one["rate"] / floor["rate"] for one, floor in zip(rounds, floors))
            if server == bench_peers.REFERENCE and ROWS[row].peers:
                for peer in self.peers:
                    pairs = zip(rounds, samples[(connections, peer, row)])
                    result[f"times_{peer}"] = statistics.median(one["rate"] / other["rate"] for one, other in pairs)
            pid = self.servers.processes[server_name(server, row)].pid
            result["pss_mib"] = sum(map(pss_mebibytes, [pid, *children(pid)]))
            goals = {"sqlite": ROWS[row].sqlite, "postgresql": ROWS[row].postgresql}.get(server)
            if goals:
                result["reach"], result["beat"] = goals
            results.append(result)
        return results

    def soak(self, count, scripts):
        port, pid = self.servers.ports["postgresql"], self.servers.processes["postgresql"].pid
        sent, before = 0, pss_mebibytes(pid)
        while sent < count:
            sent += measure(port, scripts["discover"], 16, 10)["requests"]
        return {"requests": sent, "pss_before_mib": before, "pss_after_mib": pss_mebibytes(pid)}

    def stop(self):
        if self.servers is not None:
            self.servers.stop()
        if self.postgresql is not None:
            self.postgresql.stop()


def main():
    options = read_options()
    bench = Bench(options)
    try:
        bench.start()
        results = bench.run()
        text = "\n".join(filter(None, (
            bench_table.of_figures(results), bench_table.of_peers(results), bench_table.of_left_out(bench.left_out)
        )))
        (bench.out / "results.json").write_text(json.dumps(results, indent=2) + "\n")
        (bench.out / "table.md").write_text(text)
        bench_chart.draw(results, bench.out / "chart.svg")
        print(text)
        if options.soak:
            print(json.dumps(bench.soak(options.soak, dict(bench.scripts()))))
    finally:
        bench.stop()


if __name__ == "__main__":
    main()
