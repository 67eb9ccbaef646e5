"""What a document is, told by what it holds and only then by its name; one reader for each kind."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any

from briefing.collect.addresses import absolute, canonical
from briefing.collect.decode import decode, is_utf16
from briefing.collect.links import Link
from briefing.collect.records import read_objects
from briefing.errors import MissingDependency
from briefing.model import Dropped, Page

LARGEST = 20_000_000  # bytes of one document, unpacked; a news page is under 5 MB, a day's records of a desk under 20
DEEPEST = 3  # documents within documents: a page in an archive in a gzip file

Found = Iterator[Page | Dropped | Link]
Reader = Callable[[str, str], Found]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?(?:p|div|article|h[1-6]|span|a|li)\b[^<>]*>", re.IGNORECASE)
_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(\w+)\b")
_ROOTS = {
    **dict.fromkeys(("rss", "feed", "rdf", "channel"), "feed"),
    **dict.fromkeys(("urlset", "sitemapindex"), "sitemap"),
    "opml": "opml",
}
_CANONICAL = re.compile(
    r"""<link\b[^<>]*\brel\s*=\s*["']?canonical\b[^<>]*""",
    re.IGNORECASE,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TAGS_OF_HTML = 6  # a news text quotes a tag or two; a fragment of a page has one a paragraph
_HEADERS = re.compile(
    rb"(?:from|to|subject|date|received|message-id|mime-version|return-path|content-type|delivered-to|reply-to|sender"
    rb"|dkim-signature|list-id)[ \t]*:",
    re.IGNORECASE,
)
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]|>?From ")
_FEWEST_HEADERS = 2  # of the known ones; "From: ..." alone may open a text


# ---------------------------------------------------------------- bytes


def read_bytes(origin: str, data: bytes, *, known: dict[str, Any] | None = None, depth: int = DEEPEST) -> Found:
    """What the bytes of one document hold; never raises for what is in them.

    `known`: what is known of the document beforehand, such as the address it was fetched from.
    """
    try:
        yield from _read_bytes(origin, data, known or {}, depth)
    except MissingDependency as error:
        yield Dropped(origin, str(error))


def _read_bytes(origin: str, data: bytes, known: dict[str, Any], depth: int) -> Found:
    kind = packed_kind(data)
    if not data.strip():
        yield Dropped(origin, "empty")
    elif kind == "gzip":
        inner = unzipped(data, LARGEST)
        if inner is None or not depth:
            yield Dropped(origin, f"not a sound gzip file, or more than {LARGEST:,} bytes when unpacked")
        else:
            yield from _read_bytes(origin.removesuffix(".gz"), inner, known, depth - 1)
    elif kind:
        module, _, function = PACKED[kind].partition(":")
        for item in getattr(import_module(module), function)(origin, data):
            yield replace(item, known={**known, **item.known}) if known and isinstance(item, Page) else item
    elif b"\0" in data[:1024] and not is_utf16(data):
        yield Dropped(origin, "not text")
    else:
        yield from read(origin, decode(data), known)


def packed_kind(data: bytes) -> str | None:
    """The key of `PACKED` for what is not simply text, "gzip", or None."""
    head = data[:1024].lstrip()
    if data.startswith(b"\x1f\x8b"):
        begin = unzipped(data, 512, cut=True) or b""
        return "warc" if begin.startswith((b"WARC/", b"filedesc:")) else "gzip"
    if head.startswith((b"WARC/", b"filedesc:")):
        return "warc"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "epub"
    return "mail" if is_mail(data) else None


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a message, or with the line that parts messages in an mbox."""
    lines = data[:8192].lstrip(b"\r\n").splitlines()
    known = 0
    for number, line in enumerate(lines):
        if not line.strip() or not _HEADER.match(line) or (number and line.startswith(b"From ")):
            return known >= _FEWEST_HEADERS and not line.strip()
        known += _HEADERS.match(line) is not None
    return known >= _FEWEST_HEADERS


def unzipped(data: bytes, most: int, *, cut: bool = False) -> bytes | None:
    """The contents of gzip data of one or several members; None when they are broken or more than `most` bytes.

    With `cut`, the first `most` bytes of whatever can be read. At no time more than `most` bytes are unpacked.
    """
    out = bytearray()
    try:
        while data:
            engine = zlib.decompressobj(wbits=31)
            out += engine.decompress(data, most - len(out) + 1)
            if len(out) > most:
                return bytes(out[:most]) if cut else None
            if not engine.eof:
                return bytes(out) if cut else None
            data = engine.unused_data.lstrip(b"\0")
    except zlib.error:
        return bytes(out) if cut else None
    return bytes(out)


# ---------------------------------------------------------------- texts


def read(origin: str, text: str, known: dict[str, Any] | None = None) -> Found:
    """What one decoded text holds."""
    kind = kind_of(origin, text)
    if kind in READERS:
        yield from READERS[kind](origin, text)
    elif kind == "html":
        yield html_page(origin, text, known or {})
    elif kind == "markdown":
        yield Page(origin, text, "markdown", known or {})
    else:
        yield from _read_text(origin, text, known or {})


def kind_of(origin: str, text: str) -> str:
    """ "records", "json", "feed", "sitemap", "opml", "html", "markdown" or "text"."""
    ending = PurePath(origin).suffix.lower()
    text = text.lstrip("\ufeff")
    if kind := _json_kind(text):
        return kind
    root = _ROOT.match(text, _prologue_end(text))
    if root and root[1].lower() in _ROOTS:
        return _ROOTS[root[1].lower()]
    if _HTML.match(text) or ending in (".html", ".htm", ".xhtml") or len(_TAG.findall(text)) >= _TAGS_OF_HTML:
        return "html"
    return "markdown" if ending in (".md", ".markdown") else "text"


def _prologue_end(text: str) -> int:
    """Where declarations and comments end; a document type may declare much, never a million characters."""
    found = _PROLOGUE.match(text, 0, 1_000_000)
    return found.end() if found else 0


def _json_kind(text: str) -> str | None:
    """ "records" when the first line is a JSON object, "json" when the whole text is one value."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    first = next((line for line in text.split("\n") if line.strip()), "")
    lines = text.strip().count("\n")
    if (found := _loaded(first)) is not None and isinstance(found, dict):
        return "records" if lines or not _is_whole(found) else "json"
    return "json" if isinstance(_loaded(text), (dict, list)) else None


def _is_whole(value: dict[str, Any]) -> bool:
    """Whether an object on one line is a document of several articles rather than a record."""
    return "text" not in value and any(isinstance(value.get(key), list) for key in ("items", "articles", "@graph"))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def html_page(origin: str, text: str, known: dict[str, Any]) -> Page:
    """The page of an HTML text; a canonical link of its own host names it better than where it was found."""
    own = canonical_link(text, known.get("url"))
    return Page(origin, text, "html", {**known, "url": own} if own else known)


def canonical_link(text: str, found_at: str | None) -> str | None:
    """The page's own canonical address when it was fetched, and when that is on the same host; else None."""
    from urllib.parse import urlsplit

    link = _CANONICAL.search(text[:200_000])
    href = _HREF.search(link[0]) if link else None
    if not href or not found_at:
        return None
    address = absolute(next(filter(None, href.groups()), ""), found_at)
    if not address or urlsplit(address).hostname != urlsplit(found_at).hostname:
        return None
    is_front = urlsplit(address).path in ("", "/") and urlsplit(found_at).path not in ("", "/")
    return None if is_front else canonical(address)


def _read_text(origin: str, text: str, known: dict[str, Any]) -> Found:
    """The articles of a text: mostly one; of several, none has what was known of the whole to itself."""
    from briefing.collect.several import split_articles

    parts = split_articles(text)
    if len(parts) == 1:
        yield Page(origin, text, "text", known)
        return
    shared = {key: value for key, value in known.items() if key in ("source", "language")}
    for part in parts:
        yield Page(origin, part, "text", shared)


def _read_records(origin: str, text: str) -> Found:
    from briefing.collect.mapped import page_of_record

    for item in read_objects(origin, text):
        yield item if isinstance(item, Dropped) else page_of_record(*item)


def _read_json(origin: str, text: str) -> Found:
    from briefing.collect.decode import sound_value
    from briefing.collect.entries import is_json_feed, pages_of_feed, read_json_feed
    from briefing.collect.mapped import pages_of_json

    value = sound_value(json.loads(text))
    if is_json_feed(value):
        yield from pages_of_feed(origin, read_json_feed(value))
    else:
        yield from pages_of_json(origin, value)


def _read_feed(origin: str, text: str) -> Found:
    from briefing.collect.entries import pages_of_feed
    from briefing.collect.feeds import read_feed

    try:
        feed = read_feed(text)
    except ValueError as error:
        yield Dropped(origin, f"not a feed that can be read: {error}")
        return
    yield from pages_of_feed(origin, feed)


def _read_opml(origin: str, text: str) -> Found:
    from briefing.collect.lists import read_opml

    yield from read_opml(origin, text)


def _read_sitemap(origin: str, text: str) -> Found:
    from briefing.collect.lists import read_sitemap

    yield from read_sitemap(origin, text)


READERS: dict[str, Reader] = {
    "records": _read_records,
    "json": _read_json,
    "feed": _read_feed,
    "opml": _read_opml,
    "sitemap": _read_sitemap,
}
PACKED = {
    "mail": "briefing.collect.mail:read_mail",
    "warc": "briefing.collect.archives:read_warc",
    "epub": "briefing.collect.books:read_epub",
    "pdf": "briefing.collect.books:read_pdf",
}
