"""Entries of feeds and newsletters to Pages: what the feed says of an article is known, its body is a fragment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefing.collect.addresses import absolute, canonical, host_of
from briefing.collect.constructs import Body, unmarked
from briefing.collect.feeds import Entry, Feed
from briefing.model import Dropped, Page

STUB = "stub"  # the flag of an article of which only a teaser or the title was at hand
SHORT = 80  # words; a body below this that the feed calls a description is a teaser
ID_LENGTH = 16  # hexadecimal digits, as those of articles without a name of their own


def pages_of_feed(origin: str, feed: Feed) -> Iterator[Page | Dropped]:
    """A page for each entry, in the order of the feed; of entries that repeat an address or GUID the first."""
    if not feed.entries:
        yield Dropped(origin, "a feed without entries")
    seen: set[str] = set()
    for number, entry in enumerate(feed.entries, 1):
        page = page_of(f"{origin}#{number}", entry, feed)
        name = str(page.known.get("url") or page.known.get("id") or page.origin)
        key = f"{name}\n{page.known.get('title')}"
        if key in seen:
            yield Dropped(page.origin, f"the feed has it twice: {name}")
        elif not page.content.strip():
            yield Dropped(page.origin, "neither text nor title in the entry")
        else:
            seen.add(key)
            yield page


def page_of(origin: str, entry: Entry, feed: Feed) -> Page:
    """The page of one entry; flagged as a stub when the body is a teaser, or has no words and the title stands in."""
    if not unmarked_body(entry.body).strip():
        entry = replace(entry, body=Body(entry.title, "text"), stub=True)
    known: dict[str, Any] = {
        "title": entry.title,
        "url": canonical(entry.url) if entry.url else None,
        "published": entry.published or entry.updated,
        "updated": entry.updated if entry.published else None,
        "authors": list(entry.authors),
        "source": entry.source or feed.title or host_of(entry.url or feed.url),
        "language": entry.language or feed.language,
        "guid": entry.guid,
        "flags": [STUB] if is_stub(entry) else [],
    }
    if not entry.url and entry.guid:
        known["id"] = hashlib.sha256(f"{feed.url or feed.title}\n{entry.guid}".encode()).hexdigest()[:ID_LENGTH]
    return Page(origin, entry.body.content, entry.body.kind, {key: value for key, value in known.items() if value})


def is_stub(entry: Entry) -> bool:
    """Whether the body is a teaser: in a description's place and short, or ending in an ellipsis."""
    if not entry.stub:
        return False
    words = unmarked_body(entry.body).split()
    return len(words) < SHORT or words[-1].rstrip("])").endswith(("…", "..."))


def unmarked_body(body: Body) -> str:
    """The body's words without markup, cut after the length that matters."""
    text = body.content[:20_000]
    return unmarked(text) if body.kind == "fragment" else text


# ---------------------------------------------------------------- JSON Feed


def is_json_feed(value: Any) -> bool:
    """Whether a JSON value is a JSON Feed of any version."""
    return isinstance(value, dict) and (
        "jsonfeed.org" in str(value.get("version") or "").lower()
        or (isinstance(value.get("items"), list) and ("home_page_url" in value or "feed_url" in value))
    )


def read_json_feed(value: Mapping[str, Any], *, base: str | None = None) -> Feed:
    """The feed in a JSON Feed object; whatever has a wrong type is passed over."""
    home = absolute(_string(value, "home_page_url"), base)
    items = value.get("items")
    entries = tuple(_item(item, home or base) for item in (items if isinstance(items, list) else ()) if _is_map(item))
    language = _string(value, "language")
    own = absolute(_string(value, "feed_url"), base)
    return Feed(unmarked(_string(value, "title")), home, own, language or None, entries)


def _item(item: Mapping[str, Any], base: str | None) -> Entry:
    guid = str(item["id"]) if isinstance(item.get("id"), (str, int)) else None
    url = absolute(_string(item, "url"), base) or absolute(_string(item, "external_url"), base) or absolute(guid)
    full = Body(_string(item, "content_html")) or Body(_string(item, "content_text"), "text")
    teaser = Body(_string(item, "summary"), "text")
    title = unmarked(_string(item, "title"))
    given = item.get("authors")
    people: list[Any] = given if isinstance(given, list) else [item.get("author")]
    names = (_string(person, "name") for person in people if _is_map(person))
    entry = Entry(
        title=title,
        url=url,
        guid=guid,
        published=_string(item, "date_published") or None,
        updated=_string(item, "date_modified") or None,
        authors=tuple(dict.fromkeys(filter(None, names))),
        language=_string(item, "language") or None,
        body=full or teaser,
        stub=not full,
    )
    return entry if entry.body else replace(entry, body=Body(title, "text"))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _string(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""
