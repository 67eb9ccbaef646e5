"""Nouns as JSON values and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Brief, Coverage, FeedNote, Participant, Reading
from briefing.record import from_record, to_record

articles = st.builds(
    Article,
    id=st.text(min_size=1),
    text=st.text(),
    published=st.none() | st.dates().map(str),
    authors=st.lists(st.text()).map(tuple),
    extra=st.dictionaries(st.text().map("x-".__add__), st.integers() | st.text()),
)


@given(articles)
def test_an_article_survives_the_way_through_json_with_its_extra_fields(article: Article) -> None:
    assert from_record(Article, json.loads(json.dumps(to_record(article)))) == article


def test_tuples_of_one_noun_inside_another_come_back_as_nouns() -> None:
    record = {"entity": "person/a", "role": None, "side": "place/b", "unknown": 1}
    assert from_record(Participant, record) == Participant("person/a", None, "place/b")


def test_notes_on_feeds_are_in_the_record_where_there_are_any_and_come_back() -> None:
    assert "feeds" not in to_record(Coverage(1, 1, 1))
    coverage = Coverage(1, 1, 1, feeds=(FeedNote("Courier", "https://courier.example/feed", "late", "2022-03-01"),))
    assert from_record(Coverage, json.loads(json.dumps(to_record(coverage)))) == coverage


@pytest.mark.parametrize(
    ("noun", "record", "message"),
    [
        (Article, {"id": "a"}, "Article: no 'text'"),
        (Article, {"id": "a", "text": 1}, "Article.text: str is needed, not int"),
        (Article, {"id": "a", "text": "t", "authors": "Ann"}, "Article.authors: a list is needed, not str"),
        (Article, {"id": "a", "text": "t", "authors": ["Ann", 2]}, r"Article.authors\[1\]: str is needed, not int"),
        (Reading, {"article": "a", "meetings": [1]}, r"Reading.meetings\[0\]: an object is needed, not int"),
        (
            Reading,
            {"article": "a", "mentions": [{"start": 0, "end": 1, "text": "x", "label": "CAT"}]},
            "'CAT' is not one of 'PERSON'",
        ),
        (
            Reading,
            {"article": "a", "mentions": [{"start": True, "end": 1, "text": "x", "label": "ORG"}]},
            "start: int is needed, not bool",
        ),
        (Brief, {"title": "T"}, "Brief: no 'edition'"),
    ],
)
def test_a_wrong_field_is_named(noun: type, record: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_record(noun, record)
