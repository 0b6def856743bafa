"""innergate-admin on a settings file of its own, in a folder of its own, without a running server."""

import json
import os
import pathlib
import subprocess

SECONDS = 60


class OperatorsTool:
    """Runs the program with what scripts/serve would give it; nothing of the caller's environment reaches it."""

    def __init__(self, build, folder, database_url=None):
        self.program = pathlib.Path(build) / "bin" / "innergate-admin"
        self.folder = folder
        self.settings_file = folder / "innergate.conf"
        self.shell_secret, self.kas_secret = folder / "shell_secret", folder / "kas_secret"
        self.db_key_base = folder / "db_key_base"
        self.database_file = folder / "innergate.db"
        self.programs = folder / "programs"  # first in PATH
        self.programs.mkdir()
        self.repositories = folder / "repositories"
        self.repositories.mkdir()
        self.settings_file.write_text(
            f"[secrets]\nshell_secret_file = {self.shell_secret}\nkas_secret_file = {self.kas_secret}\n"
            f"db_key_base_file = {self.db_key_base}\n"
            f"[database]\nurl = {database_url or f'sqlite:{self.database_file}'}\n"
            f"[storage.default]\npath = {self.repositories}\n"
            f"[pool.internal]\nlisten = unix:{folder}/internal.sock\n"
            f"[pool.public]\nlisten = unix:{folder}/public.sock\n"
        )

    def command(self, *arguments, settings_file=None):
        return [str(self.program), "--config", str(settings_file or self.settings_file), *arguments]

    @property
    def environment(self):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("INNERGATE_")}
        return {**clean, "PATH": f"{self.programs}:{os.environ['PATH']}"}

    def run(self, *arguments, settings_file=None):
        """The ended process, whatever its exit status, with its output as text."""
        return subprocess.run(
            self.command(*arguments, settings_file=settings_file),
            env=self.environment, capture_output=True, text=True, timeout=SECONDS, check=False,
        )

    def start(self, *arguments):
        return subprocess.Popen(
            self.command(*arguments), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def done(self, *arguments):
        """What it printed; it must have succeeded without a complaint."""
        ran = self.run(*arguments)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout + ran.stderr
        return ran.stdout

    def refused(self, *arguments):
        """The complaint; it must have failed, and printed no answer."""
        ran = self.run(*arguments)
        assert (ran.returncode, ran.stdout) == (1, ""), ran.stdout + ran.stderr
        return ran.stderr

    def json(self, *arguments):
        return json.loads(self.done("--json", *arguments))

    def create_secrets(self):
        for kind in ("shell", "kas", "db-key-base"):
            self.done("secret", "create", kind)

    def place_program(self, name, script):
        """A program of that name which is found before the real one."""
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
