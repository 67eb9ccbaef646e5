"""A noun phrase in, the entity behind it out: names beside titles, and whom officials and spokespersons speak for."""

from __future__ import annotations

import re
from bisect import bisect_left

from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.titles import is_office
from briefing.analyze.speech.bodies import body_behind
from briefing.analyze.speech.cast import Cast, Speaker
from briefing.analyze.speech.clauses import source_span, subject
from briefing.analyze.speech.cues import LIGHT_VERBS
from briefing.analyze.speech.trees import Tree
from briefing.language.gazetteers import country_of
from briefing.model import Entity, Mention

REACH = 6  # sentences back in which the name stands that a source spells otherwise
SHORTEST_SURNAME = 5  # letters; shorter names that differ by one are different names ("Lee", "Leed")
LONGEST_LINK = 3  # words from an office to whose it is: "leaders of the new"
# who and what speaks for the person named before ("the Brandt campaign", "Brandt's lawyers")
REPRESENTATIVES = frozenset(
    """campaign spokesman spokeswoman spokesperson spokespeople lawyer attorney aide adviser advisor office team
    administration government delegation ministry staff manager secretary camp representative surrogate ally family
    foundation ad advert""".split()
)
# who stands for the country or organization named with them; "experts in Japan" and "Chinese tourists" do not
STANDING_FOR = REPRESENTATIVES | frozenset(
    """official officer authority minister president premier leader diplomat ambassador envoy negotiator lawmaker
    parliament senate congress cabinet regime presidency embassy military army force navy police agency department
    court bank board committee commission council company union party alliance member ally capital state country nation
    federation king queen chancellor mission delegate source chief command guard executive chairman director
    general senator congressman politician government""".split()
)
# what a country has that does not speak for it: "Norway's central bank"
INDEPENDENT = frozenset("bank court party union company board".split())
_TITLE = re.compile(
    r"(?: (?!and |or |of |for )[\w-]+){1,4} "
)  # between a body and the person who holds an office in it
_OFFICE_OF = re.compile(r" (?:of|for|at|in) [^,;:()]+ ")  # between an office and the person who holds it
_OF_HOUSE = re.compile(r" (?:of|from|at) (?:the )?(?:[A-Z][\w'’-]+ ){0,3}")  # between a person and a house's last name
# what speaks with its author's voice
WRITINGS = frozenset(
    """statement letter tweet post message email memo article essay column memoir testimony speech blog release
    note""".split()
)
_OWNS = re.compile(r"(?:'s|’s|'|’) (?:[a-z-]+ ){0,2}")  # between an author and the writing
_SENT = re.compile(r" (?:by|from) (?:the |[A-Z][a-z]+\.? )?")  # between a writing and its author
COLLECTIVE_LABELS = ("ORG", "GPE", "NORP", "LOC")


def spoken_by(cast: Cast, entity: int | None) -> Speaker:
    """The entity as the speaker and as the actor, nobody for None."""
    return Speaker() if entity is None else Speaker(cast.entities[entity].name, entity, entity)


def named(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> Speaker:
    """The speaker that the noun phrase names, or for whom its head noun speaks."""
    start, end = cast.whole(tree.start[source[0]]), tree.end[source[1]]
    mentions = cast.within(start, end)
    at_head = next((m for m in mentions if m.start <= tree.start[head] < m.end), None)
    if (leading := _leading(cast, tree, mentions, source, head)) is not None:
        return spoken_by(cast, leading.entity)
    if at_head is not None and tree.text.startswith(("'s ", "’s "), at_head.end) and at_head.end < end:
        return Speaker()  # "Stone's double allowed ..." is no deed of Stone's
    if at_head is not None and cast.is_person(at_head):
        return spoken_by(cast, (_whose_house(cast, tree, mentions, at_head) or at_head).entity)
    person = (
        _beside(cast, tree, mentions, source, head)
        or _titled(cast, tree, mentions, at_head.end if at_head is not None else tree.end[head])
        or _in_office(cast, tree, mentions, source, head)
    )
    if person is not None:
        return spoken_by(cast, person.entity)
    if (author := _author(cast, tree, mentions, head)) is not None:
        return spoken_by(cast, author.entity)
    if at_head is not None and _ends_another_name(cast, tree, at_head):
        return Speaker()
    if at_head is not None:
        entity = at_head.entity
        return Speaker(cast.entities[entity].name, entity, _country_behind(cast, at_head))
    if not mentions and (meant := _misspelt(cast, tree, source, head)) is not None:
        return spoken_by(cast, meant)
    if (known := by_role(cast, tree, source, head)) is not None:
        return spoken_by(cast, known)
    if (actor := _represented(cast, tree, mentions, head)) is not None or mentions:
        return Speaker(actor=actor)
    body = body_behind(cast, tree, source, head)
    return Speaker() if body is None else Speaker(cast.entities[body].name, body, body)


def _beside(cast: Cast, tree: Tree, mentions: list[Mention], source: tuple[int, int], head: int) -> Mention | None:
    """The person named in apposition to the head, or right behind it as behind a title."""
    for mention in mentions:
        if not cast.is_person(mention) or mention.start < tree.start[head]:
            continue
        between = tree.text[tree.end[head] : mention.start].rstrip()
        addressed = between.split()[-1:]  # "the undersecretary for education, Mr. Stone"
        if between in ("", ".") or between.endswith((",", "—", "–", "--", "(")):
            return mention
        if addressed and plain(addressed[0]) in HONORIFICS:
            return mention
    return None


def _titled(cast: Cast, tree: Tree, mentions: list[Mention], body_end: int) -> Mention | None:
    """The person whose title begins with the body at the head: "WHO regional director Ada Stone", "police chief"."""
    person = next((m for m in mentions if cast.is_person(m) and m.start > body_end), None)
    if person is None:
        return None
    between = tree.text[body_end : person.start]
    return person if _TITLE.fullmatch(between) and is_office(between.split()[-1]) else None


def _ends_another_name(cast: Cast, tree: Tree, mention: Mention) -> bool:
    """Whether a country's or people's name is the last word of a longer one: "Congregation Beth Israel"."""
    if cast.entities[mention.entity].kind not in ("place", "group"):
        return False
    token = bisect_left(tree.start, mention.start)
    before = token - 1
    if before < 1 or before == tree.bounds[tree.sentence[before]][0] or tree.end[before] + 1 != mention.start:
        return False
    return tree.pos[before] in ("PROPN", "NOUN") and tree.words[before][:1].isupper()


def _leading(cast: Cast, tree: Tree, mentions: list[Mention], source: tuple[int, int], head: int) -> Mention | None:
    """The person named first, whose apposition holds the head: "Ana Brandt, Norvik's chief executive"."""
    if not mentions or not cast.is_person(mentions[0]) or mentions[0].start > tree.start[source[0]]:
        return None
    behind = tree.text[mentions[0].end : tree.end[source[1]]]
    apposition = behind.startswith(", ") and tree.start[head] >= mentions[0].end
    listed = re.search(r",? (?:and|or) (?:the |his |her )?\w+$", behind.rstrip(","))
    return mentions[0] if apposition and not listed else None


def _whose_house(cast: Cast, tree: Tree, mentions: list[Mention], at_head: Mention) -> Mention | None:
    """The person of a house that bears a person's name, at the head: "Rabbi Karl Berg of Congregation Beth Israel"."""
    before = next((m for m in reversed(mentions) if m.end < at_head.start), None)
    if before is None or not cast.is_person(before):
        return None
    return before if _OF_HOUSE.fullmatch(tree.text[before.end : at_head.start]) else None


def _in_office(cast: Cast, tree: Tree, mentions: list[Mention], source: tuple[int, int], head: int) -> Mention | None:
    """The person whose office stands before the name with whose it is: "Governor of Norland Chris Berg"."""
    person = next((m for m in mentions if cast.is_person(m) and m.start > tree.start[head]), None)
    if person is None or not is_office(tree.words[head]) or person.end + 1 < tree.end[source[1]]:
        return None
    between = tree.text[tree.end[head] : person.start]
    return person if _OFFICE_OF.fullmatch(between) else None


def _author(cast: Cast, tree: Tree, mentions: list[Mention], head: int) -> Mention | None:
    """Who wrote what speaks: "Brandt's statement", "a letter from the ministry"."""
    if tree.lemma[head] not in WRITINGS:
        return None
    for mention in mentions:
        if cast.entities[mention.entity].kind not in ("person", "organization"):
            continue
        if mention.end <= tree.start[head] and _OWNS.fullmatch(tree.text[mention.end : tree.start[head]]):
            return mention
        if mention.start > tree.start[head] and _SENT.fullmatch(tree.text[tree.end[head] : mention.start]):
            return mention
    return _publisher(cast, tree, head)


def _publisher(cast: Cast, tree: Tree, writing: int) -> Mention | None:
    """Who issued the writing: "Brandt" in "Brandt released a letter that said"."""
    verb = tree.head[writing]
    if tree.dep[writing] != "obj" or tree.lemma[verb] not in LIGHT_VERBS or (owner := subject(tree, verb)) is None:
        return None
    first, last = source_span(tree, owner)
    inside = cast.within(tree.start[first], tree.end[last])
    at_head = [m for m in inside if m.start <= tree.start[owner] < m.end]
    apposed = _beside(cast, tree, inside, (first, last), owner)
    return apposed or next((m for m in at_head if cast.entities[m.entity].kind in ("person", "organization")), None)


def _misspelt(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> int | None:
    """The only person named shortly before whose surname the source misses by a letter: "Water" for Waters."""
    word = tree.words[head]
    if source[0] != source[1] or len(word) < SHORTEST_SURNAME or not word[0].isupper():
        return None
    first = tree.start[tree.bounds[max(0, tree.sentence[head] - REACH)][0]]
    near = [m for m in cast.within(first, tree.start[head]) if cast.is_person(m)]
    alike = {m.entity for m in near if _differ_by_a_letter(word, cast.entities[m.entity].name.split()[-1])}
    return alike.pop() if len(alike) == 1 else None


def _differ_by_a_letter(one: str, two: str) -> bool:
    """Whether two names with the same first letter are equal but for a letter that one has more."""
    short, long = sorted((one, two), key=len)
    if len(long) != len(short) + 1 or long[0] != short[0]:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long)))


def _country_behind(cast: Cast, mention: Mention) -> int:
    """The country for its capital, seat of government or people; the entity itself otherwise."""
    entity = cast.entities[mention.entity]
    country = country_of(mention.text) if mention.label in COLLECTIVE_LABELS else None
    if country is None or country.via == "name":
        return mention.entity
    return next((i for i, e in enumerate(cast.entities) if _is_country(e, country.code)), int(entity.id))


def _is_country(entity: Entity, code: str) -> bool:
    found = country_of(entity.name)
    return entity.kind == "place" and found is not None and found.code == code and found.via == "name"


def _represented(cast: Cast, tree: Tree, mentions: list[Mention], head: int) -> int | None:
    """Whose position the head noun gives: "Russian officials", "NATO's spokesman", "the Brandt campaign"."""
    for mention in mentions:
        if cast.is_person(mention):
            if tree.lemma[head] in REPRESENTATIVES:
                return mention.entity
        elif tree.lemma[head] in STANDING_FOR and _belongs(tree, mention, head):
            if tree.lemma[head] in INDEPENDENT and cast.entities[mention.entity].kind in ("place", "group"):
                return None
            return _country_behind(cast, mention)
    return None


def _belongs(tree: Tree, mention: Mention, head: int) -> bool:
    """Whether a name says whose the head noun is: beside it, or behind "of", "for", "from"; not where it is."""
    if mention.start < tree.start[head]:
        return True
    between = tree.text[tree.end[head] : mention.start].lower().split()
    return bool(between) and between[0] in ("of", "for", "from") and len(between) <= LONGEST_LINK


def by_role(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> int | None:
    """The person named before whose role has the head noun, for a definite phrase ("the minister")."""
    noun = tree.words[head].lower()
    if tree.words[source[0]].lower() not in ("the", "this") or tree.pos[head] == "PROPN" or not is_office(noun):
        return None  # "the zoo" is not its director
    before = cast.mentions[: bisect_left(cast.starts, tree.start[source[0]])]
    for mention in reversed(before):
        entity = cast.entities[mention.entity]
        if entity.kind == "person" and noun in (entity.role or "").lower().replace("-", " ").split():
            return mention.entity
    return None
