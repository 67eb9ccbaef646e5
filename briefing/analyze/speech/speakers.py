"""The words of a source in, the entity behind them out: names, pronouns, whom officials and spokespersons speak for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.analyze.names.given_names import GIVEN_GENDER
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.titles import is_office
from briefing.analyze.speech.bodies import body_behind
from briefing.analyze.speech.clauses import source_span
from briefing.analyze.speech.trees import SUBJECTS, Tree
from briefing.language.gazetteers import country_of
from briefing.model import Entity, Mention

HE, SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})
NEAR = 3  # sentences back in which the organization behind "it" or "the company" is named
REACH = 6  # sentences back in which the person behind a pronoun is looked for
LAST_SPOKE = (
    1.0  # salience of who spoke last: as much as being a subject, for "he said" goes on more often than it turns
)
HONORIFIC_GENDER = {title: gender for title, gender in HONORIFICS.items() if gender}
LONGEST_LINK = 3  # words from an office to whose it is: "leaders of the new"
WOMEN = frozenset("actress princess duchess countess baroness queen widow mother daughter sister wife nun".split())
MEN = frozenset("king prince duke count baron widower father son brother husband monk priest imam".split())
NEUTRAL = frozenset("ombudsman human german roman norman".split())  # end in "man" and tell nothing
NEW_PARAGRAPH = 0.5  # salience that a name loses for a pronoun in a later paragraph
# who and what speaks for the person named before ("the Brandt campaign", "Brandt's lawyers")
REPRESENTATIVES = frozenset(
    """campaign spokesman spokeswoman spokesperson spokespeople lawyer attorney aide adviser advisor office team
    administration government delegation ministry staff manager secretary camp representative surrogate ally family
    foundation ad advert statement""".split()
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
_TITLE = re.compile(r"(?: [\w-]+){1,4} ")  # between a body and the person who holds an office in it
COLLECTIVE_LABELS = ("ORG", "GPE", "NORP", "LOC")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is: name in full, index of its entity, and index of the actor whose position it gives."""

    name: str | None = None
    entity: int | None = None
    actor: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of an article and where they are named, in order of the text; `genders` by entity, "m" or "f"."""

    entities: Sequence[Entity]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    genders: Mapping[int, str] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions of entities that lie between two characters."""
        first = max(0, bisect_left(self.starts, start) - 1)
        found = []
        for mention in self.mentions[first:]:
            if mention.start >= end:
                break
            if mention.start >= start and mention.end <= end + 2:
                found.append(mention)
        return found

    def is_person(self, mention: Mention) -> bool:
        """Whether the mention names a person."""
        return self.entities[mention.entity].kind == "person"

    def whole(self, start: int) -> int:
        """Where the name begins that the character at `start` stands in: "Verhaegen" in "Ilse Verhaegen"."""
        before = self.mentions[max(0, bisect_left(self.starts, start) - 1) :][:1]
        return next((m.start for m in before if m.start < start < m.end), start)


def make_cast(entities: Sequence[Entity], mentions: Sequence[Mention], tree: Tree) -> Cast:
    """The cast of an article, with the genders that its text gives away."""
    named = tuple(sorted(m for m in mentions if 0 <= m.entity < len(entities)))
    cast = Cast(entities, named, tuple(m.start for m in named))
    told: dict[int, str] = {}
    for mention in named:
        if cast.is_person(mention) and (gender := _told_gender(cast, tree, mention)):
            told.setdefault(mention.entity, gender)
    return replace(cast, genders=_shown_genders(cast, tree) | told)


def _shown_genders(cast: Cast, tree: Tree) -> dict[int, str]:
    """Genders by pronouns behind the only person of their sentence, where no two of them contradict each other."""
    shown: dict[int, set[str]] = {}
    for first, stop in tree.bounds:
        people = [m for m in cast.within(tree.start[first], tree.end[stop - 1]) if cast.is_person(m)] if stop else []
        for token in range(first, stop if people else first):
            word = tree.words[token].lower()
            before = [m for m in people if m.end <= tree.start[token]]
            if (word in HE or word in SHE) and len({m.entity for m in before}) == 1 and _leads(tree, before[0], token):
                shown.setdefault(before[0].entity, set()).add("m" if word in HE else "f")
    return {entity: genders.pop() for entity, genders in shown.items() if len(genders) == 1}


def _leads(tree: Tree, mention: Mention, pronoun: int) -> bool:
    """Whether the name is a subject, and no quotation mark stands between it and the pronoun."""
    between = tree.text[mention.end : tree.start[pronoun]]
    token = bisect_left(tree.start, mention.start)
    return token < pronoun and not set(between) & set('"“”„«»') and _salience(tree, token, 0) >= 1.0


def speaker_of(cast: Cast, tree: Tree, source: tuple[int, int], head: int, *, last: int | None) -> Speaker:
    """Who the source is; `head` is its head word, `last` the entity that spoke before it, which a pronoun may mean."""
    word = tree.words[head].lower()
    if word in HE or word in SHE:
        return _person(cast, _behind_pronoun(cast, tree, head, "m" if word in HE else "f", last))
    if word == "they":
        return _behind_they(cast, tree, head)
    if word == "it":
        return _behind_it(cast, tree, head, last)
    if word in ("who", "which", "that") and tree.dep[tree.head[head]].startswith("acl"):
        noun = tree.head[tree.head[head]]
        return _named(cast, tree, (min(tree.left[noun], noun), noun), noun)
    return _named(cast, tree, source, head)


def _person(cast: Cast, entity: int | None) -> Speaker:
    return Speaker() if entity is None else Speaker(cast.entities[entity].name, entity, entity)


def _named(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> Speaker:
    """The speaker that the noun phrase names, or for whom its head noun speaks."""
    start, end = cast.whole(tree.start[source[0]]), tree.end[source[1]]
    mentions = cast.within(start, end)
    at_head = next((m for m in mentions if m.start <= tree.start[head] < m.end), None)
    if at_head is not None and tree.text.startswith(("'s ", "’s "), at_head.end) and at_head.end < end:
        return Speaker()  # "Stone's double allowed ..." is no deed of Stone's
    if at_head is not None and cast.is_person(at_head):
        return _person(cast, at_head.entity)
    person = _beside(cast, tree, mentions, source, head) or _titled(cast, tree, mentions, at_head)
    if person is not None:
        return _person(cast, person.entity)
    if at_head is not None:
        entity = at_head.entity
        return Speaker(cast.entities[entity].name, entity, _country_behind(cast, at_head))
    if (known := _by_role(cast, tree, source, head)) is not None:
        return _person(cast, known)
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


def _titled(cast: Cast, tree: Tree, mentions: list[Mention], at_head: Mention | None) -> Mention | None:
    """The person whose title begins with the body at the head: "WHO regional director Ada Stone"."""
    if at_head is None or mentions[-1] is at_head or not cast.is_person(mentions[-1]):
        return None
    between = tree.text[at_head.end : mentions[-1].start]
    return mentions[-1] if _TITLE.fullmatch(between) and is_office(between.split()[-1]) else None


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


def _by_role(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> int | None:
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


def _behind_it(cast: Cast, tree: Tree, pronoun: int, last: int | None) -> Speaker:
    """The organization that spoke last, where it was named in the sentences right before."""
    if last is None or cast.entities[last].kind != "organization":
        return Speaker()
    sentence = tree.bounds[max(0, tree.sentence[pronoun] - NEAR)][0]
    near = cast.within(tree.start[sentence], tree.start[pronoun])
    return Speaker(cast.entities[last].name, last, last) if any(m.entity == last for m in near) else Speaker()


def _behind_they(cast: Cast, tree: Tree, pronoun: int) -> Speaker:
    """The speaker that the nearest plural subject before the pronoun is."""
    stop = tree.bounds[max(0, tree.sentence[pronoun] - REACH)][0]
    for token in range(pronoun - 1, stop - 1, -1):
        if tree.dep[token] not in SUBJECTS or tree.words[token].lower() == "they" or tree.pos[token] == "PRON":
            continue
        plural = tree.pos[token] == "NOUN" and tree.lemma[token] != tree.words[token].lower()
        source = source_span(tree, token)
        named = cast.within(tree.start[source[0]], tree.end[source[1]])
        collective = any(m.start <= tree.start[token] < m.end and not cast.is_person(m) for m in named)
        if plural or collective:
            found = _named(cast, tree, source, token)
            return Speaker(actor=found.actor)
    return Speaker()


def _behind_pronoun(cast: Cast, tree: Tree, pronoun: int, gender: str, last: int | None) -> int | None:
    """The person a pronoun means: subjects before others, near before far, the one who spoke before strangers."""
    best: tuple[float, int] | None = None
    before = cast.mentions[: bisect_left(cast.starts, tree.start[pronoun])]
    heard = _addressed(cast, tree, pronoun)
    for mention in reversed(before):
        token = bisect_left(tree.start, mention.start)
        if token >= len(tree):
            continue
        distance = tree.sentence[pronoun] - tree.sentence[token]
        if distance > REACH:
            break
        other = cast.genders.get(mention.entity, gender) != gender or mention.entity in heard
        if not cast.is_person(mention) or other:
            continue
        score = _salience(tree, token, distance) + (LAST_SPOKE if mention.entity == last else 0.0)
        score -= NEW_PARAGRAPH * ("\n" in tree.text[mention.end : tree.start[pronoun]])
        if best is None or score > best[0]:
            best = (score, mention.entity)
    if best is None and last is not None and cast.entities[last].kind == "person" and last not in heard:
        return last if cast.genders.get(last, gender) == gender else None
    return None if best is None else best[1]


def _addressed(cast: Cast, tree: Tree, pronoun: int) -> frozenset[int]:
    """The persons to whom the pronoun's verb is spoken, by name or by office: never the ones it means."""
    verb = tree.head[pronoun]
    found: set[int] = set()
    for token in tree.kin(verb, ("obj", "iobj", "obl")):
        first, last = source_span(tree, token)
        found |= {m.entity for m in cast.within(tree.start[first], tree.end[last]) if cast.is_person(m)}
        if (known := _by_role(cast, tree, (first, last), token)) is not None:
            found.add(known)
    return frozenset(found) if verb != pronoun else frozenset()


def _salience(tree: Tree, token: int, distance: int) -> float:
    """How much a name stands out for a later pronoun: by its part in the sentence and the sentences since."""
    while tree.dep[token] in ("compound", "flat", "flat:name") and tree.head[token] != token:
        token = tree.head[token]
    part = 1.0 if tree.dep[token] in SUBJECTS or tree.dep[token] in ("root", "ROOT") else 0.0
    part -= 0.5 if tree.dep[token] in ("nmod:poss", "compound") else 0.0
    return part - 0.7 * distance


def _gender_of_noun(word: str) -> str | None:
    if word in WOMEN or word.endswith("woman"):
        return "f"
    return "m" if word in MEN or (word.endswith("man") and word not in NEUTRAL) else None


def _told_gender(cast: Cast, tree: Tree, mention: Mention) -> str | None:
    """ "m" or "f" by form of address, role or given name, where that tells."""
    before = tree.text[max(0, mention.start - 6) : mention.start].split()
    if before and (told := HONORIFIC_GENDER.get(plain(before[-1]))):
        return told
    for name in (cast.entities[mention.entity].name, *cast.entities[mention.entity].aliases):
        for word in name.split():
            if (told := HONORIFIC_GENDER.get(plain(word))) is not None:
                return told
    role = (cast.entities[mention.entity].role or "").lower().split()
    if told := next((gender for word in role if (gender := _gender_of_noun(word))), None):
        return told
    return GIVEN_GENDER.get(plain(cast.entities[mention.entity].name.split()[0]))
