"""Names of people in one article: which are one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analyze.entities import resolve_names
from briefing.analyze.names.people import fold, kinship, parse_name, same_family, same_full, same_given, solid

ONE_PERSON = {
    "a later form of address": ["Aleksandr V. Volkin", "Mr. Volkin", "Volkin"],
    "a transliteration variant": ["Aleksandr V. Volkin", "Alexander Volkin", "Aleksander Wolkin"],
    "kh and h, y and i, doubled letters": ["Mikhail Kharkovsky", "Mihail Harkowski", "Kharkovskiy"],
    "Arabic articles": ["Bashir al-Hamdan", "Hamdan", "Al-Hamdan", "Bashir Hamdan", "Mr. al-Hamdan"],
    "Arabic compounds": ["Abdel Fattah el-Nasri", "Abdel-Fattah al-Nasri", "Abdelfattah Nasri", "el-Nasri"],
    "vowels that nobody agrees on": ["Moammar Ghazali", "Muammar Gazzali", "Ghazaly"],
    "German particles": ["Ursula von der Aue", "von der Aue", "Von der Aue", "Ms. von der Aue", "Aue"],
    "Dutch particles": ["Jan van den Berg", "Van den Berg", "Berg"],
    "two Spanish family names": ["Enrique Peral Ibarra", "Peral Ibarra", "Mr. Peral", "Ibarra"],
    "a Spanish name without the second given name": ["Andrés Manuel Lozano Ortega", "Lozano Ortega", "Andres Lozano"],
    "a Brazilian name known by its middle": ["Luiz Ignácio Tula da Costa", "Tula", "da Costa"],
    "family name first": ["Han Do-yun", "Mr. Han", "Do-yun Han", "Han Do Yun"],
    "either order": ["Kenta Mori", "Mori Kenta", "Mori"],
    "initials": ["J. K. Harding", "J.K. Harding", "Joanne Harding", "Harding"],
    "a middle initial and a suffix": ["Joseph R. Baden Jr.", "Joe Baden", "Mr. Baden"],
    "a short given name": ["Michael Penn", "Mike Penn", "Penn"],
    "accents and apostrophes": ["Sinéad O'Corrin", "O’Corrin", "Sinead O'Corrin's"],
    "one wrong letter": ["Viktor Lukaschenko", "Lukashenka", "Lukashenko"],
    "two letters swapped": ["Robert Lewandorski", "Lewandroski"],
    "capitals of a headline": ["HAN DO-YUN", "Han Do-yun"],
    "a hyphen or none": ["Jean-Claude Moulin", "Jean Claude Moulin", "Moulin"],
    "a nickname in quotation marks": ["Harmeet “Bunty” Banse", "Bunty", "Banse"],
    "a title before the name": ["President Jon Biddle", "Biddle", "Jon Biddle"],
    "a prince by his first name": ["Mohammed bin Zuhair", "Prince Mohammed"],
    "a form of address as family name": ["Robert Lady", "Lady"],
    "a family name that begins like a particle": ["Zine Ben Salah", "Ben Salah"],
    "a regnal number": ["Benedict XIV", "Benedict"],
    "the possessive": ["James Orr", "James Orr's", "Orr’s"],
}
TWO_PEOPLE = {
    "a married couple": ["Hillary Crane", "Bill Crane"],
    "father and son": ["Robert Hale Sr.", "Robert Hale Jr."],
    "siblings": ["Kim Jong-un", "Kim Yo-jong"],
    "dictators": ["Kim Jong Un", "Kim Jong Il"],
    "presidents": ["George W. Burke", "George H. W. Burke"],
    "a man and a woman of one stem": ["Mario Rosso", "Maria Rosso"],
    "the same, longer": ["Daniel Weber", "Daniela Weber"],
    "short names of one letter's difference": ["Jan Berg", "Hans Berg"],
    "popes": ["John Paul II", "John Paul I"],
    "forms of address": ["Mr. Green", "Mrs. Green"],
    "husband and wife with declined names": ["Volodymyr Zelin", "Olena Zelina"],
    "nothing in common": ["Ada Stone", "Ben Field"],
}


@pytest.mark.parametrize("names", ONE_PERSON.values(), ids=ONE_PERSON.keys())
def test_forms_of_one_name_are_one_person(names):
    assert set(resolve_names(names)) == {0}


@pytest.mark.parametrize("names", TWO_PEOPLE.values(), ids=TWO_PEOPLE.keys())
def test_names_that_conflict_are_two_people(names):
    assert resolve_names(names) == [0, 1]


def test_father_and_son_stay_apart_beside_the_plain_name():
    labels = resolve_names(["Robert Hale", "Robert Hale Sr.", "Robert Hale Jr."])
    assert labels[1] != labels[2]


def test_a_bare_family_name_means_the_person_named_most():
    assert resolve_names(["Hillary Crane", "Bill Crane", "Crane", "Hillary Crane", "Crane"]) == [0, 1, 0, 0, 0]


def test_named_equally_often_the_nearest_before_is_meant():
    assert resolve_names(["Ramesh Nair", "Abhay Nair", "Nair"]) == [0, 1, 1]


def test_the_form_of_address_tells_husband_and_wife_apart():
    assert resolve_names(["Hillary Crane", "Hillary Crane", "Bill Crane", "Mr. Crane", "Mrs. Crane"]) == [0, 0, 1, 1, 0]


def test_a_given_name_nobody_lists_is_judged_by_its_ending():
    assert resolve_names(["Bashir al-Hamdan", "Bashir al-Hamdan", "Rima al-Hamdan", "Mrs. Hamdan"]) == [0, 0, 1, 1]


def test_a_family_name_goes_before_a_given_name():
    assert resolve_names(["Martin Oakes", "Oakes", "Peter Martin", "Martin"]) == [0, 0, 1, 1]


def test_single_names_that_fit_nobody_are_their_own_persons():
    assert resolve_names(["Ada", "Smith", "Ada", "Swift", "Jones"]) == [0, 1, 0, 2, 3]


def test_a_title_alone_joins_nobody():
    assert resolve_names(["Mr.", "Smith", ""])[1] not in (resolve_names(["Mr.", "Smith", ""])[0],)


def test_no_names_give_no_labels():
    assert resolve_names([]) == []


@given(st.lists(st.sampled_from([name for names in ONE_PERSON.values() for name in names]), max_size=12))
def test_labels_count_up_and_equal_strings_of_full_names_are_one(names):
    labels = resolve_names(names)
    assert len(labels) == len(names)
    assert sorted(set(labels)) == list(range(len(set(labels))))
    firsts = [labels.index(label) for label in sorted(set(labels))]
    assert firsts == sorted(firsts)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            if one == other and parse_name(one).is_full:
                assert labels[i] == labels[j]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_strings_are_labelled(names):
    assert len(resolve_names(names)) == len(names)


@given(
    st.sampled_from([n for names in [*ONE_PERSON.values(), *TWO_PEOPLE.values()] for n in names if " " in n]), st.data()
)
def test_comparing_full_names_is_symmetric(one, data):
    other = data.draw(st.sampled_from([n for names in [*ONE_PERSON.values(), *TWO_PEOPLE.values()] for n in names]))
    a, b = parse_name(one), parse_name(other)
    if a.is_full and b.is_full:
        assert same_full(a, b) == same_full(b, a)


def test_a_name_in_its_parts():
    name = parse_name("Mrs. Ursula von der Leitner Jr.")
    assert name.words == ("ursula", "leitner")
    assert (name.gender, name.generation) == ("f", "jr")


@pytest.mark.parametrize(
    ("one", "other"), [("Zelinskiy", "Zelynsky"), ("Khramov", "Hramow"), ("Qassem", "Kassem"), ("Müller", "Mueller")]
)
def test_spellings_of_one_family_name_fold_together(one, other):
    assert fold(one) == fold(other)


def test_one_wrong_letter_is_forgiven_in_long_family_names_only():
    assert same_family(fold("Peterson"), fold("Petersen"))
    assert not same_family(fold("Cole"), fold("Cone"))


def test_given_names_answer_to_initials_and_short_forms_only():
    assert same_given(fold("Robert"), fold("R"))
    assert same_given(fold("Robert"), fold("Bob"))
    assert not same_given(fold("Robert"), fold("Rupert"))


def test_kinship_ranks_family_before_given_before_middle():
    full = parse_name("Maria Elena Duarte")
    assert [kinship(parse_name(word), full) for word in ("Duarte", "Maria", "Elena", "Ines")] == [4, 2, 1, 0]


def test_spelling_of_spaces_and_hyphens_does_not_count():
    assert solid(parse_name("Kim Jong-un")) == solid(parse_name("Kim Jong Un"))
