"""Dates in English text, found and resolved by rules: text and an anchor day in, dated mentions out. No clock.

Each form of date has a pattern and a reader; where two forms match the same words, the longer match wins. What has no
year or week of its own ("Monday", "July", "January 12") is resolved against the anchor; without an anchor it is left
out, never guessed. "Last week", "recently", seasons and decades have no honest day, month or year: left out too.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.language.stretches import stretches
from briefing.language.tense import looks_ahead

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True, order=True)
class DateMention:
    """A date in a text: `text` stands at [start:end].

    `date`: ISO 8601 cut to `precision` ("2014", "2014-04", "2022-01-12"); `until`: the last day, month or year of a
    range, else None; `explicit`: the year is written there, so that no anchor was needed.
    """

    start: int
    end: int
    text: str
    date: str
    precision: Precision
    until: str | None = None
    explicit: bool = True


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBER = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
          "fifty": 50}  # fmt: skip
REACH = 100  # characters; more than the longest date on either side of any part of it
SOON = 3  # days; "next Thursday" is a week later than the Thursday that comes so soon, of which news says "Thursday"
FAR = 120  # days; a day of the year farther than this from the anchor takes its year from the verb, not from nearness

_FULL = "|".join([*MONTHS, *map(str.upper, MONTHS)])
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\.?"
_MONTH = rf"(?:(?:{_FULL})(?!\w)|{_SHORT}(?!\w))"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|,\d{3}(?!\d)|\.\d|-[a-zA-Z])"
_YEAR = r"(?:1[6-9]|20|21)\d\d(?![\d%]|,\d|\.\d|[a-z]|-[a-zA-Z]|['’]?s\b(?=\s+and\b))"
_WEEKDAY = "(?:" + "|".join([*WEEKDAYS, *map(str.upper, WEEKDAYS)]) + ")"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.?)"
_DASH = r"\s?(?:[-–—]|to|through|until)\s?"
_NAMED_DAYS = r"(?:Ash|Black|Bloody|Cyber|Easter|Fat|Good|Holy|Maundy|Palm|Shrove|Spy|Super|Whit)"
# a day of the year that has become a name keeps the year it had, which the text does not tell
_MADE_NAMES = (
    r"(?!\s+(?:attack|terror|bombing|hijack|riot|insurrection|massacre|uprising|revolution|movement|committee|coup))"
)

MONTH_DAY = re.compile(
    rf"(?:\b{_ANY_WEEKDAY},?\s)?(?<![\w.])(?P<m>{_MONTH})\s(?:the\s)?(?P<d>{_DAY})"
    rf"(?:(?:{_DASH}|\sand\s(?={_DAY},?\s{_YEAR}))(?P<d2>{_DAY})(?!\s{_MONTH}))?(?:,?\s(?P<y>{_YEAR}))?{_MADE_NAMES}"
)
DAY_MONTH = re.compile(
    rf"(?:\b{_ANY_WEEKDAY},?\s)?(?<![\w$€£,.:/–—-])(?P<d>{_DAY})(?:(?:{_DASH}|\sand\s)(?P<d2>{_DAY}))?\s(?:of\s)?"
    rf"(?P<m>{_MONTH})(?:,?\s(?P<y>{_YEAR}))?{_MADE_NAMES}"
)
MONTH_YEAR = re.compile(
    rf"\b(?:(?P<m>{_MONTH}){_DASH})?(?P<m2>{_MONTH}),?\s(?:of\s)?"
    rf"(?:(?P<y>{_YEAR})|(?P<rel>last|this|next)\syear)"
)
MONTH_ALONE = re.compile(
    rf"\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?)\s|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Ee]arly|[Ll]ate|"
    rf"[Mm]id|(?:end|start|beginning|middle|month)\sof|(?:early|late|mid)\sin)[\s-])(?P<m>{'|'.join(MONTHS)})\b(?!\s\d)"
)
NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?=$|\D|T\d)|"
    r"(?P<a>\d{1,2})(?P<t>[/.])(?P<b>\d{1,2})(?P=t)(?P<z>(?:19|20)\d\d))(?![\d/-]|\.\d)"
)
_YEAR_CUE = (
    r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|[Ee]nd of|"
    r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of)?)"
)
_LOOSE_CUE = r"(?:[Bb]y|[Ff]rom|[Bb]efore|[Aa]fter|[Bb]etween|[Oo]f|[Tt]he|[Aa]|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)"
_OWNER = r"(?:(?<=\w)['’]s|(?<=s)['’])"
_COUNTED = r"(?!\s(?:percent|per cent|dollars|euros|people|troops|soldiers|men|women|dead)\b)"
YEAR_ALONE = re.compile(
    rf"(?:(?<!\w)(?:{_YEAR_CUE}[\s-]|{_LOOSE_CUE}\s(?!\d\d00\s[a-z]))|{_OWNER}\s|\()(?P<y>{_YEAR})"
    rf"(?:(?:{_DASH}|\sand\s)(?P<y2>{_YEAR}))?{_COUNTED}"
)
WEEKDAY = re.compile(
    rf"\b(?P<skip>[Ee]very\s|[Ee]ach\s|{_NAMED_DAYS}\s|[Tt]he\s(?={_WEEKDAY}\s[A-Z]))?"
    rf"(?P<rel>(?:[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?|[Cc]oming|[Pp]ast)\s)?(?P<w>{_WEEKDAY})(?!\w)"
    r"(?:\s(?:morning|afternoon|evening|night))?(?:\s(?:of\s)?(?P<week>last|this|next)\sweek)?"
)
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_SMALL)})"
DEICTIC = re.compile(
    r"\b(?:(?P<day>[Tt]he day before yesterday|[Tt]he day after tomorrow|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|"
    r"[Ll]ast night|[Tt]his (?:morning|afternoon|evening))|"
    r"(?<![Tt]he )(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>month|year)|"
    r"(?<!about )(?<!around )(?<!some )(?<!nearly )(?<!almost )(?<!over )(?<!than )(?<!least )(?<!roughly )(?<!-)"
    rf"{_COUNT} "
    r"(?P<ago>day|month|year)s? ago)\b"
)
_OFFSET = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_STEP = {"last": -1, "this": 0, "next": 1}

Resolved = tuple[str, Precision, str | None, bool]  # date, precision, until, explicit
Reader = Callable[[re.Match[str], "datetime.date | None"], "Resolved | None"]
Found = tuple[int, int, re.Match[str], Reader]  # start and end of a date that is still to be read


def day_of(published: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or time, or None where there is none."""
    try:
        return datetime.datetime.fromisoformat(published).date() if published else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=8)  # one article is asked for by several readers, one after the other
def find_dates(text: str, *, anchor: datetime.date | None) -> tuple[DateMention, ...]:
    """The dates of a text in order, without overlaps; `anchor` is the day it was published, None when not known.

    Without an anchor only dates that carry their year are found. A weekday is the last one on or before the anchor, and
    the next one on or after it where the clause looks ahead.
    """
    kept = []
    for start, end, match, read in _longest(text):
        resolved = read(match, anchor)
        if resolved is not None:
            date, precision, until, explicit = resolved
            kept.append(DateMention(start, end, text[start:end], date, precision, until, explicit))
    return tuple(kept)


@functools.lru_cache(maxsize=8)  # whatever the anchor
def _longest(text: str) -> tuple[Found, ...]:
    """The longest matches in order of the text, none overlapping; one that is no date keeps shorter ones away, too."""
    kept: list[Found] = []
    taken = bytearray(len(text))
    for found in sorted(_matches(text), key=lambda item: (item[0] - item[1], item[0])):
        start, end, *_ = found
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(found)
    return tuple(sorted(kept, key=lambda item: item[:2]))


def _matches(text: str) -> Iterator[Found]:
    for sign, forms in _FORMS:
        around = tuple(stretches(sign.finditer(text), text, reach=REACH))
        for pattern, read in forms:
            for left, right in around:
                for match in pattern.finditer(text, left, right):
                    yield _start(match), match.end(), match, read


def _start(match: re.Match[str]) -> int:
    """Where the date itself starts: cue words such as "in" and "since" are no part of it."""
    if match.re is YEAR_ALONE:
        return match.start("y")
    if match.re is MONTH_ALONE:
        return match.start("rel") if match["rel"] else match.start("m")
    return match.start()


# ---------------------------------------------------------------- one reader per form


def _day_of_month(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    month = _month(match["m"])
    day, last = _number(match["d"]), _number(match["d2"]) if match["d2"] else None
    if last is not None and last <= day:
        return None
    year = int(match["y"]) if match["y"] else _year_after(match) or _year_near(match, month, day, anchor)
    if year is None:
        return None
    first, final = _date(year, month, day), _date(year, month, last) if last else None
    if first is None or (last and final is None):
        return None
    return first.isoformat(), "day", final.isoformat() if final else None, match["y"] is not None


def _month_of_year(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if match["rel"] and anchor is None:
        return None
    year = int(match["y"]) if match["y"] else _shifted_year(anchor, match["rel"])
    last = f"{year:04}-{_month(match['m2']):02}"
    if match["m"] is None:
        return last, "month", None, match["y"] is not None
    return f"{year:04}-{_month(match['m']):02}", "month", last, match["y"] is not None


def _month_alone(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if anchor is None:
        return None
    month, relation = _month(match["m"]), (match["rel"] or "").lower()
    ahead = relation in ("next", "this coming") or (
        relation not in ("last", "this past") and looks_ahead(match.string, match.start("m"), match.end())
    )
    year = anchor.year
    if ahead and (month < anchor.month or (relation and month == anchor.month)):
        year += 1
    elif not ahead and (month > anchor.month or (relation == "last" and month == anchor.month)):
        year -= 1
    return f"{year:04}-{month:02}", "month", None, False


def _numeric(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if match["y"]:
        date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
    else:
        first, second, year = int(match["a"]), int(match["b"]), int(match["z"])
        orders = {(first, second), (second, first)} if match["t"] == "/" else {(first, second)}  # 1.12.2022: day first
        dates = {found for day, month in orders if (found := _date(year, month, day))}
        date = dates.pop() if len(dates) == 1 else None
    return (date.isoformat(), "day", None, True) if date else None


def _year_alone(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if match["y2"] and match["y2"] <= match["y"]:
        return None
    return match["y"], "year", match["y2"], True


def _weekday(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if anchor is None or match["skip"]:
        return None
    number = _WEEKDAY_NUMBER[match["w"].lower()]
    if match["week"]:
        date = anchor + datetime.timedelta(days=7 * _STEP[match["week"]] + number - anchor.weekday())
        return date.isoformat(), "day", None, False
    relation = (match["rel"] or "").strip().lower()
    ahead = relation in ("next", "coming", "this coming") or (
        relation not in ("last", "past", "this past") and looks_ahead(match.string, match.start(), match.end())
    )
    days = (number - anchor.weekday()) % 7 if ahead else -((anchor.weekday() - number) % 7)
    if days == 0 and relation == "last":
        days = -7
    elif days <= SOON and relation == "next":
        days += 7
    return (anchor + datetime.timedelta(days=days)).isoformat(), "day", None, False


def _deictic(match: re.Match[str], anchor: datetime.date | None) -> Resolved | None:
    if anchor is None:
        return None
    if match["day"]:
        date = anchor + datetime.timedelta(days=_OFFSET.get(match["day"].lower(), 0))
        return date.isoformat(), "day", None, False
    if match["unit"] == "year":
        return f"{_shifted_year(anchor, match['rel']):04}", "year", None, False
    if match["unit"] == "month":
        return _months_away(anchor, _STEP[match["rel"].lower()]), "month", None, False
    count = _SMALL.get(match["n"].lower()) or int(match["n"])
    if match["ago"] == "day":
        return (anchor - datetime.timedelta(days=count)).isoformat(), "day", None, False
    if match["ago"] == "month":
        return _months_away(anchor, -count), "month", None, False
    return f"{anchor.year - count:04}", "year", None, False


_FORMS: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Reader], ...]], ...] = (
    (
        re.compile(rf"{_FULL}|{_SHORT}"),
        (
            (MONTH_DAY, _day_of_month),
            (DAY_MONTH, _day_of_month),
            (MONTH_YEAR, _month_of_year),
            (MONTH_ALONE, _month_alone),
        ),
    ),
    (re.compile(r"\d[-/.]\d"), ((NUMERIC, _numeric),)),
    (re.compile(r"[12]\d\d\d"), ((YEAR_ALONE, _year_alone),)),
    (re.compile(_WEEKDAY), ((WEEKDAY, _weekday),)),
    (re.compile("[Dd]ay|[Nn]ight|[Mm]o(?:nth|rning|rrow)|[Yy]ear|noon|evening"), ((DEICTIC, _deictic),)),
)  # a sign that is quickly found and that each match holds, and the forms that are only looked for near it

# ---------------------------------------------------------------- arithmetic


def _month(word: str) -> int:
    return _MONTH_NUMBER[word[:3].lower()]


def _number(word: str) -> int:
    return int(word.rstrip("stndrh"))


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _shifted_year(anchor: datetime.date | None, relation: str) -> int:
    assert anchor is not None
    return anchor.year + _STEP[relation.lower()]


def _months_away(anchor: datetime.date, months: int) -> str:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return f"{year:04}-{month + 1:02}"


_RANGE_END = re.compile(rf"(?:{_DASH}|\sand\s)(?:{_MONTH}\s{_DAY}|{_DAY}\s(?:of\s)?{_MONTH}),?\s(?P<y>{_YEAR})")


def _year_after(match: re.Match[str]) -> int | None:
    """The year that the end of a range gives to its start ("January 10 to February 3, 2022")."""
    end = _RANGE_END.match(match.string, match.end())
    return int(end["y"]) if end else None


def _year_near(match: re.Match[str], month: int, day: int, anchor: datetime.date | None) -> int | None:
    """The year that brings a day nearest to the anchor; beyond `FAR` days the tense of the clause decides."""
    if anchor is None:
        return None
    options = [found for year in (-1, 0, 1) if (found := _date(anchor.year + year, month, day))]
    if not options:
        return None
    nearest = min(options, key=lambda option: (abs(option - anchor), option))
    if abs((nearest - anchor).days) > FAR:
        ahead = looks_ahead(match.string, match.start(), match.end())
        side = [option for option in options if (option >= anchor) == ahead]
        nearest = min(side, key=lambda option: abs(option - anchor)) if side else nearest
    return nearest.year
