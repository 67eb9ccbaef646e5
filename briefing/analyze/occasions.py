"""The occasions that single sentences tell of: who met, was received, led a delegation or took the chair, as far as one says.

Each trigger (a verb or noun of meeting, a delegation) gives at most one occasion. What several sentences say of one
meeting is put together later, in meetings.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.analyze import meeting_words as words
from briefing.analyze.modality import Reality, is_cancelled, noun_reality, tense, verb_reality
from briefing.analyze.parties import Party, find_parties, stands_for_others, with_company
from briefing.analyze.scenes import Name, Scene, is_place
from briefing.analyze.surroundings import (
    clause_end,
    clause_span,
    date_of,
    direct_object,
    place_of,
    reached,
)
from briefing.analyze.groups import clause_start, is_finite, is_helper, people, subject_parties
from briefing.language.dates import DateMention

if TYPE_CHECKING:
    from spacy.tokens import Token

BETWEEN = frozenset("between among with involving".split())
# how an occasion hangs on the verb that tells of it, perhaps through another noun
GOVERNED = frozenset("obj dobj obl iobj nmod pobj nsubj:pass nsubjpass nsubj conj compound appos xcomp dep".split())
WHILE = frozenset("after following before during at".split())  # "said at a meeting with": the speaker was there
BY = frozenset(["by"])
WITH = frozenset(["with"])
OF = frozenset(["of"])
LED_BY = re.compile(r"\b(?:led|headed|attended|joined)\b", re.IGNORECASE)
CHAIR_OF = re.compile(
    r"\b(?:chairmanship of|chaired by|presided over by|(?:under|below) the presidency of|chairing of)\s", re.IGNORECASE
)
HOSTED_BY = re.compile(r"\b(?:hosted by|at the invitation of)\s", re.IGNORECASE)
TRIGGER = re.compile(
    r"\b(?:me(?:t|ets?|eting|etings)|gather(?:s|ed|ing|ings)?|assembl(?:y|ies|ed|es)|encounters?|talks|negotiat(?:ions?|ed?|es|ing)|"
    r"conversations?|consult(?:s|ed|ing|ations?)?|discussions|summits?|sessions?|visit(?:s|ed|ing)?|trip|calls?|called|conferences?|"
    r"confer(?:s|red|ring)?|huddled?|s(?:at|its?|itting)|talk(?:ed|ing)?|sp(?:oke|eaks?|oken|eaking)|telephoned?|phoned?|host(?:s|ed|ing)?|"
    r"receiv(?:e|es|ed|ing)|welcom(?:e|es|ed|ing)|conven(?:e|es|ed|ing)|delegations?|side|team|facet|mission|"
    r"chair(?:s|ed|ing)?|presid(?:e|es|ed|ing)|headquarters|represent(?:s|ed|ing)?|attend(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one sentence says of one meeting.

    `definite`: it speaks of a meeting known from elsewhere ("the talks", "Wednesday's meeting", "the Russian delegation");
    `sides`: whom it must have taken part to be the one meant; `present`: the parties are said to be where the meeting of
    the paragraph takes place.
    """

    sentence: tuple[int, int]
    trigger: int
    format: str | None
    parties: tuple[Party, ...] = ()
    place: str | None = None
    date: DateMention | None = None
    host: str | None = None
    chair: Party | None = None
    name: str | None = None
    reality: Reality = "now"
    definite: bool = False
    sides: frozenset[str] = frozenset()
    present: bool = False


def find_occasions(scene: Scene) -> Iterator[Occasion]:
    """The occasions of an article in the order of its text."""
    found = sorted({scene.token(match.start()) for match in TRIGGER.finditer(scene.article.text)})
    triggers = frozenset(index for index in found if _is_trigger(scene.doc[index]) and not _is_sideline(scene, index))
    for index in found:
        token = scene.doc[index]
        if index in scene.names and not _may_be_named(scene, token):
            continue
        if _is_question(token):
            continue
        occasion = _read(scene, token, triggers)
        if occasion is not None:
            yield occasion


def _is_trigger(token: Token) -> bool:
    """True for words that may own a date or a place: the verbs of meeting and the nouns of occasions."""
    return token.lower_ in words.FORMATS or _lemma(token) in words.FORMATS or _lemma(token) in words.MEET


def _is_sideline(scene: Scene, index: int) -> bool:
    """True for the conference in "met on the sidelines of the conference in Munich", which owns no place or date."""
    return any(token.lower_ in ("sidelines", "margins") for token in scene.doc[max(0, index - 6) : index])


def _may_be_named(scene: Scene, token: Token) -> bool:
    """True for the last word of a name that ends in an occasion ("the G7 summit"), not for words inside other names."""
    name = scene.names[token.i]
    return name.last == token.i and name.label == "EVENT"


def _is_question(token: Token) -> bool:
    return token.sent.text.rstrip().rstrip("”\"'’").endswith("?")


def _lemma(token: Token) -> str:
    return words.IRREGULAR.get(token.lower_) or (token.lemma_ or token.text).lower()


def _read(scene: Scene, token: Token, triggers: frozenset[int]) -> Occasion | None:
    lemma, low = _lemma(token), token.lower_
    if low in words.DELEGATIONS:
        return _delegation(scene, token, triggers)
    if low == "headquarters":
        return _presence(scene, token)
    is_verb = token.pos_ in ("VERB", "AUX") or low == "met" or _stands_as_verb(scene, token)
    if is_verb:
        forms = {lemma, low, low.removesuffix("ing")}  # a verb taken for a noun has no verb's lemma
        reader = next((read for kinds, read in _VERBS if forms & kinds), None)
        return reader(scene, token, triggers) if reader else None
    kind = words.FORMATS.get(low) or words.FORMATS.get(lemma)
    return _noun(scene, token, kind, triggers) if kind and _is_occasion(token, low) else None


def _stands_as_verb(scene: Scene, token: Token) -> bool:
    """True for "to host Anna Berg", "after meeting Anna Berg" where the tagger saw a noun."""
    if token.i == 0 or token.i + 1 >= len(scene.doc):
        return False
    before, after = scene.doc[token.i - 1].lower_, scene.doc[token.i + 1]
    object_follows = token.i + 1 in scene.names or after.pos_ in ("DET", "PROPN") or after.tag_ == "PRP$"
    ways = ("after", "before", "since", "while", "when", "by") if token.lower_.endswith("ing") else ("to", "will", "would")
    return before in ways and object_follows


# ---------------------------------------------------------------- verbs


def _meet(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    subject = subject_parties(scene, verb)
    guests, present = direct_object(scene, verb)
    if not present:
        guests, present = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), WITH)
    if present and not guests:
        return None
    if not present and not _meet_each_other(scene, verb, subject):
        return None
    return _made(scene, verb, None, "meeting", (*subject, *guests), verb_reality(scene, verb), triggers)


def _meet_each_other(scene: Scene, verb: Token, subject: list[Party]) -> bool:
    """True when a subject alone can meet: several parties, or the members of one organization."""
    if len(subject) != 1:
        return len(subject) > 1
    return not subject[0].person and scene.entity(subject[0].entity).kind == "organization"


def _converse(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    phone = bool(words.BY_PHONE.search(verb.sent.text))
    ways = WITH | {"to"} if phone else WITH
    partners, present = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), ways)
    subject = subject_parties(scene, verb)
    together = not present and len(subject) > 1 and _lemma(verb) in words.CONFER
    if not (partners or together):
        return None
    return _made(scene, verb, None, "call" if phone else "talks", (*subject, *partners), verb_reality(scene, verb), triggers)


def _telephone(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    partners, _ = direct_object(scene, verb)
    if not any(party.person for party in partners) or _calls_names(scene, verb):
        return None
    subject = subject_parties(scene, verb)
    return _made(scene, verb, None, "call", (*subject, *partners), verb_reality(scene, verb), triggers)


def _calls_names(scene: Scene, verb: Token) -> bool:
    """True for "called Petrov a liar": what follows the name describes it."""
    if _lemma(verb) != "call":
        return False
    index = verb.i + 1
    while index < len(scene.doc) and (index in scene.names or scene.doc[index].pos_ in ("PROPN", "DET", "ADJ", "NOUN")):
        if index - 1 in scene.names and index not in scene.names:
            return True
        index += 1
    after = scene.doc[index] if index < len(scene.doc) else verb
    return not (after.text in (".", ",") or after.lower_ in ("on", "to", "about", "after", "and", "late", "early", "from")
                or scene.date_at(after) is not None)  # fmt: skip


def _receive(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    if any(child.dep_ in ("aux:pass", "auxpass") for child in verb.children):
        hosts, _ = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)
        guests = subject_parties(scene, verb)
    else:
        hosts = subject_parties(scene, verb)
        guests, _ = direct_object(scene, verb)
    if not guests or not hosts or not any(party.person for party in (*guests, *hosts)):
        return None
    occasion = _made(scene, verb, None, "meeting", (*hosts, *guests), verb_reality(scene, verb), triggers)
    return replace(occasion, host=hosts[0].entity) if occasion else None


def _visit(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    visitors = [party for party in subject_parties(scene, verb) if party.person]
    reality = verb_reality(scene, verb)
    if not visitors or reality is None:
        return None
    name = next((scene.names[i] for i in range(verb.i + 1, min(verb.i + 3, len(scene.doc))) if i in scene.names), None)
    if name is not None and name.label == "PERSON":
        hosts, _ = direct_object(scene, verb)
        return _made(scene, verb, None, "visit", (*visitors, *hosts), reality, triggers)
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
    occasion = _made(scene, trigger, None, "visit", tuple(visitors), reality, triggers)
    return replace(occasion, place=place.entity, host=host) if occasion else None


def _chair_verb(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    chairs = [party for party in subject_parties(scene, verb) if party.person]
    if len(chairs) != 1 or not _governs_occasion(verb, triggers):
        return None
    return _made(scene, verb, None, None, (), verb_reality(scene, verb), triggers, chair=chairs[0], definite=True)


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
    if name is None or name.label not in ("EVENT", "ORG") or not words.BODY.search(_text(scene, name)):
        return None
    parties = subject_parties(scene, verb)
    return _made(scene, verb, None, "meeting", tuple(parties), verb_reality(scene, verb), triggers, name=_text(scene, name))


def _convene(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    subject = subject_parties(scene, verb)
    if direct_object(scene, verb)[1] or not _meet_each_other(scene, verb, subject):
        return None
    return _made(scene, verb, None, "meeting", tuple(subject), verb_reality(scene, verb), triggers)


Reader = Callable[[Scene, "Token", frozenset[int]], "Occasion | None"]
_VERBS: tuple[tuple[frozenset[str], Reader], ...] = (
    (words.MEET, _meet),
    (words.CONVERSE, _converse),
    (words.TELEPHONE, _telephone),
    (words.RECEIVE, _receive),
    (words.VISIT, _visit),
    (words.CHAIR, _chair_verb),
    (frozenset(["attend"]), _attend),
    (words.CONVENE, _convene),
    (frozenset(["represent"]), lambda scene, verb, triggers: _represent(scene, verb, triggers)),
)

# ---------------------------------------------------------------- nouns


def _is_occasion(token: Token, low: str) -> bool:
    """True when the noun names an occasion of people who meet, by the word before it."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in words.OF_THE_PRESS or before == "-":
        return False
    if low in ("call", "calls"):
        return before in words.CALLS
    if low.startswith("conversation"):
        return before in words.CALLS
    if low in ("meetings", "summits", "visits", "gatherings", "trips") and not _with_whom(token):
        return False
    if low.startswith("conference"):
        return before in words.CONFERENCES
    if low.startswith("session"):
        return before not in words.NOT_SESSIONS
    return not (low.startswith("visit") and before in words.NOT_VISITS) and not (low == "talks" and token.tag_ == "VBZ")


def _with_whom(noun: Token) -> bool:
    """True when "with" or "between" follows soon: several meetings are told as one only with those who met."""
    return any(token.lower_ in BETWEEN for token in noun.doc[noun.i + 1 : noun.i + 6])


def _noun(scene: Scene, noun: Token, kind: str, triggers: frozenset[int]) -> Occasion | None:
    first = _first_of_phrase(scene, noun)
    verb = _verb_of(scene, noun, first)
    reality = noun_reality(scene, noun, first, verb)
    if reality is None:
        return None
    end = clause_end(scene, noun.i + 1)
    behind, _ = reached(scene, noun.i + 1, end, BETWEEN)
    own = _before_noun(scene, first, noun, bool(behind))
    members, name = _members(scene, noun, end)
    subject = _holders(scene, noun, first, verb, bool(behind))
    host = _named_after(scene, HOSTED_BY, noun)
    parties = (*subject, *own, *members, *behind)
    if _is_predicate(noun):
        parties = (*subject_parties(scene, noun), *parties)
    definite = _is_definite(scene, first, noun)
    if reality == "now" and not parties and not definite:
        return None
    occasion = _made(
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
    if occasion is None or _is_general(occasion, noun, verb):
        return None
    if host is not None:
        return replace(occasion, host=host.entity)
    if verb is not None and subject and _lemma(verb) == "host" and scene.doc[first - 1].i == verb.i:
        return replace(occasion, host=subject[0].entity)
    attending = verb is not None and verb.i < noun.i and _lemma(verb) in words.ATTEND and occasion.definite
    return replace(occasion, present=True) if attending else occasion


def _is_general(occasion: Occasion, noun: Token, verb: Token | None) -> bool:
    """True for "talks between A and B make sense": no day, no place, present tense."""
    untold = occasion.date is None and occasion.place is None and not occasion.definite
    return untold and occasion.reality == "now" and (verb is None or verb.i > noun.i)


def _first_of_phrase(scene: Scene, noun: Token) -> int:
    """The first token of a noun's phrase: articles, owners, adjectives and names directly before it."""
    index = noun.i
    while index > noun.sent.start:
        token = scene.doc[index - 1]
        inside = index - 1 in scene.names or scene.date_at(token) is not None
        if (
            not inside
            and token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON")
            and token.text not in ("-", "–", "/")
        ):
            if not (token.tag_ in ("VBN", "VBG") and token.dep_ == "amod"):
                break
        if token.tag_ == "TO" or token.lower_ in ("that", "who", "which", "not"):
            break
        index -= 1
    return index


def _verb_of(scene: Scene, noun: Token, first: int) -> Token | None:
    """The verb that tells of an occasion: the nearest before it in its clause, else the one whose subject it is."""
    doc = scene.doc
    start = clause_start(scene, first)
    for index in range(first - 1, start - 1, -1):
        token = doc[index]
        if index not in scene.names and token.pos_ == "VERB" and (token.tag_ != "VBN" or is_helper(scene, doc[index - 1])):
            return token
        if token.text == "," and index - 1 not in scene.names:
            break
    before = doc[start - 1] if start > noun.sent.start else None
    if before is not None and start >= first - 12 and is_finite(scene, before) and not _is_subject(scene, noun):
        return before
    return next((doc[i] for i in range(noun.i + 1, noun.sent.end) if _may_tell(scene, noun, doc[i])), None)


def _is_subject(scene: Scene, noun: Token) -> bool:
    """True when a finite verb follows that no relative pronoun introduces, before the clause is over."""
    return any(_may_tell(scene, noun, scene.doc[i]) for i in range(noun.i + 1, clause_end(scene, noun.i + 1) + 1)
               if i < noun.sent.end)  # fmt: skip


def _may_tell(scene: Scene, noun: Token, token: Token) -> bool:
    """True for a finite verb that can have an occasion for its subject: nobody introduces it with "who", and it is no "said"."""
    introduced = scene.doc[token.i - 1].lower_ in ("who", "which", "that", "where")
    return is_finite(scene, token) and not introduced and _lemma(token) not in words.REPORTING


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
    name = _text(scene, body) if body is not None and words.BODY.search(_text(scene, body)) else None
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


def _holders(scene: Scene, noun: Token, first: int, verb: Token | None, partner: bool) -> tuple[Party, ...]:
    """The subject of "held talks", "arrived for a meeting", "attended the summit", "said after talks with"."""
    before = scene.doc[first - 1].lower_ if first > noun.sent.start else ""
    if verb is None or verb.i > noun.i:
        leads = verb is not None and partner and before in WHILE
        return tuple(subject_parties(scene, verb)) if leads and verb is not None else _attenders(scene, noun)
    lemma = _lemma(verb)
    own = scene.doc[first].lower_ in ("his", "her", "their") and (partner or scene.doc[first].lower_ == "their")
    if own and scene.doc[first].lower_ == "their":
        return tuple(subject_parties(scene, verb)) or tuple(people(scene, clause_start(scene, first), first))
    if own or (before in WHILE and partner and not _is_definite(scene, first, noun)):
        return tuple(subject_parties(scene, verb))
    if before == "at" and not _is_definite(scene, first, noun):
        subject = tuple(subject_parties(scene, verb))
        return subject if len(subject) > 1 else ()
    parts = lemma == "take" and scene.doc[verb.i + 1].lower_ == "part"
    if not (lemma in words.HOLD or parts or lemma == "represent" or is_cancelled(verb)):
        return _attenders(scene, noun)
    return tuple(subject_parties(scene, verb)) if _follows(scene, verb, first) else ()


def _follows(scene: Scene, verb: Token, first: int) -> bool:
    """True when the noun is the verb's object, or stands behind "for", "at", "in", "to" with it: not behind "after"."""
    before = scene.doc[first - 1]
    if before.i == verb.i:
        return True
    return before.pos_ != "ADP" or before.lower_ in ("for", "at", "in", "to", "into", "up", "of", "off", "out", "on")


def _attenders(scene: Scene, noun: Token) -> tuple[Party, ...]:
    """Those by whom the occasion was "attended", or whom it "brought together"."""
    doc, stop = scene.doc, noun.sent.end
    for index in range(noun.i + 1, stop - 2):
        pair = (doc[index].lower_, doc[index + 1].lower_)
        if pair in (("attended", "by"), ("joined", "by"), ("brought", "together"), ("brings", "together"),
                    ("bringing", "together")):  # fmt: skip
            return tuple(with_company(scene, index + 2, noun.sent.end))
    return ()


def _named_after(scene: Scene, pattern: re.Pattern[str], noun: Token) -> Party | None:
    """The party named behind words such as "chaired by" in the noun's sentence."""
    sentence = noun.sent
    match = pattern.search(scene.article.text, sentence.start_char, sentence.end_char)
    if match is None:
        return None
    parties = find_parties(scene, scene.token(match.end()), sentence.end)
    return parties[0] if parties else None


# ---------------------------------------------------------------- delegations and presence


def _delegation(scene: Scene, noun: Token, triggers: frozenset[int]) -> Occasion | None:
    """Who leads a delegation: "the Russian delegation will be headed by X", "X, who led the Russian side"."""
    first = _first_of_phrase(scene, noun)
    sides = [party for party in find_parties(scene, first, noun.i + 1) if not party.person]
    if not sides or not stands_for_others(noun):
        return None
    side = sides[0].entity
    heads, verb = _heads_behind(scene, noun)
    if verb is None:
        verb = next((scene.doc[i] for i in range(first - 1, max(noun.sent.start - 1, first - 7), -1)
                     if _lemma(scene.doc[i]) in words.LEAD and scene.doc[i].pos_ == "VERB"), None)  # fmt: skip
        heads = subject_parties(scene, verb) if verb is not None else []
    people = tuple(replace(party, side=side) for party in heads if party.person)
    if verb is None or not people:
        return None
    name = next((scene.names[i] for i in range(noun.i + 1, min(noun.i + 5, noun.sent.end)) if i in scene.names), None)
    body = _text(scene, name) if name is not None and words.BODY.search(_text(scene, name)) else None
    occasion = _made(scene, noun, verb, None, people, tense(scene, verb), triggers, name=body, definite=True)
    return replace(occasion, sides=frozenset([side])) if occasion else None


def _heads_behind(scene: Scene, noun: Token) -> tuple[list[Party], Token | None]:
    """Those by whom the delegation is led, and the verb."""
    for index in range(noun.i + 1, min(noun.i + 8, noun.sent.end - 1)):
        token = scene.doc[index]
        if token.lower_ in ("led", "headed") and scene.doc[index + 1].lower_ == "by":
            return with_company(scene, index + 2, noun.sent.end), token
        if token.i in scene.names and scene.names[token.i].label == "PERSON":
            break
    return [], None


def _represent(scene: Scene, verb: Token, triggers: frozenset[int]) -> Occasion | None:
    """Who speaks for a side at the meeting of the paragraph: "Ms. Berg represents Norland"."""
    passive = any(child.dep_ in ("aux:pass", "auxpass") for child in verb.children)
    sides = subject_parties(scene, verb) if passive else direct_object(scene, verb)[0]
    people = reached(scene, verb.i + 1, clause_end(scene, verb.i + 1), BY)[0] if passive else subject_parties(scene, verb)
    speakers = tuple(replace(party, side=sides[0].entity) for party in people if party.person) if sides else ()
    if not speakers or sides[0].person:
        return None
    occasion = _made(scene, verb, None, None, speakers, tense(scene, verb), triggers, definite=True)
    return replace(occasion, present=True) if occasion else None


def _presence(scene: Scene, noun: Token) -> Occasion | None:
    """Someone who "will also be at NATO headquarters": present where a meeting that the text has told of takes place."""
    verb = next((scene.doc[i] for i in range(noun.i - 1, max(noun.sent.start, noun.i - 6), -1)
                 if scene.doc[i].lower_ in ("be", "is", "was", "present")), None)  # fmt: skip
    if verb is None or scene.doc[verb.i + 1].lower_ != "at":
        return None
    start = noun.sent.start
    people = tuple(party for party in find_parties(scene, start, verb.i) if party.person)
    if not people:
        return None
    occasion = _made(scene, noun, verb, None, people, "now", frozenset([noun.i]), definite=True)
    return replace(occasion, present=True) if occasion else None


# ---------------------------------------------------------------- what all have in common


def _place_of_where(scene: Scene, start: int) -> str | None:
    """The place in "Dahab, where they met" for the clause that begins at `start`."""
    if start < 3 or scene.doc[start - 1].lower_ != "where":
        return None
    name = scene.names.get(start - 2) or scene.names.get(start - 3)
    return name.entity if name is not None and is_place(name) else None


def _place_before(scene: Scene, noun: Token) -> str | None:
    """The place in "the Geneva talks": a city right before the noun."""
    name = scene.names.get(noun.i - 1)
    if name is None or noun.pos_ == "VERB" or not is_place(name) or scene.is_state(name.entity):
        return None
    return name.entity


def _text(scene: Scene, name: Name) -> str:
    return str(scene.doc[name.first : name.last + 1].text)


def _made(
    scene: Scene,
    trigger: Token,
    light: Token | None,
    kind: str | None,
    parties: tuple[Party, ...],
    reality: Reality | None,
    triggers: frozenset[int],
    *,
    chair: Party | None = None,
    name: str | None = None,
    definite: bool = False,
) -> Occasion | None:
    """The occasion with its place and date, or None when it is no real one."""
    if reality is None:
        return None
    chair = chair or _named_after(scene, CHAIR_OF, trigger)
    distinct = tuple({party.entity: party for party in reversed(parties)}.values())[::-1]
    if (
        distinct
        and chair is None
        and not any(party.person for party in distinct)
        and words.SPORT.search(trigger.sent.text)
    ):
        return None
    start, stop = clause_span(scene, trigger, light)
    scene_of = _place_of_where(scene, start)
    if scene_of is not None:
        start = trigger.sent.start
    moving = kind == "visit" or _lemma(trigger) in words.RECEIVE or (light is not None and _lemma(light) in words.TRAVEL)
    near = triggers | {trigger.i} | ({light.i} if light is not None else frozenset())
    place = scene_of or _place_before(scene, trigger) or place_of(scene, trigger.i + 1, stop, near, destination=moving)
    if place is None and light is not None and light.i > trigger.i:
        place = place_of(scene, light.i + 1, stop, near, destination=moving)
    if place is None:
        place = place_of(scene, start, trigger.i, near, destination=moving)
    date = date_of(scene, trigger.i, start, stop, triggers)
    sentence = (trigger.sent.start_char, trigger.sent.end_char)
    return Occasion(sentence, trigger.i, kind, distinct, place, date, None, chair, name, reality, definite)
