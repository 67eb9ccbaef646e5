"""Words in, the clusters of words that keep the same company out.

"Kirkuk" and "Mosul" stand among the same words, and so do "Merkel" and "Schroeder": whoever has read of one knows what
the other may be. Each word is in one cluster of each size, from coarse to fine, as in the paths of Brown clusters
(Miller, Guinness and Zamanian 2004; Turian, Ratinov and Bengio 2010), which name finders profit from most.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefing.language.gazetteers import fold

Cluster = tuple[int, ...]  # the clusters of a word, the coarsest first


@dataclass(frozen=True)
class Clusters:
    """`words`: those of each finest cluster, in lower case; `paths`: for each of them the clusters around it."""

    words: tuple[tuple[str, ...], ...] = ()
    paths: tuple[Cluster, ...] = ()
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: dict[str, int] = {}
        for place, words in enumerate(self.words):
            places.update(dict.fromkeys(words, place))
        object.__setattr__(self, "_places", places)

    def of(self, word: str) -> Cluster:
        """The clusters of a word in any case; none when it was not met, without accents and in its last part, too."""
        for form in _forms(word):
            if (place := self._places.get(form)) is not None:
                return (*self.paths[place], place)
        return ()

    def to_bytes(self) -> bytes:
        """The clusters for a file."""
        lines = [json.dumps(self.paths, separators=(",", ":")), *map(" ".join, self.words)]
        return gzip.compress("\n".join(lines).encode(), mtime=0)

    @classmethod
    def from_bytes(cls, data: bytes) -> Clusters:
        """The clusters that `to_bytes` wrote."""
        head, *lines = gzip.decompress(data).decode().split("\n")
        return cls(tuple(tuple(line.split(" ")) for line in lines), tuple(map(tuple, json.loads(head))))


def _forms(word: str) -> Iterator[str]:
    lower = word.lower()
    yield lower
    if not lower.isascii():
        yield fold(lower).lower()
    if "-" in lower:
        yield lower.rpartition("-")[2]


NONE = Clusters()
