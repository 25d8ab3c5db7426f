"""Fetching: what comes is whole and bounded, and what does not come has a cause that a person understands."""

from __future__ import annotations

import gzip
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from reader.errors import BadAnswer, BadRedirect, BadStatus, Forbidden, TimedOut, TooLarge, Unreachable, WebError
from reader.web import fetch, visits
from reader.web.fetch import Answer, Wanted
from tests.loopback import Site, answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.loopback import Request


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "_TIMEOUTS", {"connect": 0.3, "read": 0.3, "write": 0.3, "pool": 1.0})
    monkeypatch.setattr(visits, "TOTAL_SECONDS", 0.8)


def got(site: Site, path: str = "/", **more: str) -> Answer:
    return fetch.get(Wanted(url=site.url + path, allow_private=True, **more))


def why(site: Site, path: str = "/", **more: str) -> WebError:
    with pytest.raises(WebError) as caught:
        got(site, path, **more)
    assert "\n" not in str(caught.value)
    return caught.value


def test_an_answer_comes_with_what_is_needed_to_ask_again_politely(site: Site) -> None:
    site.says["/"] = answer(
        b"<rss/>", ETag='"1"', Last_Modified="Sun, 22 Nov 2026 12:00:00 GMT", Content_Type="text/xml", Cache_Control="max-age=60"
    )
    found = got(site)
    assert (found.body, found.etag, found.last_modified, found.content_type, found.max_age, found.received) == (
        b"<rss/>", '"1"', "Sun, 22 Nov 2026 12:00:00 GMT", "text/xml", 60, 6,
    )  # fmt: skip


def test_what_we_have_is_not_sent_again(site: Site) -> None:
    site.says["/"] = lambda request: (
        answer(status="304 Not Modified") if request.headers.get("if-none-match") == '"1"' else answer(b"x")
    )
    assert got(site, etag='"1"', last_modified="Sun, 22 Nov 2026 12:00:00 GMT").unchanged
    assert site.asked[-1].headers["if-modified-since"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert got(site).body == b"x"
    assert "if-none-match" not in site.asked[-1].headers


def test_we_say_who_we_are_and_nothing_of_who_reads(site: Site) -> None:
    site.says["/"] = answer(b"x", Set_Cookie="who=you")
    got(site)
    got(site)
    for request in site.asked:
        assert request.headers["user-agent"].startswith("Watchdesk/")
        assert not {"cookie", "referer", "authorization"} & set(request.headers)


def test_one_connection_serves_many(site: Site) -> None:
    site.says |= {f"/{n}": answer(b"x") for n in range(5)}
    found = [
        result for result in fetch.get_all([Wanted(url=f"{site.url}/{n}", allow_private=True) for n in range(5)], 30, 1) if result
    ]
    assert len(found) == 5
    assert len(site._open) == 1


# Redirects


def moved(to: str, status: str = "302 Found", **more: str) -> bytes:
    return answer(status=status, Location=to, **more)


def test_a_redirect_is_followed_and_only_a_permanent_one_is_told(site: Site) -> None:
    site.says |= {
        "/": moved("/b", "301 Moved"),
        "/b": moved("/c", "308 Moved"),
        "/c": answer(b"x"),
        "/d": moved("/b", "307 For Now"),
    }
    assert got(site).moved_to == f"{site.url}/c"
    found = got(site, "/d")
    assert (found.url, found.moved_to) == (f"{site.url}/c", "")


def test_a_cookie_lives_for_one_chain_of_redirects(site: Site) -> None:
    site.says["/"] = lambda request: (
        answer(b"x") if "fs=1" in request.headers.get("cookie", "") else moved("/", Set_Cookie="fs=1; Path=/")
    )
    assert got(site).body == b"x"


@pytest.mark.parametrize(
    ("to", "kind", "words"),
    [
        ("/", BadRedirect, "in a circle"),
        ("file:///etc/passwd", BadRedirect, "not on the web"),
        ("ftp://a.example/", BadRedirect, "not on the web"),
        ("http://user:secret@a.example/", BadRedirect, "with a name in it"),
        ("http://127.0.0.2/", Forbidden, "do not follow"),
        ("http://169.254.169.254/latest/meta-data/", Forbidden, "never fetched"),
        ("http://nowhere.invalid/", Unreachable, "DNS"),
        ("http://[", BadRedirect, "not on the web"),
    ],
)
def test_a_redirect_to_where_we_do_not_go_is_named(site: Site, to: str, kind: type[WebError], words: str) -> None:
    site.says["/"] = moved(to)
    error = why(site)
    assert isinstance(error, kind)
    assert words in str(error)


def test_redirects_without_end_end(site: Site) -> None:
    site.says |= {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    assert "more than 5 times" in str(why(site, "/0"))
    assert len(site.asked) == 6


def test_a_password_goes_to_its_own_host_alone(site: Site) -> None:
    with Site() as other:
        other.says["/"] = answer(b"x")
        site.says["/"] = lambda request: answer(b"mine") if "authorization" in request.headers else answer(status="401 No")
        assert got(site, username="ann", password="s:ü").body == b"mine"
        assert site.asked[-1].headers["authorization"] == "Basic YW5uOnM6w7w="
        assert "wants a name and password" in str(why(site))
        site.says["/"] = answer(status="401 No")
        assert "does not take this name" in str(why(site, username="ann", password="wrong"))


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
    ],
)
def test_private_addresses_are_not_fetched_unless_allowed(url: str) -> None:
    with pytest.raises(Forbidden, match="private network"):
        fetch.get(Wanted(url=url))


@pytest.mark.parametrize("url", ["http://0.0.0.0/", "http://169.254.169.254/", "http://[fe80::1]/", "http://224.0.0.1/"])
def test_some_addresses_are_never_fetched(url: str) -> None:
    with pytest.raises(Forbidden, match="never fetched"):
        fetch.get(Wanted(url=url, allow_private=True))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "nonsense", "", "http://", "http://u:p@a.example/", "javascript:1"]
)
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        fetch.get(Wanted(url=url))


def test_a_name_that_nobody_has_is_said_to_be_so() -> None:
    with pytest.raises(Unreachable, match=r"there is no site nowhere\.invalid"):
        fetch.get(Wanted(url="https://nowhere.invalid/feed"))


def test_a_name_is_looked_up_once_and_that_address_is_dialled(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    looked_up: list[str] = []
    answers = iter(["127.0.0.1", "10.0.0.1"])  # a name that changes its mind

    def rebinding(host: str, *args: object, **options: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.says["/"] = answer(b"x")
    port = site.url.rpartition(":")[2]
    wanted = [Wanted(url=f"http://rebind.example:{port}/", allow_private=True) for _ in range(2)]
    assert [result[1].body for result in fetch.get_all(wanted) if result and isinstance(result[1], Answer)] == [b"x", b"x"]
    assert looked_up == ["rebind.example"]


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def mixed(host: str, *args: object, **options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", mixed)
    with pytest.raises(Forbidden):
        fetch.get(Wanted(url="http://mixed.example/"))


# Answers that are not as they should be


@pytest.mark.parametrize(
    ("status", "words"),
    [("404 Not Found", "nothing at this address"), ("410 Gone", "gone for good"), ("403 No", "keep out"),
     ("500 Oops", "error of its own"),
     ("418 Teapot", "refuses it"), ("206 Part", "makes no sense"), ("304 Same", "never had it")],
)  # fmt: skip
def test_a_status_is_told_in_words(site: Site, status: str, words: str) -> None:
    site.says["/"] = answer(status=status)
    assert words in str(why(site))


def test_a_server_that_wants_us_to_wait_says_how_long(site: Site) -> None:
    site.says["/"] = answer(status="429 Slow down", Retry_After="120")
    error = why(site)
    assert isinstance(error, BadStatus)
    assert (error.status, error.retry_after) == (429, 120)


def test_a_robot_check_is_recognised(site: Site) -> None:
    site.says["/"] = answer(status="403 No", cf_mitigated="challenge")
    assert "protection against robots" in str(why(site))


PAGE = b"<rss>" + b"words " * 5000 + b"</rss>"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(PAGE), "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE)[2:-4], "deflate"),
        (gzip.compress(PAGE) + b"junk", "gzip"),
        (gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), "gzip"),
        (gzip.compress(PAGE), ""),
        (PAGE, "gzip"),
        (PAGE, "identity"),
    ],
)
def test_what_is_packed_is_unpacked_and_harmless_oddities_are_borne(site: Site, body: bytes, encoding: str) -> None:
    site.says["/"] = answer(body, **({"Content_Encoding": encoding} if encoding else {}))
    assert got(site).body == PAGE


@pytest.mark.parametrize(
    ("body", "encoding", "words"),
    [
        (gzip.compress(PAGE)[:-20], "gzip", "cut short"),
        (gzip.compress(PAGE)[:-8] + bytes(8), "gzip", "damaged"),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", "2 times over"),
        (b"\x1b\x00", "br", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked_is_named(site: Site, body: bytes, encoding: str, words: str) -> None:
    site.says["/"] = answer(body, Content_Encoding=encoding)
    error = why(site)
    assert isinstance(error, BadAnswer)
    assert words in str(error)


def test_a_gzip_bomb_costs_little(site: Site) -> None:
    bomb = gzip.compress(bytes(200 << 20))
    site.says["/"] = answer(bomb, Content_Encoding="gzip")
    assert isinstance(why(site), TooLarge)


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<rss>", BadAnswer, "5 of 100 bytes"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", BadAnswer, "cut short"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n<rss>\r\n", BadAnswer, "damaged|not HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", BadAnswer, "more headers"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", BadAnswer, "not HTTP"),
        (b"", Unreachable, "without an answer"),
    ],
)
def test_an_incomplete_answer_is_never_taken_for_one(site: Site, said: bytes, kind: type[WebError], words: str) -> None:
    site.says["/"] = said
    error = why(site)
    assert isinstance(error, kind)
    assert any(word in str(error) for word in words.split("|"))


def test_a_connection_that_breaks_is_tried_once_more(site: Site) -> None:
    replies = iter([b"", answer(b"x")])
    site.says["/"] = lambda _request: next(replies)
    assert got(site).body == b"x"


def test_nobody_listening_is_said_to_be_so() -> None:
    with Site() as gone:
        url = gone.url
    with pytest.raises(Unreachable, match="refused"):
        fetch.get(Wanted(url=url, allow_private=True))


@pytest.mark.usefixtures("impatient")
def test_a_server_without_tls_is_said_to_be_so(site: Site) -> None:
    site.says["/"] = b"HTTP/1.1 400 Bad\r\n\r\n"
    with pytest.raises((Unreachable, TimedOut), match="TLS"):
        fetch.get(Wanted(url=site.url.replace("http:", "https:"), allow_private=True))


@pytest.mark.usefixtures("impatient")
def test_a_server_that_says_nothing_is_left(site: Site) -> None:
    site.says["/"] = lambda _request: None
    error = why(site)
    assert isinstance(error, TimedOut)
    assert "said nothing" in str(error)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site) -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                try:
                    for _ in range(100):
                        connection.sendall(b"x")
                        threading.Event().wait(0.05)
                except OSError:
                    return

        threading.Thread(target=drip, daemon=True).start()
        started = time.monotonic()
        with pytest.raises(TimedOut, match="not complete after"):
            fetch.get(Wanted(url=f"http://127.0.0.1:{listening.getsockname()[1]}/", allow_private=True))
        assert time.monotonic() - started < 5


# Many


def test_all_come_and_a_bad_one_stops_no_other(site: Site) -> None:
    site.says |= {f"/{n}": answer(b"x") for n in range(20)} | {"/7": answer(status="500 Oops")}
    wanted = [Wanted(url=f"{site.url}/{n}", id=n, allow_private=True) for n in range(20)]
    results = {wanted.id: result for wanted, result in (found for found in fetch.get_all(wanted) if found)}
    assert sorted(results) == list(range(20))
    assert [id for id, result in results.items() if isinstance(result, WebError)] == [7]


@pytest.mark.usefixtures("impatient")
def test_one_host_is_asked_by_few_at_once(site: Site) -> None:
    import threading

    lock, under_way, most = threading.Lock(), 0, 0

    def slow(_request: Request) -> bytes:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        threading.Event().wait(0.02)
        with lock:
            under_way -= 1
        return answer(b"x")

    site.says |= {f"/{n}": slow for n in range(10)}
    wanted = [Wanted(url=f"{site.url}/{n}", allow_private=True) for n in range(10)]
    assert len([found for found in fetch.get_all(wanted, 30, 2) if found]) == 10
    assert most <= 2


def test_closing_ends_what_is_under_way(site: Site) -> None:
    import threading

    site.says["/"] = lambda _request: None
    fetched = fetch.get_all([Wanted(url=site.url, allow_private=True)])
    assert next(fetched) is None
    started = time.monotonic()
    fetched.close()
    assert time.monotonic() - started < 3
    assert not [thread for thread in threading.enumerate() if thread.name == "watchdesk-fetch"]


def test_nothing_wanted_is_nothing_fetched() -> None:
    assert [found for found in fetch.get_all([]) if found] == []
