"""Story in, the sentences that could stand in a summary out: whole, readable by themselves, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from briefing.analyze.datelines import begin
from briefing.language.sentences import sentences
from briefing.language.terms import stem
from briefing.language.terms import words as words_of
from briefing.model import Article, Passage, Story

FEWEST = 6  # words; shorter ones are captions, cries and crossheads
MOST = 60  # words; longer ones are lists or several sentences that the page ran together
WHOLE = re.compile(r"(?<!\.\.)[.!][\"”’»')\]]*$")  # three dots: the page cut it short; a question tells nothing
OPENERS = frozenset(
    "he she it they we i you his her its their our my your him them us this that these those such both neither either "
    "another but and or nor yet so however meanwhile also then instead thus therefore hence moreover furthermore "
    "additionally nonetheless nevertheless still besides otherwise similarly likewise conversely consequently "
    "accordingly afterward afterwards later earlier elsewhere here now because which who whose whom said says".split()
)  # an opening that leans on the sentence before it
MARKS = re.compile(r"[\"“”„«»]")
OPENING = "“„«"


@dataclass(frozen=True)
class Candidate:
    """A sentence of the story: `number` of its article, words of the article before it, and whether it may be shown."""

    passage: Passage
    number: int
    before: int
    readable: bool

    @cached_property
    def length(self) -> int:
        """Words between white space."""
        return len(self.passage.text.split())

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The stems in order."""
        return tuple(map(stem, words_of(self.passage.text)))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The stems that stand side by side."""
        return frozenset(zip(self.terms, self.terms[1:], strict=False))


def originals(story: Story) -> tuple[Article, ...]:
    """The articles of the story, near-copies left out."""
    return tuple(article for article in story.articles if article.id not in story.copies)


def candidates(articles: Iterable[Article]) -> tuple[Candidate, ...]:
    """Every sentence of the articles in order; the same sentence in a second article is not readable again."""
    found: list[Candidate] = []
    seen: set[str] = set()
    for number, article in enumerate(articles):
        before = 0
        for start, end in sentences(article.text):
            passage = article.passage(begin(article.text, start, end), end)
            key = " ".join(words_of(passage.text))
            found.append(Candidate(passage, number, before, readable(passage.text) and key not in seen))
            seen.add(key)
            before += found[-1].length
    return tuple(found)


def readable(text: str) -> bool:
    """Whether a sentence is whole and says by itself whom and what it is about."""
    if not FEWEST <= len(text.split()) <= MOST or not WHOLE.search(text):
        return False
    opening = re.match(r"\W*(\w+)", text)
    if opening is None or opening[1].lower() in OPENERS or opening[1][0].islower():
        return False
    return _closed(text)


def _closed(text: str) -> bool:
    """Whether every quotation that is opened in the sentence is closed in it."""
    open_marks = 0
    for mark in MARKS.findall(text):
        open_marks += 1 if mark in OPENING or (mark == '"' and open_marks == 0) else -1
    return open_marks == 0
