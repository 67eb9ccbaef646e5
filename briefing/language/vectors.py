"""Word vectors: what other words a word keeps company with, as rows of small whole numbers.

They are the pipeline's only knowledge of words that its treebank does not hold. As a table of spaCy's they would be
four times as large on disk, and every word would be hashed when the pipeline is read.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.strings import StringStore
from spacy.util import registry
from spacy.vectors import BaseVectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab

FILE = "vectors.gz"
REGISTERED = "briefing.WordVectors.v1"  # as the configuration of a pipeline names it

Floats = np.ndarray[Any, np.dtype[np.float32]]
Bytes = np.ndarray[Any, np.dtype[np.int8]]


class WordVectors(BaseVectors):  # type: ignore[misc]
    """The vectors of words in lower case: `rows` (words, dimensions), of which 1 counts `grain`."""

    name, mode = REGISTERED, "default"  # both are asked for by the pipeline's own description

    def __init__(
        self, words: Sequence[str] = (), rows: Bytes | None = None, grain: float = 1.0, *, strings: StringStore
    ) -> None:
        self.strings = strings
        self._fill(words, np.zeros((0, 0), dtype=np.int8) if rows is None else rows, grain)

    def _fill(self, words: Sequence[str], rows: Bytes, grain: float) -> None:
        self.words, self.rows, self.grain = tuple(words), rows, grain
        self._places = {word: place for place, word in enumerate(self.words)}

    @property
    def shape(self) -> tuple[int, int]:
        """(words, dimensions)."""
        return (self.rows.shape[0], self.rows.shape[1])

    @property
    def n_keys(self) -> int:
        """How many words have a vector."""
        return len(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, key: str | int) -> bool:
        return self._place(key) is not None

    def __getitem__(self, key: str | int) -> Floats:
        return np.asarray(self.get_batch([key])[0])

    def get_batch(self, keys: Iterable[str | int]) -> Floats:
        """(keys, dimensions): the vectors of words or of spaCy's numbers of them, zero where there is none."""
        places = [self._place(key) for key in keys]
        found = np.zeros((len(places), self.shape[1]), dtype=np.float32)
        known = [at for at, place in enumerate(places) if place is not None]
        found[known] = self.rows[[place for place in places if place is not None]] * np.float32(self.grain)
        return found

    def _place(self, key: str | int) -> int | None:
        word = key if isinstance(key, str) else self.strings[int(key)]
        return self._places.get(word.lower())

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Written as one file into the folder of the vocabulary."""
        head = json.dumps({"grain": self.grain, "words": self.shape[0], "dimensions": self.shape[1]}).encode()
        data = b"%s\n%s\n%s" % (head, " ".join(self.words).encode(), self.rows.tobytes())
        (Path(path) / FILE).write_bytes(gzip.compress(data, mtime=0))

    def from_disk(self, path: str | Path, **_: Any) -> WordVectors:
        """Read from the folder of the vocabulary; no words where it has none."""
        if (file := Path(path) / FILE).exists():
            head, words, rows = gzip.decompress(file.read_bytes()).split(b"\n", 2)
            facts = json.loads(head)
            table = np.frombuffer(rows, dtype=np.int8).reshape(facts["words"], facts["dimensions"])
            self._fill(words.decode().split(" "), table, facts["grain"])
        return self


@registry.vectors(REGISTERED)  # type: ignore[untyped-decorator]
def _vectors() -> Any:
    def make(vocab: Vocab) -> WordVectors:
        return WordVectors(strings=vocab.strings)

    return make
