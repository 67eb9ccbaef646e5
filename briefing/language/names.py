"""A document's tokens in, its names out: a conditional random field, then the article's own evidence.

The field (CRFsuite; Lafferty et al. 2001) reads sentence by sentence. What it reads in one sentence then helps the
others: a name that was read in full decides what its last word alone is.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc, Token

from briefing.language.features import Syntax, features
from briefing.language.gazetteers import country_of
from briefing.language.places import is_settlement

FILE = "names.crfsuite.gz"
Found = tuple[int, int, str]  # start and end token within the document, label


@dataclass
class Names:
    """Finds PERSON, ORG, GPE, LOC and NORP."""

    model: bytes

    def __post_init__(self) -> None:
        self.tagger = pycrfsuite.Tagger()
        self.tagger.open_inmemory(self.model)

    def __call__(self, doc: Doc) -> list[Found]:
        """The names of a document as (start, end, label) in tokens, in order, none overlapping."""
        found = []
        for sentence in doc.sents:
            tokens = [token for token in sentence if not token.is_space]
            if tokens:
                tags = self.tagger.tag(features([token.text for token in tokens], syntax_of(tokens)))
                found += [(tokens[start].i, tokens[end - 1].i + 1, label) for start, end, label in spans(tags)]
        return [(start, end, _kind(doc, start, end, label)) for start, end, label in agree(doc, found)]

    @classmethod
    def read(cls, path: Path) -> Names:
        """The model in a folder."""
        return cls(gzip.decompress((path / FILE).read_bytes()))

    def write(self, path: Path) -> None:
        """The model as a folder."""
        path.mkdir(parents=True, exist_ok=True)
        (path / FILE).write_bytes(gzip.compress(self.model, mtime=0))


def syntax_of(tokens: Sequence[Token]) -> list[Syntax]:
    """Part of speech, relation and head of each token, from the tagger and the parser."""
    return [(token.tag_.partition("|")[0], token.dep_, token.head.lower_) for token in tokens]


def spans(tags: Sequence[str]) -> Iterator[Found]:
    """(start, end, label) of the names in a row of B-, I- and O tags."""
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield start, index, label
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]


def agree(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """The names with labels made the same throughout the article, where the article has evidence.

    A word alone that ends a person's name elsewhere is that person; otherwise the label most often given to the
    same words wins when it leads by two to one.
    """
    full: Counter[str] = Counter()
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in found:
        text = doc[start:end].text
        votes[text][label] += 1
        if label == "PERSON" and end - start > 1:
            full[doc[end - 1].text] += 1
    result = []
    for start, end, label in found:
        text = doc[start:end].text
        if end - start == 1 and label in ("ORG", "LOC") and full[text] and country_of(text) is None:
            label = "PERSON"
        elif votes[text].most_common(1)[0][1] >= 2 * votes[text][label]:
            label = votes[text].most_common(1)[0][0]
        result.append((start, end, label))
    return result


def _kind(doc: Doc, start: int, end: int, label: str) -> str:
    """LOC taken apart: GPE for countries, states and towns, LOC for the rest of the earth."""
    if label != "LOC":
        return label
    return "GPE" if is_settlement(doc[start:end].text) else "LOC"
