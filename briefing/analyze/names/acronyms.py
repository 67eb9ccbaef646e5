"""Acronyms and what they stand for: "the Organization for Security and Cooperation in Europe (OSCE)".

Letters are matched to words from the right, as Schwartz and Hearst (2003) do, with capitals alone counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.analyze.names.tokens import Word, Words

SMALL = frozenset("a an and as at by de des di du e et for from in la le of on or the to und y &".split())
LONGEST = 12  # words of a name that an acronym stands for


@dataclass(frozen=True, slots=True)
class Expansion:
    """Where a name and its acronym stand: offsets, end exclusive."""

    start: int
    end: int
    short_start: int
    short_end: int


def is_acronym(text: str) -> bool:
    """Whether `text` is written like an acronym: one word, at least two capitals and mostly capitals."""
    if " " in text or not text[0].isupper() or len(text) < 2:
        return False
    capitals = sum(c.isupper() for c in text)
    return 2 <= capitals <= 9 and capitals * 2 > sum(c.isalpha() for c in text)


def stands_for(acronym: str, name: str) -> bool:
    """Whether the capitals of `acronym` begin the words of `name` in order; small words may count or not."""
    letters = [c.lower() for c in acronym if c.isupper()]
    words = [part for part in re.split(r"[\s-]+", name) if part and part[0].isalnum()]
    return len(letters) >= 2 and _match(letters, words)


def _match(letters: list[str], words: list[str]) -> bool:
    if not letters:
        return all(word.lower() in SMALL for word in words)
    if not words:
        return False
    first, rest = words[0], words[1:]
    if first[0].lower() == letters[0] and _match(letters[1:], rest):
        return True
    return first.lower() in SMALL and _match(letters, rest)


def find_expansions(words: Words) -> Iterator[Expansion]:
    """The places where a name is followed by its acronym in brackets, or an acronym by its name, in order."""
    for number in range(1, len(words) - 2 if "(" in words.text else 0):
        if words[number].text == "(":
            close = next(
                (n for n in range(number + 1, min(number + 2 + LONGEST, len(words))) if words[n].text == ")"), None
            )
            if close is not None:
                yield from _in_brackets(words, number, close)


def _in_brackets(words: Words, opening: int, close: int) -> Iterator[Expansion]:
    inside = words.items[opening + 1 : close]
    if len(inside) == 1 and is_acronym(inside[0].text):
        found = _name_before(words, opening, inside[0].text)
        if found:
            yield Expansion(found[0].start, found[-1].end, inside[0].start, inside[0].end)
    elif len(inside) > 1 and is_acronym(words[opening - 1].text):
        text = words.text[inside[0].start : inside[-1].end]
        if stands_for(words[opening - 1].text, text):
            short = words[opening - 1]
            yield Expansion(inside[0].start, inside[-1].end, short.start, short.end)


def _name_before(words: Words, opening: int, acronym: str) -> tuple[Word, ...]:
    """The shortest run of words before the bracket that the acronym stands for; empty when there is none."""
    for first in range(opening - 2, max(-1, opening - 1 - LONGEST), -1):
        run = words.items[first:opening]
        if not (run[0].is_word or run[0].text in "'’-&") or "\n" in words.text[run[0].start : run[-1].end]:
            break
        if run[0].is_capital and stands_for(acronym, words.text[run[0].start : run[-1].end]):
            return run
    return ()
