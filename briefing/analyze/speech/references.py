"""A line in, whether it is a reference to something published: "“A title” — The Paper, May 2, 2020"."""

from __future__ import annotations

import re

from briefing.model import Attribution

DASHES = "—–―-"
# a day with its year at the end: "August 16, 2008", "16 Aug. 2008", "2008-08-16"
_DAY = re.compile(r"\b(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)\W*$")


def is_dated(line: str) -> bool:
    """Whether the line ends with a day and its year."""
    return _DAY.search(line) is not None


def is_reference(attribution: Attribution) -> bool:
    """Whether what is quoted is a title with where and when it appeared, rather than speech: it has no full stop."""
    signed = attribution.cue is not None and attribution.cue.text in tuple(DASHES)
    untold = attribution.content[-1].text.rstrip("'’\"”)]")[-1:] not in tuple(".?!…,")
    return signed and untold and is_dated(attribution.passage.text)
