"""A name as the field read it in, the name or names as the tables of known names correct it out.

A field trained on a few hundred thousand words has not met most countries, peoples and first names of the world; the
tables have. Every correction asks for evidence from a table, none for the context.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from spacy.tokens import Doc

from briefing.language.gazetteers import country_of, fold, region_of
from briefing.language.known import known_names

Found = tuple[int, int, str]  # start and end token within the document, label
PART_OF_NAME = frozenset({"King", "Queen", "Prince", "Princess", "Pope", "Emperor"})  # titles that stay with the name
BETWEEN = frozenset({"and", "&", ","})  # what stands between the members of a list
LONGEST_PERSON = 4  # words of a person's name with title


def settle(doc: Doc, start: int, end: int, label: str) -> list[Found]:
    """One name corrected, or the places that were read as one name ("Egypt and Ethiopia").

    Countries and regions are places, demonyms peoples, titles no part of a person, and a title or two known names
    make a person.
    """
    if parts := list(_members(doc, start, end)):
        return parts
    label = _label(doc, start, end, label)
    return [_person(doc, start, end) if label == "PERSON" else (start, end, label)]


def _members(doc: Doc, start: int, end: int) -> Iterator[Found]:
    """The countries and regions that a name consists of, none when it is a single name or something else as well."""
    cuts = [start - 1, *(index for index in range(start + 1, end - 1) if doc[index].text in BETWEEN), end]
    if len(cuts) == 2 or _is_place(doc[start:end].text):
        return
    parts = [(left + 1, right) for left, right in itertools.pairwise(cuts) if right > left + 1]
    if all(_is_place(doc[left:right].text) for left, right in parts):
        yield from ((left, right, "LOC") for left, right in parts)


def _is_place(words: str) -> bool:
    country = country_of(words)
    return (country is not None and country.via in ("name", "capital")) or region_of(words) is not None


def _label(doc: Doc, start: int, end: int, label: str) -> str:
    text = doc[start:end].text
    if label in ("ORG", "LOC") and _is_person(doc, start, end):
        return "PERSON"
    country = country_of(text)
    if label == "ORG" and ((country is not None and country.via == "name") or region_of(text) is not None):
        return "LOC"
    if label == "LOC" and country is not None and country.via == "demonym":
        return "NORP"
    return label


def _is_person(doc: Doc, start: int, end: int) -> bool:
    """True for a title before a given name ("Mullah Karim Zahir"), and for a known given name and a known surname."""
    words = [token.text for token in doc[start:end]]
    if not 2 <= len(words) <= LONGEST_PERSON or _is_place(" ".join(words)):
        return False
    if not all(word[:1].isupper() for word in words) or _institutions().intersection(words[1:]):
        return False
    if words[0] in _titles():
        return fold(words[1]) in _given()
    return len(words) == 2 and fold(words[0]) in _given() and fold(words[1]) in _surnames()


def _person(doc: Doc, start: int, end: int) -> Found:
    """A person without titles, and without what is left of an office before them.

    "State Wendy Sherman" behind "Secretary of" loses its first word: a word that is no given name, before one that is.
    """
    given = _given()
    while end - start > 1 and doc[start].text in _titles():
        start += 1
    if end - start > 2 and fold(doc[start].text) not in given and fold(doc[start + 1].text) in given:
        start += not doc[start].text.endswith(".")  # "J. Edgar Marsh" stays
    return start, end, "PERSON"


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(known_names()["title"]) - PART_OF_NAME


@functools.cache
def _given() -> frozenset[str]:
    return frozenset(map(fold, known_names()["given"]))


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset(map(fold, known_names()["surname"]))


@functools.cache
def _institutions() -> frozenset[str]:
    """Words that end the names of organizations and places."""
    return frozenset(known_names()["organization word"]) | frozenset(known_names()["place word"])
