"""Story in, headline out: the title that best stands for the story, or, where no article has one, its lead sentence."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from briefing.analyze.candidates import originals
from briefing.language.terms import frequencies, terms
from briefing.model import Article, Passage, Story

LEAD = 60  # words of each article that titles are held against
BAIT = re.compile(
    r"\?\s*$|^(?:here'?s|this is|these|why|how|what|when|who|watch|photos?|video|opinion|live|update)\b|"
    r"^\d+ (?:things|ways|reasons)\b|you (?:need|should|won)|\.\.\.$|…$",
    re.IGNORECASE,
)


def headline(story: Story) -> Passage:
    """The title nearest to the other titles and to the leads; else the sentence that opens the story best."""
    articles = originals(story)
    titled = [article for article in articles if article.title.strip()]
    if not titled:
        return _lead(story, articles)
    shared = _shared(articles)
    best = max(titled, key=lambda article: (_fit(article.title, shared), -articles.index(article)))
    return best.headline


def _lead(story: Story, articles: Sequence[Article]) -> Passage:
    from briefing.analyze.summary import summarize

    opening = summarize(story, words=LEAD)
    if opening:
        return opening[0]
    first = articles[0]
    return first.passage(0, len(first.text))


def _shared(articles: Sequence[Article]) -> Counter[str]:
    """In how many articles' titles and leads each term stands, by its rarity in news."""
    counts: Counter[str] = Counter()
    for article in articles:
        lead = " ".join(article.text.split(maxsplit=LEAD)[:LEAD])
        counts.update({*terms(article.title)})
        counts.update({*terms(lead)})
    return counts


def _fit(title: str, shared: Counter[str]) -> float:
    known = frequencies()
    found = set(terms(title))
    if not found:
        return 0.0
    rare = {term: 1 - known.terms.get(term, 0) / known.documents for term in found}
    weight = sum(shared[term] * rare[term] for term in found) / math.sqrt(len(found))
    return weight * (0.5 if BAIT.search(title) else 1.0)
