"""summarize and headline: what is chosen, that it is verbatim, and that it reads by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analyze.candidates import readable
from briefing.analyze.lexrank import rate
from briefing.analyze.novelty import novelty
from briefing.analyze.summary import headline, summarize
from briefing.model import Article, Story

ONE = (
    "MERROW (Agency) — The council of Merrow voted on Tuesday to close the old harbour to cargo ships by 2030.\n\n"
    "He said the decision was overdue. The harbour master, Ilse Marr, told members that two thirds of the cargo had "
    "already moved to the new port.\n\nBut dockers fear for 400 jobs. The dockers' union wants the council to pay for "
    "training before the harbour closes."
)
TWO = (
    "Merrow's old harbour will close to cargo ships by 2030, the city council decided on Tuesday.\n\n"
    "The union of dockers said 400 jobs were at stake and asked for a training fund.\n\nThis was not discussed."
)
STORY = Story(
    "s",
    (
        Article("one", ONE, "Merrow council votes to close old harbour", "2025-02-04"),
        Article("two", TWO, "Will Merrow miss its harbour?", "2025-02-04"),
    ),
)


def test_a_surname_stands_behind_the_name_in_full() -> None:
    text = (
        "Marr met the mayor of Merrow, the fire chief and the dockers of the old harbour on Tuesday to speak of "
        "the harbour and its closing.\n\nThe old harbour of Merrow is to be closed. Harbour master Ilse Marr said "
        "the quays were worn out.\n\nMs. Marr has run the harbour since 2009."
    )
    found = [p.text.split()[:2] for p in summarize(Story("s", (Article("x", text),)), words=100)]
    assert found.index(["Harbour", "master"]) < found.index(["Marr", "met"]) < found.index(["Ms.", "Marr"])


def test_every_sentence_is_verbatim_and_the_length_is_kept() -> None:
    texts = {article.id: article.text for article in STORY.articles}
    summary = summarize(STORY, words=60)
    assert all(passage.text == texts[passage.article][passage.start : passage.end] for passage in summary)
    assert 0 < sum(len(passage.text.split()) for passage in summary) <= 60


def test_a_summary_draws_on_both_articles_and_opens_with_who_did_what() -> None:
    summary = summarize(STORY, words=60)
    assert {passage.article for passage in summary} == {"one", "two"}
    assert "harbour" in summary[0].text
    assert "2030" in summary[0].text


def test_the_dateline_is_left_out() -> None:
    assert not any("MERROW" in passage.text for passage in summarize(STORY, words=200))


def test_openings_in_mid_air_are_left_out() -> None:
    openings = {passage.text.split()[0] for passage in summarize(STORY, words=200)}
    assert not openings & {"He", "But", "This"}


def test_a_story_without_a_whole_sentence_still_has_a_summary() -> None:
    assert [p.text for p in summarize(Story("s", (Article("x", "no mark at all"),)), words=50)] == ["no mark at all"]


def test_a_story_without_text_has_none() -> None:
    assert summarize(Story("s", (Article("x", "", "A title alone"),)), words=50) == ()


def test_a_near_copy_adds_nothing() -> None:
    copied = Story("s", (*STORY.articles, Article("three", ONE)), copies={"three": "one"})
    assert summarize(copied, words=80) == summarize(STORY, words=80)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=4), st.integers(1, 80))
def test_any_text_gives_passages_in_their_articles(texts: list[str], words: int) -> None:
    articles = tuple(Article(str(number), text) for number, text in enumerate(texts))
    for passage in summarize(Story("s", articles), words=words):
        assert passage.text == texts[int(passage.article)][passage.start : passage.end]


@pytest.mark.parametrize(
    ("sentence", "good"),
    [
        ("The minister resigned on Friday after a vote.", True),
        ("She resigned on Friday after a long vote.", False),
        ("“We will not go back to the old harbour, the mayor said.", False),
        ("“We were never asked about it,” the mayor said.", False),
        ("Council votes to close the old harbour", False),
        ("Too short to tell.", False),
        ("The council of the town voted on Tuesday to close its...", False),
        ("Why was the old harbour closed to ships so soon?", False),
        ("Now it turns out that the harbour was sold.", False),
    ],
)
def test_what_reads_by_itself(sentence: str, good: bool) -> None:
    assert readable(sentence) is good


def test_the_headline_is_a_title_and_not_a_question() -> None:
    assert headline(STORY) == STORY.articles[0].headline


def test_without_titles_the_headline_is_the_lead_sentence() -> None:
    untitled = Story("s", (Article("one", ONE),))
    found = headline(untitled)
    assert found.field == "text"
    assert found.text.startswith("The council of Merrow voted")


def test_equal_ratings_where_nothing_is_shared() -> None:
    assert rate([["a"], ["b"], []]) == pytest.approx([rate([["a"], ["b"], []])[0]] * 2 + [rate([["a"], ["b"], []])[2]])
    assert rate([[], []]) == [0.5, 0.5]
    assert rate([]) == []


def test_what_was_told_is_not_new_and_what_was_not_is() -> None:
    told = ["The council of Merrow voted to close the old harbour."]
    same, other = novelty([told[0], "Fire destroyed a paper mill near Osk."], told)
    assert same == pytest.approx(0)
    assert other == 1
    assert novelty(["Anything at all happened."], []) == (1,)
