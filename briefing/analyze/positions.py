"""The readings of a story in, what each actor holds out: stance, and the sentences that show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.analyze.speech.cues import SPEAKING, cue_lemma
from briefing.analyze.speech.references import is_reference
from briefing.model import Article, Attribution, Passage, Position, Reading

MOST_POSITIONS = 12  # positions a reader takes in for one story
MOST_OF_ONE = 3  # positions of one actor
FEWEST_WORDS = 2  # words of three letters or more; shorter content says too little to be held
LONGEST_EVIDENCE = 600  # characters; longer passages are speeches, which the quotations show
SAME_POSITION = 0.6  # share of the shorter content's words that makes two positions of an actor the same
# which stances tell most about a story; what is merely stated comes last
ORDER = (
    "rejects",
    "demands",
    "threatens",
    "denies",
    "accuses",
    "warns",
    "opposes",
    "promises",
    "proposes",
    "supports",
    "expects",
    "hopes",
    "doubts",
    "states",
)
MILD = frozenset({"expects", "hopes", "doubts", "states"})
HYPOTHETICAL = frozenset({"would", "could", "might", "may", "can", "must", "should", "ought", "’d", "'d"})
IRREGULAR = {"said": "say", "told": "tell", "wrote": "write", "spoke": "speak", "swore": "swear", "put": "put"}
CONDITIONAL = frozenset({"if", "unless", "whether", "until", "should", "lest"})  # right before a source: nobody's stand

_COMMA = re.compile(r",(?: the)? ")  # an apposition rather than a list
_RELATIVE = re.compile(r",? (?:which|who) ")
_YEAR = re.compile(r"\b(?:in|since|of|from) (?P<year>(?:19|20)\d\d)\b")
_PRESENT = re.compile(r"[a-z]{2,}(?:[^su\W]s|(?<=o)es|(?:ch|sh|ss)es)")  # "urges", not "discuss"
_TAKEN = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})\.?$"
)
THE = ("", "the ", "The ")
_JOINED = re.compile(r"(?:,|,? and| as well as)(?: the)? ")

_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: Position
    words: frozenset[str]
    spoken: bool
    past: bool  # of a year before that of publication: background
    prominence: int
    place: tuple[int, int]


def choose_positions(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    ids: Sequence[Mapping[str, str]],
    *,
    count: int = MOST_POSITIONS,
) -> tuple[Position, ...]:
    """At most `count` positions of a story; `ids[i]` maps the entity ids of `readings[i]` to the story's.

    An actor's first position comes before its second one, and a stand before a mere outlook or statement. A position
    that an actor takes in several passages is one, with the others in `also`. Attributions whose actor is not known are
    left out.
    """
    candidates = [
        candidate
        for number, (article, reading, names) in enumerate(zip(articles, readings, ids, strict=True))
        for candidate in _candidates(number, article, reading, names)
    ]
    united = list(_united(candidates))
    weight = Counter[str | None]()
    for candidate in candidates:
        weight[candidate.position.actor] = max(weight[candidate.position.actor], candidate.prominence)
    turns: Counter[str | None] = Counter()
    queued = []
    for candidate in sorted(united, key=_telling):
        turn = turns[candidate.position.actor]
        turns[candidate.position.actor] += 1
        if turn < MOST_OF_ONE:
            rank = turn + (candidate.position.stance in MILD) + candidate.past
            queued.append((rank, -weight[candidate.position.actor], candidate.place, candidate.position))
    chosen = sorted(queued, key=lambda q: q[:3])[:count]
    return tuple(position for *_, position in sorted(chosen, key=lambda q: (q[1], q[3].actor or "", q[0], q[2])))


def _candidates(number: int, article: Article, reading: Reading, names: Mapping[str, str]) -> Iterator[_Candidate]:
    for attribution in reading.attributions:
        actor = attribution.actor if attribution.actor is not None else attribution.entity
        words = frozenset(w.lower() for span in attribution.content for w in _WORD.findall(span.text))
        cue = attribution.cue.text.lower().split() if attribution.cue else []
        if actor is None or str(actor) not in names or len(words) < FEWEST_WORDS or HYPOTHETICAL & set(cue):
            continue
        if attribution.kind == "indirect" and _is_no_stand(article, attribution, cue):
            continue
        if is_reference(attribution) or _is_caption(article.text, attribution, cue):
            continue
        position = Position(
            actor=names[str(actor)],
            speaker=names.get(str(attribution.entity)) if attribution.entity is not None else None,
            stance=attribution.stance or "states",
            evidence=_evidence(article, attribution),
        )
        spoken, past = _is_spoken(cue), _is_past(article, attribution.passage.text)
        for holder in (actor, *_joint(article, reading, attribution, actor)):
            if str(holder) in names:
                joint = position if holder == actor else replace(position, actor=names[str(holder)], speaker=None)
                prominence = reading.entities[holder].mentions
                yield _Candidate(joint, words, spoken, past, prominence, (number, attribution.passage.start))


def _joint(article: Article, reading: Reading, attribution: Attribution, actor: int) -> Iterator[int]:
    """The entities that a source names beside its first one, and nothing else: "France, Poland and the Union"."""
    source = attribution.source
    if source is None:
        return
    start = _list_start(article.text, reading, attribution, source.start)
    clause = _RELATIVE.search(article.text, start, source.end)  # "Norway and Sweden, which border it,"
    end = clause.start() if clause else source.end
    named = [m for m in reading.mentions if start <= m.start and m.end <= end and m.entity >= 0]
    if len(named) < 2 or actor not in (m.entity for m in named) or article.text[start : named[0].start] not in THE:
        return
    links = [article.text[before.end : after.start] for before, after in pairwise(named)]
    whole = article.text[named[-1].end : end] in ("", ",")
    if whole and all(map(_JOINED.fullmatch, links)) and not _COMMA.fullmatch(links[-1]):
        yield from (mention.entity for mention in named if mention.entity != actor)


def _list_start(text: str, reading: Reading, attribution: Attribution, start: int) -> int:
    """Where the list of names begins that a source is the end of, when it opens the passage; else `start`."""
    opening = attribution.passage.start
    before = [m for m in reading.mentions if opening <= m.start and m.end <= start and m.entity >= 0]
    first = start
    while before and _JOINED.fullmatch(text, before[-1].end, first):
        first = before.pop().start
    return first if text[opening:first] in THE else start


def _is_no_stand(article: Article, attribution: Attribution, cue: Sequence[str]) -> bool:
    """True for questions, conditions, and what people merely know or things merely show."""
    if attribution.passage.text.rstrip("\"”’' ").endswith("?"):
        return True
    before = article.text[: attribution.source.start].split()[-1:] if attribution.source is not None else []
    if before and before[0].lower() in CONDITIONAL:
        return True
    return attribution.stance == "states" and not _is_spoken(cue)


def _is_caption(text: str, attribution: Attribution, cue: Sequence[str]) -> bool:
    """Whether the passage is a picture's: a line of one sentence in the present tense, with the day it was taken."""
    start, end = attribution.passage.start, attribution.passage.end
    alone = text[:start].rstrip(" ")[-1:] in ("", "\n") and text[end:].lstrip(" ")[:1] in ("", "\n")
    present = any(_PRESENT.fullmatch(word) for word in cue)
    return alone and present and _TAKEN.search(attribution.passage.text) is not None


def _is_past(article: Article, passage: str) -> bool:
    """Whether the passage tells of a year before that of publication ("promised in 2008")."""
    years = [found["year"] for found in _YEAR.finditer(passage)]
    return bool(years) and bool(article.published) and max(years) < str(article.published)[:4]


def _is_spoken(cue: Sequence[str]) -> bool:
    """Whether the cue has a verb of speaking, or is a phrase such as "according to"."""
    return any(cue_lemma(word, IRREGULAR.get(word, word)) in SPEAKING for word in cue) or "according" in cue


def _evidence(article: Article, attribution: Attribution) -> Passage:
    """The whole sentences; of a long speech only up to the sentence that has both cue and first words."""
    start, end = attribution.passage.start, attribution.passage.end
    if end - start > LONGEST_EVIDENCE:
        needed = max(span.end for span in (attribution.content[0], attribution.cue or attribution.content[0]))
        cut = re.compile(r"[.?!…][\"”»’']*(?=\s|$)").search(article.text, min(needed, end) - 1)
        end = min(end, cut.end()) if cut else end
    return article.passage(start, end)


def _united(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Candidates that say the same for one actor made one, the more telling leading."""
    groups: list[list[_Candidate]] = []
    for candidate in sorted(candidates, key=_telling):
        group = next((g for g in groups if _same(g[0], candidate)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    for first, *others in groups:
        also = {other.position.evidence for other in others} - {first.position.evidence}
        yield replace(first, position=replace(first.position, also=tuple(sorted(also))))


def _same(first: _Candidate, second: _Candidate) -> bool:
    if first.position.actor != second.position.actor:
        return False
    if first.position.evidence == second.position.evidence and first.position.stance == second.position.stance:
        return True
    shared = len(first.words & second.words)
    return shared >= SAME_POSITION * min(len(first.words), len(second.words))


def _telling(candidate: _Candidate) -> tuple[bool, bool, bool, int, tuple[int, int]]:
    """Stands before outlooks and statements; among those what was said before what a reporter thinks they think.

    What was held in years before comes last.
    """
    stance = candidate.position.stance
    mild = stance in MILD
    return candidate.past, mild, mild and not candidate.spoken, ORDER.index(stance), candidate.place
