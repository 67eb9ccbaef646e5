"""Editions -> a feed that a reader can subscribe to: Atom (RFC 4287), RSS 2.0 or JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from briefing.errors import InputError
from briefing.model import Brief
from briefing.render.edition import make_edition
from briefing.render.text import tidy, web_address
from briefing.render.view import Edition

MOST = 30  # editions in a feed: a month
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition as a feed tells it: address, title, headlines, time in UTC."""

    url: str
    title: str
    headlines: tuple[str, ...]
    at: datetime
    language: str


def make_feed(briefs: Sequence[Brief], *, kind: str, home: str, title: str | None = None) -> bytes:
    """The newest editions as a feed of `kind` "atom", "rss" or "json"; the same briefs give the same bytes.

    `home` is the http(s) address under which the output folder is served: an edition stands at
    HOME/EDITION/brief.html. Raises `InputError` for another kind or address.
    """
    if kind not in KINDS:
        raise InputError(f"no feed named {kind!r}; known: {', '.join(KINDS)}")
    base = web_address(home)
    if base is None:
        raise InputError(f"the home of a feed is an http or https address, not {home!r}")
    base = base.rstrip("/") + "/"
    newest = sorted(briefs, key=lambda brief: (brief.edition, brief.generated_at), reverse=True)[:MOST]
    entries = tuple(_entry(make_edition(brief), base) for brief in newest)
    name = tidy(title or (newest[0].title if newest else "Briefs"))
    return KINDS[kind](entries, base, name)


def _entry(edition: Edition, base: str) -> Entry:
    told = edition.stories + edition.shorts
    headlines = tuple(story.headline.text for story in told) or ("No significant news.",)
    url = urljoin(base, quote(f"{edition.edition}/brief.html"))
    return Entry(url, f"{edition.title}, {edition.day}", headlines, _time(edition.generated_at), edition.language)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _updated(entries: Sequence[Entry]) -> datetime:
    return max((entry.at for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))


def _atom(entries: Sequence[Entry], base: str, name: str) -> bytes:
    feed = Element("feed", xmlns=ATOM)
    _texts(feed, id=base, title=name, updated=_stamp(_updated(entries)))
    SubElement(feed, "link", rel="self", href=urljoin(base, "feed.atom"))
    SubElement(feed, "link", href=base)
    _texts(SubElement(feed, "author"), name=name)
    for entry in entries:
        item = SubElement(feed, "entry")
        item.set("xml:lang", entry.language)
        _texts(item, id=entry.url, title=entry.title, updated=_stamp(entry.at), summary="\n".join(entry.headlines))
        SubElement(item, "link", href=entry.url)
    return _xml(feed)


def _rss(entries: Sequence[Entry], base: str, name: str) -> bytes:
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    _texts(channel, title=name, link=base, description=name, lastBuildDate=format_datetime(_updated(entries)))
    for entry in entries:
        item = SubElement(channel, "item")
        _texts(item, title=entry.title, link=entry.url, guid=entry.url, pubDate=format_datetime(entry.at))
        _texts(item, description="\n".join(entry.headlines))
    return _xml(rss)


def _json(entries: Sequence[Entry], base: str, name: str) -> bytes:
    items: list[dict[str, Any]] = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "content_text": "\n".join(entry.headlines),
            "date_published": _stamp(entry.at),
            "language": entry.language,
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": base,
        "feed_url": urljoin(base, "feed.json"),
        "items": items,
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _texts(parent: Element, **texts: str) -> None:
    for tag, text in texts.items():
        SubElement(parent, tag).text = text


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(root: Element) -> bytes:
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


KINDS: dict[str, Callable[[Sequence[Entry], str, str], bytes]] = {"atom": _atom, "json": _json, "rss": _rss}
