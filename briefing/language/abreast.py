"""The sentences of a text parsed side by side: the parser's own moves, in fewer and larger steps.

spaCy's parser moves through a text word by word, and each move multiplies by all of its weights for one word. Where
sentences begin is known beforehand, and a move depends on its own sentence and on nothing but the first word behind
it: so each sentence goes as a text of its own, with that one word behind it, and all of them move at the same time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

KEPT = 50_000  # tokens of stand-ins that are kept: some 30 MB
ROOT = "ROOT"  # spaCy's own label for what has no head


@Language.factory("briefing_abreast")
class Abreast:
    """Heads and labels by a parser that is set later; every token says whether a sentence begins with it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.parser: Any = None
        self.root = nlp.vocab.strings.add(ROOT)
        self.stand_ins = _StandIns(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        """The document with `head` and `dep` set, as the parser itself would."""
        if not len(doc):
            return doc
        firsts = np.flatnonzero(doc.to_array(SENT_START) == 1).tolist()
        ends = [*firsts[1:], len(doc)]
        sentences = self.stand_ins(doc, firsts, ends)
        heads, labels = np.zeros(len(doc), dtype="int64"), np.full(len(doc), self.root, dtype="uint64")
        for first, state in zip(firsts, self.parser.predict(sentences), strict=True):
            for arc in state.arcs:
                heads[first + arc["child"]] = arc["head"] - arc["child"]
                labels[first + arc["child"]] = arc["label"]
        doc.from_array([HEAD, DEP], np.stack([heads.astype("uint64"), labels], axis=1))  # type: ignore[arg-type]
        for step in self.parser.postprocesses:
            step(doc)
        return doc


class _StandIns:
    """Documents that stand for sentences: the parser asks for their length and for what the encoder says of them."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.kept: dict[tuple[int, int], list[Doc]] = {}
        self.size = 0

    def __call__(self, doc: Doc, firsts: list[int], ends: list[int]) -> list[Doc]:
        """One for each sentence of a document, with the first token behind it."""
        if self.size > KEPT:
            self.kept.clear()
            self.size = 0
        used: dict[tuple[int, int], int] = {}
        found = []
        for first, end in zip(firsts, ends, strict=True):
            kind = end - first, int(end < len(doc))
            used[kind] = number = used.get(kind, -1) + 1
            alike = self.kept.setdefault(kind, [])
            if number == len(alike):
                alike.append(self._new(*kind))
            alike[number].tensor = doc.tensor[first : first + sum(kind)].copy()  # a view would keep the whole alive
            found.append(alike[number])
        return found

    def _new(self, length: int, behind: int) -> Doc:
        self.size += length + behind
        doc = Doc(self.vocab, words=["-"] * (length + behind))
        begins = np.full((length + behind, 1), -1, dtype="int64")
        begins[0] = begins[length:] = 1
        return doc.from_array([SENT_START], begins.astype("uint64"))  # type: ignore[arg-type]
