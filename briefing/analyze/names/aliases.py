"""The names of people in one article, in order of appearance: which are one person's."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.analyze.names.people import (
    PersonName,
    can_be_one,
    gender_of,
    kinship,
    parse_name,
    same_family,
    same_marks,
    seems,
    weight,
)


@dataclass(slots=True)
class _Person:
    """The names that were found to be one person's, and where they stand."""

    names: list[PersonName]
    places: list[int] = field(default_factory=list)

    @property
    def gender(self) -> str:
        return next(filter(None, map(gender_of, self.names)), "")

    def accepts(self, name: PersonName) -> bool:
        """Whether no name of the person speaks against `name`; words of the fullest need to fit the fullest only."""
        gender = gender_of(name)
        if (gender and self.gender and gender != self.gender) or not all(same_marks(name, n) for n in self.names):
            return False
        against = self.names[:1] if set(name.words) <= set(self.names[0].words) else self.names
        return all(can_be_one(name, known) for known in against)


_Bearer = tuple[int, bool, _Person]


def resolve_names(names: Sequence[str]) -> list[int]:
    """A label for each of `names`, the person-name strings of one article in order of appearance: equal, same person.

    Full names (two words or more) are compared first, the most telling ones ahead. Each single name then goes to the
    person whose family name, else given name, else any word of the name it is: to the one named in full most often,
    then the one last named before it. Single names that fit nobody are persons of their own, one for all spellings.
    Labels count up from 0 by first appearance.
    """
    parsed = [parse_name(name) for name in names]
    people = _unite_full(parsed)
    found: list[_Person] = [people[name] for name in parsed if name in people]
    labels: list[_Person | None] = [people.get(name) for name in parsed]
    full = _unique(found)
    singles: list[_Person] = []
    bearers = {name: _bearers(name, full) for name in dict.fromkeys(parsed) if name not in people}
    for place, name in enumerate(parsed):
        if labels[place] is None:
            labels[place] = _best(bearers[name], place) or _single(name, singles)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(id(person), len(numbers)) for person in labels]


def _unique(people: Iterable[_Person]) -> list[_Person]:
    return list({id(person): person for person in people}.values())


def _unite_full(parsed: Sequence[PersonName]) -> dict[PersonName, _Person]:
    """A person for each full name; where a name fits several, it is the one named more often."""
    places: dict[PersonName, list[int]] = {}
    for place, name in enumerate(parsed):
        if name.is_full:
            places.setdefault(name, []).append(place)
    people: list[_Person] = []
    owner: dict[PersonName, _Person] = {}
    for name in sorted(places, key=lambda n: (-weight(n), places[n])):
        fitting = [person for person in people if person.accepts(name)]
        person = max(fitting, key=lambda p: len(p.places)) if fitting else _Person([])
        if not fitting:
            people.append(person)
        person.names.append(name)
        person.places = sorted(person.places + places[name])
        owner[name] = person
    return owner


def _bearers(name: PersonName, people: Sequence[_Person]) -> list[_Bearer]:
    """The persons whom a single name fits best, by kinship, then by the sound of the given name."""
    found = []
    for person in people if name.words else ():
        fit = max(kinship(name, full) for full in person.names)
        if fit and (not name.gender or person.gender in ("", name.gender)):
            sounds = bool(name.gender) and all(seems(full, name.gender) for full in person.names)
            found.append((fit, sounds, person))
    best = max((bearer[:2] for bearer in found), default=None)
    return [bearer for bearer in found if bearer[:2] == best]


def _best(bearers: Sequence[_Bearer], place: int) -> _Person | None:
    """Of the persons whom a name fits best, the one named most, then last before `place`, then first; or None."""
    people = [person for _, _, person in bearers]
    return max(people, key=lambda p: (len(p.places), _last_before(p, place), -p.places[0]), default=None)


def _last_before(person: _Person, place: int) -> int:
    index = bisect.bisect_left(person.places, place)
    return person.places[index - 1] if index else -1


def _single(name: PersonName, singles: list[_Person]) -> _Person:
    for person in singles:
        known = person.names[0]
        if name == known or (name.words and same_family(name.family, known.family) and person.accepts(name)):
            person.names.append(name)
            return person
    singles.append(_Person([name]))
    return singles[-1]
