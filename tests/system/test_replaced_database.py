"""An SQLite file that is exchanged under a running pool is noticed, and nothing is written to the one that nobody finds again."""

import contextlib
import json
import os
import shutil
import sqlite3

import pytest

import fastcgi_client
from own_processes import OwnPool
from running_stack import wait_until


@pytest.fixture
def pool(sqlite_stack, short_folder):
    """A pool on a copy of the stack's database."""
    file = short_folder / "innergate.db"
    source = sqlite_stack.setting("database", "url").removeprefix("sqlite:")
    with contextlib.closing(sqlite3.connect(source)) as database:
        database.execute("vacuum into ?", (str(file),))
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("pragma journal_mode = wal")
    with OwnPool(sqlite_stack, "--database-url", f"sqlite:{file}") as running:
        running.file = file
        yield running


def readiness(pool):
    status, body = fastcgi_client.ask(str(pool.path), "GET", "/-/readiness")
    return status, json.loads(body)


def test_replaced_database_is_noticed(sqlite_stack, pool):
    def count(file):
        with contextlib.closing(sqlite3.connect(file)) as database:
            return database.execute("select count(*) from personal_access_tokens where name = 'lost'").fetchone()[0]

    def make_token():
        body = json.dumps({"user_id": 7, "name": "lost", "scopes": ["read_user"]}).encode()
        path = "/api/v4/internal/personal_access_token"
        return fastcgi_client.ask(str(pool.path), "POST", path, {
            **sqlite_stack.shell_headers(), "Content-Type": "application/json"}, body)[0]

    wait_until(lambda: readiness(pool)[0] == 200, what="the pool to be ready")
    old, new = pool.file.with_name("old.db"), pool.file.with_name("new.db")
    os.link(pool.file, old)
    shutil.copy(pool.file, new)
    new.rename(pool.file)
    wait_until(lambda: readiness(pool)[0] == 503, what="the pool to notice")
    assert "was replaced" in readiness(pool)[1]["message"]
    wait_until(lambda: b'"database_unreachable"' in pool.log.read_bytes(), what="the line about it")
    # Each of the threads, whether it had opened the database before or not.
    for _ in range(20):
        assert make_token() == 503
    assert count(old) == count(pool.file) == 0
    os.rename(old, pool.file)
    wait_until(lambda: readiness(pool)[0] == 200, what="the pool to see that its file is back")


def test_removed_database_is_noticed(pool):
    wait_until(lambda: readiness(pool)[0] == 200, what="the pool to be ready")
    pool.file.unlink()
    wait_until(lambda: readiness(pool)[0] == 503, what="the pool to notice")
