"""Facts that the tables must know, and how names are looked up."""

from __future__ import annotations

import pytest

from briefing.language.gazetteers import coordinates, countries, country_of, fold, region_of
from briefing.language.known import matches
from briefing.language.places import is_settlement


@pytest.mark.parametrize(
    ("name", "code", "via"),
    [
        ("US", "US", "name"),
        ("U.S.", "US", "name"),
        ("USA", "US", "name"),
        ("the United States", "US", "name"),
        ("America", "US", "name"),
        ("American", "US", "demonym"),
        ("Americans", "US", "demonym"),
        ("Washington", "US", "capital"),
        ("Moscow", "RU", "capital"),
        ("the Kremlin", "RU", "seat"),
        ("Kremlin", "RU", "seat"),
        ("Downing Street", "GB", "seat"),
        ("Kyiv", "UA", "capital"),
        ("Kiev", "UA", "capital"),
        ("UKRAINE", "UA", "name"),
        ("Ukraine's", "UA", "name"),
        ("Frenchmen", "FR", "demonym"),
        ("Estonian", "EE", "demonym"),
        ("Dominican", "DO", "demonym"),
        ("Turkey", "TR", "name"),
        ("Türkiye", "TR", "name"),
        ("Côte d’Ivoire", "CI", "name"),
        ("Ivory Coast", "CI", "name"),
        ("Burma", "MM", "name"),
        ("Hong Kong", "HK", "name"),
    ],
)
def test_names_demonyms_capitals_and_seats_give_their_country(name: str, code: str, via: str) -> None:
    country = country_of(name)
    assert country is not None
    assert (country.code, country.via) == (code, via)


@pytest.mark.parametrize("name", ["", "Europe", "NATO", "Grushko", "the West", "us"])
def test_other_names_give_no_country(name: str) -> None:
    assert country_of(name) is None


def test_every_sovereign_country_has_a_capital_and_a_demonym() -> None:
    missing = {c.code for c in countries() if not c.capital or not c.demonyms}
    members = (
        "AF AL DZ AR AM AU AT AZ BD BY BE BO BR BG KH CA CL CN CO CU CZ DK EG EE FI FR DE GR HU IS IN ID IR IQ IE IL "
        "IT JP JO KZ KE KP KR LV LB LY LT MX MD MA NP NL NZ NG NO PK PE PH PL PT RO RU SA RS SK ZA ES SD SE CH SY TW "
        "TH TR UA AE GB US VE VN YE ZW"
    )
    assert not missing & set(members.split())


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "within"),
    [
        ("Brussels", 50.85, 4.35, 0.2),
        ("Geneva", 46.2, 6.15, 0.2),
        ("The Hague", 52.08, 4.31, 0.2),
        ("the Kremlin", 55.75, 37.62, 0.2),
        ("St. Petersburg", 59.94, 30.31, 0.2),
        ("New York", 40.71, -74.0, 0.2),
        ("Crimea", 45.3, 34.4, 0.5),
        ("Ukraine", 48.9, 31.5, 2.0),
        ("Black Sea", 43.2, 34.5, 1.0),
    ],
)
def test_places_have_coordinates(name: str, latitude: float, longitude: float, within: float) -> None:
    found = coordinates(name)
    assert found is not None
    assert abs(found[0] - latitude) <= within
    assert abs(found[1] - longitude) <= within


def test_a_country_chooses_between_cities_of_one_name() -> None:
    here, there = coordinates("Valencia", "ES"), coordinates("Valencia", "VE")
    assert here is not None
    assert there is not None
    assert here[1] > -5 > there[1]
    assert coordinates("Valencia", "FI") is None


def test_every_country_with_a_demonym_is_on_the_map() -> None:
    lost = [c.name for c in countries() if c.demonyms and c.capital and coordinates(c.name) is None]
    assert len(lost) <= 3, lost


def test_regions_know_whether_they_are_governed() -> None:
    crimea, sea = region_of("the Crimea"), region_of("Black Sea")
    assert crimea is not None
    assert (crimea.country, crimea.label) == ("UA", "GPE")
    assert sea is not None
    assert (sea.country, sea.label) == (None, "LOC")


@pytest.mark.parametrize("name", ["Ukraine", "Geneva", "Texas", "Kherson Oblast", "Nowhereville"])
def test_towns_and_states_are_settlements(name: str) -> None:
    assert is_settlement(name)


@pytest.mark.parametrize("name", ["Black Sea", "Europe", "Mount Doom", "Sunset Boulevard", "Lake Erie"])
def test_land_and_water_are_not(name: str) -> None:
    assert not is_settlement(name)


def test_folding_drops_accents_and_articles_but_not_capitals() -> None:
    assert fold("the São  Tomé & St. Ives") == "Sao Tome and Saint Ives"


def test_known_names_are_found_in_a_row_of_words() -> None:
    words = "She left New York for the NATO - Russia Council in the Black Sea".split()
    found = {(" ".join(words[start:end]), kind) for start, end, kind in matches(words)}
    assert {("New York", "city"), ("NATO - Russia Council", "organization"), ("Black Sea", "area")} <= found


def test_a_country_that_is_no_more_is_not_its_successor() -> None:
    assert country_of("Soviet Union") is None
    assert country_of("USSR") is None
