"""A Git hook that asks the internal API as Gitaly's hooks do, and shows its answers as Gitaly does.

Usage: gitaly_hook.py pre-receive|post-receive, run by Git in a bare repository. The environment says who pushes to what,
as Gitaly's does (GL_ID, GL_REPOSITORY, GL_PROTOCOL), and where the API is: GITLAB_URL, GITLAB_TOKEN (the JWT).
"""

import http.client
import json
import os
import sys
import urllib.parse

ACTORS = {"key": "key_id", "user": "user_id", "username": "username"}


def call(path, body):
    url = urllib.parse.urlsplit(os.environ["GITLAB_URL"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    headers = {
        "Content-Type": "application/json", "User-Agent": "gitaly/17.5.0", "Connection": "close",
        "Gitlab-Shell-Api-Request": os.environ["GITLAB_TOKEN"],
    }
    connection.request("POST", f"{url.path.rstrip('/')}/api/v4/internal/{path}", json.dumps(body), headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    if response.status not in (200, 300):
        fail(answer.get("message", "Internal API error"))
    if response.headers.get_content_type() != "application/json":
        fail(f"the answer is {response.headers.get_content_type()}")
    return answer


def fail(message):
    print(f"GitLab: {message}", file=sys.stderr)
    sys.exit(1)


def quarantine():
    """Where the new objects wait, from the repository's folder on; empty outside of a quarantine."""
    def relative(path):
        return os.path.relpath(path, os.getcwd())

    found = {}
    if "GIT_OBJECT_DIRECTORY" in os.environ:
        found["GIT_OBJECT_DIRECTORY_RELATIVE"] = relative(os.environ["GIT_OBJECT_DIRECTORY"])
    others = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")
    found["GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE"] = [relative(path) for path in others.split(":") if path] or None
    return found


def pre_receive(changes):
    kind, _, actor = os.environ["GL_ID"].partition("-")
    answer = call("allowed", {
        "action": "git-receive-pack", "gl_repository": os.environ["GL_REPOSITORY"], "project": os.getcwd(),
        "changes": changes, "protocol": os.environ["GL_PROTOCOL"], "env": json.dumps(quarantine()),
        ACTORS[kind]: actor, "relative_path": os.environ["GL_RELATIVE_PATH"],
    })
    if not answer["status"]:
        fail(answer["message"])
    if not call("pre_receive", {"gl_repository": os.environ["GL_REPOSITORY"]})["reference_counter_increased"]:
        sys.exit(1)


def post_receive(changes):
    options = [os.environ[f"GIT_PUSH_OPTION_{i}"] for i in range(int(os.environ.get("GIT_PUSH_OPTION_COUNT", "0")))]
    answer = call("post_receive", {
        "gl_repository": os.environ["GL_REPOSITORY"], "identifier": os.environ["GL_ID"], "changes": changes,
        "push_options": options or None,
    })
    for message in answer["messages"]:
        assert message["type"] in ("basic", "alert"), message
        print(message["message"])
    if not answer["reference_counter_decreased"]:
        sys.exit(1)


if __name__ == "__main__":
    {"pre-receive": pre_receive, "post-receive": post_receive}[sys.argv[1]](sys.stdin.read())
