"""The sparse LexRank beside sumy's own, in one run: equal ratings, a fraction of the time."""

from __future__ import annotations

import random
import time

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefing.analyze.lexrank import rate


class Words:
    def to_words(self, text: str) -> list[str]:
        return text.split()


class Ratings(LexRankSummarizer):  # type: ignore[misc]
    """sumy's summarizer, giving the ratings instead of the best sentences."""

    def _get_best_sentences(self, sentences: object, count: object, ratings: dict[object, float]) -> list[float]:
        return [float(ratings[sentence]) for sentence in sentences]  # type: ignore[attr-defined]


def made_up(count: int) -> list[str]:
    """Distinct sentences of 8 to 25 words, frequent ones often, as in a language."""
    chance = random.Random(count)
    return [
        " ".join(f"w{int(chance.paretovariate(0.7)) % 4000}" for _ in range(chance.randint(8, 25))) + f" s{n}"
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "faster"),
    [(200, 8), pytest.param(1000, 60, marks=pytest.mark.slow), pytest.param(4000, 200, marks=pytest.mark.slow)],
)
def test_ratings_are_those_of_sumy_and_come_sooner(count: int, faster: int) -> None:
    texts = made_up(count)
    rate([text.split() for text in texts])
    before = time.process_time()
    ours = rate([text.split() for text in texts])
    between = time.process_time()
    document = ObjectDocumentModel([Paragraph([Sentence(text, Words()) for text in texts])])
    theirs = Ratings()(document, count)
    after = time.process_time()
    assert ours == pytest.approx(theirs, abs=1e-12)
    assert (after - between) / (between - before) >= faster
