"""SQLite's write lock in another process: fetches go on, pushes get an answer, nothing that may be lost is waited for."""

import contextlib
import sqlite3
import threading

import pytest

from running_stack import Stack, wait_until

FETCH = b'{"key_id":"7","action":"git-upload-pack","project":"gnuwget/wget2","changes":"_any","protocol":"ssh"}'
PRE_RECEIVE = b'{"gl_repository":"project-1"}'
WRITERS = 8


@pytest.fixture
def locked_stack(build):
    with Stack(build, arguments=[]) as stack:
        database = sqlite3.connect(stack.setting("database", "url").removeprefix("sqlite:"), isolation_level=None)
        with contextlib.closing(database):
            database.execute("begin immediate")
            yield stack, database


def ask(stack, endpoint, body):
    return stack.internal("POST", f"/api/v4/internal/{endpoint}", stack.shell_headers(), body)


def test_fetches_go_on_while_all_writers_wait(locked_stack):
    stack, database = locked_stack
    answers = []
    writers = [
        threading.Thread(target=lambda: answers.append(ask(stack, "pre_receive", PRE_RECEIVE))) for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    # More writers than threads: each fetch is answered although they wait.
    for _ in range(20):
        assert ask(stack, "allowed", FETCH).status == 200
    assert answers == []
    database.execute("rollback")
    for writer in writers:
        writer.join()
    assert [answer.json() for answer in answers] == [{"reference_counter_increased": True}] * WRITERS
    wait_until(
        lambda: stack.look("select count(*) from keys where id = 7 and last_used_at is not null") == ["1"],
        what="the use of the key to be written",
    )


def test_push_that_cannot_be_written_is_told_so(locked_stack):
    stack, _ = locked_stack
    answer = ask(stack, "pre_receive", PRE_RECEIVE)
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert "message" in answer.json()


def test_uses_are_written_at_a_normal_stop(build, short_folder):
    state = short_folder / "state"
    with Stack(build, state_dir=state) as stack:
        assert ask(stack, "allowed", FETCH).status == 200
        assert stack.stop() == 0
        assert stack.look("select count(*) from keys where id = 7 and last_used_at is not null") == ["1"]
