"""Who met whom: parties, sides, place, day, host and chair; what several sentences and articles tell of one meeting."""

from __future__ import annotations

import itertools

import pytest

from briefing.analyze.entities import find_entities
from briefing.analyze.meetings import find_meetings, unite_meetings
from briefing.language import Annotator
from briefing.model import Article, Entity, Meeting, Participant, Passage

ANNOTATE = Annotator()


def read(text: str, published: str = "2024-03-13") -> tuple[tuple[Entity, ...], tuple[Meeting, ...]]:
    article = Article("a", text, published=published)
    doc = ANNOTATE(text)
    entities, mentions = find_entities(article, doc)
    return entities, find_meetings(article, doc, entities, mentions, ())


def parties(text: str) -> list[set[str]]:
    entities, meetings = read(text)
    return [{entities[int(p.entity)].name for p in meeting.participants} for meeting in meetings]


def test_a_meeting_has_its_parties_place_day_and_evidence():
    text = "It rained. Norway's envoy, Ingrid Solhaug, met Jan Dvorak of Poland in Oslo on Monday."
    entities, (meeting,) = read(text)
    assert [entities[int(p.entity)].name for p in meeting.participants] == ["Ingrid Solhaug", "Jan Dvorak"]
    assert meeting.place is not None
    assert entities[int(meeting.place)].name == "Oslo"
    assert (meeting.date, meeting.format, meeting.status) == ("2024-03-11", "meeting", "held")
    assert meeting.evidence == (Passage("a", 11, len(text), text[11:]),)


def test_people_speak_for_sides():
    entities, (meeting,) = read("Norwegian Foreign Minister Ingrid Solhaug met Polish officials in Oslo on Monday.")
    sides = {entities[int(p.entity)].name: entities[int(p.side)].name for p in meeting.participants if p.side}
    assert sides == {"Ingrid Solhaug": "Norway", "Poland": "Poland"}


def test_people_who_are_closeted_with_each_other_meet():
    text = "Mayor Ingrid Solhaug and Judge Jan Dvorak were closeted with Senator Oleg Sharov in Oslo on Tuesday."
    assert parties(text) == [{"Ingrid Solhaug", "Jan Dvorak", "Oleg Sharov"}]


def test_people_who_only_comment_did_not_take_part():
    text = (
        "French and German officials met in Rome on Monday. “It is a start,” said Marek Wolanski, an analyst. "
        "President Tomas Arrieta of Chile welcomed the talks."
    )
    assert parties(text) == [{"France", "Germany"}]


def test_who_heads_a_delegation_takes_part_for_its_side():
    text = (
        "Norwegian and Russian officials will meet in Oslo on Thursday. The Norwegian delegation will be headed by a "
        "deputy minister, Ingrid Solhaug. The Russian side will be led by Oleg Sharov."
    )
    entities, (meeting,) = read(text)
    sides = {entities[int(p.entity)].name: entities[int(p.side)].name for p in meeting.participants if p.side}
    assert sides == {"Ingrid Solhaug": "Norway", "Oleg Sharov": "Russia"}
    assert (meeting.date, meeting.status) == ("2024-03-14", "planned")


def test_the_chair_is_found_and_takes_part():
    text = (
        "French and German officials met in Rome on Monday. The meeting, under the chairmanship of Lucia Ferrand, "
        "lasted two hours."
    )
    entities, (meeting,) = read(text)
    assert meeting.chair is not None
    assert entities[int(meeting.chair)].name == "Lucia Ferrand"
    assert meeting.chair in {p.entity for p in meeting.participants}


def test_the_host_is_who_received():
    entities, (meeting,) = read("President Tomas Arrieta received Ambassador Jan Dvorak on Tuesday.")
    assert meeting.host is not None
    assert entities[int(meeting.host)].name == "Tomas Arrieta"


def test_several_sentences_on_one_meeting_are_one_meeting():
    text = (
        "French and German officials opened talks on Monday. The talks in Rome are expected to last three days. "
        "After Monday's talks, Pierre Duval, who led the French side, praised Germany."
    )
    entities, (meeting,) = read(text)
    assert meeting.place is not None
    assert entities[int(meeting.place)].name == "Rome"
    assert {entities[int(p.entity)].name for p in meeting.participants} == {"Pierre Duval", "Germany"}
    assert len(meeting.evidence) == 3


def test_two_days_are_two_meetings():
    text = "French and German officials met in Rome on Monday. French and German officials met in Bonn on Tuesday."
    assert len(parties(text)) == 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("France and Germany held talks in Rome on Monday.", "held"),
        ("France and Germany will hold talks in Rome on Monday.", "planned"),
        ("France and Germany are scheduled to hold talks in Rome on Friday.", "planned"),
        ("Talks between France and Germany were cancelled on Monday.", "cancelled"),
        ("France and Germany held talks in Rome in March 2019.", "past"),
    ],
)
def test_planned_held_cancelled_and_past_are_told_apart(text: str, status: str):
    _, (meeting,) = read(text)
    assert meeting.status == status


@pytest.mark.parametrize(
    "text",
    [
        "Jan Dvorak refused to meet Ingrid Solhaug.",
        "Jan Dvorak denied that he had met Ingrid Solhaug.",
        "If Jan Dvorak meets Ingrid Solhaug, prices may fall.",
        "Jan Dvorak urged France and Germany to hold talks.",
        "Did Jan Dvorak meet Ingrid Solhaug?",
        "Jan Dvorak may meet Ingrid Solhaug.",
        "Germany met Brazil in the final on Sunday.",
        "The budget of France met the rules of the European Union.",
        "Jan Dvorak told a news conference in Paris on Monday that prices fell.",
        "",
    ],
)
def test_what_is_denied_wished_for_or_something_else_is_no_meeting(text: str):
    assert parties(text) == []


# ---------------------------------------------------------------- several articles

ENTITIES = (
    Entity("person/berg", "Anna Berg", "person", affiliation="place/norway"),
    Entity("person/duval", "Pierre Duval", "person", affiliation="place/france"),
    Entity("person/novak", "Emil Novak", "person", affiliation="place/france"),
    Entity("place/norway", "Norway", "place"),
    Entity("place/france", "France", "place"),
    Entity("place/oslo", "Oslo", "place"),
    Entity("place/bonn", "Bonn", "place"),
    Entity("organization/council", "Northern Council", "organization"),
)
BERG = Participant("person/berg", "minister", "place/norway")
DUVAL = Participant("person/duval", None, "place/france")
NOVAK = Participant("person/novak", None, "place/france")
NORWAY, FRANCE = Participant("place/norway", None, "place/norway"), Participant("place/france", None, "place/france")


def meeting(article: str, *participants: Participant, **more: object) -> Meeting:
    return Meeting(participants, (Passage(article, 0, 8, "They met."[:8]),), **more)  # type: ignore[arg-type]


def test_articles_on_one_meeting_add_up():
    (united,) = unite_meetings(
        [
            meeting("a", NORWAY, FRANCE, date="2024-03-11", format="meeting"),
            meeting("b", BERG, FRANCE, date="2024-03-11", place="place/oslo", format="talks"),
            meeting("c", BERG, DUVAL, date="2024-03", place="place/oslo", chair="person/berg"),
        ],
        ENTITIES,
    )
    assert {p.entity for p in united.participants} == {"person/berg", "person/duval"}
    assert (united.date, united.place, united.chair) == ("2024-03-11", "place/oslo", "person/berg")
    assert [passage.article for passage in united.evidence] == ["a", "b", "c"]


def test_the_story_knows_the_side_that_one_article_leaves_out():
    (united,) = unite_meetings([meeting("a", BERG, Participant("person/duval"), date="2024-03-11")], ENTITIES)
    assert [p.side for p in united.participants] == ["place/norway", "place/france"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (meeting("a", BERG, DUVAL, date="2024-03-11"), meeting("b", BERG, DUVAL, date="2024-03-12")),
        (
            meeting("a", BERG, DUVAL, date="2024-03-11", place="place/oslo"),
            meeting("b", BERG, DUVAL, date="2024-03-11", place="place/bonn"),
        ),
        (meeting("a", BERG, DUVAL, date="2024-03-11"), meeting("b", BERG, NOVAK, date="2024-03-11")),
        (
            meeting("a", BERG, DUVAL, date="2024-03-11", format="call"),
            meeting("b", BERG, DUVAL, date="2024-03-11", format="meeting"),
        ),
        (
            meeting("a", BERG, DUVAL, date="2019", status="past"),
            meeting("b", BERG, DUVAL, status="held"),
        ),
    ],
    ids=["day", "place", "people", "call", "past"],
)
def test_meetings_that_contradict_stay_two(one: Meeting, other: Meeting):
    assert len(unite_meetings([one, other], ENTITIES)) == 2


def test_the_later_meeting_stands_first_and_a_held_one_was_planned():
    united = unite_meetings(
        [
            meeting("a", BERG, DUVAL, date="2024-03-11", status="planned"),
            meeting("b", BERG, DUVAL, date="2024-03-11", status="held"),
            meeting("b", BERG, NOVAK, date="2024-03-14", status="planned"),
        ],
        ENTITIES,
    )
    assert [(m.date, m.status) for m in united] == [("2024-03-14", "planned"), ("2024-03-11", "held")]


def test_order_of_arrival_does_not_matter():
    found = [
        meeting("a", NORWAY, FRANCE, date="2024-03-11"),
        meeting("b", BERG, FRANCE, date="2024-03-11", place="place/oslo"),
        meeting("c", BERG, NOVAK, date="2024-03-14"),
    ]
    assert len({unite_meetings(order, ENTITIES) for order in itertools.permutations(found)}) == 1


def test_who_leads_a_delegation_comes_for_it():
    found = parties(
        "Foreign Minister Ingrid Solhaug received a delegation of Polish bankers led by Jan Dvorak in Oslo."
    )
    assert found == [{"Ingrid Solhaug", "Jan Dvorak"}]


def test_sides_listed_before_their_people_are_theirs():
    entities, (meeting,) = read("The French and Dutch ministers, Ada Stone and Jan Bakker, met in Ghent on Monday.")
    sides = {entities[int(p.entity)].name: p.side and entities[int(p.side)].name for p in meeting.participants}
    assert sides == {"Ada Stone": "France", "Jan Bakker": "Netherlands"}


@pytest.mark.parametrize(
    "text",
    [
        "President Ada Stone has no plans to meet Prime Minister Jan Dvorak.",
        "Striker Ada Stone and goalkeeper Jan Dvorak will meet again on Saturday.",
        "The two rivers, the Drina and the Tara, meet near Scepan.",
        "Talks between Norway and Poland are years away.",
        "Minister Ada Stone called on Governor Jan Dvorak to resign.",
        "The victims, Ada Stone and Jan Dvorak, had met on a hiking trip.",
        "Minister Ada Stone told an audience of 200 that Governor Jan Dvorak had lied.",
        "President Ada Stone discussed relations with Governor Jan Dvorak's party.",
        "In the film, President Ada Stone and Prime Minister Jan Dvorak meet in Oslo.",
        "President Ada Stone criticized Prime Minister Jan Dvorak in Oslo on Monday.",
    ],
)
def test_what_only_sounds_like_a_meeting_is_none(text: str):
    assert parties(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "President Ada Stone and Prime Minister Jan Dvorak discussed the border in Oslo on Monday.",
        "President Ada Stone shook hands with Prime Minister Jan Dvorak in Oslo.",
        "President Ada Stone and Prime Minister Jan Dvorak signed the accord in Oslo.",
        "President Ada Stone and Prime Minister Jan Dvorak spoke for 40 minutes.",
        "President Ada Stone sat across the table from Prime Minister Jan Dvorak.",
        "President Ada Stone paid a courtesy call on Prime Minister Jan Dvorak.",
        "President Ada Stone was driven to the palace to meet Prime Minister Jan Dvorak.",
        "President Ada Stone granted a private audience to Prime Minister Jan Dvorak.",
        "President Ada Stone was briefed by Governor Jan Dvorak.",
        "A day after the vote, President Ada Stone met Prime Minister Jan Dvorak.",
        "President Ada Stone told Prime Minister Jan Dvorak in a telephone call that the border was open.",
        "President Ada Stone was in Oslo for talks with Prime Minister Jan Dvorak.",
        "President Ada Stone emerged from three hours of talks with Prime Minister Jan Dvorak.",
        "President Ada Stone was given a warm welcome by Prime Minister Jan Dvorak in Oslo.",
        "President Ada Stone came face to face with Prime Minister Jan Dvorak in Oslo.",
        "Joined by Prime Minister Jan Dvorak, President Ada Stone held talks in Oslo.",
    ],
)
def test_there_are_many_words_for_meeting(text: str):
    assert parties(text) == [{"Ada Stone", "Jan Dvorak"}]


def test_a_meeting_years_ago_is_past():
    _, (meeting,) = read("Thirty years ago, President Ada Stone met Prime Minister Jan Dvorak on this bridge.")
    assert meeting.status == "past"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Stone of Norway postponed Thursday's meeting with Jan Dvorak of Poland.", ("2024-03-14", "cancelled")),
        ("President Ada Stone has agreed to meet Governor Jan Dvorak on Saturday.", ("2024-03-16", "planned")),
        ("President Ada Stone has invited Governor Jan Dvorak for talks on Friday.", ("2024-03-15", "planned")),
        ("President Ada Stone met Governor Jan Dvorak on Saturday, and will report.", ("2024-03-09", "held")),
        (
            "President Ada Stone was due to meet Governor Jan Dvorak on Thursday, but the trip has been called off.",
            ("2024-03-14", "cancelled"),
        ),
    ],
)
def test_the_week_of_a_weekday_is_that_of_its_verb(text: str, expected: tuple[str, str]):
    (meeting,) = read(text)[1]
    assert (meeting.date, meeting.status) == expected


def test_an_office_behind_and_is_that_of_the_next_person():
    entities, (meeting,) = read(
        "Minister Ada Stone met the fire chief, Jan Dvorak, and the head of the Alpine Port Authority, Ines Bakker."
    )
    sides = {entities[int(p.entity)].name: p.side for p in meeting.participants}
    assert sides["Jan Dvorak"] is None
