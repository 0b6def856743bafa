"""docs/examples: nginx and HAProxy as load balancers, in front of hosts with the example's TLS listener."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import uuid

import pytest

from own_processes import OwnPool
from running_stack import ROOT, connect, free_port, request, temporary_folder, wait_until

EXAMPLES = ROOT / "docs" / "examples"
BALANCER, FIRST, SECOND = "10.0.0.10", "10.0.0.11", "10.0.0.12"
CHECK = "/api/v4/internal/check"


def uncomment(text, beginning):
    """With the comment that begins so made a line of its own."""
    assert f"# {beginning}" in text, beginning
    return text.replace(f"# {beginning}", beginning)


def replaced(text, pairs):
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, str(new))
    return text


@pytest.fixture(scope="module")
def tls():
    """An authority, the hosts' certificate and a client's."""
    folder = temporary_folder()

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, stderr=subprocess.PIPE, timeout=60)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    openssl("req", "-x509", *key, "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.pem")
    for name, subject in (("host", "innergate.internal"), ("client", "balancer"), ("other", "elsewhere.internal")):
        openssl(
            "req", "-x509", *key, "-subj", f"/CN={subject}", "-addext", f"subjectAltName=DNS:{subject}",
            "-addext", "basicConstraints=critical,CA:FALSE", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-keyout", f"{name}.key", "-out", f"{name}.pem",
        )
        (folder / f"{name}-both.pem").write_text((folder / f"{name}.pem").read_text() + (folder / f"{name}.key").read_text())
    yield folder
    shutil.rmtree(folder)


class Nginx:
    """An nginx with these files as its http block."""

    def __init__(self, folder, port, *files):
        self.folder, self.port, self.process = folder, port, None
        includes = "".join(f"include {file};\n" for file in files)
        (folder / "nginx.conf").write_text(
            "daemon off;\n" + ("user www-data;\n" if os.geteuid() == 0 else "") +
            f"pid {folder}/nginx.pid;\nerror_log stderr notice;\nevents {{ worker_connections 256; }}\nhttp {{\n" +
            "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "fastcgi", "proxy", "uwsgi", "scgi")) +
            includes + "}\n"
        )

    def __enter__(self):
        self.start()
        return self

    def start(self):
        self.process = subprocess.Popen(
            ["nginx", "-e", "stderr", "-p", self.folder, "-c", self.folder / "nginx.conf"],
            stdin=subprocess.DEVNULL, stderr=(self.folder / "error.log").open("ab"),
        )
        wait_until(lambda: listens(self), what="nginx to listen")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)


def listens(program):
    assert program.process.poll() is None, (program.folder / "error.log").read_text()
    try:
        connect(("127.0.0.1", program.port)).close()
    except ConnectionRefusedError:
        return False
    return True


class Host(Nginx):
    """A host's nginx with the example's listener, in front of a stack's internal pool or of another one."""

    def __init__(self, stack, tls, pool=None, change=lambda text: text):
        folder, port = temporary_folder(), free_port()
        shutil.copytree(stack.state_dir / "nginx" / "snippets", folder / "snippets")
        if pool:
            upstreams = folder / "snippets" / "innergate-upstreams.conf"
            upstreams.write_text(replaced(upstreams.read_text(), [pool.replacement[1:]]))
        text = change((EXAMPLES / "nginx-internal-listener.conf").read_text())
        text = uncomment(text, "include snippets/innergate-upstreams.conf")
        (folder / "listener.conf").write_text(replaced(text, [
            (f"{FIRST}:8443", f"127.0.0.1:{port}"), (BALANCER, "127.0.0.1"), ("/etc/innergate/tls", tls),
            ("/var/log/nginx", folder),
        ]))
        super().__init__(folder, port, "listener.conf")

    def requests(self):
        return (self.folder / "innergate-internal.log").read_text().count(" HTTP/1")


class NginxBalancer(Nginx):
    def __init__(self, first, second, tls, change=lambda text: text):
        folder, port = temporary_folder(), free_port()
        text = change((EXAMPLES / "nginx-load-balancer.conf").read_text())
        (folder / "balancer.conf").write_text(replaced(text, [
            (f"{BALANCER}:8081", f"127.0.0.1:{port}"), (f"{FIRST}:8443", f"127.0.0.1:{first.port}"),
            (f"{SECOND}:8443", f"127.0.0.1:{second.port}"), ("/etc/nginx/innergate", tls),
        ]))
        super().__init__(folder, port, "balancer.conf")

    @staticmethod
    def with_client_certificate(text):
        return uncomment(uncomment(text, "proxy_ssl_certificate     "), "proxy_ssl_certificate_key ")

    @staticmethod
    def below_gitlab(text):
        return text.replace("location ^~ /api/v4/internal {", "location ^~ /gitlab/api/v4/internal {")


class HaproxyBalancer:
    def __init__(self, first, second, tls, change=lambda text: text):
        self.folder, self.port, self.process = temporary_folder(), free_port(), None
        text = change((EXAMPLES / "haproxy.cfg").read_text())
        self.file = self.folder / "haproxy.cfg"
        self.file.write_text(replaced(text, [
            (f"{BALANCER}:8081", f"127.0.0.1:{self.port}"), (f"{FIRST}:8443", f"127.0.0.1:{first.port}"),
            (f"{SECOND}:8443", f"127.0.0.1:{second.port}"), ("/etc/haproxy/innergate-ca.pem", tls / "ca.pem"),
            ("/etc/haproxy/innergate-client.pem", tls / "client-both.pem"),
            # It stays this user, and can be asked what it knows of its hosts.
            ("    user haproxy\n    group haproxy\n", f"    stats socket {self.folder}/stats.sock\n"),
            ("log /dev/log local0", "log stderr format raw local0"),
        ]))

    def __enter__(self):
        command = ["haproxy", "-f", self.file]
        environment = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"}
        checked = subprocess.run([*command, "-c"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert checked.returncode == 0 and "[WARNING]" not in checked.stdout, checked.stdout
        self.process = subprocess.Popen(
            [*command, "-db"], env=environment, stdin=subprocess.DEVNULL, stderr=(self.folder / "error.log").open("ab")
        )
        wait_until(lambda: listens(self), what="HAProxy to listen")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder)

    def states(self):
        """Of its hosts: UP, DOWN …"""
        with connect(self.folder / "stats.sock") as connection:
            connection.sendall(b"show stat\n")
            rows = connection.makefile().read().splitlines()
        fields = rows[0].removeprefix("# ").split(",")
        return {
            row["svname"]: row["status"].split()[0]
            for row in (dict(zip(fields, line.split(","))) for line in rows[1:] if line) if row["svname"].startswith("host-")
        }

    @staticmethod
    def with_client_certificate(text):
        return uncomment(text, "default-server crt ")

    @staticmethod
    def below_gitlab(text):
        return uncomment(text, "acl is_internal path_reg ^/+gitlab")


def ask(stack, balancer, path=CHECK, **headers):
    return request(("127.0.0.1", balancer.port), "GET", path, stack.shell_headers(**headers))


def ask_from(address, stack, balancer):
    """From another of this machine's addresses, without a correlation id: the one that was made."""
    connection = http.client.HTTPConnection("127.0.0.1", balancer.port, timeout=30, source_address=(address, 0))
    with contextlib.closing(connection):
        connection.request("GET", CHECK, headers=stack.shell_headers())
        response = connection.getresponse()
        assert response.status == 200
        return response.headers["X-Request-Id"]


BALANCERS = pytest.mark.parametrize("balancer_type", [NginxBalancer, HaproxyBalancer])


@BALANCERS
def test_requests_reach_both_hosts(sqlite_stack, tls, balancer_type):
    with Host(sqlite_stack, tls) as first, Host(sqlite_stack, tls) as second, balancer_type(first, second, tls) as balancer:
        for _ in range(20):
            answer = ask(sqlite_stack, balancer)
            assert (answer.status, answer.json()["api_version"]) == (200, "v4")
        assert first.requests() > 3 and second.requests() > 3


@BALANCERS
def test_correlation_id_and_client_arrive(sqlite_stack, tls, balancer_type):
    """The address is the one that the load balancer saw, not the one that the client says it has."""
    with Host(sqlite_stack, tls) as first, Host(sqlite_stack, tls) as second, balancer_type(first, second, tls) as balancer:
        correlation_id = str(uuid.uuid4())
        answer = ask(sqlite_stack, balancer, **{"X-Request-Id": correlation_id, "X-Forwarded-For": "192.0.2.9"})
        assert answer.headers["x-request-id"] == correlation_id
        (line,) = [line for line in sqlite_stack.log_lines("internal") if line.get("correlation_id") == correlation_id]
        assert line["remote_ip"] == "127.0.0.1"
        # An id and an address that the balancer finds out.
        made_here = ask_from("127.0.0.2", sqlite_stack, balancer)
        (line,) = [line for line in sqlite_stack.log_lines("internal") if line.get("correlation_id") == made_here]
        assert line["remote_ip"] == "127.0.0.2"


@BALANCERS
def test_dead_host_costs_no_request_and_comes_back(sqlite_stack, tls, balancer_type):
    with Host(sqlite_stack, tls) as first, Host(sqlite_stack, tls) as second, balancer_type(first, second, tls) as balancer:
        assert ask(sqlite_stack, balancer).status == 200
        second.stop()
        for _ in range(20):
            assert ask(sqlite_stack, balancer).status == 200
        if balancer_type is HaproxyBalancer:
            wait_until(lambda: balancer.states() == {"host-1": "UP", "host-2": "DOWN"}, what="host-2 to be taken out")
        before = second.requests()
        second.start()
        wait_until(lambda: ask(sqlite_stack, balancer).status == 200 and second.requests() > before + 3, what="host-2 to be used")


@BALANCERS
def test_host_that_is_not_ready_gets_no_request(sqlite_stack, tls, balancer_type):
    with contextlib.ExitStack() as running:
        pool = running.enter_context(OwnPool(sqlite_stack, "--database-url", "sqlite:/nonexistent/innergate.db"))
        ready, unready = running.enter_context(Host(sqlite_stack, tls)), running.enter_context(Host(sqlite_stack, tls, pool))
        balancer = running.enter_context(balancer_type(unready, ready, tls))
        for _ in range(10):
            assert ask(sqlite_stack, balancer, "/api/v4/internal/discover?key_id=7").status == 200
        if balancer_type is HaproxyBalancer:
            wait_until(lambda: balancer.states() == {"host-1": "DOWN", "host-2": "UP"}, what="host-1 to be taken out")


@BALANCERS
def test_without_hosts_the_answer_is_json(sqlite_stack, tls, balancer_type):
    with Host(sqlite_stack, tls) as first, balancer_type(first, first, tls) as balancer:
        first.stop()
        answer = wait_until(
            lambda: (lambda given: given if given.status == 503 else None)(ask(sqlite_stack, balancer)), what="503"
        )
        assert (answer.headers["content-type"], answer.headers["retry-after"]) == ("application/json", "2")
        assert answer.json() == {"message": "503 Service Unavailable"}
        first.start()


@BALANCERS
@pytest.mark.parametrize("path", ["/", "/-/metrics", "/-/readiness", "/api/v4/namespaces/1", "//-/metrics", "/%2d/metrics"])
def test_only_the_internal_api_is_passed_on(sqlite_stack, tls, balancer_type, path):
    with Host(sqlite_stack, tls) as host, balancer_type(host, host, tls) as balancer:
        assert ask(sqlite_stack, balancer, path).status == 404


@BALANCERS
def test_hosts_can_ask_for_a_certificate(sqlite_stack, tls, balancer_type):
    def change(text):
        return uncomment(uncomment(text, "ssl_client_certificate"), "ssl_verify_client")

    with Host(sqlite_stack, tls, change=change) as host:
        with balancer_type(host, host, tls, change=balancer_type.with_client_certificate) as balancer:
            assert ask(sqlite_stack, balancer).status == 200
        with balancer_type(host, host, tls) as balancer:
            assert ask(sqlite_stack, balancer).status >= 400


@BALANCERS
def test_host_with_a_certificate_of_another_name_is_not_believed(sqlite_stack, tls, balancer_type):
    def change(text):
        return text.replace("/host.", "/other.")

    with Host(sqlite_stack, tls, change=change) as host, balancer_type(host, host, tls) as balancer:
        wait_until(lambda: ask(sqlite_stack, balancer).status == 503, what="503")


@BALANCERS
def test_relative_root(sqlite_stack, tls, balancer_type):
    with contextlib.ExitStack() as running:
        pool = running.enter_context(OwnPool(sqlite_stack, "--instance-relative-url-root", "/gitlab"))
        host = running.enter_context(Host(
            sqlite_stack, tls, pool, change=lambda text: uncomment(text, "location ^~ /gitlab/api/v4/internal")
        ))
        balancer = running.enter_context(balancer_type(host, host, tls, change=balancer_type.below_gitlab))
        for path in ("/gitlab/api/v4/internal/check", "//gitlab/api/v4/internal/check"):
            assert ask(sqlite_stack, balancer, path).status == 200
        assert ask(sqlite_stack, balancer, "/gitlab/-/metrics").status == 404


def test_listener_without_tls_and_on_a_socket(sqlite_stack, tls, short_folder):
    path = short_folder / "lb.sock"

    def change(text):
        text = re.sub(r"^ *(listen .* ssl|ssl_\w+ .*);\n", "", text, flags=re.MULTILINE)
        for beginning in (f"listen {FIRST}:8181", "listen unix:", "unix: 1", "set_real_ip_from unix:"):
            text = uncomment(text, beginning)
        return replaced(text, [("unix:/run/innergate/lb.sock", f"unix:{path}"), (f"{FIRST}:8181", f"{FIRST}:8443")])

    with Host(sqlite_stack, tls, change=change) as host:
        correlation_id = str(uuid.uuid4())
        headers = sqlite_stack.shell_headers(**{"X-Request-Id": correlation_id, "X-Forwarded-For": "192.0.2.9"})
        assert request(path, "GET", CHECK, headers).status == 200
        (line,) = [line for line in sqlite_stack.log_lines("internal") if line.get("correlation_id") == correlation_id]
        assert line["remote_ip"] == "192.0.2.9"
        assert request(("127.0.0.1", host.port), "GET", CHECK, sqlite_stack.shell_headers()).status == 200


def test_only_the_load_balancer_may_connect_to_a_host(sqlite_stack, tls):
    with Host(sqlite_stack, tls, change=lambda text: text.replace(f"    {BALANCER} 1;", "    127.0.0.9 1;")) as host:
        context = ssl.create_default_context(cafile=tls / "ca.pem")
        for source, status in (("127.0.0.9", 200), ("127.0.0.1", 403)):
            with socket.create_connection(("127.0.0.1", host.port), timeout=30, source_address=(source, 0)) as plain:
                connection = http.client.HTTPConnection("innergate.internal")
                connection.sock = context.wrap_socket(plain, server_hostname="innergate.internal")
                connection.request("GET", CHECK, headers=sqlite_stack.shell_headers(**{"X-Forwarded-For": "127.0.0.9"}))
                assert connection.getresponse().status == status
