"""Articles in, one sparse unit vector each out: title, lead and body weighed together.

Weights are (1 + ln count) x inverse document frequency (Salton and Buckley 1988). Document frequencies of the batch are
mixed with those of ordinary news, so that two articles alone are weighed like two among thousands; and every
article keeps the same number of terms, so that long reports and bare headlines are alike in the same measure. One
threshold then serves every batch.
"""

from __future__ import annotations

import datetime
import math
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from briefing.language.terms import frequencies, stem, words
from briefing.model import Article

TITLE = 3  # a word of the title counts three times: it is what the story is about
BODY = 2000  # characters read of the text, some 330 words: news puts its matter first
KEPT = 32  # heaviest terms of an article: what names the event; 30 group better than 120, see docs/decisions/0005
PRIOR = 1000  # ordinary articles that are added to each batch
COMMON = 0.1  # share of articles above which a term tells nothing about the event
BLOCK = 4000  # rows sorted at once: bounds memory


def count_terms(articles: Iterable[Article], columns: dict[str, int]) -> Any:
    """CSR matrix of counts, one row an article; `columns` tells the column of each stem and gets the new ones."""
    known = _Columns(columns)
    indices, values, ends = array("i"), array("f"), array("q", [0])
    for article in articles:
        title, body = words(article.title), words(article.text[:BODY])
        indices.extend(map(known.__getitem__, title))
        values.extend([TITLE] * len(title))
        indices.extend(map(known.__getitem__, body))
        values.extend([1] * len(body))
        ends.append(len(indices))
    parts = (np.frombuffer(values, np.float32), np.frombuffer(indices, np.int32), np.frombuffer(ends, np.int64))
    matrix = sp.csr_matrix(parts, shape=(len(ends) - 1, len(columns)))
    matrix.sum_duplicates()
    return matrix


class _Columns(dict[str, int]):
    """Column of a word: that of its stem, which is looked up once."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns

    def __missing__(self, word: str) -> int:
        column = self[word] = self.columns.setdefault(stem(word), len(self.columns))
        return column


def found_in(counts: Any) -> Any:
    """In how many rows each column is used."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def vectors(counts: Any, found: Any, documents: int, terms: Iterable[str]) -> Any:
    """CSR matrix of weights, rows of length 1 (0 without terms).

    `found` of `documents` articles use each column, whose `terms` tell how common it is in ordinary news.
    """
    known = frequencies()
    ordinary = np.array([known.terms.get(term, 0) for term in terms], dtype=np.float64) * (PRIOR / known.documents)
    share = (found + ordinary) / (documents + PRIOR)
    weight = np.where(share > COMMON, 0, -np.log(np.maximum(share, 1e-12)))
    blocks = [_weighed(counts[start : start + BLOCK], weight) for start in range(0, counts.shape[0], BLOCK)]
    return sp.vstack(blocks, format="csr") if blocks else sp.csr_matrix(counts.shape)


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
