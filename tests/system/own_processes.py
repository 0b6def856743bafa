"""A pool and an nginx of a test's own, for what a shared stack must not suffer."""

import pathlib
import re
import shutil
import signal
import socket
import subprocess

import fastcgi_client
from running_stack import connect, free_port, temporary_folder, wait_until


class OwnNginx:
    """The nginx of a stack once more, on other ports, with some of its text replaced."""

    def __init__(self, stack, replacements=()):
        self.port, self.public_port = free_port(), free_port()
        self.folder = temporary_folder()
        shutil.copytree(stack.state_dir / "nginx", self.folder / "nginx")
        sockets = pathlib.Path(stack.pool_socket("internal")).parent
        # Its own pid file, temporary files and logs; the pools' sockets stay the stack's.
        main, site = self.folder / "nginx" / "nginx.conf", self.folder / "nginx" / "site.conf"
        main.write_text(main.read_text().replace(str(sockets), str(self.folder)))
        text = site.read_text().replace(str(stack.state_dir / "log"), str(self.folder))
        text = re.sub(r"^ *listen unix:.*\n", "", text, flags=re.MULTILINE)
        text = text.replace(f"127.0.0.1:{stack.internal_port};", f"127.0.0.1:{self.port};")
        site.write_text(text.replace(f"127.0.0.1:{stack.public_port} ", f"127.0.0.1:{self.public_port} "))
        for file, old, new in replacements:
            path = self.folder / "nginx" / file
            content = path.read_text()
            assert old in content, f"{file} does not contain {old!r}"
            path.write_text(content.replace(old, new))

    @property
    def address(self):
        return ("127.0.0.1", self.port)

    def __enter__(self):
        prefix = self.folder / "nginx"
        self.process = subprocess.Popen(
            ["nginx", "-e", "stderr", "-p", prefix, "-c", prefix / "nginx.conf"],
            stdin=subprocess.DEVNULL, stderr=(self.folder / "error.log").open("wb"),
        )
        wait_until(self._listens, what="nginx to listen")
        return self

    def _listens(self):
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        try:
            connect(self.address).close()
        except ConnectionRefusedError:
            return False
        return True

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder)


class OwnPool:
    """A pool on a listening socket that the test holds, as systemd does: it outlives the process."""

    def __init__(self, stack, *options, pool="internal", settings_file=None, log_to=None, wrapper=()):
        """log_to: a descriptor for its log instead of a file; wrapper: a command that runs it."""
        self.stack, self.options, self.pool, self.log_to, self.wrapper = stack, options, pool, log_to, wrapper
        self.settings_file = settings_file or stack.settings_file
        self.folder = temporary_folder()
        self.path = self.folder / "pool.sock"
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(self.path))
        self.path.chmod(0o666)
        self.socket.listen(511)
        self.log = self.folder / "pool.log"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [*self.wrapper, self.stack.build / "bin" / "innergate-pool", "--pool", self.pool, "--config", self.settings_file,
             f"--pool-{self.pool}-listen", "", *self.options],
            stdin=self.socket, stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab") if self.log_to is None else self.log_to,
        )
        return self

    def reload(self):
        """Returns when it has read its settings again, whether it liked them or not."""
        events = (b'"event":"started"', b"not reloaded")
        count = sum(self.log.read_bytes().count(event) for event in events)
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: sum(self.log.read_bytes().count(event) for event in events) > count, what="the reload")

    def stop(self, how=signal.SIGTERM):
        """The exit status."""
        self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def restart(self):
        """Returns when the new process answers, whatever it answers: before that a signal may just end it."""
        assert self.stop() == 0
        self.start()
        fastcgi_client.ask(str(self.path), "GET", "/")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        try:
            if self.process.poll() is None:
                self.stop()
        finally:
            self.socket.close()
            shutil.rmtree(self.folder)

    @property
    def replacement(self):
        """Points an OwnNginx at this pool."""
        return ("snippets/innergate-upstreams.conf", f"unix:{self.stack.pool_socket(self.pool)} ", f"unix:{self.path} ")
