"""A user's rules for the pages of a site: what goes, and where the body, title, authors and date stand.

What a rule finds wins over everything else that is known; where it finds nothing, the page is read as any other, and
the article's `rules_unmatched` names the rule: a site that changes its looks must not cost its articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from briefing.clean.blocks import Block, page_blocks
from briefing.clean.dates import parse_date
from briefing.clean.metadata import split_names
from briefing.clean.paragraphs import tidy
from briefing.config import Site
from briefing.selectors import select

NO_SITES: Mapping[str, Site] = {}


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules found: lines of the body, title, authors, date; `unmatched`: the rules that found nothing."""

    body: tuple[Block, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    unmatched: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an article that the rules have the last word on."""
        return tuple(name for name in ("title", "authors", "published") if getattr(self, name))


def site_of(sites: Mapping[str, Site], url: str | None) -> Site | None:
    """The rules for an address: those of its host, or of the nearest domain above it."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    domains = (".".join(labels[at:]) for at in range(len(labels)))
    return next((sites[domain] for domain in domains if domain in sites), None)


def without_removed(tree: HtmlElement, site: Site) -> None:
    """Take the elements that are to go out of the tree; the text behind them stays."""
    for element in select(tree, site.remove):
        if not isinstance(element, str) and element.getparent() is not None:
            element.drop_tree()


def by_rules(tree: HtmlElement, site: Site) -> Ruled:
    """What the rules of its site find on a page."""
    body = tuple(_lines(select(tree, site.body)))
    title = next(filter(None, map(_words, select(tree, site.title))), "")
    authors = [name for found in select(tree, site.author) for name in split_names(_words(found))]
    published = next(filter(None, map(_date, select(tree, site.date))), None)
    found = {"body": body, "title": title, "author": authors, "date": published}
    unmatched = tuple(name for name, value in found.items() if getattr(site, name) and not value)
    return Ruled(body, title, tuple(dict.fromkeys(authors)), published, unmatched)


def _lines(matched: Iterable[Any]) -> Iterable[Block]:
    """The lines of the matched elements, each element once, and not again inside another."""
    elements = dict.fromkeys(item for item in matched if not isinstance(item, str))
    for element in elements:
        if not any(outer in elements for outer in element.iterancestors()):
            yield from page_blocks(element)


def _words(found: Any) -> str:
    return " ".join(tidy(found if isinstance(found, str) else found.text_content()).split())


def _date(found: Any) -> str | None:
    """The date of an element (its `datetime` or `content` first) or text."""
    stated = [] if isinstance(found, str) else [found.get("datetime"), found.get("content")]
    return next(filter(None, (parse_date(text) for text in (*stated, _words(found)) if text)), None)
