"""The parts of our own pipeline as spaCy components, and how it is read from disk.

    tokenizer | sentences | tok2vec | tagger | parser | words | names

Sentence starts are set by rules and the parser keeps to them. The tagger's labels hold a Penn Treebank tag and a
universal part of speech ("VBD|AUX"); `words` takes them apart and adds the lemma.
"""

from __future__ import annotations

import functools
import gc
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, LENGTH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import load_model_from_path

from briefing.language import abreast  # noqa: F401  known to spaCy by its import
from briefing.language.lemmas import Lemmas
from briefing.language.mending import mend_verbs
from briefing.language.names import Names
from briefing.language.sentences import sentences
from briefing.language.speed import Chunks, make_fast, plain_numpy
from briefing.language.vectors import WordVectors  # noqa: F401  known to spaCy by its import

SPACE_TAG = "_SP"  # spaCy's own tag for a token of white space
KEPT = 100_000  # words whose tags and lemma are kept: some 30 MB
JOIN = "|"  # between the two tags in a label of the tagger


@functools.cache
def load(folder: Path) -> Language:
    """The pipeline in a folder, made fast; raises `OSError` when there is none."""
    nlp = load_plain(folder)
    make_fast(nlp.get_pipe("tok2vec").model, nlp.vocab)  # type: ignore[attr-defined]
    nlp.tokenizer = Chunks(nlp.tokenizer)
    nlp.add_pipe("briefing_abreast", name="abreast", after="parser").parser = nlp.get_pipe("parser")  # type: ignore[attr-defined]
    nlp.disable_pipe("parser")
    gc.freeze()  # all of this stays: the collector need not walk through it again and again, 75 ms each time
    return nlp


def load_plain(folder: Path) -> Language:
    """The pipeline in a folder, still to be trained further."""
    with plain_numpy():
        return load_model_from_path(folder)


@Language.component("briefing_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """The document with the first token of every sentence marked as such, and all others as not."""
    if len(doc):
        offsets = (
            doc.to_array([LENGTH, SPACY]).astype("int64").sum(axis=1).cumsum()
        )  # where each token's successor begins
        begins = [start for start, _ in sentences(doc.text)]
        marks = np.full((len(doc), 1), -1, dtype="int64")
        marks[np.searchsorted(offsets, begins, side="right")] = 1
        marks[0] = 1
        doc.from_array([SENT_START], marks.astype("uint64"))  # type: ignore[arg-type]
    return doc


@Language.factory("briefing_words")
class Words:
    """Tags taken apart, and lemmas."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.lemmas = Lemmas({}, {})
        self.strings = nlp.vocab.strings
        self.kept: dict[tuple[int, int], tuple[int, int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with `tag_`, `pos_` and `lemma_` set, verbs read as plurals mended."""
        if len(self.kept) > KEPT:
            self.kept.clear()
        keys = list(map(tuple, doc.to_array([TAG, ORTH]).tolist()))
        rows = [self.kept.get(key) or self.read(*key) for key in keys]
        doc.from_array([TAG, POS, LEMMA], np.array(rows, dtype="uint64").reshape(len(rows), 3))  # type: ignore[arg-type]
        for verb in mend_verbs(doc):
            verb.lemma_ = self.lemmas.lemma(verb.text, verb.tag_)
        return doc

    def read(self, label: int, form: int) -> tuple[int, int, int]:
        """Tag, part of speech and lemma of a word, as spaCy numbers them, from those of the tagger's label and form."""
        word = self.strings[form]
        tag, _, pos = (SPACE_TAG, "", "SPACE") if word.isspace() else self.strings[label].partition(JOIN)
        lemma = word if word.isspace() else self.lemmas.lemma(word, tag)
        row = self.kept[label, form] = (self.strings.add(tag), self.strings.add(pos), self.strings.add(lemma))
        return row

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """The lemma table as a file."""
        self.lemmas.write(Path(path))

    def from_disk(self, path: Path, *, exclude: Any = ()) -> Words:
        """The component with its lemma table read."""
        self.lemmas = Lemmas.read(Path(path))
        self.kept.clear()
        return self


@Language.factory("briefing_names")
class NameFinder:
    """Named entities, by the model in `names`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.names: Names | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The document with `ents` set."""
        if self.names is not None:
            doc.ents = [Span(doc, start, end, label) for start, end, label in self.names(doc)]
        return doc

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """The model as a folder."""
        if self.names is not None:
            self.names.write(Path(path))

    def from_disk(self, path: Path, *, exclude: Any = ()) -> NameFinder:
        """The component with its model read."""
        self.names = Names.read(Path(path))
        return self
