"""Who holds an occasion that a noun names: the subject of "held talks", "flew in for a meeting", "said after talks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.modality import is_cancelled
from briefing.analyze.meet.occasions import lemma_of
from briefing.analyze.meet.parties import Party, find_parties, with_company
from briefing.analyze.meet.surroundings import direct_object
from briefing.analyze.meet.verb_groups import clause_start, is_finite, people, person_before, subject_parties
from briefing.analyze.meet.view import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

WHILE = frozenset("after following before during at in over on upon since".split())  # "said at a meeting with"
FOR = frozenset("for at in to into up off out on from through via with".split())
DEFINITE = frozenset("the this these that its".split())
GATHERED = frozenset(
    [("attended", "by"), ("joined", "by"), ("brought", "together"), ("brings", "together"), ("bringing", "together"),
     ("bring", "together"), ("gathered", "together"), ("participants", "included"), ("addressed", "by"),
     ("opened", "by")]
)  # fmt: skip


def find_holders(scene: Scene, noun: Token, first: int, verb: Token | None, way: str | None) -> tuple[Party, ...]:
    """Those who hold the occasion whose phrase begins at token `first` and that `verb` tells of.

    `way`: the preposition that names the other side ("with", "between"), None where nobody is named behind the noun.
    """
    opening = scene.doc[first].lower_
    before = scene.doc[first - 1].lower_ if first > noun.sent.start else ""
    if opening in ("his", "her"):
        return _owner(scene, scene.doc[first], verb) if way else ()
    if verb is None or verb.i > noun.i:
        return _leader(scene, noun, first, verb, way) or _attenders(scene, noun)
    if opening == "their":
        return _all_of_them(scene, verb, first)
    if way not in (None, "with", "to"):  # "talks between A and B": who speaks of them is a third
        holds = lemma_of(verb) in words.HOLD - {"host", "attend"} and before == verb.lower_
        return tuple(subject_parties(scene, verb)) if holds else ()
    if way is None and before in WHILE and opening not in DEFINITE:
        told = _meanwhile(scene, verb) if lemma_of(noun) not in ("visit", "trip") else ()
        return told or _attenders(scene, noun)
    if way is not None and _shares(scene, verb, first):
        return _with_object(scene, verb, before)
    if _holds(scene, noun, verb, before) and _follows(scene, verb, first):
        return tuple(subject_parties(scene, verb))
    return _attenders(scene, noun)


def _all_of_them(scene: Scene, verb: Token, first: int) -> tuple[Party, ...]:
    """Those whom "their" means: the subject, whom it speaks to, or all who are named before it in its clause."""
    subject = tuple(subject_parties(scene, verb))
    if len(subject) < 2 and lemma_of(verb) in words.ADDRESS | words.JOINING:
        subject = (*subject, *_persons(direct_object(scene, verb)[0]))
    return subject or tuple(people(scene, clause_start(scene, first), first))


def _shares(scene: Scene, verb: Token, first: int) -> bool:
    """True when the subject of a verb takes part in what it does with someone: no verb of talking about it."""
    before = scene.doc[first - 1]
    if lemma_of(verb) in words.ABOUT and before.i == verb.i:
        return False
    return _follows(scene, verb, first) or before.lower_ in WHILE


def _with_object(scene: Scene, verb: Token, before: str) -> tuple[Party, ...]:
    """The subject, and whom it joins, brings or leads to the occasion."""
    subject = tuple(subject_parties(scene, verb))
    if before in FOR and lemma_of(verb) in words.JOINING:
        return (*subject, *_persons(direct_object(scene, verb)[0]))
    return subject


def _meanwhile(scene: Scene, verb: Token) -> tuple[Party, ...]:
    """Those who did something together or to each other in the course of talks: "told Berg in a telephone call"."""
    subject = tuple(subject_parties(scene, verb))
    addressed = _persons(direct_object(scene, verb)[0]) if lemma_of(verb) in words.ADDRESS | words.JOINING else ()
    together = (*subject, *addressed)
    return together if len({party.entity for party in together}) > 1 else ()


def _persons(parties: list[Party]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.person)


def _holds(scene: Scene, noun: Token, verb: Token, before: str) -> bool:
    """True when the subject of a verb takes part in its object: held, joined, called off, was here for it."""
    lemma = lemma_of(verb)
    parts = lemma == "take" and scene.doc[verb.i + 1].lower_ == "part"
    here = lemma == "be" and before in ("for", "in", "at")
    return lemma in words.HOLD or noun.lower_ in words.WELCOMES or parts or here or is_cancelled(verb)


def _leader(scene: Scene, noun: Token, first: int, verb: Token | None, way: str | None) -> tuple[Party, ...]:
    """The subject of the clause that "After talks with Berg in Rome," opens; all who meet in it without a partner.

    A headline has no verb: "Berg in Rome for talks with Dvorak".
    """
    doc = scene.doc
    before = doc[first - 1].lower_ if first > noun.sent.start else ""
    leads = way == "with" or (way is None and doc[first].lower_ in ("a", "an", noun.lower_))
    if leads and before in WHILE and any(token.text == "," for token in doc[noun.i : noun.sent.end]):
        for token in doc[noun.i + 1 : noun.sent.end]:
            if is_finite(scene, token) and doc[token.i - 1].lower_ not in ("who", "which", "that", "where"):
                return tuple(subject_parties(scene, token)) if way else _meanwhile(scene, token)
    if verb is None and way == "with" and before in ("for", "on", "in", "at"):
        return tuple(find_parties(scene, noun.sent.start, first - 1))
    return ()


def _owner(scene: Scene, pronoun: Token, verb: Token | None) -> tuple[Party, ...]:
    """Whose meeting "her meeting with" was: the person before, else the person who is the subject behind."""
    before = person_before(scene, pronoun)
    behind = subject_parties(scene, verb) if verb is not None and not before else []
    return tuple(before or [party for party in behind if party.person])


def _follows(scene: Scene, verb: Token, first: int) -> bool:
    """True when the noun is the verb's object, or stands behind "for", "at", "in", "to" with it: not behind "after"."""
    before = scene.doc[first - 1]
    left = before.lower_ == "of" and scene.doc[before.i - 1].lower_ == "out"  # "walked out of talks"
    return before.i == verb.i or before.pos_ != "ADP" or before.lower_ in FOR or left


def _led_by(scene: Scene, index: int, stop: int) -> tuple[Party, ...]:
    """The persons by whom talks are led, "for the ministry by Anna Berg" too."""
    by = next((i for i in range(index + 1, min(index + 5, stop)) if scene.doc[i].lower_ == "by"), None)
    return _persons(find_parties(scene, by + 1, stop)) if by is not None else ()


def _attenders(scene: Scene, noun: Token) -> tuple[Party, ...]:
    """Those by whom the occasion was "attended", or whom it "brought together"."""
    doc, stop = scene.doc, noun.sent.end
    for index in range(noun.i + 1, stop - 2):
        if doc[index].lower_ in ("led", "headed", "conducted") and (leads := _led_by(scene, index, stop)):
            return leads
        if (doc[index].lower_, doc[index + 1].lower_) in GATHERED:
            return tuple(with_company(scene, index + 2, noun.sent.end))
    return ()
