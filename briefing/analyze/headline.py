"""Story in, headline out: the title that best stands for the story, or, where no article has one, its lead sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from briefing.analyze.candidates import Candidate, candidates, originals
from briefing.language.sentences import sentences
from briefing.language.terms import frequencies, terms
from briefing.model import Article, Passage, Story

LEAD = 120  # words of each article that titles are held against
FEWEST, MOST = 4, 20  # words of a title: fewer name a topic, more are a document's name or a page's path
ODD = 0.3  # what a title of another length counts
BAIT = re.compile(
    r"\?\s*$|^(?:here'?s|this is|these|why|how|what|when|who|watch|photos?|video|opinion|live|update)\b|"
    r"^\d+ (?:things|ways|reasons)\b|you (?:need|should|won)|\.\.\.$|…$",
    re.IGNORECASE,
)  # a question, a teaser, a cut title: it withholds what happened
BAITED = 0.6  # what such a title counts
Told = tuple[frozenset[str], frozenset[str]]


def headline(story: Story) -> Passage:
    """The title that the other titles and all leads bear out best; without titles, the sentence that opens best."""
    articles = originals(story)
    told = [(frozenset(terms(a.title)), frozenset(terms(" ".join(a.text.split()[:LEAD])))) for a in articles]
    titled = [number for number, article in enumerate(articles) if article.title.strip()]
    if not titled:
        return _lead(articles)
    best = max(titled, key=lambda number: (_support(number, told) * _form(articles[number].title), -number))
    return articles[best].headline


def _lead(articles: Sequence[Article]) -> Passage:
    """Of the sentences with which the articles open, the one that the other leads bear out best."""
    opening: dict[int, Candidate] = {}
    for candidate in candidates(articles):
        if candidate.readable:
            opening.setdefault(candidate.number, candidate)
    if not opening:
        first = next((article for article in articles if article.text.strip()), articles[0])
        start, end = next(iter(sentences(first.text)), (0, len(first.text)))
        return first.passage(start, end)
    leads = [(frozenset(found.terms), frozenset(found.terms)) for found in opening.values()]
    best = max(range(len(leads)), key=lambda number: (_support(number, leads), -number))
    return list(opening.values())[best].passage


def _support(number: int, told: Sequence[Told]) -> float:
    """How many titles and leads have each word of a title, by its rarity, for the square root of the title's length."""
    title = told[number][0]
    rarity = {term: frequencies().rarity(term) for term in sorted(title)}
    support = {
        term: sum((term in lead) + (term in other and row != number) for row, (other, lead) in enumerate(told))
        for term in rarity
    }
    length = math.sqrt(math.fsum(rarity.values())) or 1.0
    return math.fsum(rarity[term] * support[term] for term in rarity) / length


def _form(title: str) -> float:
    odd = not FEWEST <= len(title.split()) <= MOST
    return (ODD if odd else 1.0) * (BAITED if BAIT.search(title) else 1.0)
