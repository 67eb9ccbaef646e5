"""A parsed document in, plain lists out: heads, labels and the edges of subtrees, quick to read many times over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, IDX, LEMMA, ORTH, POS, SENT_START, TAG

from briefing.analyze.speech.cues import cue_lemma
from briefing.analyze.speech.repairs import (
    mend,
    names_before_verbs,
    nouns_before_verbs,
    objects_before_clauses,
    verbs_before_quotations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer", "nsubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET", "X"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The parse of a text, all lists as long as its tokens.

    `start`, `end`: character offsets; `head`: index of the governor (its own index at a root); `left`, `right`: first
    and last token of the subtree; `children`: dependents in order; `sentence`: number of the sentence;
    `bounds`: (first, last + 1) token of each sentence. Lemmas are lower case, labels those of Universal Dependencies,
    `tag` the Penn Treebank tag where the pipeline gives one.
    """

    text: str
    words: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    left: list[int]
    right: list[int]
    children: list[list[int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.words)

    def kin(self, token: int, labels: frozenset[str] | tuple[str, ...]) -> Iterator[int]:
        """The dependents of `token` with one of the labels, in order."""
        return (child for child in self.children[token] if self.dep[child] in labels)

    def first(self, token: int, *labels: str) -> int | None:
        """The first dependent of `token` with one of the labels."""
        return next(self.kin(token, labels), None)

    def above(self, token: int) -> Iterator[int]:
        """The governors of `token`, nearest first, up to the root."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def case(self, token: int) -> str:
        """The preposition of a nominal in lower case ("for", "according to"), or ""."""
        marks = [c for c in self.children[token] if self.dep[c] == "case" and c < token]
        words = [w for mark in marks for w in (mark, *self.kin(mark, ("fixed",)))]
        return " ".join(self.words[w].lower() for w in sorted(words))


def build_tree(doc: Doc) -> Tree:
    """The tree of a parsed Doc. Without a parse every token is a root."""
    strings = doc.vocab.strings
    columns = doc.to_array([ORTH, IDX, LEMMA, POS, DEP, HEAD, SENT_START, TAG]).T.tolist() if len(doc) else [[]] * 8
    orths, start, lemmas, parts, labels, offsets, opens, tags = columns
    names = {key: strings[key] for column in (orths, lemmas, parts, labels, tags) for key in set(column)}
    # heads come as unsigned 64-bit offsets
    head = [index + (offset - (1 << 64) if offset >> 63 else offset) for index, offset in enumerate(offsets)]
    words, pos, tag, dep = ([names[key] for key in column] for column in (orths, parts, tags, labels))
    lemma = [_lemma(names[key], p, word) for key, p, word in zip(lemmas, pos, words, strict=True)]
    names_before_verbs(words, pos, tag, dep, head)
    verbs_before_quotations(words, lemma, pos, tag, dep, head)
    nouns_before_verbs(pos, tag, dep, head)
    objects_before_clauses(lemma, tag, dep, head)
    head, dep = mend(words, lemma, pos, tag, dep, head)
    left, right, children = _edges(head)
    sentence, bounds = _sentences(opens)
    return Tree(
        text=doc.text,
        words=words,
        lemma=lemma,
        pos=pos,
        tag=tag,
        dep=dep,
        head=head,
        start=start,
        end=[s + len(word) for s, word in zip(start, words, strict=True)],
        left=left,
        right=right,
        children=children,
        sentence=sentence,
        bounds=bounds,
    )


def _lemma(lemma: str, pos: str, word: str) -> str:
    lemma = lemma.lower() or word.lower()
    return cue_lemma(word, lemma) if pos == "VERB" else lemma


def _edges(head: list[int]) -> tuple[list[int], list[int], list[list[int]]]:
    """First and last token of every subtree, and the children."""
    count = len(head)
    childless: list[int] = []  # one for all leaves, which are most tokens
    children = [childless] * count
    roots = []
    for index, governor in enumerate(head):
        if governor == index:
            roots.append(index)
        elif children[governor] is childless:
            children[governor] = [index]
        else:
            children[governor].append(index)
    left, right = list(range(count)), list(range(count))
    order = []
    while roots:
        token = roots.pop()
        order.append(token)
        roots.extend(children[token])
    for token in reversed(order):
        for child in children[token]:
            left[token] = min(left[token], left[child])
            right[token] = max(right[token], right[child])
    return left, right, children


def _sentences(starts: list[int]) -> tuple[list[int], list[tuple[int, int]]]:
    sentence: list[int] = []
    bounds: list[tuple[int, int]] = []
    for index, flag in enumerate(starts):
        if index == 0 or flag == 1:
            bounds.append((index, index))
        bounds[-1] = (bounds[-1][0], index + 1)
        sentence.append(len(bounds) - 1)
    return sentence, bounds
