"""A parse in, reported speech and thought out: source, cue and content of what is told without quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from briefing.analyze.speech.contents import Report
from briefing.analyze.speech.cues import ADJECTIVES, NOUNS, SPEAKING, VERBS
from briefing.analyze.speech.noun_reports import adjective_report, is_told, noun_report, phrase_report
from briefing.analyze.speech.set_in_reports import final_report
from briefing.analyze.speech.trees import Tree
from briefing.analyze.speech.verb_reports import particle, verb_report


def find_reports(tree: Tree, hidden: Sequence[bool], spoken: Collection[int] = ()) -> tuple[Report, ...]:
    """The reports of a document, outermost only, in order of their cues.

    `hidden` marks tokens inside direct speech, `spoken` are the verbs that bring in direct speech: no cue of a report.
    """
    open_tokens = (token for token in range(len(tree)) if not hidden[token] and token not in spoken)
    return outermost([report for token in open_tokens for report in _reports_at(tree, token, hidden)])


def _reports_at(tree: Tree, token: int, hidden: Sequence[bool]) -> Iterator[Report]:
    pos, lemma = tree.pos[token], tree.lemma[token]
    report = None
    if pos in ("VERB", "AUX") and (lemma in VERBS or particle(tree, token)):
        report = (final_report(tree, token) if lemma in SPEAKING else None) or verb_report(tree, token)
    elif pos == "NOUN" and lemma in NOUNS:
        report = noun_report(tree, token)
    elif pos == "ADJ" and lemma in ADJECTIVES:
        report = adjective_report(tree, token)
    if report is None and lemma in ("accord", "according", "in"):
        report = None if is_told(tree, token, hidden) else phrase_report(tree, token)
    if report is not None:
        yield report


def outermost(found: Sequence[Report]) -> tuple[Report, ...]:
    """The reports whose cue lies in no other's content, each content once, in order of their cues."""
    kept: list[Report] = []
    for report in sorted(found, key=lambda r: (-sum(last - first for first, last in r.content), r.head)):
        if not any(_meets(report, first, last) for other in kept for first, last in other.content):
            kept.append(report)
    return tuple(sorted(kept, key=lambda r: r.head))


def _meets(report: Report, first: int, last: int) -> bool:
    """Whether the report's cue lies between two tokens, or its content begins there."""
    return first <= report.head <= last or any(first <= piece[0] <= last for piece in report.content)


def hidden_tokens(tree: Tree, stretches: Sequence[tuple[int, int]]) -> list[bool]:
    """For each token whether it lies in one of the character stretches."""
    hidden = [False] * len(tree)
    for start, end in stretches:
        for token in range(bisect_left(tree.start, start), bisect_left(tree.start, end)):
            hidden[token] = True
    return hidden
