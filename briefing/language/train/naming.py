"""The name finder's field, trained by CRFsuite."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from briefing.language.features import features
from briefing.language.train.corpora import Text

Row = tuple[list[str], list[str]]  # words and their tags

SETTINGS = {"c1": 0.05, "c2": 0.05, "max_iterations": 70, "feature.minfreq": 2, "feature.possible_transitions": 1}


def rows(texts: Iterable[Text], nlp: Language) -> Iterator[Row]:
    """Sentences of words and B-, I-, O tags; `nlp` has a tokenizer and sentence starts."""
    for text in texts:
        doc = nlp(text.text)
        tags = tags_of(doc, text)
        for sentence in doc.sents:
            kept = [(token.text, tags[token.i]) for token in sentence if not token.is_space]
            if kept:
                yield [word for word, _ in kept], [tag for _, tag in kept]


def tags_of(doc: Doc, text: Text) -> list[str]:
    """The tag of each token."""
    tags = ["O"] * len(doc)
    for start, end, label in text.names:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            for token in span:
                tags[token.i] = ("B-" if token.i == span.start else "I-") + label
    return tags


def train_names(sentences: Sequence[Row], path: Path, *, settings: dict[str, float] | None = None, verbose: bool = False) -> None:
    """Trains a field on the sentences and writes it to a file."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=verbose)
    trainer.set_params(SETTINGS | (settings or {}))
    for words, tags in sentences:
        trainer.append(features(words), tags)
    path.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(path))
