"""Passages of a story in, those out that one independent source alone reports.

Sources say one thing in different words, so that a small share of common words proves nothing. What tells is how many
rare terms a sentence has in common with a few neighbouring sentences of another source: a fact is seldom retold without
two of its names and matters. The opening of an article is never called alone: its matter makes the articles one
story. Where the others say little, their silence means little. On 71 labelled sentences of three papers (tests/quality)
what is called alone is so in .92, and .37 of what is alone is called so: a wrong "alone" is the worse fault.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefing.language.sentences import sentences
from briefing.language.terms import frequencies, terms
from briefing.model import Article, Figure, Meeting, Passage, Story

OPENING = 60  # words of an article: its first paragraph or two tell the event, as all reports of it do
NEAR = 3  # sentences of another article: what one source says in one, another spreads over as many
SHARED = 2.0  # terms, each counted by its rarity up to 1, which a run of NEAR sentences has of a fact that it tells
COVERED = 0.6  # share of a short sentence's terms, so counted, that does the same
ENOUGH = 100  # words of an article; a teaser's silence says nothing


def alone(
    story: Story, summary: Sequence[Passage], meetings: Sequence[Meeting] = (), figures: Sequence[Figure] = ()
) -> tuple[Passage, ...]:
    """Those of the summary's sentences and of the evidence of meetings and figures that one source alone reports.

    A meeting or figure for which there is evidence of two sources is reported by both, in whatever words.
    """
    origin = {article.id: story.origin_of(article.id) for article in story.articles}
    shown = [meeting.evidence for meeting in meetings]
    shown += [tuple(value.evidence for value in figure.values) for figure in figures]
    agreed = {p for passages in shown if len({origin[p.article] for p in passages}) > 1 for p in passages}
    asked = dict.fromkeys(p for passages in (summary, *shown) for p in passages if p not in agreed)
    texts = {article.id: article.text for article in story.articles}
    late = [p for p in asked if p.field == "text" and len(texts[p.article][: p.start].split()) >= OPENING]
    runs: dict[str, list[frozenset[str]]] = {}
    found = set[Passage]()
    for source in dict.fromkeys(origin[passage.article] for passage in late):
        others = [article for article in story.articles if origin[article.id] != source]
        if all(len(article.text.split()) < ENOUGH for article in others):
            continue
        for article in others:
            if article.id not in runs:
                runs[article.id] = _runs(article)
        told = [run for article in others for run in runs[article.id]]
        found |= {p for p in late if origin[p.article] == source and not _is_told(p.text, told)}
    return tuple(passage for passage in asked if passage in found)


def _runs(article: Article) -> list[frozenset[str]]:
    """The terms of each NEAR neighbouring sentences of an article."""
    said = [frozenset(terms(article.text[start:end])) for start, end in sentences(article.text)]
    return [frozenset().union(*said[first : first + NEAR]) for first in range(max(1, len(said) - NEAR + 1))]


def _is_told(sentence: str, runs: Sequence[frozenset[str]]) -> bool:
    """Whether one of the runs has as much of the sentence as a retelling has."""
    weights = {term: frequencies().rarity(term) for term in dict.fromkeys(terms(sentence))}
    enough = min(SHARED, COVERED * math.fsum(weights.values()))
    return any(math.fsum(weight for term, weight in weights.items() if term in run) >= enough for run in runs)
