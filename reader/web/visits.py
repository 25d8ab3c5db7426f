"""One GET, from its first redirect to its last byte, within limits. Heavy: `fetch` imports it where something is fetched."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from typing import Self

import httpcore2
import httpx2

from reader.errors import BadAnswer, BadRedirect, BadStatus, Forbidden, TimedOut, WebError
from reader.settings import VERSION
from reader.web import causes
from reader.web.addresses import BAD_PORTS, reach_of
from reader.web.answers import Answer, Headers, Wanted, cookies, max_age, retry_after
from reader.web.body import Body
from reader.web.dial import CONNECT_SECONDS, Dialler, Names

SILENT_SECONDS = 10.0
TOTAL_SECONDS = 30.0
MAX_REDIRECTS = 5
USER_AGENT = f"Watchdesk/{VERSION} (+feed reader)"
_TIMEOUTS = {"connect": CONNECT_SECONDS, "read": SILENT_SECONDS, "write": SILENT_SECONDS, "pool": TOTAL_SECONDS}
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.ASCII | re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class Web:
    """The connections of one thread to the world, and what the names in it mean."""

    def __init__(self) -> None:
        self._names = Names()
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=100,
            max_keepalive_connections=30,
            keepalive_expiry=20,
            network_backend=Dialler(self._names),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.aclose()

    async def get(self, wanted: Wanted) -> Answer | WebError:
        """What came, or why nothing did."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._follow(wanted)
        except WebError as error:
            return error
        except TimeoutError:
            return TimedOut(wanted.url, f"the answer was not complete after {TOTAL_SECONDS:g} s")
        except Exception as error:  # noqa: BLE001 - one odd server must not stop all the others
            return causes.of(error, wanted.url)

    async def _follow(self, wanted: Wanted) -> Answer:
        url = first = _parsed(wanted.url)
        kept: dict[str, dict[str, str]] = {}
        seen: set[tuple[str, str]] = set()
        permanent = True
        while True:
            state = (str(url), str(kept.get(url.host)))
            if state in seen:
                raise BadRedirect(wanted.url, "the server sends us in a circle")
            if len(seen) > MAX_REDIRECTS:
                raise BadRedirect(wanted.url, f"the server sends us on more than {MAX_REDIRECTS} times")
            seen.add(state)
            await self._check(url, wanted, first)
            response = await self._ask(url, _headers(url, wanted, first, kept.get(url.host, {})))
            try:
                headers = Headers(response.headers)
                if response.status not in _REDIRECTS or not headers.first("location"):
                    moved_to = str(url) if permanent and url != first else ""
                    return await _answer(response, headers, wanted, url, moved_to)
                await _drain(response, headers)
                for line in headers.all("set-cookie"):
                    kept.setdefault(url.host, {}).update(cookies(line))
            finally:
                await response.aclose()
            permanent = permanent and response.status in _PERMANENT
            url = _next(wanted.url, url, headers.location())

    async def _check(self, url: httpx2.URL, wanted: Wanted, first: httpx2.URL) -> None:
        """Refuse what is not to be fetched, before anything is dialled."""
        reaches = {reach_of(address) for address in await self._names.addresses(url.host, wanted.url)}
        if "never" in reaches:
            raise Forbidden(wanted.url, f"{url.host} is an address that is never fetched (link-local, multicast or reserved)")
        if "private" not in reaches:
            if url.port in BAD_PORTS:
                raise Forbidden(wanted.url, f"port {url.port} is not one that web servers use")
        elif url.host != first.host:
            where = f"{url.host}, which is on this computer or a private network"
            raise Forbidden(wanted.url, f"the server sends us to {where}; we do not follow")
        elif not wanted.allow_private:
            raise Forbidden(
                wanted.url, f"{url.host} is on this computer or a private network; --allow-private lets a feed be there"
            )

    async def _ask(self, url: httpx2.URL, headers: list[tuple[bytes, bytes]]) -> httpcore2.Response:
        request = httpcore2.Request(
            b"GET",
            httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=headers,
            extensions={"timeout": _TIMEOUTS},
        )
        try:
            return await self._pool.handle_async_request(request)
        except (httpcore2.RemoteProtocolError, httpcore2.ReadError, httpcore2.WriteError) as error:
            if not causes.broke_before_an_answer(error):
                raise
        return await self._pool.handle_async_request(request)  # a kept connection that had just closed; or a server in trouble


async def _answer(response: httpcore2.Response, headers: Headers, wanted: Wanted, url: httpx2.URL, moved_to: str) -> Answer:
    """The answer at the end of the redirects."""
    age = max_age(headers)
    if response.status == 304:
        if not (wanted.etag or wanted.last_modified):
            raise BadAnswer(wanted.url, "the server says that nothing changed (304), but we have never had it")
        await _drain(response, headers)
        return Answer(
            url=str(url),
            unchanged=True,
            etag=headers.first("etag") or wanted.etag,
            last_modified=headers.first("last-modified") or wanted.last_modified,
            max_age=age,
            moved_to=moved_to,
        )
    if response.status not in {200, 203}:
        why = causes.of_status(response.status, headers.get, bool(wanted.username))
        raise BadStatus(wanted.url, why, response.status, retry_after(headers))
    body = Body(wanted.url, headers.get("content-encoding"))
    try:
        async for piece in response.stream:  # type: ignore[union-attr]  # the pool is asynchronous, and so are its streams
            body.add(piece)
    except httpcore2.ReadTimeout:
        raise TimedOut(wanted.url, f"the server fell silent for {SILENT_SECONDS:g} s in the middle of its answer") from None
    return Answer(
        url=str(url),
        body=body.whole(),
        content_type=headers.first("content-type"),
        etag=headers.first("etag"),
        last_modified=headers.first("last-modified"),
        max_age=age,
        moved_to=moved_to,
        received=body.received,
    )


async def _drain(response: httpcore2.Response, headers: Headers) -> None:
    """Read what nobody needs, where that is little: the connection can then be used again."""
    if response.status == 304 or headers.first("content-length") == "0":
        await response.aread()


# Requests


def _parsed(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL:
        raise Forbidden(address, "this is not an address on the web") from None
    if not _is_on_the_web(url):
        raise Forbidden(address, "only http and https addresses are fetched")
    if url.userinfo:
        raise Forbidden(address, "an address is fetched without the name and password in it; give them apart (--user)")
    return url


def _is_on_the_web(url: httpx2.URL) -> bool:
    return url.scheme in {"http", "https"} and _HOST.fullmatch(url.raw_host.decode("ascii", "replace")) is not None


def _next(address: str, url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads, if we go there."""
    try:
        target = url.join(location)
    except httpx2.InvalidURL:
        raise BadRedirect(address, f"the server sends us to what is no address ({location[:80]})") from None
    if not _is_on_the_web(target):
        raise BadRedirect(address, f"the server sends us to {str(target)[:80]}, which is not on the web")
    if target.userinfo:
        raise BadRedirect(address, "the server sends us to an address with a name in it, where we do not follow")
    if url.scheme == "https" and target.scheme == "http":
        raise BadRedirect(address, f"the server sends us from an encrypted to an open address ({str(target)[:80]})")
    return target.copy_with(fragment=None)


def _headers(url: httpx2.URL, wanted: Wanted, first: httpx2.URL, held: dict[str, str]) -> list[tuple[bytes, bytes]]:
    headers = {"User-Agent": USER_AGENT, "Accept": wanted.accept, "Accept-Encoding": "gzip"}
    if wanted.etag:
        headers["If-None-Match"] = wanted.etag
    if wanted.last_modified:
        headers["If-Modified-Since"] = wanted.last_modified
    if wanted.username and (url.host, url.scheme) == (first.host, first.scheme):
        headers["Authorization"] = f"Basic {b64encode(f'{wanted.username}:{wanted.password}'.encode()).decode()}"
    if held:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in held.items())
    return [(b"Host", url.netloc), *((name.encode(), value.encode("latin-1", "ignore")) for name, value in headers.items())]
