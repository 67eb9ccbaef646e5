"""sumy's LexRank with sparse matrices: the same ratings, in the time of the sentences that share words.

`SparseLexRank` stands behind sumy's own interface (a document, a count or a chooser). What differs is what failed: a
document without words in common rates its sentences alike instead of dividing by zero, and ratings belong to places
in the document, so that equal sentences keep one each.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import SentenceInfo
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import ItemsCount

BLOCK = 512  # rows of the similarity matrix held at once


class SparseLexRank(LexRankSummarizer):  # type: ignore[misc]
    """LexRank (Erkan and Radev 2004) as sumy defines it; the ratings equal sumy's within rounding."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The best sentences in order of the document; `sentences_count` as in sumy: number, "20%" or a callable."""
        choose = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
        ratings = self.rate([self._to_words_set(sentence) for sentence in document.sentences])
        infos = [
            SentenceInfo(s, o, rating) for o, (s, rating) in enumerate(zip(document.sentences, ratings, strict=True))
        ]
        chosen = choose(sorted(infos, key=lambda info: info.rating, reverse=True))
        return tuple(info.sentence for info in sorted(chosen, key=lambda info: info.order))

    def rate(self, sentences: Sequence[Sequence[str]]) -> list[float]:
        """The rating of each sentence, given as its words."""
        if not sentences:
            return []
        weights = _weights(sentences)
        return [float(rating) for rating in _power_method(_transitions(weights, self.threshold), self.epsilon)]


def rate(sentences: Sequence[Sequence[str]]) -> list[float]:
    """sumy's LexRank rating of each sentence, given as the words to compare, among the others."""
    document = ObjectDocumentModel([Paragraph([Sentence("", _Words(words)) for words in sentences])])
    ratings = [0.0] * len(sentences)

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        for info in infos:
            ratings[info.order] = info.rating
        return infos

    SparseLexRank()(document, keep)
    return ratings


class _Words:
    """What sumy asks of a tokenizer, for one sentence whose words are known."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    def to_words(self, _: str) -> Sequence[str]:
        return self.words


def _weights(sentences: Sequence[Sequence[str]]) -> Any:
    """CSR matrix of tf x idf by sentence and word, rows of length 1; tf is relative to the most frequent word."""
    columns: dict[str, int] = {}
    ends, indices, values = [0], [], []
    for words in sentences:
        counts = Counter(words)
        most = max(counts.values(), default=1)
        for word, count in counts.items():
            indices.append(columns.setdefault(word, len(columns)))
            values.append(count / most)
        ends.append(len(indices))
    matrix = sp.csr_matrix((values, indices, ends), shape=(len(sentences), len(columns)), dtype=np.float64)
    found = np.bincount(matrix.indices, minlength=len(columns))
    idf = np.array([math.log(len(sentences) / (1 + n)) for n in found.tolist()])
    matrix.data *= idf[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (sp.diags(1 / lengths) @ matrix).tocsr()


def _transitions(weights: Any, threshold: float) -> Any:
    """CSR matrix: from each sentence to those more alike than `threshold`, in equal parts."""
    transposed = weights.T.tocsr()
    blocks = []
    for start in range(0, weights.shape[0], BLOCK):
        alike = (weights[start : start + BLOCK] @ transposed).tocsr()
        alike.data = (alike.data > threshold).astype(np.float64)
        alike.eliminate_zeros()
        blocks.append(alike)
    graph = sp.vstack(blocks).tocsr()
    degrees = np.diff(graph.indptr)
    graph.data /= np.repeat(np.maximum(degrees, 1), degrees)
    return graph


def _power_method(transitions: Any, epsilon: float) -> Any:
    number = transitions.shape[0]
    transposed = transitions.T.tocsr()
    rating, change = np.full(number, 1 / number), 1.0
    while change > epsilon:
        following = transposed @ rating
        length = np.linalg.norm(following)
        if length == 0:
            return rating
        following /= length
        change = float(np.linalg.norm(following - rating))
        rating = following
    return rating
