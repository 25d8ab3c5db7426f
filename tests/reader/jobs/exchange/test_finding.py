"""A file is what stands in it; a folder is read through, once, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.errors import ParseError
from reader.jobs.exchange import finding
from reader.jobs.exchange.finding import Found, kind
from reader.records import Fault


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"---\ntitle: x\n---\n", "seed"),
        (b"\xef\xbb\xbf---\r\ntitle: x\r\n", "seed"),
        (b'  {"title": "x"}', "json"),
        (b'[{"title": "x"}]', "json"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'<?xml version="1.0"?><!-- <rss> --><opml version="1.0">', "opml"),
        (b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x "y">]><opml>', "opml"),
        (b'<rss version="2.0"><channel>', "feed"),
        (b'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "feed"),
        (b"<!DOCTYPE html>\n<html lang=en>", "page"),
        (b"<!-- saved from url=(0022)https://a.example/ -->\n<HTML>", "page"),
        (b"<p>A fragment", "page"),
        (b"<3 is no tag", "text"),
        (b"A plain text\n---\n", "text"),
        (b"---\n\nA text under a rule", "text"),
        ("Ein Text".encode("utf-16"), "text"),
        (b"caf\xe9 in an old encoding", "text"),
        (b"no colour \x1b[0m in it", "text"),
    ],
)
def test_what_a_file_is(head, what):
    assert kind(head) == what


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00\x01\x02\x03binary", "binary"),
        (bytes(range(256)) * 10, "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "database"),
        (b"PK\x03\x04", "zip"),
        (b'<?xml version="1.0"?><note><to/></note>', "XML"),
        (b"From: <Saved by Browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "MHTML"),
    ],
)
def test_what_cannot_be_read_is_said(head, why):
    with pytest.raises(ParseError, match=why):
        kind(head)


def test_a_character_that_the_head_cuts_in_two():
    for shift in range(4):
        assert kind((b"x" * shift + "ü€😀".encode() * finding.HEAD)[: finding.HEAD]) == "text"


def names(found, folder):
    return [
        one.path.relative_to(folder).as_posix()
        if isinstance(one, Found)
        else (Path(one.path).relative_to(folder).as_posix(), one.reason)
        for one in found
    ]


def test_a_folder_is_read_through_in_order(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/1.txt", "a/.hidden", ".git/x", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(finding.found([tmp_path]), tmp_path) == ["b.txt", "a/1.txt", "a/2.txt", "c/d/e.txt"]


def test_links_lead_neither_in_circles_nor_away(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file.txt").write_text("x")
    (tmp_path / "in" / "circle").symlink_to(tmp_path)
    (tmp_path / "in" / "self").symlink_to("self")
    (tmp_path / "in" / "gone").symlink_to("nowhere")
    (tmp_path / "in" / "link.txt").symlink_to("file.txt")
    assert names(finding.found([tmp_path]), tmp_path) == [
        ("in/circle", "a link to a folder; not followed, import that folder itself"),
        "in/file.txt",
        ("in/gone", "no such file or folder"),
        "in/link.txt",
        ("in/self", "a link that leads back to itself"),
    ]
    assert names(finding.found([tmp_path / "in" / "circle" / "in"]), tmp_path / "in" / "circle")[1] == "in/file.txt"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_what_is_neither_file_nor_folder_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert names(finding.found([tmp_path / "pipe", tmp_path / "none"]), tmp_path) == [
        ("pipe", "neither a file nor a folder"),
        ("none", "no such file or folder"),
    ]


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(finding.found([tmp_path])) == [Fault(str(tmp_path), 0, "cannot be read: no permission")]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_name_that_no_text_can_hold(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J.txt"))
    (fault,) = finding.found([path])
    fault.path.encode()
    assert "\x1b" not in fault.path
