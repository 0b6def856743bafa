"""Speaks FastCGI to a pool's socket directly, as nginx does, and as a broken nginx would."""

import socket
import struct

BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6


def record(kind, content):
    return struct.pack("!BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def stream(kind, content):
    """Records of that kind, with the empty one that ends them."""
    pieces = [content[at : at + 65535] for at in range(0, len(content), 65535)]
    return b"".join(record(kind, piece) for piece in [*pieces, b""])


def _length(size):
    return bytes([size]) if size < 128 else struct.pack("!I", size | 0x80000000)


def parameter(name, value):
    return _length(len(name)) + _length(len(value)) + name + value


def begin(keep_connection=False):
    return record(BEGIN_REQUEST, struct.pack("!HB5x", 1, 1 if keep_connection else 0))


def request_bytes(method, target, headers=None, body=b"", keep_connection=False):
    query = target.partition("?")[2]
    fields = {"REQUEST_METHOD": method, "REQUEST_URI": target, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1",
              "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)) if body else ""}
    for name, value in (headers or {}).items():
        fields["HTTP_" + name.upper().replace("-", "_")] = value
    parameters = b"".join(parameter(name.encode(), value.encode()) for name, value in fields.items())
    return begin(keep_connection) + stream(PARAMS, parameters) + stream(STDIN, body)


def read_answer(connection):
    """Status and body of the next answer."""
    output = b""
    while True:
        head = _exactly(connection, 8)
        _, kind, _, size, padding, _ = struct.unpack("!BBHHBB", head)
        content = _exactly(connection, size + padding)[:size]
        if kind == STDOUT:
            output += content
        elif kind == END_REQUEST:
            break
    header, _, body = output.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in header.decode().split("\r\n"))
    return int(fields.get("Status", "200 OK").split()[0]), body


def _exactly(connection, size):
    data = b""
    while len(data) < size:
        chunk = connection.recv(size - len(data))
        if not chunk:
            raise ConnectionError("the pool closed the connection")
        data += chunk
    return data


def ask(socket_file, method, target, headers=None, body=b""):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(socket_file)
        connection.sendall(request_bytes(method, target, headers, body))
        return read_answer(connection)
