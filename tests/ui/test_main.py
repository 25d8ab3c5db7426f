"""`watchdesk` itself: a command goes to the shell."""

from __future__ import annotations

import sys

import reader.__main__
from ui.__main__ import main


def test_a_command_goes_to_the_shell_with_its_words(monkeypatch):
    heard = []
    monkeypatch.setattr(reader.__main__, "main", lambda words: heard.append(words) or 3)
    monkeypatch.setattr(sys, "argv", ["watchdesk", "mark", "read", "7"])
    assert main() == 3
    assert heard == [["mark", "read", "7"]]


def test_without_a_command_it_says_in_a_line_what_is_not_there(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["watchdesk"])
    assert main() == 1
    said = capsys.readouterr()
    assert said.err == "watchdesk: the window is not part of this version, its commands are:\n"
    assert said.out.startswith("usage: watchdesk")


def test_an_interrupt_is_no_traceback(monkeypatch):
    def interrupt(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(reader.__main__, "main", interrupt)
    monkeypatch.setattr(sys, "argv", ["watchdesk", "refresh"])
    assert main() == 130
