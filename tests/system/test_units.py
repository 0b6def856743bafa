"""The files an operator installs, checked by the programs that will read them."""

import pathlib
import re
import shutil
import subprocess

import pytest

from running_stack import ROOT, free_port

UNITS = ROOT / "systemd"
SNIPPETS = ROOT / "nginx"


@pytest.fixture
def installed_units(build, tmp_path):
    """The units with the program's path replaced as their own comment tells, as two instances."""
    command = re.search(r'^# +sed -e "(s#/usr/bin/innergate-pool#).*" \\$', (UNITS / "innergate@.service").read_text(), re.M)
    assert command, "the unit no longer tells how to replace its paths"
    for unit in ("innergate@.service", "innergate@.socket"):
        text = (UNITS / unit).read_text().replace("/usr/bin/innergate-pool", str(build / "bin" / "innergate-pool"))
        for instance in ("", "internal", "public"):
            (tmp_path / unit.replace("@", "@" + instance)).write_text(text)
    runner = (UNITS / "innergate-jobs.service").read_text()
    (tmp_path / "innergate-jobs.service").write_text(
        runner.replace("/usr/bin/innergate-admin", str(build / "bin" / "innergate-admin"))
    )
    shutil.copy(UNITS / "innergate.target", tmp_path)
    shutil.copytree(UNITS / "innergate@internal.service.d", tmp_path / "innergate@internal.service.d")
    return tmp_path


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, **options)


def test_units_verify(installed_units):
    units = [f"./innergate@{pool}.{kind}" for pool in ("internal", "public") for kind in ("service", "socket")]
    verified = run("systemd-analyze", "verify", "--man=no", *units, "./innergate-jobs.service",
                   "./innergate.target", cwd=installed_units)
    assert (verified.returncode, verified.stdout) == (0, "")


@pytest.mark.parametrize("unit", ["innergate@internal.service", "innergate@public.service", "innergate-jobs.service"])
def test_units_are_sandboxed(installed_units, unit):
    """1.5 of 10 at most: systemd calls a service exposed from 2.0 up. The unit says why each gap is there."""
    judged = run("systemd-analyze", "security", "--offline=true", "--threshold=15", f"./{unit}", cwd=installed_units)
    assert judged.returncode == 0, judged.stdout


def test_unit_starts_the_program_as_it_is(sqlite_stack):
    """Its command line, with this stack's settings, is one the program accepts."""
    unit = (UNITS / "innergate@.service").read_text()
    commands = re.findall(r"^ExecStart(?:Pre)?=(.*)$", unit, re.MULTILINE)
    assert [command.replace(" --check-config", "") for command in commands] == [commands[1]] * 2
    for pool in ("internal", "public"):
        words = commands[0].replace("%i", pool).replace("/etc/innergate/innergate.conf", str(sqlite_stack.settings_file))
        checked = run(*words.replace("/usr/bin", str(sqlite_stack.build / "bin")).split())
        assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("unit", ["innergate@.service", "innergate-jobs.service"])
def test_no_unit_leaves_secrets_in_a_core_dump(unit):
    limits = re.findall("^LimitCORE=(.*)$", (UNITS / unit).read_text(), re.M)
    drop_ins = [file for file in UNITS.glob("*.d/*.conf") if "LimitCORE" in file.read_text()]
    assert (limits, drop_ins) == (["0"], [])


def test_public_pool_is_not_handed_the_internal_secrets():
    assert not re.search("^LoadCredential=(shell|kas)", (UNITS / "innergate@.service").read_text(), re.M)


def test_account_and_folders_are_what_the_units_use(tmp_path):
    unit = (UNITS / "innergate@.service").read_text()
    made = run("systemd-sysusers", "--dry-run", f"--root={tmp_path}", UNITS / "innergate.sysusers")
    assert made.returncode == 0 and "Creating user 'innergate'" in made.stdout, made.stdout
    assert "User=innergate\n" in unit and "StateDirectory=innergate\nStateDirectoryMode=0750\n" in unit
    assert "d /var/lib/innergate 0750 innergate innergate -\n" in (UNITS / "innergate.tmpfiles").read_text()


def debian_nginx_tree(folder):
    """/etc/nginx as Debian's package makes it, but for folders and ports, with our files where we say to put them."""
    tree, logs = folder / "etc", folder / "log"
    for name in ("snippets", "sites-available", "sites-enabled", "conf.d", "modules-enabled"):
        (tree / name).mkdir(parents=True)
    logs.mkdir()
    (tree / "mime.types").write_text("types { text/html html; application/json json; }\n")
    (tree / "nginx.conf").write_text(
        f"worker_processes auto;\npid {folder}/nginx.pid;\nerror_log {logs}/error.log;\n"
        f"include {tree}/modules-enabled/*.conf;\nevents {{ worker_connections 768; }}\n"
        "http {\n  sendfile on;\n  tcp_nopush on;\n  types_hash_max_size 2048;\n"
        f"  include {tree}/mime.types;\n  default_type application/octet-stream;\n"
        f"  access_log {logs}/access.log;\n  gzip on;\n"
        + "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "fastcgi", "proxy", "uwsgi", "scgi"))
        + f"  include {tree}/conf.d/*.conf;\n  include {tree}/sites-enabled/*;\n}}\n"
    )
    for file in SNIPPETS.glob("innergate-*.conf"):
        shutil.copy(file, tree / "snippets")
    site = (SNIPPETS / "innergate-site.conf").read_text().replace("/var/log/nginx", str(logs))
    site = site.replace("127.0.0.1:8081", f"127.0.0.1:{free_port()}").replace("listen 8080", f"listen {free_port()}")
    (tree / "sites-available" / "innergate.conf").write_text(site)
    (tree / "sites-enabled" / "innergate.conf").symlink_to(tree / "sites-available" / "innergate.conf")
    return tree


def nginx_test(tree):
    return run("nginx", "-t", "-q", "-e", "stderr", "-p", tree, "-c", tree / "nginx.conf")


def test_site_fits_into_debians_nginx(short_folder):
    tested = nginx_test(debian_nginx_tree(short_folder))
    # Without root, nginx remarks that it cannot change its user; nothing else.
    remarks = [line for line in tested.stdout.splitlines() if '"user" directive' not in line]
    assert (tested.returncode, remarks) == (0, [])


def test_snippets_fit_into_an_operators_own_servers(short_folder):
    """Beside directives of their own for everything the snippets set, and locations of their own."""
    tree = debian_nginx_tree(short_folder)
    (tree / "sites-enabled" / "innergate.conf").unlink()
    own = "".join(
        f"server {{ listen 127.0.0.1:{free_port()}; client_max_body_size 1m; client_body_timeout 5s; server_tokens on;"
        " error_page 404 /404.html; fastcgi_read_timeout 5s; location / { return 200; } location /api/ { return 200; }"
        f" include snippets/innergate-{pool}.conf; }}\n"
        for pool in ("internal", "public")
    )
    (tree / "sites-enabled" / "own.conf").write_text("include snippets/innergate-upstreams.conf;\n" + own)
    tested = nginx_test(tree)
    assert tested.returncode == 0, tested.stdout


def test_one_server_cannot_be_internal_and_public(short_folder):
    tree = debian_nginx_tree(short_folder)
    (tree / "sites-enabled" / "innergate.conf").write_text(
        f"include snippets/innergate-upstreams.conf;\nserver {{ listen 127.0.0.1:{free_port()};"
        " include snippets/innergate-internal.conf; include snippets/innergate-public.conf; }\n"
    )
    tested = nginx_test(tree)
    assert tested.returncode != 0
    assert "duplicate location" in tested.stdout


def test_every_snippet_is_used_and_every_used_one_exists():
    used = {
        pathlib.PurePath(name).name
        for file in SNIPPETS.glob("*.conf")
        for name in re.findall(r"include (snippets/[^;]+);", file.read_text())
    }
    assert used | {"innergate-site.conf"} == {file.name for file in SNIPPETS.glob("*.conf")}
