"""group: articles in any order in, stories out; regroup and assign: with a memory, reading only what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from briefing.group.copies import find_copies, originals
from briefing.group.naming import name_stories
from briefing.mapping import Map
from briefing.model import Article, Story

if TYPE_CHECKING:
    from briefing.group.memory import Memory
    from briefing.group.neighbours import Links

COPY = 0.5  # cosine below which no article repeats another: most of the words of one are in the other
SETTLED = 8  # articles from which a story is not taken apart for a few new ones: they can join or unite, not split it
AFRESH = 0.2  # share of new articles from which all are weighed and clustered again


def group(articles: Sequence[Article], *, map: Map = map) -> tuple[Story, ...]:
    """The articles as stories, each earliest first, in order of their first articles; the order given is irrelevant.

    The search for neighbours, most of the cost of many articles, runs through `map`, which keeps the order.
    """
    return _stories(sorted(articles, key=in_time), _afresh(articles, map=map))


def regroup(articles: Sequence[Article], memory: Memory, *, map: Map = map) -> tuple[tuple[Story, ...], Memory]:
    """The stories of all these articles, those of the whole open window, and the memory for the next run.

    Known ones (same id, title, date and text) are not read again while few are new, and stories keep their ids;
    articles that are missing are forgotten, their stories with them.
    """
    from briefing.group.memory import digest

    ordered = sorted(articles, key=in_time)
    by_id = {article.id: article for article in ordered}
    digests = {article.id: digest(article) for article in ordered}
    rows = [row for row, name in enumerate(memory.ids) if digests.get(name) == memory.digests[row]]
    known = memory.keep(rows)
    held = set(known.ids)
    new = [article for article in ordered if article.id not in held]
    if len(new) > AFRESH * len(ordered):
        grown = _afresh(ordered, before=memory, map=map)
    else:
        grown = assign(new, known, text_of=lambda name: by_id[name].text)
    return _stories(ordered, grown), grown


def assign(articles: Sequence[Article], memory: Memory, *, text_of: Callable[[str], str]) -> Memory:
    """The memory with a few new articles in it: only the stories that they touch are clustered again.

    `text_of` gives the text of a known article by its id; it is asked for those that may be copies. Weights of
    known articles stay as they were. The articles must not be in the memory.
    """
    from briefing.group.linkage import cluster
    from briefing.group.memory import read
    from briefing.group.neighbours import find_links

    if not articles:
        return memory
    since, ordered = len(memory.ids), sorted(articles, key=in_time)
    texts = dict(enumerate((article.text for article in ordered), since))
    grown = read(ordered, memory)
    fresh = find_links(grown.matrix, grown.days, since=since)
    grown = grown.linked(fresh, _copies(fresh, lambda row: texts[row] if row >= since else text_of(grown.ids[row])))
    rows = grown.touched(fresh, since)
    part = grown.keep(rows)
    labels = cluster(part.matrix, part.days, part.links, start=part.settled(SETTLED)).tolist()
    return grown.named(rows, name_stories(part.ids, labels, part.copies, part.stories, taken=grown.stories))


def in_time(article: Article) -> tuple[str, str]:
    """Sort key: earliest first, the undated last, then by id."""
    return article.published or "~", article.id


def _afresh(articles: Sequence[Article], before: Memory | None = None, *, map: Map) -> Memory:
    """All the articles read, linked and clustered; stories that were known `before` keep their ids."""
    from briefing.group.linkage import cluster
    from briefing.group.memory import EMPTY, read
    from briefing.group.neighbours import find_links

    ordered = sorted(articles, key=in_time)
    memory = read(ordered, EMPTY)
    links = find_links(memory.matrix, memory.days, map=map)
    memory = memory.linked(links, _copies(links, lambda row: ordered[row].text))
    labels = cluster(memory.matrix, memory.days, links).tolist()
    known = dict(zip(before.ids, before.stories, strict=True)) if before else {}
    stories = tuple(known.get(name, "") for name in memory.ids)
    return memory.named(range(len(ordered)), name_stories(memory.ids, labels, memory.copies, stories, taken=()))


def _copies(links: Links, text_of: Callable[[int], str]) -> list[tuple[int, int]]:
    pairs = zip(links.left.tolist(), links.right.tolist(), strict=True)
    return find_copies(text_of, compress(pairs, (links.cosine >= COPY).tolist()))


def _stories(ordered: Sequence[Article], memory: Memory) -> tuple[Story, ...]:
    """The stories of the memory, made of the articles, which stand in order of time."""
    rows = {name: row for row, name in enumerate(memory.ids)}
    place = {rows[article.id]: position for position, article in enumerate(ordered)}
    first = originals(len(ordered), ((place[one], place[other]) for one, other in memory.copies))
    members: dict[str, list[int]] = {}
    for position, article in enumerate(ordered):
        members.setdefault(memory.stories[rows[article.id]], []).append(position)
    return tuple(
        Story(
            id=story,
            articles=tuple(ordered[position] for position in positions),
            copies={ordered[p].id: ordered[first[p]].id for p in positions if first[p] != p},
        )
        for story, positions in members.items()
    )
