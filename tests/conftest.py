"""What every test stands on: an empty library, a clock that stands still, and no network, no warnings, nobody's files."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import hypothesis
import pytest

from reader.library import Library
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Without --long the same examples every time, so that a failure is there again at the next run. No deadline: machines differ.
hypothesis.settings.register_profile("short", max_examples=50, deadline=None, derandomize=True)
hypothesis.settings.register_profile("long", max_examples=2000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the long checks, and the others at their full count")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session")
def long(pytestconfig: pytest.Config) -> bool:
    """Is this a run with --long? Tests that repeat something choose their count by it."""
    return bool(pytestconfig.getoption("--long"))


# A library


@pytest.fixture
def now() -> datetime:
    """The time that it is in tests."""
    return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, now: datetime) -> Iterator[Database]:
    """An empty library whose clock stands still at `now`."""
    database = Database(tmp_path / "library", clock=lambda: now)
    yield database
    database.close()


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample coverage, made once."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    library = Library(folder)
    for _ in library.start(sample=True):
        continue
    library.close()
    return folder


# A world that is nobody's


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or touches the library, the settings, the keychain or the screen of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        for name in [name for name in os.environ if name.startswith("WATCHDESK_") and name != "WATCHDESK_TEST_DATA"]:
            patch.delenv(name)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        if "QT_QPA_PLATFORM" not in os.environ:
            patch.setenv("QT_QPA_PLATFORM", "offscreen")
        yield


# No network


@pytest.fixture(scope="session")
def calls_outside() -> Iterator[list[str]]:
    """Where code tried to go beyond this machine, from any thread. Each try fails, like a machine without a network."""
    tried: list[str] = []
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    getaddrinfo = socket.getaddrinfo

    def refuse(where: object) -> None:
        tried.append(str(where))
        raise OSError(f"tests do not leave this machine: {where}")

    def guarded(method: Callable[..., object]) -> Callable[..., object]:
        def call(sock: socket.socket, *args: object) -> object:
            if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(args[-1]):
                refuse(args[-1])
            return method(sock, *args)

        return call

    def look_up(host: str | bytes | None, *args: object, **options: object) -> object:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if name and name.rstrip(".").endswith((".invalid", ".test", ".example")):  # RFC 6761: nobody has these
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name and not (_is_address(name) or name == "localhost" or name.endswith(".localhost")):
            refuse(name)
        return getaddrinfo(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket.socket, "sendto", guarded(sendto))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield tried


@pytest.fixture(autouse=True)
def no_network(calls_outside: list[str]) -> Iterator[None]:
    """A test that tries to leave this machine fails, even where the code under test took it for a bad connection."""
    calls_outside.clear()
    yield
    assert not calls_outside, f"tried to leave this machine: {calls_outside}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(address: object) -> bool:
    host = str(address[0]) if isinstance(address, tuple) and address else ""
    if not _is_address(host):
        return host == "localhost"
    found = ipaddress.ip_address(host.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback


# No whispering


class _Listener(logging.Handler):
    """Keeps what is logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_logged_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the test asks for `caplog` and so looks at it itself."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    if "caplog" not in request.fixturenames:
        assert not listener.heard, f"logged: {listener.heard}"
