"""The name finder's field, trained by CRFsuite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from briefing.language.features import Syntax, features
from briefing.language.names import syntax_of
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
        for sentence in doc.sents:
            tokens = [token for token in sentence if not token.is_space]
            if tokens:
                yield [token.text for token in tokens], syntax_of(tokens), [tags[token.i] for token in tokens]


def tags_of(doc: Doc, text: Text) -> list[str]:
    """The tag of each token."""
    tags = ["O"] * len(doc)
    for start, end, label in text.names:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            tags[token.i] = ("B-" if token.i == span.start else "I-") + label  # type: ignore[union-attr]
    return tags


def train_names(sentences: Iterable[Row], path: Path, *, settings: dict[str, float] | None = None) -> None:
    """Trains a field on the sentences and writes it to a file."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS | (settings or {}))
    for words, syntax, tags in sentences:
        trainer.append(features(words, syntax), tags)
    path.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(path))
