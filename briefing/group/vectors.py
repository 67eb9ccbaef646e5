"""Articles in, one sparse unit vector each out: title, lead and body weighed together.

Weights are (1 + ln count) x inverse document frequency (Salton and Buckley 1988). Document frequencies of the batch are
mixed with those of ordinary news, so that two articles alone are weighed like two among thousands; and every
article keeps the same number of terms, so that long reports and bare headlines are alike in the same measure. One
threshold then serves every batch.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from briefing.language.terms import frequencies, stem, words
from briefing.model import Article

TITLE = 3  # a word of the title counts three times: it is what the story is about
BODY = 2000  # characters read of the text, some 330 words: news puts its matter first
KEPT = 32  # heaviest terms of an article: what names the event; 30 group better than 120, see docs/decisions/0005
PRIOR = 1000  # ordinary articles that are added to each batch, at least; to a larger one, as many as it has
COMMON = 0.1  # share of articles above which a term tells nothing about the event
BLOCK = 1000  # articles counted and sorted at once: bounds memory


def count_terms(articles: Sequence[Article], columns: dict[str, int]) -> list[Any]:
    """CSR matrices of counts, BLOCK articles each, one row an article.

    `columns` tells the column of each stem and gets the new ones.
    """
    known = _Columns(columns)
    blocks = [_counted(articles[start : start + BLOCK], known) for start in range(0, max(len(articles), 1), BLOCK)]
    for block in blocks:
        block.resize(block.shape[0], len(columns))
    return blocks


def _counted(articles: Sequence[Article], known: _Columns) -> Any:
    titles = [words(article.title) for article in articles]
    bodies = [words(article.text[:BODY]) for article in articles]
    found = [word for pair in zip(titles, bodies, strict=True) for part in pair for word in part]
    indices = np.fromiter(map(known.__getitem__, found), np.int32, len(found))
    pairs = [(len(title), len(body)) for title, body in zip(titles, bodies, strict=True)]
    lengths = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    values = np.repeat(np.tile(np.array([TITLE, 1], dtype=np.float32), len(articles)), lengths.ravel())
    ends = np.concatenate([[0], lengths.sum(axis=1).cumsum()])
    matrix = sp.csr_matrix((values, indices, ends), shape=(len(articles), len(known.columns)))
    matrix.sum_duplicates()
    return matrix


class _Columns(dict[str, int]):
    """Column of a word: that of its stem, which is looked up once."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns

    def __missing__(self, word: str) -> int:
        column = self[word] = self.columns.setdefault(stem(word), len(self.columns))
        return column


def found_in(counts: Sequence[Any], columns: int) -> Any:
    """In how many rows each column is used."""
    return sum((np.bincount(block.indices, minlength=columns) for block in counts), np.zeros(columns, np.int64))


def vectors(counts: Sequence[Any], found: Any, documents: int, terms: Sequence[str]) -> Any:
    """CSR matrix of weights, rows of length 1 (0 without terms).

    `found` of `documents` articles use each column, whose `terms` tell how common it is in ordinary news.
    """
    known = frequencies()
    added = max(PRIOR, documents)
    used = np.flatnonzero(found_in(counts, len(terms)))
    ordinary = np.array([known.terms.get(terms[column], 0) for column in used.tolist()], dtype=np.float64)
    share = (found[used] + ordinary * (added / known.documents)) / (documents + added)
    weight = np.zeros(len(terms))
    weight[used] = np.where(share > COMMON, 0, -np.log(np.maximum(share, 1e-12)))
    return sp.vstack([_weighed(block, weight) for block in counts], format="csr")


def _weighed(counts: Any, weight: Any) -> Any:
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = (1 + np.log(counts.data.astype(np.float64))) * weight[counts.indices]
    order = np.lexsort((counts.indices, -values, rows))
    kept = order[first_of_each(rows[order], KEPT) & (values[order] > 0)]
    matrix = sp.csr_matrix((values[kept], (rows[kept], counts.indices[kept])), shape=counts.shape)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (sp.diags(1 / lengths) @ matrix).tocsr()


def first_of_each(groups: Any, number: int) -> Any:
    """True for the first `number` entries of each run of equal values in the sorted `groups`."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups) < number


def ascending(numbers: Any) -> Any:
    """The numbers sorted, each once; `np.unique` hashes them, which takes ten times as long for a million."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - ordered.dtype.type(1)) != 0]


def days(articles: Sequence[Article]) -> Any:
    """The day of each article as a number, its time of day as the fraction; NaN where it has none."""
    return np.array([day_of(article.published) for article in articles], dtype=np.float64)


def day_of(published: str | None) -> float:
    """Days since year 1, in UTC where an offset is given; NaN for None and for what is no ISO 8601 date."""
    try:
        moment = datetime.datetime.fromisoformat(published or "")
    except ValueError:
        return math.nan
    if moment.utcoffset() is not None:
        moment = moment.replace(tzinfo=None) - (moment.utcoffset() or datetime.timedelta())
    return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440
