"""What the sieves share: speech, its frame, paragraphs with their quotations, and the look of a spoken sentence."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.analyze.names.titles import is_office
from briefing.analyze.speech.clauses import source_span
from briefing.analyze.speech.quotations import Quotation
from briefing.analyze.speech.trees import Tree

FRAME_REACH = 30  # tokens between a quotation and its cue; longer ones were slips of the parse
NAMING = frozenset({"PROPN", "PRON", "NOUN"})

TokenSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speech:
    """Quotations that share one frame: token spans (first, last) of source and cue, None where there is none.

    `borrowed`: the frame has a report of its own, and the speech only goes on behind it.
    """

    segments: tuple[tuple[int, int], ...]
    source: TokenSpan | None
    cue: TokenSpan | None
    verb: int | None = None
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class SpeechFrame:
    """The words around a quotation that say whose it is, in tokens; `verb` is the cue's own word."""

    source: TokenSpan | None
    cue: TokenSpan
    verb: int
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, in characters, and the outermost quotations in it."""

    start: int
    end: int
    quotations: tuple[Quotation, ...]


def bare_words(text: str, quotation: Quotation) -> str:
    """The words of a quotation without the closing marks of quotations inside it."""
    return text[quotation.start : quotation.end].rstrip("'’\"”)] ")


def begins_sentence(words: str) -> bool:
    """Whether the words look like the beginning of a sentence, or of one that was cut."""
    first = next((c for c in words if c.isalnum() or c == "…"), "")
    return first.isupper() or first.isdigit() or first == "…" or words.startswith((".", "["))


def last_word(tree: Tree, stop: int) -> int | None:
    """The last word before a token."""
    return next((i for i in range(stop - 1, max(-1, stop - 4), -1) if tree.pos[i] not in ("PUNCT", "SPACE")), None)


def inverted(tree: Tree, verb: int, first: int, stop: int) -> TokenSpan | None:
    """The source behind its verb: "said Ana Brandt, the mayor"."""
    if any(tree.pos[i] in NAMING for i in range(first, verb)):
        return None
    start = next((i for i in range(verb + 1, stop) if tree.pos[i] not in ("ADV", "PUNCT", "SPACE")), None)
    if start is not None and tree.tag[start] == "VBN" and start + 1 < stop and tree.pos[start + 1] in NAMING:
        start += 1  # "explained newly-minted Speaker Brandt"
    if start is None or tree.pos[start] in ("ADP", "SCONJ", "VERB"):
        return None
    token = start
    while verb < tree.head[token] < stop and tree.head[token] != token and tree.dep[token] not in ("nsubj", "obj"):
        token = tree.head[token]
    if tree.pos[token] not in NAMING:
        token = next((i for i in range(start, stop) if tree.pos[i] in NAMING), start)
    _, right = source_span(tree, token)
    return start, _whole_name(tree, max(right, start))


def _whole_name(tree: Tree, last: int) -> int:
    """With the name that goes on where the parse broke it off, also behind a hyphen or an office."""
    while last + 1 < len(tree) and "\n" not in tree.text[tree.end[last] : tree.start[last + 1]]:
        following = last + 1
        if tree.words[following] == "-" and following + 1 < len(tree) and tree.end[last] == tree.start[following]:
            following += 1
        office = tree.pos[following] == "NOUN" and is_office(tree.words[following])
        if tree.pos[last] not in NAMING or not (tree.pos[following] == "PROPN" or office):
            break
        right = tree.right[following]
        last = right if right > following and tree.pos[right] == "PROPN" else following
    return last


def puts_it(tree: Tree, token: int) -> bool:
    """Whether the token is the verb of "as she put it"."""
    return (
        tree.words[token].lower() in ("put", "puts") and token + 1 < len(tree) and tree.words[token + 1].lower() == "it"
    )
