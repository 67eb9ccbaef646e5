"""Article records of other houses to ours: schema.org NewsArticle, and ninjs 1 to 3 of the IPTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.collect.addresses import absolute
from briefing.collect.constructs import unmarked
from briefing.model import Dropped, Page

_ARTICLE = re.compile(r"(?:https?://schema\.org/|schema:)?\w*(?:Article|BlogPosting|Report|Review)")
_NINJS = frozenset(("uri", "versioncreated"))
DEEPEST = 6  # levels at which an object may hide in @graph and lists


def pages_of_json(origin: str, value: Any) -> Iterator[Page | Dropped]:
    """The pages of a whole JSON document: our records, schema.org or ninjs objects, alone, in lists or in a graph."""
    for number, item in enumerate(_objects(value, DEEPEST), 1):
        yield page_of_record(origin if number == 1 else f"{origin}#{number}", item)


def page_of_record(place: str, record: Mapping[str, Any]) -> Page | Dropped:
    """The page of one JSON object; a record of ours is kept as it is."""
    words = record.get("text")
    if isinstance(words, str) and not _is_typed(record):
        return Page(place, words, "record", record)
    for found in (_schema_org(record), _ninjs(record)):
        if found is not None:
            body, kind, known = found
            if body.strip():
                return Page(place, body, kind, {key: value for key, value in known.items() if value})
            return Dropped(place, "an article record without its body")
    return Dropped(place, "no 'text' in the record")


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        inner = value.get("@graph") or value.get("articles") or (value.get("items") if "text" not in value else None)
        if isinstance(inner, list) and depth:
            for item in inner:
                yield from (_objects(item, depth - 1) if _is_article(item) or "@graph" not in value else ())
        else:
            yield value


def _is_typed(record: Mapping[str, Any]) -> bool:
    kinds = record.get("@type")
    return any(isinstance(kind, str) and _ARTICLE.fullmatch(kind) for kind in _listed(kinds))


def _is_article(value: Any) -> bool:
    return isinstance(value, dict) and (_is_typed(value) or "text" in value or value.keys() >= _NINJS)


Found = tuple[str, Any, dict[str, Any]]


def _schema_org(record: Mapping[str, Any]) -> Found | None:
    if not _is_typed(record):
        return None
    url = record.get("url") or record.get("mainEntityOfPage")
    url = url.get("@id") if isinstance(url, dict) else url
    language = record.get("inLanguage")
    known = {
        "title": unmarked(_text(record, "headline") or _text(record, "name")),
        "url": absolute(url if isinstance(url, str) else None),
        "published": _text(record, "datePublished") or _text(record, "dateCreated"),
        "updated": _text(record, "dateModified"),
        "authors": list(_names(record.get("author"))),
        "source": next(_names(record.get("publisher")), None),
        "language": language if isinstance(language, str) else None,
    }
    return *_body(_text(record, "articleBody") or _text(record, "text")), known


def _ninjs(record: Mapping[str, Any]) -> Found | None:
    if not record.keys() >= _NINJS:
        return None
    headlines = [_text(item, "value") for item in _listed(record.get("headlines")) if isinstance(item, dict)]
    body = _text(record, "body_xhtml") or _text(record, "body_html") or _text(record, "body_text")
    if not body:
        bodies = [item for item in _listed(record.get("bodies")) if isinstance(item, dict)]
        body = max((_text(item, "value") for item in bodies), key=len, default="")
    known = {
        "id": _text(record, "uri"),
        "title": unmarked(_text(record, "headline") or next(filter(None, headlines), "")),
        "url": next(filter(None, map(absolute, _addresses(record))), None),
        "published": _text(record, "firstcreated") or _text(record, "versioncreated"),
        "updated": _text(record, "versioncreated"),
        "authors": [re.sub(r"^By\s+", "", name, flags=re.IGNORECASE) for name in [_text(record, "byline")] if name],
        "source": next(_names(record.get("infosources")), None) or _text(record, "copyrightholder"),
        "language": _text(record, "language"),
    }
    return *_body(body), known


def _addresses(record: Mapping[str, Any]) -> Iterator[str]:
    for name in ("url", "uri"):
        yield _text(record, name)


def _body(text: str) -> tuple[str, str]:
    return text, "fragment" if re.search(r"</?(?:p|div|br|h\d)\b", text, re.IGNORECASE) else "text"


def _names(value: Any) -> Iterator[str]:
    for item in _listed(value):
        name = item if isinstance(item, str) else _text(item, "name") if isinstance(item, dict) else ""
        if name.strip() and "://" not in name:
            yield name.strip()


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _text(record: Mapping[str, Any], name: str) -> str:
    found = record.get(name)
    return found if isinstance(found, str) else ""
