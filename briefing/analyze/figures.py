"""Figures of an article and of a story: numbers with what they count, the same quantity of several sources together.

Two numbers are one figure when they count the same head noun of the same side and nothing else tells them apart. That
they *differ* is said only of the lead count of each article, for the same role, place, side and day: nearly every other
pair of unlike numbers in news is about two things.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from briefing.analyze.counts.counted import ROLES, find_counted, labelled
from briefing.analyze.counts.likeness import about, is_same, pairs_alike
from briefing.analyze.counts.numerals import LOWER, ROUND, UPPER, find_numerals
from briefing.analyze.datelines import begin
from briefing.language.dates import day_of, find_dates
from briefing.model import Article, Difference, Figure, Quantity, Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

NEARLY = 0.1  # share of the greater number by which "about" may be off
MOST_DATES = 2  # dates of a sentence that are looked at; with two the day of a figure is not told
MOST = 8  # figures of one story; the rest is for the articles


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
        inside_dates = dates[bisect.bisect_right(ends, start) :][:MOST_DATES]
        days = [date.date for date in inside_dates if date.start < end and date.precision == "day"]
        as_of = days[0] if len(days) == 1 else published.isoformat() if published else None
        inside = places[bisect.bisect_left(places, (start, "")) : bisect.bisect_left(places, (end, ""))]
        where = tuple(sorted({name for _, name in inside}))
        quantity = Quantity(counted.head, counted.role, tuple(sorted(set(counted.side))), where)
        end -= len(article.text[start:end]) - len(article.text[start:end].rstrip())
        shown = article.passage(min(begin(article.text, start, end), numeral.start), end)
        value = Value(numeral.value, shown, numeral.bound, as_of)
        yield Figure(labelled(counted), numeral.unit, (value,), about=quantity)


def unite_figures(figures: Sequence[Figure], *, articles: Sequence[Article] = ()) -> tuple[Figure, ...]:
    """The story's figures: one for each quantity with the values of its articles, first what most articles give.

    Values stand in the order of the articles' ids; each article gives one. `agree` is True when no value contradicts
    another within its bounds ("nearly 100,000" and "about 95,000" agree). Of one source's unlike values, told by
    `articles`, the latest counts: an update is no difference.
    """
    known = {article.id: article for article in articles}
    groups: list[list[Figure]] = []
    for figure in sorted(figures, key=_order):
        home = next((group for group in groups if all(is_same(figure, other) for other in group)), None)
        if home is None:
            groups.append([figure])
        else:
            home.append(figure)
    groups = _side_by_side(groups)
    groups.sort(key=lambda group: (-_articles(group), group[0].unit is None, _order(group[0])))
    return tuple(_united(group, known) for group in groups[:MOST])


def find_differences(figures: Sequence[Figure]) -> tuple[Difference, ...]:
    """Where sources give unlike numbers for one quantity; `figures` are united."""
    return tuple(
        Difference("figure", tuple(value.evidence for value in figure.values)) for figure in figures if not figure.agree
    )


def _order(figure: Figure) -> tuple[str, int, float, str]:
    value = figure.values[0]
    return value.evidence.article, value.evidence.start, value.value, figure.what


def _side_by_side(groups: list[list[Figure]]) -> list[list[Figure]]:
    """Groups of unlike numbers put together where they are the lead counts of one quantity in different articles."""
    home = list(range(len(groups)))
    of_figure = [index for index, group in enumerate(groups) for _ in group]
    alike = pairs_alike([figure for group in groups for figure in group])
    for lead in [*_leads(groups), *((of_figure[i], of_figure[j]) for i, j in alike)]:
        joined = {home[index] for index in lead}
        home = [min(joined) if number in joined else number for number in home]
    return [[f for i, group in enumerate(groups) if home[i] == number for f in group] for number in sorted(set(home))]


def _leads(groups: Sequence[Sequence[Figure]]) -> Iterator[tuple[int, int]]:
    """Pairs of groups that hold the first count of one quantity in two articles: role, side, day, a place shared.

    Of those who came to harm the place may be told by one article alone.
    """
    first: dict[object, dict[str, tuple[int, frozenset[str]]]] = {}
    for index, group in enumerate(groups):
        for figure in group:
            quantity, value = about(figure), figure.values[0]
            if quantity.role and (quantity.side or quantity.places or quantity.role in ROLES):
                key = (figure.unit, quantity.head, quantity.role, quantity.side, value.as_of)
                places = frozenset(quantity.places)
                first.setdefault(key, {}).setdefault(value.evidence.article, (index, places))
    for lead in first.values():
        for (one, here), (other, there) in combinations(lead.values(), 2):
            if here & there or here == there:
                yield one, other


def _articles(group: Sequence[Figure]) -> int:
    return len({figure.values[0].evidence.article for figure in group})


def _united(group: Sequence[Figure], known: Mapping[str, Article]) -> Figure:
    """One figure with the lead value of each article; its name is the shortest that an article uses."""
    values: dict[str, Value] = {}
    for figure in sorted(group, key=_order):
        values.setdefault(figure.values[0].evidence.article, figure.values[0])
    kept = tuple(value for value in values.values() if not _is_outdated(value, values.values(), known))
    name = min(group, key=lambda figure: (len(figure.what), _order(figure)))
    return replace(name, values=kept, agree=all(_agree(one, other) for one, other in combinations(kept, 2)))


def _is_outdated(value: Value, others: Iterable[Value], known: Mapping[str, Article]) -> bool:
    """True when the same source later gave another number."""
    mine = known.get(value.evidence.article)
    if mine is None or not mine.source or not mine.published:
        return False
    later = (other for other in others if other.value != value.value)
    return any(
        (its := known.get(other.evidence.article)) is not None
        and its.source == mine.source
        and (its.published or "") > (mine.published or "")
        for other in later
    )


def _tells_change(value: Value, old: Value) -> bool:
    """True when the evidence of one value says what it was before: "rose to 31 from 27" does not contradict 27."""
    return re.search(rf"\bfrom {old.value:g}\b(?![,.]\d)", value.evidence.text) is not None


def _agree(one: Value, other: Value) -> bool:
    low, high = sorted((one, other), key=lambda value: value.value)
    if low.value == high.value or low.approximate in LOWER or high.approximate in UPPER:
        return True
    if _tells_change(low, high) or _tells_change(high, low):
        return True
    rounded = {low.approximate, high.approximate} & (ROUND | UPPER | LOWER)
    return bool(rounded) and high.value - low.value <= NEARLY * high.value
