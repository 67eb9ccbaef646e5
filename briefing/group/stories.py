"""group: articles in any order in, stories out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import compress

from briefing.group.copies import find_copies
from briefing.model import Article, Story

COPY = 0.5  # cosine below which no article repeats another: 80 % of the words of one are in the other


def group(articles: Sequence[Article]) -> tuple[Story, ...]:
    """The articles as stories, each earliest first, in order of their first articles; the order given is irrelevant."""
    from briefing.group.linkage import cluster
    from briefing.group.neighbours import find_links
    from briefing.group.vectors import count_terms, days, vectors

    ordered = sorted(articles, key=in_time)
    matrix, dates = vectors([count_terms(article) for article in ordered]), days(ordered)
    links = find_links(matrix, dates)
    alike = zip(links.left.tolist(), links.right.tolist(), strict=True)
    copies = find_copies(ordered, compress(alike, (links.cosine >= COPY).tolist()))
    labels = cluster(matrix, dates, links).tolist()
    members: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        members.setdefault(labels[copies[row]] if row in copies else label, []).append(row)
    return tuple(_story(ordered, rows, copies) for rows in sorted(members.values()))


def in_time(article: Article) -> tuple[str, str]:
    """Sort key: earliest first, the undated last, then by id."""
    return article.published or "~", article.id


def _story(articles: Sequence[Article], rows: Sequence[int], copies: dict[int, int]) -> Story:
    first = articles[rows[0]]
    return Story(
        id="s-" + hashlib.sha256(first.id.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        articles=tuple(articles[row] for row in rows),
        copies={articles[row].id: articles[copies[row]].id for row in rows if row in copies},
    )
