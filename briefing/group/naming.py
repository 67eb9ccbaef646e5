"""Clusters in, story ids out: the same story keeps its id from run to run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from briefing.group.copies import originals


def name_stories(
    ids: Sequence[str],
    labels: Sequence[int],
    copies: Iterable[tuple[int, int]],
    known: Sequence[str],
    *,
    taken: Collection[str],
) -> list[str]:
    """The story id of each row, given its article's id, its cluster and its story before ("" for a new one).

    A copy goes where its original is. A cluster gets the id of the known story with which it shares most rows, or
    one made of its first article's; ids in `taken` belong to stories elsewhere unless a row here has them.
    """
    labels = [labels[first] for first in originals(len(ids), copies)]
    shared = Counter((story, label) for story, label in zip(known, labels, strict=True) if story)
    given: dict[int, str] = {}
    used = set[str]()
    for (story, label), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if label not in given and story not in used:
            given[label] = story
            used.add(story)
    barred = used | (set(taken) - {story for story in known if story} if taken else set())
    for row, label in enumerate(labels):
        if label not in given:
            given[label] = _unused(ids[row], barred)
            barred.add(given[label])
    return [given[label] for label in labels]


def _unused(article: str, barred: Collection[str]) -> str:
    """An id made of the article's, and made again of itself while another story has it."""
    seed = article
    while True:
        seed = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()
        if (name := "s-" + seed[:12]) not in barred:
            return name
