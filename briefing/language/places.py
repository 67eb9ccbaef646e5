"""The name of a place in, whether people govern there out: towns and countries, or land and water."""

from __future__ import annotations

from briefing.language.gazetteers import country_of, region_of
from briefing.language.known import known_names

GOVERNED = frozenset(
    "City County District Prefecture Province Republic State States Territory Town Township Village Oblast".split()
)  # last words of places that have a government


def is_settlement(name: str) -> bool:
    """True for countries, states, provinces and towns; False for seas, mountains, streets and parts of the world."""
    country = country_of(name)
    if country is not None:
        return country.via in ("name", "capital")
    region = region_of(name)
    if region is not None:
        return region.label == "GPE"
    words = name.split()
    if words[-1] in GOVERNED:
        return True
    nature = set(known_names()["place word"]) - GOVERNED
    return words[-1] not in nature and words[0] not in nature
