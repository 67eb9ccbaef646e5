"""A document's tokens in, its names out: a conditional random field, a perceptron, then the article's own evidence.

The field (CRFsuite; Lafferty et al. 2001) reads sentence by sentence, and what a perceptron over word vectors says of
each word is added to its sums (a product of experts; Hinton 2002): the one knows the signs, the other the words that no
corpus held. What is read in one sentence then helps the others: a name that was read in full decides what its last
word alone is.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.attrs import DEP, HEAD, LOWER, ORTH, SPACY, TAG
from spacy.tokens import Doc

from briefing.language.clusters import NONE, Clusters
from briefing.language.dates import find_dates
from briefing.language.features import Sentences, Syntax
from briefing.language.field import GRAIN, Field, Whole
from briefing.language.gazetteers import country_of
from briefing.language.known import matches
from briefing.language.places import is_settlement
from briefing.language.results import teams
from briefing.language.settling import Found, passed_over, settle
from briefing.language.window import Vectors, Window

FILE, CLUSTERS, WINDOW = "field.gz", "clusters.gz", "window.gz"
WEIGHT = 0.8  # of what the perceptron says beside what the field says; hardly worse from 0.3 to 1
HYPHENS = frozenset({"-", "–"})
ANCHOR = datetime.date(2000, 1, 1)  # weekdays are dates whatever the day; which day they mean is not asked here


@dataclass
class Names:
    """Finds PERSON, ORG, GPE, LOC and NORP; a pipeline without word vectors has no `window`."""

    field: Field
    window: Window | None = None

    def __call__(self, doc: Doc) -> list[Found]:
        """The names, events and dates of a document as (start, end, label) in tokens, in order, none overlapping."""
        words, syntax = read(doc)
        places = list(sentences_of(doc, words))
        rows = [([words[at] for at in sentence], [syntax[at] for at in sentence]) for sentence in places]
        tagged = self.field.tag(rows, self._told(doc.vocab.vectors, rows))
        found = [
            (sentence[start], sentence[end - 1] + 1, label)
            for sentence, tags in zip(places, tagged, strict=True)
            for start, end, label in spans(tags)
        ]
        settled = [name for one in found for name in settle(doc, *one)]
        seen = sorted([*settled, *passed_over(doc, words, settled)])
        names = teams(doc, words, agree(doc, words, seen))
        names = [(start, end, _kind(doc, start, end, label)) for start, end, label in names]
        return without_overlaps(events(words), names, dates(doc, words))

    def _told(self, vectors: Vectors, rows: Sentences) -> Whole | None:
        if self.window is None or not rows:
            return None
        return self.window.scores(rows, vectors, self.field.clusters, GRAIN / WEIGHT)

    @classmethod
    def read(cls, path: Path) -> Names:
        """The model in a folder."""
        clusters = path / CLUSTERS
        known = Clusters.from_bytes(clusters.read_bytes()) if clusters.exists() else NONE
        window = path / WINDOW
        told = Window.from_bytes(window.read_bytes()) if window.exists() else None
        return cls(Field.from_bytes((path / FILE).read_bytes(), known), told)

    def write(self, path: Path) -> None:
        """The model as a folder."""
        path.mkdir(parents=True, exist_ok=True)
        (path / FILE).write_bytes(self.field.to_bytes())
        (path / CLUSTERS).write_bytes(self.field.clusters.to_bytes())
        if self.window is not None:
            (path / WINDOW).write_bytes(self.window.to_bytes())


def read(doc: Doc) -> tuple[list[str], list[Syntax]]:
    """The text of each token; its part of speech, relation and head, from the tagger and the parser.

    All at once: a token taken by itself costs more than what is asked of it.
    """
    table = doc.to_array([ORTH, LOWER, TAG, DEP])
    strings = {key: doc.vocab.strings[key] for key in np.unique(table).tolist()}
    words, lowers, tags, relations = ([strings[key] for key in column] for column in table.T.tolist())
    heads = np.arange(len(doc)) + doc.to_array(HEAD).astype(np.int64)  # as far from the token as the array says
    parts = [tag.partition("|")[0] for tag in tags]
    return words, list(zip(parts, relations, [lowers[at] for at in heads.tolist()], strict=True))


def sentences_of(doc: Doc, words: Sequence[str]) -> Iterator[list[int]]:
    """The tokens of each sentence without white space; sentences of white space alone are left out."""
    for sentence in doc.sents:
        if tokens := [at for at in range(sentence.start, sentence.end) if not words[at].isspace()]:
            yield tokens


def spans(tags: Sequence[str]) -> Iterator[Found]:
    """(start, end, label) of the names in a row of B-, I- and O tags."""
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield start, index, label
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]


def agree(doc: Doc, words: Sequence[str], found: Sequence[Found]) -> list[Found]:
    """The names with labels made the same throughout the article, and names read elsewhere found again.

    A word alone that ends a person's name elsewhere is that person; otherwise the label most often given to the
    same words wins when it leads by two to one. Words that the field passed over get the label that the same words
    have elsewhere, when they were named twice or have several words.
    """
    people = {doc[end - 1].text for start, end, label in found if label == "PERSON" and end - start > 1}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in found:
        votes[doc[start:end].text][label] += 1
    labels = {text: _elected(text, counts, people) for text, counts in votes.items()}
    result = [
        (start, end, labels[text].get(label, label)) for start, end, label in found for text in [doc[start:end].text]
    ]
    sure = {
        text: counts.most_common(1)[0][0] for text, counts in votes.items() if sum(counts.values()) > 1 or " " in text
    }
    sure |= {word: "PERSON" for word in people if country_of(word) is None and len(word) > 2}
    return sorted([*result, *_again(doc, words, result, sure)])


def _elected(text: str, counts: Counter[str], people: set[str]) -> dict[str, str]:
    """Which label becomes which, for one form of words."""
    if text in people and country_of(text) is None:
        return {"ORG": "PERSON", "LOC": "PERSON"}
    best, most = counts.most_common(1)[0]
    return {label: best for label, count in counts.items() if most >= 2 * count}


def _again(doc: Doc, texts: Sequence[str], found: Sequence[Found], sure: Mapping[str, str]) -> Iterator[Found]:
    """Names of `sure` that stand in the document by themselves outside the names found."""
    taken = {index for start, end, _ in found for index in range(start, end)}
    firsts: defaultdict[str, list[list[str]]] = defaultdict(list)
    for name in sure:
        words = name.split()
        firsts[words[0]].append(words)
    for at, text in enumerate(texts):
        for words in firsts.get(text, ()) if at not in taken else ():
            span = doc[at : at + len(words)]
            name = " ".join(words)
            if span.text == name and not taken & set(range(span.start, span.end)) and _alone(doc, span.start, span.end):
                taken.update(range(span.start, span.end))
                yield span.start, span.end, sure[name]
                break


def _alone(doc: Doc, start: int, end: int) -> bool:
    """True when no other capitalized word touches the name, so that it is no part of a longer one."""
    before = doc[start - 1].text if start and not doc[start].is_sent_start else ""
    after = doc[end].text if end < len(doc) and not doc[end].is_sent_start else ""
    touching = any(word[:1].isupper() or word in HYPHENS for word in (before, after))
    return doc[start].text[:1].isupper() and not touching


def events(words: Sequence[str]) -> list[Found]:
    """Known events ("World War II"), with a year before them where there is one."""
    found: list[Found] = []
    for start, end, _ in sorted(matches(words, "event"), key=lambda match: (match[0], -match[1])):
        if (not found or start >= found[-1][1]) and words[start][0].isupper():
            dated = start and words[start - 1].isdigit() and len(words[start - 1]) == 4
            found.append((start - 1 if dated else start, end, "EVENT"))
    return found


def dates(doc: Doc, words: Sequence[str]) -> list[Found]:
    """Dates that say day, month or year, weekdays among them."""
    text = "".join(word + " " * space for word, space in zip(words, doc.to_array(SPACY).tolist(), strict=True))
    spans = (doc.char_span(date.start, date.end) for date in find_dates(text, anchor=ANCHOR))
    return [(span.start, span.end, "DATE") for span in spans if span is not None]


def without_overlaps(*layers: Sequence[Found]) -> list[Found]:
    """All names in order; where two overlap, the one of the earlier layer stays."""
    taken: set[int] = set()
    kept = []
    for layer in layers:
        for start, end, label in layer:
            if not taken & set(range(start, end)):
                taken.update(range(start, end))
                kept.append((start, end, label))
    return sorted(kept)


def _kind(doc: Doc, start: int, end: int, label: str) -> str:
    """LOC taken apart: GPE for countries, states and towns, LOC for the rest of the earth."""
    if label != "LOC":
        return label
    return "GPE" if is_settlement(doc[start:end].text) else "LOC"
