"""Story in, summary out: sumy rates the sentences, this module chooses and orders them; every one is a passage.

1. candidates   whole sentences that read by themselves (candidates.py)
2. rate         LexRank by sumy, over all sentences of the story
3. weigh        what the story is about: terms by the share of independent sources that use them, early and often
4. choose       greedily the sentence that adds most weight for its length (Gillick and Favre 2009), repeats not counted
5. order        the opening that says most, then as the articles tell it
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.analyze.candidates import Candidate, candidates, originals
from briefing.analyze.headline import headline
from briefing.language.terms import frequencies
from briefing.model import Passage, Story

__all__ = ["headline", "summarize"]

EARLY = 200  # words of an article after which a mention counts half
OPENING = 120  # words of an article after which a sentence's bonus for standing early is halved
PAIR = 1.0  # weight of two neighbouring terms against that of one: names and phrases are told by pairs
SHORTNESS = 0.6  # exponent of the length that a sentence's gain is divided by: 1 favours scraps, 0 long lists
COMMON = 0.1  # share of the highest inverse frequency below which a term is a function word
SURNAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?([A-Z][\w’-]+)(?=,? [a-z])")  # what follows is no second name
Concept = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Rated:
    candidate: Candidate
    concepts: frozenset[Concept]
    factor: float


def summarize(story: Story, *, words: int) -> tuple[Passage, ...]:
    """Sentences of the story in order of reading, at most `words` words together, but one at the least."""
    articles = originals(story)
    everything = candidates(articles)
    weights = weigh(everything, [story.origin_of(article.id) for article in articles])
    pool = _rated(everything, weights)
    chosen = choose(pool, weights, words) or sorted(pool, key=lambda r: (r.candidate.before, r.candidate.number))[:1]
    return tuple(rated.candidate.passage for rated in order(chosen, weights))


def weigh(everything: Sequence[Candidate], origins: Sequence[str]) -> dict[Concept, float]:
    """The weight of each concept (term or pair): share of independent sources x rarity x early and frequent mention.

    `origins` names the independent source of each article.
    """
    sources = len({origins[candidate.number] for candidate in everything})
    holders: dict[Concept, set[str]] = defaultdict(set)
    mentions: dict[Concept, float] = defaultdict(float)
    for candidate in everything:
        for concept in candidate.pairs.union(candidate.terms):
            holders[concept].add(origins[candidate.number])
            mentions[concept] += 1 / (1 + candidate.before / EARLY)
    known = frequencies()

    def rarity(term: str) -> float:
        return math.sqrt(max(0.0, known.rarity(term) - COMMON))

    def weight(concept: Concept) -> float:
        share = len(holders[concept]) / sources * math.sqrt(mentions[concept])
        if isinstance(concept, str):
            return share * rarity(concept)
        return PAIR * share * math.sqrt(rarity(concept[0]) * rarity(concept[1]))

    return {concept: weight(concept) for concept in mentions}


def _rated(everything: Sequence[Candidate], weights: Mapping[Concept, float]) -> list[_Rated]:
    """The readable sentences with what each is worth before its concepts are counted; all, where none is readable."""
    from briefing.analyze.lexrank import rate

    ratings = rate([candidate.terms for candidate in everything])
    highest = max(ratings, default=0) or 1
    rated = [
        _Rated(
            candidate,
            frozenset(c for c in candidate.pairs.union(candidate.terms) if weights[c] > 0),
            (1 + rating / highest) * (1 + 1 / (1 + candidate.before / OPENING)) / max(candidate.length, 1) ** SHORTNESS,
        )
        for candidate, rating in zip(everything, ratings, strict=True)
    ]
    return [one for one in rated if one.candidate.readable] or rated


def choose(pool: Sequence[_Rated], weights: Mapping[Concept, float], words: int) -> list[_Rated]:
    """The sentences that together hold most weight in at most `words` words; a concept counts once."""
    left, rest, chosen = words, list(pool), list[_Rated]()
    covered: set[Concept] = set()
    while rest := [one for one in rest if one.candidate.length <= left]:
        gains = [math.fsum(weights[c] for c in one.concepts - covered) * one.factor for one in rest]
        best = max(range(len(rest)), key=lambda k: (gains[k], -k))
        if gains[best] <= 0:
            break
        chosen.append(rest[best])
        covered |= rest[best].concepts
        left -= rest.pop(best).candidate.length
    return chosen


def order(chosen: Sequence[_Rated], weights: Mapping[Concept, float]) -> list[_Rated]:
    """The heaviest of the early sentences first, the others as far into their articles as they stood.

    A sentence that opens with a surname stands behind the one that gives the name in full.
    """
    texts = [one.candidate.passage.text for one in chosen]
    introduced = [
        tuple(other for other, text in zip(chosen, texts, strict=True) if _names_in_full(text, surname))
        if (surname := _opening_surname(opening))
        else ()
        for opening in texts
    ]
    behind = {id(one): others for one, others in zip(chosen, introduced, strict=True) if one not in others}
    openers = [one for one in chosen if not behind.get(id(one))] or chosen
    if not openers:
        return []
    first = max(
        openers,
        key=lambda r: (math.fsum(weights[c] for c in r.concepts) * r.factor, -r.candidate.before, r.candidate.passage),
    )
    placed = [first]
    for one in sorted(chosen, key=lambda r: (r.candidate.before, r.candidate.number)):
        placed += [other for other in (*behind.get(id(one), ())[:1], one) if other not in placed]
    return placed


def _opening_surname(sentence: str) -> str | None:
    """The name with which a sentence opens, if it is one word, after a title or not."""
    found = SURNAME.match(sentence)
    return found[1] if found else None


def _names_in_full(sentence: str, surname: str) -> bool:
    return bool(re.search(rf"(?<!\w)[A-Z][\w’'-]+ (?:[A-Z]\. )?{re.escape(surname)}(?!\w)", sentence))
