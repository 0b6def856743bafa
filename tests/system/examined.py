"""Installations for innergate-admin doctor to look at, and what it says of them."""

import contextlib
import json
import socket

from operators_tool import OperatorsTool

NO_NGINX = "exit 127"
DEMO_SCIM_TOKENS = ("innergate-demo-scim-group", "innergate-demo-scim-instance")


def listen_unix(path, mode):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(mode)
    listener.listen()
    return listener


def bare_installation(build, folder):
    """Settings and nothing else."""
    tool = OperatorsTool(build, folder)
    tool.place_program("nginx", NO_NGINX)
    return tool


@contextlib.contextmanager
def completed(bare):
    """Everything that can be good without nginx: each test breaks one thing."""
    bare.create_secrets()
    bare.done("migrate")
    with listen_unix(bare.folder / "internal.sock", 0o660), listen_unix(bare.folder / "public.sock", 0o660):
        yield bare


class Report:
    def __init__(self, ran):
        answer = json.loads(ran.stdout)
        self.checks = answer["checks"]
        assert ran.stderr == ""
        assert answer["ok"] == (not self.of("fail"))
        assert ran.returncode == (0 if answer["ok"] else 1)
        for check in self.checks:
            assert ("next" in check) == (check["verdict"] != "ok"), check

    def of(self, verdict):
        return [check["what"] for check in self.checks if check["verdict"] == verdict]

    def only(self, verdict):
        """The one finding that is not good, as its text and what to do about it."""
        bad = [check for check in self.checks if check["verdict"] != "ok"]
        assert [check["verdict"] for check in bad] == [verdict], bad
        return bad[0]["what"], bad[0]["next"]


def examine(tool, *arguments):
    return Report(tool.run("--json", "doctor", *arguments))
