"""What robots.txt allows: RFC 9309 read by protego; asked once a run for each host, before anything else of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from briefing.collect.decode import decode
from briefing.collect.errors import FetchError
from briefing.collect.wire import Reply

LARGEST = 500_000  # bytes; RFC 9309 asks for at least that, the rest is not read
LONGEST_DELAY = 30.0  # seconds; a longer Crawl-delay is for machines that read whole sites

Rules = Callable[[str], bool]


class Robots:
    """The rules of the hosts of one run. `ask` gets a robots.txt, redirects followed."""

    def __init__(self, agent: str, ask: Callable[[str], Reply]) -> None:
        self.agent, self.ask = agent.partition("/")[0], ask
        self._rules: dict[str, tuple[Rules, float]] = {}

    def check(self, url: str) -> None:
        """Raise `FetchError` for an address that its host does not want to be read by machines."""
        allowed, _ = self._of(url)
        if not allowed(url):
            raise FetchError("its robots.txt does not allow it")

    def delay(self, url: str) -> float:
        """Seconds that the host wants between two requests; 0 where it has not been asked or says nothing."""
        return self._rules.get(_site(url), (None, 0.0))[1]

    def _of(self, url: str) -> tuple[Rules, float]:
        site = _site(url)
        if site not in self._rules:
            self._rules[site] = self._read(site)
        return self._rules[site]

    def _read(self, site: str) -> tuple[Rules, float]:
        try:
            reply = self.ask(f"{site}/robots.txt")
        except FetchError as error:
            if error.status is None and "bytes" not in str(error):
                raise  # the host cannot be reached: neither can the page
            return (lambda url: False), 0.0
        if reply.status >= 500 or reply.status == 429:
            return (lambda url: False), 0.0  # RFC 9309: unreachable rules forbid everything
        if reply.status >= 400:
            return (lambda url: True), 0.0
        return self.rules(decode(reply.body[:LARGEST]))

    def rules(self, text: str) -> tuple[Rules, float]:
        """(whether an address may be read, seconds between requests) by the text of a robots.txt."""
        from protego import Protego

        found = Protego.parse(text)
        return (lambda url: bool(found.can_fetch(url, self.agent))), min(
            float(found.crawl_delay(self.agent) or 0.0), LONGEST_DELAY
        )


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
