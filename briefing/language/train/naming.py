"""The name finder's field, trained by CRFsuite."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from briefing.language.clusters import Clusters
from briefing.language.features import Syntax, features
from briefing.language.field import GRAIN, Field
from briefing.language.names import read, sentences_of
from briefing.language.train.corpora import Text

Row = tuple[list[str], list[Syntax], list[str]]  # words, their syntax and their tags

ITERATIONS = 40  # of L-BFGS
SETTINGS = {
    "c1": 0.05,  # weight of the L1 norm: it keeps the model small
    "c2": 0.05,
    "max_iterations": ITERATIONS,
    "feature.minfreq": 2,
    "feature.possible_transitions": 1,
}


def rows(texts: Iterable[Text], nlp: Language) -> Iterator[Row]:
    """Sentences of words, syntax and B-, I-, O tags; `nlp` is the pipeline up to the parser."""
    for doc, text in nlp.pipe(((text.text, text) for text in texts), as_tuples=True):
        tags = tags_of(doc, text)
        words, syntax = read(doc)
        for tokens in sentences_of(doc, words):
            yield [words[at] for at in tokens], [syntax[at] for at in tokens], [tags[at] for at in tokens]


def tags_of(doc: Doc, text: Text) -> list[str]:
    """The tag of each token."""
    tags = ["O"] * len(doc)
    for start, end, label in text.names:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            tags[token.i] = ("B-" if token.i == span.start else "I-") + label  # type: ignore[union-attr]
    return tags


def train_names(sentences: Iterable[Row], clusters: Clusters, *, settings: dict[str, float] | None = None) -> Field:
    """The field that the sentences teach."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS | (settings or {}))
    for words, syntax, tags in sentences:
        trainer.append(list(features(words, syntax, clusters)), tags)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "names.crfsuite"
        trainer.train(str(model))
        return read_field(model, clusters)


def read_field(model: Path, clusters: Clusters) -> Field:
    """A model that CRFsuite wrote, its weights made whole numbers of `GRAIN`; what is left of none is left out."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    labels = tuple(tagger.labels())
    with tempfile.NamedTemporaryFile() as text:
        tagger.dump(text.name)
        lines = Path(text.name).read_text(encoding="utf-8").split("\n")
    weights: dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]] = {}
    steps = np.zeros((len(labels), len(labels)), dtype=np.int32)
    for kind, name, label, weight in _weights(lines):
        whole = round(weight / GRAIN)
        if kind == "1":
            steps[labels.index(name), labels.index(label)] = whole
        elif whole:
            weights.setdefault(name, np.zeros(len(labels), dtype=np.int32))[labels.index(label)] = whole
    names = sorted(weights)
    table = np.array([weights[name] for name in names], dtype=np.int32)
    return Field(labels, tuple(names), table, steps, clusters)


def _weights(lines: Iterable[str]) -> Iterator[tuple[str, str, str, float]]:
    """(kind, name, label, weight) of each line of a dump: kind 1 is a step between labels, 0 a feature of a word."""
    for line in lines:
        if found := re.fullmatch(r"  \(([01])\) (.*) --> (\S+): (\S+)", line):
            yield found[1], found[2], found[3], float(found[4])
