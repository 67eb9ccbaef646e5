"""Lists of results in, the teams in them out: "Harwell 3 Quistby 1 Lundholm Rovers 2 ...".

Sport pages set results and standings in rows without a verb, so that neither words nor parse tell what a name is: a
town that scores is a team. Read so are rows of a name and whole numbers, three of them on end at least, in an article
that speaks of games.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from briefing.language.gazetteers import country_of
from briefing.language.settling import Found

ROWS = 3  # of a list, at least: two names with numbers stand in many a sentence
LONGEST = 4  # words of a team's name
REMARK = 8  # tokens of a remark in brackets, "(halftime 1-0)"
NUMBER = re.compile(r"[-–]|\d*\.?\d+")  # "-" stands for nothing in a table
INSIDE = frozenset({"'s", "’s", "&", "."})  # what the name of a team holds besides capitalized words
HEADS = frozenset("championship conference cup division group league results standings table".split())
GAMES = frozenset(
    "championship cup division game games halftime innings league match matches playoff playoffs season standings "
    "tournament".split()
)


def teams(doc: Doc, words: Sequence[str], found: Sequence[Found]) -> list[Found]:
    """The names, those in lists of results read anew: persons where most of a list are, else teams; countries stay.

    `found` are the names as (start, end, label) in tokens, none overlapping; so are those returned, in order.
    """
    names = list(found)
    if GAMES.isdisjoint(map(str.lower, words)):
        return names
    for rows in _lists(words):
        inside = {index for start, end in rows for index in range(start, end)}
        here = [name for name in names if inside.intersection(range(*name[:2]))]
        votes = Counter(label for _, _, label in here)
        label = "PERSON" if 2 * votes["PERSON"] > len(here) else "ORG"
        names = [name for name in names if name not in here]
        names += [(start, end, "LOC" if _is_country(doc, start, end) else label) for start, end in rows]
    return sorted(names)


def _is_country(doc: Doc, start: int, end: int) -> bool:
    country = country_of(doc[start:end].text)
    return country is not None and country.via == "name"


def _lists(words: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """The names of the rows that stand on end, list by list."""
    rows: list[tuple[int, int]] = []
    last = 0
    for begin, start, end, stop in _rows(words):
        if begin > last:
            if len(rows) >= ROWS:
                yield rows
            rows = []
        rows.append((start, end))
        last = stop
    if len(rows) >= ROWS:
        yield rows


def _rows(words: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """(start, start of the name, its end, end) of each row: a head perhaps, a name, numbers, a remark in brackets."""
    at, size = 0, len(words)
    while at < size:
        end = at
        while end < size and (words[end][0].isupper() or (end > at and words[end] in INSIDE)):
            end += 1
        stop = end
        while end > at and stop < size and (NUMBER.fullmatch(words[stop]) or words[stop].isspace()):
            stop += 1
        if any(word[-1].isdigit() for word in words[end:stop]):
            start = at + _cut(words[at:end])
            if start < end <= start + LONGEST:
                yield at, start, end, _remark(words, stop)
        at = max(stop, at + 1)


def _cut(words: Sequence[str]) -> int:
    """How many words stand before the name: heads ("Northern League"), letters ("Group B"), and words in other case."""
    cut = 0
    for place, word in enumerate(words):
        if word.lower() in HEADS:
            cut = place + 1
    while cut < len(words) - 1 and len(words[cut]) == 1:
        cut += 1
    long = [place for place in range(cut, len(words)) if len(words[place]) > 2]
    if long and any(words[place].isupper() != words[long[-1]].isupper() for place in long):
        cut = max(place for place in long if words[place].isupper() != words[long[-1]].isupper()) + 1
    return cut


def _remark(words: Sequence[str], at: int) -> int:
    """Where a remark in brackets ends that begins at a token; the token when there is none."""
    if at < len(words) and words[at] == "(":
        for index in range(at + 1, min(at + REMARK, len(words))):
            if words[index] == ")":
                return index + 1
    return at
