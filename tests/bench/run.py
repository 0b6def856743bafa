"""Runs the benchmark; scripts/bench --help says how to call it."""

import argparse
import hashlib
import json
import pathlib
import random
import re
import statistics
import subprocess
import tempfile
import typing
import urllib.parse

import bench_chart
import bench_data
from bench_repositories import Repositories
from bench_servers import PostgreSql, Servers, cpu_seconds, make_secrets, pss_mebibytes, settings

REQUESTS_PREPARED = 5_000


def check(world, rng):
    yield "check", None


def discover(world, rng):
    yield f"discover?key_id={rng.randint(1, len(world.blobs))}", None


def authorized_keys(world, rng):
    yield "authorized_keys?key=" + urllib.parse.quote(rng.choice(world.blobs), safe=""), None


def allowed_any(world, rng):
    project, user = world.project_and_member(rng)
    yield "allowed", {
        "key_id": str(user), "project": f"/{world.full_path(project)}.git", "action": "git-upload-pack",
        "changes": "_any", "protocol": "ssh",
    }


def allowed_push(world, rng):
    project, user = world.project_and_member(rng, is_protected=True)
    names = [name.replace("*", "x") for name in bench_data.PROTECTED_NAMES]
    yield "allowed", {
        "key_id": str(user), "gl_repository": f"project-{project}", "project": "/storage/of/gitaly",
        "action": "git-receive-pack", "protocol": "ssh",
        "changes": "".join(f"{rng.randbytes(20).hex()} {rng.randbytes(20).hex()} refs/heads/{name}\n" for name in names),
    }


def allowed_looked_into(world, rng):
    """A push of one ref to a protected branch, whose objects somebody looks at."""
    project, user = rng.choice(world.looked_into)
    yield "allowed", world.repositories.push(user, project)


def push_hooks(world, rng):
    """What Gitaly asks around a push that was allowed; each commits before it is answered."""
    project, user = world.project_and_member(rng)
    yield "pre_receive", {"gl_repository": f"project-{project}"}
    yield "post_receive", {
        "gl_repository": f"project-{project}", "identifier": f"key-{user}", "push_options": None,
        "changes": f"{rng.randbytes(20).hex()} {rng.randbytes(20).hex()} refs/heads/main\n",
    }


def agent_info(world, rng):
    yield "kubernetes/agent_info", None, bench_data.agent_token(rng.randint(1, world.agents))


def usage_metrics(world, rng):
    """What kas sends each minute; committed before it is answered."""
    counters = ["k8s_api_proxy_request", "flux_git_push_notifications_total"]
    counters += [f"k8s_api_proxy_requests_via_{way}_access" for way in ("ci", "user", "pat")]
    yield "kubernetes/usage_metrics", {
        "counters": {name: rng.randint(1, 100) for name in counters},
        "unique_counters": {
            "k8s_api_proxy_requests_unique_users_via_ci_access": rng.sample(range(1, len(world.blobs) + 1), 10),
            "k8s_api_proxy_requests_unique_agents_via_ci_access": rng.sample(range(1, world.agents + 1), 10),
        },
    }


def subscription(world, rng):
    group = bench_data.customer_group(world.scale)
    yield f"gitlab_subscriptions/namespaces/{group}/gitlab_subscription", None, bench_data.BILLING_TOKEN


def namespace(world, rng):
    group = bench_data.customer_group(world.scale)
    yield f"gitlab_subscriptions/namespaces/{group}", None, bench_data.BILLING_TOKEN


def scim_filter(world, rng):
    """Whether the person is known, in other letters: what a provider asks before it does anything else."""
    name = bench_data.scim_user_name(rng.randint(1, world.provisioned)).lower()
    yield "Users?filter=" + urllib.parse.quote(f'userName eq "{name}"') + "&startIndex=1&count=100", None, bench_data.SCIM_TOKEN


def scim_get(world, rng):
    yield f"Users/{bench_data.scim_id(rng.randint(1, world.provisioned))}", None, bench_data.SCIM_TOKEN


class Row(typing.NamedTuple):
    requests: typing.Callable  # path below the base, JSON body, a bearer token where there is one
    sqlite: tuple = None  # the goals: what to reach, what to beat
    postgresql: tuple = None
    caller: str = "shell"  # as `innergate-admin jwt` names it
    base: str = "/api/v4/internal/"
    pool: str = "internal"
    servers: tuple = ("sqlite", "postgresql")


SCIM = "/api/scim/v2/groups/customer/"
ROWS = {
    "check": Row(check, (0.90, 0.95), (0.90, 0.95)),
    "discover": Row(discover, (0.60, 0.80), (0.33, 0.45)),
    "authorized_keys": Row(authorized_keys, (0.60, 0.80), (0.33, 0.45)),
    "allowed_any": Row(allowed_any, (0.45, 0.65), (0.18, 0.30)),
    "allowed_push": Row(allowed_push, (0.35, 0.50), (0.14, 0.25)),
    "allowed_local": Row(allowed_looked_into, servers=("sqlite_local",)),
    "allowed_gitaly": Row(allowed_looked_into, servers=("sqlite_gitaly",)),
    "push_hooks": Row(push_hooks),
    "agent_info": Row(agent_info, (0.50, 0.70), (0.25, 0.40), "kas"),
    "usage_metrics": Row(usage_metrics, caller="kas"),
    "subscription": Row(subscription, (0.20, 0.50), (0.12, 0.30)),
    "namespace": Row(namespace),
    "scim_filter": Row(scim_filter, (0.40, 0.60), (0.22, 0.35), base=SCIM, pool="public"),
    "scim_get": Row(scim_get, (0.40, 0.60), (0.22, 0.35), base=SCIM, pool="public"),
}
JWT_FIELDS = {"shell": "Gitlab-Shell-Api-Request", "kas": "Gitlab-Kas-Api-Request"}

LUA = """
local requests = {}
wrk.headers["%s"] = "%s"
wrk.headers["Content-Type"] = "application/json"
init = function()
  for line in io.lines("%s") do
    local token, path, body = line:match("^(%%S+) (%%S+) ?(.*)$")
    wrk.headers["Authorization"] = token ~= "-" and "Bearer " .. token or nil
    requests[#requests + 1] = body == "" and wrk.format("GET", path)
      or wrk.format("POST", path, nil, body)
  end
end
local at = 0
request = function()
  at = at %% #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
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
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", default="16,64")
    parser.add_argument("--rows", type=chosen_rows, default=list(ROWS))
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/bench"))
    return parser.parse_args()


def measure(port, script, connections, seconds):
    """Requests per second, p50 and p99 in milliseconds, and the number of requests."""
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), f"http://127.0.0.1:{port}"],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    requests, duration, p50, p99, errors = map(int, re.search(r"^RESULT (.*)$", output, re.MULTILINE).group(1).split())
    if errors:
        raise SystemExit(f"{errors} requests of {requests} failed on port {port}: figures of failures are none")
    return {"rate": requests * 1e6 / duration, "p50": p50 / 1000, "p99": p99 / 1000, "requests": requests}


class Bench:
    def __init__(self, options):
        self.options = options
        self.out = options.out.resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.run_folder = pathlib.Path(tempfile.mkdtemp(prefix="innergate-bench."))
        self.run_folder.chmod(0o755)
        self.postgresql = None
        self.servers = None

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
        self.servers = Servers(self.options.programs.resolve(), self.run_folder, databases, self.world.repositories.storage)
        self.jwts = {
            caller: self.admin(sqlite, "jwt", caller, "--lifetime", "36000").strip() for caller in JWT_FIELDS
        }

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
                    for path, body, *token in row.requests(self.world, rng):
                        file.write(" ".join([*(token or "-"), row.base + path, *([] if body is None else [json.dumps(body)])]) + "\n")
            script = self.run_folder / f"{name}.lua"
            script.write_text(LUA % (JWT_FIELDS[row.caller], self.jwts[row.caller], lines))
            yield name, script

    def run(self):
        scripts = dict(self.scripts())
        cases = [("floor", "check")]
        cases += [(server, row) for row in self.options.rows for server in ROWS[row].servers]
        if "discover" in self.options.rows:
            cases += [("sqlite_log", "discover")]
        samples = {}
        for connections in map(int, self.options.connections.split(",")):
            for case in cases:  # warm-up, not counted
                measure(self.servers.ports[server_name(*case)], scripts[case[1]], connections, 1)
            for number in range(self.options.rounds):
                for case in cases:
                    samples.setdefault((connections, *case), []).append(self.sample(case, scripts, connections))
                print(f"{connections} connections: round {number + 1} of {self.options.rounds} done", flush=True)
        return self.summary(samples)

    def sample(self, case, scripts, connections):
        server, row = case
        name = server_name(server, row)
        watched = {"nginx": self.servers.processes["nginx"].pid, "worker": self.servers.processes[name].pid}
        if server == "postgresql":
            watched["postgresql"] = self.postgresql.pid
        before = {name: cpu_seconds(pid) for name, pid in watched.items()}
        figures = measure(self.servers.ports[name], scripts[row], connections, self.options.seconds)
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
            result["pss_mib"] = pss_mebibytes(self.servers.processes[server_name(server, row)].pid)
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


def table(results):
    lines = [
        "| Connections | Row | Server | Requests/s | Ratio to floor | Goal (reach / beat) | p50 ms | p99 ms |"
        " nginx µs | worker µs | PostgreSQL µs | Pool PSS MiB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        goal = "–"
        if "reach" in result:
            mark = "beaten" if result["ratio"] >= result["beat"] else "reached" if result["ratio"] >= result["reach"] else "missed"
            goal = f"{result['reach']:.2f} / {result['beat']:.2f}: {mark}"
        postgresql = f"{result['postgresql_us']:.0f}" if "postgresql_us" in result else "–"
        lines.append(
            f"| {result['connections']} | {result['row']} | {result['server'].replace('_', ', with ')} | {result['rate']:.0f} |"
            f" {result['ratio']:.2f} | {goal} | {result['p50']:.2f} | {result['p99']:.2f} | {result['nginx_us']:.0f} |"
            f" {result['worker_us']:.0f} | {postgresql} | {result['pss_mib']:.1f} |"
        )
    return "\n".join(lines) + "\n"


def main():
    options = read_options()
    bench = Bench(options)
    try:
        bench.start()
        results = bench.run()
        text = table(results)
        (bench.out / "results.json").write_text(json.dumps(results, indent=2) + "\n")
        (bench.out / "table.md").write_text(text)
        bench_chart.draw(results, bench.out / "chart.svg")
        print(text)
        if options.soak:
            print(json.dumps(bench.soak(options.soak, dict(bench.scripts()))))
    finally:
        bench.stop()


main()
