"""Reports whose frame stands inside or behind its content: "The vote, she said, was close", "..., the mayor said."."""

from __future__ import annotations

from briefing.analyze.speech.clauses import cue_span, is_passive, is_past_form
from briefing.analyze.speech.contents import Built, Report, TokenSpan, around, clean
from briefing.analyze.speech.cues import VERBS, Frame
from briefing.analyze.speech.trees import SUBJECTS, Tree

CLAUSAL = frozenset({"ccomp", "csubj", "csubj:pass"})
CLAUSE_WORDS = frozenset({"VERB", "AUX", "SCONJ"})
NAMES = frozenset({"PROPN", "NOUN", "PRON"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
BEGINS_SUBJECT = frozenset({"DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"})
QUOTATION_MARKS = frozenset({'"', "”", "“", "’", "'", "''", "»", "«"})
SET_OFF = frozenset({",", ".", "?", "!", ";", "—", "–", "--"})
LONGEST_TAIL = 12  # tokens of the source, and of what follows the verb, in a frame that ends a sentence
LONGEST_SET_IN = 30  # tokens of a frame set into its content


def final_report(tree: Tree, verb: int) -> Report | None:
    """The report of a frame that ends its sentence: "The vote was close, the mayor of Bonn said on Monday." """
    frame = next((f for f in VERBS[tree.lemma[verb]] if "s" in f.takes and "q" in f.takes), None)
    start, stop = tree.bounds[tree.sentence[verb]]
    alone = tree.tag[verb] in FINITE or is_past_form(tree, verb)
    if frame is None or stop - verb > LONGEST_TAIL or not alone:
        return None
    if any(tree.pos[i] in CLAUSE_WORDS or tree.words[i] in (",", "“", '"', ":") for i in range(verb + 1, stop)):
        return None
    comma = _comma_before(tree, verb, start)
    if comma is not None and comma == verb - 1:  # an apposition closes: "the mayor of Bonn, Ana Brandt, said"
        comma = _comma_before(tree, comma, start)
        comma = None if comma is None else _comma_before(tree, comma, start)
    if comma is None:
        return None
    owner = clean(tree, comma + 1, cue_span(tree, verb)[0] - 1)
    content = clean(tree, start, comma - 1)
    if owner is None or content is None or not any(tree.pos[i] in NAMES for i in range(owner[0], owner[1] + 1)):
        return None
    if tree.pos[owner[0]] not in BEGINS_SUBJECT:
        return None
    if owner[1] - owner[0] > LONGEST_TAIL or not any(tree.pos[i] == "VERB" for i in range(content[0], content[1] + 1)):
        return None
    return Report(owner, cue_span(tree, verb), (content,), verb, frame, main_of(tree, content))


def _comma_before(tree: Tree, token: int, start: int) -> int | None:
    """The nearest comma before the token, with no clause between."""
    for comma in range(token - 1, start, -1):
        if tree.words[comma] == ",":
            return comma
        if tree.tag[comma] in FINITE or tree.pos[comma] == "SCONJ":
            return None
    return None


def interposed(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """A frame between two commas with its content around it: "The vote, she said, was close"."""
    hole = _set_off(tree, verb)
    if hole is None or hole[1] + 2 >= tree.bounds[tree.sentence[verb]][1] or tree.words[hole[1] + 1] != ",":
        return None
    start = tree.bounds[tree.sentence[verb]][0]
    subject_cut_off = tree.pos[start] in BEGINS_SUBJECT and not any(
        tree.tag[i] in FINITE for i in range(start, hole[0])
    )
    return _around_hole(tree, verb, frames, hole) if subject_cut_off else by_position(tree, verb, frames)


def by_position(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """Content that the verb is set into or behind: "The vote, she said, was close", "as she said"."""
    frame = next((f for f in frames if "s" in f.takes or "q" in f.takes), None)
    if frame is None or _has_object(tree, verb):
        return None
    governor = tree.head[verb]
    if governor != verb and tree.dep[verb] == "advcl" and _marked_as(tree, verb):
        pieces = around(tree, tree.left[governor], tree.right[governor], (tree.left[verb], tree.right[verb]))
        return (frame, governor, pieces, verb) if pieces else None
    hole = _set_off(tree, verb)
    return None if hole is None else _around_hole(tree, verb, frames, hole)


def _around_hole(tree: Tree, verb: int, frames: tuple[Frame, ...], hole: TokenSpan) -> Built | None:
    """The rest of the sentence as content."""
    frame = next((f for f in frames if "s" in f.takes and "q" in f.takes), None)
    start, stop = tree.bounds[tree.sentence[verb]]
    pieces = around(tree, start, stop - 1, hole)
    if frame is None or not pieces:
        return None
    governor = tree.head[verb]
    return frame, governor if governor != verb else main_of(tree, pieces[0]), pieces, verb


def _set_off(tree: Tree, verb: int) -> TokenSpan | None:
    """The frame that commas set off, or that ends the sentence: ", said the mayor on Monday,"."""
    subjects = [c for c in tree.children[verb] if tree.dep[c] in SUBJECTS]
    if not subjects or is_passive(tree, verb):
        return None
    start, stop = tree.bounds[tree.sentence[verb]]
    own = min(subjects, key=lambda s: abs(s - verb))
    first = min(verb, own, max(tree.left[own], _behind_comma(tree, own)))
    while first - 1 > start and tree.head[first - 1] == verb and tree.dep[first - 1] in ("aux", "advmod"):
        first -= 1
    before = first - 2 if tree.words[first - 1] in QUOTATION_MARKS else first - 1
    if first <= start + 1 or tree.words[before] not in (",", "—", "–", "--"):
        return None
    last = max(verb, tree.right[own])
    while last + 1 < stop and last + 1 - verb <= LONGEST_SET_IN and tree.words[last + 1] not in SET_OFF:
        last += 1
    if last + 1 < stop and tree.words[last + 1] not in SET_OFF:
        return None
    outside = [i for i in range(first, last + 1) if i != verb and not tree.left[own] <= i <= tree.right[own]]
    if any(tree.pos[i] in ("VERB", "SCONJ") for i in outside):
        return None  # a frame with a clause of its own
    return first, last


def _behind_comma(tree: Tree, token: int) -> int:
    """The token behind the nearest comma before the token, or the sentence's first."""
    start = tree.bounds[tree.sentence[token]][0]
    return next((i + 1 for i in range(token - 1, start - 1, -1) if tree.words[i] == ","), start)


def main_of(tree: Tree, piece: TokenSpan) -> int:
    """The word that heads the tokens of a piece."""
    inside = range(piece[0], piece[1] + 1)
    heads = [
        i for i in inside if (tree.head[i] not in inside or tree.head[i] == i) and tree.pos[i] not in ("PUNCT", "SPACE")
    ]
    return next((i for i in heads if tree.pos[i] == "VERB"), heads[0] if heads else piece[0])


def _marked_as(tree: Tree, verb: int) -> bool:
    return any(tree.lemma[c] == "as" for c in tree.kin(verb, ("mark", "advmod")))


def _has_object(tree: Tree, verb: int) -> bool:
    if any(tree.dep[c] in CLAUSAL and c > verb for c in tree.children[verb]):
        return True
    addressed = any("a" in frame.takes and "s" in frame.takes for frame in VERBS.get(tree.lemma[verb], ()))
    return tree.first(verb, "obj") is not None and not addressed
