"""innergate-admin explain allowed: the access decision, without a server and without side effects."""

import contextlib
import pathlib
import sqlite3

import pytest

from operators_tool import OperatorsTool

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEW, OLD = "1" * 40, "0" * 40


@pytest.fixture
def tool(build, tmp_path):
    made = OperatorsTool(build, tmp_path)
    made.create_secrets()
    made.done("migrate")
    made.done("import", str(ROOT / "sql/seeds/demo.json"))
    return made


@pytest.fixture
def far(tool):
    """Nobody looks into the repositories."""
    with tool.settings_file.open("a") as file:
        file.write("[checks]\nlfs_objects = open\n[storage.default]\ninspector = none\n")
    return tool


def explain(tool, *arguments):
    return tool.json("explain", "allowed", *arguments)


def test_granted(far):
    said = explain(far, "--key-id", "7", "--project", "/gnuwget/wget2.git", "--action", "git-upload-pack")
    assert (said["actor"], said["repository"]) == ("key 7, user 7 rubi", "project-3 gnuwget/wget2")
    assert (said["allowed"], said["creates_project"]) == (True, False)
    assert "row" not in said
    outcomes = {step["row"]: step["outcome"] for step in said["steps"]}
    assert (outcomes["1"], outcomes["16"]) == ("passed", "passed")


def test_refused_shows_the_row_and_its_facts(far):
    far.done("protected-branch", "add", "--project", "group1/first", "--name", "main")
    said = explain(
        far, "--key-id", "7", "--gl-repository", "project-1", "--action", "git-receive-pack", "--changes",
        f"{NEW} {'2' * 40} refs/heads/main",
    )
    assert (said["allowed"], said["row"], said["status"]) == (False, said["steps"][-1]["row"], 401)
    assert said["steps"][-1]["outcome"] == "refused"
    assert said["steps"][-1]["ref"] == "refs/heads/main"
    assert next(step for step in said["steps"] if step["row"] == "13")["facts"]["role"] == "30"


def test_for_people(far):
    """Rows of other kinds of repositories are left out, unless they are asked for."""
    question = ("explain", "allowed", "--username", "rubi", "--project", "no/such", "--action", "git-upload-pack")
    said, whole = far.done(*question), far.done(*question, "--all")
    assert said.splitlines()[-1].startswith("refused by rule 12 with HTTP 404: The project you were looking for")
    assert "repository  none of that name" in said
    assert "not applicable" in whole and "not applicable" not in said


def test_checks_that_nobody_makes_are_named(far):
    said = explain(
        far, "--user-id", "7", "--gl-repository", "project-1", "--action", "git-receive-pack", "--changes",
        f"{OLD} {NEW} refs/heads/topic",
    )
    assert said["allowed"]
    assert [skipped["check"] for skipped in said["skipped_checks"]] == ["lfs_objects"]


def test_nothing_is_written(tool):
    """A push that creates a project is only said to do so; keys are not marked as used."""
    def dump():
        with contextlib.closing(sqlite3.connect(tool.database_file)) as database:
            return list(database.iterdump())

    before = dump()
    said = explain(tool, "--key-id", "11", "--project", "group1/fresh", "--action", "git-receive-pack")
    assert (said["allowed"], said["creates_project"]) == (True, True)
    explain(tool, "--key-id", "7", "--project", "gnuwget/wget2", "--action", "git-upload-pack")
    assert dump() == before
    assert not list(tool.repositories.iterdir())


@pytest.mark.parametrize("arguments", [
    ("--key-id", "7", "--project", "a/b"),
    ("--project", "a/b", "--action", "git-upload-pack"),
    ("--key-id", "7", "--action", "git-upload-pack"),
    ("--key-id", "7", "--username", "x", "--project", "a/b", "--action", "git-upload-pack"),
    ("--key-id", "7", "--project", "a/b", "--action", "git-fetch"),
])
def test_wrong_usage(tool, arguments):
    ran = tool.run("explain", "allowed", *arguments)
    assert ran.returncode == 2, ran.stdout
    assert ran.stderr
