"""The proof: one changed character fails, and each failure says what it is."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Brief, BriefStory, Coverage, Passage, Quote, SourceArticle, Window
from briefing.record import from_record, to_record
from briefing.verify import fingerprint, passages, verify

ARTICLES = (
    Article(
        "a",
        "The council met on Monday. “We will build it,” said Ms Oduya.",
        title="Council meets",
        captions=("The hall.",),
    ),
    Article("b", "The bridge stays closed. The council met on Monday.", title="Bridge closed"),
)


def brief_of(*summary: Passage, quotes: tuple[Quote, ...] = ()) -> Brief:
    story = BriefStory("s", 1, "new", ARTICLES[0].headline, ("a", "b"), 2, 2, summary=summary, quotes=quotes)
    listed = tuple(
        SourceArticle(a.id, a.title, None, None, None, "en", fingerprint(a.text), len(a.text.split())) for a in ARTICLES
    )
    return Brief(
        "T", "2022-01-12", "en", Window(), "2022-01-12T00:00:00+00:00", listed, (), (story,), Coverage(2, 2, 1)
    )


def test_words_where_they_stand_are_proved() -> None:
    caption = Passage("a", 0, 9, "The hall.", field="captions/0")
    brief = brief_of(ARTICLES[0].passage(0, 26), caption)
    assert verify(brief, ARTICLES) == ()
    assert len(list(passages(brief))) == 3


@given(st.integers(0, 25), st.characters(categories=["L", "N", "P"]))
def test_one_changed_character_fails(place: int, character: str) -> None:
    words = ARTICLES[0].text[:26]
    changed = words[:place] + character + words[place + 1 :]
    failures = verify(brief_of(Passage("a", 0, 26, changed)), ARTICLES)
    assert bool(failures) == (changed != words)


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        (Passage("a", 1, 25, "he council met on Monda!"), "not in this article"),
        (Passage("a", 0, 26, "The bridge stays closed. T"), "in another article"),
        (Passage("a", 0, 24, "The bridge stays closed."), "in another article"),
        (Passage("z", 0, 26, "The council met on Monday."), "article unknown"),
        (Passage("a", 1, 27, "The council met on Monday."), "in another article"),
        (Passage("a", 0, 99, ARTICLES[0].text), "not in this article"),
        (Passage("a", -3, 62, "ya."), "not in this article"),
        (Passage("a", 3, 3, ""), "not in this article"),
        (Passage("a", 0, 9, "The hall.", field="captions/1"), "not in this article"),
        (Passage("a", 0, 9, "The hall.", field="body"), "not in this article"),
    ],
)
def test_each_failure_says_what_it_is(passage: Passage, why: str) -> None:
    (failure,) = verify(brief_of(passage), ARTICLES)
    assert failure.why == why
    assert failure.where == "stories/0/summary/0"
    assert why in str(failure)


def test_a_failure_names_the_article_that_holds_the_words() -> None:
    (failure,) = verify(brief_of(Passage("a", 0, 24, "The bridge stays closed.")), ARTICLES)
    assert failure.found == ("b",)


def test_a_quotation_is_the_words_of_its_segments() -> None:
    said = ARTICLES[0].passage(28, 44)
    evidence = ARTICLES[0].passage(27, 61)
    quote = Quote(None, said.text, "direct", evidence, segments=(said,))
    assert verify(brief_of(quotes=(quote,)), ARTICLES) == ()
    (failure,) = verify(brief_of(quotes=(replace(quote, text="We will not build it"),)), ARTICLES)
    assert failure.why == "not its segments"


def test_an_article_that_was_edited_since_is_noticed() -> None:
    edited = (ARTICLES[0], replace(ARTICLES[1], text=ARTICLES[1].text + " It opens in May."))
    (failure,) = verify(brief_of(), edited)
    assert failure.why == "article changed"
    assert failure.where == "articles/b"


def test_a_brief_survives_the_way_through_its_record() -> None:
    brief = brief_of(ARTICLES[0].passage(0, 26))
    assert from_record(Brief, to_record(brief)) == brief


def test_to_open_a_brief_loads_no_numpy() -> None:
    code = "import sys, briefing.files, briefing.verify; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
