"""An article's text in, where its own words begin out: behind "RIGA, Latvia, May 14 (AP) - "."""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,}(?:, [\w .]{2,20}){0,3},? ?(?:\([^()]{2,30}\))? ?(?:—|–|--|-) (?=\S)"
)  # a place in capitals, its country or the day, an agency, a dash


def begin(text: str, start: int, end: int) -> int:
    """Where the sentence at [start, end) begins, a dateline at the very beginning of the text left out."""
    if text[:start].strip():
        return start
    found = DATELINE.match(text, start, end)
    return found.end() if found else start


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence at [start, end) without the white space around it, and without a dateline as `begin` leaves it."""
    inner = text[start:end]
    end -= len(inner) - len(inner.rstrip())
    return begin(text, start + len(inner) - len(inner.lstrip()), end), end
