"""The benchmark's own parts: what it asks and changes, and that peers are measured only if they answer as the pool does."""

import collections
import http.server
import json
import random
import sqlite3
import sys
import threading

import pytest

from running_stack import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))

import bench_changes  # noqa: E402
import bench_peers  # noqa: E402
import bench_rows  # noqa: E402
import bench_table  # noqa: E402
from bench_data import World  # noqa: E402

SCALE = 0.02
MEMBERS = """
create table members (id integer primary key, user_id integer, source_type text, source_id integer, access_level integer);
insert into members values (1, 7, 'Namespace', 3, 30), (2, 8, 'Namespace', 3, 50);
"""


@pytest.fixture(scope="module")
def world():
    return World(SCALE)


def kinds_of(requests):
    return [request.sql.split()[0] if isinstance(request, bench_rows.Change) else request[0] for request in requests]


def test_a_working_day_has_fetches_whole_pushes_and_changes_in_their_proportion(world):
    rng, actions = random.Random(1), collections.Counter()
    for _ in range(5000):
        actions[tuple(kinds_of(bench_rows.mixed(world, rng)))] += 1
    shares = {kinds: number / 50 for kinds, number in actions.items()}
    assert set(shares) == {("allowed",), ("allowed", "pre_receive", "post_receive"), ("update",), ("begin;",)}
    assert shares[("allowed",)] == pytest.approx(90, abs=2)
    assert shares[("allowed", "pre_receive", "post_receive")] == pytest.approx(8, abs=2)
    assert shares[("update",)] + shares[("begin;",)] == pytest.approx(2, abs=1)


def test_who_is_asked_about_stays_a_developer_whatever_is_changed(world):
    rng = random.Random(1)
    lines = [world.change_of_rights(rng) for _ in range(200)]
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(MEMBERS.split("insert")[0])
    for (group, user), member in world.memberships.items():
        database.execute("insert into members values (?, ?, 'Namespace', ?, 50)", (member, user, group))
    before = database.execute("select id, user_id, source_id from members order by id").fetchall()
    for line in lines:
        changes = database.total_changes
        database.executescript(line)
        assert database.total_changes > changes, line
    assert database.execute("select id, user_id, source_id from members order by id").fetchall() == before
    assert database.execute("select distinct access_level from members order by 1").fetchall() == [(30,), (40,), (50,)]


def test_changes_are_made_one_after_another_before_the_measurement_ends(tmp_path):
    file = tmp_path / "members.db"
    with sqlite3.connect(file) as database:
        database.executescript(MEMBERS)
    # More than the pipe holds.
    lines = "update members set access_level = access_level + 1 where id = 1;\n" * 500
    with bench_changes.carried_out_by(bench_changes.sqlite_command(file)) as pipe, open(pipe, "w", closefd=False) as writer:
        writer.write(lines)
    assert sqlite3.connect(file).execute("select access_level from members order by id").fetchall() == [(530,), (50,)]


def test_a_change_that_is_refused_ends_the_run(tmp_path, capfd):
    file = tmp_path / "members.db"
    with pytest.raises(SystemExit, match="a change was refused"):
        with bench_changes.carried_out_by(bench_changes.sqlite_command(file)) as pipe, open(pipe, "w", closefd=False) as writer:
            writer.write("update members set access_level = 30;\n")
    assert "no such table: members" in capfd.readouterr().err


class Service:
    """Answers everything alike, but refuses tokens other than `right`, unless it does not care."""

    def __init__(self, granted, verifies=True):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                is_right = not verifies or self.headers["Gitlab-Shell-Api-Request"] == "right"
                body = json.dumps(granted if is_right else {"message": "401 Unauthorized"}).encode()
                self.send_response(200 if is_right else 401)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def compare(world, pool_answer, peer_answer, peer_verifies=True):
    with Service(pool_answer) as pool, Service(peer_answer, peer_verifies) as peer:
        return bench_peers.compare(["go"], {"postgresql": pool.port, "go": peer.port}, world, "right")


def test_peers_that_answer_alike_are_measured_and_may_say_who_they_are(world):
    statuses = compare(world, {"status": True, "gitlab_rev": "pool"}, {"status": True, "gitlab_rev": "go"})
    assert statuses[200] > 200 and statuses[401] == 4


@pytest.mark.parametrize("other", [{"status": False}, {"status": True, "more": 1}, {}, None, [True]])
def test_a_peer_that_answers_otherwise_ends_the_run_and_both_answers_are_told(world, other):
    with pytest.raises(SystemExit, match="Go peer and the pool answer check differently") as ended:
        compare(world, {"status": True}, other)
    assert "pool: (200, {'status': True})" in str(ended.value) and f"peer: (200, {other})" in str(ended.value)


def test_a_peer_that_takes_any_token_ends_the_run(world):
    with pytest.raises(SystemExit, match=r"pool: \(401, .*\npeer: \(200, "):
        compare(world, {"status": True}, {"status": True}, peer_verifies=False)


def test_a_peer_that_cannot_be_built_is_left_out_and_the_reason_is_told(monkeypatch, tmp_path):
    def cannot(*_):
        raise bench_peers.LeftOut("no compiler")

    monkeypatch.setattr(bench_peers, "BUILD", tmp_path)
    monkeypatch.setattr(bench_peers, "PEERS", {
        "go": bench_peers.Peer("Go peer", cannot), "puma": bench_peers.Peer("Puma stand-in", lambda *_: (["puma"], {})),
    })
    ready, left_out = bench_peers.prepare(tmp_path, None)
    assert ready == {"puma": (["puma"], {})}
    assert bench_table.of_left_out(left_out) == "LEFT OUT: Go peer: no compiler\n"


@pytest.mark.parametrize("command, reason", [
    ([sys.executable, "-c", "import no_such_library"], "No module named 'no_such_library'"),
    (["/no/such/compiler"], "/no/such/compiler failed: No such file or directory"),
])
def test_what_is_missing_is_the_reason(command, reason):
    with pytest.raises(bench_peers.LeftOut, match=reason):
        bench_peers.run(command)


def test_the_table_tells_how_many_times_as_fast_as_the_peers_the_pool_is():
    figures = dict.fromkeys(("rate", "p50", "p99", "nginx_us", "worker_us", "pss_mib"), 1)
    pool = {**figures, "connections": 16, "row": "check", "server": "postgresql", "ratio": 0.5, "times_go": 2.54}
    peer = {**figures, "connections": 16, "row": "check", "server": "go", "ratio": 0.0412}
    assert "| 16 | check | Go peer | 1 | 0.041 |" in bench_table.of_figures([pool, peer])
    assert bench_table.of_peers([pool, peer]).splitlines()[-1] == "| 16 | check | 2.5 times |"
    assert bench_table.of_peers([peer]) == ""
