"""Nouns of meeting: talks, summit, session, call, visit; a noun in, its occasion out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.holders import find_holders
from briefing.analyze.meet.modality import noun_reality
from briefing.analyze.meet.occasions import Occasion, lemma_of, make_occasion, named_after, words_of
from briefing.analyze.meet.parties import Party, find_parties, with_company
from briefing.analyze.meet.surroundings import clause_end, phrase_start, reached
from briefing.analyze.meet.verb_groups import clause_start, is_finite, is_helper, subject_parties
from briefing.analyze.meet.view import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

BETWEEN = frozenset("between among with involving".split())
HONOUR = re.compile(r"\s(?:in hono(?:u)?r of|for)\s")
MEANWHILE = frozenset("after following before during at in".split())
HOSTED_BY = re.compile(r"\b(?:(?:hosted|given|thrown|offered) by|at the invitation of)\s", re.IGNORECASE)


def is_occasion(token: Token, low: str) -> bool:
    """True when the noun names an occasion of people who meet, by the word before it."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in words.OF_THE_PRESS:
        return low == "conference" and token.i > 1 and token.doc[token.i - 2].lower_ == "joint" and _with_whom(token)
    if before == "-" or _describes(token):
        return False
    if low in ("call", "calls"):
        return before in words.CALLS or _is_paid(token) or _is_call(token)
    if low.startswith("conversation"):
        return before in words.CALLS or _is_call(token)
    if low in words.WELCOMES and _is_granted(token):
        return True
    if low in ("audience", "welcome"):
        return False
    if low in words.HOURS:
        return token.doc[token.i + 1 : token.i + 2].text == "with"
    if low == "table":
        return before in words.TABLES
    if low in ("tea", "coffee") and before not in ("over", "for", "had", "have", "to"):
        return False
    if low == "exchange" and token.doc[token.i + 1 : token.i + 3].text not in ("of views", "of words"):
        return False
    if low in words.WITH_SOMEBODY and not (
        _with_whom(token) or HOSTED_BY.search(token.sent.text) or _is_held(token, low)
    ):
        return False
    if low.startswith("conference"):
        return before in words.CONFERENCES
    if low.startswith("session"):
        return before not in words.NOT_SESSIONS
    return not (low.startswith("visit") and before in words.NOT_VISITS) and not (low == "talks" and token.tag_ == "VBZ")


def _is_paid(noun: Token) -> bool:
    """True for "paid a call on"."""
    following = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
    return following == "on" and any(lemma_of(token) == "pay" for token in noun.doc[max(0, noun.i - 4) : noun.i])


def _is_held(noun: Token, low: str) -> bool:
    """True for the dialogue in "held their fourth maritime dialogue"."""
    before = {lemma_of(token) for token in noun.doc[max(noun.sent.start, noun.i - 6) : noun.i]}
    return low in ("dialogue", "dialog", "discussion") and not before.isdisjoint(("hold", "open", "resume", "conclude"))


def _is_call(noun: Token) -> bool:
    """True for "a call with Berg", "a conversation on Tuesday between": not for one that asks for something."""
    following = [token.lower_ for token in noun.doc[noun.i + 1 : min(noun.i + 7, noun.sent.end)]]
    return following[:1] == ["with"] or ("between" in following and "for" not in following)


def _is_granted(noun: Token) -> bool:
    """True for "gave a private audience", not for "told an audience"."""
    index = noun.i - 1
    while index > noun.sent.start and (
        noun.doc[index].pos_ in ("DET", "ADJ", "NUM", "NOUN") or noun.doc[index].text == "-"
    ):
        index -= 1
    return index >= 0 and lemma_of(noun.doc[index]) in words.GRANT


def _describes(noun: Token) -> bool:
    """True for the first noun of "summit meeting", "session talks"."""
    return noun.i + 1 < len(noun.doc) and noun.doc[noun.i + 1].lower_ in words.FORMATS


def _with_whom(noun: Token) -> bool:
    """True when "with" or "between" follows soon: several meetings are told as one only with those who met."""
    return any(token.lower_ in BETWEEN for token in noun.doc[noun.i + 1 : min(noun.i + 8, noun.sent.end)])


def read_noun(scene: Scene, noun: Token, kind: str, triggers: frozenset[int]) -> Occasion | None:
    """The occasion that a noun tells of: who holds it, between whom, of which body."""
    first = _whole_phrase(scene, noun)
    verb = _verb_of(scene, noun, first)
    reality = noun_reality(scene, noun, first, verb)
    if reality is None:
        return None
    end = clause_end(scene, noun.i + 1)
    ways = BETWEEN | {"to"} if noun.lower_ == "audience" else BETWEEN
    if kind == "call" and _is_paid(noun):
        kind, ways = "meeting", BETWEEN | {"on"}  # no telephone call
    ways |= {"by"} if noun.lower_ in words.WELCOMES else frozenset()
    behind, way = reached(scene, noun.i + 1, end, ways)
    if way == "by":
        way = "with"
    if noun.lower_ in words.WITH_SOMEBODY and not behind:
        behind, way = _honoured(scene, noun), "for"
    if kind == "visit" and not behind:
        behind, way = _visited(scene, noun, end)
    if not behind and verb is not None and verb.i > noun.i:  # "a call took place between", "talks began between"
        after = clause_end(scene, verb.i + 1)
        after = min((index for index in triggers if verb.i < index < after), default=after)
        behind, way = reached(scene, verb.i + 1, after, frozenset(["between"]))
    own = _before_noun(scene, first, noun, bool(behind))
    members, name = _members(scene, noun, end)
    subject = find_holders(scene, noun, first, verb, way if behind else None)
    parties = (*subject, *own, *members, *behind)
    if _is_predicate(noun):
        parties = (*subject_parties(scene, noun), *parties)
    definite = _is_definite(scene, first, noun)
    if reality == "now" and not parties and not definite:
        return None
    occasion = make_occasion(
        scene,
        noun,
        verb,
        kind,
        parties,
        reality,
        triggers,
        name=name,
        definite=definite,
    )
    if verb is not None and verb.i > noun.i and lemma_of(verb) in words.GO_ON and occasion is not None:
        occasion = replace(occasion, place=None, date=None)  # "the talks move on Thursday to Bern": not where they were
    if occasion is None or _is_general(occasion, noun, verb):
        return None
    return _with_host(scene, occasion, noun, kind, subject if verb is not None and first - 1 == verb.i else (), verb)


def _honoured(scene: Scene, noun: Token) -> list[Party]:
    """For whom a dinner is given: "in honour of President Berg"."""
    match = HONOUR.match(scene.article.text, noun.idx + len(noun))
    guests = find_parties(scene, scene.token(match.end()), noun.sent.end) if match else []
    return [party for party in guests if party.person]


def _whole_phrase(scene: Scene, noun: Token) -> int:
    """The first token of the noun's phrase, with what counts it: "three hours of talks", "a second round of talks"."""
    doc, first = scene.doc, phrase_start(scene, noun)
    while first - 2 >= noun.sent.start and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in words.AMOUNTS:
        first = phrase_start(scene, doc[first - 2])
    return first


def _visited(scene: Scene, noun: Token, end: int) -> tuple[list[Party], str | None]:
    """Whom a visit is paid "to", and by whom it is paid, where both are people."""
    hosts = [party for party in reached(scene, noun.i + 1, end, frozenset(["to"]))[0] if party.person]
    if not hosts:
        return [], None
    guests = reached(scene, noun.i + 1, end, frozenset(["by"]))[0]
    return [*guests, *hosts], "between" if guests else "with"


def _with_host(
    scene: Scene, occasion: Occasion, noun: Token, kind: str, holders: tuple[Party, ...], verb: Token | None
) -> Occasion:
    """The occasion with its host: who is named as such, who "hosted" it, the country that is visited."""
    host = named_after(scene, HOSTED_BY, noun)
    if host is not None:
        known = {party.entity for party in occasion.parties}
        joined = (*occasion.parties, host) if host.person and host.entity not in known else occasion.parties
        return replace(occasion, host=host.entity, parties=joined)
    if verb is not None and holders and lemma_of(verb) == "host":
        return replace(occasion, host=holders[0].entity)
    if kind == "visit" and occasion.place is not None and scene.is_state(occasion.place):
        return replace(occasion, host=occasion.place)
    attending = verb is not None and verb.i < noun.i and lemma_of(verb) in words.ATTEND and occasion.definite
    return replace(occasion, present=True) if attending else occasion


def _is_general(occasion: Occasion, noun: Token, verb: Token | None) -> bool:
    """True for "talks between A and B make sense": no day, no place, present tense."""
    untold = occasion.date is None and occasion.place is None and not occasion.definite
    return untold and occasion.reality == "now" and (verb is None or verb.i > noun.i)


def _verb_of(scene: Scene, noun: Token, first: int) -> Token | None:
    """The verb that tells of an occasion: the nearest before it in its clause, else the one whose subject it is."""
    doc = scene.doc
    start = clause_start(scene, first)
    main = doc[first - 1].lower_ in MEANWHILE  # what happened meanwhile is told by the verb of the clause
    for index in range(first - 1, start - 1, -1):
        token = doc[index]
        if main and not is_finite(scene, token):
            continue
        if (
            index not in scene.names
            and token.pos_ == "VERB"
            and (token.tag_ != "VBN" or is_helper(scene, doc[index - 1]))
        ):
            return token
        if token.text == "," and index - 1 not in scene.names:
            break
    before = doc[start - 1] if start > noun.sent.start else None
    if before is not None and start >= first - 25 and is_finite(scene, before) and not _is_subject(scene, noun, first):
        return before
    return next((doc[i] for i in range(noun.i + 1, noun.sent.end) if _may_tell(scene, doc[i])), None)


def _is_subject(scene: Scene, noun: Token, first: int) -> bool:
    """True when a finite verb follows in the clause of a noun that no preposition governs."""
    before = scene.doc[first - 1] if first > noun.sent.start else noun
    if before.pos_ == "ADP" or (lemma_of(before) in words.HOLD and is_finite(scene, before)):
        return False
    stop = min(noun.sent.end, clause_end(scene, noun.i + 1) + 1)
    return any(_may_tell(scene, scene.doc[index]) for index in range(noun.i + 1, stop))


def _may_tell(scene: Scene, token: Token) -> bool:
    """True for a finite verb that can have an occasion for its subject: no "said", and not behind "who"."""
    introduced = scene.doc[token.i - 1].lower_ in ("who", "which", "that", "where")
    return is_finite(scene, token) and not introduced and lemma_of(token) not in words.REPORTING


def _is_predicate(noun: Token) -> bool:
    """True for "officials are meeting" where the tagger took the verb for a noun."""
    copula = noun.i > 0 and noun.doc[noun.i - 1].lower_ in ("is", "are", "was", "were")
    return copula and noun.lower_ in ("meeting", "assembly")


def _is_definite(scene: Scene, first: int, noun: Token) -> bool:
    opening = scene.doc[first]
    return opening.lower_ in ("the", "this", "their", "these", "its") or scene.date_at(opening) is not None


def _before_noun(scene: Scene, first: int, noun: Token, has_partner: bool) -> tuple[Party, ...]:
    """Parties named before the noun: "Petrov's meeting with", "the Franco-German talks", "U.S.-Russia summit"."""
    found: dict[str, Party] = {}
    people = False
    for index in range(first, noun.i):
        name = scene.names.get(index)
        if name is None or name.last >= noun.i or name.label == "EVENT":
            continue
        after = scene.doc[name.last + 1]
        owns = after.text in ("'s", "’s", "'", "’")
        if name.label == "PERSON" and (owns or after.i == noun.i or after.text in ("-", "–")):
            people = True
            found.setdefault(name.entity, Party(name.entity, scene.side(name.entity), person=True))
        elif owns or name.label == "NORP" or scene.names_state(name):
            found.setdefault(scene.actor(name.entity), Party(scene.actor(name.entity)))
    if people:
        return tuple(party for party in found.values() if party.person)
    return tuple(found.values()) if len(found) > 1 or has_partner else ()


def _members(scene: Scene, noun: Token, end: int) -> tuple[tuple[Party, ...], str | None]:
    """Who meets in "a meeting of X", and the name of X where it is a body that sits, such as a council."""
    doc = scene.doc
    body = next((scene.names[i] for i in range(noun.i + 1, min(noun.i + 5, end)) if i in scene.names), None)
    if body is None and (noun.i in scene.names or noun.i - 1 in scene.names):
        body = scene.names.get(noun.i) or scene.names[noun.i - 1]
    name = words_of(scene, body) if body is not None and words.BODY.search(words_of(scene, body)) else None
    if name is not None and body is not None:
        return _halves(scene, name) or (Party(scene.actor(body.entity)),) if body.label == "ORG" else (), name
    if noun.i + 1 < end and doc[noun.i + 1].lower_ == "of":
        return tuple(with_company(scene, noun.i + 2, noun.sent.end)), None
    return (), None


def _halves(scene: Scene, name: str) -> tuple[Party, ...]:
    """The parties that a hyphen joins in a body's name: "the Norland-Sudland Commission"."""
    joined = next((word for word in name.split() if re.search(r"\w[-–]\w", word)), "")
    found = []
    for half in re.split(r"[-–]", joined):
        actor = scene.named(half)
        if actor is not None:
            found.append(Party(actor))
    return tuple(found) if len(found) > 1 else ()
