"""A story's readings in, its key quotations out; the readings here are written by hand."""

from __future__ import annotations

from dataclasses import replace

from briefing.analyze.quotes import MOST_OF_ONE, MOST_QUOTES, choose_quotes
from briefing.model import Article, Attribution, AttributionKind, Entity, Reading, Span

ENTITIES = (Entity("0", "Ana Brandt", "person", mentions=5), Entity("1", "Adam Stone", "person", mentions=2))
IDS = {"0": "person/ana-brandt", "1": "person/adam-stone"}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def said(
    text: str, *contents: str, entity: int | None = 0, kind: AttributionKind = "direct", passage: str | None = None
) -> Attribution:
    return Attribution(
        kind=kind,
        content=tuple(span(text, c) for c in contents),
        passage=span(text, passage or text),
        entity=entity,
        speaker=ENTITIES[entity].name if entity is not None else None,
    )


def choose(*articles: tuple[str, list[Attribution]]):
    texts = [Article(f"a{number}", text) for number, (text, _) in enumerate(articles)]
    readings = [Reading(a.id, ENTITIES, (), tuple(found)) for a, (_, found) in zip(texts, articles, strict=True)]
    return choose_quotes(texts, readings, [IDS] * len(texts)), texts


def test_a_quotation_is_given_with_speaker_segments_and_whole_sentences():
    text = "It rained. “The vote was close,” Brandt said. “We won by one seat.” Then she left."
    passage = "“The vote was close,” Brandt said. “We won by one seat.”"
    quotes, (article,) = choose((text, [said(text, "The vote was close,", "We won by one seat.", passage=passage)]))
    (quote,) = quotes
    assert quote.speaker == "person/ana-brandt"
    assert quote.text == "The vote was close … We won by one seat."
    assert quote.evidence.text == passage == article.text[quote.evidence.start : quote.evidence.end]
    assert [segment.text for segment in quote.segments] == ["The vote was close", "We won by one seat."]


def test_the_same_words_in_two_articles_are_one_quotation():
    first = "“The vote was close and we won by one seat,” Brandt said."
    second = "Brandt told us: “The vote was close and we won by one seat.”"
    quotes, _ = choose(
        (first, [said(first, "The vote was close and we won by one seat,")]),
        (second, [said(second, "The vote was close and we won by one seat.")]),
    )
    assert len(quotes) == 1
    assert [p.article for p in (quotes[0].evidence, *quotes[0].also)] == ["a0", "a1"]


def test_a_shorter_cut_of_a_quotation_joins_the_fuller_one():
    first = "Brandt said “we won by one seat” on Monday."
    second = "“The vote was close and we won by one seat,” Brandt said."
    quotes, _ = choose(
        (first, [said(first, "“we won by one seat”", kind="mixed")]),
        (second, [said(second, "The vote was close and we won by one seat,")]),
    )
    assert [quote.text for quote in quotes] == ["The vote was close and we won by one seat"]


def test_of_mixed_speech_only_the_marked_words_are_quoted():
    text = "Brandt said the harbour was “a matter of life and death” for the city."
    quotes, _ = choose((text, [said(text, "the harbour was “a matter of life and death” for the city", kind="mixed")]))
    assert [quote.text for quote in quotes] == ["a matter of life and death"]


def test_single_words_indirect_speech_and_unknown_speakers_are_left_out():
    text = "Brandt called it “absurd”. She said it was late. “Nobody knows who did it,” a voice said."
    found = [
        said(text, "it “absurd”", kind="mixed"),
        said(text, "it was late", kind="indirect"),
        said(text, "Nobody knows who did it,", entity=None),
    ]
    assert choose((text, found))[0] == ()


def test_a_story_has_few_quotations_and_few_of_one_speaker():
    sentences = [f"“Number {n} is a sentence that says something new {n * n},” Brandt said." for n in range(6)]
    sentences += [f"“Point {n} is something else that was said {n * n},” Stone said." for n in range(9)]
    text = " ".join(sentences)
    found = [
        said(text, sentence[1 : sentence.index("”")], entity=0 if "Brandt" in sentence else 1, passage=sentence)
        for sentence in sentences
    ]
    quotes, _ = choose((text, found))
    speakers = [quote.speaker for quote in quotes]
    assert len(quotes) <= MOST_QUOTES
    assert max(speakers.count(s) for s in set(speakers)) == MOST_OF_ONE


def test_long_speech_is_cut_at_a_whole_sentence():
    pieces = [f"This is sentence number {n} of a very long speech that goes on and on." for n in range(40)]
    text = "“" + "\n\n“".join(pieces) + "” Brandt said."
    attribution = said(text, *pieces)
    quotes, _ = choose((text, [attribution]))
    assert len(quotes[0].evidence.text) < len(text) / 2
    assert quotes[0].evidence.text.endswith("on and on.")


def test_a_title_with_where_and_when_it_appeared_is_no_quotation():
    text = "“Brandt loses the vote of her party” — The Lund Post, May 2, 2020"
    dash = span(text, "—")
    title = replace(said(text, "Brandt loses the vote of her party"), cue=dash)
    assert choose((text, [title]))[0] == ()
    speech = text.replace("party”", "party.”")
    signed = replace(said(speech, "Brandt loses the vote of her party."), cue=span(speech, "—"))
    assert len(choose((speech, [signed]))[0]) == 1
