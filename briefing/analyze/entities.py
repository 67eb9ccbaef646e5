"""Who and what an article names: mentions grouped into entities, with the forms of their names, roles and sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.analyze.names.acronyms import find_expansions, is_acronym, stands_for
from briefing.analyze.names.aliases import resolve_names
from briefing.analyze.names.drafts import Draft, tell_roles
from briefing.analyze.names.layout import Scene, set_scene
from briefing.analyze.names.mentions import find_mentions
from briefing.analyze.names.naming import begins, normal
from briefing.analyze.names.overrides import Overrides, impose, overrides
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.places import country_meant, country_of
from briefing.analyze.names.sides import find_ties
from briefing.analyze.names.tokens import Words, read_words
from briefing.language.sentences import sentences
from briefing.model import Article, Entity, Kind, Label, Mention

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
    tell_roles(scene, drafts, tied, find_ties(scene))
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


# ---------------------------------------------------------------- what is gathered of each


def _drafts(scene: Scene, mentions: Sequence[Mention], count: int, user: Overrides) -> list[Draft]:
    drafts: list[Draft | None] = [None] * count
    for mention in mentions:
        if mention.entity < 0:
            continue
        draft = drafts[mention.entity]
        if draft is None:
            country = country_meant(scene.words, mention) if mention.label != "PERSON" else None
            kind = "place" if country else _KINDS[mention.label]
            draft = drafts[mention.entity] = Draft(kind, country, code=country.code if country else None)
        draft.chosen = draft.chosen or user.canonical(mention.text)
        form = address(scene.words, mention) if mention.label == "PERSON" else mention.text
        if draft.country is not None and form not in draft.forms and _is_indirect(form):
            draft.evidence.append(scene.sentence(mention.start))
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
