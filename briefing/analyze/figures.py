"""Figures of an article and of a story: numbers with what they count, the same quantity of several sources together.

Two numbers are one figure when they count the same head noun of the same side and nothing else tells them apart. That
they *differ* is said only of the lead count of each article, for the same role, place, side and day: nearly every other
pair of unlike numbers in news is about two things.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from briefing.analyze.counts.counted import ROLES, find_counted
from briefing.analyze.counts.numerals import LOWER, ROUND, UPPER, find_numerals
from briefing.language.dates import day_of, find_dates
from briefing.model import Article, Difference, Figure, Quantity, Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

NEARLY = 0.1  # share of the greater number by which "about" may be off
MOST_DATES = 2  # dates of a sentence that are looked at; with two the day of a figure is not told
MOST = 12  # figures of one story; the rest is for the articles


def find_figures(article: Article, doc: Doc) -> tuple[Figure, ...]:
    """The figures of one article in the order of its text, each with one value and the sentence that gives it."""
    return tuple(_figures(article, doc))


def _figures(article: Article, doc: Doc) -> Iterator[Figure]:
    published = day_of(article.published)
    dates = find_dates(article.text, anchor=published)
    ends = [date.end for date in dates]  # in order, for they never overlap
    places = sorted((entity.start_char, entity.text) for entity in doc.ents if entity.label_ in ("GPE", "LOC"))
    starts = doc.to_array("IDX") if len(doc) else np.zeros(0)
    for numeral in find_numerals(article.text):
        near = bisect.bisect_right(ends, numeral.start)
        if near < len(dates) and dates[near].start < numeral.end:
            continue
        first = int(np.searchsorted(starts, numeral.start, side="right")) - 1
        last = int(np.searchsorted(starts, numeral.end, side="left")) - 1
        counted = find_counted(doc, numeral, first, last)
        if counted is None:
            continue
        sentence = doc[first].sent
        start, end = sentence.start_char, sentence.end_char
        days = [date.date for date in dates[bisect.bisect_right(ends, start) :][:MOST_DATES] if date.start < end]
        as_of = days[0] if len(days) == 1 else published.isoformat() if published else None
        inside = places[bisect.bisect_left(places, (start, "")) : bisect.bisect_left(places, (end, ""))]
        where = tuple(sorted({name for _, name in inside}))
        about = Quantity(counted.head, counted.role, tuple(sorted(set(counted.side))), where)
        end -= len(article.text[start:end]) - len(article.text[start:end].rstrip())
        value = Value(numeral.value, article.passage(start, end), numeral.bound, as_of)
        yield Figure(counted.what, numeral.unit, (value,), about=about)


def unite_figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The story's figures: one for each quantity with the values of its articles, first what most articles give.

    Values stand in the order of the articles' ids; each article gives one. `agree` is True when no value contradicts
    another within its bounds ("nearly 100,000" and "about 95,000" agree).
    """
    groups: list[list[Figure]] = []
    for figure in sorted(figures, key=_order):
        home = next((group for group in groups if all(_same(figure, other) for other in group)), None)
        if home is None:
            groups.append([figure])
        else:
            home.append(figure)
    groups = _side_by_side(groups)
    groups.sort(key=lambda group: (-_articles(group), group[0].unit is None, _order(group[0])))
    return tuple(_united(group) for group in groups[:MOST])


def find_differences(figures: Sequence[Figure]) -> tuple[Difference, ...]:
    """Where sources give unlike numbers for one quantity; `figures` are united."""
    return tuple(
        Difference("figure", tuple(value.evidence for value in figure.values)) for figure in figures if not figure.agree
    )


def _order(figure: Figure) -> tuple[str, int, float, str]:
    value = figure.values[0]
    return value.evidence.article, value.evidence.start, value.value, figure.what


def _about(figure: Figure) -> Quantity:
    return figure.about or Quantity(figure.what.lower())


def _same(one: Figure, other: Figure) -> bool:
    """True when equal numbers count one thing."""
    if one.unit != other.unit or one.values[0].value != other.values[0].value:
        return False
    mine, yours = _about(one), _about(other)
    if mine.head != yours.head:
        return one.unit is not None and bool(_words(one) & _words(other))
    shared = set(mine.side) & set(yours.side)
    if (mine.side and yours.side) and not shared:
        return False
    return bool(shared) or not {mine.role, yours.role} & ROLES or mine.role == yours.role


def _words(figure: Figure) -> set[str]:
    return {word.lower() for word in figure.what.split() if len(word) > 3}


def _side_by_side(groups: list[list[Figure]]) -> list[list[Figure]]:
    """Groups of unlike numbers put together where they are the lead counts of one quantity in different articles."""
    leads: dict[object, dict[str, int]] = {}
    for index, group in enumerate(groups):
        for figure in group:
            about, value = _about(figure), figure.values[0]
            if about.role and (about.side or about.places):
                key = (figure.unit, about, value.as_of)
                leads.setdefault(key, {}).setdefault(value.evidence.article, index)
    home = list(range(len(groups)))
    for lead in leads.values():
        first = min(home[index] for index in lead.values())
        home = [first if home[index] in {home[i] for i in lead.values()} else home[index] for index in range(len(home))]
    return [[f for i, group in enumerate(groups) if home[i] == number for f in group] for number in sorted(set(home))]


def _articles(group: Sequence[Figure]) -> int:
    return len({figure.values[0].evidence.article for figure in group})


def _united(group: Sequence[Figure]) -> Figure:
    """One figure with the lead value of each article; its name is the shortest that an article uses."""
    values: dict[str, Value] = {}
    for figure in sorted(group, key=_order):
        values.setdefault(figure.values[0].evidence.article, figure.values[0])
    kept = tuple(values.values())
    name = min(group, key=lambda figure: (len(figure.what), _order(figure)))
    return replace(name, values=kept, agree=all(_agree(one, other) for one, other in combinations(kept, 2)))


def _agree(one: Value, other: Value) -> bool:
    low, high = sorted((one, other), key=lambda value: value.value)
    if low.value == high.value or low.approximate in LOWER or high.approximate in UPPER:
        return True
    rounded = {low.approximate, high.approximate} & (ROUND | UPPER | LOWER)
    return bool(rounded) and high.value - low.value <= NEARLY * high.value
