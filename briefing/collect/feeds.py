"""Feeds to entries: RSS 0.9x, 1.x and 2.0, Atom 0.3 and 1.0, JSON Feed, well-formed or not.

    1 characters that XML cannot hold, document type and HTML's named entities out (so nothing can expand)
    2 lxml in recovery mode, network off      3 entries by the names of their elements, whatever their namespace says

Element names are compared without case and namespace prefix; a namespace only matters where it changes what a name
means (a picture's `media:title` is no title). Texts stay as they were written, HTML in them is cleaned with the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from lxml import etree

from briefing.collect.addresses import absolute
from briefing.collect.constructs import EMPTY, Body, body_of, plain

MOST_ENTRIES = 20_000  # of one feed; the largest archive feeds have a few thousand
DEEPEST = 200  # levels of elements; a feed has 5, XHTML bodies 30
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,31};)?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Namespaces whose `title`, `link` and the like mean the article's own.
_OWN = re.compile(
    r"purl\.org/(?:rss/1|net/rss1|atom)|w3\.org/2005/Atom|netscape\.com/rdf|channel\.netscape|userland\.com/|"
    r"blogs\.law\.harvard|cyber\.law\.harvard|my\.netscape|backend\.userland|w3\.org/1999/xhtml",
    re.IGNORECASE,
)
_OTHER_PREFIXES = frozenset("media itunes geo georss slash wfw sy thr admin cc creativecommons g yt podcast".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as it was written; addresses are absolute."""

    title: str = ""
    url: str | None = None
    guid: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    body: Body = EMPTY
    stub: bool = False
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, the site it belongs to, its own address where it says so, its entries in their order."""

    title: str = ""
    url: str | None = None
    own: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()


def read_feed(text: str, *, base: str | None = None) -> Feed:
    """The feed in a decoded XML text; relative addresses are resolved against `base`.

    Raises `ValueError` when there is no XML in the text at all.
    """
    root = parse_xml(text)
    if root is None:
        raise ValueError("no XML")
    channel = next((e for e in root.iter(etree.Element) if local(e) in ("channel", "feed")), root)
    fields = _fields(channel)
    address = _link(fields, "alternate", base) or absolute(_base(channel), base)
    entries = tuple(_entry(element, _inner_base(element, address or base)) for element in _entries(root))
    return Feed(
        title=_plain_first(fields, "title"),
        url=address,
        own=_link(fields, "self", base),
        language=_language(channel, fields),
        entries=entries,
    )


def parse_xml(text: str) -> Any | None:
    """The root element of an XML text, as much of it as can be read, or None; no entity is ever expanded."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    text = _DOCTYPE.sub("", text, count=1) if "<!DOCTYPE" in text[:4096] or "<!doctype" in text[:4096] else text
    text = _ENTITY.sub(_character, _FORBIDDEN.sub("", text))
    begin = text.find("<")
    if begin < 0:
        return None
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text[begin:].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _character(match: re.Match[str]) -> str:
    """HTML's named characters; an `&` before another word is just an ampersand."""
    found = html5.get(match[1] or "")
    return found if found and found not in "<>&" else "&amp;" + match.group()[1:]


# ---------------------------------------------------------------- names of elements


def local(element: Any) -> str:
    """The name of an element in lower case, without namespace and prefix."""
    name = element.tag if isinstance(element.tag, str) else ""
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def _key(element: Any) -> str:
    """The name that a field is looked up by: "title", "dc:creator", "content:encoded", or "" for what is not read."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    prefix, _, name = name.rpartition(":")
    name, prefix = name.lower(), prefix.lower() or (element.prefix or "").lower()
    space = space[1:]
    if "purl.org/dc/" in space or prefix in ("dc", "dcterms"):
        return f"dc:{name}"
    if "modules/content" in space or name == "encoded":
        return f"content:{name}"
    if not space:
        return "" if prefix in _OTHER_PREFIXES else name
    return name if _OWN.search(space) or (element.prefix is None and "modules" not in space) else ""


def _fields(element: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in element:
        key = _key(child)
        if key:
            found.setdefault(key, []).append(child)
    return found


def _entries(root: Any) -> Iterator[Any]:
    """The items of the feed, an item within another one's text left out."""
    for count, element in enumerate(e for e in root.iter(etree.Element) if _key(e) in ("item", "entry")):
        if count >= MOST_ENTRIES:
            return
        parent = element.getparent()
        if parent is None or _key(parent) not in ("item", "entry"):
            yield element


# ---------------------------------------------------------------- one entry


_BODIES = ("content:encoded", "fullitem", "body", "content", "description", "summary", "tagline", "dc:description")
_TEASERS = frozenset(("description", "summary", "dc:description"))


def _entry(element: Any, base: str | None) -> Entry:
    fields = _fields(element)
    bodies = [(key, body) for key in _BODIES if (body := body_of(fields.get(key, ())))]
    key, body = next(iter(bodies), ("", EMPTY))
    guid, permanent = _guid(fields)
    return Entry(
        title=_plain_first(fields, "title", "dc:title"),
        url=_link(fields, "alternate", base) or (absolute(guid) if permanent else None) or absolute(_about(element)),
        guid=guid,
        published=_first(fields, "pubdate", "published", "issued", "dc:date", "date", "created", "dc:issued"),
        updated=_first(fields, "updated", "modified", "dc:modified"),
        authors=_authors(fields),
        body=body or Body(_plain_first(fields, "title"), "text"),
        stub=key in _TEASERS or not body,
        source=_source(fields),
        language=_language(element, fields),
    )


def _first(fields: Mapping[str, list[Any]], *keys: str) -> str | None:
    for key in keys:
        for element in fields.get(key, ()):
            if words := " ".join("".join(element.itertext()).split()):
                return words[:2000]
    return None


def _plain_first(fields: Mapping[str, list[Any]], *keys: str) -> str:
    for key in keys:
        for element in fields.get(key, ()):
            if words := plain(element):
                return words
    return ""


def _guid(fields: Mapping[str, list[Any]]) -> tuple[str | None, bool]:
    """The entry's own name, and whether it may be its address."""
    for element in fields.get("guid", ()):
        words = (element.text or "").strip()
        if words:
            return words, (element.get("isPermaLink") or "true").strip().lower() != "false"
    return _first(fields, "id"), True


def _link(fields: Mapping[str, list[Any]], relation: str, base: str | None) -> str | None:
    """The first link of a relation: Atom's attribute or, for "alternate", RSS's text."""
    for element in fields.get("link", ()):
        address = element.get("href")
        if address is None:
            address = "".join(element.itertext()) if relation == "alternate" else None
        elif (element.get("rel") or "alternate").lower() != relation:
            continue
        if found := absolute(address, _inner_base(element, base)):
            return found
    return None


def _about(element: Any) -> str | None:
    return next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "about"), None)


def _base(element: Any) -> str | None:
    found = element.get("{http://www.w3.org/XML/1998/namespace}base")
    return str(found) if found else None


def _inner_base(element: Any, base: str | None) -> str | None:
    """The base that the element and its ancestors set (xml:base), outermost first."""
    for outer in [*reversed(list(element.iterancestors())), element]:
        base = absolute(_base(outer), base) or base
    return base


def _language(element: Any, fields: Mapping[str, list[Any]]) -> str | None:
    found = element.get("{http://www.w3.org/XML/1998/namespace}lang") or _first(fields, "language", "dc:language")
    found = (found or "").strip().replace("_", "-")
    return found if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", found) else None


_MAILED = re.compile(r"\S+@\S+\s*\(([^()]+)\)|([^<>]*\S)\s*<\S+@\S+>")


def _authors(fields: Mapping[str, list[Any]]) -> tuple[str, ...]:
    """Names of the entry's authors; an address of mail alone is no name."""
    found = []
    for key in ("dc:creator", "creator", "author"):
        for element in fields.get(key, ()):
            named = [child for child in element if local(child) == "name"]
            words = plain(named[0]) if named else plain(element)
            mailed = _MAILED.fullmatch(words)
            words = (mailed[1] or mailed[2]).strip() if mailed else words
            if words and "@" not in words and "://" not in words:
                found.append(words)
    return tuple(dict.fromkeys(found))


def _source(fields: Mapping[str, list[Any]]) -> str | None:
    """The feed that an aggregated entry comes from."""
    for element in fields.get("source", ()):
        titles = [child for child in element if local(child) == "title"]
        if words := plain(titles[0] if titles else element):
            return words
    return None
