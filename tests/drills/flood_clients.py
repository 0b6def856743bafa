"""Clients that mean no good, until a signal ends them: flood_clients.py slow|oversized PORT NUMBER PATH.

Then it prints how many connections there were, and how many answers of each status."""

import asyncio
import collections
import os
import signal
import sys

MEBIBYTE = 1024 * 1024
SECONDS_PER_BYTE = 0.05
ANSWER_SECONDS = 60
connections, answers = 0, collections.Counter()


def head(method, path, *fields):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", *fields, "", ""]).encode()


async def slow(number, path, reader, writer):
    """One byte at a time: every other client already of its header fields, the others of the body."""
    fields = ("X-Slow: " + "x" * 4000,) if number % 2 else ("Content-Length: 1000000",)
    to_send = head("POST", path, *fields) + b"x" * 1000
    if number % 2 == 0:
        writer.write(to_send[:-1000])
        to_send = to_send[-1000:]
    for byte in to_send:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(SECONDS_PER_BYTE)


async def oversized(number, path, reader, writer):
    """11 MiB: every other client says so in advance, the others send chunks."""
    chunk = b"x" * MEBIBYTE
    if number % 2:
        writer.write(head("POST", path, f"Content-Length: {11 * MEBIBYTE}"))
    else:
        writer.write(head("POST", path, "Transfer-Encoding: chunked"))
        chunk = f"{MEBIBYTE:x}\r\n".encode() + chunk + b"\r\n"
    answer = asyncio.ensure_future(reader.readline())
    try:
        for _ in range(11):
            if answer.done():
                break
            writer.write(chunk)
            await writer.drain()
    except OSError:
        pass  # nginx does not read to the end; what it said may have come through
    try:
        status = (await asyncio.wait_for(answer, ANSWER_SECONDS)).split()
    except (OSError, asyncio.TimeoutError):
        status = []
    answers[status[1].decode() if status else "none"] += 1


async def again_and_again(behave, port, number, path):
    global connections
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            connections += 1
            try:
                await behave(number, path, reader, writer)
            finally:
                writer.close()
        except OSError:
            # The server has had enough of this one, or is out of connections.
            await asyncio.sleep(SECONDS_PER_BYTE)


async def main(kind, port, count, path):
    behave = {"slow": slow, "oversized": oversized}[kind]
    ended = asyncio.Event()
    for how in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(how, ended.set)
    tasks = [asyncio.ensure_future(again_and_again(behave, int(port), number, path)) for number in range(int(count))]
    await ended.wait()
    print(f"{connections} connections of {len(tasks)} {kind} clients, answers {dict(answers)}", flush=True)
    # Whatever they are in the middle of.
    os._exit(0)


asyncio.run(main(*sys.argv[1:]))
