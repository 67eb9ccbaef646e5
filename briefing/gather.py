"""The network and the store put together: what `collect` is given to fetch with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.collect.keep import Health, Kept
from briefing.collect.links import Link
from briefing.config import Network
from briefing.model import Dropped, Found, Page

if TYPE_CHECKING:
    from briefing.store.web import Answers

__all__ = ["StoreCache", "fetch_by"]

Fetch = Callable[[Iterable[Link]], Iterator[Found]]


class StoreCache:
    """The collector's `Cache` on the tables of the store."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def get(self, url: str) -> Kept | None:
        """The answer kept for an address."""
        row = self.answers.get(url)
        return None if row is None else Kept(**row)

    def put(self, kept: Kept) -> None:
        """Keep an answer; it is on disk when this returns."""
        self.answers.put(asdict(kept))

    def health(self, url: str) -> Health | None:
        """How a feed was doing."""
        row = self.answers.health(url)
        return None if row is None else Health(**row)

    def note(self, health: Health) -> None:
        """Remember how a feed is doing."""
        self.answers.note(asdict(health))


def fetch_by(
    network: Network, *, store: Path | None = None, report: Callable[[int, int], None] = lambda done, known: None
) -> Fetch:
    """What fetches links as the configuration says; nothing of the network is loaded before there is a link.

    Answers and the health of feeds are kept in the file `store`. `report(done, known)` is told of every answer.
    """

    def fetch(links: Iterable[Link]) -> Iterator[Found]:
        from briefing import __version__
        from briefing.collect.web import Manners, Web
        from briefing.collect.wire import Limits, Wire, own_proxies

        limits = Limits(seconds=network.seconds, size=network.size, allow_private=network.allow_private)
        agent = network.agent or f"briefing/{__version__}"
        wire = Wire(limits, agent, proxies=network.proxies or own_proxies())
        manners = Manners(
            hosts=network.hosts,
            pause=network.pause,
            seconds=network.run_seconds,
            host_number=network.host_pages,
            complete=network.complete,
        )
        with _cache(store) as cache:
            addresses = []
            for link in links:
                if link.url.lower().startswith("imap"):
                    yield from _mail(link, network, cache)
                else:
                    addresses.append(link)
            yield from Web(wire, cache=cache, manners=manners, report=report)(addresses)

    return fetch


def _mail(link: Link, network: Network, cache: StoreCache | None) -> Iterator[Page | Dropped]:
    from time import time

    from briefing.collect.errors import FetchError
    from briefing.collect.mailbox import mailbox_of, read_mailbox

    try:
        mailbox = mailbox_of(link.url)
    except FetchError as error:
        yield Dropped(link.origin, str(error))
        return
    plain = network.allow_private and mailbox.host in ("localhost", "127.0.0.1", "::1")
    yield from read_mailbox(mailbox, now=time(), seconds=network.run_seconds, plain=plain, cache=cache)


@contextmanager
def _cache(store: Path | None) -> Iterator[StoreCache | None]:
    if store is None:
        yield None
        return
    from briefing.store import Database
    from briefing.store.web import Answers

    database = Database(store)  # a connection of this run alone: the desk may be in another thread
    try:
        yield StoreCache(Answers(database))
    finally:
        database.close()
