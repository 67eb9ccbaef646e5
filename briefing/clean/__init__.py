"""Page furniture off, metadata on: `clean` turns one Page into one Article, or says why it is dropped.

    html      page.py        markdown  markdown.py
    fragment  page.py        record    already clean, kept to the character
    text      plain.py

What the input itself said of the article (`Page.known`) wins over what is found in its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlsplit

from briefing.clean.dates import parse_date
from briefing.clean.draft import Draft
from briefing.config import Site
from briefing.model import Article, Dropped, Page

__all__ = ["clean"]

ID_LENGTH = 16  # hexadecimal digits; 64 bits keep a million articles apart with odds of one in 10^7
TEASER = "teaser"  # what a page is known by before it is read: the HTML of a feed's short description of it
_FIELDS = frozenset(field.name for field in fields(Article))


def clean(page: Page, *, sites: Mapping[str, Site] | None = None) -> Article | Dropped:
    """The article of a page, or `Dropped` when no words of an article are found on it; never raises.

    `sites`: a user's rules for the pages of a domain and those below it; what they find wins over all else.
    Flags: "undated" when nothing tells the day of publication, "date-unsure" when only the visible page does or when
    it contradicts the metadata, "paraphrased" when the text looks machine-spun.
    """
    try:
        draft = _with_teaser(page, _read(page, sites or {}))
    except OSError:  # the package itself is incomplete: not this page's fault
        raise
    except Exception as error:  # one bad page costs one page
        return Dropped(page.origin, f"could not be read: {type(error).__name__}: {error}"[:200])
    if not draft.text.strip():
        return Dropped(page.origin, "no article text found")
    return _article(page, draft)


def _read(page: Page, sites: Mapping[str, Site]) -> Draft:
    if page.kind == "record":
        return Draft(page.content.encode("utf-8", "replace").decode("utf-8"))
    url, title = _text(page.known, "url"), _text(page.known, "title") or ""
    if page.kind == "html":
        from briefing.clean.page import clean_html

        return clean_html(page.content, url=url, title=title, sites=sites)
    if page.kind == "fragment":
        from briefing.clean.page import clean_fragment

        return clean_fragment(page.content, url=url, title=title, sites=sites)
    if page.kind == "markdown":
        from briefing.clean.markdown import clean_markdown

        return clean_markdown(page.content)
    from briefing.clean.plain import clean_plain

    return clean_plain(page.content, title=title)


def _with_teaser(page: Page, draft: Draft) -> Draft:
    """The draft, or the teaser that led to the page where that says more: a consent wall must not cost an article."""
    teaser = _text(page.known, TEASER)
    if not teaser:
        return draft
    short = _read(replace(page, content=teaser, kind="fragment", known={**page.known, TEASER: None}), {})
    if len(short.text.split()) <= len(draft.text.split()):
        return draft
    return replace(short, flags=(*short.flags, "stub"))


def _article(page: Page, draft: Draft) -> Article:
    """The draft with the page's own knowledge laid over it."""
    known = page.known
    url = _text(known, "url") or draft.url
    credit = {"agency": draft.agency} if draft.agency else {}
    given = None if "published" in draft.ruled else parse_date(_text(known, "published") or "")
    others = {key: value for key, value in known.items() if key not in _FIELDS and key != TEASER}
    unmatched = {"rules_unmatched": list(draft.unmatched)} if draft.unmatched else {}
    article = Article(
        id=_text(known, "id") or _identity(url or draft.text),
        text=draft.text,
        title=(draft.title if "title" in draft.ruled else None) or _text(known, "title") or draft.title,
        published=given or draft.published,
        source=_text(known, "source") or draft.source or _host(url) or draft.agency,
        url=url,
        authors=(draft.authors if "authors" in draft.ruled else ()) or _texts(known, "authors") or draft.authors,
        language=_text(known, "language") or draft.language or _language(draft.text),
        captions=_texts(known, "captions") or draft.captions,
        origin=_text(known, "origin") or page.origin,
        extra={**credit, **unmatched, **others},
    )
    return replace(
        article, flags=_flags(article, _texts(known, "flags") + draft.flags, sure=draft.sure or given is not None)
    )


def _language(text: str) -> str:
    from briefing.clean.tongue import language_of

    return language_of(text)


def _flags(article: Article, given: tuple[str, ...], *, sure: bool) -> tuple[str, ...]:
    from briefing.clean.paraphrase import is_paraphrased

    found = set(given)
    if article.published is None:
        found.add("undated")
    elif not sure:
        found.add("date-unsure")
    if is_paraphrased(article.text, context=" ".join((article.title, *article.captions))):
        found.add("paraphrased")
    return tuple(sorted(found))


def _text(known: Mapping[str, Any], name: str) -> str | None:
    value = known.get(name)
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip() else None


def _texts(known: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = known.get(name)
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, (list, tuple)) else ()


def _identity(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
