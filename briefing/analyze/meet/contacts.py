"""Two in office who did something together in a place on a day, whatever the verb: they met. A scene in, occasions out.

The last resort for sentences in which no word of meeting tells of two parties ("handed President Berg a letter at the
palace in Ghent on Monday"). What can be done from afar, or to somebody absent, is no contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.modality import verb_reality
from briefing.analyze.meet.occasions import Occasion, lemma_of, make_occasion
from briefing.analyze.meet.parties import Party
from briefing.analyze.meet.surroundings import clause_end, direct_object, reached
from briefing.analyze.meet.verb_groups import is_finite, subject_parties
from briefing.analyze.meet.view import Scene, is_place

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

BESIDE = frozenset("with alongside to by".split())


def find_contacts(scene: Scene, occasions: Iterable[Occasion], triggers: frozenset[int]) -> Iterator[Occasion]:
    """The contacts of sentences that name two persons, a place and a day, and of which no other occasion tells."""
    told = {occasion.sentence for occasion in occasions}
    for sentence in _sentences(scene):
        if (sentence.start_char, sentence.end_char) in told or sentence.text.rstrip("”\"'’ \n").endswith("?"):
            continue
        for token in sentence:
            if token.pos_ == "VERB" and token.i not in scene.names and is_finite(scene, _first(scene, token)):
                occasion = _contact(scene, token, triggers)
                if occasion is not None:
                    yield occasion
                    break


def _first(scene: Scene, verb: Token) -> Token:
    """The verb itself, or the auxiliary before it."""
    before = scene.doc[verb.i - 1] if verb.i > verb.sent.start else verb
    return before if before.pos_ == "AUX" else verb


def _sentences(scene: Scene) -> Iterator[Span]:
    """The sentences with two persons, a place and a day."""
    persons: dict[int, set[str]] = {}
    placed = set()
    for index, name in scene.names.items():
        if index == name.first and (name.label == "PERSON" or is_place(name)):
            start = scene.doc[index].sent.start
            if is_place(name):
                placed.add(start)
            else:
                persons.setdefault(start, set()).add(name.entity)
    dated = {scene.doc[index].sent.start for index in scene.dated}
    for start, entities in sorted(persons.items()):
        if len(entities) > 1 and start in placed and start in dated:
            yield scene.doc[start].sent


def _contact(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    lemma = lemma_of(verb)
    if lemma in words.FROM_AFAR | words.REPORTING | words.WISHING | words.DENIED | words.MEET | words.TELEPHONE:
        return None
    subject = [party for party in subject_parties(scene, verb) if _in_office(scene, party)]
    if not subject:
        return None
    others = [*direct_object(scene, verb)[0], *reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BESIDE)[0]]
    others = [party for party in others if _in_office(scene, party)]
    if len({party.entity for party in (*subject, *others)}) < 2 or not others:
        return None
    occasion = make_occasion(scene, verb, None, "meeting", (*subject, *others), verb_reality(scene, verb), triggers)
    sure = occasion is not None and occasion.reality in ("held", "planned")
    return occasion if sure and occasion is not None and occasion.place and occasion.date else None


def _in_office(scene: Scene, party: Party) -> bool:
    return party.person and bool(party.side or scene.entity(party.entity).role)
