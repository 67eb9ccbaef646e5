"""An article as the reader of meetings sees it: tokens, the names on them, countries behind adjectives and capitals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.language.dates import DateMention
from briefing.language.gazetteers import country_of
from briefing.model import Article, Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLACES = ("GPE", "LOC")
BODIES = frozenset("Association Bloc Community Council Federation League Union".split())
Offsets = np.ndarray[Any, np.dtype[Any]]  # where each token begins


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name of the text by its tokens `first` to `last`, inclusive; `entity` is an id in the article."""

    first: int
    last: int
    label: str
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The article, its parse, and what stands on each token.

    `names`: token index to the name that covers it; `states`: entity id to the id of the country that acts under that
    name ("Russian" and "Moscow" act for Russia), absent where it acts for itself.
    """

    article: Article
    doc: Doc
    entities: tuple[Entity, ...]
    names: dict[int, Name]
    states: dict[str, str]
    dates: tuple[DateMention, ...]
    starts: Offsets
    dated: dict[int, DateMention]

    def entity(self, identifier: str) -> Entity:
        """The entity with an id."""
        return self.entities[int(identifier)]

    def actor(self, identifier: str) -> str:
        """The id of the country or organization that acts under a name."""
        return self.states.get(identifier, identifier)

    def side(self, identifier: str) -> str | None:
        """Whom an entity speaks for: its affiliation, or itself when it is no person."""
        entity = self.entity(identifier)
        if entity.kind != "person":
            return self.actor(identifier)
        return self.actor(entity.affiliation) if entity.affiliation is not None else None

    def is_state(self, identifier: str) -> bool:
        """True for a country under its own name."""
        found = country_of(self.entity(identifier).name)
        return found is not None and found.via in ("name", "demonym")

    def is_body(self, identifier: str) -> bool:
        """True for an organization, and for what is called one but was taken for a place ("the Alpine Community")."""
        entity = self.entity(identifier)
        return entity.kind == "organization" or not BODIES.isdisjoint(entity.name.split())

    def names_state(self, name: Name) -> bool:
        """True where the words themselves are a country's name or adjective, not those of its capital or government."""
        found = country_of(str(self.doc[name.first : name.last + 1].text))
        return found is not None and found.via in ("name", "demonym")

    def country(self, code: str | None) -> str | None:
        """The id of the entity that is the country with an ISO 3166 code, if the article names it."""
        if code is None:
            return None
        for entity in self.entities:
            if entity.kind in ("place", "group") and (found := country_of(entity.name)) and found.code == code:
                state = self.actor(entity.id)
                return state if self.is_state(state) else None
        return None

    def country_code(self, identifier: str | None) -> str | None:
        """The ISO 3166 code of an entity's country."""
        return self.entity(identifier).country if identifier is not None else None

    def named(self, name: str) -> str | None:
        """The id of the country or organization that has exactly this name, if the article names it."""
        for entity in self.entities:
            if entity.kind != "person" and name in (entity.name, *entity.aliases):
                return self.actor(entity.id)
        return None

    def token(self, offset: int) -> int:
        """The index of the token that covers a character."""
        return max(0, int(np.searchsorted(self.starts, offset, side="right")) - 1)

    def date_at(self, token: Token) -> DateMention | None:
        """The date whose words a token is part of."""
        return self.dated.get(token.i)


def set_scene(
    article: Article, doc: Doc, entities: Sequence[Entity], mentions: Sequence[Mention], dates: Sequence[DateMention]
) -> Scene:
    """The scene of one article."""
    starts = doc.to_array("IDX")
    names: dict[int, Name] = {}
    for mention in mentions:
        if mention.entity < 0 or mention.label == "DATE":
            continue
        first, behind = _covered(starts, mention.start, mention.end)
        last = behind - 1
        while first < last and doc[first].text.islower() and doc[first].tag_.startswith("VB"):
            first += 1  # "met Governor Berg" is no name
        if doc[first].pos_ == "PRON" and first == last:
            continue
        name = Name(first, last, mention.label, str(mention.entity), entities[mention.entity].kind)
        names.update(dict.fromkeys(range(first, last + 1), name))
    dated = {index: date for date in dates for index in range(*_covered(starts, date.start, date.end))}
    return Scene(article, doc, tuple(entities), names, _states(entities), tuple(dates), starts, dated)


def _covered(starts: Offsets, start: int, end: int) -> tuple[int, int]:
    """First token of the characters [start, end), and the one behind the last."""
    first = max(0, int(np.searchsorted(starts, start, side="right")) - 1)
    return first, int(np.searchsorted(starts, end, side="left"))


def _states(entities: Sequence[Entity]) -> dict[str, str]:
    """Entity id to the id of its country, for demonyms, capitals and seats of government of countries in the article.

    Without the country's own name in the article a demonym or a capital stands for it.
    """
    found: dict[str, dict[str, str]] = {}
    for entity in entities:
        if entity.kind in ("place", "group", "organization"):
            for name in (entity.name, *entity.aliases):
                country = country_of(name)
                if country is not None:
                    found.setdefault(country.code, {}).setdefault(country.via, entity.id)
                    break
    states = {}
    for ways in found.values():
        leader = next((ways[way] for way in ("name", "demonym", "seat", "capital") if way in ways), None)
        for way, identifier in ways.items():
            if leader is not None and identifier != leader and way != "name":
                states[identifier] = leader
    return states


def is_place(name: Name) -> bool:
    """True for a name that may say where something happened."""
    return name.label in PLACES
