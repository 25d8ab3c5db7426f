"""A polite, bounded GET; alone opens sockets, through `visits` and `dial`.

Every name is resolved once, all its addresses are looked at, and one of these is dialled: what a name means cannot change in
between. Redirects are followed by hand. No cookies but those of one chain of redirects, no referrer, no proxy or password taken
from the environment. Time, size, headers and redirects have limits, and whatever goes wrong is a `WebError` that names the cause.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from typing import TYPE_CHECKING

from reader.errors import WebError
from reader.web.answers import FEEDS, PAGES, Answer, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from reader.web.visits import Web

__all__ = ["FEEDS", "PAGES", "Answer", "Fetched", "Wanted", "get", "get_all"]

LOOK_SECONDS = 0.2
"""How often `get_all` gives its caller a chance to stop while nothing comes."""

Fetched = tuple[Wanted, Answer | WebError]


def get(wanted: Wanted) -> Answer:
    """Fetch one thing. Raises `WebError`."""
    [(_, result)] = (fetched for fetched in get_all([wanted]) if fetched)
    if isinstance(result, WebError):
        raise result
    return result


def get_all(wanted: Iterable[Wanted], at_once: int = 30, per_host: int = 2) -> Generator[Fetched | None]:
    """Fetch all of it, each as it comes, at most `at_once` under way and `per_host` of these at one host.

    What the caller has not taken yet counts as under way, so that little is held in memory. `None` comes where nothing else has
    for a moment. Closing the iterator ends all that is under way.
    """
    results: queue.SimpleQueue[Fetched | BaseException | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    slots = asyncio.Semaphore(at_once)
    task = loop.create_task(_get_all(list(wanted), slots, per_host, results.put))
    thread = threading.Thread(target=_run, args=(loop, task, results.put), name="watchdesk-fetch", daemon=True)
    thread.start()
    try:
        while True:
            try:
                fetched = results.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                yield None
                continue
            if fetched is None:
                return
            if isinstance(fetched, BaseException):
                raise fetched
            loop.call_soon_threadsafe(slots.release)
            yield fetched
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None], put: Callable[[BaseException | None], None]) -> None:
    """Run to the end, and say that it has come: `None`, or what went wrong with the fetching itself."""
    end: BaseException | None = None
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        end = None  # that was asked for
    except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
        end = error
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        put(end)


async def _get_all(wanted: Sequence[Wanted], slots: asyncio.Semaphore, per_host: int, put: Callable[[Fetched], None]) -> None:
    from reader.web.visits import Web  # noqa: PLC0415 - heavy: only who fetches needs it

    lines: dict[str, list[Wanted]] = {}
    for one in wanted:
        lines.setdefault(one.url.split("/")[2] if one.url.count("/") > 1 else "", []).append(one)
    async with Web() as web, asyncio.TaskGroup() as group:
        for line in lines.values():
            waiting = iter(line)
            for _ in range(min(per_host, len(line))):
                group.create_task(_get_each(web, waiting, slots, put))


async def _get_each(web: Web, waiting: Iterator[Wanted], slots: asyncio.Semaphore, put: Callable[[Fetched], None]) -> None:
    """Fetch one after the other. The caller of `get_all` gives the slot back when it takes the result."""
    while True:
        await slots.acquire()
        wanted = next(waiting, None)
        if wanted is None:
            slots.release()
            return
        put((wanted, await web.get(wanted)))
