"""Entities in the making: the forms of their names, their roles, and whom they speak for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.analyze.names import titles
from briefing.analyze.names.layout import FRAMES, Scene, Tie
from briefing.analyze.names.naming import fullness, role_key
from briefing.analyze.names.places import country_of
from briefing.analyze.names.sides import sides
from briefing.language.gazetteers import Country
from briefing.model import Article, Entity, Kind, Mention, Span


@dataclass(slots=True)
class Draft:
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


def tell_roles(scene: Scene, drafts: Sequence[Draft], mentions: Sequence[Mention], ties: Iterable[Tie]) -> None:
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
            draft.evidence.append(scene.sentence(told.role.start))
        draft.code = _nationality(found, mentions, drafts)
        if sided is not None and sided[1] != entity:
            draft.affiliation = sided[1]
            draft.code = drafts[sided[1]].code or draft.code
            draft.evidence.append(scene.sentence(mentions[sided[0].person].start))


def _nationality(ties: Sequence[Tie], mentions: Sequence[Mention], drafts: Sequence[Draft]) -> str | None:
    """The country told beside a person most often, spoken for or not."""
    told = (tie.owner for tie in ties if tie.owner is not None and _tells_origin(tie, mentions[tie.owner]))
    codes = Counter(drafts[mentions[owner].entity].code for owner in told)
    codes.pop(None, None)
    return min(codes, key=lambda code: (-codes[code], str(code)), default=None)


def _tells_origin(tie: Tie, owner: Mention) -> bool:
    """Whether a country beside an office is where its holder comes from: not for a "Korea scholar"."""
    return owner.label != "GPE" or tie.role is None or tie.head.rpartition("-")[2] in titles.STATE_OFFICES


def _most_frequent(ties: Sequence[Tie]) -> Tie | None:
    """The role told most often, then first; a bare rank ("Lt. Col.") only where nothing else is told."""
    counts = Counter(role_key(tie.role.text) for tie in ties if tie.role)
    ranked = [
        (tie.head not in titles.RANKS, counts[role_key(tie.role.text)], -tie.role.start, tie)
        for tie in ties
        if tie.role
    ]
    return max(ranked, key=lambda r: r[:3])[3] if ranked else None


def _side(ties: Sequence[Tie], mentions: Sequence[Mention], drafts: Sequence[Draft]) -> tuple[Tie, int] | None:
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


def _can_be_spoken_for(draft: Draft, tie: Tie) -> bool:
    """Organizations, by anybody of theirs; countries, by those in office; a town or a region, by its mayor."""
    if draft.kind == "organization":
        return True
    if draft.country is None:
        return tie.head in titles.LOCAL_OFFICES
    if tie.frame in ("delegation", "topic"):
        return True
    against = tie.role is not None and titles.AGAINST.search(tie.role.text)
    return tie.head.rpartition("-")[2] in titles.STATE_OFFICES and not against


def _principal(entity: int, drafts: Sequence[Draft]) -> int:
    """A government's organ speaks for the country."""
    draft = drafts[entity]
    last = draft.name.rsplit(" ", 1)[-1].lower()
    organ = draft.kind == "organization" and last in titles.GOVERNMENT_NOUNS
    return draft.affiliation if organ and draft.affiliation is not None else entity


def _sides_of_organizations(scene: Scene, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """An organ named with its country belongs to it: "the Russian Foreign Ministry", "Estonia's parliament"."""
    countries = {draft.code: number for number, draft in enumerate(drafts) if draft.country is not None}
    for mention in mentions:
        if mention.entity < 0:  # a date
            continue
        draft = drafts[mention.entity]
        if mention.label != "ORG" or draft.country is not None or draft.affiliation is not None:
            continue
        code = _country_in(mention.text) or _country_before(scene, drafts, mentions, mention)
        if code in countries:
            draft.affiliation, draft.code = countries[code], code


def _country_in(name: str) -> str | None:
    """The country that an organization's name begins with."""
    first, _, rest = name.partition(" ")
    found = country_of(first) if rest else None
    return found.code if found is not None and found.via in ("name", "demonym") else None


def _country_before(scene: Scene, drafts: Sequence[Draft], mentions: Sequence[Mention], mention: Mention) -> str | None:
    """The country named right before a government's organ."""
    if mention.text.rsplit(" ", 1)[-1].lower() not in titles.GOVERNMENT_NOUNS:
        return None
    step = scene.words.at(mention.start) - 1
    step -= step > 0 and scene.words[step].is_possessive
    owner = scene.holds[step] if step >= 0 else -1
    return drafts[mentions[owner].entity].code if owner >= 0 and mentions[owner].label in ("GPE", "NORP") else None
