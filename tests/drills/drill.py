"""What the drills of this folder share: options, an orderly end on signals, and clients that write down their answers."""

import argparse
import collections
import contextlib
import http.client
import json
import pathlib
import shutil
import signal
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("system", "bench")]

from running_stack import temporary_folder, wait_until

DEMO_DATA = ROOT / "sql" / "seeds" / "demo.json"
DEMO_ADMINISTRATOR = {"PRIVATE-TOKEN": "glpat-innergate-demo-admin", "Content-Type": "application/json"}
# After a refusal a client waits so long, as one in a hurry would: it should neither spin nor miss the recovery.
PAUSE_SECONDS = 0.01


def read_options(seconds, **more):
    """Each of `more` is an option by what argparse is told of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--seconds", type=int, default=seconds, help="length of each part")
    for name, description in more.items():
        parser.add_argument("--" + name.replace("_", "-"), **description)
    # What scripts/drill, or a time-out, ends has to stop what it started.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    return parser.parse_args()


def say(text):
    print(text, flush=True)


def milliseconds(seconds):
    return "never" if seconds is None else f"{seconds * 1000:.0f} ms"


@contextlib.contextmanager
def working_folder():
    folder = temporary_folder()
    try:
        yield folder
    finally:

        def is_removed():
            # What was killed in the middle of its work can leave children that write for a moment more.
            shutil.rmtree(folder, ignore_errors=True)
            return not folder.exists()

        wait_until(is_removed, what=f"{folder} to be removed")


class Answer:
    """One answer: when it came and after how long, its status, what it was about; the status of a broken connection is 0."""

    __slots__ = ("at", "took", "status", "about")

    def __init__(self, sent, status, about):
        self.at, self.status, self.about = time.monotonic(), status, about
        self.took = self.at - sent

    @property
    def is_good(self):
        return 200 <= self.status < 300


class Clients:
    """Clients on kept connections that ask without pause, each for next(asks): what it is about, method, path, body."""

    def __init__(self, port, headers, all_asks):
        self._port, self._headers = port, headers
        self._ended = threading.Event()
        self._answers = [[] for _ in all_asks]
        self._threads = [
            threading.Thread(target=self._ask_on, args=pair, daemon=True) for pair in zip(all_asks, self._answers)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self, asks, answers):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._ended.is_set():
            about, method, path, body = next(asks)
            sent = time.monotonic()
            try:
                connection.request(method, path, body=body and json.dumps(body), headers=self._headers)
                response = connection.getresponse()
                response.read()
                status = response.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            answer = Answer(sent, status, about)
            answers.append(answer)
            if not answer.is_good:
                self._ended.wait(PAUSE_SECONDS)

    def run_for(self, seconds):
        self._ended.wait(seconds)

    @property
    def answers(self):
        return [answer for client in self._answers for answer in list(client)]

    def all_good_since(self, moment):
        """Whether each client's newest answers are good ones, of after that moment."""
        return all(client and client[-1].at > moment and client[-1].is_good for client in self._answers)


def shown(answers):
    """How many there were of each status."""
    counts = collections.Counter(answer.status or "broken" for answer in answers)
    return ", ".join(f"{status}: {count}" for status, count in sorted(counts.items(), key=str)) or "none"
