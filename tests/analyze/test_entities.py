"""An article and its recognised names in, entities and mentions out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analyze.entities import find_entities
from briefing.analyze.names.acronyms import is_acronym, stands_for
from briefing.analyze.names.overrides import read_aliases
from briefing.analyze.names.tokens import read_words
from briefing.errors import InputError
from briefing.model import Entity


@pytest.fixture
def read(marked):
    def read_marked(source, **options):
        article, doc = marked(source)
        entities, mentions = find_entities(article, doc, **options)
        for mention in mentions:
            assert article.text[mention.start : mention.end] == mention.text
        return entities, mentions

    return read_marked


def one(entities, name) -> Entity:
    found = [e for e in entities if e.name == name]
    assert len(found) == 1, [e.name for e in entities]
    return found[0]


def side(entities, name):
    affiliation = one(entities, name).affiliation
    return None if affiliation is None else entities[int(affiliation)].name


# ---------------------------------------------------------------- mentions


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{P:Russian President Pavel Orlov} spoke.", ["Russian", "Pavel Orlov"]),
        ("{P:Mr. Orlov} spoke.", ["Orlov"]),
        ("{P:Orlov's} plan", ["Orlov"]),
        ("{G:ESTONIA'S} PLAN", ["ESTONIA"]),
        ("{O:NATO Secretary-General} spoke.", ["NATO"]),
        ("{O:the Baltic Bank} fell.", ["Baltic Bank"]),
        ("{O:For Orrin Motors}, it is over.", ["Orrin Motors"]),
        ("{P:“Ada Stone,”} she said.", ["Ada Stone"]),
        ("{P:Ada Stone met Governor Ben Field} there.", ["Ada Stone", "Ben Field"]),
        ("{P:PictureLatvia} has said so.", ["Latvia"]),
        ("{O:NATO Ambassador Ada Stone} left.", ["NATO", "Ada Stone"]),
        ("{O:Mrs Thorne} left.", ["Thorne"]),
        ("{O:NATO’s Brussels} headquarters", ["NATO", "Brussels"]),
        ("{O:Egypt and Ethiopia} agreed.", ["Egypt", "Ethiopia"]),
        ("{O:Trinidad and Tobago} agreed.", ["Trinidad and Tobago"]),
        ("{O:Marsh and Fenwick} agreed.", ["Marsh and Fenwick"]),
        ("Councilman {O:Derek Orne} said so.", ["Derek Orne"]),
        ("Elva Rosk, an analyst at {O:Orrin Motors}, said so.", ["Elva Rosk", "Orrin Motors"]),
        ("Harrow's mayor, Elva Rosk, called.", ["Elva Rosk"]),
        ("{P:Western} governments agreed.", []),
        ("Fog Harbour, an area of calm, lies west.", []),
        ("{P:Education Mr. Thorne} left.", ["Thorne"]),
        ("{P:Isabel of France} and {P:Ada Stone of Quill} sat.", ["Isabel of France", "Ada Stone"]),
        ("{O:Ambassador Bridge Company} grew.", ["Ambassador Bridge Company"]),
        ("{P:Kengo wa Dongo} and {P:Maria de Sosa} sat.", ["Kengo wa Dongo", "Maria de Sosa"]),
        ("{P:Hector “Hands of Oak” Diaz} won.", ["Hector “Hands of Oak” Diaz"]),
        ("{G:People’s Republic of China} officials", ["People’s Republic of China"]),
        ("They saw the US-led force and {O:ExoMars} land.", ["ExoMars"]),
        ("{P:Prime Minister} spoke.", []),
        ("{P:Photo} by hand", []),
        ("{P:V.} spoke.", []),
        ("{O:Organization for Trade} and Growth in Africa met.", ["Organization for Trade and Growth in Africa"]),
        ("{P:Harbour Ferries} grew.", ["Harbour Ferries"]),
        ("The U.S. army left.", ["U.S."]),
        ("It cost US$5.", []),
        ("the republic of Latvia", ["Latvia"]),
    ],
)
def test_names_are_cut_free(read, source, expected):
    assert [m.text for m in read(source)[1]] == expected


def test_persons_are_found_behind_titles_and_forms_of_address(read):
    _, mentions = read("Mr. Orlov met spokesman Dmitri Belov in the rain.")
    assert [(m.text, m.label) for m in mentions] == [("Orlov", "PERSON"), ("Dmitri Belov", "PERSON")]


def test_a_short_form_is_found_once_the_full_name_was_read(read):
    entities, mentions = read("{P:Maksim Sedov} left. Later, Sedov returned, and {G:Sedov} spoke.")
    assert [m.text for m in mentions] == ["Maksim Sedov", "Sedov", "Sedov"]
    assert one(entities, "Maksim Sedov").mentions == 3


def test_a_common_word_is_no_short_form(read):
    _, mentions = read("{P:Ada Stone} left. Stone was all around, grey stone.")
    assert [m.text for m in mentions] == ["Ada Stone"]


def test_an_organization_is_no_person_because_the_recogniser_said_so(read):
    entities, _ = read("{P:Harbour Ferries} grew. {P:Harbour} said so.")
    assert [(e.name, e.kind, e.mentions) for e in entities] == [("Harbour Ferries", "organization", 2)]


def test_a_person_is_no_organization_where_somebody_is_addressed_so(read):
    entities, _ = read("{O:Ivy Thorne} was out. Mrs Thorne said so.")
    assert [(e.name, e.kind) for e in entities] == [("Ivy Thorne", "person")]


def test_one_string_has_one_label(read):
    _, mentions = read("{O:Fjordbank} grew. {G:Fjordbank} paid. {O:Fjordbank} fell.")
    assert {m.label for m in mentions} == {"ORG"}


def test_dates_have_no_entity(read):
    _, mentions = read("{P:Ada Stone} left on {D:Monday}.")
    assert [m.entity for m in mentions] == [0, -1]


def test_mentions_are_in_order_and_do_not_overlap(read):
    _, mentions = read(
        "Deputy minister {P:Gleb Turov} of {G:Russia} and Mr. Turov met U.S. envoys in {G:Riga}, Latvia."
    )
    assert list(mentions) == sorted(mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


# ---------------------------------------------------------------- entities


def test_a_person_has_the_fullest_name_and_all_other_forms(read):
    entities, _ = read("{P:Orlov} left. {P:Aleksandr V. Orlov} spoke, then {P:Alexander Orlov} and Mr. {P:Orlov}.")
    person = one(entities, "Aleksandr V. Orlov")
    assert person.aliases == ("Orlov", "Alexander Orlov", "Mr. Orlov")
    assert person.mentions == 4


def test_a_title_stays_out_of_the_name_and_in_the_aliases(read):
    entities, _ = read("{P:Dr. Ada Stone} left.")
    assert one(entities, "Ada Stone").aliases == ("Dr. Ada Stone",)


def test_a_country_takes_in_its_people_capital_and_government(read):
    entities, _ = read("{G:Russia} agreed. The {N:Russian} side left. {G:Moscow} denies it; the {O:Kremlin} too.")
    country = one(entities, "Russia")
    assert (country.kind, country.country) == ("place", "RU")
    assert country.aliases == ("Russian", "Moscow", "Kremlin")
    assert len(country.evidence) == 1
    assert country.evidence[0].text.startswith("Moscow denies")


@pytest.mark.parametrize("abbreviation", ["US", "USA", "U.S.", "the United States", "America", "Washington"])
def test_a_country_is_one_under_all_its_names(read, abbreviation):
    entities, _ = read(f"The United States refused. {abbreviation} officials agreed. American envoys left.")
    assert [e.name for e in entities if e.kind == "place"] == ["United States"]


@pytest.mark.parametrize(
    "text",
    [
        "Talks were held in {G:Moscow}.",
        "They flew to {G:Moscow}.",
        "The {G:Moscow} airport closed.",
        "{G:Moscow}'s mayor resigned.",
        "MOSCOW — Talks began.",
        "In {G:Paris} and {G:Moscow} it rained.",
        "He lives in {G:Moscow}, Russia.",
        "She visited {G:Moscow}.",
    ],
)
def test_a_capital_as_a_city_stays_a_place(read, text):
    entities, _ = read(text)
    assert "Moscow" in [e.name for e in entities] or "MOSCOW" in text


@pytest.mark.parametrize(
    "text",
    [
        "{G:Moscow} denies it.",
        "They doubt {G:Moscow}'s good will.",
        "There is tension between {G:Moscow} and the West.",
        "He sent {G:Moscow} a letter.",
        "It was a message to {G:Moscow}.",
    ],
)
def test_a_capital_that_acts_is_its_country(read, text):
    entities, _ = read(text)
    assert "Russia" in [e.name for e in entities]


def test_a_seat_of_international_bodies_is_not_its_country(read):
    entities, _ = read("{G:Brussels} insists on it.")
    assert [e.name for e in entities] == ["Brussels"]


def test_an_acronym_is_what_it_stands_for(read):
    entities, _ = read(
        "The Organization for Security and Cooperation in Europe (OSCE) met. The {O:OSCE} will meet again. "
        "{O:European Union} ministers left; the {O:EU} stays."
    )
    assert one(entities, "Organization for Security and Cooperation in Europe").aliases == ("OSCE",)
    assert one(entities, "European Union").aliases == ("EU",)


def test_an_acronym_of_two_organizations_is_neither(read):
    entities, _ = read("The {O:African Development Bank} and the {O:Asian Development Bank} met the {O:ADB}.")
    assert one(entities, "ADB").aliases == ()


def test_the_first_word_of_an_organization_is_short_for_it(read):
    entities, _ = read("The {O:Hartwell Moscow Center} closed. {O:Hartwell} said so.")
    assert one(entities, "Hartwell Moscow Center").aliases == ("Hartwell",)


def test_a_body_of_another_is_not_the_other(read):
    entities, _ = read("The {O:United Nations} met. The {O:United Nations Security Council} did not.")
    assert len(entities) == 2


# ---------------------------------------------------------------- roles and sides


def test_the_most_frequent_role_wins(read):
    entities, _ = read(
        "{P:Ada Stone}, the finance chief, left. Vice President {P:Ada Stone} spoke. Vice president {P:Ada Stone} sat."
    )
    assert one(entities, "Ada Stone").role == "Vice President"


def test_a_rank_gives_way_to_an_office(read):
    entities, _ = read("Lt. Col. {P:Ada Stone} left. {P:Ada Stone}, a spokeswoman for the {O:Navy Board}, spoke.")
    assert one(entities, "Ada Stone").role == "spokeswoman"


def test_a_former_office_speaks_for_nobody(read):
    entities, _ = read("Former Latvian president {P:Ada Stone} spoke.")
    assert one(entities, "Ada Stone").role == "Former Latvian president"
    assert side(entities, "Ada Stone") is None


def test_role_and_side_are_told_with_their_sentence(read):
    entities, _ = read("It rained. Latvian minister {P:Ada Stone} spoke. She left.")
    person = one(entities, "Ada Stone")
    assert [p.text for p in person.evidence] == ["Latvian minister Ada Stone spoke."]
    assert (side(entities, "Ada Stone"), person.country) == ("Latvia", "LV")


def test_leaders_of_a_delegation_speak_for_it(read):
    entities, _ = read(
        "The {N:Russian} delegation will be led by Deputy Foreign Minister {P:Gleb Turov} and Deputy Defence Minister "
        "{P:Oleg Ranin}. {P:Sandra Keel} led the {N:American} side."
    )
    assert [side(entities, name) for name in ("Gleb Turov", "Oleg Ranin", "Sandra Keel")] == [
        "Russia",
        "Russia",
        "United States",
    ]


def test_a_ministry_named_with_its_country_speaks_for_the_country(read):
    entities, _ = read("{G:Germany} waits. {O:German Foreign Ministry} spokesman {P:Jonas Reuter} said so.")
    assert side(entities, "Jonas Reuter") == "Germany"


def test_a_body_of_many_countries_belongs_to_none_of_them(read):
    entities, _ = read("{G:Latvia}'s {O:UN} envoy {P:Ada Stone} spoke. {G:Latvia}'s {O:Foreign Ministry} agreed.")
    assert side(entities, "UN") is None
    assert side(entities, "Foreign Ministry") == "Latvia"


def test_those_who_only_come_from_a_country_do_not_speak_for_it(read):
    entities, _ = read("Latvian writer {P:Ada Stone} met Latvian opposition leader {P:Ben Field}.")
    assert [side(entities, name) for name in ("Ada Stone", "Ben Field")] == [None, None]
    assert one(entities, "Ada Stone").country == "LV"


def test_the_end_of_a_title_is_no_organization(read):
    entities, _ = read("Secretary of {O:State} {P:Ada Stone} met {P:Ben Field}, the secretary of {O:State}.")
    assert [e.name for e in entities] == ["Ada Stone", "Ben Field"]
    assert [e.role for e in entities] == ["Secretary of State", "secretary of State"]


def test_a_scholar_of_a_country_need_not_come_from_there(read):
    entities, _ = read("{G:Latvia} scholar {P:Ada Stone} spoke.")
    assert one(entities, "Ada Stone").country is None


def test_a_spokesman_without_evidence_speaks_for_nobody_known(read):
    entities, _ = read("It rained in {G:Riga}. Spokesman {P:Jonas Reuter} said so.")
    assert one(entities, "Jonas Reuter").role == "Spokesman"
    assert side(entities, "Jonas Reuter") is None


# ---------------------------------------------------------------- the user's own names


def test_the_users_alias_wins_over_the_rules(read):
    entities, _ = read("{P:Ada Stone} and {P:Adam Stone} met Big A.", aliases={"Big A": "Ada Stone"})
    assert one(entities, "Ada Stone").aliases == ("Big A",)
    assert one(entities, "Adam Stone").kind == "person"


def test_the_users_aliases_can_part_what_the_rules_unite(read):
    table = {"Jon Stone": "Jon Stone (the elder)", "John Stone": "John Stone (the younger)"}
    entities, _ = read("{P:Jon Stone} met {P:John Stone}.", aliases=table)
    assert [e.name for e in entities] == ["Jon Stone (the elder)", "John Stone (the younger)"]


def test_a_watched_name_is_found_where_the_recogniser_missed_it(read):
    entities, _ = read("Fees at quillbank rose; Quillbank said nothing.", watchlist=["Quillbank"])
    assert [(e.name, e.kind, e.mentions) for e in entities] == [("Quillbank", "organization", 1)]


def test_an_alias_of_a_country_is_the_country(read):
    entities, _ = read("{G:Latvia} won. The Amber Side won again.", aliases={"Amber Side": "Latvia"})
    assert one(entities, "Latvia").mentions == 2


def test_an_alias_table_is_read_line_by_line():
    assert read_aliases(["# mine", "", "Big A\tAda Stone\n", "Q\t Quillbank "]) == {
        "Big A": "Ada Stone",
        "Q": "Quillbank",
    }


def test_a_broken_line_of_the_alias_table_is_named():
    with pytest.raises(InputError, match=r"mine\.tsv, line 2: .*'Big A Ada Stone'"):
        read_aliases(["Q\tQuillbank", "Big A Ada Stone"], origin="mine.tsv")


# ---------------------------------------------------------------- any text


@given(st.text(alphabet="AaBb. ,’'s\n-{}()“”RussiaM", max_size=80))
def test_words_are_where_they_say(text):
    words = read_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(a.end <= b.start for a, b in pairwise(words.items))


WORDS = [
    "{P:Ada Stone}",
    "Stone",
    "{O:Fjordbank}",
    "{G:Moscow}",
    "Russian",
    "minister",
    "of",
    ",",
    ".",
    "the",
    "(FB)",
    "'s",
]


@given(
    st.lists(st.sampled_from([*WORDS, "President", "who", "leads", "\n\n", "and", "Mr.", "{N:Latvian}"]), max_size=25)
)
def test_any_order_of_words_gives_sound_entities(marked, parts):
    article, doc = marked(" ".join(parts))
    entities, mentions = find_entities(article, doc)
    assert [e.id for e in entities] == [str(number) for number in range(len(entities))]
    assert sum(e.mentions for e in entities) == sum(m.entity >= 0 for m in mentions)
    for mention in mentions:
        assert article.text[mention.start : mention.end] == mention.text
        assert mention.label == "DATE" or 0 <= mention.entity < len(entities)
    for entity in entities:
        assert entity.affiliation != entity.id
        assert all(article.text[p.start : p.end] == p.text for p in entity.evidence)


@pytest.mark.parametrize(
    ("text", "yes"), [("NATO", True), ("U.N.", True), ("Nato", False), ("A", False), ("AB CD", False)]
)
def test_acronyms_are_told_by_their_capitals(text, yes):
    assert is_acronym(text) is yes


@pytest.mark.parametrize(
    ("short", "name", "yes"),
    [
        ("OSCE", "Organization for Security and Cooperation in Europe", True),
        ("WHO", "World Health Organization", True),
        ("UofT", "University of Toronto", True),
        ("EBU", "European Union", False),
        ("USAF", "United States of America Fund", True),
    ],
)
def test_an_acronym_takes_the_first_letters(short, name, yes):
    assert stands_for(short, name) is yes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{P:Cubs fan Ada Stone} caught the ball.", [("Ada Stone", "person")]),
        ("{P:For Ada Stone}, the night was long.", [("Ada Stone", "person")]),
        ("The French company {P:Petralis} closes.", [("Petralis", "organization")]),
        ("The {G:Harbour Union} met in {G:Riga}.", [("Harbour Union", "organization"), ("Riga", "place")]),
        ("The {G:Soviet Union} fell.", [("Soviet Union", "place")]),
        (
            "They met: {O:Alder Bank and Julia Stern of Credit Nord}.",
            [("Alder Bank", "organization"), ("Julia Stern", "person"), ("Credit Nord", "organization")],
        ),
    ],
)
def test_a_name_is_cut_free_of_what_the_recogniser_glued_to_it(marked, text, names):
    article, doc = marked(text)
    tag_nouns(doc, {"fan", "company", "ball", "night"})
    entities, _ = find_entities(article, doc)
    found = [(entity.name, entity.kind) for entity in entities if entity.kind != "group" and entity.name != "France"]
    assert found == names


def tag_nouns(doc, nouns):
    for token in doc:
        token.pos_ = "NOUN" if token.text in nouns else "PROPN" if token.text[0].isupper() else "VERB"


def test_a_nationality_with_a_noun_of_bodies_behind_it_is_a_body(marked):
    article, doc = marked("{N:Canadian} and others. The {N:Canadian} Press wrote so.")
    tag_nouns(doc, set())
    entities, mentions = find_entities(article, doc)
    assert [entities[m.entity].name for m in mentions][-1] == "Canadian Press"


def test_a_name_beside_an_office_does_not_begin_with_a_preposition(read):
    entities, _ = read("For Ada Stone, a teacher at the harbour school, the night was long.")
    assert [entity.name for entity in entities if entity.kind == "person"] in (["Ada Stone"], [])
