"""Figures: numbers with what they count, the same quantity of several sources together, differences said with care."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from briefing.analyze.counts import numerals
from briefing.analyze.counts.numerals import find_numerals
from briefing.analyze.figures import MOST, find_differences, find_figures, unite_figures
from briefing.language import Annotator
from briefing.model import Article, Figure, Passage, Quantity, Value

ANNOTATE = Annotator()


def figures(text: str, id: str = "a") -> tuple[Figure, ...]:
    return find_figures(Article(id, text, published="2024-03-13"), ANNOTATE(text))


def told(text: str) -> list[tuple[str, float, str | None]]:
    return [(figure.what, figure.values[0].value, figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("with 100,000 men", 100_000, None, None),
        ("nearly 100,000 men", 100_000, None, "nearly"),
        ("more than 2.5 million men", 2_500_000, None, "more than"),
        ("two dozen ships", 24, None, None),
        ("half a million people", 500_000, None, None),
        ("a hundred people", 100, None, None),
        ("twenty-five men", 25, None, None),
        ("$2.3 billion", 2_300_000_000, "USD", None),
        ("US$40m", 40_000_000, "USD", None),
        ("about 3.5 million euros", 3_500_000, "EUR", "about"),
        ("4.5 percent", 4.5, "%", None),
        ("12%", 12, "%", None),
        ("0.3 percentage points", 0.3, "pp", None),
    ],
)
def test_a_number_has_its_value_unit_and_bound(text: str, value: float, unit: str | None, bound: str | None):
    (numeral,) = find_numerals(text)
    assert (numeral.value, numeral.unit, numeral.bound) == (value, unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "Article 10",
        "in 2014",
        "at 10:30",
        "at 10 a.m.",
        "a 45-year-old",
        "the 30-country group",
        "No. 57",
        "the 21st",
        "3-1",
        "5,000 to 7,000 men",
        "seven or eight men",
        "no one came",
        "A9 road",
    ],
)
def test_labels_times_ages_years_and_ranges_are_no_numbers_of_things(text: str):
    assert list(find_numerals(text)) == []


def test_looking_near_the_signs_of_numbers_finds_what_looking_everywhere_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    filler = "The harbor stayed closed and nobody was hurt; a tenant of the weighhouse sang. " * 2
    said = (
        "no fewer than twenty-five hundred U.S. dollars ",
        "well over half a million ",
        "$ 2.3 billion ",
        "12 per cent ",
    )
    text = filler.join((*said, "a dozen"))
    near = list(find_numerals(text))
    monkeypatch.setattr(numerals, "REACH", len(text))
    assert near == list(find_numerals(text))
    assert len(near) == len(said) + 1
    monkeypatch.setattr(numerals, "REACH", 1)
    assert near != list(find_numerals(text))


@pytest.mark.parametrize(
    ("text", "what", "value", "unit"),
    [
        ("Nearly 100,000 Norwegian troops are in the north.", "Norwegian troops", 100_000, None),
        ("The alliance sent two dozen ships to the coast.", "ships", 24, None),
        ("At least 12 people were killed in the storm.", "people killed", 12, None),
        ("The storm wounded three sailors.", "sailors injured", 3, None),
        ("The death toll from the storm rose to 61 on Tuesday.", "people killed", 61, None),
        ("Officials expect food prices to rise 6.1 percent.", "food prices", 6.1, "%"),
        ("The province approved $2.3 billion in aid.", "aid", 2_300_000_000, "USD"),
        ("The bank announced a grant of 6 million euros.", "grant", 6_000_000, "EUR"),
        ("Inflation rose to 4.5 percent in May.", "Inflation", 4.5, "%"),
        ("Turnout was 71 percent.", "Turnout", 71, "%"),
        ("The bank raised its key rate to 5.25 percent.", "key rate", 5.25, "%"),
        ("At least 48 people were killed and more than 300 injured.", "people injured", 300, None),
        ("Orrin bought its rival for 8.2 billion euros.", "for its rival", 8_200_000_000, "EUR"),
        ("The farm shipped 40,000 tons of grain.", "tons of grain", 40_000, None),
        ("Some 62 percent of voters agreed.", "voters", 62, "%"),
    ],
)
def test_a_figure_says_what_it_counts(text: str, what: str, value: float, unit: str | None):
    assert (what, value, unit) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The talks lasted three hours.",
        "He is one of two brothers.",
        "They walked 20 miles.",
        "He waited for 15 days.",
        "It happened at 10 o'clock.",
    ],
)
def test_durations_distances_and_small_counts_are_no_figures(text: str):
    assert told(text) == []


def test_evidence_is_the_sentence_and_the_day_is_kept():
    text = "It snowed. At least 12 people were killed on Monday near Lund."
    (figure,) = figures(text)
    (value,) = figure.values
    assert value.evidence == Passage("a", 11, len(text), text[11:])
    assert (value.approximate, value.as_of) == ("at least", "2024-03-11")
    assert figure.about is not None
    assert figure.about.role == "kill"


def test_one_quantity_in_two_articles_is_one_figure_that_agrees():
    found = [
        *figures("Nearly 100,000 Norwegian troops stand in the north.", "a"),
        *figures("Around 100,000 battle-ready Norwegian troops backed by tanks are there.", "b"),
    ]
    (figure,) = unite_figures(found)
    assert figure.what == "Norwegian troops"
    assert figure.agree
    assert [(value.value, value.evidence.article) for value in figure.values] == [(100_000, "a"), (100_000, "b")]
    assert find_differences([figure]) == ()


def figure(
    value: float, article: str, *, role: str | None = "kill", bound: str | None = None, **more: object
) -> Figure:
    as_of = str(more.get("as_of", "2024-03-13"))
    place = str(more.get("place", "Lund"))
    head = str(more.get("head", "people"))
    start = int(str(more.get("start", 0)))
    evidence = Passage(article, start, start + 9, "It is so.")
    about = Quantity(head, role, (), (place,))
    return Figure(head, None, (Value(value, evidence, bound, as_of),), about=about)


def test_lead_counts_of_one_thing_that_differ_stand_side_by_side():
    united = unite_figures([figure(12, "a"), figure(15, "b")])
    assert len(united) == 1
    assert not united[0].agree
    (difference,) = find_differences(united)
    assert [passage.article for passage in difference.evidence] == ["a", "b"]


@pytest.mark.parametrize(
    "other",
    [
        figure(15, "b", role="wound"),
        figure(15, "b", place="Oslo"),
        figure(15, "b", as_of="2024-03-11"),
        figure(15, "b", head="houses"),
        figure(15, "b", role=None),
        figure(15, "a", start=50),
    ],
    ids=["role", "place", "day", "noun", "no role", "same source"],
)
def test_unlike_numbers_of_other_things_are_no_difference(other: Figure):
    united = unite_figures([figure(12, "a"), other])
    assert len(united) == 2
    assert find_differences(united) == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (figure(12, "a", bound="at least"), figure(15, "b"), True),
        (figure(12, "a"), figure(15, "b", bound="up to"), True),
        (figure(100, "a", bound="about"), figure(95, "b"), True),
        (figure(100, "a", bound="about"), figure(60, "b"), False),
        (figure(12, "a"), figure(15, "b", bound="more than"), False),
    ],
)
def test_bounds_decide_what_contradicts(one: Figure, other: Figure, agree: bool):
    (united,) = unite_figures([one, other])
    assert united.agree is agree


def test_the_killed_and_the_wounded_are_never_one_figure():
    assert len(unite_figures([figure(12, "a", role="kill"), figure(12, "b", role="wound")])) == 2


def test_order_of_arrival_does_not_matter_and_the_list_is_bounded():
    found = [figure(12, "a"), figure(15, "b"), figure(12, "c"), figure(40, "c", role="wound")]
    assert len({unite_figures(order) for order in itertools.permutations(found)}) == 1
    assert len(unite_figures([figure(n, "a", head=f"n{n}") for n in range(40)])) == MOST


@pytest.mark.parametrize(
    ("text", "what", "value", "unit"),
    [
        ("The council put the number of damaged homes at 410.", "damaged homes", 410, None),
        ("The number of confirmed cases rose to 31 from 27.", "confirmed cases", 31, None),
        ("Orrin agreed to buy its rival for 3 million euros in cash.", "for its rival", 3e6, "EUR"),
        ("The firm must pay 46 million dollars, plus interest, to 212 families.", "to 212 families", 46e6, "USD"),
        ("The firm must pay 48 million dollars to 212 families.", "to 212 families", 48e6, "USD"),
    ],
)
def test_a_figure_carries_the_words_of_the_source(text: str, what: str, value: float, unit: str | None):
    assert (what, value, unit) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The fund that holds 31 percent of the company has agreed to sell.",
        "The deal is worth 3 million euros including debt.",
        "Apollo 17 astronaut Harry Stone waved.",
        "No one was killed.",
    ],
)
def test_what_no_noun_tells_is_no_figure(text: str):
    assert told(text) == []


ORDERED = "The court ordered the smelter to clean the soil and pay {} million dollars to the families."
DECIDED = "The court decided that the smelter must clean the soil and pay {} million dollars to the families."


def test_sums_told_alike_that_differ_stand_side_by_side():
    united = unite_figures([*figures(ORDERED.format(48), "a"), *figures(DECIDED.format(46), "b")])
    assert [(f.agree, len(f.values)) for f in united] == [(False, 2)]
    apart = unite_figures([*figures(ORDERED.format(48), "a"), *figures("They pay 46 million dollars to a bank.", "b")])
    assert all(f.agree for f in apart)


def test_homes_and_households_are_counted_together():
    first = figures("The flood forced about 340 households from their homes.", "a")
    second = figures("The council put the number of damaged homes at 410.", "b")
    assert [f.agree for f in unite_figures([*first, *second])] == [False]


def test_a_later_number_of_the_same_source_is_an_update():
    first = figures("The council put the number of damaged homes at 400.", "a")
    second = figures("The council put the number of damaged homes at 450.", "b")
    articles = [
        Article("a", "", published="2024-03-12", source="Post"),
        Article("b", "", published="2024-03-13", source="Post"),
    ]
    (united,) = unite_figures([*first, *second], articles=articles)
    assert ([value.value for value in united.values], united.agree) == ([450], True)
    (apart,) = unite_figures([*first, *second])
    assert not apart.agree


def test_a_forecast_of_before_is_no_figure():
    assert told("She expected growth of 3 percent, up from a previous forecast of 5.4 percent.") != []
    assert not any(value == 5.4 for _, value, _ in told("It rose from a previous forecast of 5.4 percent."))


def test_a_toll_stands_beside_the_count_of_another_source_where_they_name_a_place_in_common():
    first = figures("At least 48 people were killed when a quake struck Riga on Tuesday.", "a")
    later = figures("The death toll from the quake near Riga in Latvia rose to 61 on Tuesday.", "b")
    united = unite_figures([*first, *later])
    assert [(f.what, [value.value for value in f.values], f.agree) for f in united] == [
        ("people killed", [48, 61], True)
    ]
    elsewhere = figures("The death toll from the quake near Oslo rose to 61 on Tuesday.", "b")
    assert len(unite_figures([*first, *elsewhere])) == 2


def test_a_rise_told_as_such_contradicts_nothing():
    old, new = figure(27, "a"), figure(31, "b")
    assert [united.agree for united in unite_figures([old, new])] == [False]
    evidence = Passage("b", 0, 28, "The count rose to 31 from 27.")
    risen = replace(new, values=(replace(new.values[0], evidence=evidence),))
    assert [united.agree for united in unite_figures([old, risen])] == [True]


def test_an_alliance_has_as_many_members_as_countries():
    found = [*figures("All 30 allies sat at the table."), *figures("Envoys of the 30 countries of NATO came.", "b")]
    assert len(unite_figures(found)) == 1
