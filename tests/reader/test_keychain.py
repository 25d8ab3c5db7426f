"""Passwords go to a keychain that keeps them, or nowhere, and the user is told why."""

from __future__ import annotations

from typing import ClassVar

import keyring.errors
import pytest

from reader import keychain
from reader.errors import KeychainError

FEED, OTHER = b"\x01" * 16, b"\x02" * 16


class Good:
    """A keychain as it should be."""

    priority = 5.0
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def set_password(self, service: str, account: str, password: str) -> None:
        self.kept[service, account] = password

    def get_password(self, service: str, account: str) -> str | None:
        return self.kept.get((service, account))

    def delete_password(self, service: str, account: str) -> None:
        del self.kept[service, account]


class Careless(Good):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, account: str, password: str) -> None:
        pass


class Locked(Good):
    def get_password(self, service: str, account: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")


class Broken(Good):
    def get_password(self, service: str, account: str) -> str | None:
        raise ConnectionError("no bus")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    def chosen(*found: Good) -> None:
        Good.kept.clear()
        monkeypatch.setattr(keychain, "_keychains", lambda: iter(found))

    return chosen


def test_a_password_is_kept_for_one_feed_and_one_name(use) -> None:
    use(Good())
    keychain.store(FEED, "ann", "secret")
    assert keychain.password(FEED, "ann") == "secret"
    for owner, name in ((OTHER, "ann"), (FEED, "bob")):
        with pytest.raises(KeychainError, match="not in the system keychain"):
            keychain.password(owner, name)
    assert len(Good.kept) == 1  # the trial left nothing behind


def test_a_password_is_forgotten_and_that_may_be_said_twice(use) -> None:
    use(Good())
    keychain.store(FEED, "ann", "secret")
    keychain.forget(FEED, "ann")
    keychain.forget(FEED, "ann")
    assert not Good.kept


@pytest.mark.parametrize(
    ("found", "words"),
    [((), "no keychain"), ((Careless(),), "does not keep"), ((Locked(),), "locked"), ((Broken(),), "not answer")],
)
def test_without_a_sound_keychain_nothing_is_kept_and_the_cause_is_named(use, found, words) -> None:
    use(*found)
    with pytest.raises(KeychainError, match=words):
        keychain.store(FEED, "ann", "secret")
    if not (found and isinstance(found[0], Careless)):
        with pytest.raises(KeychainError, match=words):
            keychain.password(FEED, "ann")


def test_backends_that_keep_passwords_in_the_clear_are_not_on_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert not [
        found for found in keychain._keychains() if type(found).__module__ in {"keyring.backends.null", "keyrings.alt.file"}
    ]
