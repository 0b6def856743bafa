"""innergate-admin doctor: what it finds in good and in broken installations."""

import base64
import contextlib
import pathlib
import socket
import sqlite3
import subprocess

import pytest

from examined import bare_installation, completed, DEMO_SCIM_TOKENS, examine, listen_unix
from gitaly_process import Gitaly
from running_stack import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO_TOKEN = "glpat-innergate-demo-admin"
DEMO_AGENT_TOKEN = "glagent-innergate-demo-agent"
DEMO_ERROR_TRACKING_TOKEN = "innergate-demo-error-tracking"


@pytest.fixture
def bare(build, short_folder):
    return bare_installation(build, short_folder)


@pytest.fixture
def tool(bare):
    with completed(bare) as installation:
        yield installation


def through(gitaly):
    return ["--storage-default-path", "", "--storage-default-gitaly-address", gitaly.address]


def secret_file(tool, text):
    file = tool.folder / "token"
    file.write_text(text)
    file.chmod(0o600)
    return file


def certificate_for(folder, address):
    """One that it signed itself, and its key."""
    certificate, key = folder / "gitaly.pem", folder / "gitaly.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=gitaly", "-addext", f"subjectAltName=IP:{address}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60,
    )
    return certificate, key


def execute(tool, sql):
    with contextlib.closing(sqlite3.connect(tool.database_file)) as connection:
        connection.execute(sql)
        connection.commit()


class TestReport:
    def test_good_installation(self, tool):
        ran = tool.run("doctor")
        assert ran.returncode == 0
        assert all(line.startswith("ok    ") for line in ran.stdout.splitlines()), ran.stdout
        assert [check["verdict"] for check in examine(tool).checks] == ["ok"] * len(ran.stdout.splitlines())

    def test_each_line_of_a_bare_installation_says_what_to_do(self, bare):
        ran = bare.run("doctor")
        assert ran.returncode == 1
        failed = [line for line in ran.stdout.splitlines() if line.startswith("FAIL  ")]
        assert [line.partition(": ")[0].removeprefix("FAIL  ") for line in failed] == [
            "secret shell", "secret kas", "secret db-key-base", "database", "pool internal", "pool public",
        ]
        for line, advice in zip(failed, ["secret create shell", "secret create kas", "secret create db-key-base", "migrate"]):
            assert line.rpartition(" — ")[2].startswith(f"run innergate-admin {advice}"), line
        assert not bare.database_file.exists()

    def test_wrong_settings_are_findings_and_the_only_ones(self, tool):
        report = examine(tool, "--limits-max-json-depth", "deep", "--logging-level", "loud")
        assert len(report.checks) == len(report.of("fail")) == 2
        assert "limits.max_json_depth = 'deep'" in report.of("fail")[0]


class TestSecrets:
    @pytest.mark.parametrize("name", ["shell_secret", "kas_secret", "db_key_base"])
    def test_open_to_others(self, tool, name):
        (tool.folder / name).chmod(0o644)
        what, _ = examine(tool).only("fail")
        assert "open to other users" in what and name in what

    def test_empty(self, tool):
        tool.shell_secret.write_text("\n")
        assert "is empty" in examine(tool).only("fail")[0]

    def test_kas_secret_of_another_length(self, tool):
        content = base64.b64encode(b"x" * 31).decode()
        tool.kas_secret.write_text(content)
        what, _ = examine(tool).only("fail")
        assert "base64 of 32 bytes" in what and content not in what

    def test_kas_secret_is_optional(self, tool):
        tool.kas_secret.unlink()
        report = examine(tool, "--secrets-kas-secret-file", "")
        assert not report.of("fail")
        assert any("secret kas: not configured" in what for what in report.of("ok"))

    def test_short_one_is_a_warning(self, tool):
        tool.shell_secret.write_text("abc123")
        what, advice = examine(tool).only("warn")
        assert "shorter than 32 bytes" in what and "secret create shell" in advice
        assert "abc123" not in what + advice


class TestDatabase:
    def test_not_migrated_to_the_end(self, tool):
        execute(tool, "delete from schema_migrations where version = (select max(version) from schema_migrations)")
        what, advice = examine(tool).only("fail")
        assert "1 of " in what and advice == "run innergate-admin migrate"

    def test_of_a_newer_program(self, tool):
        execute(tool, "insert into schema_migrations (version, name) values (9999, '9999_future')")
        what, advice = examine(tool).only("fail")
        assert "belongs to a newer program" in what and "newer innergate" in advice

    def test_file_that_is_no_database(self, tool):
        tool.database_file.write_text("no database " * 1000)
        assert "not a database" in examine(tool).only("fail")[0]

    def test_open_to_others(self, tool):
        tool.database_file.chmod(0o644)
        what, advice = examine(tool).only("warn")
        assert "open to other users" in what and advice == f"chmod o-rwx {tool.database_file}"

    def test_unreachable_postgresql_without_its_password(self, tool):
        url = f"postgresql://innergate:hidden-word@/innergate?host={tool.folder}"
        ran = tool.run("doctor", "--database-url", url)
        assert ran.returncode == 1
        assert "FAIL  database: cannot open postgresql database 'innergate'" in ran.stdout
        assert "hidden-word" not in ran.stdout + ran.stderr

    def test_demo_secrets_are_found_until_they_are_gone(self, tool):
        tool.done("import", str(ROOT / "sql" / "seeds" / "demo.json"))
        report = examine(tool)
        secrets = [check for check in report.checks if "DEMO SECRET" in check["what"]]
        expected = [(DEMO_TOKEN, "remove"), (DEMO_AGENT_TOKEN, "revoke"), (DEMO_ERROR_TRACKING_TOKEN, "replace")]
        expected += [(token, "scim-token list, remove") for token in DEMO_SCIM_TOKENS]
        assert [check["verdict"] for check in secrets] == ["warn"] * len(expected)
        for check, (text, advice) in zip(secrets, expected):
            assert text in check["what"] and advice in check["next"]
        execute(tool, "update personal_access_tokens set revoked = 1")
        assert len([what for what in examine(tool).of("warn") if "DEMO SECRET" in what]) == 4
        execute(tool, "delete from scim_oauth_access_tokens")
        tool.done("agent-token", "revoke", "1")
        assert DEMO_ERROR_TRACKING_TOKEN in examine(tool).only("warn")[0]
        tool.done("error-tracking", "token")
        assert "demo secrets: none" in examine(tool).of("ok")


class TestSockets:
    def test_missing(self, tool):
        (tool.folder / "public.sock").unlink()
        what, advice = examine(tool).only("fail")
        assert "pool public: there is no socket" in what and advice == "start innergate-pool --pool public"

    def test_left_behind_by_a_pool_that_ended(self, tool):
        path = tool.folder / "internal.sock"
        path.unlink()
        listen_unix(path, 0o660).close()
        assert "Connection refused" in examine(tool).only("fail")[0]

    def test_ordinary_file(self, tool):
        path = tool.folder / "internal.sock"
        path.unlink()
        path.write_text("")
        what, advice = examine(tool).only("fail")
        assert "is no socket" in what and "remove it" in advice

    def test_open_to_everyone_on_this_host(self, tool):
        (tool.folder / "internal.sock").chmod(0o666)
        what, advice = examine(tool).only("warn")
        assert "open to every user" in what and "chmod 0660" in advice

    def test_tcp(self, tool):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"127.0.0.1:{listener.getsockname()[1]}"
            assert not examine(tool, "--pool-public-listen", address).of("fail")
        assert address in examine(tool, "--pool-public-listen", address).only("fail")[0]

    def test_of_the_socket_units(self, tool):
        if pathlib.Path("/run/innergate/public.sock").exists():
            pytest.skip("innergate is installed on this host")
        report = examine(tool, "--pool-public-listen", "")
        found = [check for check in report.checks if "/run/innergate/public.sock" in check["what"]]
        assert [(check["verdict"], check["next"]) for check in found] == [
            ("fail", "systemctl enable --now innergate@public.socket")
        ]


class TestNginx:
    def configuration(self, tool, sockets=None):
        """As nginx -T prints ours."""
        upstreams = (ROOT / "nginx" / "innergate-upstreams.conf").read_text()
        upstreams = upstreams.replace("/run/innergate", str(sockets or tool.folder))
        parts = {"nginx.conf": "events {}\nhttp {}\n", "snippets/innergate-upstreams.conf": upstreams}
        for pool in ("internal", "public"):
            name = f"innergate-{pool}.conf"
            parts[f"snippets/{name}"] = (ROOT / "nginx" / name).read_text()
        return "".join(f"# configuration file /etc/nginx/{name}:\n{text}\n" for name, text in parts.items())

    def place(self, tool, text, status=0):
        (tool.folder / "nginx.txt").write_text(text)
        tool.place_program("nginx", f'[ "$1" = -T ] || exit 9\ncat {tool.folder}/nginx.txt\nexit {status}')

    def test_that_agrees(self, tool):
        self.place(tool, self.configuration(tool))
        report = examine(tool)
        assert not report.of("fail") + report.of("warn")
        assert f"nginx public: passes to unix:{tool.folder}/public.sock" in report.of("ok")

    def test_that_asks_elsewhere(self, tool):
        self.place(tool, self.configuration(tool, sockets="/run/elsewhere"))
        report = examine(tool)
        assert [what.split(":")[0] for what in report.of("fail")] == ["nginx internal", "nginx public"]
        assert "unix:/run/elsewhere/internal.sock" in report.of("fail")[0]

    def test_that_knows_nothing_of_us(self, tool):
        self.place(tool, "# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp {}\n")
        report = examine(tool)
        assert not report.of("fail")
        assert [what.split(":")[0] for what in report.of("warn")] == ["nginx internal", "nginx public"]

    def test_that_refuses_its_configuration(self, tool):
        reason = 'duplicate location "/innergate-error/" in /etc/nginx/snippets/innergate-errors.conf:6'
        self.place(tool, f"nginx: [warn] something\nnginx: [emerg] {reason}\nnginx: configuration file test failed\n", 1)
        assert examine(tool).only("fail")[0] == f"nginx: {reason}"

    def test_that_only_root_can_read(self, tool):
        self.place(tool, 'nginx: [emerg] open() "/etc/ssl/key" failed (13: Permission denied)\n', 1)
        assert examine(tool).only("warn")[1] == "run this as root"


class TestStorages:
    def test_folder_is_gone(self, tool):
        tool.repositories.rmdir()
        what, _ = examine(tool).only("fail")
        assert what == f"storage default: {tool.repositories}: No such file or directory"

    def test_file_instead_of_a_folder(self, tool):
        tool.repositories.rmdir()
        tool.repositories.write_text("")
        assert examine(tool).only("fail")[0].endswith("Not a directory")

    def test_nobody_chose_to_go_without_inspector(self, tool):
        what, advice = examine(tool, "--storage-default-path", "").only("warn")
        assert what.startswith("storage default: nobody looks into its repositories")
        assert advice.startswith("set its gitaly_address")

    def test_somebody_did(self, tool):
        report = examine(tool, "--storage-default-inspector", "none")
        assert "storage default: has no inspector, as it is set" in report.of("ok")
        assert not report.of("warn")

    def test_gitaly_serves_the_storage(self, tool, build):
        with Gitaly(build, tool.repositories, f"unix:{tool.folder}/gitaly.socket") as gitaly:
            report = examine(
                tool, "--storage-default-path", "", "--storage-default-gitaly-address", gitaly.address
            )
        assert f"storage default: Gitaly 18.9.0-test at {gitaly.address} serves the storage" in report.of("ok")
        assert not report.of("fail") and not report.of("warn")

    def test_gitaly_is_not_there(self, tool):
        address = f"unix:{tool.folder}/gitaly.socket"
        what, advice = examine(
            tool, "--storage-default-path", "", "--storage-default-gitaly-address", address
        ).only("fail")
        assert what.startswith(f"storage default: {address}: Gitaly: ServerInfo: unavailable: ")
        assert advice.startswith("start it, or correct gitaly_address")

    def test_gitaly_does_not_know_the_storage(self, tool, build):
        listen = f"unix:{tool.folder}/gitaly.socket"
        with Gitaly(build, tool.repositories, listen, "--storage-name", "other") as gitaly:
            what, advice = examine(
                tool, "--storage-default-path", "", "--storage-default-gitaly-address", gitaly.address
            ).only("fail")
        assert what.endswith("has no storage of that name")
        assert advice.startswith("name the storage here as in Gitaly's configuration")

    def test_gitaly_refuses_the_token(self, tool, build):
        token = tool.folder / "token"
        token.write_text("another token")
        token.chmod(0o600)
        with Gitaly(build, tool.repositories, "127.0.0.1:0", "--token", "the token") as gitaly:
            address = ["--storage-default-path", "", "--storage-default-gitaly-address", gitaly.address]
            what, advice = examine(tool, *address, "--storage-default-gitaly-token-file", str(token)).only("fail")
            assert "permission denied: wrong hmac signature" in what
            assert "write Gitaly's (auth.token) into the file" in advice
            what, advice = examine(tool, *address).only("fail")
            assert "authentication required" in what
            assert advice.startswith("it wants a token")
            token.write_text("the token")
            assert not examine(tool, *address, "--storage-default-gitaly-token-file", str(token)).of("fail")

    @pytest.mark.parametrize("ahead, text", [("60", "token has expired"), ("-60", "validity window is in future")])
    def test_clocks_of_gitaly_and_this_host_differ(self, tool, build, ahead, text):
        token = secret_file(tool, "the token")
        with Gitaly(build, tool.repositories, "127.0.0.1:0", "--token", "the token", "--clock-ahead", ahead) as gitaly:
            what, advice = examine(
                tool, *through(gitaly), "--storage-default-gitaly-token-file", str(token)
            ).only("fail")
        assert text in what
        assert advice == "the clocks of both hosts differ by more than 30 s: set them"

    def test_gitaly_cannot_write_the_storage(self, tool, build):
        with Gitaly(build, tool.repositories, f"unix:{tool.folder}/gitaly.socket", "--read-only") as gitaly:
            what, advice = examine(tool, *through(gitaly)).only("fail")
        assert what.endswith("cannot write to the storage")
        assert advice.startswith("look at the rights and the space")

    def test_nobody_trusts_the_certificate_of_gitaly(self, tool, build):
        certificate, key = certificate_for(tool.folder, "127.0.0.1")
        arguments = ["--certificate", str(certificate), "--certificate-key", str(key)]
        with Gitaly(build, tool.repositories, "127.0.0.1:0", *arguments) as gitaly:
            assert gitaly.address.startswith("tls://")
            what, advice = examine(tool, *through(gitaly)).only("fail")
            assert what.startswith(f"storage default: {gitaly.address}: Gitaly: ServerInfo: unavailable: ")
            assert advice == "name the authority that signed its certificate in gitaly_ca_file"
            trusting = examine(tool, *through(gitaly), "--storage-default-gitaly-ca-file", str(certificate))
            assert not trusting.of("fail")

    def test_each_open_check_is_named(self, tool):
        report = examine(tool, "--checks-force-push", "open", "--checks-file-size", "open")
        assert [what.partition(":")[0] for what in report.of("warn")] == [
            "check force_push is OPEN", "check file_size is OPEN",
        ]

    def test_every_storage_is_looked_at(self, tool):
        with tool.settings_file.open("a") as file:
            file.write(f"[storage.second]\npath = {tool.folder}/second\ninspector = local\n")
        assert examine(tool).only("fail")[0].startswith("storage second: ")

    def test_token_that_cannot_be_read(self, tool):
        token = tool.folder / "token"
        what, advice = examine(tool, "--storage-default-gitaly-token-file", str(token)).only("fail")
        assert what.startswith(f"storage default: secret file {token}: does not exist")
        assert "auth.token" in advice
        token.write_text("gitaly's token")
        token.chmod(0o600)
        assert not examine(tool, "--storage-default-gitaly-token-file", str(token)).of("fail")


class TestAnswers:
    @pytest.fixture
    def running(self, sqlite_stack, bare):
        """The tool with the settings of a running stack."""
        bare.settings_file = sqlite_stack.settings_file
        return bare

    def test_through_nginx(self, running, sqlite_stack):
        report = examine(
            running, "--internal-url", sqlite_stack.internal_url, "--public-url", sqlite_stack.public_url + "/"
        )
        *secrets, storage = report.of("warn")
        assert len(secrets) == 5 and all("DEMO SECRET" in secret for secret in secrets)
        assert "nobody looks into its repositories" in storage
        assert not report.of("fail")
        asked = [what.partition("GET ")[2] for what in report.of("ok") if " GET " in what]
        internal, public = sqlite_stack.internal_url, sqlite_stack.public_url
        assert asked == [
            f"{internal}/-/readiness answers 200",
            f"{internal}/api/v4/internal/check answers 200",
            f"{public}/api/v4/namespaces/1/gitlab_subscription answers 401",
            f"{public}/api/v4/internal/check answers 404",
            f"{public}/-/readiness answers 404",
            f"{public}/-/metrics answers 404",
        ]

    def test_internal_api_on_the_public_side(self, running, sqlite_stack):
        report = examine(running, "--public-url", sqlite_stack.internal_url)
        internal = [check for check in report.checks if check.get("next", "").startswith("take it off the public server")]
        assert [check["what"].rpartition(sqlite_stack.internal_url)[2] for check in internal] == [
            "/api/v4/internal/check answers 401, not 404",
            "/-/readiness answers 200, not 404",
            "/-/metrics answers 200, not 404",
        ]

    def test_pool_with_another_secret(self, running, sqlite_stack):
        running.done("secret", "create", "shell", "--file", str(running.folder / "other"))
        report = examine(
            running, "--internal-url", sqlite_stack.internal_url,
            "--secrets-shell-secret-file", str(running.folder / "other"),
        )
        assert [what.rpartition("/")[2] for what in report.of("fail")] == ["check answers 401, not 200"]

    @pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "file:///etc/passwd", "nonsense://x"])
    def test_nobody_there(self, tool, url):
        report = examine(tool, "--internal-url", url.format(port=free_port()))
        assert report.of("fail")
        assert all("does not answer" in what for what in report.of("fail"))
