"""Heads and labels in, mended ones out: slips that parsers make around reports, told by the forms of the verbs."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analyze.cues import VERBS

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "conj", "acl", "obl"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})


def mend(
    words: Sequence[str], lemma: Sequence[str], pos: Sequence[str], tag: Sequence[str], dep: list[str], head: list[int]
) -> tuple[list[int], list[str]]:
    """Heads and labels with coordinated and participial cues hung on the report before, not inside its content.

    "Brandt said he would resign and warned ..." is hers, for both verbs are past; so is ", adding that ..." behind a
    comma, whatever verb of the content the parse put it on.
    """
    mended, labels = list(head), list(dep)
    owned = {head[i] for i, label in enumerate(dep) if label in SUBJECTS}
    for token, label in enumerate(dep):
        if pos[token] != "VERB" or lemma[token] not in VERBS:
            continue
        if label == "conj" and tag[token] in FINITE and token not in owned:
            new = _same_form_above(token, tag, dep, head)
        elif label == "advcl" and tag[token] == "VBG" and token > 0 and words[token - 1] == ",":
            new = _outermost_before(token, pos, dep, head)
        else:
            continue
        if new is not None:
            mended[token] = new
    return mended, labels


def _same_form_above(token: int, tag: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> int | None:
    """The governor further up that has the verb's form when the nearest one has not."""
    nearest = head[token]
    if tag[nearest] == tag[token]:
        return None
    above = nearest
    while dep[above] in CLAUSAL and head[above] != above:
        above = head[above]
        if tag[above] == tag[token]:
            return above
    return None


def _outermost_before(token: int, pos: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> int | None:
    """The topmost verb before the token that governs it through clauses."""
    best, above = None, head[token]
    while head[above] != above and dep[above] in CLAUSAL:
        above = head[above]
        if pos[above] == "VERB" and above < token:
            best = above
    return best
