"""A name as the field read it in, the name or names as the tables of known names correct it out.

A field trained on a few hundred thousand words has not met most countries, peoples and first names of the world; the
tables have. Every correction asks for evidence from a table, none for the context.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence, Set

from spacy.tokens import Doc

from briefing.language.gazetteers import country_of, fold, region_of
from briefing.language.known import known_names

Found = tuple[int, int, str]  # start and end token within the document, label
PART_OF_NAME = frozenset({"King", "Queen", "Prince", "Princess", "Pope", "Emperor"})  # titles that stay with the name
OF = frozenset({"of", "for"})
TITLES_ALONE = frozenset("President Speaker Chairman Chairwoman Minister Secretary Commissioner Ambassador".split())
JOINTS = frozenset({"of", "for", "&", "-", "–"})  # what makes a word a part of a longer name
BETWEEN = frozenset({"and", "&", ","})  # what stands between the members of a list
LONGEST_PERSON = 4  # words of a person's name with title
ADDRESS = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Madam Dr Dr. Prof. Sir Dame Messrs Sen. Rep. Gov. Gen. Lt. Col. Colonel Maj. "
    "Capt. Captain Sgt. Sergeant Cpl. Adm. Admiral Cmdr. Ayatollah Mullah Imam Sheikh Sheik Rev. Rabbi".split()
)  # what stands before a person's name and nothing else's
PARTICLES = frozenset("van von der den de da di du del la le al bin ibn ben ter ten".split())  # within a person's name
BODIES = frozenset(
    "Army Commission Congress Council Court House Navy Parliament Senate Treasury Union".split()
)  # which one is meant, the article says: news names them by the capital alone

PROVEN = frozenset(
    "Agency Airlines Airways Association Committee Consortium Corporation Forum Foundation Inc Inc. Institute "
    "Ltd Ministry PLC Secretariat plc".split()
)  # last words that make an organization of a name, whatever it looks like; no land or town ends in one
FEASTS = frozenset(
    "Advent Christmas Diwali Easter Eid Halloween Hanukkah Lent Passover Pentecost Ramadan Thanksgiving".split()
)  # times, although "at" and "around" stand before them as before places


def settle(doc: Doc, start: int, end: int, label: str) -> list[Found]:
    """One name corrected, or the places that were read as one name ("Egypt and Ethiopia").

    Countries and regions are places, demonyms peoples, titles no part of a person, and a title or two known names
    make a person.
    """
    if parts := list(_members(doc, start, end, label)):
        return parts
    if label == "LOC" and doc[start:end].text in FEASTS:
        return []
    label = _label(doc, start, end, label)
    if label != "PERSON":
        return [(start, end, label)]
    person = _person(doc, start, end)
    first = doc[person[0]].text
    nobody = first in TITLES_ALONE or first in OF  # "Madam President", "President of the United States"
    return [] if person[0] > start and nobody else [person]


def passed_over(doc: Doc, words: Sequence[str], found: Sequence[Found]) -> Iterator[Found]:
    """Names that the field did not see: a person behind a form of address ("Mrs Marsh"), a body ("the Council")."""
    taken = {index for start, end, _ in found for index in range(start, end)}
    for at, word in enumerate(words[:-1]):
        if word in ADDRESS and at + 1 not in taken:
            end = _name_end(doc, at + 1, taken)
            if end > at + 1 and words[at + 1] not in _titles() | TITLES_ALONE:
                yield at + 1, end, "PERSON"
        elif word in BODIES and at not in taken and _is_body(doc, at):
            yield at, at + 1, "ORG"


def _name_end(doc: Doc, start: int, taken: Set[int]) -> int:
    """Where the run of capitalized words and particles from `start` ends; `start` itself when there is none."""
    end = start
    for index in range(start, min(start + LONGEST_PERSON, len(doc))):
        word = doc[index].text
        if index in taken or doc[index].is_sent_start or not (word[:1].isupper() or word in PARTICLES):
            break
        end = index + 1 if word[:1].isupper() else end
    return end


def _is_body(doc: Doc, at: int) -> bool:
    """True for a capitalized word that no capital touches, within a sentence that is not all in capitals."""
    if doc[at].is_sent_start or not doc[at].tag_.startswith("NNP"):
        return False
    before, after = doc[at - 1], doc[at + 1]
    touched = (
        after.text[:1].isupper() or after.text in JOINTS or (before.text[:1].isupper() and not before.is_sent_start)
    )
    return not touched and before.text not in JOINTS


def _members(doc: Doc, start: int, end: int, label: str) -> Iterator[Found]:
    """The names that a name consists of, none when it is a single name.

    Countries and regions in a row are as many places; other places are cut at "and", unless one word stands for all of
    them ("the Celtic and Irish Seas"); organizations are where each is known, or where the second has its article.
    """
    cuts = [start - 1, *(index for index in range(start + 1, end - 1) if doc[index].text in BETWEEN), end]
    words = doc[start:end].text
    if len(cuts) == 2 or _is_place(words) or words in _organizations():
        return
    parts = [(left + 1 + (doc[left + 1].text == "the"), right) for left, right in itertools.pairwise(cuts)]
    parts = [(left, right) for left, right in parts if right > left]
    names = [doc[left:right].text for left, right in parts]
    if all(map(_is_place, names)):
        yield from ((left, right, "LOC") for left, right in parts)
    elif " and " not in words or not all(name[0].isupper() for name in names):
        return
    elif label == "LOC" and doc[end - 1].text.removesuffix("s") not in known_names()["place word"]:
        yield from ((left, right, "LOC") for left, right in parts)
    elif label == "ORG" and (" and the " in words or all(name in _organizations() | BODIES for name in names)):
        yield from ((left, right, "ORG") for left, right in parts)


def _is_place(words: str) -> bool:
    country = country_of(words)
    return (country is not None and country.via in ("name", "capital")) or region_of(words) is not None


def _label(doc: Doc, start: int, end: int, label: str) -> str:
    text = doc[start:end].text
    if label in ("ORG", "LOC") and _is_person(doc, start, end):
        return "PERSON"
    country = country_of(text)
    if label == "ORG" and text in _organizations():
        return label
    if label == "ORG" and ((country is not None and country.via == "name") or region_of(text) is not None):
        return "LOC"
    if label == "LOC" and country is not None and country.via == "demonym":
        return "NORP"
    return "ORG" if label == "LOC" and end - start > 1 and doc[end - 1].text in PROVEN else label


def _is_person(doc: Doc, start: int, end: int) -> bool:
    """True for a title before a given name ("Mullah Karim Zahir"), and for a known given name and a known surname."""
    words = [token.text for token in doc[start:end]]
    if not 2 <= len(words) <= LONGEST_PERSON or _is_place(" ".join(words)):
        return False
    if not all(word[:1].isupper() for word in words) or _institutions().intersection(words[1:]):
        return False
    if " ".join(words) in _organizations():
        return False
    if words[0] in _titles():
        return words[0] in ADDRESS or fold(words[1]) in _given()
    return len(words) == 2 and fold(words[0]) in _given() and fold(words[1]) in _surnames()


def _person(doc: Doc, start: int, end: int) -> Found:
    """A person without titles, and without what is left of an office before them.

    "State Wendy Sherman" behind "Secretary of" loses its first word: a word that is no given name, before one that is.
    """
    given = _given()
    while end - start > 1 and (doc[start].text in _titles() or doc[start].text in ADDRESS):
        start += 1
    for index in range(end - 2, start, -1):  # "NYPD Commissioner Olga Marsh"
        if doc[index].text in _titles() and fold(doc[index + 1].text) in given:
            return index + 1, end, "PERSON"
    if end - start > 2 and fold(doc[start].text) not in given and fold(doc[start + 1].text) in given:
        start += not doc[start].text.endswith(".")  # "J. Edgar Marsh" stays
    return start, end, "PERSON"


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(known_names()["title"]) - PART_OF_NAME


@functools.cache
def _organizations() -> frozenset[str]:
    return frozenset(known_names()["organization"])


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
