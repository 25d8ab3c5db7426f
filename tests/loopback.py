"""A web site on this machine that says exactly what a test tells it to, byte for byte."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    Said = bytes | Callable[["Request"], bytes | None]


@dataclass
class Request:
    """What was asked."""

    path: str
    headers: dict[str, str]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer with its length."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    length = "" if "Transfer_Encoding" in headers else f"Content-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\n{length}{lines}\r\n".encode("latin-1") + body


@dataclass
class Site:
    """Answers each path as `says` has it: bytes, or a function of the request that may return `None` to say nothing for ever."""

    says: dict[str, Said] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        with suppress(OSError):  # wakes `accept`, which closing alone does not
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while head := self._head(connection):
                first, *lines = head.decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1)[:1] + line.split(": ", 1)[1:] for line in lines if ": " in line)
                request = Request(first.split()[1], headers)
                self.asked.append(request)
                said = self.says.get(request.path, answer(b"", "404 Not Found"))
                reply = said(request) if callable(said) else said
                if reply is None:
                    connection.recv(1)  # until the other side gives up
                    return
                connection.sendall(reply)
                if b"Content-Length" not in reply and b"HTTP/1.1 304" not in reply:
                    return
                if b"Connection: close" in reply:
                    return

    @staticmethod
    def _head(connection: socket.socket) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            piece = connection.recv(1)
            if not piece:
                return b""
            head += piece
        return head[:-4]
