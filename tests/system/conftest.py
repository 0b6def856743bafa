"""The running system that the tests in this folder share: nginx, both pools and a database, by scripts/serve."""

import os
import pathlib
import shutil

import pytest

from running_stack import Stack, temporary_folder

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser):
    parser.addoption("--build", default=str(ROOT / "build" / "dev"), help="build folder with bin/innergate-pool")
    parser.addoption(
        "--database", choices=DATABASES, action="append", help="run on this database only (default: on each)"
    )


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        metafunc.parametrize(
            "database", metafunc.config.getoption("--database") or DATABASES, scope="session", indirect=True
        )


@pytest.fixture(scope="session")
def database(request):
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    return request.param


@pytest.fixture(scope="session")
def postgresql():
    """For tests that cannot do without it."""
    if not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed, and in CI nothing is skipped")
        pytest.skip("PostgreSQL is not installed")


@pytest.fixture(scope="session")
def build(request):
    folder = pathlib.Path(request.config.getoption("--build")).resolve()
    assert (folder / "bin" / "innergate-pool").exists(), f"no programs in {folder}/bin: build them, or name --build"
    return folder


@pytest.fixture(scope="session")
def stack(build, database):
    """A Stack on each database, with the demo data, for tests that leave it as they found it."""
    with Stack(build, database=database) as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_stack(build):
    """As stack, for tests to which the database makes no difference."""
    with Stack(build, database="sqlite") as running:
        yield running


@pytest.fixture
def short_folder():
    """An empty folder with a path short enough for sockets, that other users can enter."""
    folder = temporary_folder()
    yield folder
    shutil.rmtree(folder)
