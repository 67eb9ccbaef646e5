"""Who a noun phrase names as a party: persons, and countries and organizations for which officials stand.

A phrase is cut at commas and conjunctions. "A deputy minister, Ivan Petrov" and "Ivan Petrov, the deputy minister"
are one person; "NATO and Russian officials" are two parties; "Petrov's spokesman" and "Russian demands" none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.analyze.meet.view import Name, Scene
from briefing.analyze.meet.words import DELEGATIONS, GROUPS, IRREGULAR, PLURAL_PEOPLE, RANKS, REPORTERS, SINGULAR_PEOPLE
from briefing.analyze.names.titles import NAMED_BODIES
from briefing.language.gazetteers import country_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 45  # tokens of a list of names with their titles
RELATIVE = frozenset("who whom whose which that where when why how".split())
RELATED = frozenset("counterpart colleague host guest her his their".split())  # "her host, Minister Berg" is one person
COMPANY = frozenset(["along", "together", "accompanied", "joined", "flanked", "as", ","])
WITH_COMPANY = frozenset(
    [("along", "with"), ("together", "with"), ("accompanied", "by"), ("joined", "by"), ("flanked", "by"),
     ("well", "as"), ("and", "by")]
)  # fmt: skip
TITLE_PREPOSITIONS = frozenset("to for at on in".split())  # "ambassador to NATO", "minister for Europe"
VERBS_TOO = frozenset("heads partners forces experts".split())  # what people are called, and what somebody does
FINITE = frozenset("VBD VBZ VBP MD".split())


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part: an entity id of the article, and the side where the text tells it."""

    entity: str
    side: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a phrase between commas and conjunctions; `tokens` without punctuation.

    `comma`: one stands before it; `joined`: so does "and" ("Anna Berg, and the mayor": two people).
    """

    tokens: tuple[Token, ...]
    comma: bool
    joined: bool = False


def find_parties(scene: Scene, start: int, stop: int) -> list[Party]:
    """The parties that the phrase from token `start` up to `stop` (exclusive) names, each once, in order."""
    end = phrase_end(scene, start, stop)
    chunks = _chunks(scene, start, end)
    found: dict[str, Party] = {}
    for number, chunk in enumerate(chunks):
        if _describes_neighbour(scene, chunks, number):
            continue
        for party in _parties(scene, chunk, chunks[number + 1] if number + 1 < len(chunks) else None):
            found.setdefault(party.entity, party)
    return _in_turn(list(found.values()), chunks)


def _in_turn(parties: list[Party], chunks: list[Chunk]) -> list[Party]:
    """The persons with their sides, where these are listed before: "the French and Dutch ministers, A and B"."""
    offices = any(token.lower_ in PLURAL_PEOPLE for chunk in chunks for token in chunk.tokens)
    sides = list(itertools.takewhile(lambda party: not party.person, parties))
    people = parties[len(sides) :]
    if not offices or not sides or len(people) < 2 or not all(party.person for party in people):
        return parties
    if len(people) != len(sides):  # "the chiefs of Alpina Bank, A and B": two of one side
        return people if chunks[1:] and chunks[1].comma and len(sides) == 1 else parties
    return [replace(person, side=side.entity) for person, side in zip(people, sides, strict=True)]


def with_company(scene: Scene, start: int, stop: int) -> list[Party]:
    """The parties of the phrase that begins at `start`, and those named behind its "along with", up to `stop`."""
    doc = scene.doc
    if start >= len(doc):
        return []
    parties = find_parties(scene, start, stop)
    end = phrase_end(scene, start, stop)
    if end + 1 < stop and doc[end].lower_ in ("led", "headed") and doc[end + 1].lower_ == "by":
        return _with_leader(parties, find_parties(scene, end + 2, stop))
    if end >= stop or doc[end].lower_ not in RELATIVE | COMPANY:
        return parties
    for index in range(end, stop - 1):
        pair = (doc[index].lower_, doc[index + 1].lower_)
        if pair in WITH_COMPANY:
            known = {party.entity for party in parties}
            parties += [party for party in find_parties(scene, index + 2, stop) if party.entity not in known]
    return parties


def _with_leader(parties: list[Party], heads: list[Party]) -> list[Party]:
    """The parties, the last of them with the one who leads it: "a delegation of Alpine bankers led by Anna Berg"."""
    if not heads or not heads[0].person or (parties and parties[-1].person):
        return parties
    side = heads[0].side or (parties[-1].entity if parties else None)
    return [*parties[:-1], replace(heads[0], side=side)]


def phrase_end(scene: Scene, start: int, stop: int) -> int:
    """Where the phrase that begins at `start` ends (exclusive): at a clause, an adverbial, a verb, or `stop`."""
    doc = scene.doc
    index = start
    stop = min(stop, start + LONGEST, len(doc))
    while index < stop:
        token = doc[index]
        if index > start and _ends(scene, token, start):
            break
        index += 1
    if index < stop and _is_finite(doc[index]):
        index = _before_last_comma(scene, start, index)
    return index


def _ends(scene: Scene, token: Token, start: int) -> bool:
    low = token.lower_
    if token.i in scene.names:
        return False
    if low in RELATIVE or token.text in (";", ":", "—", "–", "--", "(", ")", "“", "”", '"', ".", "?", "!"):
        return True
    if token.is_space or _is_finite(token) or token.tag_ == "TO" or scene.date_at(token) is not None:
        return not (token.tag_ == "TO" and _in_title(scene, token))
    if token.pos_ in ("ADP", "SCONJ"):
        return (low not in ("of", "from", "with", "as", "including", "like") and not _in_title(scene, token)) or (
            low in ("with", "as") and not _lists(token)
        )
    return (
        token.pos_ == "VERB"
        and token.tag_ in ("VBG", "VBN", "VB")
        and token.i not in scene.names
        and not _is_modifier(token)
    )


def _is_finite(token: Token) -> bool:
    if token.lower_ in PLURAL_PEOPLE and token.lower_ not in VERBS_TOO:
        return False
    return token.tag_ in FINITE and token.pos_ in ("VERB", "AUX")


def _is_modifier(token: Token) -> bool:
    """True for participles within a noun phrase ("visiting", "newly elected")."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.dep_ in ("amod", "compound") or (following is not None and following.pos_ in ("NOUN", "PROPN", "ADJ"))


def _in_title(scene: Scene, token: Token) -> bool:
    """True for the preposition of an office ("ambassador to NATO")."""
    if token.lower_ not in TITLE_PREPOSITIONS or token.i == 0:
        return False
    if token.lower_ == "for" and _is_label(scene, token.i - 1, "PERSON") and _is_label(scene, token.i + 1, "GPE"):
        return True  # "Elif Kaya for Turkey and Nikos Pappas for Greece"
    before = token.doc[token.i - 1]
    if token.lower_ == "for" and before.lower_ in PLURAL_PEOPLE:
        return True
    return before.lower_ in SINGULAR_PEOPLE or before.lower_ in ("ambassadors", "envoys", "representatives", "fellows")


def _is_label(scene: Scene, index: int, label: str) -> bool:
    return index in scene.names and scene.names[index].label == label


def _lists(token: Token) -> bool:
    """True in "along with", "together with", "as well as"."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return (token.lower_ == "with" and before in ("along", "together")) or (
        token.lower_ == "as" and (before == "well" or token.doc[min(token.i + 1, len(token.doc) - 1)].lower_ == "well")
    )


def _before_last_comma(scene: Scene, start: int, index: int) -> int:
    """A phrase that runs into a finite verb has taken in that verb's subject: cut before it."""
    for back in range(index - 1, start, -1):
        if scene.doc[back].text == ",":
            return back
        if scene.doc[back].pos_ == "CCONJ":
            break
    return index


def _chunks(scene: Scene, start: int, end: int) -> list[Chunk]:
    chunks: list[Chunk] = []
    tokens: list[Token] = []
    comma = joined = False
    for token in scene.doc[start:end]:
        conjunction = token.lower_ in ("and", "&", "or", "plus") or _lists(token)
        if ((token.text == "," or conjunction) and token.i not in scene.names) or token.lower_ in ("along", "together"):
            if tokens:
                chunks.append(Chunk(tuple(tokens), comma, joined))
                tokens, comma, joined = [], token.text == ",", conjunction
            else:
                comma, joined = comma or token.text == ",", joined or conjunction
        elif not token.is_punct or token.text in ("-", "–"):
            tokens.append(token)
    return [*chunks, Chunk(tuple(tokens), comma, joined)] if tokens else chunks


def _names_in(scene: Scene, chunk: Chunk) -> list[Name]:
    found: dict[Name, None] = {}
    for token in chunk.tokens:
        if token.i in scene.names:
            found.setdefault(scene.names[token.i])
    return list(found)


def _person(scene: Scene, chunk: Chunk) -> Name | None:
    """The person whom a chunk names: the last one in it that owns nothing and describes no noun."""
    people = [name for name in _names_in(scene, chunk) if name.label == "PERSON"]
    if not people or _owns(scene, people[-1]) or any(token.lower_ in REPORTERS for token in chunk.tokens):
        return None
    return people[-1] if not _belongs_to_noun(scene, chunk, people[-1]) else None


def _belongs_to_noun(scene: Scene, chunk: Chunk, person: Name) -> bool:
    """True in "a letter from Petrov", "supporters of Petrov": the person is not the head, and the head no office."""
    before = [token for token in chunk.tokens if token.i < person.first]
    if not any(token.pos_ == "ADP" and token.i not in scene.names for token in before):
        return False
    head = _head(scene, chunk)
    return head is not None and head.i not in scene.names and head.lower_.rsplit("-", 1)[-1] not in SINGULAR_PEOPLE


def _owns(scene: Scene, name: Name) -> bool:
    """True when something else is meant than the one named: "Petrov's aide", "the Petrov government"."""
    doc = scene.doc
    if name.last + 1 >= len(doc):
        return False
    after = doc[name.last + 1]
    if after.text in ("'s", "’s", "'", "’") or doc[name.last].text.endswith(("'s", "’s")):
        return True
    return (
        after.pos_ == "NOUN"
        and scene.date_at(after) is None
        and after.lower_ not in SINGULAR_PEOPLE | IRREGULAR.keys()
        and bool(doc[name.last].whitespace_)
    )


def _describes_neighbour(scene: Scene, chunks: list[Chunk], number: int) -> bool:
    """True for "the NATO secretary-general" beside "Anna Berg": the office of the person named next to it."""
    chunk = chunks[number]
    if _person(scene, chunk) is not None or not _is_office(scene, chunk):
        return False
    before = chunks[number - 1] if number else None
    after = chunks[number + 1] if number + 1 < len(chunks) else None
    if before is not None and chunk.comma and not chunk.joined and _person(scene, before) is not None:
        return True
    if after is None or not after.comma or _person(scene, after) is None:
        return False
    return not _is_office_first(scene, after) or any(token.lower_ in RELATED for token in chunk.tokens)


def _is_office(scene: Scene, chunk: Chunk) -> bool:
    """True when the head of the chunk is one person's office."""
    return (head := _head(scene, chunk)) is not None and head.lower_.rsplit("-", 1)[-1] in SINGULAR_PEOPLE


def _is_office_first(scene: Scene, chunk: Chunk) -> bool:
    """True when the person's own office stands before the name ("Minister Ivan Petrov")."""
    person = _person(scene, chunk)
    offices = SINGULAR_PEOPLE - RANKS
    return person is not None and any(t.lower_ in offices and t.i < person.first for t in chunk.tokens)


def _head(scene: Scene, chunk: Chunk) -> Token | None:
    """The last noun or name before the first preposition of the chunk."""
    head = None
    for token in chunk.tokens:
        if token.pos_ == "ADP" and head is not None and token.i not in scene.names:
            break
        if token.text in ("'s", "’s"):
            head = None
        elif token.pos_ in ("NOUN", "PROPN") or token.i in scene.names or token.lower_ in PLURAL_PEOPLE | GROUPS:
            head = token
    return head


def _parties(scene: Scene, chunk: Chunk, following: Chunk | None) -> Iterator[Party]:
    person = _person(scene, chunk)
    if person is not None:
        yield Party(person.entity, _side(scene, person, chunk, following), person=True)
        return
    head = _head(scene, chunk)
    if head is None:
        return
    name = scene.names.get(head.i)
    if name is not None and name.label in ("ORG", "GPE", "NORP", "EVENT") and not _owns(scene, name):
        if name.label != "EVENT" and not _is_landmark(scene, name):
            yield Party(scene.actor(name.entity))
        return
    if stands_for_others(head):
        for other in _without_origin(scene, _names_in(scene, chunk)):
            if other.label in ("ORG", "GPE", "NORP") or (other.label == "LOC" and other.kind != "place"):
                yield Party(scene.actor(other.entity))
            elif other.label == "PERSON" and (side := scene.side(other.entity)) is not None:
                yield Party(side)


def _without_origin(scene: Scene, names: list[Name]) -> list[Name]:
    """The names without a nationality that only says where a company comes from: "the French firm Petralis"."""
    origins = {
        one
        for one, other in itertools.pairwise(names)
        if (one.label, other.label) == ("NORP", "ORG") and scene.doc[other.first - 1].lower_ in NAMED_BODIES
    }
    return [name for name in names if name not in origins]


def _is_landmark(scene: Scene, name: Name) -> bool:
    """True for "the Drina": what has an article and is no state is a river or a region, and meets nobody."""
    article = name.first > 0 and scene.doc[name.first - 1].lower_ == "the"
    return article and name.label == "GPE" and country_of(scene.entity(name.entity).name) is None


def stands_for_others(head: Token) -> bool:
    """True for nouns such as "officials", "delegation", "minister": they act for the country named with them."""
    low = head.lower_.rsplit("-", 1)[-1]
    group = low.removesuffix("s") in GROUPS  # councils, governments
    return low in PLURAL_PEOPLE or low in SINGULAR_PEOPLE or group or low in DELEGATIONS


def _side(scene: Scene, person: Name, chunk: Chunk, following: Chunk | None) -> str | None:
    """The country or organization that a person is named with, else what is known of them from the article."""
    own = scene.side(person.entity)
    if own is not None:
        return own
    before = [name for name in _names_in(scene, chunk) if name.last < person.first]
    sides = [name for name in before if name.label in ("ORG", "GPE", "NORP")]
    if (
        not sides
        and following is not None
        and following.comma
        and not following.joined
        and _is_office(scene, following)
    ):
        sides = [name for name in _names_in(scene, following) if name.label in ("ORG", "GPE", "NORP")]
    return scene.actor(sides[0].entity) if sides else None
