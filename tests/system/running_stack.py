"""A stack started by scripts/serve, and what tests ask of it."""

import contextlib
import dataclasses
import http.client
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 120
STOP_SECONDS = 60


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def temporary_folder():
    # Not pytest's: those are closed to the users that nginx and PostgreSQL run as under root, and
    # their paths are too long for sockets.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="innergate-test."))
    folder.chmod(0o711)
    return folder


def wait_until(condition, seconds=20, what="the condition"):
    """The first true value of condition()."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what}"
        time.sleep(0.02)


def process_is_there(pid):
    """Whether the process runs; one that ended and was not waited for does not."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return re.search(r"^State:\s+Z", status, re.MULTILINE) is None


def all_processes():
    """Those of this machine, with what each waits for in the kernel."""
    command = ["ps", "-e", "--forest", "-o", "pid,ppid,stat,etimes,wchan:24,args"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=20).stdout


def request(address, method, path, headers=None, body=None, seconds=30):
    """One request with its path as it stands; address is (host, port) or a socket file."""
    connection = http.client.HTTPConnection("localhost", timeout=seconds)
    connection.sock = connect(address, seconds)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def connect(address, seconds=30):
    if isinstance(address, tuple):
        return socket.create_connection(address, timeout=seconds)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(seconds)
    connection.connect(str(address))
    return connection


class Stack:
    """scripts/serve on free ports; a context manager that stops it."""

    def __init__(self, build, database="sqlite", state_dir=None, arguments=(), environment=None):
        self.build = pathlib.Path(build)
        self._owns_state = state_dir is None
        self.state_dir = temporary_folder() if state_dir is None else pathlib.Path(state_dir)
        self.internal_port, self.public_port = free_port(), free_port()
        self.internal_url = self.public_url = self.shell_secret_file = self.kas_secret_file = None
        self.output = b""
        # Who runs the tests under nohup has SIGHUP ignored, and a shell cannot trap what it was begun to ignore.
        self._command = [
            "env", "--default-signal=HUP", str(ROOT / "scripts" / "serve"), "--build", str(self.build), "--state", str(self.state_dir),
            "--database", database, "--internal-port", str(self.internal_port),
            "--public-port", str(self.public_port), *arguments,
        ]
        self._environment = {**os.environ, **(environment or {})}
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.process is not None:
                self.stop()
        finally:
            if self._owns_state:
                shutil.rmtree(self.state_dir)

    def start(self):
        self.process = subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        ready = self._read_until_ready()
        fields = dict(field.split("=", 1) for field in ready.split()[2:])
        self.internal_url, self.public_url = fields["internal"], fields["public"]
        self.shell_secret_file, self.kas_secret_file = fields["shell-secret"], fields["kas-secret"]
        assert fields["state"] == str(self.state_dir)

    def _read_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while True:
            ready = re.search(rb"^innergate ready: .*$", self.output, re.MULTILINE)
            if ready and b"\n" in self.output[ready.end():]:
                return ready.group().decode()
            readable, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(self.process.stdout.fileno(), 65536) if readable else b""
            if not chunk:
                self.process.kill()
                raise AssertionError(f"scripts/serve did not get ready:\n{self.output.decode()}")
            self.output += chunk

    def stop(self, how=signal.SIGTERM):
        """The exit status; the rest of what it said is in output."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            rest, _ = self.process.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired as reason:
            raise AssertionError(f"scripts/serve did not stop. What ran then:\n{all_processes()}") from reason
        self.output += rest
        return self.process.returncode

    @property
    def pids(self):
        """By program: internal, public, nginx, and postgresql where there is one."""
        return {file.stem: int(file.read_text()) for file in self.state_dir.glob("*.pid")}

    @property
    def settings_file(self):
        return self.state_dir / "innergate.conf"

    def setting(self, section, key):
        text = self.settings_file.read_text()
        block = re.search(rf"^\[{re.escape(section)}\]\n((?:(?!\[).*\n?)*)", text, re.MULTILINE).group(1)
        return re.search(rf"^{key} = (.*)$", block, re.MULTILINE).group(1)

    def pool_socket(self, pool):
        return self.setting(f"pool.{pool}", "listen").removeprefix("unix:")

    @property
    def http_socket(self):
        """The internal API's socket for clients that speak HTTP over one."""
        return pathlib.Path(self.pool_socket("internal")).with_name("http.sock")

    def admin(self, *arguments):
        """What innergate-admin prints."""
        return subprocess.run(
            [str(self.build / "bin" / "innergate-admin"), "--config", str(self.settings_file), *arguments],
            check=True, stdout=subprocess.PIPE, text=True, timeout=60,
        ).stdout

    def look(self, query):
        """The one column of a query's rows as texts, for what no command shows."""
        url = self.setting("database", "url")
        if url.startswith("sqlite:"):
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:"), timeout=20)) as database:
                return [str(row[0]) for row in database.execute(query)]
        return subprocess.run(
            ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", query, url],
            check=True, stdout=subprocess.PIPE, text=True, timeout=60,
        ).stdout.splitlines()

    def change(self, statement):
        """Runs a statement, for what no command does. SQLite does not look at foreign keys here."""
        url = self.setting("database", "url")
        if url.startswith("sqlite:"):
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:"), timeout=20)) as database, database:
                database.execute(statement)
            return
        subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement, url],
            check=True, timeout=60,
        )

    def shell_headers(self, **more):
        """Header fields as gitlab-shell sends them, with a fresh token."""
        return {
            "Gitlab-Shell-Api-Request": self.admin("jwt", "shell").strip(),
            "Content-Type": "application/json",
            "User-Agent": "GitLab-Shell",
            **more,
        }

    def internal(self, method, path, headers=None, body=None):
        return request(("127.0.0.1", self.internal_port), method, path, headers, body)

    def public(self, method, path, headers=None, body=None):
        return request(("127.0.0.1", self.public_port), method, path, headers, body)

    def log_lines(self, pool):
        lines = (self.state_dir / "log" / f"{pool}.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]
