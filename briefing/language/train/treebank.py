"""The Universal Dependencies treebank as spaCy examples, freshly disturbed for every epoch.

Disturbances teach the parser what news brings and the treebank lacks: curly quotation marks, headlines, blank lines
between paragraphs, and odd words in the place of usual ones, as paraphrasing machines leave them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from briefing.language.components import JOIN, SPACE_TAG

BLANK_LINE = 0.25  # share of sentence ends that become paragraph ends
CURLY, HEADLINE, SPUN = 0.4, 0.06, 0.12  # share of the chunks that are disturbed so
UPPER = 0.15  # share of the headlines in capitals throughout; half of the rest have every word capitalized
SPIN = 0.10  # share of the open-class words of a spun chunk that are exchanged
OPEN = frozenset({"NN", "NNS", "JJ", "VB", "VBD", "VBN", "VBG", "VBZ", "VBP", "RB"})
CHUNK = (1, 8)  # sentences in a training document, least and most


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the treebank; `head` is relative to its own place."""

    text: str
    space: bool
    tag: str
    pos: str
    lemma: str
    head: int
    dep: str


Sentence = tuple[Word, ...]


def read_treebank(path: Path) -> list[list[Sentence]]:
    """The documents of a spaCy `DocBin`, each a list of sentences."""
    return [[_sentence(span) for span in doc.sents] for doc in DocBin().from_disk(path).get_docs(Vocab())]


def _sentence(span: Iterable) -> Sentence:  # type: ignore[type-arg]
    return tuple(
        Word(t.text, bool(t.whitespace_), t.tag_, t.pos_, t.lemma_, t.head.i - t.i, t.dep_)
        for t in span
        if not t.is_space
    )


def examples(documents: Sequence[Sequence[Sentence]], vocab: Vocab, chance: random.Random) -> Iterator[Example]:
    """Training examples of one epoch, in random order, disturbed."""
    words = _by_tag(documents)
    chunks = [chunk for document in documents for chunk in _chunks(document, chance)]
    chance.shuffle(chunks)
    for chunk in chunks:
        yield example(_disturb(chunk, words, chance), vocab)


def example(sentences: Sequence[Sentence], vocab: Vocab) -> Example:
    """A gold document beside one that knows only its words and where its sentences start."""
    rows = [word for sentence in sentences for word in sentence]
    starts = [index == 0 for sentence in sentences for index in range(len(sentence))]
    texts, spaces = [row.text for row in rows], [row.space for row in rows]
    gold = Doc(
        vocab,
        words=texts,
        spaces=spaces,
        tags=[row.tag + JOIN + row.pos for row in rows],
        heads=[index + row.head for index, row in enumerate(rows)],
        deps=[row.dep for row in rows],
        sent_starts=starts,  # type: ignore[arg-type]
    )
    return Example(Doc(vocab, words=texts, spaces=spaces, sent_starts=starts), gold)  # type: ignore[arg-type]


def _by_tag(documents: Sequence[Sequence[Sentence]]) -> dict[str, list[str]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        for sentence in document:
            for word in sentence:
                if word.tag in OPEN:
                    found[word.tag][word.text] = None
    return {tag: list(texts) for tag, texts in found.items()}


def _chunks(document: Sequence[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    at = 0
    while at < len(document):
        size = chance.randint(*CHUNK)
        yield list(document[at : at + size])
        at += size


def _disturb(chunk: list[Sentence], words: dict[str, list[str]], chance: random.Random) -> list[Sentence]:
    if chance.random() < CURLY:
        chunk = _curly(chunk)
    if chance.random() < SPUN:
        chunk = [tuple(_spin(word, words, chance) for word in sentence) for sentence in chunk]
    if chance.random() < HEADLINE:
        chunk = [_headline(sentence, chance) for sentence in chunk]
    return [_spaced(sentence) if chance.random() < BLANK_LINE else sentence for sentence in chunk]


def _curly(chunk: Sequence[Sentence]) -> list[Sentence]:
    opened, result = False, []
    for sentence in chunk:
        row = []
        for word in sentence:
            text = word.text.replace("'", "’")
            if word.text == '"':
                text, opened = ("”" if opened else "“"), not opened
            row.append(replace(word, text=text))
        result.append(tuple(row))
    return result


def _spin(word: Word, words: dict[str, list[str]], chance: random.Random) -> Word:
    if word.tag not in words or chance.random() >= SPIN:
        return word
    return replace(word, text=chance.choice(words[word.tag]))


def _headline(sentence: Sentence, chance: random.Random) -> Sentence:
    if chance.random() < UPPER:
        return tuple(replace(word, text=word.text.upper()) for word in sentence)
    if chance.random() < 0.5:
        sentence = tuple(replace(word, text=word.text[:1].upper() + word.text[1:]) for word in sentence)
    ends_plainly = len(sentence) > 1 and sentence[-1].text == "." and sentence[-1].dep == "punct"
    return sentence[:-1] if ends_plainly else sentence


def _spaced(sentence: Sentence) -> Sentence:
    last = replace(sentence[-1], space=False)
    return (*sentence[:-1], last, Word("\n\n", False, SPACE_TAG, "SPACE", "\n\n", -1, "dep"))
