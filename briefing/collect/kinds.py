"""What a text is, told by what it holds and only then by its name; one reader for each kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from briefing.collect.records import read_objects
from briefing.model import Dropped, Page

Reader = Callable[[str, str], Iterator[Page | Dropped]]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?(?:p|div|article|h[1-6]|span|a|li)\b[^<>]*>", re.IGNORECASE)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex)\b", re.DOTALL
)
_TAGS_OF_HTML = 6  # a news text quotes a tag or two; a fragment of a page has one a paragraph


def read(origin: str, text: str) -> Iterator[Page | Dropped]:
    """The pages that one text holds."""
    yield from READERS[kind_of(origin, text)](origin, text)


def kind_of(origin: str, text: str) -> str:
    """The key of `READERS` for a text: "records", "feed", "html", "markdown" or "text"."""
    ending = PurePath(origin).suffix.lower()
    if _first_object(text):
        return "records"
    if _FEED.match(text):
        return "feed"
    if _HTML.match(text) or ending in (".html", ".htm", ".xhtml") or len(_TAG.findall(text)) >= _TAGS_OF_HTML:
        return "html"
    return "markdown" if ending in (".md", ".markdown") else "text"


def _first_object(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip()), "")
    if not first.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _read_records(origin: str, text: str) -> Iterator[Page | Dropped]:
    for item in read_objects(origin, text):
        if isinstance(item, Dropped):
            yield item
            continue
        place, record = item
        words = record.get("text")
        if isinstance(words, str):
            yield Page(place, words, "record", record)
        else:
            yield Dropped(place, "no 'text' in the record")


def _read_feed(origin: str, text: str) -> Iterator[Page | Dropped]:
    yield Dropped(origin, "a feed: this version reads files of articles only")


READERS: dict[str, Reader] = {
    "records": _read_records,
    "feed": _read_feed,
    "html": lambda origin, text: iter((Page(origin, text, "html"),)),
    "markdown": lambda origin, text: iter((Page(origin, text, "markdown"),)),
    "text": lambda origin, text: iter((Page(origin, text, "text"),)),
}
