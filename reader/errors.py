"""What can go wrong, as one tree, with the facts. `str(error)` is one clear line for the user.

    WatchdeskError
      LibraryError           the library as a whole
        NotALibrary          the folder or file is something else; it is left alone
        LibraryTooNew        written by a newer Watchdesk
        LibraryDamaged       SQLite cannot read it
        LibraryBusy          another program kept it locked for too long
        LibraryUnwritable    no space, no permission, a read-only place
      NotFound               no such article, feed, thread …
      Refused                what was asked for makes no sense; the words say why
        QueryError           a search that cannot be understood, and where
        ParseError           bytes that are not what they should be
      JobRunning             a job of this kind already runs
      WebError               a fetch that brought nothing
        Unreachable          no such host, no connection, TLS refused
        TimedOut             took too long
        TooLarge             more bytes than we take
        BadStatus            the server said no
        BadRedirect          too many, in a circle, or to where we do not go
        Forbidden            an address that we do not fetch
        BadAnswer            cut short, or in an encoding that we do not read
      KeychainError          the system keychain is missing, locked or not safe
      PublishError           a briefing could not be made
      ChildFailed            work in a process of its own brought nothing
        ChildTimedOut        it took too long and was stopped
        ChildOutOfMemory     it wanted more memory than it may have
        ChildCrashed         its process died
      EngineStopped          the process that does the work ended before it answered
      Unforeseen             a fault in Watchdesk itself

Every class passes its facts to `Exception`, so that an error crosses a pipe whole.
"""

from __future__ import annotations

from pathlib import Path


class WatchdeskError(Exception):
    """Anything that Watchdesk tells the user went wrong."""


class LibraryError(WatchdeskError):
    """The library as a whole cannot be used."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(str(path), why)
        self.path, self.why = Path(path), why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


class NotALibrary(LibraryError):
    """The folder or file is something else; it is left alone."""


class LibraryTooNew(LibraryError):
    """A newer Watchdesk wrote it."""


class LibraryDamaged(LibraryError):
    """SQLite cannot read it."""


class LibraryBusy(LibraryError):
    """Another program kept it locked for too long."""


class LibraryUnwritable(LibraryError):
    """No space, no permission, a read-only place."""


class NotFound(WatchdeskError):
    """No such thing in this library."""

    def __init__(self, kind: str, id: int) -> None:
        super().__init__(kind, id)
        self.kind, self.id = kind, id

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.id}"


class Refused(WatchdeskError):
    """What was asked for makes no sense; the words say why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class QueryError(Refused):
    """A search that cannot be understood; `position` counts characters from 0."""

    def __init__(self, why: str, query: str, position: int) -> None:
        super(Refused, self).__init__(why, query, position)
        self.why, self.query, self.position = why, query, position


class ParseError(Refused):
    """Bytes that are not what they should be; `line` is 0 where there is none."""

    def __init__(self, why: str, line: int = 0) -> None:
        super(Refused, self).__init__(why, line)
        self.why, self.line = why, line


class JobRunning(WatchdeskError):
    """A job of this kind already runs, and who runs it."""

    def __init__(self, kind: str, holder: str) -> None:
        super().__init__(kind, holder)
        self.kind, self.holder = kind, holder

    def __str__(self) -> str:
        return f"{self.kind} already runs ({self.holder})"


class WebError(WatchdeskError):
    """A fetch that brought nothing. `why` is one line in the user's words; `brief` does to group by."""

    brief = "no answer"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)
        self.url, self.why = url, why

    def __str__(self) -> str:
        return self.why


class Unreachable(WebError):
    """No such host, no connection, TLS refused, or the connection broke."""

    brief = "unreachable"


class TimedOut(WebError):
    """Took too long."""

    brief = "timed out"


class TooLarge(WebError):
    """More bytes than we take."""

    brief = "too large"


class BadStatus(WebError):
    """The server said no. `retry_after` is in seconds, 0 where it did not say."""

    brief = "refused by the server"

    def __init__(self, url: str, why: str, status: int, retry_after: float = 0) -> None:
        super(WebError, self).__init__(url, why, status, retry_after)
        self.url, self.why, self.status, self.retry_after = url, why, status, retry_after


class BadRedirect(WebError):
    """Too many redirects, in a circle, or to where we do not go."""

    brief = "bad redirect"


class Forbidden(WebError):
    """An address that we do not fetch: not http(s), private, or with a name in it."""

    brief = "address not allowed"


class BadAnswer(WebError):
    """Cut short, or in an encoding that we do not read."""

    brief = "damaged answer"


class KeychainError(WatchdeskError):
    """The system keychain is missing, locked or not safe."""


class PublishError(WatchdeskError):
    """A briefing could not be made."""


class EngineStopped(WatchdeskError):
    """The process that does the work ended before it answered."""

    def __init__(self) -> None:
        super().__init__("the engine stopped before it answered; everything it had saved is there")


class Unforeseen(WatchdeskError):
    """A fault in Watchdesk itself: what Python said, and where, for whoever mends it."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where)
        self.what, self.where = what, where

    def __str__(self) -> str:
        return f"a fault in Watchdesk itself: {self.what}"


class ChildFailed(WatchdeskError):
    """Work in a process of its own brought nothing, and only that work."""


class ChildTimedOut(ChildFailed):
    """It took too long and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"it took longer than {self.seconds:g} s and was stopped"


class ChildOutOfMemory(ChildFailed):
    """It wanted more memory than it may have."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes

    def __str__(self) -> str:
        return f"it wanted more than {self.megabytes} MB of memory and was stopped"


class ChildCrashed(ChildFailed):
    """Its process died; `code` is its exit status, negative for a signal."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"the process that worked on it died ({'no status' if self.code is None else f'status {self.code}'})"
