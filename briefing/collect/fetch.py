"""One address fetched: robots.txt asked, redirects followed with every hop checked, validators sent, moves noted."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from briefing.collect.addresses import absolute, canonical
from briefing.collect.errors import FetchError
from briefing.collect.keep import Kept
from briefing.collect.robots import LARGEST as LARGEST_ROBOTS
from briefing.collect.robots import Robots
from briefing.collect.wire import Reply, Wire

PERMANENT = (301, 308)
MOVED = (*PERMANENT, 302, 303, 307)
STATUS = {
    401: "asks for a password",
    403: "forbidden",
    404: "not found",
    410: "gone for good",
    429: "too many requests",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer to keep; `fresh` where it is new, `moved` where the address has moved there for good."""

    kept: Kept
    fresh: bool
    moved: str | None = None


class Fetcher:
    """Fetches one address at a time under the limits of its wire; may be used by several threads."""

    def __init__(self, wire: Wire, clock: Callable[[], float]) -> None:
        self.wire, self.clock = wire, clock
        self.robots = Robots(wire.agent, self._robots_txt)

    def fetch(self, url: str, kept: Kept | None = None) -> Fetched:
        """The answer for an address, `kept` again where the server says that it still holds. Raises `FetchError`."""
        until = monotonic() + self.wire.limits.seconds
        headers = _validators(kept) if kept else {}
        reply, moved = self._follow(url, headers, until, obey=True)
        if reply.status == 304 and kept is not None:
            return Fetched(kept, fresh=False, moved=moved)
        if reply.status != 200:
            raise FetchError(
                f"HTTP {reply.status}: {STATUS.get(reply.status, 'no document')}",
                until=self._retry_after(reply),
                status=reply.status,
            )
        return Fetched(self._kept(url, reply), fresh=True, moved=moved)

    def _follow(self, url: str, headers: dict[str, str], until: float, *, obey: bool) -> tuple[Reply, str | None]:
        """(the last answer, where the address has moved for good)."""
        at, permanent, moved = url, True, None
        seen = {canonical(url)}
        for _ in range(self.wire.limits.redirects + 1):
            if obey:
                self.robots.check(at)
            size = None if obey else LARGEST_ROBOTS * 2
            reply = self.wire.get(at, headers, until=until, size=size)
            target = absolute(reply.headers.get("location"), at) if reply.status in MOVED else None
            if reply.status in MOVED and target is None:
                raise FetchError(f"HTTP {reply.status} to what is no address", status=reply.status)
            if target is None:
                return reply, moved
            permanent = permanent and reply.status in PERMANENT
            moved = _without_login(target) if permanent else moved
            if canonical(target) in seen and target.startswith(at[:5]):
                raise FetchError("redirected in a circle")
            seen.add(canonical(target))
            at = _without_login(target)
        raise FetchError(f"redirected more than {self.wire.limits.redirects} times")

    def _robots_txt(self, url: str) -> Reply:
        reply, _ = self._follow(url, {}, monotonic() + self.wire.limits.seconds, obey=False)
        return reply

    def _kept(self, url: str, reply: Reply) -> Kept:
        headers = reply.headers
        return Kept(
            url=url,
            final=_without_login(reply.url),
            kind=headers.get("content-type", ""),
            body=reply.body,
            at=self.clock(),
            etag=headers.get("etag"),
            modified=headers.get("last-modified"),
        )

    def _retry_after(self, reply: Reply) -> float | None:
        """When the server wants to be asked again, in Unix seconds."""
        given = reply.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,9}", given):
            return self.clock() + int(given)
        try:
            return email.utils.parsedate_to_datetime(given).timestamp() if given else None
        except (ValueError, TypeError, IndexError, OverflowError):
            return None


def _validators(kept: Kept) -> dict[str, str]:
    found = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
    return {name: value for name, value in found.items() if value and value.isprintable() and value.isascii()}


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
