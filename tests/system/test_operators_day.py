"""The commands of an operator's day in docs/operations.md, run as they stand there, on the demo data."""

import contextlib
import pathlib
import re
import shlex
import sqlite3

import pytest

from operators_tool import OperatorsTool

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What each command leaves behind: a query, and its only answer.
LEFT = {
    "user set rubi state=blocked": ("select state from users where username = 'rubi'", "blocked"),
    "user set rubi confirmed_at=now": ("select confirmed_at > '2026' from users where username = 'rubi'", 1),
    "user set rubi locked_at=": ("select locked_at from users where username = 'rubi'", None),
    "user set rubi admin=true": ("select admin from users where username = 'rubi'", 1),
    "user set rubi enterprise_group_id=gnuwget": (
        "select path from routes join users on users.enterprise_group_id = routes.source_namespace_id "
        "where username = 'rubi'", "gnuwget"),
    "project set gnuwget/wget2 archived=true": ("select archived from projects where path = 'wget2'", 1),
    "project set gnuwget/wget2 visibility=public": ("select visibility_level from projects where path = 'wget2'", 20),
    "group set gnuwget path=wget": (
        "select group_concat(path) from (select path from redirect_routes where path like 'gnuwget%' order by path)",
        "gnuwget,gnuwget/wget2"),
    "project set wget/wget2 namespace_id=group1 path=wget-two": (
        "select routes.path from redirect_routes join routes using (source_project_id) "
        "where redirect_routes.path = 'gnuwget/wget2'", "group1/wget-two"),
    "instance set file_size_limit_mb=200 gitlab_shell_operation_limit=1200": (
        "select file_size_limit_mb || ' ' || gitlab_shell_operation_limit from application_settings", "200 1200"),
    "instance set lfs_enabled=false": ("select lfs_enabled from application_settings", 0),
}


def documented_commands():
    section = (ROOT / "docs" / "operations.md").read_text().partition("### An operator's day\n")[2].partition("\n## ")[0]
    return re.findall(r"^innergate-admin (.+)$", section, re.MULTILINE)


@pytest.fixture
def tool(build, tmp_path):
    made = OperatorsTool(build, tmp_path)
    made.create_secrets()
    made.done("migrate")
    made.done("import", str(ROOT / "sql/seeds/demo.json"))
    return made


def test_documented_commands_do_what_is_said_of_them(tool):
    assert documented_commands() == list(LEFT)
    for command, (query, left) in LEFT.items():
        tool.done(*shlex.split(command))
        with contextlib.closing(sqlite3.connect(tool.database_file)) as database:
            assert database.execute(query).fetchone() == (left,), command


def test_whoever_has_the_old_path_goes_on(tool):
    """What gitlab-shell asks for a remote that was cloned before the group was renamed."""
    with tool.settings_file.open("a") as file:
        file.write("[checks]\nrepository_state = open\n[storage.default]\ninspector = none\n")
    question = ("explain", "allowed", "--key-id", "7", "--project", "/gnuwget/wget2.git", "--action", "git-upload-pack")
    assert tool.json(*question)["allowed"]
    tool.done("group", "set", "gnuwget", "path=wget")
    said = tool.json(*question)
    assert (said["allowed"], said["repository"]) == (True, "project-3 wget/wget2")
