"""A text's words with their places: hyphens and full stops kept inside, the possessive ending a word of its own."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

ABBREVIATIONS = frozenset(
    """
    adm brig capt co col corp dr gen gov hon inc insp jr lt ltd maj mr mrs ms pres prof rep rev sec sen sgt sr
    st supt
""".split()
)
_PATTERN = re.compile(r"(?:[^\W\d_]\.){2,}|['’][sS]\b|[^\W_]+(?:(?:[-‐‑.&]|['’](?![sS]\b))[^\W_]+)*|[^\w\s]|_")


class Word(NamedTuple):
    """One word or mark; `pos` is its universal part of speech, or "" when nobody tagged the text.

    `low` is the word in lower case, without a closing full stop.
    """

    start: int
    end: int
    text: str
    pos: str
    low: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text[0].isalnum()

    @property
    def is_possessive(self) -> bool:
        """Whether it is the ending that makes an owner of the word before."""
        return self.text.lower() in {"'s", "’s", "'", "’"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in order, found again by offset."""

    text: str
    items: tuple[Word, ...]
    starts: list[int] = field(repr=False)
    capitals: list[int] = field(repr=False)  # indices of the words that begin with a capital letter

    def __getitem__(self, index: int) -> Word:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.items)

    def at(self, offset: int) -> int:
        """Index of the first word that starts at `offset` or later; the number of words if there is none."""
        return bisect.bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that start in `start` (inclusive) to `end` (exclusive)."""
        return self.items[self.at(start) : self.at(end)]

    def get(self, index: int) -> Word | None:
        """The word at `index`, or None outside of the text."""
        return self.items[index] if 0 <= index < len(self.items) else None


def read_words(text: str, doc: Doc | None = None) -> Words:
    """The words of `text`; their parts of speech are those of the words of `doc` that start at the same place."""
    tags = _tags(doc) if doc is not None else {}
    items = []
    end = 0
    for match in _PATTERN.finditer(text):
        if match.start() < end:  # the full stop of the abbreviation before
            continue
        start, end = match.span()
        if text[end : end + 1] == "." and _takes_full_stop(match[0]):
            end += 1
        word = text[start:end]
        items.append(Word(start, end, word, tags.get(start, ""), word.lower().rstrip(".") or word))
    capitals = [number for number, word in enumerate(items) if word.text[0].isupper()]
    return Words(text, tuple(items), [word.start for word in items], capitals)


def _tags(doc: Doc) -> dict[int, str]:
    """Offset of each token of `doc` to its part of speech; in one go, for tokens one by one are slow."""
    places, parts = doc.to_array(["IDX", "POS"]).T.tolist() if len(doc) else ([], [])
    names = {part: doc.vocab.strings[part] if part else "" for part in set(parts)}
    return {place: names[part] for place, part in zip(places, parts, strict=True)}


def _takes_full_stop(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word.lower() in ABBREVIATIONS
