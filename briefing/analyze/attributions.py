"""An annotated article in, its attributions out: who said, thinks, wants or denies what, and with what stance.

quotation marks | speech and its frames | reports over the parse | speakers | stance
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.analyze.datelines import begin
from briefing.analyze.speech.cast import HE, SHE, Cast, Speaker, Spoke, make_cast
from briefing.analyze.speech.clauses import RELATIVES, source_span
from briefing.analyze.speech.contents import Report
from briefing.analyze.speech.cues import SPEAKING, VERBS, cue_lemma
from briefing.analyze.speech.frames import Speech, TokenSpan
from briefing.analyze.speech.leftovers import with_quotations
from briefing.analyze.speech.quotations import Quotation, find_quotations, speech_marks
from briefing.analyze.speech.reports import find_reports, hidden_tokens
from briefing.analyze.speech.sieves import find_speech
from briefing.analyze.speech.speakers import is_stranger, speaker_of
from briefing.analyze.speech.trees import NOMINAL, Tree, build_tree
from briefing.analyze.stance import FIRST_PERSON, THIRD_PERSON, Said, Stand, stand_of
from briefing.model import Article, Attribution, AttributionKind, Entity, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# share of a content's letters in quotation marks from which it counts as direct: "he “has never lied”" is, bar a word
DIRECT_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class _Finding:
    """One attribution before its speaker and stance are known; content in characters, the rest in tokens."""

    kind: AttributionKind
    content: tuple[tuple[int, int], ...]
    source: TokenSpan | None
    cue: TokenSpan | None
    head: int | None
    stance: str
    complement: int | None


def find_attributions(
    article: Article, doc: Doc, entities: Sequence[Entity], mentions: Sequence[Mention]
) -> tuple[Attribution, ...]:
    """The attributions of an article, in order of the text, none inside another's content.

    `doc` is the annotated `article.text`; `entities` and `mentions` are those of the same article, and the indices in
    the attributions point into `entities`.
    """
    tree = build_tree(doc)
    quotations = find_quotations(tree.text)
    cast = make_cast(entities, mentions, tree, [(q.start, q.end) for q in quotations if q.depth == 0])
    attributions: list[Attribution] = []
    last: Spoke | None = None
    opening = bisect_left(tree.start, begin(article.text, 0, len(article.text)))
    for finding in (
        _with_own_source(tree, _behind_dateline(finding, opening)) for finding in _findings(tree, quotations)
    ):
        speaker, head = _speaker(tree, cast, finding, last)
        attributions.append(_attribution(tree, cast, finding, speaker, head))
        entity = speaker.entity if speaker.entity is not None else speaker.actor
        if head is not None and (entity is not None or is_stranger(cast, tree, finding.source, head)):
            last = Spoke(entity, head)
    return tuple(attributions)


def _behind_dateline(finding: _Finding, opening: int) -> _Finding:
    """The finding with a source that begins with the article's own words, at the token `opening`."""
    source, cue = finding.source, finding.cue
    if source is None or source[0] >= opening:
        return finding
    if source[1] >= opening:
        return replace(finding, source=(opening, source[1]))
    named = cue is not None and opening < cue[0]  # the parse took the dateline for the subject
    return replace(finding, source=(opening, cue[0] - 1) if named and cue is not None else None)


def _with_own_source(tree: Tree, finding: _Finding) -> _Finding:
    """The finding with a source that holds neither words of its content nor its verb: "Berg recalled, “...”"."""
    if finding.source is None:
        return finding
    first, last = finding.source
    inside = next((s for s, e in finding.content if tree.start[first] < s < tree.end[last]), None)
    cue = finding.cue
    if cue is not None and first < cue[0] <= last:
        last = cue[0] - 1
        if last - 1 > first and tree.words[last].lower() in RELATIVES and tree.pos[last - 1] == "PUNCT":
            last -= 2  # "Brandt, who joked"
    elif inside is not None:
        behind = bisect_left(tree.start, inside)
        last = max(first, (cue[0] if cue is not None and first < cue[0] < behind else behind) - 1)
    if finding.kind == "indirect":
        return replace(finding, source=(first, last))
    while _ends_telling(tree, first, last):
        last -= 1
    return replace(finding, source=(first, last))


def _ends_telling(tree: Tree, first: int, last: int) -> bool:
    """Whether a verb of speaking stands last in a source, marks aside."""
    while last > first and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return last > first and _is_telling(tree, last)


def _is_telling(tree: Tree, token: int) -> bool:
    """Whether a word is the form of a verb of speaking that no noun shares with it, whatever the parse made of it."""
    word = tree.words[token].lower()
    return word.endswith(("ed", "ing", "says", "reports", "writes")) and cue_lemma(word, word) in SPEAKING


def _findings(tree: Tree, quotations: Sequence[Quotation]) -> list[_Finding]:
    """Direct speech and reports together, in order, reports that repeat a speech's frame left out."""
    speaking = speech_marks(tree.text, quotations)
    speeches = find_speech(tree, speaking)
    outer = [q for q in quotations if q.depth == 0]
    hidden = hidden_tokens(tree, [(q.outer_start, q.outer_end) for q in outer])
    verbs = {speech.verb for speech in speeches if speech.verb is not None and not speech.borrowed}
    said = [segment for speech in speeches for segment in speech.segments]
    reports = with_quotations(tree, find_reports(tree, hidden, verbs), outer, said, hidden)
    reports = tuple(report for report in reports if report.head not in verbs)
    findings = [_of_speech(tree, speech, outer) for speech in speeches]
    for report in reports:
        content = _characters(tree, report, outer)
        if content and not any(s < e2 and s2 < e for s, e in content for s2, e2 in said):
            findings.append(_of_report(tree, report, content, outer, speaking))
    return sorted(findings, key=lambda f: (f.content[0], f.cue or (0, 0)))


def _of_speech(tree: Tree, speech: Speech, outer: Sequence[Quotation]) -> _Finding:
    frames = VERBS.get(tree.lemma[speech.verb], ()) if speech.verb is not None else ()
    stance = next((f.stance for f in frames if "q" in f.takes or "s" in f.takes), "states")
    around = [q for q in outer if q.outer_start <= speech.segments[0][0] < q.outer_end]
    kind: AttributionKind = "indirect"  # a transcript without marks
    if around:
        kind = "mixed" if _is_typewritten(tree.text, around[0]) else "direct"
    complement = _root(tree, *speech.segments[0])
    cue = _with_colon(tree, speech.cue)
    return _Finding(kind, speech.segments, speech.source, cue, speech.verb, stance, complement)


def _with_colon(tree: Tree, cue: TokenSpan | None) -> TokenSpan | None:
    """The cue with a colon right behind it, which is part of the frame ("She added: ...")."""
    if cue is not None and cue[1] + 1 < len(tree) and tree.words[cue[1] + 1] == ":":
        return cue[0], cue[1] + 1
    return cue


def _is_typewritten(text: str, quotation: Quotation) -> bool:
    """Whether the marks are pairs of apostrophes, which in wiki text are italics: not surely verbatim."""
    return text.startswith("''", quotation.outer_start)


def _root(tree: Tree, start: int, end: int) -> int | None:
    """The token that heads the words between two characters."""
    first, stop = bisect_left(tree.start, start), bisect_left(tree.start, end)
    for token in range(first, stop):
        outside = not first <= tree.head[token] < stop or tree.head[token] == token
        if outside and tree.pos[token] not in ("PUNCT", "SPACE", "CCONJ", "INTJ"):
            return token
    return None


def _of_report(
    tree: Tree,
    report: Report,
    content: list[tuple[int, int]],
    outer: Sequence[Quotation],
    speaking: Sequence[Quotation],
) -> _Finding:
    marked = [q for q in outer if any(q.outer_start < e and s < q.outer_end for s, e in content)]
    share = min(_quoted_share(tree.text, piece, marked) for piece in content)
    spoken = all(q in speaking and not _is_typewritten(tree.text, q) for q in marked)
    kind: AttributionKind = "indirect"
    if marked:
        kind = "direct" if share >= DIRECT_SHARE and spoken else "mixed"
    return _Finding(
        kind, tuple(content), report.source, report.cue, report.head, report.frame.stance, report.complement
    )


def _quoted_share(text: str, piece: tuple[int, int], marked: Sequence[Quotation]) -> float:
    """The share of a piece's letters that stands in quotation marks."""
    letters = [i for i in range(*piece) if not text[i].isspace()]
    return sum(any(q.outer_start <= i < q.outer_end for q in marked) for i in letters) / max(1, len(letters))


def _characters(tree: Tree, report: Report, outer: Sequence[Quotation]) -> list[tuple[int, int]]:
    """The content in characters, with both marks of a quotation inside it or none."""
    pieces = []
    for first, last in report.content:
        start, end = tree.start[first], tree.end[last]
        for quotation in outer:
            if quotation.outer_start < end and start < quotation.outer_end:
                start, end = min(start, quotation.outer_start), max(end, quotation.outer_end)
        if any(q.outer_start == start and q.outer_end == end for q in outer):
            start, end = next((q.start, q.end) for q in outer if q.outer_start == start)
        if end > start:
            pieces.append((start, end))
    return pieces


# ---------------------------------------------------------------- speaker, stance, passage


def _speaker(tree: Tree, cast: Cast, finding: _Finding, last: Spoke | None) -> tuple[Speaker, int | None]:
    if finding.source is None:
        return Speaker(), None
    head = _head(tree, finding.source)
    said = [(s, e) for s, e in finding.content if finding.kind == "direct" or s > tree.start[head]]
    told = frozenset(m.entity for start, end in said for m in cast.within(start, end))
    speaker = speaker_of(cast, tree, finding.source, head, last=last, told=told)
    if finding.kind == "direct" and _only_passed(tree, cast, finding.source, speaker):
        return Speaker(), head
    return speaker, head


def _only_passed(tree: Tree, cast: Cast, source: TokenSpan, speaker: Speaker) -> bool:
    """Whether the speaker is a country that is not all of the source: nobody is quoted by a country named beside."""
    if speaker.entity is None or cast.entities[speaker.entity].kind not in ("place", "group"):
        return False
    start, end = tree.start[source[0]], tree.end[source[1]]
    start += len("the ") * tree.text.startswith(("the ", "The "), start)
    end -= len(", ") * tree.text.endswith(",", 0, end)
    return not any(m.start == start and m.end >= end and m.entity == speaker.entity for m in cast.within(start, end))


def _head(tree: Tree, source: TokenSpan) -> int:
    """The head word of a noun phrase: the nominal whose governor lies outside it."""
    first, last = source
    for token in range(first, last + 1):
        inside = first <= tree.head[token] <= last and tree.head[token] != token
        if not inside and (tree.pos[token] in NOMINAL or tree.pos[token] == "ADJ"):
            return token
    return next((i for i in range(first, last + 1) if tree.pos[i] in ("PROPN", "PRON", "NOUN")), last)


def _attribution(tree: Tree, cast: Cast, finding: _Finding, speaker: Speaker, source_head: int | None) -> Attribution:
    spans = [tree_span(tree, s) for s in (finding.source, finding.cue) if s is not None]
    edges = [*finding.content, *((s.start, s.end) for s in spans)]
    stand = _stand(tree, cast, finding, speaker, source_head)
    actor = speaker.actor if stand.holder is None else _holder(tree, cast, stand.holder)
    return Attribution(
        kind=finding.kind,
        content=tuple(Span(s, e, tree.text[s:e]) for s, e in finding.content),
        passage=_passage(tree, min(s for s, _ in edges), max(e for _, e in edges)),
        source=tree_span(tree, finding.source) if finding.source else None,
        cue=tree_span(tree, finding.cue) if finding.cue else None,
        speaker=speaker.name,
        stance=stand.stance,
        entity=speaker.entity,
        actor=actor,
    )


def _stand(tree: Tree, cast: Cast, finding: _Finding, speaker: Speaker, source_head: int | None) -> Stand:
    """The stance of a finding and whose it is."""

    def is_self(token: int) -> bool:
        word = tree.words[token].lower()
        if word in THIRD_PERSON:
            return finding.kind != "direct" and not (
                (word in HE or word in SHE) and source_head is not None and _other_gender(tree, source_head, word)
            )
        if word in FIRST_PERSON:
            return finding.kind != "indirect"
        named = [m.entity for m in cast.within(tree.start[token], tree.end[token])]
        return any(e in (speaker.entity, speaker.actor) for e in named)

    if finding.head is None:
        return Stand(finding.stance)
    start, end = finding.content[0]
    first = bisect_left(tree.start, start)
    said = Said(
        cue=finding.head,
        frame=finding.stance,
        content=(first, max(first, bisect_left(tree.start, end) - 1)),
        head=finding.complement,
        is_self=is_self,
        direct=finding.kind == "direct",
        relayed=speaker.entity is None or cast.entities[speaker.entity].kind != "person",
    )
    return stand_of(tree, said)


def _holder(tree: Tree, cast: Cast, token: int) -> int | None:
    """The actor that a noun of the content names."""
    return speaker_of(cast, tree, source_span(tree, token), token, last=None).actor


def _other_gender(tree: Tree, head: int, word: str) -> bool:
    own = tree.words[head].lower()
    return (own in HE and word in SHE) or (own in SHE and word in HE)


def tree_span(tree: Tree, span: TokenSpan) -> Span:
    """The characters from the first to the last token."""
    start, end = tree.start[span[0]], tree.end[span[1]]
    return Span(start, end, tree.text[start:end])


def _passage(tree: Tree, start: int, end: int) -> Span:
    """The whole sentences from the one that holds `start` to the one that holds `end`."""
    first = tree.bounds[tree.sentence[max(0, bisect_right(tree.start, start) - 1)]][0]
    stop = tree.bounds[tree.sentence[max(0, bisect_left(tree.start, end) - 1)]][1]
    while first < stop - 1 and tree.pos[first] == "SPACE":
        first += 1
    while stop - 1 > first and tree.pos[stop - 1] == "SPACE":
        stop -= 1
    right = tree.end[stop - 1]
    left = begin(tree.text, tree.start[first], right)
    left = left if left <= start else tree.start[first]
    return Span(left, right, tree.text[left:right])
