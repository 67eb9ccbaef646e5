"""Dates as pages write them, to ISO 8601: the day, or day and time where the page gives the offset."""

from __future__ import annotations

import datetime
import email.utils
import re

FIRST_YEAR = 1990  # the World Wide Web's first; an earlier "publication date" is a placeholder such as 1970-01-01
LEAP = 9  # years; so long may 29 February be away

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sept sep septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\b{_YEAR}-(?P<month>[01]?\d)-{_DAY}(?!\d)",
        rf"\b{_MONTH} {_DAY}(?:st|nd|rd|th)?\.?,? {_YEAR}\b",
        rf"\b{_DAY}(?:st|nd|rd|th)?\.?(?: of| de)? {_MONTH},?(?: de)? {_YEAR}\b",
        rf"\b{_DAY}-{_MONTH}-{_YEAR}\b",
        rf"\b{_YEAR}[/.](?P<month>[01]?\d)[/.]{_DAY}(?!\d)",
        rf"\b{_YEAR}年(?P<month>[01]?\d)月{_DAY}日",
    )
)
_NO_YEAR = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (rf"\b{_DAY}(?:st|nd|rd|th)?\.? {_MONTH}", rf"\b{_MONTH} {_DAY}(?:st|nd|rd|th)?\b(?![:.]\d)")
)
_NUMERIC = re.compile(rf"\b(?P<one>[0-3]?\d)([/.])(?P<two>[0-3]?\d)\2{_YEAR}\b")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T\d{4,6}Z?)?\s*")


def parse_date(text: str, *, reference: datetime.date | None = None) -> str | None:
    """The first date in `text` as ISO 8601, or None: never a guess between two readings.

    With a time only when its offset is there, too ("2022-01-12T09:30:00+01:00"); else the day. `reference`: the day
    on which the text was there; a date without a year ("Mo, 25 Jun") is then the last such day up to it.
    """
    return _whole(text.strip()) or find_date(text) or (_last(text, reference) if reference else None)


def find_date(text: str) -> str | None:
    """The first day written out in `text`, as ISO 8601, or None."""
    found = [match for shape in _SHAPES if (match := shape.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        month = match["month"].lower()
        if day := _day(match["year"], _MONTHS.get(month) or int(month), match["day"]):
            return day
    match = _NUMERIC.search(text)
    return _numeric(match) if match else None


def _last(text: str, reference: datetime.date) -> str | None:
    """The last such day that is not after the day behind `reference`: east of there it may be tomorrow."""
    match = next((match for shape in _NO_YEAR if (match := shape.search(text))), None)
    if not match:
        return None
    month = _MONTHS[match["month"].lower()]
    found = (_day(str(reference.year - back), month, match["day"]) for back in range(LEAP))
    latest = (reference + datetime.timedelta(days=1)).isoformat()
    return next((day for day in found if day and day <= latest), None)


def _whole(text: str) -> str | None:
    """`text` read as one machine-written date."""
    if match := _COMPACT.fullmatch(text):
        return _day(match[1], int(match[2]), match[3])
    for read in (datetime.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year >= FIRST_YEAR:
            return moment.isoformat() if moment.tzinfo else moment.date().isoformat()
    return None


def _numeric(match: re.Match[str]) -> str | None:
    """Day and month in figures: only where one cannot be a month, both are equal, or points say day first."""
    one, two = int(match["one"]), int(match["two"])
    if one > 12 or one == two or match[2] == ".":
        return _day(match["year"], two, str(one))
    return _day(match["year"], one, str(two)) if two > 12 else None


def _day(year: str, month: int, day: str) -> str | None:
    try:
        date = datetime.date(int(year), month, int(day))
    except ValueError:
        return None
    return date.isoformat() if date.year >= FIRST_YEAR else None
