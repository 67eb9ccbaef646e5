"""Reports in, reports out that reach the quotations in their sentences: words in marks that no content held yet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from briefing.analyze.speech.clauses import DAYS, cue_at, cue_span, source_span, subject
from briefing.analyze.speech.contents import Report, clean
from briefing.analyze.speech.cues import SPEAKING, VERBS, Frame
from briefing.analyze.speech.quotations import Quotation
from briefing.analyze.speech.reports import outermost
from briefing.analyze.speech.trees import Tree

FEWEST_BLANKS = 3  # blanks in a quotation that is speech rather than a term or title
REACH = 25  # tokens from a cue to a quotation that it may bring in


def with_quotations(
    tree: Tree,
    reports: Sequence[Report],
    quotations: Sequence[Quotation],
    said: Sequence[tuple[int, int]],
    hidden: Sequence[bool],
) -> tuple[Report, ...]:
    """The reports, stretched or added to so that longer quotations are in somebody's content; outermost ones only.

    `quotations` are the outermost ones, `said` the character stretches of direct speech, `hidden` marks the tokens
    between any marks.
    """
    found = list(reports)
    spoken = {start for start, _ in said}
    for quotation in quotations:
        words = tree.text[quotation.start : quotation.end]
        first, last = bisect_left(tree.start, quotation.outer_start), bisect_left(tree.start, quotation.outer_end) - 1
        if quotation.start in spoken or words.count(" ") < FEWEST_BLANKS or not first <= last < len(tree):
            continue
        if any(a <= first and last <= b + 1 for report in found for a, b in report.content):
            continue
        _reach(tree, found, first, last, hidden)
    return outermost(found)


def _reach(tree: Tree, found: list[Report], first: int, last: int, hidden: Sequence[bool]) -> None:
    """Stretches the last report before the quotation to its end, or adds one for the verb before it."""
    start = tree.bounds[tree.sentence[first]][0]
    before = [i for i, r in enumerate(found) if start <= r.head < first and r.content and r.content[-1][0] > r.head]
    speaking = [i for i in before if tree.lemma[found[i].head] in SPEAKING and "s" in found[i].frame.takes]
    chosen = speaking or before
    if chosen:
        report = found[chosen[-1]]
        piece = clean(tree, report.content[-1][0], last)
        if piece:
            found[chosen[-1]] = replace(report, content=(*report.content[:-1], piece))
    elif (added := _added(tree, max(start, first - REACH), first, last, hidden)) is not None:
        found.append(added)


def _behind_addressee(tree: Tree, token: int, limit: int) -> int:
    """Where content begins when somebody is addressed before "that": "told reporters that ..."."""
    for index in range(token, min(token + 6, limit)):
        if tree.words[index].lower() == "that":
            return index
    return token


def _added(tree: Tree, start: int, first: int, last: int, hidden: Sequence[bool]) -> Report | None:
    """A report by the cue verb nearest before the quotation."""
    for verb in range(first - 1, start - 1, -1):
        lemma = cue_at(tree, verb)
        if lemma is None or hidden[verb]:
            continue
        owner = subject(tree, verb) if tree.pos[verb] == "VERB" else verb - 1
        left, right = cue_span(tree, verb)
        content = clean(tree, _behind_addressee(tree, right + 1, first), last)
        if owner is None or content is None or tree.first(verb, "ccomp", "xcomp") is not None:
            return None
        if tree.words[owner].lower() in DAYS:  # "Monday will see the ..."
            return None
        frame = next((f for f in VERBS[lemma] if f.takes), Frame("states", "s"))
        return Report(source_span(tree, owner), (left, right), (content,), verb, frame, first)
    return None
