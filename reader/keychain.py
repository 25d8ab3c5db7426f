"""Passwords of feeds in the keychain of the system; alone knows keyring.

keyring by itself may choose a backend that keeps passwords in a plain file, or one that takes them and keeps nothing; a file of
settings can even make it load code. So the backend is chosen from a list of real keychains, not by keyring's settings, and tried
out before it is trusted with a password. A keychain may ask the user something: never call this from where nobody may wait.
"""

from __future__ import annotations

import importlib
import secrets
from typing import TYPE_CHECKING, TypeVar

from reader.errors import KeychainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keyring.backend import KeyringBackend

T = TypeVar("T")

_SERVICE = "Watchdesk"
_KEYCHAINS = (
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.libsecret.Keyring",
)


def password(owner: bytes, username: str) -> str:
    """The password under which `owner` (the uid of a feed) logs in as `username`.

    Raises `KeychainError` where there is none, or no keychain, or it is locked.
    """
    found = _asked(lambda keychain: keychain.get_password(_SERVICE, _account(owner, username)))
    if found is None:
        raise KeychainError(f"the password of {username} is not in the system keychain; give it again")
    return found


def store(owner: bytes, username: str, password: str) -> None:
    """Keep a password. Raises `KeychainError` where there is no keychain that keeps it safely."""

    def keep(keychain: KeyringBackend) -> None:
        _try_out(keychain)
        keychain.set_password(_SERVICE, _account(owner, username), password)
        if keychain.get_password(_SERVICE, _account(owner, username)) != password:
            raise KeychainError("the system keychain did not keep the password")

    _asked(keep)


def forget(owner: bytes, username: str) -> None:
    """Remove a password, if it is there. Raises `KeychainError` where the keychain does not let us."""

    def remove(keychain: KeyringBackend) -> None:
        if keychain.get_password(_SERVICE, _account(owner, username)) is not None:
            keychain.delete_password(_SERVICE, _account(owner, username))

    _asked(remove)


def _account(owner: bytes, username: str) -> str:
    return f"feed {owner.hex()} {username}"


def _asked(ask: Callable[[KeyringBackend], T]) -> T:
    """What the keychain answers."""
    import keyring.errors  # noqa: PLC0415 - slow to load, and few feeds have a password

    keychain = max(_keychains(), key=lambda found: found.priority, default=None)
    if keychain is None:
        raise KeychainError("this system has no keychain (such as GNOME Keyring, KWallet, Keychain or Credential Manager)")
    try:
        return ask(keychain)
    except KeychainError:
        raise
    except keyring.errors.KeyringLocked:
        raise KeychainError("the system keychain is locked; unlock it and try again") from None
    except Exception as error:  # noqa: BLE001 - what D-Bus and its services raise is anybody's guess
        raise KeychainError(f"the system keychain does not answer ({type(error).__name__})") from None


def _keychains() -> Iterator[KeyringBackend]:
    """The keychains of the list that work here."""
    for name in _KEYCHAINS:
        module, _, kind = name.rpartition(".")
        try:
            found = getattr(importlib.import_module(module), kind)
            if found.viable:
                yield found()
        except Exception:  # noqa: BLE001, S112 - that of another system; what is missing raises what it likes
            continue


def _try_out(keychain: KeyringBackend) -> None:
    """Keep something, read it, remove it: some take what they do not keep."""
    account, word = f"trial {secrets.token_hex(8)}", secrets.token_hex(12)
    keychain.set_password(_SERVICE, account, word)
    kept = keychain.get_password(_SERVICE, account)
    if kept is not None:
        keychain.delete_password(_SERVICE, account)
    if kept != word:
        raise KeychainError("the system keychain does not keep what it is given")
