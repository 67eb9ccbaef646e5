"""Dated events of an article and of a story: each a date with the sentence that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.analyze.datelines import trimmed
from briefing.language.dates import DateMention, day_of, find_dates
from briefing.model import Article, Event, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

SAME_EVENT = 0.3  # share of the shorter sentence's content words that two sentences on one event have in common
PER_DATE = 2  # events of one date; a day that many articles tell of would fill the timeline alone
MOST = 10  # events of one story; more is a chronicle, not a timeline
FEWEST_WORDS = 5  # a shorter sentence ("It was Monday.") tells of nothing
MOST_WORDS = 60

_SPEECH = (
    r"(?:said|says|told|tells|mentioned|added|stated|announced|wrote|tweeted|posted|noted|argued|claimed|warned|insisted|"
    r"reported|commented|instructed|explained|acknowledged|confirmed)"
)
_SAID_THEN = re.compile(
    rf"\b{_SPEECH}(?:\s(?!(?:would|will|had|has|was|were|is|are|to)\b)[\w'’]+){{0,3}},?\s(?:on\s|late\s|early\s|in\s)?$",
    re.IGNORECASE,
)
_THEN_SAID = re.compile(
    rf"^,?\s{_SPEECH}\b|^,?\s(?:in|at|during)\s(?:a|an|the)\s(?:[\w-]+\s){{0,2}}(?:interview|statement|tweet|post)\b"
)
_BIOGRAPHY = re.compile(r"\bwho\b[^.;—–]*$|\b(?:born|aged|graduated|educated)\b[^,;]*$", re.IGNORECASE)
_NAMED_AFTER_YEAR = re.compile(
    r"^\s(?:[A-Z][\w-]+)"
)  # "the 1949 Washington Treaty" names a treaty, it tells of no event
_OF_THEN = re.compile(r"^['’]s?\s(?:\w+\s)?(?:close|closing|opening|price|record)\b")  # a price of then, no event
_LEVEL_OF_THEN = re.compile(r"\bfrom\s[^,.;:]*\d[^;:]*\b(?:in|of)\s$")  # "fallen from 110,000 tons in 2005"
_COMPARED_WITH = re.compile(r"\b(?:from|than|against|over|compared (?:with|to)|versus)\s[^,.;:]*$", re.IGNORECASE)
_THEN = re.compile(r"\b(?:ago|earlier|before|last year)$", re.IGNORECASE)  # "up from 66 percent four years ago"
_VAGUE = re.compile(r"^(?:this|last|next) (?:month|year)$|^(?:today|tonight)$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?")
_PLAIN = re.compile(r"(?<![\w.])[a-z]{2,}(?![\w.]\w)")  # "Jan. 12, 2022 5:14 p.m." has none
_REFERENCE = frozenset("of before by until to than".split())  # "the level of 1968", "by 2030": no event of that year
_ADVERBIAL = frozenset("in since from during after".split())
_WORD = re.compile(r"[A-Za-z][\w'’-]{3,}")
_OPENS_IN_AIR = re.compile(r"^(?:But|And|However|Yet|He|She|They|It|This|That|These|Those|Nonetheless|Additionally)\b")


def find_events(article: Article, doc: Doc) -> tuple[Event, ...]:
    """The dated events of an article in the order of its text; one for each date of a sentence.

    Left out: dates of mere speech ("said on Tuesday"), of a person's life, within quotations, in names of things, and
    spans as wide as "this year".
    """
    dates = find_dates(article.text, anchor=day_of(article.published))
    if not dates:
        return ()
    bounds = _sentences(doc)
    events: dict[Event, None] = {}
    for date, (start, end) in _with_sentences(dates, bounds):
        evidence = article.passage(*trimmed(article.text, start, end))
        if FEWEST_WORDS <= len(_PLAIN.findall(evidence.text)) <= MOST_WORDS and _tells(article.text, date, start, end):
            events.setdefault(Event(date.date, date.precision, evidence))
    return tuple(events)


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Where the sentences begin and end, in characters; the array is several times faster than `doc.sents`."""
    if not len(doc):
        return []
    first = doc.to_array("SENT_START") == 1
    first[0] = True
    starts = doc.to_array("IDX")[first].tolist()
    last = [*(index - 1 for index in first.nonzero()[0].tolist()[1:]), len(doc) - 1]
    return [(start, doc[index].idx + len(doc[index])) for start, index in zip(starts, last, strict=True)]


def unite_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """The story's timeline: events in the order of their dates, each once, with the sentence that tells it best.

    Sentences on one date that share `SAME_EVENT` of their content words tell of one event. What most sentences tell
    comes first where there are more than `PER_DATE` for a date or `MOST` altogether. A sentence stands there once, at
    its most exact date.
    """
    events = _once(events)
    chosen: list[tuple[int, Event]] = []
    for date in sorted({event.date for event in events}):
        groups = _groups(sorted({event for event in events if event.date == date}, key=_order))
        groups.sort(key=lambda group: (-len(group), _order(group[0])))
        chosen += [(len(group), _best(group)) for group in groups[:PER_DATE]]
    chosen.sort(key=lambda item: (-item[0], -len(item[1].date), _order(item[1])))
    return tuple(sorted((event for _, event in chosen[:MOST]), key=_order))


def _once(events: Sequence[Event]) -> list[Event]:
    """One event of each sentence: at the most exact of its dates, of these the first that an article could give."""
    best: dict[Passage, Event] = {}
    for event in sorted(events, key=lambda event: (-len(event.date), _order(event))):
        best.setdefault(event.evidence, event)
    return list(best.values())


def _with_sentences(
    dates: Sequence[DateMention], bounds: Sequence[tuple[int, int]]
) -> Iterator[tuple[DateMention, tuple[int, int]]]:
    position = 0
    for date in dates:
        while position < len(bounds) and bounds[position][1] <= date.start:
            position += 1
        if position < len(bounds) and bounds[position][0] <= date.start and date.end <= bounds[position][1]:
            yield date, bounds[position]


def _tells(text: str, date: DateMention, start: int, end: int) -> bool:
    """True when the sentence at [start:end] tells what happened at the date, rather than who spoke then."""
    before, after = text[start : date.start], text[date.end : end]
    if _VAGUE.search(date.text) or _SAID_THEN.search(before) or _THEN_SAID.search(after) or _BIOGRAPHY.search(before):
        return False
    if (
        _OF_THEN.search(after)
        or _LEVEL_OF_THEN.search(before)
        or (_THEN.search(date.text) and _COMPARED_WITH.search(before))
    ):
        return False
    if date.precision == "year" and before.strip():
        word = before.split()[-1].lower()
        if word in _REFERENCE or (word not in _ADVERBIAL and _NAMED_AFTER_YEAR.search(after)):
            return False
    return not any(quoted.start() <= date.start - start < quoted.end() for quoted in _QUOTED.finditer(text[start:end]))


def _order(event: Event) -> tuple[str, str, int, int, str]:
    return event.date, event.evidence.article, event.evidence.start, event.evidence.end, event.precision


def _groups(events: Sequence[Event]) -> list[list[Event]]:
    """Events of one date, put together where they tell of one thing."""
    groups: list[list[Event]] = []
    for event in events:
        words = _words(event)
        home = next(
            (group for group in groups if any(_overlap(words, _words(other)) >= SAME_EVENT for other in group)), None
        )
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    return groups


def _words(event: Event) -> frozenset[str]:
    return frozenset(word.lower()[:6] for word in _WORD.findall(event.evidence.text))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _best(group: Sequence[Event]) -> Event:
    """The event whose sentence stands best alone: no opening in mid-air, most in common with the others, shortest."""

    def merit(event: Event) -> tuple[bool, int, int]:
        words = _words(event)
        shared = sum(len(words & _words(other)) for other in group if other is not event)
        return bool(_OPENS_IN_AIR.search(event.evidence.text)), -shared, len(event.evidence.text)

    return min(group, key=lambda event: (*merit(event), _order(event)))
