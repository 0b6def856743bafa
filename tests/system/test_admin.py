"""innergate-admin: its exit statuses and help, and the subcommands migrate, secret, jwt and settings."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import sqlite3
import stat
import subprocess
import time
import urllib.parse
import uuid

import pytest

from operators_tool import OperatorsTool

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIGRATIONS = sorted(file.stem for file in (ROOT / "sql" / "migrations").glob("*.sql"))
SECRET_KINDS = ("shell", "kas", "db-key-base")


@pytest.fixture
def tool(build, tmp_path):
    return OperatorsTool(build, tmp_path)


def subcommands_of(help_text):
    """The names that the help lists under Subcommands."""
    _, _, listed = help_text.partition("Subcommands:\n")
    return re.findall(r"^  ([a-z][a-z-]*)(?: |$)", listed, re.MULTILINE)


def all_commands(tool, command=()):
    yield command
    for name in subcommands_of(tool.done(*command, "--help")):
        yield from all_commands(tool, (*command, name))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
class TestRoot:
    def test_new_database_belongs_to_the_owner_of_its_folder(self, build, short_folder):
        """As /var/lib/innergate does, whose owner the pools run as. The same for what SQLite keeps beside it."""
        shutil.chown(short_folder, "nobody")
        tool = OperatorsTool(build, short_folder)
        tool.done("migrate")
        with contextlib.closing(sqlite3.connect(tool.database_file)):
            tool.done("group", "list")
            files = list(short_folder.glob(f"{tool.database_file.name}*"))
            assert files and {file.owner() for file in files} == {"nobody"}
        assert stat.S_IMODE(tool.database_file.stat().st_mode) == 0o640

    def test_file_that_is_there_already_stays_its_owners(self, build, short_folder):
        tool = OperatorsTool(build, short_folder)
        tool.database_file.touch()
        shutil.chown(short_folder, "nobody")
        tool.done("migrate")
        assert tool.database_file.owner() == "root"


class TestCommandLine:
    def test_every_subcommand_has_help(self, tool):
        commands = list(all_commands(tool))
        assert {("migrate",), ("jwt", "shell"), ("secret", "create", "db-key-base"), ("doctor",)} <= set(commands)
        for command in commands:
            text = tool.done(*command, "--help")
            assert "Usage:" in text and "--help" in text, command
            assert len(text.split("\n\n")[0]) > 10 or command == (), f"{command} does not say what it does"

    def test_version(self, tool):
        assert re.fullmatch(r"\d+\.\d+\.\d+\n", tool.done("--version"))

    @pytest.mark.parametrize(
        "arguments",
        [
            (), ("nothing",), ("migrate", "--nothing"), ("migrate", "--status", "--dry-run"), ("migrate", "extra"), ("jwt",),
            ("jwt", "nobody"), ("jwt", "shell", "--lifetime", "0"), ("jwt", "shell", "--lifetime", "x"), ("secret",),
            ("secret", "create"), ("secret", "create", "nothing"), ("secret", "create", "shell", "--file"), ("settings",),
            ("settings", "--example", "--markdown"), ("--config",), ("migrate", "--limits-nothing", "1"),
        ],
        ids=" ".join,
    )
    def test_wrong_usage_is_status_2(self, tool, arguments):
        ran = tool.run(*arguments)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr
        assert not tool.database_file.exists()

    def test_wrong_settings_are_all_named(self, tool):
        complaint = tool.refused("migrate", "--limits-max-json-depth", "deep", "--logging-level", "loud")
        assert "limits.max_json_depth = 'deep'" in complaint
        assert "logging.level = 'loud'" in complaint
        assert not tool.database_file.exists()

    def test_missing_settings_file(self, tool):
        ran = tool.run("migrate", settings_file="/nonexistent/innergate.conf")
        assert ran.returncode == 1
        assert "/nonexistent/innergate.conf" in ran.stderr

    def test_settings_may_stand_behind_the_subcommand(self, tool):
        elsewhere = tool.folder / "elsewhere.db"
        tool.done("migrate", "--database-url", f"sqlite:{elsewhere}")
        assert elsewhere.exists() and not tool.database_file.exists()

    def test_answer_that_cannot_be_written_is_a_failure(self, tool):
        with open("/dev/full", "w") as full:
            ran = subprocess.run(
                tool.command("settings", "--example"), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
            )
        assert ran.returncode == 1
        assert "could not be written" in ran.stderr


class TestSettings:
    def test_example_is_the_installed_one(self, tool):
        assert tool.done("settings", "--example") == (ROOT / "systemd" / "innergate.conf").read_text()

    def test_markdown_is_the_page_of_the_documentation(self, tool):
        """If not: innergate-admin settings --markdown > docs/configuration.md"""
        assert tool.done("settings", "--markdown") == (ROOT / "docs" / "configuration.md").read_text()

    def test_neither_reads_the_settings(self, tool):
        tool.settings_file.write_text("[limits]\nmax_body_bytes = nonsense\n")
        tool.done("settings", "--example")


class TestSecret:
    @pytest.fixture(autouse=True)
    def files(self, tool):
        self.file_of = {"shell": tool.shell_secret, "kas": tool.kas_secret, "db-key-base": tool.db_key_base}

    @pytest.mark.parametrize("kind", SECRET_KINDS)
    def test_file_is_for_its_owner_only(self, tool, kind):
        before = os.umask(0)
        try:
            answer = tool.done("secret", "create", kind)
        finally:
            os.umask(before)
        status = self.file_of[kind].stat()
        assert stat.filemode(status.st_mode) == "-rw-------"
        assert status.st_uid == os.geteuid()
        assert str(self.file_of[kind]) in answer
        assert self.file_of[kind].read_text().strip() not in answer

    def test_contents_have_the_form_that_the_clients_read(self, tool):
        tool.create_secrets()
        assert re.fullmatch(r"[0-9a-f]{64}\n", tool.shell_secret.read_text())
        assert len(base64.b64decode(tool.kas_secret.read_text().strip(), validate=True)) == 32
        assert re.fullmatch(r"[0-9a-f]{128}\n", tool.db_key_base.read_text())

    def test_each_is_another(self, tool):
        for name in ("a", "b"):
            tool.done("secret", "create", "shell", "--file", str(tool.folder / name))
        assert (tool.folder / "a").read_text() != (tool.folder / "b").read_text()
        assert not tool.shell_secret.exists()

    @pytest.mark.parametrize("kind", SECRET_KINDS)
    def test_existing_file_is_never_overwritten(self, tool, kind):
        self.file_of[kind].write_text("precious")
        assert "exists already" in tool.refused("secret", "create", kind)
        assert self.file_of[kind].read_text() == "precious"

    def test_link_to_nowhere_is_not_followed(self, tool):
        tool.shell_secret.symlink_to(tool.folder / "target")
        assert "exists already" in tool.refused("secret", "create", "shell")
        assert not (tool.folder / "target").exists()

    def test_of_many_at_once_one_wins(self, tool):
        processes = [tool.start("secret", "create", "shell") for _ in range(6)]
        statuses = sorted((process.communicate(timeout=60), process.returncode)[1] for process in processes)
        assert statuses == [0, 1, 1, 1, 1, 1]
        assert re.fullmatch(r"[0-9a-f]{64}\n", tool.shell_secret.read_text())

    def test_missing_folder(self, tool):
        complaint = tool.refused("secret", "create", "shell", "--file", str(tool.folder / "none" / "secret"))
        assert "folder does not exist" in complaint
        assert not (tool.folder / "none").exists()

    def test_secret_without_a_configured_file(self, tool):
        assert "secrets.kas_secret_file is not set" in tool.refused("secret", "create", "kas", "--secrets-kas-secret-file", "")

    def test_json(self, tool):
        assert tool.json("secret", "create", "kas") == {"created": str(tool.kas_secret)}


def decode(segment):
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def claims_of(token, key):
    """The claims of a token whose signature fits."""
    header, payload, signature = token.split(".")
    assert json.loads(decode(header)) == {"alg": "HS256", "typ": "JWT"}
    assert decode(signature) == hmac.new(key, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    return json.loads(decode(payload))


class TestJwt:
    def test_shell_token(self, tool):
        tool.create_secrets()
        before = int(time.time())
        answer = tool.done("jwt", "shell")
        assert answer.count("\n") == 1
        claims = claims_of(answer.strip(), tool.shell_secret.read_bytes().strip())
        assert claims.keys() == {"iss", "iat", "exp"}
        assert claims["iss"] == "gitlab-shell"
        assert before <= claims["iat"] <= time.time()
        assert claims["exp"] == claims["iat"] + 60

    def test_kas_token_is_signed_with_the_decoded_secret(self, tool):
        tool.create_secrets()
        answer = tool.json("jwt", "kas", "--lifetime", "5")
        claims = claims_of(answer["token"], base64.b64decode(tool.kas_secret.read_bytes()))
        assert (claims["iss"], claims["aud"], claims["exp"] - claims["iat"]) == ("gitlab-kas", ["gitlab"], 5)
        assert (answer["header"], answer["lifetime"]) == ("Gitlab-Kas-Api-Request", 5)

    @pytest.mark.parametrize(
        "content, mode, complaint",
        [(None, 0, "does not exist"), ("", 0o600, "is empty"), (" \n", 0o600, "is empty"), ("secret", 0o644, "is open to other")],
        ids=["missing", "empty", "blank", "world-readable"],
    )
    def test_unusable_shell_secret(self, tool, content, mode, complaint):
        if content is not None:
            tool.shell_secret.write_text(content)
            tool.shell_secret.chmod(mode)
        text = tool.refused("jwt", "shell")
        assert complaint in text and str(tool.shell_secret) in text

    @pytest.mark.parametrize("content", ["not base64", base64.b64encode(b"x" * 31).decode()], ids=["text", "31 bytes"])
    def test_unusable_kas_secret(self, tool, content):
        tool.kas_secret.write_text(content)
        tool.kas_secret.chmod(0o600)
        text = tool.refused("jwt", "kas")
        assert "base64 of 32 bytes" in text and content not in text


class TestLfsToken:
    """With tokens made by another program, from the documented derivation alone."""

    PASSWORD_HASH = "$2b$10$abcdefghijklmnopqrstuv0123456789ABCDEFG"
    FINGERPRINT = "m3r8bZA8X8wJaQQ4vUiwA7eac5x7JGLT8z9MKULi614"

    @pytest.fixture
    def stocked(self, tool):
        tool.create_secrets()
        tool.done("migrate")
        document = tool.folder / "rows.json"
        user = {"id": 7, "username": "rubi", "name": "Rubi", "email": "rubi@example.com"}
        key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQbCFzbCxAPlA6D5/K6sGHzNWsv61T/VLS1/HTJbmY2"
        document.write_text(json.dumps({
            "users": [{**user, "encrypted_password": self.PASSWORD_HASH}],
            "keys": [
                {"id": 11, "type": "DeployKey", "title": "t", "key": key, "fingerprint_sha256": self.FINGERPRINT}
            ],
        }))
        tool.done("import", str(document))
        return tool

    @staticmethod
    def token(tool, actor, label, **claims):
        now = int(time.time())
        content = {"data": {"actor": actor}, "jti": "x", "iat": now, "nbf": now - 5, "exp": now + 1800, **claims}
        key = hmac.new(tool.db_key_base.read_bytes().strip(), label.encode(), hashlib.sha256).digest()
        parts = [
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
            for part in ({"alg": "HS256", "typ": "JWT"}, content)
        ]
        signature = hmac.new(key, b".".join(parts), hashlib.sha256).digest()
        return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()

    def test_good_ones(self, stocked):
        token = self.token(stocked, "rubi", f"lfs-token:user:7:{self.PASSWORD_HASH[-16:]}")
        said = stocked.done("lfs-token", "verify", token, "--username", "rubi")
        assert re.fullmatch(r"good for rubi until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z\n", said)
        answer = stocked.json("lfs-token", "verify", token, "--username", "RUBI")
        assert (answer["valid"], answer["actor"]) == (True, "rubi")
        name = "lfs+deploy-key-11"
        token = self.token(stocked, name, f"lfs-token:deploy-key:11:{self.FINGERPRINT[:16]}")
        assert stocked.json("lfs-token", "verify", token, "--username", name)["actor"] == name

    def test_others(self, stocked):
        label = f"lfs-token:user:7:{self.PASSWORD_HASH[-16:]}"
        past = int(time.time()) - 3600
        for token, username, reason in (
            (self.token(stocked, "rubi", label), "nobody", "nobody has that user name"),
            (self.token(stocked, "rubi", label), "lfs+deploy-key-11x", "nobody has that user name"),
            (self.token(stocked, "rubi", label), "lfs+deploy-key-11", "signature does not match"),
            (self.token(stocked, "rubi", "lfs-token:user:7:"), "rubi", "signature does not match"),
            (self.token(stocked, "root", label), "rubi", "made for another actor"),
            (self.token(stocked, "rubi", label, exp=past), "rubi", "expired"),
            ("x", "rubi", "not three parts"),
        ):
            complaint = stocked.refused("lfs-token", "verify", token, "--username", username)
            assert complaint == f"innergate-admin: the token is not good: {reason}\n"
            ran = stocked.run("--json", "lfs-token", "verify", token, "--username", username)
            assert (ran.returncode, json.loads(ran.stdout)) == (1, {"valid": False, "reason": reason})

    def test_new_password_ends_them(self, stocked):
        token = self.token(stocked, "rubi", f"lfs-token:user:7:{self.PASSWORD_HASH[-16:]}")
        with contextlib.closing(sqlite3.connect(stocked.database_file)) as database, database:
            database.execute("update users set encrypted_password = 'another'")
        assert "signature does not match" in stocked.refused("lfs-token", "verify", token, "--username", "rubi")

    def test_wrong_usage(self, stocked):
        for arguments in ((), ("verify",), ("verify", "x"), ("verify", "--username", "rubi")):
            assert stocked.run("lfs-token", *arguments).returncode == 2


class Sqlite:
    def __init__(self, folder):
        self._file = folder / "innergate.db"
        self.url = f"sqlite:{self._file}"

    def execute(self, sql):
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute(sql).fetchall()
            connection.commit()
        return rows


class Postgresql:
    """A new database on the server that the test run started."""

    def __init__(self, server_url):
        self._server_url = server_url
        self._name = f"innergate_admin_{uuid.uuid4().hex}"
        self._run(server_url, f"create database {self._name}")
        self.url = urllib.parse.urlsplit(server_url)._replace(path=f"/{self._name}").geturl()
        # urlsplit drops the empty host of postgresql://user@/name
        assert self._name in self.url

    @staticmethod
    def _run(url, sql):
        ran = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql, url],
            capture_output=True, text=True, timeout=60, check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return [tuple(line.split("|")) for line in ran.stdout.splitlines()]

    def execute(self, sql):
        return self._run(self.url, sql)

    def drop(self):
        self._run(self._server_url, f"drop database {self._name} with (force)")


class TestMigrate:
    @pytest.fixture(params=["sqlite", "postgresql"])
    def server(self, request, tmp_path):
        if request.param == "sqlite":
            yield Sqlite(tmp_path)
            return
        server_url = os.environ.get("INNERGATE_TEST_POSTGRESQL_URL")
        if not server_url:
            if os.environ.get("CI") == "true":
                pytest.fail("INNERGATE_TEST_POSTGRESQL_URL names no server, and in CI nothing is skipped")
            pytest.skip("INNERGATE_TEST_POSTGRESQL_URL names no server")
        created = Postgresql(server_url)
        yield created
        created.drop()

    @pytest.fixture
    def tool(self, build, tmp_path, server):
        return OperatorsTool(build, tmp_path, server.url)

    def applied(self, server):
        return [name for (name,) in server.execute("select name from schema_migrations order by version")]

    def test_migrates_once(self, tool, server):
        assert tool.done("migrate") == "".join(f"applied {name}\n" for name in MIGRATIONS)
        assert self.applied(server) == MIGRATIONS
        assert tool.done("migrate") == "nothing to do: the schema is up to date\n"
        assert self.applied(server) == MIGRATIONS

    def test_json(self, tool):
        named = [{"version": number, "name": name} for number, name in enumerate(MIGRATIONS, 1)]
        status = lambda is_applied: {"migrations": [{**one, "applied": is_applied} for one in named]}
        assert tool.json("migrate", "--status") == status(False)
        assert tool.json("migrate", "--dry-run") == {"would_apply": named}
        assert tool.json("migrate") == {"applied": named}
        assert tool.json("migrate") == {"applied": []}
        assert tool.json("migrate", "--status") == status(True)

    def test_looking_changes_nothing(self, tool):
        assert tool.done("migrate", "--status") == "".join(f"missing {name}\n" for name in MIGRATIONS)
        assert tool.done("migrate", "--dry-run") == "".join(f"would apply {name}\n" for name in MIGRATIONS)
        assert not tool.database_file.exists()
        assert tool.done("migrate").startswith("applied ")

    def test_many_at_once(self, tool, server):
        processes = [tool.start("migrate") for _ in range(6)]
        answers = [(*process.communicate(timeout=60), process.returncode) for process in processes]
        assert [(error, status) for _, error, status in answers] == [("", 0)] * len(answers)
        assert sorted(output.split()[0] for output, _, _ in answers) == ["applied"] + ["nothing"] * 5
        assert self.applied(server) == MIGRATIONS

    @pytest.mark.parametrize("arguments", [(), ("--status",), ("--dry-run",)], ids=" ".join)
    def test_newer_schema_is_refused(self, tool, server, arguments):
        tool.done("migrate")
        server.execute("insert into schema_migrations (version, name) values (9999, '9999_future')")
        assert "belongs to a newer program" in tool.refused("migrate", *arguments)
        assert self.applied(server)[-1] == "9999_future"


class TestMigrateSqlite:
    def test_database_is_not_for_other_users(self, tool):
        tool.done("migrate", "--dry-run")
        before = os.umask(0)
        try:
            tool.done("migrate")
        finally:
            os.umask(before)
        assert tool.database_file.stat().st_mode & stat.S_IRWXO == 0

    def test_folder_that_is_missing(self, tool):
        url = f"sqlite:{tool.folder}/none/innergate.db"
        assert f"{tool.folder}/none/innergate.db" in tool.refused("migrate", "--database-url", url)

    def test_file_that_is_no_database(self, tool):
        tool.database_file.write_text("This is a letter, and no database at all. " * 100)
        before = tool.database_file.read_bytes()
        assert "not a database" in tool.refused("migrate")
        assert tool.database_file.read_bytes() == before


def test_unreachable_postgresql_is_a_sentence_without_the_password(build, tmp_path):
    tool = OperatorsTool(build, tmp_path, f"postgresql://innergate:hidden-word@/innergate?host={tmp_path}")
    complaint = tool.refused("migrate")
    assert complaint.count("\n") == 1
    assert "cannot open postgresql database 'innergate'" in complaint
    assert "hidden-word" not in complaint
