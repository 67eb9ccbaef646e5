"""Many addresses at once: one polite queue for each host, a few hosts at a time, everything kept before it is used.

    links -> host queues -> fetch (threads) -> keep -> read -> pages, and the links that they name

What is kept and fresh is not asked for again, so that a run which was cut short goes on where it stopped. Pages come
out as they arrive; the stages behind do not mind the order. A dead host costs its own queue, never the others.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from briefing.collect.addresses import canonical, without_password
from briefing.collect.errors import FetchError
from briefing.collect.feeds import Feed
from briefing.collect.fetch import Fetched, Fetcher
from briefing.collect.guard import is_public
from briefing.collect.health import failed, heard, note_of, refusal
from briefing.collect.keep import Cache, Forgetful, Health
from briefing.collect.links import Link
from briefing.collect.reading import read_answer
from briefing.collect.wire import Wire
from briefing.model import Dropped, FeedNote, Found

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manners:
    """What a whole run may take, and how politely."""

    hosts: int = 16  # asked at the same time
    pause: float = 1.0  # seconds between two requests to one host; none within a private network
    number: int = 20_000  # addresses of a run
    size: int = 2_000_000_000  # bytes of a run
    seconds: float = 1_800.0  # of a run
    host_number: int = 300  # addresses of one host
    host_size: int = 200_000_000  # bytes of one host
    feed_fresh: float = 300.0  # seconds for which a feed is not asked again
    page_fresh: float = 86_400.0  # seconds for which a page is not asked again
    patience: float = 30.0  # longest Retry-After that is waited for within the run, seconds
    complete: bool = True  # fetch the page of an entry that is only a teaser


@dataclass(slots=True)
class Host:
    """The queue of one host: what waits, when it may be asked next, what it has cost."""

    waiting: deque[Link] = field(default_factory=deque)
    next: float = 0.0  # monotonic seconds
    busy: bool = False
    number: int = 0
    size: int = 0


class Web:
    """Fetches links and whatever they lead to. One `Web` is one run; call it once."""

    def __init__(
        self,
        wire: Wire,
        *,
        cache: Cache | None = None,
        manners: Manners | None = None,
        clock: Callable[[], float] = time.time,
        report: Report = lambda done, known: None,
    ) -> None:
        self.cache: Cache = cache or Forgetful()
        self.manners, self.clock, self.report = manners or Manners(), clock, report
        self.fetcher = Fetcher(wire, clock)
        self.allow_private = wire.limits.allow_private
        self.hosts: dict[str, Host] = {}
        self.seen: set[str] = set()
        self.number = self.size = self.done = 0
        self.began = time.monotonic()

    def __call__(self, links: Iterable[Link]) -> Iterator[Found]:
        """The pages behind the links, in order of arrival; what could not be had is Dropped, with the reason."""
        for link in links:
            yield from self._enter(link)
        pool = ThreadPoolExecutor(self.manners.hosts, thread_name_prefix="fetch")
        running: dict[Future[Fetched], tuple[Link, Host]] = {}
        try:
            while running or any(host.waiting for host in self.hosts.values()):
                yield from self._start(pool, running)
                finished, _ = wait(running, timeout=self._idle(len(running)), return_when=FIRST_COMPLETED)
                if not running and not finished:
                    time.sleep(self._idle(0))
                for future in [future for future in running if future in finished]:
                    link, host = running.pop(future)
                    yield from self._settle(link, host, future)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            self.fetcher.wire.abandon()  # nothing is under way but after an interruption

    # ------------------------------------------------------------ queues

    def _enter(self, link: Link) -> Iterator[Found]:
        """Put a link into the queue of its host, unless it has been there, or health or limits speak against it."""
        health = self.cache.health(link.url)
        if health is not None:
            if (why := refusal(health, self.clock())) is not None:
                yield Dropped(without_password(link.url), why)
                if _is_feed(link, health):
                    yield from self._note(health)
                return
            link = replace(link, url=health.moved) if health.moved else link
        name = canonical(link.url)
        host = self.hosts.setdefault(urlsplit(link.url).netloc.rpartition("@")[2].lower(), Host())
        if name in self.seen:
            return
        self.seen.add(name)
        if self.number >= self.manners.number or host.number >= self.manners.host_number:
            yield from self._instead(link, "left out: more addresses than one run asks for")
            return
        self.number += 1
        host.number += 1
        host.waiting.append(link)

    def _start(self, pool: ThreadPoolExecutor, running: dict[Future[Fetched], tuple[Link, Host]]) -> Iterator[Found]:
        """Hand out what may be asked now; what is kept and fresh is used without asking."""
        for host in list(self.hosts.values()):
            while host.waiting and not host.busy and len(running) < self.manners.hosts:
                if host.next > time.monotonic():
                    break
                link = host.waiting[0]
                kept = self.cache.get(link.url)
                if kept is not None and self.clock() - kept.at < self._fresh(link):
                    host.waiting.popleft()
                    yield from self._use(link, Fetched(kept, fresh=False))
                elif (why := self._exhausted(host)) is not None:
                    host.waiting.popleft()
                    yield from self._instead(link, why)
                else:
                    host.waiting.popleft()
                    host.busy = True
                    running[pool.submit(self.fetcher.fetch, link.url, kept)] = (link, host)

    def _fresh(self, link: Link) -> float:
        return self.manners.page_fresh if link.known and link.depth else self.manners.feed_fresh

    def _exhausted(self, host: Host) -> str | None:
        if self.size >= self.manners.size or host.size >= self.manners.host_size:
            return "left out: more bytes than one run reads"
        if time.monotonic() - self.began > self.manners.seconds:
            return f"left out: the run has taken {self.manners.seconds:,.0f} seconds"
        return None

    def _idle(self, running: int) -> float:
        """Seconds until there may be something to do."""
        times = [host.next for host in self.hosts.values() if host.waiting and not host.busy]
        soonest = min(times) - time.monotonic() if times else 1.0
        return max(0.0, min(soonest, 1.0)) if running < self.manners.hosts else 1.0

    # ------------------------------------------------------------ answers

    def _settle(self, link: Link, host: Host, future: Future[Fetched]) -> Iterator[Found]:
        host.busy = False
        host.next = time.monotonic() + self._pause(link.url)
        self.done += 1
        self.report(self.done, self.number)
        try:
            fetched = future.result()
        except FetchError as error:
            yield from self._failed(link, host, error)
            return
        self.size += len(fetched.kept.body)
        host.size += len(fetched.kept.body)
        self.cache.put(replace(fetched.kept, at=self.clock()))
        yield from self._use(link, fetched)

    def _pause(self, url: str) -> float:
        """Seconds between two requests to a host; within a private network nobody is disturbed."""
        return 0.0 if self._is_near(url) else max(self.manners.pause, self.fetcher.robots.delay(url))

    def _is_near(self, url: str) -> bool:
        """Whether the address is of this machine or a local network, and such may be reached."""
        with suppress(ValueError):
            host = urlsplit(url).hostname or ""
            is_number = host[-1:].isdigit() or ":" in host
            return self.allow_private and (host == "localhost" or (is_number and not is_public(host)))
        return False

    def _failed(self, link: Link, host: Host, error: FetchError) -> Iterator[Found]:
        now = self.clock()
        if error.until is not None and not link.again and error.until - now <= self.manners.patience:
            host.next = time.monotonic() + max(0.0, error.until - now)
            host.waiting.appendleft(replace(link, again=True))
            return
        if error.until is not None:
            host.next = time.monotonic() + max(0.0, error.until - now)
            yield from self._abandon(host, "its server asked for a longer rest")
        yield from self._instead(link, str(error))
        if not link.depth:
            before = self.cache.health(link.url) or Health(link.url)
            health = failed(before, now, str(error), status=error.status, until=error.until)
            self.cache.note(health)
            if _is_feed(link, health):
                yield from self._note(health)

    def _abandon(self, host: Host, why: str) -> Iterator[Found]:
        while host.waiting:
            yield from self._instead(host.waiting.popleft(), why)

    def _instead(self, link: Link, why: str) -> Iterator[Found]:
        """What is at hand in place of an address: the teaser that led there, or the reason."""
        if link.teaser is not None:
            yield link.teaser
        else:
            yield Dropped(without_password(link.url), why)

    def _use(self, link: Link, fetched: Fetched) -> Iterator[Found]:
        """The pages of an answer, and its links into their queues."""
        read = read_answer(link, fetched.kept, complete=self.manners.complete)
        if read.feed is not None:
            yield from self._note_feed(link, read.feed, fetched.moved)
        elif not link.depth:
            self._note_answer(link)
        yield from read.found
        for inner in read.links:
            yield from self._enter(inner)

    def _note_answer(self, link: Link) -> None:
        """An address that is no feed and answers again is no longer failing."""
        before = self.cache.health(link.url)
        if before is not None and before.failures:
            now = self.clock()
            self.cache.note(replace(before, checked=now, good=now, failures=0, error=None))

    def _note_feed(self, link: Link, feed: Feed, moved: str | None) -> Iterator[FeedNote]:
        now = self.clock()
        before = self.cache.health(link.url) or Health(link.url)
        before = replace(before, moved=moved or before.moved)
        stamps = (entry.published or entry.updated for entry in feed.entries)
        after = heard(before, now, title=feed.title, stamps=stamps)
        self.cache.note(after)
        yield from self._note(after)

    def _note(self, health: Health) -> Iterator[FeedNote]:
        """What the brief's coverage box says of a feed, where all is not well."""
        note = note_of(health, self.clock())
        if note is not None:
            yield note


def _is_feed(link: Link, health: Health) -> bool:
    """Whether an address that failed is that of a feed: a list of feeds says so, or it was one when it was read."""
    return "feed" in link.known or health.entries > 0 or bool(health.title)
