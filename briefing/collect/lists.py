"""Lists of addresses: OPML in and out, sitemaps and news sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from briefing.collect.addresses import absolute
from briefing.collect.feeds import local, parse_xml
from briefing.collect.links import Link
from briefing.model import Dropped

MOST_LINKS = 5_000  # of one list; a news sitemap holds 1,000 at most, a reader's OPML a few hundred
MOST_PAGES = 200  # of a sitemap, newest first: a whole archive is not the news


def read_opml(origin: str, text: str) -> Iterator[Link | Dropped]:
    """A link for each feed of an OPML list, in its order, once; what is no http(s) address is Dropped."""
    root = parse_xml(text)
    seen: set[str] = set()
    for outline in root.iter(etree.Element) if root is not None else ():
        given = _attribute(outline, "xmlurl") if local(outline) == "outline" else None
        if not given or given in seen or len(seen) >= MOST_LINKS:
            continue
        seen.add(given)
        address = absolute(given)
        title = _attribute(outline, "title") or _attribute(outline, "text")
        if address is None:
            yield Dropped(f"{origin}: {given[:200]}", "not an http(s) address")
        else:
            yield Link(address, origin, {"feed": title or ""})
    if not seen:
        yield Dropped(origin, "a list of feeds (OPML) without a feed")


def write_opml(feeds: Iterable[tuple[str, str]], *, title: str = "Feeds") -> bytes:
    """OPML 2.0 of (address, title) pairs, in their order."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for address, name in feeds:
        etree.SubElement(body, "outline", type="rss", text=name or address, xmlUrl=address)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def read_sitemap(origin: str, text: str, *, depth: int = 0) -> Iterator[Link | Dropped]:
    """Links of a sitemap, newest first: the pages of a `urlset`, or the sitemaps of an index."""
    root = parse_xml(text)
    found = [] if root is None else [_located(element) for element in root if local(element) in ("url", "sitemap")]
    dated = sorted((item for item in found if item[0]), key=lambda item: item[1], reverse=True)
    seen: set[str] = set()
    for place, stamp, known in dated:
        address = absolute(place)
        if address and address not in seen and len(seen) < MOST_PAGES:
            seen.add(address)
            yield Link(address, origin, {**known, "published": stamp} if known else {}, depth + 1)
    if len(dated) > MOST_PAGES:
        yield Dropped(
            origin, f"{len(dated) - MOST_PAGES:,} older addresses of the sitemap: the newest {MOST_PAGES} are read"
        )
    if not seen:
        yield Dropped(origin, "a sitemap without addresses")


def _located(element: Any) -> tuple[str, str, dict[str, Any]]:
    """(address, time stamp, what a news sitemap tells of the article)."""
    fields: dict[str, str] = {}
    for child in element.iter(etree.Element):
        words = (child.text or "").strip()
        if words:
            fields.setdefault(local(child), words)
    known: dict[str, Any] = {}
    if "publication_date" in fields:
        known = {key: fields[name] for key, name in _NEWS if name in fields}
    return fields.get("loc", ""), fields.get("publication_date") or fields.get("lastmod", ""), known


_NEWS = (("title", "title"), ("source", "name"), ("language", "language"))


def _attribute(element: Any, name: str) -> str | None:
    return next((value.strip() for key, value in element.attrib.items() if key.lower() == name and value.strip()), None)
