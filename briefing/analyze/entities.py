"""Who and what an article names: mentions grouped into entities, with the forms of their names, roles and sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.analyze import titles
from briefing.analyze.acronyms import find_expansions, is_acronym, stands_for
from briefing.analyze.aliases import resolve_names
from briefing.analyze.mentions import find_mentions
from briefing.analyze.names import HONORIFICS, plain
from briefing.analyze.naming import begins, fullness, normal, role_key
from briefing.analyze.overrides import Overrides, impose, overrides
from briefing.analyze.places import country_meant, country_of
from briefing.analyze.scene import FRAMES, Scene, Tie, set_scene
from briefing.analyze.sides import find_ties, sides
from briefing.analyze.tokens import Words, read_words
from briefing.language.gazetteers import Country
from briefing.language.sentences import sentences
from briefing.model import Article, Entity, Kind, Label, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_entities", "resolve_names"]

_KINDS: Mapping[Label, Kind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "NORP": "group",
    "EVENT": "event",
}
Key = tuple[str, ...]


def find_entities(
    article: Article, doc: Doc, *, aliases: Mapping[str, str] | None = None, watchlist: Sequence[str] = ()
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """The entities of an article in order of their first mention, and the mentions in order of the text.

    `doc` is the annotated text; `Entity.id` is the index as a string, and `affiliation` such an id. Mentions that are
    names carry the index of their entity, dates -1. Countries take in their nationalities, capitals and seats of
    government where these stand for the country; such forms are aliases, each with a sentence as evidence.
    `aliases` (form to canonical name) and `watchlist` (names) are the user's own, and win over all rules.
    """
    words = read_words(article.text, doc)
    user = overrides(aliases, watchlist)
    mentions = impose(article.text, find_mentions(words, doc), user)
    scene = set_scene(words, mentions, sentences(article.text))
    keys = _keys(scene, user)
    numbers: dict[Key, int] = {}
    tied = tuple(
        replace(m, entity=numbers.setdefault(key, len(numbers)) if key else -1)
        for m, key in zip(mentions, keys, strict=True)
    )
    drafts = _drafts(scene, tied, len(numbers), user)
    _tell_roles(scene, drafts, tied, find_ties(scene))
    return tuple(draft.entity(number, article) for number, draft in enumerate(drafts)), tied


# ---------------------------------------------------------------- which mentions are one


def _keys(scene: Scene, user: Overrides) -> list[Key | None]:
    """A key for each mention, equal for one entity; None for a date."""
    people = [n for n, m in enumerate(scene.mentions) if m.label == "PERSON"]
    persons = dict(
        zip(people, _person_keys([scene.mentions[n].text for n in people], scene, people, user), strict=True)
    )
    names = _organizations(scene)
    keys: list[Key | None] = []
    for number, mention in enumerate(scene.mentions):
        chosen = user.canonical(mention.text) if mention.label not in ("PERSON", "DATE") else None
        if mention.label == "DATE":
            keys.append(None)
        elif mention.label == "PERSON":
            keys.append(persons[number])
        else:
            keys.append(_chosen_key(chosen) if chosen else _key(scene.words, mention, names))
    return keys


def _chosen_key(name: str) -> Key:
    country = country_of(name)
    return ("country", country.code) if country is not None and country.via == "name" else ("chosen", name)


def _person_keys(texts: Sequence[str], scene: Scene, people: Sequence[int], user: Overrides) -> list[Key]:
    """A person's label; where the user names one form of a person, the person is the user's."""
    chosen = [user.canonical(text) for text in texts]
    forms = [name or address(scene.words, scene.mentions[n]) for name, n in zip(chosen, people, strict=True)]
    labels = resolve_names(forms)
    owners: dict[int, str] = {}
    for name, label in zip(chosen, labels, strict=True):
        if name is not None:
            owners.setdefault(label, name)
    keys: list[Key] = []
    for name, label in zip(chosen, labels, strict=True):
        owner = name or owners.get(label)
        keys.append(("chosen", owner) if owner else ("person", str(label)))
    return keys


def _key(words: Words, mention: Mention, names: Mapping[str, str]) -> Key:
    country = country_meant(words, mention)
    if country is not None:
        return ("country", country.code)
    name = normal(mention.text)
    if mention.label == "NORP":
        return ("group", name.removesuffix("s"))
    if mention.label == "ORG":
        return ("organization", names.get(name, name))
    return (_KINDS[mention.label], name)


def _organizations(scene: Scene) -> dict[str, str]:
    """Normal form of an organization's name to that of the fullest form in the article: acronyms and short names."""
    full = {normal(m.text): m.text for m in scene.mentions if m.label == "ORG" and " " in m.text}
    same: dict[str, str] = {}
    for found in find_expansions(scene.words):
        text = scene.words.text
        same[normal(text[found.short_start : found.short_end])] = normal(text[found.start : found.end])
    for mention in scene.mentions:
        name = normal(mention.text)
        if mention.label != "ORG" or name in same or " " in mention.text:
            continue
        fits = stands_for if is_acronym(mention.text) else begins
        longer = [other for other, text in full.items() if fits(mention.text, text)]
        if len(longer) == 1:
            same[name] = longer[0]
    return same


def address(words: Words, mention: Mention) -> str:
    """The name of a person with the form of address before it, verbatim: "Mr. Grushko"."""
    before = words.get(words.at(mention.start) - 1)
    if before is None or not before.is_capital or plain(before.text) not in HONORIFICS:
        return mention.text
    gap = words.text[before.end : mention.start]
    return words.text[before.start : mention.end] if gap.strip(" \u00a0") == "" and len(gap) == 1 else mention.text


# ---------------------------------------------------------------- entities in the making


@dataclass(slots=True)
class _Draft:
    """What is gathered of one entity."""

    kind: Kind
    country: Country | None
    forms: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    role: Span | None = None
    affiliation: int | None = None
    code: str | None = None
    chosen: str | None = None
    evidence: list[tuple[int, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The user's own name, else a country's English name, else the form with most words, then letters."""
        if self.chosen is not None:
            return self.chosen
        if self.country is not None:
            return self.country.name
        return max((self.bare or self.forms), key=lambda form: fullness(form, self.kind))

    def entity(self, number: int, article: Article) -> Entity:
        """The finished entity."""
        name = self.name
        return Entity(
            id=str(number),
            name=name,
            kind=self.kind,
            aliases=tuple(form for form in self.forms if form != name),
            role=self.role.text if self.role else None,
            affiliation=None if self.affiliation is None else str(self.affiliation),
            country=self.code,
            mentions=self.mentions,
            evidence=tuple(article.passage(*span) for span in dict.fromkeys(self.evidence)),
        )


def _drafts(scene: Scene, mentions: Sequence[Mention], count: int, user: Overrides) -> list[_Draft]:
    drafts: list[_Draft | None] = [None] * count
    for mention in mentions:
        if mention.entity < 0:
            continue
        draft = drafts[mention.entity]
        if draft is None:
            country = country_meant(scene.words, mention) if mention.label != "PERSON" else None
            kind = "place" if country else _KINDS[mention.label]
            draft = drafts[mention.entity] = _Draft(kind, country, code=country.code if country else None)
        draft.chosen = draft.chosen or user.canonical(mention.text)
        form = address(scene.words, mention) if mention.label == "PERSON" else mention.text
        if draft.country is not None and form not in draft.forms and _is_indirect(form):
            draft.evidence.append(_sentence(scene, mention.start))
        draft.forms[form] += 1
        if mention.label == "PERSON" and " " in mention.text:
            draft.bare[mention.text] += 1
        draft.mentions += 1
    for draft in drafts:
        if draft is not None and draft.kind == "place" and draft.code is None:
            capital = country_of(draft.name)
            draft.code = capital.code if capital else None
    return [draft for draft in drafts if draft is not None]


def _is_indirect(form: str) -> bool:
    country = country_of(form)
    return country is not None and country.via in ("capital", "seat")


def _sentence(scene: Scene, offset: int) -> tuple[int, int]:
    return next((s for s in scene.sentences if s[0] <= offset < s[1]), (offset, offset))


# ---------------------------------------------------------------- roles and sides


def _tell_roles(scene: Scene, drafts: Sequence[_Draft], mentions: Sequence[Mention], ties: Iterable[Tie]) -> None:
    """Roles, affiliations and countries filled in; the most frequent form of a role wins, then the first."""
    _sides_of_organizations(scene, drafts, mentions)
    by_entity: dict[int, list[Tie]] = {}
    for person, found in sides(ties).items():
        by_entity.setdefault(mentions[person].entity, []).extend(found)
    for entity, found in by_entity.items():
        draft = drafts[entity]
        told = _most_frequent([tie for tie in found if tie.role is not None])
        sided = _side(found, mentions, drafts)
        if told is not None and told.role is not None:
            draft.role = told.role
            draft.evidence.append(_sentence(scene, told.role.start))
        if sided is not None and sided[1] != entity:
            draft.affiliation = sided[1]
            draft.code = drafts[sided[1]].code
            draft.evidence.append(_sentence(scene, mentions[sided[0].person].start))


def _most_frequent(ties: Sequence[Tie]) -> Tie | None:
    """The role told most often, then first; a bare rank ("Lt. Col.") only where nothing else is told."""
    counts = Counter(role_key(tie.role.text) for tie in ties if tie.role)
    ranked = [
        (tie.head not in titles.RANKS, counts[role_key(tie.role.text)], -tie.role.start, tie)
        for tie in ties
        if tie.role
    ]
    return max(ranked, key=lambda r: r[:3])[3] if ranked else None


def _side(ties: Sequence[Tie], mentions: Sequence[Mention], drafts: Sequence[_Draft]) -> tuple[Tie, int] | None:
    """The tie that tells whom a person speaks for, and that entity: surest frame, most frequent, first."""
    held = [tie for tie in ties if tie.role is None or not titles.PAST_TIES.match(tie.role.text)]
    owned = [(tie, _principal(mentions[tie.owner].entity, drafts)) for tie in held if tie.owner is not None]
    owned = [(tie, owner) for tie, owner in owned if _can_be_spoken_for(drafts[owner], tie)]
    if not owned:
        return None
    best = min(FRAMES.index(tie.frame) for tie, _ in owned)
    surest = [(tie, owner) for tie, owner in owned if FRAMES.index(tie.frame) == best]
    counts = Counter(owner for _, owner in surest)
    return max(surest, key=lambda pair: (counts[pair[1]], -mentions[pair[0].person].start))


def _can_be_spoken_for(draft: _Draft, tie: Tie) -> bool:
    """Countries and organizations; a town or a region by its mayor or governor."""
    return draft.kind == "organization" or draft.country is not None or tie.head in titles.LOCAL_OFFICES


def _principal(entity: int, drafts: Sequence[_Draft]) -> int:
    """A government's organ speaks for the country."""
    draft = drafts[entity]
    last = draft.name.rsplit(" ", 1)[-1].lower()
    organ = draft.kind == "organization" and last in titles.GOVERNMENT_NOUNS
    return draft.affiliation if organ and draft.affiliation is not None else entity


def _sides_of_organizations(scene: Scene, drafts: Sequence[_Draft], mentions: Sequence[Mention]) -> None:
    """An organ named with its country belongs to it: "the Russian Foreign Ministry", "Estonia's parliament"."""
    countries = {draft.code: number for number, draft in enumerate(drafts) if draft.country is not None}
    for mention in mentions:
        if mention.label != "ORG" or drafts[mention.entity].country is not None:
            continue
        found = country_of(mention.text.split()[0]) if " " in mention.text else None
        number = countries.get(found.code) if found is not None and found.via in ("name", "demonym") else None
        before = scene.words.at(mention.start) - 1
        if number is None and before > 0:
            owner = scene.mention_at(before - scene.words[before].is_possessive)
            adjacent = owner is not None and owner.entity != mention.entity and owner.label in ("GPE", "NORP")
            number = (
                countries.get(drafts[mentions[scene.holds[before - scene.words[before].is_possessive]].entity].code)
                if adjacent
                else None
            )
        draft = drafts[mention.entity]
        if number is not None and draft.affiliation is None:
            draft.affiliation, draft.code = number, drafts[number].code
