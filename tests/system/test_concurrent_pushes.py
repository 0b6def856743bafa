"""Many pushes to one repository at once, through nginx, and the jobs that they leave."""

import concurrent.futures
import contextlib
import json
import shutil
import subprocess

import pytest

from running_stack import Stack, temporary_folder, wait_until

CLIENTS, PUSHES_OF_EACH = 64, 8
REPOSITORY = "project-1"


@pytest.fixture
def served(build, database):
    """The running system with a job that writes down its number."""
    folder = temporary_folder()
    hooks = folder / "post-receive.d"
    hooks.mkdir()
    done = folder / "done"
    hook = hooks / "10-note"
    hook.write_text(f"""#!/bin/sh\nsed 's/^{{"id":\\([0-9]*\\),.*/\\1/' >>{done}\n""")
    hook.chmod(0o755)
    with Stack(build, database=database) as running:
        yield running, hooks, done
    shutil.rmtree(folder)


@contextlib.contextmanager
def runners(stack, hooks, count):
    program = stack.build / "bin" / "innergate-admin"
    command = [str(program), "--config", str(stack.settings_file), "jobs", "run", "--hooks-dir", str(hooks)]
    started = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(count)]
    try:
        yield
    finally:
        for runner in started:
            runner.terminate()
    assert [runner.wait(timeout=60) for runner in started] == [0] * count


def test_no_end_is_lost_and_jobs_keep_their_order(served):
    stack, hooks, done = served
    headers = stack.shell_headers()

    def push():
        for _ in range(PUSHES_OF_EACH):
            before = stack.internal("POST", "/api/v4/internal/pre_receive", headers, json.dumps({"gl_repository": REPOSITORY}))
            assert before.json() == {"reference_counter_increased": True}
            body = {"gl_repository": REPOSITORY, "identifier": "user-1", "changes": ""}
            after = stack.internal("POST", "/api/v4/internal/post_receive", headers, json.dumps(body))
            assert after.json()["reference_counter_decreased"]

    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
        for client in [clients.submit(push) for _ in range(CLIENTS)]:
            client.result()
    assert stack.look("select value from reference_counters where gl_repository = 'project-1'") == ["0"]
    queued = [job["id"] for job in json.loads(stack.admin("--json", "jobs", "list"))]
    assert len(queued) == CLIENTS * PUSHES_OF_EACH
    with runners(stack, hooks, 2):
        wait_until(lambda: stack.look("select count(*) from post_receive_jobs") == ["0"], 120, "the jobs to be done")
    assert [int(line) for line in done.read_text().split()] == sorted(queued)
