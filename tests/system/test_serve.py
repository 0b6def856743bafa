"""scripts/serve: what it refuses, in one sentence and with nothing left running; and starting again."""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess

import pytest

from gitaly_process import Gitaly
from running_stack import ROOT, Stack, free_port, process_is_there, wait_until

SERVE = ROOT / "scripts" / "serve"


def refused(build, *arguments, folder=None):
    """Exit status and output of a start that must fail; checks that no process of it stays."""
    process = subprocess.Popen(
        [SERVE, "--build", build, "--internal-port", str(free_port()), "--public-port", str(free_port()), *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder,
    )
    # Ends only when every process that inherited the pipe has ended.
    output, _ = process.communicate(timeout=120)
    return process.returncode, output


def processes_naming(text):
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += [command] if text in command else []
    return found


@pytest.mark.parametrize("option", ["--internal-port", "--public-port"])
def test_port_in_use_is_one_sentence(build, short_folder, option):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, output = refused(build, "--state", short_folder / "state", option, str(port))
    assert status == 1
    assert output == f"serve: port {port} is in use: choose another with {option}\n"
    assert not (short_folder / "state").exists()


@pytest.mark.parametrize(
    "kind, content, names",
    [("sqlite", "{", "broken.json"), ("sqlite", "", "broken.json"),
     *((kind, '{"users": [{"id": 1, "nonsense": 2}]}', "nonsense") for kind in ("sqlite", "postgresql"))],
)
def test_broken_import_file_is_one_sentence_and_keeps_nothing(build, short_folder, kind, content, names):
    file = short_folder / "broken.json"
    file.write_text(content)
    state = short_folder / "state"
    status, output = refused(build, "--state", state, "--database", kind, "--import", file)
    assert status == 1
    assert output.startswith(f"serve: cannot import {file}: ") and names in output
    assert output.count("\n") == 1
    assert not list(state.glob("innergate.db*")) and not (state / "postgresql").exists()
    assert processes_naming(str(state)) == []


def test_import_file_that_is_not_there(build, short_folder):
    status, output = refused(build, "--state", short_folder / "state", "--import", short_folder / "none.json")
    assert (status, output) == (1, f"serve: cannot read the file to import: {short_folder}/none.json\n")


@pytest.mark.parametrize(
    "arguments",
    [("--frobnicate", "x"), ("--state",), ("--internal-port", "0"), ("--internal-port", "http"), ("--database", "mysql"),
     ("--empty", "--import", "x"), ("--internal-port", "8080", "--public-port", "8080")],
)
def test_wrong_usage_has_a_status_of_its_own(build, short_folder, arguments):
    status, output = refused(build, *arguments, folder=short_folder)
    assert status == 2
    assert output.startswith("serve: ") and output.count("\n") == 1
    assert list(short_folder.iterdir()) == []


def test_state_folder_that_cannot_be_made(build, short_folder):
    (short_folder / "file").write_text("")
    status, output = refused(build, "--state", short_folder / "file" / "state")
    assert status == 1
    assert f"serve: cannot create the state folder {short_folder}/file/state" in output


def test_state_folder_in_use(build, short_folder):
    with Stack(build, state_dir=short_folder):
        status, output = refused(build, "--state", short_folder)
    assert (status, output) == (1, f"serve: another scripts/serve is running with the state folder {short_folder}\n")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stop_by_signal_leaves_nothing(build, short_folder, how):
    stack = Stack(build, state_dir=short_folder)
    stack.start()
    pids = stack.pids
    assert set(pids) == {"internal", "public", "nginx"}
    assert stack.stop(how) == 0
    assert not any(process_is_there(pid) for pid in pids.values())
    assert not list(short_folder.glob("*.pid")) and not (short_folder / "run").exists()
    assert processes_naming(str(short_folder)) == []


def test_killed_script_takes_everything_along(build, short_folder):
    stack = Stack(build, database="postgresql", state_dir=short_folder)
    stack.start()
    pids = stack.pids
    stack.process.kill()
    wait_until(lambda: not any(process_is_there(pid) for pid in pids.values()), what="the programs to end")
    # And the next start copes with what lies about.
    stack = Stack(build, database="postgresql", state_dir=short_folder)
    stack.start()
    assert stack.internal("GET", "/api/v4/internal/discover?key_id=7", stack.shell_headers()).status == 200
    assert stack.stop() == 0


def test_second_start_keeps_secrets_and_data(build, database, short_folder):
    first = Stack(build, database=database, state_dir=short_folder)
    first.start()
    secret = (short_folder / "shell_secret").read_bytes()
    assert (short_folder / "shell_secret").stat().st_mode & 0o777 == 0o600
    (short_folder / "one.json").write_text(
        json.dumps({"users": [{"id": 7, "username": "renamed", "name": "Renamed", "email": "rubi@example.com"}]})
    )
    first.admin("import", str(short_folder / "one.json"))
    first.stop()

    second = Stack(build, database=database, state_dir=short_folder)
    second.start()
    answer = second.internal("GET", "/api/v4/internal/discover?key_id=7", second.shell_headers())
    second.stop()
    assert (short_folder / "shell_secret").read_bytes() == secret
    # The demo data would have set it back.
    assert answer.json()["username"] == "renamed"


def test_empty_database_and_own_import(build, short_folder):
    file = short_folder / "mine.json"
    file.write_text(json.dumps({"users": [{"id": 5, "username": "five", "name": "Five", "email": "five@example.com"}]}))
    with Stack(build, arguments=["--empty"]) as empty:
        answer = empty.internal("GET", "/api/v4/internal/discover?username=five", empty.shell_headers())
        assert (answer.status, answer.body) == (200, b"null")
    with Stack(build, arguments=["--import", file]) as imported:
        answer = imported.internal("GET", "/api/v4/internal/discover?username=five", imported.shell_headers())
        assert answer.json()["id"] == 5
        assert imported.internal(
            "GET", "/api/v4/internal/discover?username=rubi", imported.shell_headers()
        ).body == b"null"


def test_database_given_by_its_address_gets_no_demo_data(build, short_folder):
    """Also when the environment names it: the address may be anyone's database."""
    theirs = short_folder / "theirs.db"
    with Stack(build, database="sqlite", environment={"INNERGATE_DATABASE_URL": f"sqlite:{theirs}"}) as stack:
        assert stack.internal("GET", "/-/readiness").status == 200
    assert not theirs.exists()


@pytest.mark.parametrize("inspector", ["local", "gitaly"])
def test_demo_projects_have_repositories_where_somebody_looks(build, short_folder, inspector):
    state, storage = short_folder / "state", short_folder / "repositories"
    storage.mkdir()
    with contextlib.ExitStack() as running:
        if inspector == "local":
            environment = {"INNERGATE_STORAGE_DEFAULT_PATH": str(storage)}
        else:
            gitaly = running.enter_context(Gitaly(build, storage, f"unix:{short_folder}/gitaly.socket"))
            environment = {"INNERGATE_STORAGE_DEFAULT_GITALY_ADDRESS": gitaly.address}
        stack = Stack(build, state_dir=state, environment=environment)
        for _ in range(2):  # the second start finds them
            stack.start()
            stack.stop()
            assert b"not made" not in stack.output
            made = sorted(path for path in storage.glob("@hashed/*/*/*.git") if (path / "HEAD").exists())
            assert len(made) == 9
        bare, clone = str(made[0]), str(short_folder / "clone")
        commands = (
            ["clone", "--quiet", bare, clone],
            ["-C", clone, "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "one", "--allow-empty"],
            ["-C", clone, "push", "--quiet", "origin", "HEAD:main"],
        )
        for command in commands:
            subprocess.run(["git", *command], check=True, timeout=60, capture_output=True)


def test_storage_out_of_reach_does_not_hold_up_the_start(build, short_folder):
    address = f"unix:{short_folder}/gitaly.socket"
    with Stack(build, environment={"INNERGATE_STORAGE_DEFAULT_GITALY_ADDRESS": address}) as stack:
        assert stack.internal("GET", "/-/readiness").status == 200
        assert b"The demo's repositories are not made: " in stack.output


def test_pool_that_dies_is_started_again(build):
    with Stack(build) as stack:
        for pool, ask in (("internal", lambda: stack.internal("GET", "/-/readiness").status == 200),
                          ("public", lambda: stack.public("GET", "/api/v4/namespaces/1/gitlab_subscription").status == 401)):
            before = stack.pids[pool]
            subprocess.run(["kill", "-KILL", str(before)], check=True)
            wait_until(ask, what=f"the {pool} pool to answer again")
            assert stack.pids[pool] != before


def test_printed_lines_work(build):
    with Stack(build) as stack:
        wait_until(lambda: "Ctrl-C" in read_more(stack), what="the examples")
        lines = [line.strip() for line in stack.output.decode().splitlines() if line.startswith("  curl ")]
        assert len(lines) == 5
        for line in lines:
            answer = subprocess.run(
                ["bash", "-c", line + " --silent --show-error --fail"], stdout=subprocess.PIPE, text=True, timeout=60
            )
            assert answer.returncode == 0, line
            assert isinstance(json.loads(answer.stdout), dict)


def read_more(stack):
    stack.output += stack.process.stdout.read1() if b"Ctrl-C" not in stack.output else b""
    return stack.output.decode()
