"""PostgreSQL behind a network of its own, in which packets can be dropped. Needs root and iproute2."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import urllib.parse

from drill import wait_until

NEAR, FAR, PORT = "10.222.19.1", "10.222.19.2", 5432


def is_possible():
    """Whether this account may make a network; a container's root may not."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    space = f"innergate{os.getpid()}-try"
    made = subprocess.run(["ip", "netns", "add", space], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if made.returncode == 0:
        run("ip", "netns", "delete", space)
    return made.returncode == 0


def run(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=20)


class FarDatabase:
    """A relay in a network namespace, to the socket of a stack's server."""

    def __init__(self, stack):
        url = urllib.parse.urlsplit(stack.setting("database", "url"))
        folder = pathlib.Path(urllib.parse.parse_qs(url.query)["host"][0])
        self._socket = next(path for path in folder.glob(".s.PGSQL.*") if path.is_socket())
        self.url = f"postgresql://{url.username}@{FAR}:{PORT}{url.path}"
        self._space = f"innergate{os.getpid()}"
        self._relay = None

    def __enter__(self):
        run("ip", "netns", "add", self._space)
        try:
            run("ip", "link", "add", self._space[:12], "type", "veth", "peer", "name", "far", "netns", self._space)
            run("ip", "addr", "add", f"{NEAR}/30", "dev", self._space[:12])
            run("ip", "link", "set", self._space[:12], "up")
            for command in (("addr", "add", f"{FAR}/30", "dev", "far"), ("link", "set", "far", "up")):
                run("ip", "-n", self._space, *command)
            self._relay = subprocess.Popen(
                ["ip", "netns", "exec", self._space, sys.executable, __file__, self._socket], stdin=subprocess.DEVNULL
            )
            wait_until(self._answers, what="the far database to answer")
        except BaseException:
            self.__exit__()
            raise
        return self

    def _answers(self):
        try:
            socket.create_connection((FAR, PORT), timeout=1).close()
        except OSError:
            return False
        return True

    def __exit__(self, *_):
        if self._relay is not None:
            self._relay.terminate()
            self._relay.wait(timeout=20)
        # Takes the pair of interfaces with it.
        run("ip", "netns", "delete", self._space)

    @contextlib.contextmanager
    def dropped(self, _stack):
        """What the far side sends is lost without a word."""
        run("ip", "-n", self._space, "route", "add", "blackhole", f"{NEAR}/32")
        try:
            yield
        finally:
            run("ip", "-n", self._space, "route", "delete", "blackhole", f"{NEAR}/32")


def copy(source, target):
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def relay(path):
    with socket.create_server((FAR, PORT), backlog=64) as listener:
        while True:
            near, _ = listener.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(path)
            for pair in ((near, far), (far, near)):
                threading.Thread(target=copy, args=pair, daemon=True).start()


if __name__ == "__main__":
    relay(sys.argv[1])
