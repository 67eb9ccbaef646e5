"""The day of publication of an HTML page, and whether it is sure.

    stated    JSON-LD of the article, meta elements: by the page itself, for machines
    shown     a short line at the main heading, a marked-up date: for readers
    address   /2022/01/12/talks-open

What two of them agree on is sure, and what is stated is sure while nothing that is shown contradicts it. The rest is
kept as unsure, or not at all: a wrong day moves every "on Monday" of an article.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from briefing.clean import furniture
from briefing.clean.dates import parse_date
from briefing.clean.publisher import key

ABOVE_HEADING, BELOW_HEADING = 12, 25  # texts; bylines stand so near to the heading
BARE = 15  # texts; a date that nothing marks as one is the article's only so near below it
SAME_DAY = 1  # days; a page shows the local day, its metadata may give that of Greenwich
REWRITTEN = 30  # days; a text that is revised later than that is a new text, and its "last week" the revision's
CLOSE = 8  # texts; a date so near to the heading is the article's
LIST = 3  # different days; so many at one heading are those of a list of articles
LONGEST_LINE = 120  # characters of a short line
LONGEST_LINK = 3  # characters of what may stand between a label and its date: "Updated", "on", the date

_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date",
    "dc.date.issued", "dcterms.created", "article.published", "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
_STATES = re.compile(r"publi(?:sh|cation)|pubdate|posted", re.IGNORECASE)
_STATES_REVISION = re.compile(r"modif|updat|revis|expire|event", re.IGNORECASE)
_REVISED = re.compile(r"updated|modified|edited|reviewed|aktualisiert|mis à jour|actualizado", re.IGNORECASE)
_MARKED = re.compile(r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?|lication)?|post(?:ed)?|story|article|entry|release)[\s_-]*"
                     r"(?:[a-z]+[_-])?dates?(?:$|[\s_-])|date-?(?:published|line)|dateline", re.IGNORECASE)  # fmt: skip
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?!\d)")
_URL_NAMED_DAY = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)(?!\d)")
_SKIPPED = frozenset("script style noscript title option select nav footer template".split())
_SPAN = re.compile(r"\s(?:-|–|—|to|until|through)\s")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A date that a page shows: ISO 8601, texts from the main heading (negative: above it).

    `revised`: labelled as a revision; `marked`: in an element that is for dates.
    """

    date: str
    distance: int
    revised: bool = False
    marked: bool = False

    @property
    def near(self) -> int:
        """The distance; lines above a heading belong to something else more often, and count twice as far."""
        return max(self.distance, -2 * self.distance)


def choose_date(
    tree: HtmlElement, meta: Mapping[str, str], articles: Sequence[Mapping[str, Any]], url: str | None, *, title: str
) -> tuple[str | None, bool]:
    """The publication date, ISO 8601 or None, and whether it is sure. `articles`: the page's schema.org objects."""
    frames = [item for item in articles if item.get("@type") in ("WebPage", "CreativeWork")]
    linked = next(_dates((item for item in articles if item not in frames), "datePublished"), None)
    stated = linked or _of_meta(meta)
    framed = next(_dates(frames, "datePublished"), None)
    revised = {date[:10] for date in _dates(articles, "dateModified")} | {
        date[:10] for name, value in meta.items() if _STATES_REVISION.search(name) and (date := parse_date(value))
    }
    if is_front(url):
        return None, False
    shown = shown_dates(tree, title)
    address = day_of_url(url)
    if stated:
        date, sure = _checked(stated, address, shown, revised if linked else set())
        return date, sure and bool(shown or address or meta.get("og:type", "article").lower() == "article")
    if framed and any(date.date[:10] == framed[:10] for date in shown):
        return framed, True
    return _unstated(address, shown)


def _dates(items: Iterable[Mapping[str, Any]], name: str) -> Iterator[str]:
    return (date for item in items if (date := parse_date(str(item.get(name) or ""))))


def _of_meta(meta: Mapping[str, str]) -> str | None:
    others = (name for name in meta if _STATES.search(name) and not _STATES_REVISION.search(name))
    named = next((date for name in _NAMES if (date := parse_date(meta.get(name, "")))), None)
    return named or min((date for name in others if (date := parse_date(meta[name]))), default=None)


def _checked(stated: str, address: str | None, shown: Sequence[Shown], revised: set[str]) -> tuple[str, bool]:
    """The stated date, unless the page shows readers another: an older one, or that of a rewritten text."""
    days = {date.date[:10] for date in shown}
    if not shown or stated[:10] in (*days, address):
        return stated, True
    first = shown[0]
    later = _days(stated, first.date)
    if address in days and abs(_days(stated, address)) == SAME_DAY:
        return address, True  # the stated moment is in the time of Greenwich; readers and address have the local day
    if (
        later < -SAME_DAY and not first.revised and first.near <= CLOSE
    ):  # a move to another system has dated the page anew
        return first.date, False
    if later > REWRITTEN and first.date[:10] in revised:
        return first.date, False
    return stated, abs(later) <= SAME_DAY


def _days(one: str, other: str) -> int:
    return (datetime.date.fromisoformat(other[:10]) - datetime.date.fromisoformat(one[:10])).days


def _unstated(address: str | None, shown: Sequence[Shown]) -> tuple[str | None, bool]:
    """The date in the address, with the time of a date shown for the same day; else the first date shown."""
    agreed = next((date.date for date in shown if date.date[:10] == address), None)
    if agreed or address:
        return agreed or address, True
    listed = len({date.date[:10] for date in shown}) >= LIST
    near = next((date.date for date in shown if date.marked or date.distance <= BARE), None)
    return (None if listed else near), False


def is_front(url: str | None) -> bool:
    """Whether an address is that of a site's front page, which is of no day."""
    return re.fullmatch(r"https?://[^/?#]+/?", url or "") is not None


def day_of_url(url: str | None) -> str | None:
    """The day in an address such as /2022/01/12/talks-open or /2022/january/12/talks-open."""
    if match := _URL_DAY.search(url or ""):
        return parse_date("-".join((match[1], match[2].zfill(2), match[3].zfill(2))))
    match = _URL_NAMED_DAY.search(url or "")
    return parse_date(f"{match[3]} {match[2]} {match[1]}") if match else None


def shown_dates(tree: HtmlElement, title: str) -> list[Shown]:
    """Dates that stand by themselves at the main heading, publication before revision, the nearest first.

    Where there is none, the one day that elements marked as holding a date give, wherever they stand.
    """
    texts, heading = _texts(tree, title)
    found, marked, above = [], [], ""
    for at, (text, stamp, is_marked, element) in enumerate(texts):
        date = parse_date(stamp) if stamp else None if _is_span(text) else furniture.date_line(text)
        if date and not _is_within_words(element):
            shown = Shown(date, at - heading, _REVISED.search(f"{above} {text}") is not None, is_marked)
            if -ABOVE_HEADING <= at - heading <= BELOW_HEADING:
                found.append(shown)
            elif is_marked and not shown.revised:
                marked.append(shown)
        above = "" if date else f"{above} {text}" if len(text) <= LONGEST_LINK else text
    days = {shown.date[:10] for shown in marked}
    chosen = found or (marked if len(days) == 1 else [])
    return sorted(chosen, key=lambda shown: (shown.revised, shown.near, shown.date))


def _is_span(line: str) -> bool:
    """Whether the line gives two days: when something begins and ends."""
    ends = _SPAN.split(line)
    return len({date for end in ends if (date := parse_date(end))}) > 1


def _is_within_words(element: HtmlElement) -> bool:
    """Whether the element stands in a paragraph of running words: "is valid through 23 January 2026, unless"."""
    outer = next((inner for inner in (element, *element.iterancestors()) if inner.tag in ("p", "li")), None)
    return outer is not None and len(_SPACE.sub(" ", outer.text_content())) > LONGEST_LINE


def _texts(tree: HtmlElement, title: str) -> tuple[list[tuple[str, str, bool, HtmlElement]], int]:
    """The page's short texts, each with the stamp of its element, whether that is marked as holding a date, and itself.

    And the place among them of the main heading: the first h1 that is the title, else any such heading, else h1.
    """
    found: list[tuple[str, str, bool, HtmlElement]] = []
    headings: list[tuple[int, int]] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        if element.tag in ("h1", "h2", "h3"):
            same = bool(title) and key(element.text_content()) == key(title)
            headings.append((2 * (not same) + (element.tag != "h1"), len(found)))
        stamped = element.tag == "time" or element.get("itemprop") == "datePublished"
        stamp = (element.get("datetime") or element.get("content") or "") if stamped else ""
        words = _line(element.text_content() if stamped else element.text)
        if words or stamp:
            marked = bool(stamp) or _MARKED.search(element.get("class") or "") is not None
            found.append((words, stamp, marked, element))
        found.extend((tail, "", False, element) for child in element if (tail := _line(child.tail)))
    return found, min(headings, default=(0, 0))[1]


def _line(text: str | None) -> str:
    """One line of short text; nothing of a long one."""
    line = _SPACE.sub(" ", text or "").strip(" -–—|•·●,")
    return line if len(line) <= LONGEST_LINE else line[:1]
