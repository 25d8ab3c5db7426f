"""Names and connections: each name is looked up once, and only an address that was looked at is dialled."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

import httpcore2

from reader.errors import Forbidden, TimedOut, Unreachable
from reader.web import causes

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME_SECONDS = 10.0
CONNECT_SECONDS = 5.0
MAX_DIALS = 4
"""Addresses of one name that are tried."""


class Names:
    """What names mean: each is looked up once."""

    def __init__(self) -> None:
        self._found: dict[str, asyncio.Future[list[str]]] = {}

    async def addresses(self, host: str, url: str) -> list[str]:
        """The IP addresses of a host. Raises `Unreachable`, `TimedOut`."""
        found = self._found.get(host)
        if found is None:
            found = self._found[host] = asyncio.get_running_loop().create_future()
            threading.Thread(target=_look_up, args=(host, found), daemon=True).start()  # a look-up cannot be stopped, only left
        try:
            return await asyncio.wait_for(asyncio.shield(found), NAME_SECONDS)
        except TimeoutError:
            raise TimedOut(url, f"nobody could say within {NAME_SECONDS:g} s where {host} is (DNS)") from None
        except (OSError, UnicodeError) as error:
            raise Unreachable(url, causes.of_name(error, host)) from None


def _look_up(host: str, found: asyncio.Future[list[str]]) -> None:
    """Fill the future from another thread, unless nobody waits any more."""

    def tell(result: list[str] | Exception) -> None:
        if not found.done():
            if isinstance(result, list):
                found.set_result(result)
            else:
                found.set_exception(result)
                found.exception()  # taken: no complaint when nobody asks again

    try:
        infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        result: list[str] | Exception = list(dict.fromkeys(str(info[4][0]) for info in infos))
    except (OSError, UnicodeError) as error:
        result = error
    try:
        found.get_loop().call_soon_threadsafe(tell, result)
    except RuntimeError:  # the loop is closed: the fetch gave up long ago
        return


class Dialler(httpcore2.AnyIOBackend):
    """Opens connections, each to an address that was looked at."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore2 says it so
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first address that takes one; all of them together have `timeout` seconds."""
        addresses = (await self._names.addresses(host, host))[:MAX_DIALS]
        for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            share = (timeout or CONNECT_SECONDS) / left
            try:
                return await super().connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if left == 1:
                    raise
        raise Unreachable(host, f"{host} has no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore2 says it so
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """Refused: a socket of this computer is not on the web."""
        raise Forbidden(path, "only http and https addresses are fetched")
