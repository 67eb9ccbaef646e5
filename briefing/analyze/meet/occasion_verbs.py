"""Verbs of meeting: met, conferred, telephoned, received, visited, chaired, convened; a verb in, its occasion out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.delegations import read_represent
from briefing.analyze.meet.modality import Reality, verb_reality
from briefing.analyze.meet.occasions import Occasion, lemma_of, make_occasion, words_of
from briefing.analyze.meet.parties import Party, find_parties, with_company
from briefing.analyze.meet.surroundings import clause_end, direct_object, reached
from briefing.analyze.meet.verb_groups import finite_of, group_start, subject_parties
from briefing.analyze.meet.view import Name, Scene, is_place

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = frozenset(["by"])
WITH = frozenset(["with"])
TO = frozenset(["to"])


def _meet(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    subject = subject_parties(scene, verb)
    guests, present = direct_object(scene, verb)
    if not present:
        guests, way = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)
        present = way is not None
    if (present and not guests) or _privately(verb) or _long_before(scene, verb, (*subject, *guests)):
        return None
    if not present and not _meet_each_other(scene, verb, subject):
        return None
    return make_occasion(scene, verb, None, "meeting", (*subject, *guests), verb_reality(scene, verb), triggers)


def _privately(verb: Token) -> bool:
    """True for "met his wife", "visited his parents": whom one meets in life, not on business."""
    following = verb.doc[verb.i + 1 : verb.i + 4]
    return any(token.lower_ in words.KIN for token in following) and any(token.tag_ == "PRP$" for token in following)


def _long_before(scene: Scene, verb: Token, parties: tuple[Party, ...]) -> bool:
    """True for "the two had met on a trip": people of whom no office is told, before the story began."""
    group = {token.lower_ for token in scene.doc[group_start(scene, verb.i) : verb.i]}
    unknown = all(party.person and not scene.entity(party.entity).role and party.side is None for party in parties)
    return "had" in group and unknown


def _meet_each_other(scene: Scene, verb: Token, subject: list[Party]) -> bool:
    """True when a subject alone can meet: several parties, or the members of one organization."""
    if len(subject) != 1:
        return len(subject) > 1
    return not subject[0].person and scene.is_body(subject[0].entity)


def _converse(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    phone = bool(words.BY_PHONE.search(verb.sent.text))
    partners, present = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)
    if not present and lemma_of(verb) in ("talk", "speak"):  # "spoke to Berg", "spoke to the BBC"
        partners, _ = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), TO)
        partners = partners if phone else [party for party in partners if party.person]
    subject = subject_parties(scene, verb)
    after = scene.doc[verb.i + 1].lower_ if verb.i + 1 < len(scene.doc) else ""
    if lemma_of(verb) == "sit" and after in words.FACE:
        partners, present = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), frozenset([words.FACE[after]]))
    elif lemma_of(verb) == "sit" and after not in ("down", "together"):
        return None
    mutual = lemma_of(verb) in words.CONFER or bool(words.AMONG_THEM.search(_rest(scene, verb)))
    if verb.tag_ == "VBD" and after in ("of", "about") and len(subject) == 2:
        mutual = mutual or _may_exchange(scene, tuple(subject))  # "the two ministers spoke of trade"
    if not (partners or (not present and len(subject) > 1 and mutual)):
        return None
    return make_occasion(
        scene, verb, None, "call" if phone else "talks", (*subject, *partners), verb_reality(scene, verb), triggers
    )


def _rest(scene: Scene, verb: Token) -> str:
    """The words of the clause behind a verb."""
    return str(scene.doc[verb.i + 1 : clause_end(scene, verb.i + 1)].text)


def _discuss(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Two who discuss something or shake hands, or one who does so with another: they met, or telephoned."""
    before = scene.doc[verb.i - 1].lower_ if verb.i else ""
    lemma = lemma_of(verb)
    hands = lemma in words.SHAKE
    if before == "to" or (lemma == "shake" and not words.HANDS.match(_rest(scene, verb))):
        return None  # "met to discuss" is told by "met"
    if lemma in words.OUT and "out" not in [token.lower_ for token in scene.doc[verb.i + 1 : verb.i + 2]]:
        return None
    if lemma in words.SHARE and not words.VIEWS & {t.lower_ for t in scene.doc[verb.i + 1 : verb.i + 4]}:
        return None
    others = direct_object(scene, verb)[0] if lemma == "embrace" else ()
    others = others or reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)[0]
    parties = (*subject_parties(scene, verb), *others)
    if not _may_exchange(scene, parties):
        return None
    kind = "call" if words.BY_PHONE.search(verb.sent.text) else "meeting" if hands else "talks"
    return make_occasion(scene, verb, None, kind, parties, verb_reality(scene, verb), triggers)


def _may_exchange(scene: Scene, parties: tuple[Party, ...]) -> bool:
    """True for two parties at least, all of them persons or states."""
    people = all(party.person or scene.is_state(party.entity) for party in parties)
    return people and len({party.entity for party in parties}) > 1


def _brief(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """One whom another briefs, both by name."""
    passive = _is_passive(verb)
    others = (
        reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)[0] if passive else direct_object(scene, verb)[0]
    )
    parties = (*subject_parties(scene, verb), *others)
    if len({party.entity for party in parties if party.person}) < 2:
        return None
    return make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)


def _sign(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Those of two sides who sign a pact together: "the French and Dutch ministers signed the accord in Ghent"."""
    rest = scene.doc[verb.i + 1 : clause_end(scene, verb.i + 1)]
    if not any(token.lower_ in words.PACTS for token in rest):
        return None
    subject = subject_parties(scene, verb)
    partners = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)[0]
    parties = (*subject, *partners)
    officials = any(token.lower_ in words.PLURAL_PEOPLE for token in scene.doc[verb.sent.start : verb.i])
    present = all(party.person for party in parties) or (officials and not partners)
    if not present or not _may_exchange(scene, parties):
        return None
    return make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)


def _see(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Seeing someone as the purpose of a journey: "flew to Dahab to see Anna Berg"."""
    before = scene.doc[verb.i - 1].lower_ if verb.i else ""
    finite = finite_of(scene, verb)
    between = scene.doc[finite.i : verb.i] if finite is not None else ()
    purpose = before == "to" and any(lemma_of(token) in words.TRAVEL | {"be"} for token in between)
    guests, _ = direct_object(scene, verb)
    parties = (*subject_parties(scene, verb), *guests)
    if not any(party.person for party in guests) or not (purpose or verb.tag_ == "VBD"):
        return None
    occasion = make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)
    if occasion is None or purpose:
        return occasion
    offices = all(party.side or scene.entity(party.entity).role for party in parties)
    return occasion if offices and occasion.place is not None and len(parties) > 1 else None  # "saw her in Dahab"


def _telephone(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    after = scene.doc[verb.i + 1].lower_
    if lemma_of(verb) == "call" and after in ("on", "in"):
        return _call_on(scene, verb, triggers) if after == "on" else _invite(scene, verb, triggers)
    partners, _ = direct_object(scene, verb)
    if not any(party.person for party in partners) or _calls_names(scene, verb):
        return None
    subject = subject_parties(scene, verb)
    return make_occasion(scene, verb, None, "call", (*subject, *partners), verb_reality(scene, verb), triggers)


def _call_on(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """A short visit, "called on President Berg on Monday", not "called on President Berg to resign"."""
    if any(token.lower_ in ("to", "for") for token in scene.doc[verb.i + 2 : clause_end(scene, verb.i + 1)]):
        return None
    partners = find_parties(scene, verb.i + 2, verb.sent.end)
    parties = (*subject_parties(scene, verb), *partners)
    if len({party.entity for party in parties if party.person}) < 2:
        return None
    return make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)


def _calls_names(scene: Scene, verb: Token) -> bool:
    """True for "called Petrov a liar": what follows the name describes it."""
    if lemma_of(verb) != "call":
        return False
    index = verb.i + 1
    while index < len(scene.doc) and (index in scene.names or scene.doc[index].pos_ in ("PROPN", "DET", "ADJ", "NOUN")):
        if index not in scene.names and (name := scene.names.get(index - 1)) is not None and name.label == "PERSON":
            return True
        index += 1
    after = scene.doc[index] if index < len(scene.doc) else verb
    ends = after.text in (".", ",") or scene.date_at(after) is not None
    return not (ends or after.lower_ in ("on", "to", "about", "after", "and", "late", "early", "from"))


def _receive(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    if _is_passive(verb):
        hosts, _ = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)
        guests = subject_parties(scene, verb)
    else:
        hosts = subject_parties(scene, verb)
        guests, _ = direct_object(scene, verb)
    if not guests or not hosts or not any(party.person for party in (*guests, *hosts)):
        return None
    occasion = make_occasion(scene, verb, None, "meeting", (*hosts, *guests), verb_reality(scene, verb), triggers)
    return replace(occasion, host=hosts[0].entity) if occasion else None


def _visit(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    visitors = [party for party in subject_parties(scene, verb) if party.person]
    reality = verb_reality(scene, verb)
    if not visitors or reality is None or _privately(verb):
        return None
    name = next((scene.names[i] for i in range(verb.i + 1, min(verb.i + 3, len(scene.doc))) if i in scene.names), None)
    hosts = [party for party in direct_object(scene, verb)[0] if party.person]
    if hosts and (name is None or not is_place(name)):
        return make_occasion(scene, verb, None, "visit", (*visitors, *hosts), reality, triggers)
    if name is None or not is_place(name):
        return None
    return _visit_to(scene, verb, visitors, name, reality, triggers)


def _visit_to(
    scene: Scene, trigger: Token, visitors: list[Party], place: Name, reality: Reality | None, triggers: frozenset[int]
) -> Occasion | None:
    """A visit to a country that is not the visitors' own, which is the host where the article names it."""
    country = scene.entity(place.entity).country
    homes = {scene.country_code(scene.side(party.entity)) for party in visitors}
    if country is None or None in homes or country in homes:
        return None
    host = scene.country(country)
    occasion = make_occasion(scene, trigger, None, "visit", tuple(visitors), reality, triggers)
    return replace(occasion, place=place.entity, host=host) if occasion else None


def _chair_verb(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    chairs = [party for party in subject_parties(scene, verb) if party.person]
    if len(chairs) != 1 or not _governs_occasion(verb, triggers):
        return None
    return make_occasion(
        scene, verb, None, None, (), verb_reality(scene, verb), triggers, chair=chairs[0], definite=True
    )


def _governs_occasion(verb: Token, triggers: frozenset[int]) -> bool:
    for index in range(verb.i + 1, min(verb.i + 8, verb.sent.end)):
        if index in triggers:
            return verb.doc[index].pos_ != "VERB"
        if verb.doc[index].text == ",":
            return False
    return False


def _attend(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Attending what has a name of its own ("the Harbour Conference"); other occasions are read from their noun."""
    name = next((scene.names[i] for i in range(verb.i + 1, min(verb.i + 4, len(scene.doc))) if i in scene.names), None)
    if name is None or name.label not in ("EVENT", "ORG") or not words.BODY.search(words_of(scene, name)):
        return None
    parties = subject_parties(scene, verb)
    return make_occasion(
        scene, verb, None, "meeting", tuple(parties), verb_reality(scene, verb), triggers, name=words_of(scene, name)
    )


def _spend(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Hours that several spent together: "the two envoys spent eight hours together"."""
    following = scene.doc[verb.i + 1 : min(verb.i + 8, verb.sent.end)]
    before = scene.doc[max(verb.sent.start, verb.i - 5) : verb.i]
    if after_hours := next((token for token in before if token.lower_ in words.HOURS), None):
        following = scene.doc[after_hours.i : after_hours.i + 1]  # "the hour he had spent with"
    timed = [token for token in following if token.lower_ in words.HOURS or scene.date_at(token) is not None]
    if not timed or _privately(verb):
        return None
    partners: list[Party] = []
    if not any(token.lower_ == "together" for token in following):
        partners, _ = reached(scene, max(timed[0].i, verb.i) + 1, clause_end(scene, verb.i + 1), WITH)
        if not any(party.side or scene.entity(party.entity).role for party in partners):
            return None
    parties = (*subject_parties(scene, verb), *partners)
    if len(parties) < 2:
        return None
    return make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)


def _convene(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    subject = [*subject_parties(scene, verb), *reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)[0]]
    if direct_object(scene, verb)[1] or not _meet_each_other(scene, verb, subject):
        return None
    return make_occasion(scene, verb, None, "meeting", tuple(subject), verb_reality(scene, verb), triggers)


def read_play_host(scene: Scene, noun: Token, triggers: frozenset[int]) -> Occasion | None:
    """One who "plays host to" another."""
    verb = scene.doc[noun.i - 1]
    hosts = subject_parties(scene, verb)
    guests, _ = reached(scene, noun.i + 1, clause_end(scene, noun.i + 1), TO)
    if not hosts or not any(party.person for party in guests):
        return None
    occasion = make_occasion(
        scene, verb, None, "meeting", (*hosts, *guests), verb_reality(scene, verb), triggers | {noun.i}
    )
    return replace(occasion, host=hosts[0].entity) if occasion else None


def read_face_to_face(scene: Scene, noun: Token, triggers: frozenset[int]) -> Occasion | None:
    """Those who "came face to face"."""
    if scene.doc[noun.i : noun.i + 3].text.lower() != "face to face":
        return None
    verb = finite_of(scene, noun)
    if verb is None or verb.i > noun.i or lemma_of(verb) in words.MEET | words.CONVERSE:
        return None
    partners, _ = reached(scene, noun.i + 3, clause_end(scene, noun.i + 3), WITH)
    parties = (*subject_parties(scene, verb), *partners)
    if not _may_exchange(scene, parties):
        return None
    return make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)


def _bring(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Those whom somebody brings together, and who does it."""
    following = [token.lower_ for token in scene.doc[verb.i + 1 : clause_end(scene, verb.i + 1)]]
    if "together" not in following and lemma_of(verb) == "bring":
        return None
    subject = subject_parties(scene, verb)
    reality = verb_reality(scene, verb)
    if reality == "now":
        return None  # "a group that brings together"
    if _is_passive(verb):
        others, _ = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)
        guests = subject
    else:
        others = subject
        start = verb.i + 2 if following[:1] == ["together"] else verb.i + 1
        guests = with_company(scene, start, verb.sent.end)
    parties = (*guests, *(party for party in others if party.person))
    if len(guests) < 2 or not _may_exchange(scene, parties):
        return None
    return make_occasion(scene, verb, None, "meeting", parties, reality, triggers)


def _present(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """One who hands a thing or a plan to another, both by name and in a place that is told."""
    partners, _ = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), TO)
    parties = (*subject_parties(scene, verb), *partners)
    if len({party.entity for party in parties if party.person}) < 2:
        return None
    occasion = make_occasion(scene, verb, None, "meeting", parties, verb_reality(scene, verb), triggers)
    told = occasion is not None and (occasion.place is not None or occasion.date is not None)
    return occasion if told else None


def _invite(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """One who has another come for talks on a day that is told."""
    end = clause_end(scene, verb.i + 1)
    occasions = [index for index in triggers if verb.i < index < end and scene.doc[index].lower_ in words.FORMATS]
    if not occasions or verb.tag_ not in ("VBD", "VBN") or verb_reality(scene, verb) != "held":
        return None
    others = reached(scene, verb.i + 1, end, BY)[0] if _is_passive(verb) else direct_object(scene, verb)[0]
    others = [*others, *reached(scene, min(occasions) + 1, end, WITH)[0]]
    parties = (*subject_parties(scene, verb), *others)
    if not _may_exchange(scene, parties):
        return None
    noun = scene.doc[min(occasions)]
    occasion = make_occasion(scene, noun, verb, "meeting", parties, "now", triggers)
    return occasion if occasion is not None and occasion.date is not None else None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("aux:pass", "auxpass") for child in verb.children)


Reader = Callable[[Scene, "Token", frozenset[int]], "Occasion | None"]
VERBS: tuple[tuple[frozenset[str], Reader], ...] = (
    (words.MEET, _meet),
    (words.CONVERSE, _converse),
    (words.TELEPHONE, _telephone),
    (words.DISCUSS | words.SHAKE | words.SHARE, _discuss),
    (words.BRIEF, _brief),
    (words.SIGN, _sign),
    (words.RECEIVE, _receive),
    (words.VISIT, _visit),
    (words.SEE, _see),
    (words.CHAIR, _chair_verb),
    (frozenset(["attend"]), _attend),
    (words.CONVENE, _convene),
    (words.BRING, _bring),
    (words.PRESENT, _present),
    (words.INVITE, _invite),
    (frozenset(["spend"]), _spend),
    (frozenset(["represent"]), read_represent),
)
