"""What cleaning finds in one page, before the page's own knowledge is laid over it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """An article in the making; the fields are those of `Article`, an empty one means "not found"."""

    text: str
    title: str = ""
    published: str | None = None
    sure: bool = True  # whether nothing contradicts the date
    source: str | None = None
    agency: str | None = None  # that a dateline credits
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    captions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    ruled: tuple[str, ...] = ()  # fields of which a user's rule for the site has the last word
    unmatched: tuple[str, ...] = ()  # such rules that found nothing on the page
