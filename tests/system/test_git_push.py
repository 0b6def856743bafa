"""Real git pushes into a bare repository whose hooks ask the API, as Gitaly's do: what the pusher's terminal shows."""

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from gitaly_process import Gitaly
from running_stack import Stack, temporary_folder

HOOK = pathlib.Path(__file__).with_name("gitaly_hook.py")
PROJECT = 1  # group1/first: rubi (user 7) is a developer of its group, root (user 1) its owner
DEVELOPER, OWNER = "key-7", "user-1"
GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
PROTECTED_BRANCH = "You are not allowed to push code to protected branches on this project."


def git(folder, *arguments, environment=None):
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments],
        env={**os.environ, **GIT, **(environment or {})}, capture_output=True, text=True, timeout=120, check=False,
    )


def git_done(folder, *arguments):
    ran = git(folder, *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


class Repositories:
    """A bare repository of the project in a storage of the running system, and a clone of it with two commits."""

    def __init__(self, stack, storage, project=PROJECT):
        self.stack = stack
        self.project = project
        digest = hashlib.sha256(str(project).encode()).hexdigest()
        self.relative_path = f"@hashed/{digest[:2]}/{digest[2:4]}/{digest}.git"
        self.bare = storage / self.relative_path
        self.clone = storage.parent / "clone"
        git_done(storage, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        git_done(self.bare, "config", "receive.advertisePushOptions", "true")
        for name in ("pre-receive", "post-receive"):
            hook = self.bare / "hooks" / name
            hook.write_text(f"#!/bin/sh\nexec {sys.executable} {HOOK} {name}\n")
            hook.chmod(0o755)
        git_done(storage, "init", "--quiet", "--initial-branch=main", str(self.clone))
        self.commits = [self.commit("main", text) for text in ("one", "two")]

    def commit(self, branch, text, base=None):
        """A commit on top of the branch, or of base."""
        if base is not None:
            git_done(self.clone, "checkout", "--quiet", "-B", branch, base)
        (self.clone / "file").write_text(text)
        git_done(self.clone, "add", "file")
        git_done(self.clone, "commit", "--quiet", "-m", text)
        return git_done(self.clone, "rev-parse", "HEAD")

    def push(self, who, *refspecs):
        environment = {
            "GL_ID": who, "GL_REPOSITORY": f"project-{self.project}", "GL_PROTOCOL": "ssh",
            "GL_RELATIVE_PATH": self.relative_path, "GITLAB_URL": self.stack.internal_url,
            "GITLAB_TOKEN": self.stack.admin("jwt", "shell").strip(),
        }
        return git(self.clone, "push", *refspecs[:-1], str(self.bare), refspecs[-1], environment=environment)

    def refs(self):
        lines = git_done(self.bare, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return dict(line.split() for line in lines)

    def refused(self, who, *refspecs):
        """What the pusher was told; nothing may have come of the push."""
        before = self.refs()
        pushed = self.push(who, *refspecs)
        assert pushed.returncode != 0, pushed.stderr
        assert "pre-receive hook declined" in pushed.stderr
        assert self.refs() == before
        return [line.removeprefix("remote: ").rstrip() for line in pushed.stderr.splitlines() if "remote: GitLab:" in line]


@pytest.fixture(scope="module", params=["local", "gitaly"])
def served(request, build, database):
    """The running system with a storage, and a project with a protected branch and protected tags."""
    folder = temporary_folder()
    storage = folder / "repositories"
    storage.mkdir()
    with contextlib.ExitStack() as running:
        if request.param == "local":
            environment = {"INNERGATE_STORAGE_DEFAULT_PATH": str(storage)}
        else:
            gitaly = running.enter_context(Gitaly(build, storage, f"unix:{folder}/gitaly.socket"))
            environment = {"INNERGATE_STORAGE_DEFAULT_GITALY_ADDRESS": gitaly.address}
        stack = running.enter_context(Stack(build, database=database, environment=environment))
        stack.admin("protected-branch", "add", "--project", "group1/first", "--name", "main")
        stack.admin("protected-tag", "add", "--project", "group1/first", "--name", "v*")
        yield stack, storage
    shutil.rmtree(folder)


@pytest.fixture
def repositories(served):
    stack, storage = served
    made = Repositories(stack, storage)
    git_done(made.bare, "fetch", "--quiet", str(made.clone), "main:main")
    yield made
    shutil.rmtree(made.bare)
    shutil.rmtree(made.clone)


def jobs(stack):
    return json.loads(stack.admin("--json", "jobs", "list"))


def test_branch_passes_and_is_told_to_the_hooks(repositories):
    queued = {job["id"] for job in jobs(repositories.stack)}
    commit = repositories.commit("topic", "three", base="main")
    pushed = repositories.push(DEVELOPER, "-o", "ci.skip", "topic")
    assert pushed.returncode == 0, pushed.stderr
    assert repositories.refs()["refs/heads/topic"] == commit
    assert "remote: Hello from post-receive" in pushed.stderr
    new = [job for job in jobs(repositories.stack) if job["id"] not in queued]
    assert [job["gl_repository"] for job in new] == ["project-1"]
    shown = json.loads(repositories.stack.admin("--json", "jobs", "show", str(new[0]["id"])))
    assert commit in json.dumps(shown) and "ci" in json.dumps(shown)


def test_owner_moves_protected_branch_forward(repositories):
    """That it is no force push is seen only by who looks into the quarantine."""
    commit = repositories.commit("main", "three")
    pushed = repositories.push(OWNER, "main")
    assert pushed.returncode == 0, pushed.stderr
    assert repositories.refs()["refs/heads/main"] == commit


def test_developer_does_not_push_to_protected_branch(repositories):
    repositories.commit("main", "three")
    assert repositories.refused(DEVELOPER, "main") == [f"GitLab: {PROTECTED_BRANCH}"]


@pytest.mark.parametrize("who", [DEVELOPER, OWNER])
def test_nobody_force_pushes_protected_branch(repositories, who):
    repositories.commit("other", "three", base=repositories.commits[0])
    assert repositories.refused(who, "--force", "other:main") == [
        "GitLab: You are not allowed to force push code to a protected branch on this project."
    ]


def test_other_branches_may_be_forced(repositories):
    repositories.commit("topic", "three", base="main")
    assert repositories.push(DEVELOPER, "topic").returncode == 0
    commit = repositories.commit("topic", "four", base=repositories.commits[0])
    assert repositories.push(DEVELOPER, "--force", "topic").returncode == 0
    assert repositories.refs()["refs/heads/topic"] == commit


def test_protected_tag(repositories):
    git_done(repositories.clone, "tag", "v1")
    assert repositories.refused(DEVELOPER, "v1") == [
        "GitLab: You are not allowed to create this tag as it is protected."
    ]
    assert repositories.push(OWNER, "v1").returncode == 0


def test_one_bad_ref_refuses_the_whole_push(repositories):
    repositories.commit("main", "three")
    git_done(repositories.clone, "branch", "good")
    assert repositories.refused(DEVELOPER, "--all") == [f"GitLab: {PROTECTED_BRANCH}"]


def test_default_branch_is_not_deleted(repositories):
    assert repositories.refused(OWNER, ":main") == [
        "GitLab: The default branch of a project cannot be deleted."
    ]


def test_person_without_a_part_in_the_project_is_told_nothing(repositories):
    git_done(repositories.clone, "branch", "topic")
    assert repositories.refused("user-29", "topic") == [
        "GitLab: The project you were looking for could not be found or you don't have permission to view it."
    ]


def test_archived_project(repositories, tmp_path):
    rows = json.loads(repositories.stack.admin("--json", "project", "show", "group1/first"))
    project = {"id": rows["id"], "namespace_id": 1, "path": "first", "name": "first"}
    file = tmp_path / "archive.json"
    git_done(repositories.clone, "branch", "topic")
    try:
        file.write_text(json.dumps({"projects": [{**project, "archived": True}]}))
        repositories.stack.admin("import", str(file))
        assert repositories.refused(OWNER, "topic") == [
            "GitLab: You can't push code to an archived project."
        ]
    finally:
        file.write_text(json.dumps({"projects": [{**project, "archived": False}]}))
        repositories.stack.admin("import", str(file))
    assert repositories.push(OWNER, "topic").returncode == 0


NEW_PROJECT = 4242


@pytest.fixture
def new_project(served, tmp_path):
    """A project that nobody has pushed to, in the group of the other one."""
    stack, storage = served
    file = tmp_path / "project.json"
    row = {"id": NEW_PROJECT, "namespace_id": 1, "path": "fresh", "name": "fresh", "empty_repo": True}
    file.write_text(json.dumps({"projects": [row]}))
    stack.admin("import", str(file))
    made = Repositories(stack, storage, NEW_PROJECT)
    yield made
    shutil.rmtree(made.bare)
    shutil.rmtree(made.clone)


def test_first_push_makes_the_default_branch(new_project, tmp_path):
    pushed = new_project.push(OWNER, "main:master")
    assert pushed.returncode == 0, pushed.stderr
    clone = tmp_path / "clone"
    cloned = git(tmp_path, "clone", str(new_project.bare), str(clone))
    assert cloned.returncode == 0 and "nonexistent ref" not in cloned.stderr, cloned.stderr
    assert git_done(clone, "branch", "--show-current") == "master"
    assert (clone / "file").read_text() == "two"

    assert new_project.refused(DEVELOPER, ":master") == ["GitLab: The default branch of a project cannot be deleted."]
    new_project.commit("other", "three", base=new_project.commits[0])
    assert new_project.refused(DEVELOPER, "--force", "other:master") == [
        "GitLab: You are not allowed to force push code to a protected branch on this project."
    ]
    explained = json.loads(new_project.stack.admin(
        "--json", "explain", "allowed", "--user-id", "7", "--gl-repository", f"project-{NEW_PROJECT}",
        "--action", "git-receive-pack", "--changes", f"{new_project.commits[1]} {'0' * 40} refs/heads/master",
    ))
    assert (explained["allowed"], explained["row"]) == (False, "B1")

    new_project.stack.admin("jobs", "run", "--once")
    assert git_done(new_project.bare, "symbolic-ref", "HEAD") == "refs/heads/master"
