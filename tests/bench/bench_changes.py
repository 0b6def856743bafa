"""Changes that are made in the database beside the load: each line is one, and is committed before the next.

wrk writes a line where the row has a change among its requests, and goes on without waiting. So changes and requests
keep the proportion of the row, whatever the rate. What carries them out may lag by what the pipe and its own buffer
hold, which is some hundred changes; then wrk waits for it.

As a program, for which PostgreSQL has psql: bench_changes.py FILE carries out what it reads on an SQLite file.
"""

import contextlib
import fcntl
import os
import sqlite3
import subprocess
import sys

F_SETPIPE_SZ = 1031
BUSY_SECONDS = 60
STOP_SECONDS = 60
VARIABLE = "INNERGATE_BENCH_CHANGES"


def sqlite_command(file):
    return [sys.executable, __file__, str(file)]


def postgresql_command(binaries, url):
    return [str(binaries / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={url}"]


@contextlib.contextmanager
def carried_out_by(command):
    """The end of a pipe to write changes to; afterwards waits until all of them are made."""
    read_end, write_end = os.pipe()
    fcntl.fcntl(write_end, F_SETPIPE_SZ, os.sysconf("SC_PAGE_SIZE"))
    with subprocess.Popen(command, stdin=read_end, stdout=subprocess.DEVNULL) as changer:
        os.close(read_end)
        try:
            yield write_end
        finally:
            os.close(write_end)
            try:
                status = changer.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                changer.kill()
                raise
    if status != 0:
        raise SystemExit(f"a change was refused: {command[0]} ended with {status}")


def carry_out(file, lines):
    with contextlib.closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        # As the pools do.
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = normal")
        for line in lines:
            connection.executescript(line)


if __name__ == "__main__":
    carry_out(sys.argv[1], sys.stdin)
