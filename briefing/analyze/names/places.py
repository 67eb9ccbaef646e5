"""What a place's name means where it stands: the city, or the country that is governed from there."""

from __future__ import annotations

import functools

from briefing.analyze.names import titles
from briefing.analyze.names.tokens import Words
from briefing.language import gazetteers
from briefing.language.gazetteers import Country
from briefing.model import Mention

# Capitals that news names for an international body with its seat there, not for the country.
INTERNATIONAL_SEATS = frozenset({"Brussels", "Vienna", "Luxembourg", "Geneva", "The Hague", "Addis Ababa"})
_WITHIN = frozenset(
    "in at near around outside inside through across via within throughout toward towards into beyond".split()
)
_MOVING = frozenset("to from".split())
_MOTION = frozenset(
    """
    arrive arrived arrives arriving back came come coming departed drive drove east far flew flies flight
    flights flown fly flying go goes going gone head headed heading journey kilometers kilometres leave leaving
    left miles move moved moving north north-east northeast northwest return returned returning returns road
    roads route routes south southeast southwest train trains travel traveled traveling travelled travelling
    travels trip trips visit visited visiting visits way went west
""".split()
)
_AREAS = frozenset("central downtown eastern western northern southern greater suburban nearby outer inner".split())
_FIXED = frozenset(
    """
    airport airports apartment area based bureau center centre court headquarters home hotel marathon mayor
    metro museum office opera police region restaurant stadium station stock street streets suburb suburbs
    subway theater theatre time university zoo
""".split()
)


@functools.lru_cache(maxsize=1 << 15)
def country_of(name: str) -> Country | None:
    """`gazetteers.country_of`, remembered."""
    return gazetteers.country_of(name)


@functools.cache
def first_words() -> frozenset[str]:
    """The words that countries' names, nationalities and seats of government begin with, also in capitals."""
    words = {name.split()[0] for name, country in gazetteers.country_names() if country.via != "capital"}
    return frozenset(words | {word.upper() for word in words} | {"St", "St."})


def country_meant(words: Words, mention: Mention) -> Country | None:
    """The country that a mention stands for where it stands; None for a city as such and for what is no country."""
    found = country_of(mention.text)
    if found is None or (found.via == "capital" and not speaks_for_country(words, mention)):
        return None
    return found


def speaks_for_country(words: Words, mention: Mention) -> bool:
    """Whether a capital's name is used for its government: not behind "in", not before "airport", not in a dateline."""
    if mention.text in INTERNATIONAL_SEATS or mention.text.isupper():
        return False
    first, behind = words.at(mention.start), words.at(mention.end)
    after = words.get(behind)
    if after is not None and (after.low in _FIXED or after.text in "—–" or after.text == "-"):
        return False
    if after is not None and after.text == "," and _names_country(words, behind + 1):
        return False
    if after is not None and after.is_possessive:
        owned = words.get(behind + 1)
        return owned is None or owned.low not in _FIXED | titles.LOCAL_OFFICES
    return not _is_located(words, first)


def _names_country(words: Words, index: int) -> bool:
    word = words.get(index)
    return word is not None and word.is_capital and (found := country_of(word.text)) is not None and found.via == "name"


def _is_located(words: Words, first: int) -> bool:
    """Whether the word before says where: "in", "flew to", "visited", "downtown"; "in Kyiv and" goes on."""
    before = words.get(first - 1)
    if before is None:
        return False
    if before.low in ("and", "or", ",") and (earlier := words.get(first - 2)) is not None and earlier.is_capital:
        known = country_of(earlier.text)
        return known is not None and known.via == "capital" and _is_located(words, first - 2)
    if before.low in _WITHIN or before.low in _AREAS or before.low in _MOTION:
        return True
    if before.low == "of":
        office = words.get(first - 2)
        return office is None or not titles.is_office(office.text) or office.low in titles.LOCAL_OFFICES
    return before.low in _MOVING and any(word.low in _MOTION for word in words.items[max(0, first - 6) : first - 1])
