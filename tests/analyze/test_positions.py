"""A story's readings in, what each actor holds out; the readings here are written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.analyze.positions import MOST_OF_ONE, MOST_POSITIONS, choose_positions
from briefing.model import Article, Attribution, Entity, Mention, Position, Reading, Span

ENTITIES = (
    Entity("0", "Norway", "place", mentions=9, country="NO"),
    Entity("1", "Ana Brandt", "person", mentions=3),
    Entity("2", "Sweden", "place", mentions=1, country="SE"),
)
IDS = {"0": "place/norway", "1": "person/ana-brandt", "2": "place/sweden"}


def held(text: str, content: str, stance: str, *, actor: int | None = 0, entity: int | None = None, cue: str = "said"):
    sentence = next(s for s in text.split("\n") if content in s)
    offset = text.index(sentence)

    def span(words: str) -> Span:
        start = text.index(words, offset)
        return Span(start, start + len(words), words)

    passage = Span(offset, offset + len(sentence), sentence)
    return Attribution("indirect", (span(content),), passage, None, span(cue), None, stance, entity, actor)


def choose(*articles: tuple[str, list[Attribution]]) -> tuple[Position, ...]:
    texts = [Article(f"a{number}", text) for number, (text, _) in enumerate(articles)]
    readings = [Reading(a.id, ENTITIES, (), tuple(found)) for a, (_, found) in zip(texts, articles, strict=True)]
    return choose_positions(texts, readings, [IDS] * len(texts))


def test_a_position_has_actor_speaker_stance_and_evidence():
    text = "Ana Brandt said the plan would fail."
    (position,) = choose((text, [held(text, "the plan would fail", "warns", actor=1, entity=1)]))
    assert position == Position("person/ana-brandt", "person/ana-brandt", "warns", position.evidence)
    assert (position.evidence.article, position.evidence.text) == ("a0", text)


def test_a_position_is_the_actors_even_when_an_agency_tells_it():
    text = "Norway said the border would close."
    (position,) = choose((text, [held(text, "the border would close", "threatens", actor=0, entity=2)]))
    assert position.actor == "place/norway"


def test_the_same_position_in_two_articles_is_one():
    first, second = (
        "Norway said the northern border would close.",
        "Oslo said that the northern border would close soon.",
    )
    positions = choose(
        (first, [held(first, "the northern border would close", "threatens")]),
        (second, [held(second, "the northern border would close soon", "threatens")]),
    )
    assert [(p.evidence.article, [a.article for a in p.also]) for p in positions] == [("a0", ["a1"])]


def test_without_an_actor_there_is_no_position():
    text = "Critics said the plan would fail."
    assert choose((text, [held(text, "the plan would fail", "warns", actor=None)])) == ()


def test_what_somebody_might_say_is_no_position():
    text = "Norway would reject the border treaty."
    assert choose((text, [held(text, "the border treaty", "rejects", cue="would reject")])) == ()


def test_everybody_has_a_first_position_before_anybody_has_many():
    points = [" ".join(letter * length for length in (4, 5, 6)) for letter in "abcdefghijklmnopqrst"]
    lines = [f"Norway said {point}." for point in points]
    lines.append("Ana Brandt said the harbour was beautiful.")
    text = "\n".join(lines)
    found = [held(text, point, "rejects") for point in points]
    found.append(held(text, "the harbour was beautiful", "states", actor=1, entity=1))
    positions = choose((text, found))
    actors = [p.actor for p in positions]
    assert len(positions) <= MOST_POSITIONS
    assert actors.count("place/norway") == MOST_OF_ONE
    assert "person/ana-brandt" in actors


def test_stands_come_before_statements():
    text = "\n".join(
        [
            "Norway said the weather was fine today.",
            "Norway said lunch would follow soon.",
            "Norway said evening brought music.",
            "Norway said the treaty was rejected.",
        ]
    )
    found = [
        held(text, content, "states")
        for content in ("the weather was fine today", "lunch would follow soon", "evening brought music")
    ]
    found.append(held(text, "the treaty was rejected", "rejects"))
    positions = choose((text, found))
    assert "rejects" in [p.stance for p in positions]
    assert len(positions) == MOST_OF_ONE


def test_the_order_of_articles_does_not_change_who_is_heard():
    first, second = "Norway said the border would close.", "Sweden said the bridge must open."
    one = (first, [held(first, "the border would close", "threatens")])
    two = (second, [held(second, "the bridge must open", "demands", actor=2)])
    assert [(p.actor, p.stance) for p in choose(one, two)] == [(p.actor, p.stance) for p in choose(two, one)]


@pytest.mark.parametrize(
    ("text", "content", "stance", "cue"),
    [
        ("Has Norway rejected the old treaty?", "the old treaty", "rejects", "rejected"),
        ("Norway knew the weather was fine today.", "the weather was fine today", "states", "knew"),
        ("Norway must approve the old treaty.", "the old treaty", "supports", "must approve"),
    ],
)
def test_questions_knowledge_and_duties_are_no_positions(text: str, content: str, stance: str, cue: str):
    assert choose((text, [held(text, content, stance, cue=cue)])) == ()


@pytest.mark.parametrize(
    ("source", "actors"),
    [
        ("Norway and Sweden", ["place/norway", "place/sweden"]),
        ("Norway, Ana Brandt and Sweden", ["place/norway", "person/ana-brandt", "place/sweden"]),
        ("Norway's envoy to Sweden", ["place/norway"]),
        ("Norway and Sweden, which border it,", ["place/norway", "place/sweden"]),
        ("Norway, the Sweden", ["place/norway"]),
        ("Norway and Sweden's envoy", ["place/norway"]),
    ],
)
def test_those_who_hold_a_position_together_each_hold_it(source: str, actors: list[str]):
    text = f"{source} welcomed the new treaty."
    said = Span(0, len(source), source)
    attribution = replace(held(text, "the new treaty", "supports", cue="welcomed"), source=said)
    names = (("Norway", 0), ("Ana Brandt", 1), ("Sweden", 2))
    mentions = tuple(
        Mention(source.index(name), source.index(name) + len(name), name, "GPE", entity)
        for name, entity in names
        if name in source
    )
    article = Article("a0", text)
    positions = choose_positions([article], [Reading("a0", ENTITIES, tuple(sorted(mentions)), (attribution,))], [IDS])
    assert sorted(position.actor or "" for position in positions) == sorted(actors)


def test_what_was_held_years_ago_comes_last():
    text = "Norway promised the ships in 2008.\nNorway promised the trains on Monday."
    found = [held(text, "the ships", "promises", cue="promised"), held(text, "the trains", "promises", cue="promised")]
    article = Article("a0", text, published="2024-03-13")
    positions = choose_positions([article], [Reading("a0", ENTITIES, (), tuple(found))], [IDS], count=1)
    assert [position.evidence.text for position in positions] == ["Norway promised the trains on Monday."]


@pytest.mark.parametrize(
    ("text", "cue", "count"),
    [
        ("It rained.\nNorway urges residents to leave at a rally in Oslo on Tuesday, May 14, 2024.", "urges", 0),
        ("It rained.\nNorway urged residents to leave at a rally in Oslo on Tuesday, May 14, 2024.", "urged", 1),
        ("It rained.\nNorway urges residents to leave at once.", "urges", 1),
        ("It rained.\nNorway urges residents to leave on Tuesday. They stay.", "urges", 1),
    ],
)
def test_what_a_caption_shows_is_no_position(text: str, cue: str, count: int):
    found = held(text, "residents to leave", "demands", cue=cue)
    line = text.split("\n")[1]
    sentence = line[: line.index(".", line.index("leave")) + 1] if "They stay" in line else line
    passage = Span(text.index(sentence), text.index(sentence) + len(sentence), sentence)
    assert len(choose((text, [replace(found, passage=passage)]))) == count
