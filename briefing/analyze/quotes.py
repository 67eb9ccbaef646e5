"""The readings of a story in, its key quotations out: whose words, verbatim, each once, the telling ones first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.analyze.speech.quotations import find_quotations
from briefing.analyze.speech.references import is_reference
from briefing.model import Article, Attribution, Passage, Quote, Reading, Span

MOST_QUOTES = 8  # quotations a reader takes in for one story
MOST_OF_ONE = 3  # quotations of one speaker
FEWEST_WORDS = 4  # shorter stretches are single words held at arm's length, not speech
LONGEST_EVIDENCE = 900  # characters; of longer speech the first segments are kept
SAME_WORDS = 0.8  # share of the shorter quotation's words that makes two the same one
IDEAL_WORDS = (8, 40)  # a quotation that says something and can still be printed whole

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    quote: Quote
    words: tuple[str, ...]
    prominence: int
    place: tuple[int, int]


def choose_quotes(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    ids: Sequence[Mapping[str, str]],
    *,
    count: int = MOST_QUOTES,
) -> tuple[Quote, ...]:
    """At most `count` quotations of a story, best first; `ids[i]` maps the entity ids of `readings[i]` to the story's.

    The same words in several articles, or twice in one, are one quotation whose `also` holds the other passages. A
    quotation without a known speaker is left out.
    """
    candidates = [
        candidate
        for number, (article, reading, names) in enumerate(zip(articles, readings, ids, strict=True))
        for candidate in _candidates(number, article, reading, names)
    ]
    chosen: list[_Candidate] = []
    for candidate in sorted(_united(candidates), key=_rank):
        of_one = sum(c.quote.speaker == candidate.quote.speaker for c in chosen)
        if of_one < MOST_OF_ONE and len(chosen) < count:
            chosen.append(candidate)
    return tuple(candidate.quote for candidate in chosen)


def _candidates(number: int, article: Article, reading: Reading, names: Mapping[str, str]) -> Iterator[_Candidate]:
    outer = [q for q in find_quotations(article.text) if q.depth == 0]
    stretches = [Span(q.start, q.end, article.text[q.start : q.end]) for q in outer]
    for attribution in reading.attributions:
        speaker = names.get(str(attribution.entity)) if attribution.entity is not None else None
        segments = [_bare(segment) for segment in _segments(attribution, stretches)]
        if speaker is None or attribution.kind == "indirect" or not segments or is_reference(attribution):
            continue
        text = " … ".join(segment.text for segment in segments)
        words = tuple(word.lower() for word in _WORD.findall(text))
        if len(words) < FEWEST_WORDS:
            continue
        quote = Quote(
            speaker=speaker,
            text=text,
            kind=attribution.kind,
            evidence=_evidence(article, attribution, segments),
            segments=tuple(article.passage(s.start, s.end) for s in segments),
        )
        prominence = reading.entities[attribution.entity].mentions if attribution.entity is not None else 0
        yield _Candidate(quote, words, prominence, (number, segments[0].start))


def _segments(attribution: Attribution, stretches: Sequence[Span]) -> list[Span]:
    """The quoted stretches of an attribution that are long enough to be speech, as many as can be printed."""
    kept: list[Span] = []
    for content in attribution.content:
        inside = [q for q in stretches if content.start <= q.start and q.end <= content.end]
        pieces = inside if inside and not _is_quoted(content, stretches) else [content]
        for piece in pieces:
            long_enough = len(_WORD.findall(piece.text)) >= (1 if kept else FEWEST_WORDS)
            if long_enough and (not kept or piece.end - kept[0].start <= LONGEST_EVIDENCE):
                kept.append(piece)
    if attribution.kind == "mixed":
        return [piece for piece in kept if any(q.start <= piece.start and piece.end <= q.end for q in stretches)]
    return kept


def _bare(segment: Span) -> Span:
    """The segment without the comma that only leads to who said it."""
    text = segment.text.rstrip(", ")
    return Span(segment.start, segment.start + len(text), text)


def _is_quoted(content: Span, stretches: Sequence[Span]) -> bool:
    return any(q.start <= content.start and content.end <= q.end for q in stretches)


def _evidence(article: Article, attribution: Attribution, segments: Sequence[Span]) -> Passage:
    """The whole sentences around the segments that are printed and the words that say whose they are."""
    start, end = attribution.passage.start, attribution.passage.end
    if end - start <= LONGEST_EVIDENCE:
        return article.passage(start, end)
    last = max(s.end for s in (*segments, attribution.cue or segments[-1]) if s.end - start <= LONGEST_EVIDENCE * 2)
    cut = re.compile(r"[.?!…][\"”»’']*(?=\s|$)").search(article.text, last - 1)
    return article.passage(start, min(end, cut.end() if cut else end))


def _united(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Candidates with the same words made one, the fullest leading."""
    groups: list[list[_Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: (-len(c.words), c.place)):
        group = next((g for g in groups if _same(g[0].words, candidate.words)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    for first, *others in groups:
        also = {other.quote.evidence for other in others} - {first.quote.evidence}
        yield replace(first, quote=replace(first.quote, also=tuple(sorted(also))))


def _same(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether most of the shorter one's word pairs stand in the longer one."""
    pairs = set(pairwise(shorter))
    return bool(pairs) and len(pairs & set(pairwise(longer))) >= SAME_WORDS * len(pairs)


def _rank(candidate: _Candidate) -> tuple[bool, bool, int, int, tuple[int, int]]:
    """Repeated elsewhere first, then of a good length, by who is named most, in the order of the text."""
    fewest, most = IDEAL_WORDS
    fitting = fewest <= len(candidate.words) <= most
    return (
        not candidate.quote.also,
        not fitting,
        -candidate.prominence,
        0 if candidate.quote.kind == "direct" else 1,
        candidate.place,
    )
