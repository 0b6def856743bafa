"""gitlab-shell's http+unix:// form: HTTP over a socket file, Host: unix, one request per connection."""

import json

import pytest

from running_stack import request


def ask(stack, path):
    headers = stack.shell_headers(Host="unix", Connection="close", **{"X-Forwarded-For": "192.0.2.3"})
    return request(stack.http_socket, "GET", path, headers)


def test_check_over_a_socket_file(sqlite_stack):
    answer = ask(sqlite_stack, "/api/v4/internal/check")
    assert answer.status == 200
    assert answer.json()["api_version"] == "v4"


@pytest.mark.parametrize("path", ["//api/v4/internal/discover?key_id=7", "/api/v4/internal/discover/?key_id=7"])
def test_base_address_with_a_slash_at_its_end(sqlite_stack, path):
    """Gitaly joins base and path as they are; a trailing slash is agentk's."""
    answer = ask(sqlite_stack, path)
    assert answer.status == 200
    assert json.loads(answer.body)["id"] == 7


def test_get_with_a_content_type_and_no_body(sqlite_stack):
    answer = ask(sqlite_stack, "/api/v4/internal/authorized_keys?key=nobody")
    assert (answer.status, answer.json()) == (404, {"message": "404 Key Not Found"})


def test_no_redirect_from_a_directory_like_path(sqlite_stack):
    """Newer gitlab-shells refuse redirects, older ones turn a POST into a GET."""
    assert ask(sqlite_stack, "/api/v4/internal").status == 404
