"""What grouping remembers between runs, as a value: what was read of each article, its neighbours, its story."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
import scipy.sparse as sp

from briefing.errors import InputError
from briefing.group.neighbours import NO_LINKS, Links
from briefing.group.vectors import count_terms, days, found_in, vectors
from briefing.model import Article

FORMAT = "briefing-memory/1"
NO_DIGEST = -1  # of an article that is known by name only; digests are not negative


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The open window, one row an article, in order of arrival.

    `terms` name the columns of `matrix`; `found` counts the articles with each of them; `copies` are pairs of rows;
    `stories` holds the story id of each row, "" before it has one.
    """

    ids: tuple[str, ...]
    digests: tuple[int, ...]
    stories: tuple[str, ...]
    terms: tuple[str, ...]
    found: Any
    matrix: Any
    days: Any
    links: Links
    copies: tuple[tuple[int, int], ...]

    def keep(self, rows: Sequence[int]) -> Memory:
        """The memory of these rows alone; `rows` ascend. Frequencies stay: they are of all that was read."""
        if len(rows) == len(self.ids):
            return self
        chosen = np.array(rows, dtype=np.int64)
        new = np.full(len(self.ids), -1)
        new[chosen] = np.arange(len(rows))
        left, right = new[self.links.left], new[self.links.right]
        held = (left >= 0) & (right >= 0)
        copies = ((int(new[one]), int(new[other])) for one, other in self.copies)
        return replace(
            self,
            ids=tuple(self.ids[row] for row in rows),
            digests=tuple(self.digests[row] for row in rows),
            stories=tuple(self.stories[row] for row in rows),
            matrix=self.matrix[chosen],
            days=self.days[chosen],
            links=Links(left[held], right[held], self.links.cosine[held]),
            copies=tuple(pair for pair in copies if min(pair) >= 0),
        )

    def linked(self, links: Links, copies: Iterable[tuple[int, int]]) -> Memory:
        """The memory with these links and copies added."""
        return replace(self, links=self.links.joined(links), copies=(*self.copies, *copies))

    def named(self, rows: Iterable[int], stories: Iterable[str]) -> Memory:
        """The memory with these story ids for these rows."""
        changed = list(self.stories)
        for row, story in zip(rows, stories, strict=True):
            changed[row] = story
        return replace(self, stories=tuple(changed))

    def touched(self, links: Links, since: int) -> list[int]:
        """The rows from `since` on, and all rows of every story to which the links lead, ascending."""
        ends = set(links.left.tolist()) | set(links.right.tolist())
        stories = {self.stories[row] for row in ends if row < since}
        return [row for row, story in enumerate(self.stories) if row >= since or story in stories]

    def settled(self, size: int) -> Any:
        """One number for all rows of each story of at least `size` rows, else one each."""
        count = Counter(self.stories)
        numbers = {story: number for number, story in enumerate(count, len(self.ids))}
        large = (story if story and count[story] >= size else "" for story in self.stories)
        return np.array([numbers[story] if story else row for row, story in enumerate(large)], dtype=np.int64)

    def to_bytes(self) -> bytes:
        """The memory as bytes, equal for equal memories."""
        names = [FORMAT, self.ids, self.digests, self.stories, self.terms, self.copies]
        matrix = self.matrix
        links = self.links
        out = io.BytesIO()
        out.write(json.dumps(names, separators=(",", ":")).encode() + b"\n")
        for values, kind in (
            (matrix.indptr, "<i8"),
            (matrix.indices, "<i4"),
            (matrix.data, "<f8"),
            (self.found, "<i8"),
            (self.days, "<f8"),
            (links.left, "<i8"),
            (links.right, "<i8"),
            (links.cosine, "<f8"),
        ):
            np.save(out, values.astype(kind), allow_pickle=False)
        return out.getvalue()


def from_bytes(stored: bytes) -> Memory:
    """The memory that `to_bytes` wrote; InputError where the bytes are of another format."""
    source = io.BytesIO(stored)
    try:
        form, ids, digests, stories, terms, copies = json.loads(source.readline())
        if form != FORMAT:
            raise ValueError(f"its format is {form}")
        ends, columns, data, found, moments, left, right, cosine = (
            np.load(source, allow_pickle=False) for _ in range(8)
        )
    except (ValueError, TypeError, EOFError) as error:
        raise InputError(f"memory of stories: not {FORMAT} ({error}); without it all are grouped anew") from error
    matrix = sp.csr_matrix((data, columns, ends), shape=(len(ids), len(terms)))
    pairs = tuple((one, other) for one, other in copies)
    links = Links(left, right, cosine)
    return Memory(tuple(ids), tuple(digests), tuple(stories), tuple(terms), found, matrix, moments, links, pairs)


EMPTY = Memory((), (), (), (), np.empty(0, np.int64), sp.csr_matrix((0, 0)), np.empty(0), NO_LINKS, ())


def of_names(stories: Mapping[str, str]) -> Memory:
    """A memory of nothing but which story each article was of: enough for stories to keep their ids."""
    ids = tuple(sorted(stories))
    return replace(EMPTY, ids=ids, digests=(NO_DIGEST,) * len(ids), stories=tuple(stories[name] for name in ids))


def read(articles: Sequence[Article], memory: Memory) -> Memory:
    """The memory with the articles as new rows, without links or stories; known rows keep their weights."""
    columns = dict(zip(memory.terms, range(len(memory.terms)), strict=True))
    counts = count_terms(articles, columns)
    found = found_in(counts, len(columns))
    found[: len(memory.found)] += memory.found
    documents = int(len(memory.ids) + len(articles))
    new = vectors(counts, found, documents, tuple(columns))
    known = memory.matrix.copy()
    known.resize(known.shape[0], len(columns))
    return replace(
        memory,
        ids=(*memory.ids, *(article.id for article in articles)),
        digests=(*memory.digests, *map(digest, articles)),
        stories=(*memory.stories, *("" for _ in articles)),
        terms=tuple(columns),
        found=found,
        matrix=sp.vstack([known, new], format="csr"),
        days=np.concatenate([memory.days, days(articles)]),
    )


def digest(article: Article) -> int:
    """A number that changes with title, text and date, to tell an edited article from a known one."""
    return crc32(f"{article.title}\n{article.published}\n{article.text}".encode("utf-8", "surrogatepass"))
