"""The Gitaly for tests as a process: git on real repositories behind Gitaly's protocol."""

import pathlib
import subprocess

SECONDS = 60


class Gitaly:
    """A context manager that stops it. `listen` is unix:/PATH or HOST:PORT; port 0 is any that is free."""

    def __init__(self, build, storage, listen, *arguments):
        self._command = [
            str(pathlib.Path(build) / "bin" / "test_gitaly"), "--storage", str(storage), "--listen", listen, *arguments,
        ]
        self.address = None
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the Gitaly for tests did not start"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=SECONDS) == 0
        self.process.stdout.close()
