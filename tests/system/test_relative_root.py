"""An instance mounted below a path: nginx gets one more location, the pool takes the path away."""

import pytest

from own_processes import OwnNginx, OwnPool
from running_stack import request


@pytest.fixture(scope="module")
def mounted(sqlite_stack):
    with OwnPool(sqlite_stack, "--instance-relative-url-root", "/gitlab") as pool:
        snippets = "include snippets/innergate-internal.conf;", "include snippets/innergate-public.conf;"
        location = "location ^~ /gitlab/api/v4/internal {{ include snippets/innergate-{}-location.conf; }}"
        with OwnNginx(sqlite_stack, [
            pool.replacement,
            ("site.conf", snippets[0], snippets[0] + location.format("internal")),
            ("site.conf", snippets[1], snippets[1] + location.format("absent")),
        ]) as nginx:
            yield nginx


@pytest.mark.parametrize("path", ["/gitlab/api/v4/internal/check", "//gitlab//api/v4/internal/check"])
def test_paths_below_the_root_are_served(sqlite_stack, mounted, path):
    assert request(mounted.address, "GET", path, sqlite_stack.shell_headers()).status == 200


@pytest.mark.parametrize("path", ["/gitlab/api/v4/internal/check", "/gitlab/api/v4/%69nternal/check"])
def test_public_server_knows_no_internal_path_below_the_root(sqlite_stack, mounted, path):
    answer = request(("127.0.0.1", mounted.public_port), "GET", path, sqlite_stack.shell_headers())
    assert (answer.status, answer.json()) == (404, {"error": "404 Not Found"})
