"""The entities of an article in, a cast out: where each is named, and whether a person is "he" or "she"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.analyze.names.given_names import GIVEN_GENDER
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.speech.trees import SUBJECTS, Tree
from briefing.model import Entity, Mention

HE, SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})
HONORIFIC_GENDER = {title: gender for title, gender in HONORIFICS.items() if gender}
WOMEN = frozenset("actress princess duchess countess baroness queen widow mother daughter sister wife nun".split())
MEN = frozenset("king prince duke count baron widower father son brother husband monk priest imam".split())
NEUTRAL = frozenset("ombudsman human german roman norman".split())  # end in "man" and tell nothing


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is: name in full, index of its entity, and index of the actor whose position it gives."""

    name: str | None = None
    entity: int | None = None
    actor: int | None = None


@dataclass(frozen=True, slots=True)
class Spoke:
    """Who spoke last: the entity, None for a person without a name, and the token of the source that means them."""

    entity: int | None
    head: int


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of an article and where they are named, in order of the text; `genders` by entity, "m" or "f".

    `quoted`: the stretches between quotation marks, in characters and in order.
    """

    entities: Sequence[Entity]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    genders: Mapping[int, str] = field(default_factory=dict)
    quoted: Sequence[tuple[int, int]] = ()

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

    def is_quoted(self, mention: Mention) -> bool:
        """Whether the name stands in somebody's words."""
        before = bisect_right(self.quoted, (mention.start, len(self.quoted) and self.quoted[-1][1])) - 1
        return before >= 0 and mention.end <= self.quoted[before][1]

    def whole(self, start: int) -> int:
        """Where the name begins that the character at `start` stands in: "Verhaegen" in "Ilse Verhaegen"."""
        before = self.mentions[max(0, bisect_left(self.starts, start) - 1) :][:1]
        return next((m.start for m in before if m.start < start < m.end), start)


def make_cast(
    entities: Sequence[Entity], mentions: Sequence[Mention], tree: Tree, quoted: Sequence[tuple[int, int]] = ()
) -> Cast:
    """The cast of an article, with the genders that its text gives away."""
    named = tuple(sorted(m for m in mentions if 0 <= m.entity < len(entities)))
    cast = Cast(entities, named, tuple(m.start for m in named), quoted=quoted)
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
    return token < pronoun and not set(between) & set('"“”„«»') and salience(tree, token, 0) >= 1.0


def salience(tree: Tree, token: int, distance: int) -> float:
    """How much a name stands out for a later pronoun: by its part in the sentence and the sentences since."""
    while tree.dep[token] in ("compound", "flat", "flat:name") and tree.head[token] != token:
        token = tree.head[token]
    part = 1.0 if tree.dep[token] in SUBJECTS or tree.dep[token] in ("root", "ROOT") else 0.0
    part -= 0.5 if tree.dep[token] in ("nmod:poss", "compound") else 0.0
    return part - 0.7 * distance


def gender_of_noun(word: str) -> str | None:
    """ "m" or "f" by a noun for men or women ("spokeswoman", "monk"), where it tells."""
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
    if told := next((gender for word in role if (gender := gender_of_noun(word))), None):
        return told
    return GIVEN_GENDER.get(plain(cast.entities[mention.entity].name.split()[0]))
