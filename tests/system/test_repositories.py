"""innergate-admin repository, and what project add and show say of repositories, whoever looks into them."""

import contextlib
import hashlib
import pathlib
import sqlite3
import subprocess

import pytest

from gitaly_process import Gitaly
from operators_tool import OperatorsTool

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 60
SNIPPETS = (
    "insert into snippets (id, type, title, author_id, project_id, repository_exists) values "
    "(7, 'PersonalSnippet', 'mine', 7, null, false), (8, 'ProjectSnippet', 'ours', 7, 3, false)"
)


def hashed(number, root="@hashed", suffix=""):
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return f"{root}/{digest[:2]}/{digest[2:4]}/{digest}{suffix}.git"


def git(*arguments):
    return subprocess.run(["git", *arguments], capture_output=True, text=True, timeout=SECONDS, check=True).stdout.strip()


class Looker:
    """The tool with the demo data, and whoever looks into its storage."""

    def __init__(self, tool, inspector):
        self.tool, self.inspector = tool, inspector

    def __getattr__(self, name):
        return getattr(self.tool, name)

    def run_sql(self, statement):
        with contextlib.closing(sqlite3.connect(self.database_file)) as database, database:
            return database.execute(statement).fetchall()

    def row(self, table, number):
        empty = "empty_repo" if table == "projects" else "null"
        return self.run_sql(f"select repository_exists, {empty}, default_branch from {table} where id = {number}")[0]

    def bare(self, relative_path):
        return self.repositories / relative_path

    def fill(self, relative_path, branch="main"):
        """One commit on that branch, as a push brings it."""
        bare = str(self.bare(relative_path))
        tree = git("-C", bare, "hash-object", "-w", "-t", "tree", "/dev/null")
        commit = git("-C", bare, "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "first", tree)
        git("-C", bare, "update-ref", f"refs/heads/{branch}", commit)


@pytest.fixture
def tool(build, short_folder):
    made = OperatorsTool(build, short_folder)
    made.create_secrets()
    made.done("migrate")
    made.done("import", str(ROOT / "sql/seeds/demo.json"))
    with contextlib.closing(sqlite3.connect(made.database_file)) as database, database:
        database.execute(SNIPPETS)
    return made


def set_storage(tool, text):
    with tool.settings_file.open("a") as file:
        file.write(f"[storage.default]\n{text}\n")


@pytest.fixture(params=["local", "gitaly"])
def looker(request, tool, build):
    with contextlib.ExitStack() as running:
        if request.param == "local":
            yield Looker(tool, f"local in {tool.repositories}")
            return
        gitaly = running.enter_context(Gitaly(build, tool.repositories, f"unix:{tool.folder}/gitaly.socket"))
        set_storage(tool, f"inspector = gitaly\ngitaly_address = {gitaly.address}")
        yield Looker(tool, f"gitaly at {gitaly.address}")


@pytest.fixture
def nobody(tool):
    set_storage(tool, "inspector = none")
    return Looker(tool, "nobody")


class TestCreateAndShow:
    @pytest.mark.parametrize(("name", "gl_repository", "path", "relative_path"), [
        ("gnuwget/wget2", "project-3", "gnuwget/wget2", hashed(3)),
        ("/gnuwget/wget2.git", "project-3", "gnuwget/wget2", hashed(3)),
        ("project-3", "project-3", "gnuwget/wget2", hashed(3)),
        ("gnuwget/wget2.wiki", "wiki-3", "gnuwget/wget2.wiki", hashed(3, suffix=".wiki")),
        ("wiki-3", "wiki-3", "gnuwget/wget2.wiki", hashed(3, suffix=".wiki")),
        ("snippets/7", "snippet-7", "snippets/7", hashed(7, "@snippets")),
        ("snippet-8", "snippet-8", "gnuwget/wget2/snippets/8", hashed(8, "@snippets")),
        ("gnuwget/wget2/snippets/8.git", "snippet-8", "gnuwget/wget2/snippets/8", hashed(8, "@snippets")),
    ])
    def test_by_each_name(self, looker, name, gl_repository, path, relative_path):
        where = {
            "gl_repository": gl_repository, "path": path, "storage": "default", "relative_path": relative_path,
            "inspector": looker.inspector,
        }
        assert looker.json("repository", "show", name) == {
            **where, "exists": False, "empty": None, "default_branch": None, "source": "storage",
        }
        made = {**where, "exists": True, "empty": True, "default_branch": "main", "source": "storage"}
        assert looker.json("repository", "create", name) == {"result": "created", **made}
        assert git("-C", str(looker.bare(relative_path)), "symbolic-ref", "HEAD") == "refs/heads/main"
        assert looker.json("repository", "show", name) == made
        assert looker.json("repository", "create", name) == {"result": "was_there", **made}

    def test_for_people(self, looker):
        assert looker.done("repository", "create", "gnuwget/wget2") == (
            "project-3 gnuwget/wget2: created, default branch main\n"
        )
        assert looker.done("repository", "create", "gnuwget/wget2") == (
            "project-3 gnuwget/wget2: was there, default branch main\n"
        )
        assert looker.done("repository", "show", "gnuwget/wget2") == (
            f"gl_repository: project-3\npath: gnuwget/wget2\nstorage: default\nrelative_path: {hashed(3)}\n"
            f"inspector: {looker.inspector}\nexists: yes\nempty: yes\ndefault_branch: main\n"
        )

    def test_row_gets_the_true_state(self, looker):
        """The demo data says of each project that it has a repository which is not empty."""
        looker.run_sql("update projects set repository_exists = false, empty_repo = false where id = 3")
        looker.done("repository", "create", "project-3")
        assert looker.row("projects", 3) == (1, 1, "main")
        looker.fill(hashed(3))
        looker.done("repository", "create", "project-3")
        assert looker.row("projects", 3) == (1, 0, "main")
        looker.done("repository", "create", "snippet-7")
        assert looker.row("snippets", 7) == (1, None, None)
        assert looker.json("repository", "show", "project-3")["empty"] is False

    def test_default_branch(self, looker):
        """The named one, else that of the row, else main."""
        looker.run_sql("update projects set default_branch = null where id in (1, 2)")
        looker.run_sql("update projects set default_branch = 'trunk' where id = 3")
        assert looker.json("repository", "create", "project-1", "--default-branch", "next")["default_branch"] == "next"
        assert looker.row("projects", 1) == (1, 1, "next")
        assert looker.json("repository", "create", "project-2")["default_branch"] == "main"
        assert looker.row("projects", 2) == (1, 1, None)  # the first push decides
        assert looker.json("repository", "create", "project-3")["default_branch"] == "trunk"
        assert looker.json("repository", "create", "project-3", "--default-branch", "x")["default_branch"] == "trunk"

    @pytest.mark.parametrize("name", [
        "gnuwget/none", "none", "none.wiki", "snippets/99", "snippets/8", "project-99", "wiki-99", "snippet-99", "design-99",
        "../../etc", "",
    ])
    def test_name_of_nothing(self, looker, name):
        for command in ("show", "create"):
            assert f"there is no project, wiki or snippet {name}" in looker.refused("repository", command, name)
        assert not list(looker.repositories.iterdir())

    def test_designs_are_left_alone(self, looker):
        for name in ("gnuwget/wget2.design", "design-3"):
            assert "designs get their repository with the first one" in looker.refused("repository", "create", name)

    def test_something_else_in_its_place(self, looker):
        looker.bare(hashed(3)).parent.mkdir(parents=True)
        looker.bare(hashed(3)).write_text("no repository")
        assert looker.refused("repository", "create", "project-3").startswith("innergate-admin: ")
        assert looker.row("projects", 3) == (1, 0, "main")  # as it was

    def test_branch_that_cannot_be(self, looker):
        assert looker.refused("repository", "create", "project-3", "--default-branch", "a..b")


def test_failed_look_still_tells_the_place(tool):
    address = f"unix:{tool.folder}/gitaly.socket"
    set_storage(tool, f"inspector = gitaly\ngitaly_address = {address}")
    ran = tool.run("repository", "show", "project-3")
    assert ran.returncode == 1
    assert f"relative_path: {hashed(3)}\n" in ran.stdout and "exists: not known\n" in ran.stdout
    assert "Gitaly: RepositoryExists: unavailable" in ran.stderr
    assert "Gitaly: " in tool.refused("repository", "create", "project-3")


class TestNobodyLooks:
    def test_show_gives_the_word_of_the_database(self, nobody):
        said = nobody.json("repository", "show", "project-3")
        assert (said["inspector"], said["source"]) == ("nobody", "database")
        assert (said["exists"], said["empty"], said["default_branch"]) == (True, False, "main")
        assert "exists: yes  (as the database has it)\n" in nobody.done("repository", "show", "project-3")

    def test_nothing_is_known_of_wikis(self, nobody):
        said = nobody.json("repository", "show", "wiki-3")
        assert (said["exists"], said["empty"], said["default_branch"], said["source"]) == (None,) * 4

    def test_create_and_missing_are_refused(self, nobody):
        complaint = "innergate-admin: the storage default has no inspector\n"
        assert nobody.refused("repository", "create", "project-3") == complaint
        assert nobody.refused("repository", "list", "--missing") == complaint


class TestList:
    def test_all(self, nobody):
        listed = nobody.json("repository", "list")
        assert [entry["gl_repository"] for entry in listed][-3:] == ["project-111", "snippet-7", "snippet-8"]
        assert listed[2] == {
            "gl_repository": "project-3", "path": "gnuwget/wget2", "storage": "default", "relative_path": hashed(3),
        }
        lines = nobody.done("repository", "list").splitlines()
        assert len(lines) == len(listed) and lines[2].split() == ["project-3", "default", hashed(3), "gnuwget/wget2"]

    def test_of_a_storage(self, nobody):
        nobody.run_sql("update projects set repository_storage = 'far', disk_path = 'old/place' where id = 3")
        assert nobody.json("repository", "list", "--storage", "far") == [
            {"gl_repository": "project-3", "path": "gnuwget/wget2", "storage": "far", "relative_path": "old/place.git"},
        ]
        assert nobody.json("repository", "list", "--storage", "none") == []

    def test_missing(self, looker):
        everything = looker.json("repository", "list")
        assert looker.json("repository", "list", "--missing") == everything
        for name in ("project-1", "snippet-8"):
            looker.done("repository", "create", name)
        missing = [entry["gl_repository"] for entry in looker.json("repository", "list", "--missing")]
        assert missing == [e["gl_repository"] for e in everything if e["gl_repository"] not in ("project-1", "snippet-8")]

    def test_pages(self, nobody):
        nobody.run_sql(
            "with recursive n(n) as (select 1000 union all select n + 1 from n where n < 2600) "
            "insert into projects (id, namespace_id, name, path) select n, 2, 'p' || n, 'p' || n from n"
        )
        numbers = [entry["gl_repository"] for entry in nobody.json("repository", "list")]
        assert len(numbers) == len(set(numbers)) == 9 + 1601 + 2

    def test_storage_out_of_reach_is_given_up(self, tool):
        set_storage(tool, f"inspector = gitaly\ngitaly_address = unix:{tool.folder}/gitaly.socket")
        lines = tool.refused("repository", "list", "--missing").splitlines()
        assert len(lines) == 6 and lines[0].startswith("innergate-admin: project-1: Gitaly: ")
        assert lines[-1] == "innergate-admin: the storage default is not asked any further"


class TestProjects:
    def test_new_one_has_no_repository(self, looker):
        added = looker.json("project", "add", "--path", "gnuwget/fresh")
        number = added["id"]
        assert (added["repository_storage"], added["relative_path"]) == ("default", hashed(number))
        assert looker.row("projects", number) == (0, 1, None)
        assert looker.json("repository", "show", "gnuwget/fresh")["exists"] is False

    def test_new_one_with_its_repository(self, looker):
        number = looker.json(
            "project", "add", "--path", "gnuwget/fresh", "--create-repository", "--default-branch", "trunk"
        )["id"]
        assert looker.row("projects", number) == (1, 1, "trunk")
        assert git("-C", str(looker.bare(hashed(number))), "symbolic-ref", "HEAD") == "refs/heads/trunk"
        asked = ("explain", "allowed", "--key-id", "11", "--project", "gnuwget/fresh", "--action", "git-upload-pack")
        assert {step["row"]: step["outcome"] for step in looker.json(*asked)["steps"]}.get("15", "") != "refused"

    def test_repository_that_fails_leaves_the_project(self, nobody):
        complaint = nobody.refused("project", "add", "--path", "gnuwget/fresh", "--create-repository")
        number = nobody.json("project", "show", "gnuwget/fresh")["id"]
        assert complaint == (
            f"innergate-admin: the project is there as project-{number}, but without a repository: the storage default "
            f"has no inspector; `repository create project-{number}` tries again\n"
        )
        assert nobody.row("projects", number) == (0, 1, None)

    def test_show_names_the_place(self, nobody):
        shown = nobody.json("project", "show", "gnuwget/wget2")
        assert (shown["repository_storage"], shown["relative_path"]) == ("default", hashed(3))
        assert f"relative_path: {hashed(3)}\n" in nobody.done("project", "show", "gnuwget/wget2")
        nobody.run_sql("update projects set disk_path = 'old/place' where id = 3")
        assert nobody.json("project", "show", "gnuwget/wget2")["relative_path"] == "old/place.git"

    def test_push_into_one_without_a_repository_is_refused(self, nobody):
        nobody.done("project", "add", "--path", "group1/fresh")
        said = nobody.json(
            "explain", "allowed", "--key-id", "11", "--project", "group1/fresh", "--action", "git-receive-pack"
        )
        assert (said["allowed"], said["row"], said["message"]) == (
            False, "15", "A repository for this project does not exist yet."
        )


@pytest.mark.parametrize("arguments", [
    (), ("show",), ("create",), ("show", "a/b", "c/d"), ("list", "a/b"), ("list", "--storage"), ("remove", "a/b"),
])
def test_wrong_usage(tool, arguments):
    ran = tool.run("repository", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr
