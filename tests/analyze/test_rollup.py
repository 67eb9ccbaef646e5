"""Entities of several holders in, united ones and the maps of their ids out."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.analyze.rollup import find_places, slugged, unite_entities
from briefing.model import Article, Entity, Mention, Passage, Reading


def person(name, *aliases, id="0", **known):
    return Entity(id, name, "person", aliases, mentions=known.pop("mentions", 1), **known)


def organization(name, *aliases, id="0", **known):
    return Entity(id, name, "organization", aliases, mentions=known.pop("mentions", 1), **known)


def place(name, *aliases, id="0", **known):
    return Entity(id, name, "place", aliases, mentions=known.pop("mentions", 1), **known)


def names(holders, *, surnames, **options):
    return sorted(entity.name for entity in unite_entities(holders, surnames=surnames, **options)[0])


# ---------------------------------------------------------------- persons


def test_spellings_of_a_full_name_unite_in_a_story_and_in_a_day():
    holders = [[person("Aleksandr V. Volkin", "Mr. Volkin")], [person("Alexander Volkin")]]
    for surnames in (True, False):
        (united,), ids = unite_entities(holders, surnames=surnames)
        assert united.name == "Aleksandr V. Volkin"
        assert united.aliases == ("Alexander Volkin", "Mr. Volkin")
        assert ids == ({"0": "person/aleksandr-volkin"}, {"0": "person/aleksandr-volkin"})


def test_first_names_that_conflict_never_unite():
    holders = [[person("Hillary Crane")], [person("Bill Crane")], [person("Jan Berg")], [person("Hans Berg")]]
    assert len(names(holders, surnames=True)) == len(names(holders, surnames=False)) == 4


def test_a_bare_family_name_joins_within_a_story():
    assert names([[person("Ada Stone")], [person("Stone")]], surnames=True) == ["Ada Stone"]


def test_within_a_story_it_joins_the_person_named_most():
    holders = [[person("Ada Stone", mentions=5), person("Ben Stone", id="1")], [person("Stone")]]
    _, ids = unite_entities(holders, surnames=True)
    assert ids[1]["0"] == "person/ada-stone"


def test_across_stories_it_joins_only_where_one_person_bears_it():
    assert names([[person("Ada Stone")], [person("Stone")]], surnames=False) == ["Ada Stone"]
    two = [[person("Ada Stone")], [person("Ben Stone")], [person("Stone")]]
    assert names(two, surnames=False) == ["Ada Stone", "Ben Stone", "Stone"]


def test_across_stories_another_country_keeps_it_apart():
    holders = [[person("Ada Stone", country="LV")], [person("Stone", country="EE")]]
    assert names(holders, surnames=False) == ["Ada Stone", "Stone"]


def test_across_stories_a_given_name_joins_nobody():
    assert names([[person("Ada Stone")], [person("Ada")]], surnames=False) == ["Ada", "Ada Stone"]


def test_bare_names_alone_unite_across_stories_only_with_role_and_country():
    assert len(names([[person("Stone")], [person("Stone")]], surnames=False)) == 2
    known = person("Stone", role="minister", country="LV")
    assert len(names([[known], [known]], surnames=False)) == 1
    assert len(names([[person("Stone")], [person("Stone")]], surnames=True)) == 1


def test_forms_of_address_keep_bare_names_apart():
    assert names([[person("Mr. Green")], [person("Mrs. Green")]], surnames=True) == ["Mr. Green", "Mrs. Green"]


def test_an_initial_needs_the_same_country_across_stories():
    assert names([[person("J. Stone")], [person("Jane Stone")]], surnames=True) == ["Jane Stone"]
    assert names([[person("J. Stone")], [person("Jane Stone")]], surnames=False) == ["J. Stone", "Jane Stone"]
    same = [[person("J. Stone", country="LV")], [person("Jane Stone", country="LV")]]
    assert names(same, surnames=False) == ["Jane Stone"]


def test_the_most_frequent_role_wins_and_keeps_its_spelling():
    roles = ["finance minister", "Finance Minister", "minister of finance", "finance minister", None]
    (united,), _ = unite_entities([[person("Ada Stone", role=role)] for role in roles], surnames=True)
    assert united.role == "finance minister"


def test_sides_and_countries_are_those_most_holders_give():
    latvia = place("Latvia", id="1", country="LV")
    holders = [[person("Ada Stone", affiliation="1", country="LV"), latvia]] * 2
    holders.append([person("Ada Stone", affiliation="1", country="EE"), place("Estonia", id="1", country="EE")])
    united = {entity.id: entity for entity in unite_entities(holders, surnames=True)[0]}
    assert united["person/ada-stone"].affiliation == "place/latvia"
    assert united["person/ada-stone"].country == "LV"


# ---------------------------------------------------------------- organizations, places, kinds


def test_an_acronym_joins_the_organization_that_an_article_spells_out():
    holders = [[organization("World Grain Council", "WGC")], [organization("WGC")]]
    assert names(holders, surnames=False) == ["World Grain Council"]


def test_an_acronym_joins_by_its_letters_where_only_one_fits():
    assert names([[organization("European Union")], [organization("EU")]], surnames=False) == ["European Union"]
    banks = [
        [organization("African Development Bank")],
        [organization("Asian Development Bank")],
        [organization("ADB")],
    ]
    assert len(names(banks, surnames=True)) == 3


def test_a_short_name_joins_within_a_story_only():
    holders = [[organization("Calder Steel")], [organization("Calder")]]
    assert names(holders, surnames=True) == ["Calder Steel"]
    assert names(holders, surnames=False) == ["Calder", "Calder Steel"]


def test_countries_unite_by_their_code():
    holders = [[place("United States", "U.S.", country="US")], [place("United States", "American", country="US")]]
    (united,), _ = unite_entities(holders, surnames=False)
    assert united.aliases == ("American", "U.S.")


def test_a_capital_as_a_city_stays_beside_its_country():
    assert names([[place("Russia", country="RU")], [place("Moscow", country="RU")]], surnames=True) == [
        "Moscow",
        "Russia",
    ]


def test_one_name_read_as_two_kinds_is_of_the_kind_most_mentions_say():
    holders = [[person("Harbour Ferries")], [organization("Harbour Ferries", mentions=3)], [place("Harbour Ferries")]]
    (united,), ids = unite_entities(holders, surnames=False)
    assert (united.kind, united.mentions) == ("organization", 5)
    assert {i["0"] for i in ids} == {"organization/harbour-ferries"}


def test_across_stories_a_single_word_may_be_two_kinds():
    holders = [[person("Amber", mentions=2)], [organization("Amber")]]
    assert len(names(holders, surnames=False)) == 2
    assert len(names(holders, surnames=True)) == 1


def test_a_country_is_never_a_person():
    assert len(names([[place("Jordan", country="JO")], [person("Jordan")]], surnames=True)) == 2


# ---------------------------------------------------------------- ids, evidence, the user's names


def test_ids_are_readable_and_told_apart():
    holders = [[person("Kalle Märt")], [person("Mr. Green", mentions=2), person("Mrs. Green", id="1")]]
    united, _ = unite_entities(holders, surnames=True)
    assert [entity.id for entity in united] == ["person/mr-green", "person/kalle-mart", "person/mrs-green"]
    twins = [[person("Stone", country="LV", mentions=2)], [person("Stone", country="EE")]]
    united, ids = unite_entities(twins, surnames=False)
    assert [entity.id for entity in united] == ["person/stone", "person/stone-2"]
    assert ids[1]["0"] == "person/stone-2"


@pytest.mark.parametrize(
    ("name", "slug"), [("José V. Núñez", "jose-nunez"), ("J. R.", "j-r"), ("Łódź", "lodz"), ("…", "unnamed")]
)
def test_slugs_are_plain(name, slug):
    assert slugged(name, initials=False) == slug


def test_evidence_is_kept_once_and_in_order():
    first, second = Passage("a", 0, 3, "Ada"), Passage("b", 4, 7, "Ada")
    holders = [[person("Ada Stone", evidence=(second,))], [person("Ada Stone", evidence=(first, second))]]
    (united,), _ = unite_entities(holders, surnames=True)
    assert united.evidence == (first, second)


def test_the_users_alias_wins_over_all_rules():
    holders = [[person("Ada Stone")], [person("A. D. Rock")], [organization("The Boss", mentions=4)]]
    table = {"A. D. Rock": "Ada Stone", "the boss": "Ada Stone"}
    (united,), _ = unite_entities(holders, surnames=False, aliases=table)
    assert united.name == "Ada Stone"
    assert united.mentions == 6


def test_a_watched_name_is_the_name():
    holders = [[organization("Quillbank Holdings International", "Quillbank")]]
    (united,), _ = unite_entities(holders, surnames=False, watchlist=["Quillbank"])
    assert (united.name, united.id) == ("Quillbank", "organization/quillbank")


# ---------------------------------------------------------------- properties

NAMES = [
    "Ada Stone",
    "A. Stone",
    "Ben Stone",
    "Stone",
    "Mrs. Stone",
    "Aleksandr V. Volkin",
    "Alexander Volkin",
    "Volkin",
]
BODIES = ["World Grain Council", "WGC", "Calder Steel", "Calder", "Ada Stone"]
LANDS = ["Latvia", "Riga", "Calder"]
ENTITIES = st.one_of(
    st.builds(person, st.sampled_from(NAMES), country=st.sampled_from([None, "LV"]), mentions=st.integers(1, 3)),
    st.builds(organization, st.sampled_from(BODIES), mentions=st.integers(1, 3)),
    st.builds(place, st.sampled_from(LANDS), mentions=st.integers(1, 3)),
)


def numbered(holder):
    return [replace(e, id=str(n), evidence=(Passage(e.name, n, n, ""),)) for n, e in enumerate(holder)]


HOLDERS = st.lists(st.lists(ENTITIES, max_size=5).map(numbered), max_size=4)


@given(HOLDERS, st.booleans(), st.randoms())
def test_the_order_of_the_holders_does_not_matter(holders, surnames, random):
    assume(all(a != b for a, b in itertools.combinations(holders, 2)))
    order = list(range(len(holders)))
    random.shuffle(order)
    united, ids = unite_entities(holders, surnames=surnames)
    again, shuffled = unite_entities([holders[number] for number in order], surnames=surnames)
    assert again == united
    assert [shuffled[order.index(number)] for number in range(len(holders))] == list(ids)


@given(HOLDERS, st.booleans())
def test_nothing_is_lost(holders, surnames):
    united, ids = unite_entities(holders, surnames=surnames)
    known = {entity.id: entity for entity in united}
    assert len(known) == len(united)
    assert sum(e.mentions for e in united) == sum(e.mentions for e in itertools.chain.from_iterable(holders))
    for holder, new in zip(holders, ids, strict=True):
        assert new.keys() == {entity.id for entity in holder}
        for entity in holder:
            assert {entity.name, *entity.aliases} <= {known[new[entity.id]].name, *known[new[entity.id]].aliases}


@given(HOLDERS)
def test_uniting_the_united_changes_nothing(holders):
    united, _ = unite_entities(holders, surnames=True)
    again, ids = unite_entities([united], surnames=False)
    assert {entity.name for entity in again} <= {entity.name for entity in united}
    assert set(ids[0]) == {entity.id for entity in united}


# ---------------------------------------------------------------- places


def placed(text, *entities):
    """The ids of the places of an article with these entities."""
    mentions = [
        Mention(at.start(), at.end(), at[0], "GPE", number)
        for number, entity in enumerate(entities)
        for at in re.finditer(entity.name, text)
    ]
    reading = Reading("a", tuple(entities), tuple(mentions))
    ids = {entity.id: entity.id for entity in entities}
    return find_places(entities, [Article("a", text=text)], [reading], [ids])


def test_places_have_coordinates_where_these_are_known():
    found = placed(
        "The ferry from Nowhere-on-Sea was late, and Brussels was told.",
        place("Brussels", id="place/brussels", country="BE", mentions=2),
        place("Nowhere-on-Sea", id="x"),
    )
    assert [p.entity for p in found] == ["place/brussels", "x"]
    assert (found[0].latitude, found[0].longitude) == (pytest.approx(50.85, abs=0.2), pytest.approx(4.35, abs=0.2))
    assert (found[1].latitude, found[1].longitude) == (None, None)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("It rained in Quellmark.", True),
        ("People fled from the Quellmark.", True),
        ("The town of Quellmark slept.", True),
        ("Quellmark agreed to buy its rival.", False),
        ("She is an analyst of the Quellmark.", False),
        ("The Quellmark and the others protested. Then it rained within Quellmark.", True),
    ],
)
def test_an_unknown_name_is_a_place_where_an_article_speaks_of_it_as_of_one(text, listed):
    assert [found.entity for found in placed(text, place("Quellmark", id="q"))] == ["q"] * listed


def test_a_name_with_a_word_for_places_needs_no_more():
    assert placed("The Aldmere Bridge reopened.", place("Aldmere Bridge", id="b"))
    assert placed("The River Aldmere rose.", place("River Aldmere", id="b"))
    assert not placed("The smaller Harbour Line was sold.", place("Harbour Line", id="b"))


def test_only_places_are_places():
    assert placed("Paris Stone spoke in Riga Forum.", person("Paris Stone"), organization("Riga Forum")) == ()
