"""Names of countries and places in, what is known about them out: tables in the package, no network.

Countries' names are those of CLDR (through Babel); demonyms, capitals and seats of government are our own table;
cities and countries' middles come from GeoNames.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from babel import Locale

__all__ = ["Country", "Region", "coordinates", "countries", "country_of", "fold", "region_of"]

Via = Literal["name", "demonym", "capital", "seat"]
DATA = Path(__file__).parent / "data"
NO_PLURAL = ("ese", "sh", "ch", "ss", "z")  # "the Japanese", "the British", "the French": no -s
CLDR_ASIDES = (" SAR China", " (Burma)")  # parts of CLDR's names that news leaves out


@dataclass(frozen=True, slots=True)
class Country:
    """A country: `code` is ISO 3166 alpha-2, `demonyms` its adjectives and nouns, `capital` None where it has none.

    `via` tells how it was found: by its name, a demonym, its capital, or a seat of government ("the Kremlin").
    """

    code: str
    name: str
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    via: Via = "name"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country or of the world: `country` is None where it has parts in several."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    label: Literal["GPE", "LOC"]


def fold(name: str) -> str:
    """The name without accents, article and full stops of "St.", for looking up; capitals are kept."""
    plain = name.replace("’", "'")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = " ".join(plain.split())
    plain = plain.removeprefix("the ").removeprefix("The ")
    return plain.replace("St. ", "Saint ").replace(" & ", " and ")


def country_of(name: str) -> Country | None:
    """The country that a name, abbreviation, demonym, capital or seat of government stands for, else None."""
    key = fold(name.strip())
    if key.endswith("'s") and key not in _names():
        key = key[:-2]
    found = _names().get(key)
    if found is None and key.isupper() and len(key) > 4:  # headlines: "UKRAINE"
        found = _names().get(key.title())
    return found


@functools.cache
def countries() -> tuple[Country, ...]:
    """All countries and territories that have an ISO 3166 code, by code."""
    table = {row[0]: row for row in _rows("countries.tsv")}
    return tuple(_country(code, name, table.get(code, [code])) for code, name in sorted(_cldr().items()))


def _country(code: str, name: str, row: list[str]) -> Country:
    _, demonyms, capitals, *_ = [*row, "", "", "", ""]
    capital = _split(capitals)[0] if capitals else None
    return Country(code, name, tuple(form for word in _split(demonyms) for form in _forms(word)), capital)


def _cldr() -> dict[str, str]:
    names = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:
            for aside in CLDR_ASIDES:
                name = name.replace(aside, "")
            names[code] = name.replace(" & ", " and ").replace("St. ", "Saint ")
    return names | {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "TR": "Turkey"}


def _forms(word: str) -> tuple[str, ...]:
    if word.endswith(("man", "woman")) and word not in {"German", "Roman", "Oman"}:
        return word, word[:-3] + "men"
    return (word,) if word.endswith(NO_PLURAL) else (word, word + "s")


@functools.cache
def _names() -> dict[str, Country]:
    """Folded name to country; of two countries with one name the first kind of evidence wins: name before capital."""
    found: dict[str, Country] = {}
    known = {country.code: country for country in countries()}
    rows = [[*row, "", "", "", ""][:5] for row in _rows("countries.tsv")]
    for country in countries():
        found.setdefault(fold(country.name), country)
    kinds: tuple[tuple[int, Via], ...] = ((3, "name"), (2, "capital"), (4, "seat"))
    for column, via in kinds:
        for row in rows:
            for name in _split(row[column]):
                found.setdefault(fold(name), replace(known[row[0]], via=via))
    for country in countries():
        for name in country.demonyms:
            found.setdefault(fold(name), replace(country, via="demonym"))
    return found


def region_of(name: str) -> Region | None:
    """The region of the world or of a country that has this name, else None."""
    return _regions().get(fold(name.strip()))


@functools.cache
def _regions() -> dict[str, Region]:
    found = {}
    for names, country, latitude, longitude, label in _rows("regions.tsv"):
        region = Region(_split(names)[0], country or None, float(latitude), float(longitude), label)  # type: ignore[arg-type]
        found.update({fold(name): region for name in _split(names)})
    return found


def coordinates(name: str, country: str | None = None) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees of a city, region, country or seat of government, else None.

    Of cities with one name the largest is meant, unless `country` (ISO 3166 alpha-2) says which. A country gives the
    middle of its towns, a seat of government its capital.
    """
    key = fold(name.strip())
    places = [place for place in _cities().get(key, ()) if country in (None, place[0])]
    named = country_of(name)
    if named is not None and named.via == "name" and country in (None, named.code):
        return _cities()[named.code][0][1:] if named.code in _cities() else None
    if (region := _regions().get(key)) is not None and country in (None, region.country):
        return region.latitude, region.longitude
    if named is not None and named.via in ("capital", "seat") and country in (None, named.code):
        own = [place for place in places if place[0] == named.code]
        capital = [place for place in _cities().get(fold(named.capital or ""), ()) if place[0] == named.code]
        places = own or capital or places
    return places[0][1:] if places else None


@functools.cache
def _cities() -> dict[str, list[tuple[str, float, float]]]:
    """Folded name to (country, latitude, longitude), largest first; a country's code to its middle."""
    found: dict[str, list[tuple[str, float, float]]] = {}
    for name, country, latitude, longitude, _ in _rows("cities.tsv"):
        place = (country, float(latitude), float(longitude))
        found.setdefault(fold(name), []).append(place)
        if name.endswith(" City"):
            found.setdefault(fold(name.removesuffix(" City")), []).append(place)
    return found


def cities() -> Iterator[str]:
    """Folded names of the cities, largest first."""
    return (name for name in _cities() if not (len(name) == 2 and name.isupper()))


def regions() -> Iterator[tuple[str, Region]]:
    """Folded names of the regions, each with its region."""
    return iter(_regions().items())


def country_names() -> Iterator[tuple[str, Country]]:
    """Folded names, demonyms, capitals and seats, each with its country and how it stands for it."""
    return iter(_names().items())


def _rows(table: str) -> list[list[str]]:
    lines = (DATA / table).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
