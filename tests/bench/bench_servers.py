"""The servers that are measured: PostgreSQL, the pools, the floor and one nginx in front of them."""

import base64
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 60
RUN_SECONDS = 120


def wait_until(condition, what):
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"waited {START_SECONDS} s in vain for {what}")
        time.sleep(0.05)


def answers(address):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(address))
        except OSError:
            return False
        return True


class PostgreSql:
    """A cluster below the folder; as user postgres where we are root, which PostgreSQL refuses to run as."""

    def __init__(self, folder, settings=("shared_buffers=512MB",)):
        self.data, self.sockets, self._settings = folder / "cluster", folder / "sockets", settings
        self.binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        is_root = os.geteuid() == 0
        self._as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if is_root else []
        for path in (folder, self.sockets):
            path.mkdir(parents=True, exist_ok=True)
            if is_root:
                shutil.chown(path, "postgres")
        self.url = f"postgresql://postgres@/postgres?host={self.sockets}"
        self._process = None

    def create(self):
        self.run("initdb", "--pgdata", str(self.data), "--auth", "trust", "--username", "postgres")

    def start(self):
        """In a session of its own, out of Ctrl-C's reach, and with the kernel's promise to end it with this program."""
        if not self.data.exists():
            self.create()
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", *self._settings]
        with open(self.sockets / "log", "ab") as log:
            self._process = subprocess.Popen(
                [
                    *self._as_postgres, "setpriv", "--pdeathsig", "INT", str(self.binaries / "postgres"), "-D", str(self.data),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True,
            )
        wait_until(self._answers, "PostgreSQL")

    def _answers(self):
        if self._process.poll() is not None:
            raise SystemExit(f"PostgreSQL ended: {(self.sockets / 'log').read_text()[-1000:]}")
        return subprocess.run([str(self.binaries / "pg_isready"), "--quiet", f"--dbname={self.url}"]).returncode == 0

    @property
    def pid(self):
        return self._process.pid

    def run(self, program, *arguments):
        subprocess.run(
            [*self._as_postgres, str(self.binaries / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/",
            timeout=RUN_SECONDS,
        )

    def stop(self, mode="fast"):
        if self._process is None or self._process.poll() is not None:
            return
        self.run("pg_ctl", "--pgdata", str(self.data), "--mode", mode, "--no-wait", "stop")
        self._process.wait(timeout=START_SECONDS)


def make_secrets(folder):
    secrets = {
        "shell_secret": os.urandom(32).hex(),
        "kas_secret": base64.b64encode(os.urandom(32)).decode(),
        # The data outlives the run, and the digests of its tokens with it.
        "db_key_base": "innergate-bench-" * 4,
    }
    for name, content in secrets.items():
        file = folder / name
        file.touch(mode=0o600)
        file.write_text(content)


def settings(folder, url):
    """Options of innergate-pool and innergate-admin alike."""
    return [
        "--database-url", url, "--secrets-shell-secret-file", str(folder / "shell_secret"),
        "--secrets-kas-secret-file", str(folder / "kas_secret"),
        "--secrets-db-key-base-file", str(folder / "db_key_base"),
    ]


class Servers:
    """Everything on, until stop()."""

    def __init__(self, programs, folder, databases, storage, peers):
        self.folder = folder
        self.programs = programs
        self.storage = storage
        self.processes = {}
        # git on real repositories behind Gitaly's protocol: most calls start a process, as Gitaly's do.
        self._start("gitaly", [str(programs / "test_gitaly"), "--storage", str(storage), "--listen", f"unix:{folder}/gitaly.sock"])
        self._start("floor", [str(programs / "fastcgi_hello"), "--listen", f"unix:{folder}/floor.sock", "--threads", "2"])
        for name, (url, threads, level, pool) in databases.items():
            self._start(name, self.pool_command(name, url, threads, level, pool))
        for name, (command, environment) in peers.items():
            self._start(name, command, environment)
        self._start_nginx(["floor", *databases], list(peers))

    def inspector(self, name):
        if name.endswith("_local"):
            return ["--storage-default-path", str(self.storage)]
        if name.endswith("_gitaly"):
            return ["--storage-default-gitaly-address", f"unix:{self.folder}/gitaly.sock"]
        return []

    def pool_command(self, name, url, threads, level, pool):
        return [
            str(self.programs / "innergate-pool"), "--pool", pool, "--listen", f"unix:{self.folder}/{name}.sock",
            f"--pool-{pool}-threads", str(threads), "--logging-level", level,
            # The others have no repositories to look into.
            "--checks-force-push", "open", "--checks-lfs-objects", "open", *self.inspector(name), *settings(self.folder, url),
        ]

    def _start(self, name, command, environment=None):
        (self.folder / f"{name}.sock").unlink(missing_ok=True)
        log = open(self.folder / f"{name}.log", "wb")
        self.processes[name] = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, **(environment or {})})
        wait_until(lambda: answers(self.folder / f"{name}.sock"), name)

    def _start_nginx(self, pools, peers):
        snippets = ROOT / "nginx"
        names = [*pools, *peers]
        self.ports = {name: 9300 + index for index, name in enumerate(names)}
        upstreams = "".join(
            f"upstream {n} {{ server unix:{self.folder}/{n}.sock max_fails=0; keepalive 64; keepalive_requests 1000000; }}\n"
            for n in names
        )
        fastcgi = f"fastcgi_keep_conn on; include {snippets}/innergate-fastcgi-params.conf;"
        http = 'proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header X-Request-Id $innergate_request_id;'
        servers = "".join(
            f"server {{ listen 127.0.0.1:{port}; location / {{"
            + (f" proxy_pass http://{n}; {http}" if n in peers else f" fastcgi_pass {n}; {fastcgi}") + " } }\n"
            for n, port in self.ports.items()
        )
        temporary = "".join(f"{kind}_temp_path {self.folder}/tmp_{kind};" for kind in ("client_body", "fastcgi", "proxy", "uwsgi", "scgi"))
        user = "user root;" if os.geteuid() == 0 else ""
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            f"daemon off; {user} worker_processes 1; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;\n"
            "events { worker_connections 1024; }\nhttp { access_log off; keepalive_requests 1000000;" + temporary + "\n"
            'map $http_x_request_id $innergate_request_id { default $http_x_request_id; "" $request_id; }\n'
            + upstreams + servers + "}\n"
        )
        self.processes["nginx"] = subprocess.Popen(
            ["nginx", "-p", str(self.folder), "-c", str(configuration), "-e", "stderr"]
        )
        for port in self.ports.values():
            wait_until(lambda port=port: port_answers(port), f"nginx on port {port}")

    def stop(self):
        for process in reversed(self.processes.values()):
            process.terminate()
        for name, process in self.processes.items():
            if process.wait(timeout=60) != 0:
                print(f"{name} ended with {process.returncode}", file=sys.stderr)


def port_answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(pid):
    """User and system time of a process with its threads, and of its children, whether they have ended or not."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for process in [pid, *children(pid)]:
        try:
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15]))
    return total / ticks


def children(pid):
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def pss_mebibytes(pid):
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024
