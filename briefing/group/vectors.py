"""Articles in, one sparse unit vector each out: title, lead and body weighed together.

Weights are (1 + ln count) x inverse document frequency (Salton and Buckley 1988). Document frequencies of the batch are
mixed with those of ordinary news, so that two articles alone are weighed like two among thousands: one threshold
then serves every batch.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from briefing.language.terms import Frequencies, frequencies, stem, words
from briefing.model import Article

TITLE = 3  # a word of the title counts three times: it is what the story is about (findings of earlier trials)
BODY = 400  # words read of the text; news puts its matter first, and 200 to all words give the same groups
PRIOR = 1000  # ordinary articles that are added to each batch
COMMON = 0.1  # share of articles above which a term tells nothing about the event


def count_terms(article: Article) -> Counter[str]:
    """How often each word is in the article, those of the title three times."""
    counts = Counter(words(article.text)[:BODY])
    for word in words(article.title):
        counts[word] += TITLE
    stems: Counter[str] = Counter()
    for word, count in counts.items():
        stems[stem(word)] += count
    return stems


def vectors(counts: Sequence[Counter[str]], background: Frequencies | None = None) -> Any:
    """CSR matrix, one row of length 1 (or 0, without terms) for each count; columns in order of first appearance."""
    weights = inverse_frequencies(counts, background or frequencies())
    columns: dict[str, int] = {}
    ends, indices, values = [0], [], []
    for count in counts:
        for term, number in count.items():
            if weight := weights[term]:
                indices.append(columns.setdefault(term, len(columns)))
                values.append((1 + math.log(number)) * weight)
        ends.append(len(indices))
    matrix = sp.csr_matrix((values, indices, ends), shape=(len(counts), len(columns)), dtype=np.float64)
    return normalized(matrix)


def inverse_frequencies(counts: Sequence[Counter[str]], background: Frequencies) -> dict[str, float]:
    """Natural logarithm of articles by articles with the term; 0 for terms too common to tell anything."""
    batch: Counter[str] = Counter()
    for count in counts:
        batch.update(count.keys())
    documents, scale = PRIOR + len(counts), PRIOR / background.documents
    share = {term: (n + background.terms.get(term, 0) * scale) / documents for term, n in batch.items()}
    return {term: 0.0 if part > COMMON else -math.log(part) for term, part in share.items()}


def normalized(matrix: Any) -> Any:
    """The matrix with rows of length 1; an empty row stays empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (sp.diags(1 / lengths) @ matrix).tocsr()


def days(articles: Sequence[Article]) -> Any:
    """The day of each article as a number, its time of day as the fraction; NaN where it has none."""
    return np.array([day_of(article.published) for article in articles], dtype=np.float64)


def day_of(published: str | None) -> float:
    """Days since year 1, in UTC where an offset is given; NaN for None and for what is no ISO 8601 date."""
    try:
        moment = datetime.datetime.fromisoformat(published or "")
    except ValueError:
        return math.nan
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC)
    return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440
