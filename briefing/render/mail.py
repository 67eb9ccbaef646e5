"""Brief -> Digest: subject, HTML and plain text of a mail that reads well by itself; the brief rides along."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefing.errors import MissingDependency
from briefing.model import Brief
from briefing.render.brand import Look
from briefing.render.edition import make_edition
from briefing.render.folder import html_environment, run, text_environment
from briefing.render.view import Edition

LIMIT = 95_000  # bytes of HTML; Gmail clips a message at about 102 kB, its headers included
LINE = 72  # characters of a line of plain text, RFC 3676
AHEAD = 5  # coming dates in a digest
FEEDS, NAMES = 5, 200  # lines on feeds that do not do well, and characters of names in each
# From generous to bare: stories with sentences, sentences each, further headlines. The first that fits is sent.
SIZES = ((8, 2, 12), (8, 1, 12), (8, 0, 8), (3, 0, 3), (0, 0, 0))


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail body in both forms; `html` is below `LIMIT` bytes in UTF-8."""

    subject: str
    html: str
    text: str


def make_digest(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> Digest:
    """The digest of a brief, from `digest.html.j2` and `digest.txt.j2`, cut until it fits.

    Raises `MissingDependency` where css-inline is absent.
    """
    edition, look = make_edition(brief), look or Look()
    for values in _sizes(edition):
        html = _inline(run(html_environment(templates), "digest.html.j2", edition=edition, look=look, **values))
        text = run(_text(templates), "digest.txt.j2", edition=edition, look=look, **values)
        if len(html.encode()) <= LIMIT:
            break
    return Digest(_subject(edition, look), html, text)


def _sizes(edition: Edition) -> Iterator[dict[str, Any]]:
    stories, listed = edition.stories, edition.shorts + edition.quiet
    for full, sentences, more in SIZES:
        further = (stories[full:] + listed)[:more]
        yield {
            "stories": stories[:full],
            "sentences": sentences,
            "further": further,
            "left_out": len(stories) + len(listed) - len(stories[:full]) - len(further),
            "watched": edition.watched[: 2 * sentences],
            "ahead": edition.ahead[: AHEAD if sentences else 0],
            "feeds": tuple((matter, _some(names)) for matter, names in edition.feeds[: FEEDS if sentences else 0]),
        }


def _some(names: str) -> str:
    return textwrap.shorten(names, NAMES, placeholder=" …")


def _subject(edition: Edition, look: Look) -> str:
    name = f"{look.name}: {edition.title}" if look.name else edition.title
    told = edition.stories + edition.shorts
    lead = told[0].headline.text if told else "no significant news" if edition.empty else ""
    return f"{name}, {edition.day}" + (f": {lead}" if lead else "")


def _inline(html: str) -> str:
    try:
        import css_inline
    except ImportError as error:
        raise MissingDependency("a mail needs css-inline: `pip install css-inline`") from error
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False).inline(html)


def _text(templates: Path | None) -> Any:
    environment = text_environment(templates)
    environment.filters["wrap"] = _wrap
    return environment


def _wrap(first: str, text: str) -> Markup:
    """The text in lines of `LINE` characters behind `first`; further lines are indented as deep."""
    lines = textwrap.wrap(
        text,
        LINE,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Markup("\n".join(lines))
