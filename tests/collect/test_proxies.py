"""Ways to a server other than the plain one: proxies, tunnels with TLS, IPv6."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefing.collect import collect
from briefing.collect.errors import FetchError, PrivateAddress
from briefing.collect.fetch import Fetcher
from briefing.collect.web import Web
from briefing.collect.wire import Limits, Wire
from briefing.config import parse_config, redacted
from briefing.errors import InputError
from briefing.gather import fetch_by
from briefing.model import Dropped
from tests.collect.certificates import made, trust
from tests.collect.server import Server, redirect, serving, text

PUBLIC = "8.8.8.8"  # what the names of these tests resolve to; nothing is ever sent there
LOGIN = "user:hush"


@dataclass
class Proxy:
    """A proxy for CONNECT on loopback: where it leads, what it was told, what it answers."""

    target: int = 0
    port: int = 0
    heads: list[str] = field(default_factory=list)
    answer: bytes = b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n"

    @property
    def url(self) -> str:
        return f"http://{LOGIN}@127.0.0.1:{self.port}"


@contextmanager
def proxying(target: int) -> Iterator[Proxy]:
    state = Proxy(target)
    listening = socket.create_server(("127.0.0.1", 0))
    state.port = listening.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=relay, args=(client,), daemon=True).start()

    def relay(client: socket.socket) -> None:
        head = b""
        with client, suppress(OSError):
            while b"\r\n\r\n" not in head:
                head += client.recv(1)
            state.heads.append(head.decode())
            client.sendall(state.answer)
            if b" 200 " not in state.answer:
                return
            with socket.create_connection(("127.0.0.1", state.target)) as server:
                threading.Thread(target=copy, args=(server, client), daemon=True).start()
                copy(client, server)

    def copy(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


@contextmanager
def secure_server(context: ssl.SSLContext) -> Iterator[Server]:
    with serving(context=context) as server:
        yield server


def names(host: str, port: int) -> list[str]:
    """Loopback and addresses as they are, `inside.example` private, `proxy-only.example` unknown, others public."""
    if host == "proxy-only.example":
        raise OSError("unknown here")
    return {"inside.example": ["192.168.1.1"]}.get(host, [host if host[0].isdigit() else PUBLIC])


def fetcher(proxy: str, *, scheme: str = "https", allow_private: bool = False) -> Fetcher:
    wire = Wire(Limits(seconds=5, allow_private=allow_private), "briefing/test", proxies={scheme: proxy}, resolve=names)
    return Fetcher(wire, lambda: 0.0)


# ---------------------------------------------------------------- TLS through a tunnel


def test_https_goes_through_a_tunnel_and_the_proxy_sees_the_login_but_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = made(tmp_path, "news.example")
    trust(monkeypatch, tmp_path)
    with secure_server(context) as server, proxying(server.port) as proxy:
        server.answers["/a"] = text("Through the tunnel.")
        assert fetcher(proxy.url).fetch("https://news.example/a").kept.body == b"Through the tunnel."
        assert [head.split("\r\n")[0] for head in proxy.heads] == ["CONNECT news.example:443 HTTP/1.1"] * 2
        assert "Proxy-Authorization: Basic dXNlcjpodXNo" in proxy.heads[0]
        assert "proxy-authorization" not in server.asked[-1].headers
        assert server.paths == ["/robots.txt", "/a"]


def test_the_certificate_behind_a_tunnel_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = made(tmp_path, "other.example")
    with secure_server(context) as server, proxying(server.port) as proxy:
        for _ in range(2):  # unknown; then trusted, but for another name
            with pytest.raises(FetchError, match="no safe connection"):
                fetcher(proxy.url).fetch("https://news.example/a")
            trust(monkeypatch, tmp_path)
        assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(b"HTTP/1.1 407 Who are you\r\n\r\n", "the proxy refused: HTTP/1.1 407"), (b"HTTP/1.1 200", "broke off|within")],
)
def test_a_proxy_that_refuses_or_breaks_off_is_told_without_its_login(answer: bytes, reason: str) -> None:
    with proxying(9) as proxy:
        proxy.answer = answer
        with pytest.raises(FetchError, match=reason) as failed:
            fetcher(proxy.url).fetch("https://news.example/a")
        assert "hush" not in str(failed.value)


# ---------------------------------------------------------------- private addresses behind a proxy


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["inside.example", "127.0.0.1", "169.254.169.254", "[::1]", "2130706433"])
def test_private_targets_are_refused_before_the_proxy_is_asked(scheme: str, host: str) -> None:
    def answers(name: str, port: int) -> list[str]:
        return ["127.0.0.1"] if name == "2130706433" else ["::1"] if name == "::1" else names(name, port)

    with proxying(9) as proxy:
        wire = Wire(Limits(seconds=5), "briefing/test", proxies={scheme: proxy.url}, resolve=answers)
        with pytest.raises(PrivateAddress):
            Fetcher(wire, lambda: 0.0).fetch(f"{scheme}://{host}/secret")
        assert proxy.heads == []


def test_a_redirect_to_a_private_target_is_refused_behind_a_proxy_too() -> None:
    with serving() as server:
        server.answers["*"] = redirect("http://inside.example/secret")
        server.answers["http://news.example/robots.txt"] = text("")
        with pytest.raises(PrivateAddress):
            fetcher(server.url, scheme="http").fetch("http://news.example/a")
        assert not any("inside" in path for path in server.paths)


def test_a_name_that_only_the_proxy_knows_is_left_to_it() -> None:
    with serving() as server:
        server.answers["*"] = text("Known there.")
        assert fetcher(server.url, scheme="http").fetch("http://proxy-only.example/a").kept.body == b"Known there."
        with pytest.raises(FetchError, match=r"no address for proxy-only\.example"):
            Fetcher(Wire(Limits(seconds=5), resolve=names), lambda: 0.0).fetch("http://proxy-only.example/a")


# ---------------------------------------------------------------- what proxies there are, and what is shown of them


def test_a_login_of_a_proxy_is_nowhere_shown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    proxies = f'{{ http = "http://{LOGIN}@127.0.0.1:{port}", https = "{LOGIN}@127.0.0.1:{port}", no = "a.example" }}'
    config = parse_config(f'[network]\nproxies = {proxies}\n[profiles.a]\ninputs = ["x"]\n')
    urls = ["http://8.8.8.8/a", "https://8.8.8.8/a"]
    items = list(collect(urls, fetch=fetch_by(config.network)))
    assert [isinstance(item, Dropped) for item in items] == [True, True]
    assert "hush" not in str(items)
    assert "hush" not in json.dumps(redacted(config))
    assert redacted(config)["network"]["proxies"]["http"] == f"http://…@127.0.0.1:{port}"
    assert "hush" in str(config.network.proxies)


@pytest.mark.parametrize(
    ("proxies", "message"),
    [
        (f'{{ https = "socks5://{LOGIN}@p.example:1" }}', r":2: network.proxies.https: http://HOST:PORT is needed"),
        ('{ ftp = "http://p.example" }', r"network.proxies.ftp: no such key; known: http, https, all, no"),
        ("{ http = 3128 }", r"network.proxies.http: http://HOST:PORT is needed"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named_without_its_login(proxies: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as failed:
        parse_config(f'[network]\nproxies = {proxies}\n[profiles.a]\ninputs = ["x"]\n')
    assert "hush" not in str(failed.value)


def test_a_proxy_of_another_kind_in_the_surroundings_is_refused_not_spoken_to_in_plain() -> None:
    with pytest.raises(FetchError, match="a proxy of the kind socks5:// is not spoken to") as failed:
        fetcher(f"socks5://{LOGIN}@127.0.0.1:9").fetch("https://news.example/a")
    assert "hush" not in str(failed.value)


# ---------------------------------------------------------------- IPv6


@pytest.fixture
def six() -> Iterator[Server]:
    try:
        with serving(host="::1") as server:
            yield server
    except OSError:
        pytest.skip("this machine has no IPv6")


def test_an_ipv6_address_is_reached_and_named_in_brackets(six: Server) -> None:
    six.answers["/a"] = text("Over six.")
    wire = Wire(Limits(seconds=5, allow_private=True), "briefing/test")
    items = list(collect([f"http://[::1]:{six.port}/a"], fetch=Web(wire)))
    assert [item.content for item in items] == ["Over six."]  # type: ignore[union-attr]
    assert {asked.headers["host"] for asked in six.asked} == {f"[::1]:{six.port}"}
    assert six.paths == ["/robots.txt", "/a"]


def test_a_name_with_an_ipv6_address_alone_is_reached_and_a_dead_first_address_costs_little(six: Server) -> None:
    six.answers["/a"] = text("Over six.")
    for found in (["::1"], ["127.0.0.1", "::1"]):  # nobody listens at the first of these
        wire = Wire(
            Limits(seconds=5, allow_private=True), "briefing/test", resolve=lambda host, port, found=found: found
        )
        fetched = Fetcher(wire, lambda: 0.0).fetch(f"http://news.example:{six.port}/a")
        assert fetched.kept.body == b"Over six."
    assert six.asked[-1].headers["host"] == f"news.example:{six.port}"


def test_loopback_is_private_in_ipv6_too(six: Server) -> None:
    for host in ("[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]"):
        with pytest.raises(PrivateAddress):
            Fetcher(Wire(Limits(seconds=5)), lambda: 0.0).fetch(f"http://{host}:{six.port}/a")
    assert six.asked == []
