"""What a page says of itself: title, authors, day of publication, language, address, publisher.

Each statement is read from the places that publishers fill, best first: JSON-LD (schema.org), Open Graph and other
meta elements, microdata and `rel`, then the visible page. The day of publication is read in published.py.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from briefing.clean import furniture
from briefing.clean.paragraphs import tidy
from briefing.clean.published import choose_date
from briefing.clean.publisher import key, same, without_site

ARTICLE_TYPES = re.compile(
    r"(?:\w+News|News|Report|Tech|Scholarly|Satirical)?Article|(?:Live)?BlogPosting|SocialMediaPosting|Report|Review"
    r"|WebPage|Recipe|CreativeWork|HowTo"
)
LARGEST_LD = 500_000  # characters of JSON-LD; news pages hold 1,000 to 50,000
DEEPEST_LD = 12  # levels of nesting that schema.org objects are looked for
VISIBLE = 60  # characters; a dated byline is a short line
MOST_AUTHORS = 8

_NAME_PARTS = re.compile(r"\s*(?:,|;|&|\||\band\b|\bund\b)\s+")
_BY = re.compile(
    r"^(?:(?:written|posted|reviewed|story|words|article)\s+)?(?:by|author|von|par|por)\b[:\s]*", re.IGNORECASE
)
_MARKED = re.compile(r"(?:^|[\s_-])(?:by-?line|author|contributor)s?(?:$|[\s_-]|name)", re.IGNORECASE)
_LOGIN = re.compile(r"[a-z]+\.[a-z]+\d*|(?:admin|administrator|editor|user|guest|webmaster)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; `sure`: of the date of publication."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    sure: bool = False
    source: str | None = None
    url: str | None = None
    language: str | None = None
    body: str = ""


def read_metadata(tree: HtmlElement, *, url: str | None = None) -> Metadata:
    """The statements of one parsed page; `url`: where it was found."""
    everything = linked_data(tree)
    people = {str(item["@id"]): item for item in everything if "@id" in item and "name" in item}
    objects = [item for item in everything if _type(item)]
    objects.sort(key=lambda item: _type(item) in ("WebPage", "CreativeWork"))  # the article itself before its frame
    articles = [_resolved(item, people) for item in objects]
    meta = meta_values(tree)
    source = _first(meta, "og:site_name", "application-name") or _publisher(articles)
    address = address_of(tree, meta) or url
    title = choose_title(tree, meta, articles, source)
    published, sure = choose_date(tree, meta, articles, address, title=title)
    return Metadata(
        title=title,
        authors=choose_authors(tree, meta, articles, source),
        published=published,
        sure=sure,
        source=source,
        url=address,
        language=_language(tree),
        body=max((tidy(str(item.get("articleBody") or "")) for item in articles), key=len, default=""),
    )


# ---------------------------------------------------------------- the places


def linked_data(tree: HtmlElement) -> list[Mapping[str, Any]]:
    """Every typed object of the page's JSON-LD, outer ones first; ill-formed scripts are passed over."""
    found: list[Mapping[str, Any]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        text = (script.text or "")[:LARGEST_LD].strip().removeprefix("<!--").removesuffix("-->")
        try:
            found.extend(_objects(json.loads(text, strict=False), DEEPEST_LD))
        except (ValueError, RecursionError):
            continue
    return found


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict) and depth:
        if "@type" in value:
            yield value
        for inner in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(value.get(inner), depth - 1)


def _resolved(item: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The object with an author or publisher that it gives by reference put in."""
    named = {role: item.get(role) for role in ("author", "publisher")}
    return {**item, **{role: _looked_up(value, people) for role, value in named.items()}}


def _looked_up(value: Any, people: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_looked_up(item, people) for item in value]
    if isinstance(value, dict) and "name" not in value:
        return people.get(str(value.get("@id")), value)
    return value


def _type(item: Mapping[str, Any]) -> str:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return next((str(kind) for kind in kinds if ARTICLE_TYPES.fullmatch(str(kind))), "")


def meta_values(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by lower-cased name, property or itemprop; the first of a name wins."""
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta"):
        content = _line(element.get("content"))
        for place in ("property", "name", "itemprop"):
            if content and element.get(place):
                found.setdefault(element.get(place).strip().lower(), content)
    return found


def _first(meta: Mapping[str, str], *names: str) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _line(text: object) -> str:
    return _SPACE.sub(" ", tidy(html.unescape(str(text)))).strip() if text else ""


def _words(element: HtmlElement) -> str:
    return _line(element.text_content())


def _publisher(articles: Sequence[Mapping[str, Any]]) -> str | None:
    return next((name for item in articles for name in _names(item.get("publisher"))), None)


def address_of(tree: HtmlElement, meta: Mapping[str, str] | None = None) -> str | None:
    """The address that the page gives itself; `meta`: its meta elements, where they are known already."""
    meta = meta_values(tree) if meta is None else meta
    links = (link.get("href") for link in tree.iterfind('.//link[@rel="canonical"]'))
    found = (address for address in (*links, meta.get("og:url")) if address and re.match("https?://[^/]+/.", address))
    return next(found, None)


def _language(tree: HtmlElement) -> str | None:
    language = _line(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")).replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else None


# ---------------------------------------------------------------- title


def choose_title(
    tree: HtmlElement, meta: Mapping[str, str], articles: Sequence[Mapping[str, Any]], source: str | None
) -> str:
    """The visible heading when the metadata knows it, too; else what the metadata says, without the site's name."""
    stated = [meta.get("og:title"), _line(tree.findtext(".//title")), meta.get("twitter:title")]
    stated += [_line(item.get("headline") or item.get("name")) for item in articles]
    names = [name for name in map(_line, stated) if name]
    headings = [words for element in tree.iterfind(".//h1") if (words := _words(element))]
    for heading in headings:
        if any(same(heading, name) or key(heading) in key(name) for name in names) and not same(heading, source):
            return heading
    if len(headings) == 1 and not same(headings[0], source) and len(headings[0].split()) > 2:
        return headings[0]
    return without_site(names[0], source) if names else next(iter(headings), "")


# ---------------------------------------------------------------- authors


def choose_authors(
    tree: HtmlElement, meta: Mapping[str, str], articles: Sequence[Mapping[str, Any]], source: str | None
) -> tuple[str, ...]:
    """The first place that names someone beside the publisher: JSON-LD, meta elements, marked-up or visible bylines."""
    stated: list[list[str]] = [_names(item.get("author")) for item in articles]
    stated += [[meta[name]] for name in _AUTHOR_NAMES if name in meta]
    stated += [_marked_authors(tree)]
    found = [people for names in stated if (people := [person for name in names for person in split_names(name)])]
    named = [people for people in found if not all(same(person, source) for person in people)]
    return tuple(dict.fromkeys([*named, *found, []][0]))[:MOST_AUTHORS]


_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "dc.creator", "byl")


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_line(value)] if _line(value) else []
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [name for item in value for name in _names(item)] if isinstance(value, list) else []


def _marked_authors(tree: HtmlElement) -> list[str]:
    for path in ('.//*[@itemprop="author"]', './/*[@rel="author"]'):
        if found := [words for element in tree.iterfind(path) if 0 < len(words := _words(element)) <= VISIBLE]:
            return found[:MOST_AUTHORS]
    for element in tree.iter("a", "span", "p", "div", "address", "li"):
        if _MARKED.search(f"{element.get('class') or ''} {element.get('id') or ''}") and element.text_content().strip():
            link = next((words for inner in element.iter("a") if furniture.is_name(words := _words(inner))), "")
            words = link or _BY.sub("", _words(element))
            if 0 < len(words) <= VISIBLE and any(furniture.is_name(name) for name in split_names(words)):
                return [words]
    for element in tree.iter("p", "span", "div", "li"):
        line = _line(element.text)
        if line[:3].lower() == "by " and (read := furniture.byline(line)) and read[0]:
            return list(read[0])
    return []


def split_names(text: str) -> list[str]:
    """The people in an author field: without "By", addresses, links and login names."""
    text = _BY.sub("", _line(text))
    if "://" in text or "@" in text:
        return []
    names = [part.strip(" .,;|") for part in _NAME_PARTS.split(re.split(r"\s+[|•·—–-]\s+", text)[0])]
    return [name for name in names if re.search(r"[^\W\d_]", name) and (" " in name or not _LOGIN.fullmatch(name))]
