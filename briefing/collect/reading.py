"""What an answer holds: a feed, a list of feeds, a sitemap, a page; with the feed's entries that need their pages."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from briefing.collect.addresses import absolute, canonical, without_password
from briefing.collect.decode import decode_as, is_utf16, sound_value
from briefing.collect.entries import STUB, is_json_feed, pages_of_feed, read_json_feed
from briefing.collect.feeds import Feed, read_feed
from briefing.collect.keep import Kept
from briefing.collect.kinds import html_page, kind_of, packed_kind, read_bytes
from briefing.collect.links import Link
from briefing.collect.lists import read_opml, read_sitemap
from briefing.model import Dropped, Page

DEEPEST = 3  # lists within lists: an index of sitemaps, a sitemap, its page
_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"""type\s*=\s*["']?application/(?:rss|atom|feed)\+(?:xml|json)""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one answer; `feed` where it was one."""

    found: tuple[Page | Dropped, ...] = ()
    links: tuple[Link, ...] = ()
    feed: Feed | None = None


def read_answer(link: Link, kept: Kept, *, complete: bool) -> Reading:
    """The pages and links of an answer. With `complete`, teasers become links to their pages."""
    origin = without_password(link.url)
    if packed_kind(kept.body) or (b"\0" in kept.body[:1024] and not is_utf16(kept.body)):
        return _split(link, read_bytes(origin, kept.body, known=_known(link, kept)))
    text = decode_as(kept.body, _charset(kept.kind))
    kind = kind_of(urlsplit(kept.final).path, text)
    feed = _feed(kind, text, kept.final)
    if feed is not None:
        return _of_feed(link, origin, feed, complete=complete)
    if kind == "opml":
        return _split(link, read_opml(origin, text))
    if kind == "sitemap":
        return _split(link, read_sitemap(origin, text, depth=link.depth))
    if kind == "html":
        return _of_html(link, kept, text)
    if not text.strip():
        return Reading(_or_teaser(link, Dropped(origin, "empty")))
    return _split(link, read_bytes(origin, text.encode("utf-8", "replace"), known=_known(link, kept)))


def _feed(kind: str, text: str, base: str) -> Feed | None:
    try:
        if kind == "feed":
            return read_feed(text, base=base)
        value = sound_value(json.loads(text)) if kind in ("json", "records") else None
    except (ValueError, RecursionError):
        return None
    return read_json_feed(value, base=base) if isinstance(value, dict) and is_json_feed(value) else None


def _of_feed(link: Link, origin: str, feed: Feed, *, complete: bool) -> Reading:
    found: list[Page | Dropped] = []
    links: list[Link] = []
    for page in pages_of_feed(origin, feed):
        address = page.known.get("url") if isinstance(page, Page) else None
        if complete and address and isinstance(page, Page) and STUB in page.known.get("flags", ()):
            known = {key: value for key, value in page.known.items() if key not in ("url", "flags")}
            known["teaser"] = page.content if page.kind == "fragment" else html.escape(page.content)
            links.append(Link(address, page.origin, known, depth=link.depth + 1, teaser=page))
        else:
            found.append(page)
    return Reading(tuple(found), tuple(links), feed)


def _of_html(link: Link, kept: Kept, text: str) -> Reading:
    """A page, or the feed that a site's front page names."""
    if not link.depth and urlsplit(kept.final).path in ("", "/"):
        for element in _LINK.findall(text[:200_000]):
            href = _HREF.search(element)
            if href and _FEED_TYPE.search(element) and (address := absolute(href[1].replace("&amp;", "&"), kept.final)):
                return Reading(links=(Link(address, link.origin, depth=1),))
    return Reading((html_page(without_password(link.url), text, _known(link, kept)),))


def _known(link: Link, kept: Kept) -> dict[str, object]:
    known = {key: value for key, value in link.known.items() if key != "feed"}
    return {"url": canonical(kept.final), **known}


def _split(link: Link, items: Iterator[Page | Dropped | Link]) -> Reading:
    """Pages and links apart; links too deep are Dropped, and a failed page gives way to its teaser."""
    found: list[Page | Dropped] = []
    links: list[Link] = []
    for item in items:
        if not isinstance(item, Link):
            found.append(item)
        elif link.depth < DEEPEST:
            links.append(replace(item, depth=max(item.depth, link.depth)))
        else:
            found.append(Dropped(without_password(item.url), "lists within lists, too deep"))
    if link.teaser is not None and not any(isinstance(item, Page) for item in found):
        return Reading((link.teaser,), tuple(links))
    return Reading(tuple(found), tuple(links))


def _or_teaser(link: Link, dropped: Dropped) -> tuple[Page | Dropped, ...]:
    return (link.teaser,) if link.teaser is not None else (dropped,)


def _charset(kind: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind, re.IGNORECASE)
    return found[1] if found else None
