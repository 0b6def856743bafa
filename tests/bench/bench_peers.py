"""The peers: services that somebody would write instead of using a pool, measured beside the pools.

They are built of Debian's packages from peers/. Before anything is measured, their answers are compared with the
pool's: figures of a service that answers something else say nothing.
"""

import http.client
import json
import os
import pathlib
import random
import subprocess
import typing

import bench_data
from bench_rows import JWT_FIELDS, ROWS, fetch, push

SOURCES = pathlib.Path(__file__).resolve().parent / "peers"
BUILD = pathlib.Path(__file__).resolve().parents[2] / "build" / "peers"
# The pool that they are compared with, in answers and in speed.
REFERENCE = "postgresql"
CONNECTIONS = 4  # to the database, as many as the pool's threads
SAMPLE = 40
ANSWER_SECONDS = 10
# By these a service says which one it is.
NAMES = ("gitlab_version", "gitlab_rev")


class LeftOut(Exception):
    """Why a peer cannot be measured here."""


class Peer(typing.NamedTuple):
    title: str
    prepare: typing.Callable  # its socket, the file with the shell's secret, the database; answers command and environment


def run(command, **arguments):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **arguments)
    except OSError as failure:
        raise LeftOut(f"{command[0]} failed: {failure.strerror}") from failure
    if done.returncode != 0:
        raise LeftOut(f"{command[0]} failed: {' '.join(done.stdout.split())[-300:]}")


def prepare_go(listen, secret_file, database):
    """Without a module proxy: GOPATH is where Debian has the sources of its Go libraries."""
    compiler = pathlib.Path("/usr/bin/go")
    if not compiler.exists():
        raise LeftOut("Debian's Go is not installed")
    program = BUILD / "go-peer"
    environment = {
        **os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOENV": "off", "GOFLAGS": "", "GOROOT": "",
        "GOCACHE": str(BUILD / "go-cache"),
    }
    run([str(compiler), "build", "-o", str(program), "."], cwd=SOURCES / "go", env=environment)
    command = [
        str(program), "-listen", str(listen), "-secret-file", str(secret_file), "-database", database.url,
        "-connections", str(CONNECTIONS),
    ]
    return command, {}


def prepare_puma(listen, secret_file, database):
    ruby, puma = pathlib.Path("/usr/bin/ruby"), pathlib.Path("/usr/bin/puma")
    if not ruby.exists() or not puma.exists():
        raise LeftOut("Debian's Ruby or Puma is not installed")
    run([str(ruby), "-e", "%w[active_record grape jwt pg puma].each { |library| require library }"])
    folder = SOURCES / "ruby"
    environment = {
        "PEER_SOCKET": str(listen), "PEER_SECRET_FILE": str(secret_file), "PEER_DATABASE_HOST": str(database.sockets),
    }
    return [str(puma), "-C", str(folder / "puma.rb"), str(folder / "config.ru")], environment


PEERS = {
    "go": Peer("Go peer", prepare_go),
    "puma": Peer("Puma stand-in", prepare_puma),
}


def prepare(folder, database):
    """Command and environment of each peer that can run here, and why the others cannot."""
    BUILD.mkdir(parents=True, exist_ok=True)
    ready, left_out = {}, {}
    for name, peer in PEERS.items():
        try:
            ready[name] = peer.prepare(folder / f"{name}.sock", folder / "shell_secret", database)
        except LeftOut as reason:
            left_out[name] = str(reason)
    return ready, left_out


class Request(typing.NamedTuple):
    row: str
    path: str
    body: typing.Optional[dict] = None
    jwt: typing.Optional[str] = None  # another than the right one


def sample(world, jwt):
    """Requests of each row; then some that are refused, because of who asks, his role or his token."""
    rng = random.Random(bench_data.SEED)
    for name, row in ROWS.items():
        if not row.peers:
            continue
        for number in range(SAMPLE):
            for path, body in row.requests(world, rng):
                if body is not None and number % 2:
                    body = {**body, "key_id": str(rng.randint(1, len(world.blobs)))}
                yield Request(name, path, body)
        # A service that does not verify tokens would have less to do.
        yield Request(name, path, body, jwt[:-4] + ("AAAA" if jwt[-4:] != "AAAA" else "BBBB"))
    for _ in range(SAMPLE):
        pair = world.project_and_lesser_member(rng)
        yield Request("allowed_any", *fetch(world, *pair))
        yield Request("allowed_push", *push(rng, *pair))


def ask(port, request, jwt):
    """Status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        headers = {JWT_FIELDS[ROWS[request.row].caller]: request.jwt or jwt, "Content-Type": "application/json"}
        method = "GET" if request.body is None else "POST"
        body = None if request.body is None else json.dumps(request.body)
        connection.request(method, ROWS[request.row].base + request.path, body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def is_alike(answer, other):
    """Whether two answers say the same; that each names itself is no difference."""
    def without_names(body):
        return {name: value for name, value in body.items() if name not in NAMES} if isinstance(body, dict) else body

    return answer[0] == other[0] and without_names(answer[1]) == without_names(other[1])


def compare(names, ports, world, jwt):
    """Ends the run where a peer and the pool answer differently; else says how many answers were alike."""
    statuses = {}
    for request in sample(world, jwt):
        wanted = ask(ports[REFERENCE], request, jwt)
        statuses[wanted[0]] = statuses.get(wanted[0], 0) + 1
        for name in names:
            got = ask(ports[name], request, jwt)
            if not is_alike(wanted, got):
                raise SystemExit(
                    f"{PEERS[name].title} and the pool answer {request.row} differently, so nothing is measured.\n"
                    f"request: {request.path} {json.dumps(request.body)}\npool: {wanted}\npeer: {got}"
                )
    return statuses
