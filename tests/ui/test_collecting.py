"""Garbage is collected on the window's thread, and there alone: elsewhere a widget would be destroyed beside who draws it."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread

from tests.waiting import until
from ui.collecting import YOUNG


class Knot:
    """Something that only a look for cycles finds, and where it was found."""

    def __init__(self, found_on: list[int]) -> None:
        self.itself, self.found_on = self, found_on

    def __del__(self) -> None:
        self.found_on.append(threading.get_ident())


def test_python_does_not_look_by_itself(qapp):
    assert not gc.isenabled()


def test_cycles_made_in_another_thread_are_found_on_ours(qapp):
    found_on: list[int] = []

    def busy() -> None:
        for _ in range(50):
            Knot(found_on)
        kept = [[] for _ in range(YOUNG * 3)]
        del kept[:10]
        stays.append(kept)

    stays: list[object] = []
    thread = threading.Thread(target=busy)
    thread.start()
    thread.join()
    assert not found_on
    assert until(lambda: len(found_on) == 50)
    assert set(found_on) == {threading.get_ident()}


def test_a_widget_in_a_cycle_goes_away(qapp):
    class Tied(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self

    gone = weakref.ref(Tied())
    stays = [[] for _ in range(YOUNG * 3)]
    assert until(lambda: gone() is None)
    assert stays
    assert QThread.currentThread() is qapp.thread()
