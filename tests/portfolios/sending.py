"""What tests of gathering evidence send: small files, and the form that brings them."""

import socket
from contextlib import contextmanager
from threading import Thread
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.urls import reverse

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64
ADD = "/evidence/add/"


def upload(name="photo.jpg", content=JPEG):
    return SimpleUploadedFile(name, content)


def send(client, *files, url=ADD, piece=None, json=False, **more):
    accept = {"HTTP_ACCEPT": "application/json"} if json else {}
    data = {"files": list(files), "piece": str(piece or uuid4()), "whole": "1"} | more
    return client.post(url, {name: value for name, value in data.items() if value != "leave out"}, **accept)


def at(name, evidence, query=""):
    return reverse(name, args=[evidence.public_id]) + query


class Quiet(WSGIRequestHandler):
    def log_message(self, *words) -> None:
        pass


class SharedServer(ThreadedWSGIServer):
    """Leaves the test's own connection open when a request ends."""

    def _close_connections(self) -> None:
        pass


@contextmanager
def real_server():
    """A server that listens, on the test's own database transaction; gives its address."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    server = SharedServer(("127.0.0.1", 0), Quiet, connections_override={"default": shared})
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever, daemon=True)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's transaction lives in this connection
    thread.start()
    try:
        yield server.server_address
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        server.shutdown()
        server.server_close()
        thread.join()
        shared.dec_thread_sharing()


def multipart(fields: dict, name: str, content: bytes) -> bytes:
    """A form as a browser sends it: fields, the file, and `whole` at the end."""
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    file = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: video/mp4\r\n\r\n'
    before = "".join(f"--line\r\n{part}\r\n" for part in parts) + f"--line\r\n{file}"
    after = '\r\n--line\r\nContent-Disposition: form-data; name="whole"\r\n\r\n1\r\n--line--\r\n'
    return before.encode() + content + after.encode()


def post_to(address, path: str, body: bytes, *, cookies: str, sent: int) -> str:
    """Send the first `sent` bytes of the body, then hang up; what the server says to that."""
    head = (
        f"POST {path} HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary=line\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(address, timeout=20) as line:
        line.sendall(head.encode() + body[:sent])
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
