"""Who led a delegation, spoke for a side, or was there too: occasions of meetings that other sentences tell of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.modality import tense
from briefing.analyze.meet.occasions import Occasion, lemma_of, make_occasion, words_of
from briefing.analyze.meet.parties import Party, find_parties, stands_for_others, with_company
from briefing.analyze.meet.surroundings import clause_end, direct_object, phrase_start, reached
from briefing.analyze.meet.verb_groups import subject_parties
from briefing.analyze.meet.view import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = frozenset(["by"])


def read_delegation(scene: Scene, noun: Token, triggers: frozenset[int]) -> Occasion | None:
    """Who leads a delegation: "the Russian delegation will be headed by X", "X, who led the Russian side"."""
    first = phrase_start(scene, noun)
    sides = [party for party in find_parties(scene, first, noun.i + 1) if not party.person]
    if not sides or not stands_for_others(noun):
        return None
    side = sides[0].entity
    heads, verb = _heads_behind(scene, noun)
    if verb is None:
        verb = next((scene.doc[i] for i in range(first - 1, max(noun.sent.start - 1, first - 7), -1)
                     if lemma_of(scene.doc[i]) in words.LEAD and scene.doc[i].pos_ == "VERB"), None)  # fmt: skip
        heads = subject_parties(scene, verb) if verb is not None else []
    people = tuple(replace(party, side=side) for party in heads if party.person)
    if verb is None or not people:
        return None
    name = next((scene.names[i] for i in range(noun.i + 1, min(noun.i + 5, noun.sent.end)) if i in scene.names), None)
    body = words_of(scene, name) if name is not None and words.BODY.search(words_of(scene, name)) else None
    occasion = make_occasion(scene, noun, verb, None, people, tense(scene, verb), triggers, name=body, definite=True)
    return replace(occasion, sides=frozenset([side])) if occasion else None


def _heads_behind(scene: Scene, noun: Token) -> tuple[list[Party], Token | None]:
    """Those by whom the delegation is led, and the verb."""
    for index in range(noun.i + 1, min(noun.i + 8, noun.sent.end - 1)):
        token = scene.doc[index]
        if token.lower_ in ("led", "headed", "represented") and scene.doc[index + 1].lower_ == "by":
            return with_company(scene, index + 2, noun.sent.end), token
        if token.i in scene.names and scene.names[token.i].label == "PERSON":
            break
    return [], None


def read_represent(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Who speaks for a side at the meeting of the paragraph: "Ms. Berg represents Norland"."""
    if verb.i and scene.doc[verb.i - 1].lower_ in ("who", "which", "that"):
        return None  # "a lawyer who represents the department" tells of a life
    passive = any(child.dep_ in ("aux:pass", "auxpass") for child in verb.children)
    sides = subject_parties(scene, verb) if passive else direct_object(scene, verb)[0]
    people = (
        reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)[0] if passive else subject_parties(scene, verb)
    )
    speakers = tuple(replace(party, side=sides[0].entity) for party in people if party.person) if sides else ()
    if not speakers or sides[0].person:
        return None
    occasion = make_occasion(scene, verb, None, None, speakers, tense(scene, verb), triggers, definite=True)
    return replace(occasion, present=True) if occasion else None


def read_presence(scene: Scene, noun: Token) -> Occasion | None:
    """Someone who "will also be at NATO headquarters": present where the meeting of the paragraph takes place."""
    verb = next((scene.doc[i] for i in range(noun.i - 1, max(noun.sent.start, noun.i - 6), -1)
                 if scene.doc[i].lower_ in ("be", "is", "was", "present")), None)  # fmt: skip
    if verb is None or scene.doc[verb.i + 1].lower_ != "at":
        return None
    start = noun.sent.start
    people = tuple(party for party in find_parties(scene, start, verb.i) if party.person)
    if not people:
        return None
    occasion = make_occasion(scene, noun, verb, None, people, "now", frozenset([noun.i]), definite=True)
    return replace(occasion, present=True) if occasion else None
