"""Why a fetch brought nothing, in the user's words: one line that names the cause."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from typing import TYPE_CHECKING

import httpcore2

from reader.errors import BadAnswer, TimedOut, Unreachable, WebError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STATUSES = {
    202: "the server is not ready with it (202), or wants to see a browser first",
    204: "the server has nothing to say (204)",
    400: "the server does not understand the address (400)",
    401: "the server wants a name and password (401)",
    402: "the server wants money for it (402)",
    404: "there is nothing at this address (404); it may have moved",
    406: "the server has it, but not as a feed (406)",
    407: "the network wants a name and password for its proxy (407)",
    408: "the server took too long over it (408)",
    410: "it is gone for good (410)",
    429: "the server was asked too often (429)",
    451: "the server must not show it, for legal reasons (451)",
    500: "the server has an error of its own (500)",
    502: "the server has trouble behind it (502)",
    503: "the server is overloaded or being worked on (503)",
    504: "the server waits for another in vain (504)",
    511: "this network wants you to log in first (511)",
}


def of_status(status: int, header: Callable[[str], str], had_name: bool) -> str:
    """What an HTTP status means (RFC 9110, section 15), with what can be told from the headers."""
    if header("cf-mitigated") or (status in {403, 503} and "captcha" in header("x-datadome") + header("x-amzn-waf-action")):
        return f"the site's protection against robots wants to see a browser first ({status})"
    if status == 401 and had_name:
        return "the server does not take this name and password (401)"
    if status == 403:
        return "the server does not let us have it (403); it may keep out all programs that are not browsers"
    if status in {301, 302, 303, 307, 308}:
        return f"the server sends us on but does not say where ({status})"
    if status in _STATUSES:
        return _STATUSES[status]
    if status < 400:
        return f"the server gave an answer that makes no sense here ({status})"
    return f"the server {'refuses it' if status < 500 else 'has an error of its own'} ({status})"


def of_name(error: OSError | UnicodeError, host: str) -> str:
    """Why a host could not be looked up."""
    if isinstance(error, socket.gaierror) and error.errno in {socket.EAI_AGAIN, socket.EAI_FAIL}:
        return f"nobody can say now where {host} is (DNS); is this computer online?"
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"there is no site {host} (DNS); the name may be misspelt, or the site gone"
    return f"{host} could not be looked up: {error}"


def broke_before_an_answer(error: BaseException) -> bool:
    """Whether a connection just broke, so that asking once more may help."""
    if "without sending a response" in str(error):
        return True
    return any(isinstance(cause, ConnectionResetError | BrokenPipeError) for cause in _chain(error))


def of(error: Exception, url: str) -> WebError:
    """What the libraries below raised, as one of our errors."""
    causes = list(_chain(error))
    if found := next((cause for cause in causes if isinstance(cause, WebError)), None):
        return found
    if isinstance(error, httpcore2.ConnectTimeout):
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            return TimedOut(url, "the server took the connection, but no encrypted one came about within 5 s (TLS)")
        return TimedOut(url, "the server did not take the connection within 5 s")
    if tls := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        return Unreachable(url, _of_tls(tls))
    if isinstance(error, httpcore2.TimeoutException):
        return TimedOut(url, "the server took the connection and then said nothing for 10 s")
    if isinstance(error, httpcore2.ConnectError):
        return Unreachable(url, _of_connection(causes))
    if isinstance(error, httpcore2.ProtocolError):
        return _of_protocol(error, url)
    if isinstance(error, httpcore2.NetworkError):
        return Unreachable(url, "the server broke off the connection before its answer was complete")
    return BadAnswer(url, f"it could not be fetched: {type(error).__name__}: {error}"[:200])


def _of_tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message.rstrip(".").lower()
        if "expired" in said:
            return "the certificate of the site has expired (TLS)"
        if "self-signed" in said or "self signed" in said:
            return "the certificate of the site is signed by nobody but itself (TLS)"
        if "mismatch" in said or "not valid for" in said:
            return "the certificate of the site is for another name (TLS)"
        return f"the certificate of the site cannot be trusted (TLS: {said})"
    reason = (error.reason or str(error)).replace("_", " ").lower()
    return f"no encrypted connection could be made (TLS: {reason})"


def _of_connection(causes: list[BaseException]) -> str:
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if errno.ECONNREFUSED in numbers:
        return "nothing answers there: the connection was refused"
    if numbers & {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}:
        return "the network of the site cannot be reached; is this computer online?"
    if numbers & {errno.EHOSTUNREACH, errno.EHOSTDOWN}:
        return "the computer of the site cannot be reached"
    return "no connection could be made"


def _of_protocol(error: Exception, url: str) -> WebError:
    said = str(error)
    if cut := re.search(r"received (\d+) bytes, expected (\d+)", said):
        return BadAnswer(url, f"the answer was cut short: {cut[1]} of {cut[2]} bytes came")
    if "incomplete" in said or "without sending complete" in said:
        return BadAnswer(url, "the answer was cut short: the connection ended in the middle of it")
    if "without sending a response" in said:
        return Unreachable(url, "the server closed the connection without an answer")
    if "too long" in said:
        return BadAnswer(url, "the answer begins with more headers than we take")
    if "chunk" in said:
        return BadAnswer(url, "the answer is damaged in the middle (a broken chunk)")
    return BadAnswer(url, f"the answer is not HTTP as it should be ({said[:100]})")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _chain(part)
        error = error.__cause__ or error.__context__
