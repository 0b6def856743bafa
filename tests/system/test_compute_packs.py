"""Many clients buy the same compute packs at once, through nginx: each pack is there once.

INNERGATE_TEST_PACK_REQUESTS says how many requests there are, 500 at least, where 10 000 take too long."""

import collections
import concurrent.futures
import http.client
import json
import os
import random
import time

import pytest

from own_processes import OwnNginx, OwnPool
from running_stack import Stack, wait_until

CLIENTS, PURCHASES = 32, 500
REQUESTS = int(os.environ.get("INNERGATE_TEST_PACK_REQUESTS", "10000"))
SOME_REQUESTS = min(REQUESTS, 1000)
RESTARTS = 8
REFUSED = (400, {"message": "400 Bad request - Unable to save additional packs"})
MOVED = (202, {"message": "202 Accepted"})
TARGET = "/api/v4/namespaces/123/minutes"
HEADERS = {"PRIVATE-TOKEN": "glpat-innergate-demo-admin", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def running(build, database):
    """A running system for these tests: what is bought stays. Each names its own purchases."""
    with Stack(build, database=database) as stack:
        yield stack


def orders(count, kind):
    """That many lists of one to three packs; every purchase of that kind is in one of them, most are in many."""
    chance = random.Random(14)
    numbers = [[index % PURCHASES] + chance.choices(range(PURCHASES), k=chance.randrange(3)) for index in range(count)]
    for some in numbers:
        chance.shuffle(some)
    chance.shuffle(numbers)
    return [
        [
            {"number_of_minutes": number + 1, "expires_at": "2030-01-31", "purchase_xid": f"{kind}-{number:03}"}
            for number in some
        ]
        for some in numbers
    ]


class Client:
    """A connection that is kept; every answer must be the one that is due."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.answers, self.statuses = 0, collections.Counter()

    def send(self, method, path, packs=None):
        body = None if packs is None else json.dumps({"packs": packs})
        self.connection.request(method, path, body=body, headers=HEADERS)
        response = self.connection.getresponse()
        text = response.read()
        self.answers += 1
        self.statuses[response.status] += 1
        return response.status, json.loads(text)

    def buy(self, lists):
        for packs in lists:
            assert self.send("POST", TARGET, packs) == (201, [{"namespace_id": 123, **pack} for pack in packs])

    def buy_or_move(self, lists):
        for index, packs in enumerate(lists):
            if index % 4 == 3:
                source, target = (123, 321) if index % 8 == 3 else (321, 123)
                path = f"/api/v4/namespaces/{source}/minutes/move/{target}"
                assert self.send("PATCH", path) == MOVED
            else:
                status, answer = self.send("POST", TARGET, packs)
                assert status == 201 or (status, answer) == REFUSED


def at_once(port, lists, work=Client.buy, meanwhile=lambda answers: None):
    """The lists, dealt out to the clients; `meanwhile` is told how many answers there are, whenever it asks. The
    number of answers by status."""
    clients = [Client(port) for _ in range(CLIENTS)]
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as threads:
        hands = [threads.submit(work, client, lists[number::CLIENTS]) for number, client in enumerate(clients)]

        def answers():
            for hand in hands:
                if hand.done():
                    hand.result()
            return sum(client.answers for client in clients)

        meanwhile(answers)
        for hand in hands:
            hand.result()
    return sum((client.statuses for client in clients), collections.Counter())


def assert_each_once(stack, kind):
    packs = f"from ci_minutes_additional_packs where namespace_id = 123 and purchase_xid like '{kind}-%'"
    assert stack.look(f"select count(*) {packs}") == [str(PURCHASES)]
    assert stack.look(f"select count(distinct purchase_xid) {packs}") == [str(PURCHASES)]
    assert stack.look(f"select sum(number_of_minutes) {packs}") == [str(sum(range(PURCHASES + 1)))]


def test_each_purchase_is_one_pack(running, database):
    started = time.monotonic()
    statuses = at_once(running.public_port, orders(REQUESTS, "once"))
    print(f"{database}: {dict(statuses)} in {time.monotonic() - started:.1f} s")
    assert statuses == {201: REQUESTS}
    assert_each_once(running, "once")


def test_packs_that_move_to_and_fro_are_there_once(running):
    """A purchase is refused while its pack, or one beside it, is elsewhere; and nothing of the refused is kept."""
    statuses = at_once(running.public_port, orders(SOME_REQUESTS, "moved"), Client.buy_or_move)
    assert set(statuses) <= {201, 202, 400}
    assert statuses.total() == SOME_REQUESTS
    last = Client(running.public_port)
    assert last.send("PATCH", "/api/v4/namespaces/321/minutes/move/123")[0] == 202
    assert running.look("select count(*) from ci_minutes_additional_packs where namespace_id <> 123") == ["0"]
    last.buy(orders(PURCHASES, "moved"))  # of which some were refused every time
    assert_each_once(running, "moved")


def test_restarts_of_the_pool_lose_no_purchase(running):
    """nginx sends a purchase once more when its connection breaks, POST though it is, and so a move."""

    def buy_and_stay(client, lists):
        for packs in lists:
            client.buy([packs])
            assert client.send("PATCH", f"{TARGET}/move/123") == MOVED

    with OwnPool(running, pool="public") as pool, OwnNginx(running, [pool.replacement]) as nginx:

        def restart(answers):
            for number in range(1, RESTARTS + 1):
                goal = number * 2 * SOME_REQUESTS // (RESTARTS + 1)
                wait_until(lambda: answers() >= goal, seconds=120, what=f"{goal} answers")
                pool.restart()

        statuses = at_once(nginx.public_port, orders(SOME_REQUESTS, "restarted"), buy_and_stay, restart)
    assert statuses == {201: SOME_REQUESTS, 202: SOME_REQUESTS}
    assert_each_once(running, "restarted")
