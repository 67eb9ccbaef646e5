"""One HTTP exchange under limits: a deadline over every byte, a size cap over packed and unpacked bytes.

The connection is the standard library's; what it reads from goes through a stream that gives up at the deadline,
wherever the server drips: in the handshake, the headers, or the body. No cookies are kept or sent.
"""

from __future__ import annotations

import base64
import http.client
import io
import re
import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from briefing.collect.errors import FetchError, PrivateAddress
from briefing.collect.guard import Resolve, ascii_host, public_addresses, resolve

PIECE = 65_536  # bytes read at a time
_UNQUOTED = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. `seconds` counts from the first name look-up to the last byte, redirects included."""

    seconds: float = 20.0
    size: int = 10_000_000  # bytes, packed or unpacked; the largest news pages are half of it
    redirects: int = 5  # browsers follow 20, no honest page needs more than 3
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; header names are in lower case, `body` is unpacked."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Wire:
    """How requests leave: the limits, who is asking, proxies by scheme, and how names are resolved."""

    limits: Limits = Limits()
    agent: str = "briefing"
    proxies: Mapping[str, str] = field(default_factory=dict, hash=False)
    resolve: Resolve = resolve
    streams: set[_Stream] = field(default_factory=set, compare=False)  # open now

    def abandon(self) -> None:
        """End every exchange that is under way: whoever waits for an answer gets an error at once."""
        for stream in tuple(self.streams):
            stream.interrupt()

    def get(self, url: str, headers: Mapping[str, str], *, until: float, size: int | None = None) -> Reply:
        """The answer to one GET, redirects not followed. Raises `FetchError`; never later than `until` (monotonic)."""
        try:
            return self._get(url, headers, until, size or self.limits.size)
        except FetchError:
            raise
        except TimeoutError:
            raise FetchError(f"not finished within {self.limits.seconds:g} seconds") from None
        except ssl.SSLError as error:
            raise FetchError(f"no safe connection: {error.reason or error}") from None
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            raise FetchError(_reason(error)) from None

    def _get(self, url: str, headers: Mapping[str, str], until: float, size: int) -> Reply:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        target = quote(parts.path or "/", safe=_UNQUOTED) + (
            f"?{quote(parts.query, safe=_UNQUOTED)}" if parts.query else ""
        )
        proxy = self._proxy(parts.scheme, host)
        stream = self._connect(host, port, secure, proxy, until)
        connection: Any = http.client.HTTPConnection(ascii_host(host), port)
        connection.sock = stream
        self.streams.add(stream)
        try:
            whole = f"http://{_authority(host, port, 80)}{target}" if proxy and not secure else target
            connection.putrequest("GET", whole, skip_host=True, skip_accept_encoding=True)
            for name, value in {**self._own(parts, host, port, proxy if not secure else None), **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            body = b"" if response.status in (204, 304) else _body(response, found, size)
            return Reply(url, response.status, found, body)
        finally:
            self.streams.discard(stream)
            stream.shut()

    def _own(self, parts: Any, host: str, port: int, proxy: str | None) -> dict[str, str]:
        own = {
            "Host": _authority(host, port, 443 if parts.scheme == "https" else 80),
            "User-Agent": self.agent,
            "Accept": "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if parts.username:
            own["Authorization"] = _basic(parts.username, parts.password or "")
        if proxy and urlsplit(proxy).username:
            own["Proxy-Authorization"] = _proxy_login(proxy)
        return own

    def _proxy(self, scheme: str, host: str) -> str | None:
        found = self.proxies.get(scheme) or self.proxies.get("all")
        if not found:
            return None
        spared = [name.strip().lstrip(".") for name in self.proxies.get("no", "").split(",") if name.strip()]
        spare = any(name == "*" or host == name or host.endswith(f".{name}") for name in spared)
        return None if spare else found if "://" in found else f"http://{found}"

    def _connect(self, host: str, port: int, secure: bool, proxy: str | None, until: float) -> _Stream:
        """A connection to one of the host's checked addresses, or through the proxy, which the operator chose."""
        stream = self._through(proxy, host, port, until) if proxy else self._directly(host, port, until)
        try:
            if proxy and secure:
                login = _proxy_login(proxy) if urlsplit(proxy).username else None
                _tunnel(stream, _authority(host, port, None), login)
            return stream.secured(host) if secure else stream
        except BaseException:
            stream.shut()
            raise

    def _directly(self, host: str, port: int, until: float) -> _Stream:
        allowed, left = self.limits.allow_private, until - monotonic()
        found = public_addresses(host, port, allow_private=allowed, seconds=left, resolve=self.resolve)
        return self._reach(found, port, until)

    def _through(self, proxy: str, host: str, port: int, until: float) -> _Stream:
        self._check_behind(host, port, until)
        at = urlsplit(proxy)
        if at.scheme != "http":
            raise FetchError(f"a proxy of the kind {at.scheme}:// is not spoken to; give one as http://HOST:PORT")
        place, gate = at.hostname or "", at.port or 80
        found = public_addresses(place, gate, allow_private=True, seconds=until - monotonic(), resolve=self.resolve)
        return self._reach(found, gate, until)

    def _check_behind(self, host: str, port: int, until: float) -> None:
        """Refuse a private target behind a proxy, as far as this machine can resolve it.

        A name that only the proxy can resolve, or that it resolves to something else, is the proxy's to refuse.
        """
        if self.limits.allow_private:
            return
        try:
            public_addresses(host, port, allow_private=False, seconds=until - monotonic(), resolve=self.resolve)
        except PrivateAddress:
            raise
        except FetchError:
            return

    def _reach(self, addresses: list[str], port: int, until: float) -> _Stream:
        error: OSError = TimeoutError()
        for number, address in enumerate(addresses):
            left = until - monotonic()
            if left <= 0:
                raise TimeoutError
            try:  # a share of the time for each address: one that is silent must not cost the others
                plain = socket.create_connection((address, port), timeout=left / (len(addresses) - number))
            except OSError as failed:
                error = failed
                continue
            return _Stream(plain, until)
        raise error


def own_proxies() -> dict[str, str]:
    """The proxies that the surroundings name, by scheme; "no" holds the hosts to reach without."""
    from urllib.request import getproxies

    return getproxies()


class _Stream:
    """A socket whose every wait ends at the deadline: what `http.client` takes for its socket.

    `http.client` closes its socket as soon as it has the headers; ours stays open until `shut`.
    """

    def __init__(self, plain: socket.socket, until: float) -> None:
        self.plain, self.until = plain, until

    def receive(self, buffer: Any) -> int:
        """Whatever is there, at the latest at the deadline."""
        self._limit()
        return self.plain.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        """All of the data, at the latest at the deadline."""
        self._limit()
        self.plain.sendall(data)

    def makefile(self, mode: str, *_: object) -> io.BufferedReader:
        """A buffered reader, as `http.client` asks for."""
        return io.BufferedReader(_Reading(self))

    def secured(self, host: str) -> _Stream:
        """The same connection with TLS, certificate and name checked."""
        self._limit()
        return _Stream(_context().wrap_socket(self.plain, server_hostname=ascii_host(host)), self.until)

    def close(self) -> None:
        """Nothing yet: there may be a body to read."""

    def interrupt(self) -> None:
        """Wake up who waits for this connection, from another thread."""
        with suppress(OSError):  # closed meanwhile
            self.plain.shutdown(socket.SHUT_RDWR)

    def shut(self) -> None:
        """Close the connection."""
        self.plain.close()

    def _limit(self) -> None:
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError
        self.plain.settimeout(left)


class _Reading(io.RawIOBase):
    """A stream's reading end, for a buffer above it."""

    def __init__(self, stream: _Stream) -> None:
        super().__init__()
        self.stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        return self.stream.receive(buffer)


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], size: int) -> bytes:
    """The unpacked body. Raises `FetchError` as soon as packed or unpacked bytes are more than `size`."""
    length = headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > size:
        raise FetchError(f"{int(length):,} bytes, more than {size:,}")
    encodings = [name.strip() for name in headers.get("content-encoding", "").lower().split(",")]
    named = [name for name in encodings if name not in ("", "identity")]
    if len(named) > 1 or (named and named[0] not in ("gzip", "x-gzip", "deflate")):
        raise FetchError(f"packed in a way that was not asked for: {', '.join(named)[:80]}")
    unpack = _Unpacker(named[0]) if named else None
    pieces: list[bytes] = []  # joined once: a growing buffer is copied as it grows
    total = packed = 0
    while raw := response.read1(PIECE):
        packed += len(raw)
        for piece in unpack.feed(raw) if unpack else (raw,):
            total += len(piece)
            if total > size or packed > size:
                raise FetchError(f"more than {size:,} bytes")
            pieces.append(piece)
    cut = total < int(length) if length.isdecimal() and not named else False
    if cut or (unpack is not None and packed and not unpack.ended):
        raise FetchError("the connection broke off in the middle")
    return b"".join(pieces)


class _Unpacker:
    """gzip of one or several members, or deflate with or without its header, in pieces of at most `PIECE` bytes."""

    def __init__(self, name: str) -> None:
        self.bits = 31 if "gzip" in name else 15
        self.engine = zlib.decompressobj(self.bits)
        self.begun = self.ended = False

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """The unpacked pieces of packed bytes. Raises `FetchError` where they are broken."""
        full = False  # the last piece was, so there may be more without further input
        while raw or full:
            if self.ended and self.bits == 31 and raw.startswith(b"\x1f\x8b"):
                self.engine, self.ended = zlib.decompressobj(31), False
            elif self.ended:
                return  # padding after the end
            piece = self._unpacked(raw)
            yield piece
            self.ended, full = self.engine.eof, len(piece) == PIECE
            raw = self.engine.unused_data if self.ended else self.engine.unconsumed_tail

    def _unpacked(self, raw: bytes) -> bytes:
        try:
            out = self.engine.decompress(raw, PIECE)
        except zlib.error:
            if self.begun or self.bits == 31:
                raise FetchError("packed data that is broken") from None
            self.engine = zlib.decompressobj(-15)  # some servers leave the header of deflate out
            try:
                out = self.engine.decompress(raw, PIECE)
            except zlib.error:
                raise FetchError("packed data that is broken") from None
        self.begun = True
        return out


def _tunnel(stream: _Stream, authority: str, login: str | None) -> None:
    """Ask a proxy for a connection to the target. Raises `FetchError` when it refuses."""
    lines = [
        f"CONNECT {authority} HTTP/1.1",
        f"Host: {authority}",
        *([f"Proxy-Authorization: {login}"] if login else []),
    ]
    stream.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):  # byte by byte: what follows belongs to the target
        one = bytearray(1)
        if not stream.receive(one) or len(head) > PIECE:
            raise FetchError("the proxy broke off")
        head += one
    if not re.match(rb"HTTP/1\.[01] 2\d\d", head):
        raise FetchError(f"the proxy refused: {head.split(bytes([13]))[0].decode('ascii', 'replace')[:80]}")


def _authority(host: str, port: int, default: int | None) -> str:
    name = ascii_host(host)
    name = f"[{name}]" if ":" in name else name
    return name if port == default else f"{name}:{port}"


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode("ascii")


def _proxy_login(proxy: str) -> str:
    parts = urlsplit(proxy)
    return _basic(parts.username or "", parts.password or "")


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the connection broke off in the middle"
    if isinstance(error, http.client.HTTPException):
        return f"not an answer in HTTP: {type(error).__name__}"
    return f"cannot be reached: {getattr(error, 'strerror', None) or error or type(error).__name__}"
