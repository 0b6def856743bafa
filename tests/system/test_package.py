"""The Debian package that cpack makes, looked at without installing it; scripts/drill installs it."""

import re
import subprocess

import pytest

from running_stack import ROOT


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, **options)


def output_of(*command, **options):
    ran = run(*command, **options)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


@pytest.fixture(scope="module")
def package(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    output_of("cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", folder, cwd=folder)
    (file,) = folder.glob("innergate_*.deb")
    return file


@pytest.fixture(scope="module")
def unpacked(package):
    folder = package.parent / "unpacked"
    output_of("dpkg-deb", "--raw-extract", package, folder)
    return folder


def test_lintian_finds_no_error(package):
    judged = run("lintian", "--allow-root", "--fail-on", "error", "--profile", "debian", package)
    assert judged.returncode == 0, judged.stdout


def test_dependencies_are_those_of_the_programs(package):
    depends = output_of("dpkg-deb", "--field", package, "Depends")
    for library in ("libc6", "libsoci-core4.0", "libfcgi0ldbl", "libpq5", "systemd"):
        assert re.search(rf"\b{re.escape(library)}\b", depends), depends


def test_everything_is_where_it_is_looked_for(unpacked):
    for path in (
        "usr/bin/innergate-pool", "usr/bin/innergate-admin",
        "usr/lib/systemd/system/innergate@.service", "usr/lib/systemd/system/innergate@.socket",
        "usr/lib/systemd/system/innergate@internal.service.d/secrets.conf",
        "usr/lib/systemd/system/innergate-jobs.service", "usr/lib/systemd/system/innergate.target",
        "usr/lib/sysusers.d/innergate.conf", "usr/lib/tmpfiles.d/innergate.conf",
        "etc/nginx/sites-available/innergate.conf", "usr/share/doc/innergate/copyright",
        "usr/share/doc/innergate/changelog.Debian.gz", "usr/share/doc/innergate/examples/demo.json",
        "usr/share/doc/innergate/docs/monitoring/innergate-alerts.yml",
        "usr/share/doc/innergate/docs/monitoring/innergate-dashboard.json",
        "usr/share/doc/innergate/docs/examples/haproxy.cfg",
        "usr/share/doc/innergate/docs/examples/nginx-load-balancer.conf",
    ):
        assert (unpacked / path).is_file(), path
    assert (unpacked / "etc/innergate/innergate.conf").read_text() == (ROOT / "systemd" / "innergate.conf").read_text()
    snippets = {file.name for file in (ROOT / "nginx").glob("*.conf")} - {"innergate-site.conf"}
    assert {file.name for file in (unpacked / "etc/nginx/snippets").iterdir()} == snippets


def test_units_start_what_the_package_installs(unpacked):
    for unit in (unpacked / "usr/lib/systemd/system").glob("*.service"):
        for program in re.findall(r"^Exec\w+=\+?(/usr/\S+)", unit.read_text(), re.MULTILINE):
            assert (unpacked / program[1:]).is_file(), f"{unit.name}: {program}"


def test_all_of_etc_is_kept_on_an_upgrade(unpacked):
    conffiles = (unpacked / "DEBIAN" / "conffiles").read_text().split()
    assert sorted(conffiles) == sorted(f"/{file.relative_to(unpacked)}" for file in (unpacked / "etc").rglob("*") if file.is_file())


@pytest.mark.parametrize("page", ["man8/innergate-pool.8", "man1/innergate-admin.1", "man5/innergate.conf.5"])
def test_man_pages_are_well_formed(unpacked, page):
    file = unpacked / "usr/share/man" / f"{page}.gz"
    shown = subprocess.run(
        ["man", "--warnings", "--local-file", file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=60, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MANWIDTH": "100"},
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "NAME" in shown.stdout and "SEE ALSO" in shown.stdout


def completed(unpacked, *words):
    """What bash offers for the last of these words."""
    program = words[0]
    script = (
        f'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _{program.replace("-", "_")}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    file = unpacked / "usr/share/bash-completion/completions" / program
    return output_of("bash", "-euc", script, file, *words).split()


def test_commands_and_options_are_completed(unpacked):
    assert "migrate" in completed(unpacked, "innergate-admin", "")
    assert completed(unpacked, "innergate-admin", "mig") == ["migrate"]
    assert completed(unpacked, "innergate-admin", "--json", "key", "a") == ["add"]
    assert "--key-file" in completed(unpacked, "innergate-admin", "key", "add", "--")
    assert "--json" in completed(unpacked, "innergate-admin", "key", "add", "--j")
    assert completed(unpacked, "innergate-admin", "jobs", "list", "--state", "f") == ["failed"]
    assert completed(unpacked, "innergate-pool", "--pool", "") == ["internal", "public"]
    assert completed(unpacked, "innergate-pool", "--check") == ["--check-config"]
