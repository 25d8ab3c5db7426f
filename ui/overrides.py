"""Brings an exception out of a method that Qt calls whole, on Python 3.11.

There an exception that Python's own C raises (of `len(None)`, say) is put together only when somebody catches it. PySide 6.11
takes it before that, where Python had called Qt and Qt calls Python: the program crashes. Each method of ours that stands in the
place of one of Qt's is therefore wrapped in something that catches it first. Later Pythons put it together at once.
"""

from __future__ import annotations

import sys
from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = "ui"
IS_NEEDED = sys.version_info < (3, 12)


def wrap_all() -> None:
    """Wrap the overrides of every class of the window, of those that are there and of those to come."""
    if not IS_NEEDED or "__init_subclass__" in QObject.__dict__:
        return
    for known in _below(QObject):
        wrap(known)
    QObject.__init_subclass__ = classmethod(_wrap_new)  # type: ignore[assignment, arg-type]


def wrap(cls: type) -> None:
    """Wrap the methods of a class, if it is ours, that Qt calls."""
    if cls.__module__.partition(".")[0] != OURS:
        return
    for name, method in list(cls.__dict__.items()):
        if isinstance(method, FunctionType) and not name.startswith("__") and _is_of_qt(cls, name):
            setattr(cls, name, _whole(method))


def _wrap_new(cls: type, **named: object) -> None:
    super(QObject, cls).__init_subclass__(**named)  # type: ignore[misc]  # of those that stand beside it: `Generic` is one
    wrap(cls)


def _below(cls: type) -> list[type]:
    children: list[type] = cls.__subclasses__()
    return [each for child in children for each in (child, *_below(child))]


def _is_of_qt(cls: type, name: str) -> bool:
    return any(name in above.__dict__ for above in cls.__mro__ if above.__module__.startswith("PySide6."))


def _whole(method: FunctionType) -> Callable[..., Any]:
    @wraps(method)
    def caught_first(*args: Any) -> Any:
        try:
            return method(*args)
        except BaseException:  # noqa: TRY203 - being caught puts it together
            raise

    return caught_first
