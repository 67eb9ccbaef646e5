"""One exchange: deadlines, caps, and where it may not go."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from time import monotonic

import pytest

from briefing.collect.errors import FetchError
from briefing.collect.fetch import Fetcher
from briefing.collect.guard import is_public, public_addresses
from briefing.collect.keep import Kept
from briefing.collect.wire import PIECE, Limits, Wire
from tests.collect.certificates import made
from tests.collect.server import Asked, Server, redirect, serving, text

LATE = 0.5  # seconds after the deadline that are forgiven: the machine of the tests is busy, too


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def fetcher(*, seconds: float = 10.0, size: int = 1_000_000, allow_private: bool = True, **more: object) -> Fetcher:
    limits = Limits(seconds=seconds, size=size, allow_private=allow_private)
    return Fetcher(Wire(limits, "briefing/test", **more), lambda: 1_000_000.0)  # type: ignore[arg-type]


def why(fetch: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as failed:
        fetch.fetch(url)
    return str(failed.value)


def test_a_document_is_fetched_with_its_type_and_validators(server: Server) -> None:
    server.answers["/a"] = text("Words.", Content_Type="text/plain; charset=utf-8", ETag='"1"')
    fetched = fetcher().fetch(f"{server.url}/a")
    assert (fetched.kept.body, fetched.kept.kind, fetched.kept.etag) == (b"Words.", "text/plain; charset=utf-8", '"1"')
    assert (fetched.fresh, fetched.kept.at) == (True, 1_000_000.0)


def test_what_still_holds_is_not_sent_again(server: Server) -> None:
    def answer(asked: Asked) -> None:
        asked.reply(status=304 if asked.headers.get("if-none-match") == '"1"' else 200)

    server.answers["/a"] = answer
    kept = Kept(f"{server.url}/a", f"{server.url}/a", "text/plain", b"Kept.", 1.0, etag='"1"')
    fetched = fetcher().fetch(kept.url, kept)
    assert (fetched.kept.body, fetched.fresh) == (b"Kept.", False)


def test_no_cookie_goes_back_and_no_login_goes_elsewhere(server: Server) -> None:
    server.answers["/a"] = lambda asked: asked.reply(status=302, Location="/b", Set_Cookie="id=1")
    server.answers["/b"] = text("Words.")
    kept = fetcher().fetch(server.url.replace("//", "//ann:secret@") + "/a").kept
    first, second = (asked for asked in server.asked if asked.path in ("/a", "/b"))
    assert first.headers["authorization"].startswith("Basic ")
    assert "authorization" not in second.headers
    assert "cookie" not in second.headers
    assert "secret" not in kept.final


# ---------------------------------------------------------------- deadlines


def headers_drip(asked: Asked) -> None:
    asked.drip(iter([b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 50]), every=0.1)


def body_drips(asked: Asked) -> None:
    asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    asked.drip(repeat(b"x", 60), every=0.1)


def chunks_drip(asked: Asked) -> None:
    asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    asked.drip(repeat(b"1\r\nx\r\n", 60), every=0.1)


def silence(asked: Asked) -> None:
    asked.drip(repeat(b"", 60), every=0.1)


@pytest.mark.parametrize("answer", [headers_drip, body_drips, chunks_drip, silence])
def test_a_server_that_drips_is_left_at_the_deadline(server: Server, answer: Callable[[Asked], None]) -> None:
    server.answers["/slow"] = answer
    began = monotonic()
    assert "not finished within 1 seconds" in why(fetcher(seconds=1.0), f"{server.url}/slow")
    assert monotonic() - began < 1.0 + LATE


def test_redirects_share_one_deadline(server: Server) -> None:
    def slow(asked: Asked) -> None:
        asked.drip(repeat(b"", 4), every=0.1)
        asked.reply(status=302, Location=f"/{int(asked.path[1:]) + 1}")

    server.answers["*"] = slow
    server.answers["/robots.txt"] = text("")
    began = monotonic()
    assert "not finished" in why(fetcher(seconds=1.0), f"{server.url}/1")
    assert monotonic() - began < 1.0 + LATE


def test_a_handshake_that_never_ends_is_left_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = monotonic()
        assert "not finished" in why(fetcher(seconds=1.0), f"https://127.0.0.1:{mute.getsockname()[1]}/")
        assert monotonic() - began < 1.0 + LATE


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = made(tmp_path, "localhost")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            plain, _ = listening.accept()
            with plain, contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as secure:
                secure.recv(1000)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        assert "no safe connection" in why(fetcher(), f"https://localhost:{listening.getsockname()[1]}/")
        thread.join(5)


def test_a_name_server_that_does_not_answer_is_left_at_the_deadline() -> None:
    from threading import Event

    done = Event()

    def resolve(host: str, port: int) -> list[str]:
        done.wait(5)
        return []

    began = monotonic()
    assert "name server" in why(fetcher(seconds=0.5, resolve=resolve), "http://news.example/")
    assert monotonic() - began < 0.5 + LATE
    done.set()


# ---------------------------------------------------------------- caps


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_refused_with_little_memory(server: Server, pack: Callable[[bytes], bytes]) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    server.answers["/bomb"] = text(pack(b"\0" * 200_000_000), Content_Encoding=name)
    size = 1_000_000
    fetch = fetcher(size=size)
    tracemalloc.start()
    try:
        assert "more than 1,000,000 bytes" in why(fetch, f"{server.url}/bomb")
        assert tracemalloc.get_traced_memory()[1] < 2 * size  # the server is in this process, too
    finally:
        tracemalloc.stop()


def test_members_after_members_count_together(server: Server) -> None:
    server.answers["/many"] = text(gzip.compress(b"\0" * 100_000) * 20, Content_Encoding="gzip")
    assert "more than" in why(fetcher(), f"{server.url}/many")
    server.answers["/few"] = text(gzip.compress(b"one ") + gzip.compress(b"two"), Content_Encoding="gzip")
    assert fetcher().fetch(f"{server.url}/few").kept.body == b"one two"


@pytest.mark.parametrize("length", [1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE, 999_999])
def test_what_was_packed_comes_out_whole(server: Server, length: int) -> None:
    server.answers["/a"] = text(gzip.compress(b"\0" * length), Content_Encoding="gzip")
    assert fetcher().fetch(f"{server.url}/a").kept.body == b"\0" * length


def test_deflate_is_read_with_and_without_its_header(server: Server) -> None:
    raw = zlib.compressobj(wbits=-15)
    for number, body in enumerate((zlib.compress(b"Words."), raw.compress(b"Words.") + raw.flush())):
        server.answers[f"/{number}"] = text(body, Content_Encoding="deflate")
        assert fetcher().fetch(f"{server.url}/{number}").kept.body == b"Words."


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (text("x" * 2_000_000), "2,000,000 bytes, more than"),
        (lambda asked: asked.drip(iter([b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000_000]), every=0), "more than"),
        (text(b"\x1f\x8bnot gzip", Content_Encoding="gzip"), "broken"),
        (text("x", Content_Encoding="br"), "not asked for"),
        (text("x", Content_Length="50"), "broke off"),
        (text(gzip.compress(b"words" * 100)[:-12], Content_Encoding="gzip"), "broke off"),
        (lambda asked: asked.drip(iter([b"NOT HTTP\r\n\r\n"]), every=0), "not an answer in HTTP"),
        (
            lambda asked: asked.drip(iter([b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500]), every=0),
            "not an answer in HTTP",
        ),
        (lambda asked: asked.reply(status=404), "HTTP 404: not found"),
        (lambda asked: asked.reply(status=204), "HTTP 204"),
    ],
)
def test_bad_answers_are_refused_with_the_reason(server: Server, answer: Callable[[Asked], None], reason: str) -> None:
    server.answers["/a"] = answer
    assert reason in why(fetcher(), f"{server.url}/a")


# ---------------------------------------------------------------- redirects


def test_redirects_are_followed_and_only_unbroken_permanent_ones_are_moves(server: Server) -> None:
    server.answers |= {
        "/a": redirect("/b", 301),
        "/b": redirect("/c", 308),
        "/c": redirect("/d", 302),
        "/d": text("Words."),
    }
    fetched = fetcher().fetch(f"{server.url}/a")
    assert fetched.kept.final == f"{server.url}/d"
    assert fetched.moved == f"{server.url}/c"


def test_circles_and_long_ways_end(server: Server) -> None:
    server.answers |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "circle" in why(fetcher(), f"{server.url}/a")
    server.answers["*"] = lambda asked: asked.reply(status=302, Location=asked.path + "x")
    server.answers["/robots.txt"] = text("")
    assert "more than 5 times" in why(fetcher(), f"{server.url}/z")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:1", "gopher://x/", "http://[::1", ""])
def test_a_redirect_to_what_is_no_web_address_is_refused(server: Server, target: str) -> None:
    server.answers["/a"] = redirect(target)
    assert "no address" in why(fetcher(), f"{server.url}/a")


# ---------------------------------------------------------------- private addresses


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
        "[::]",
    ],
)
def test_this_machine_is_not_reached_however_it_is_written(server: Server, host: str) -> None:
    server.answers["*"] = text("Secret.")
    reason = why(fetcher(allow_private=False), f"http://{host}:{server.port}/")
    assert "private address" in reason or "no address" in reason
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("::ffff:10.0.0.1", False),
        ("not an address", False),
    ],
)
def test_addresses_of_the_open_internet_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    with pytest.raises(FetchError, match=r"private address 10\.0\.0\.1"):
        public_addresses(
            "x.example", 80, allow_private=False, seconds=1, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]
        )


def test_a_name_that_changes_its_mind_is_used_as_it_was_checked(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    server.answers["/a"] = text("Words.")
    fetcher(resolve=resolve).fetch(f"http://news.example:{server.port}/a")
    assert asked == ["news.example"] * 2  # one look-up for robots.txt, one for the page: none after the check
    assert server.asked[-1].headers["host"] == f"news.example:{server.port}"


def test_every_hop_of_a_redirect_is_checked(server: Server) -> None:
    """The first host counts as public; where it leads to does not."""
    reached: list[str] = []

    class Pretending(Wire):
        def _reach(self, addresses, port, until):  # type: ignore[no-untyped-def]
            reached.extend(addresses)
            return super()._reach(["127.0.0.1"], port, until)

    names = {"news.example": ["8.8.8.8"], "inside.example": ["192.168.1.1"]}
    wire = Pretending(
        Limits(allow_private=False),
        "briefing/test",
        resolve=lambda host, port: names.get(host, [host]),
    )
    for target in ("http://inside.example/", "http://169.254.169.254/latest", f"http://127.0.0.1:{server.port}/b"):
        server.answers["/a"] = redirect(target)
        reason = why(Fetcher(wire, lambda: 0.0), f"http://news.example:{server.port}/a")
        assert "private address" in reason
    assert set(reached) == {"8.8.8.8"}


# ---------------------------------------------------------------- proxies


def test_a_proxy_gets_the_whole_address_and_its_login_stays_with_it(server: Server) -> None:
    server.answers["*"] = text("Through the proxy.")
    server.answers["http://news.example/robots.txt"] = text("")
    proxy = server.url.replace("//", "//user:pass@")
    fetch = fetcher(
        allow_private=False,
        proxies={"http": proxy},
        resolve=lambda host, port: ["127.0.0.1"] if host == "127.0.0.1" else ["8.8.8.8"],
    )
    assert fetch.fetch("http://news.example/a").kept.body == b"Through the proxy."
    assert server.paths[-1] == "http://news.example/a"
    assert server.asked[-1].headers["proxy-authorization"].startswith("Basic ")
    assert "private" in why(fetch, "http://127.0.0.1/secret")


def test_no_proxy_names_are_reached_directly(server: Server) -> None:
    server.answers["/a"] = text("Directly.")
    fetch = fetcher(proxies={"http": "http://127.0.0.1:9", "no": "example.org,127.0.0.1"})
    assert fetch.fetch(f"{server.url}/a").kept.body == b"Directly."


# ---------------------------------------------------------------- robots.txt


def test_robots_txt_is_obeyed_by_name_and_asked_once(server: Server) -> None:
    server.answers["/robots.txt"] = text("User-agent: *\nDisallow: /\n\nUser-agent: briefing\nDisallow: /private\n")
    server.answers["/a"] = server.answers["/b"] = server.answers["/private/c"] = text("Words.")
    fetch = fetcher()
    fetch.fetch(f"{server.url}/a")
    fetch.fetch(f"{server.url}/b")
    assert "robots.txt does not allow" in why(fetch, f"{server.url}/private/c")
    assert server.paths == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_rules_that_cannot_be_had_follow_rfc_9309(server: Server, status: int, allowed: bool) -> None:
    server.answers["/robots.txt"] = lambda asked: asked.reply(status=status)
    server.answers["/a"] = text("Words.")
    if allowed:
        assert fetcher().fetch(f"{server.url}/a").kept.body == b"Words."
    else:
        assert "robots.txt" in why(fetcher(), f"{server.url}/a")
