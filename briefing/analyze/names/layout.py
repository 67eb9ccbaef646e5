"""A text laid out for reading roles: words, mentions, which word is part of which; and a tie, which is what is read."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.analyze.names.tokens import Words
from briefing.model import Mention, Span

Frame = Literal["title", "apposition", "delegation", "owner", "shared", "topic"]
FRAMES: tuple[Frame, ...] = ("title", "apposition", "delegation", "owner", "shared", "topic")  # surest first
OWNERS = frozenset({"ORG", "GPE", "NORP", "LOC"})  # labels of what a person can speak for


@dataclass(frozen=True, slots=True)
class Tie:
    """What one place says of the person at mention `person`: role words, and the mention (index) of whom it is for."""

    person: int
    frame: Frame
    role: Span | None = None
    owner: int | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A text's words, mentions and sentences, and for each word the index of the mention it is part of, or -1."""

    words: Words
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]
    holds: tuple[int, ...]

    def mention_at(self, index: int) -> Mention | None:
        """The mention that the word at `index` is part of."""
        return self.mentions[self.holds[index]] if 0 <= index < len(self.holds) and self.holds[index] >= 0 else None

    def bounds(self, mention: int) -> tuple[int, int]:
        """Indices of the first word of a mention and of the first word behind it."""
        found = self.mentions[mention]
        return self.words.at(found.start), self.words.at(found.end)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence around an offset."""
        number = bisect.bisect_right(self.sentences, (offset, len(self.words.text))) - 1
        return self.sentences[number] if number >= 0 else (offset, offset)


def set_scene(words: Words, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]) -> Scene:
    """The scene of a text, its mentions in order and not overlapping."""
    holds = [-1] * len(words)
    for number, mention in enumerate(mentions):
        for index in range(words.at(mention.start), words.at(mention.end)):
            holds[index] = number
    return Scene(words, tuple(mentions), tuple(sentences), tuple(holds))
