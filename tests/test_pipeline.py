"""The whole way: any order and any map give the same brief; dates are gated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.group.memory import EMPTY
from briefing.language import Annotator
from briefing.model import Article, Dropped, Page, Reading
from briefing.pipeline import Made, Settings, make_brief
from briefing.record import to_record
from briefing.verify import verify

NOW = "2022-03-09T06:00:00+00:00"
RECORDS: list[dict[str, Any]] = [
    {
        "id": "echo",
        "title": "Varnholm closes its harbour bridge",
        "source": "Varnholm Echo",
        "published": "2022-03-08",
        "text": "The harbour bridge of Varnholm was closed on Tuesday after engineers found cracks in two girders.\n\n"
        "“We will repair it this year,” said Mayor Ingrid Halloran. The work will cost 4 million euros.",
    },
    {
        "id": "post",
        "title": "Cracks close harbour bridge in Varnholm",
        "source": "Coast Post",
        "published": "2022-03-08",
        "text": "Engineers found cracks in two girders of the harbour bridge of Varnholm, closed on Tuesday.\n\n"
        "Mayor Ingrid Halloran said that the repair would cost 4 million euros.",
    },
    {
        "id": "frost",
        "title": "Frost ruins the pear harvest around Ellingby",
        "source": "Orchard Weekly",
        "published": "2022-03-08",
        "text": "Frost in the night of Monday ruined the pear harvest around Ellingby, growers said.",
    },
]
PAGES = tuple(Page(f"records:{n}", record["text"], "record", record) for n, record in enumerate(RECORDS, 1))


def brief_of(*pages: Page | Dropped, **options: Any) -> Made:
    return make_brief(pages, annotate=Annotator(), now=NOW, **options)


@pytest.fixture(scope="module")
def made() -> Made:
    return brief_of(*PAGES)


def test_two_events_are_two_stories_and_every_passage_is_proved(made: Made) -> None:
    assert [set(story.articles) for story in made.brief.stories] == [{"echo", "post"}, {"frost"}]
    assert verify(made.brief, made.articles) == ()
    assert made.brief.edition == "2022-03-08"


@settings(max_examples=6, deadline=None)
@given(st.permutations(PAGES))
def test_order_of_arrival_does_not_matter(made: Made, pages: list[Page]) -> None:
    assert to_record(brief_of(*pages)) == to_record(made)


def test_any_map_that_keeps_the_order_gives_the_same_brief(made: Made) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert brief_of(*PAGES, map=pool.map) == made


def test_what_was_dropped_is_in_the_coverage(made: Made) -> None:
    lost = Dropped("empty.txt", "empty")
    brief = brief_of(*PAGES, lost, PAGES[0]).brief
    assert lost in brief.coverage.dropped
    assert Dropped("records:1", "same article as records:1") in brief.coverage.dropped
    assert brief.stories == made.brief.stories


def changed(number: int, **fields: Any) -> Page:
    record = {**RECORDS[number], **fields}
    return Page(f"records:{number}", record["text"], "record", record)


def published(made: Made) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    return {article.id: (article.published, article.flags) for article in made.articles}


def test_an_undated_article_takes_its_storys_day_and_keeps_the_flag() -> None:
    dates = published(brief_of(PAGES[0], changed(1, published=None), PAGES[2]))
    assert dates["post"] == ("2022-03-08", ("undated",))


def test_a_date_in_the_future_is_none() -> None:
    dates = published(brief_of(PAGES[0], changed(1, published="2032-03-08"), PAGES[2]))
    assert dates["post"] == ("2022-03-08", ("undated",))
    assert published(brief_of(changed(2, published="2022-03-10")))["frost"] == ("2022-03-10", ())


def test_without_any_article_the_brief_is_empty_and_dated_now() -> None:
    brief = brief_of().brief
    assert (brief.stories, brief.edition) == ((), "2022-03-09")


def test_stories_beyond_the_limit_have_a_headline_and_a_sentence_only() -> None:
    first, second = brief_of(*PAGES, settings=Settings(stories=1)).brief.stories
    assert first.quotes
    assert second.headline.text
    assert second.summary
    assert not second.people


def test_an_alias_of_the_users_wins_over_the_rules() -> None:
    aliases = {"Mayor Ingrid Halloran": "I. M. Halloran", "Ingrid Halloran": "I. M. Halloran"}
    brief = brief_of(*PAGES, settings=Settings(aliases=aliases)).brief
    assert "I. M. Halloran" in [entity.name for entity in brief.entities]


def test_the_record_of_a_brief_is_json(made: Made) -> None:
    assert json.loads(json.dumps(to_record(made.brief)))["format"] == "briefing/1"


def pages_one_by_one() -> Iterator[Page]:
    yield from PAGES


def test_pages_may_come_one_by_one(made: Made) -> None:
    assert brief_of(*pages_one_by_one()) == made


def test_what_was_read_before_is_not_read_again(made: Made) -> None:
    read: dict[str, Reading] = {}

    class Shelf:
        def get(self, article: Article) -> Reading | None:
            return read.get(article.text)

        def put(self, article: Article, reading: Reading) -> None:
            read[article.text] = reading

    first = brief_of(*PAGES[:2], known=Shelf())
    assert len(read) == 2
    stages: list[tuple[str, int]] = []
    second = brief_of(*PAGES, known=Shelf(), report=lambda stage, items: stages.append((stage, items)))
    assert ("read", 1) in stages
    assert second == made
    assert first.brief.stories[0] == made.brief.stories[0]


TOMORROW = {
    "id": "echo2",
    "title": "Varnholm votes money for its harbour bridge",
    "source": "Varnholm Echo",
    "published": "2022-03-09",
    "text": "The council of Varnholm voted on Wednesday to spend 4 million euros on the harbour bridge, which was "
    "closed on Tuesday after engineers found cracks in two girders.\n\n"
    "Councillor Piet Aarden called for tolls. The ferry will run every ten minutes until the bridge opens.",
}
NEXT = Page("records:4", TOMORROW["text"], "record", TOMORROW)


@pytest.mark.parametrize("remembers", [True, False])
def test_the_same_event_tomorrow_keeps_its_id_and_only_what_is_new_comes_first(remembers: bool) -> None:
    first = brief_of(*PAGES, memory=EMPTY if remembers else None)
    second = brief_of(NEXT, memory=first.memory, window=first.articles, previous=first.brief)
    updated, quiet = second.brief.stories
    assert (updated.id, updated.status) == (first.brief.stories[0].id, "updated")
    assert set(updated.articles) == {"echo", "post", "echo2"}
    assert (quiet.id, quiet.status) == (first.brief.stories[1].id, "quiet")
    assert updated.fresh
    assert set(updated.fresh) < set(updated.summary)
    assert all(passage.article == "echo2" for passage in updated.fresh)
    assert verify(second.brief, second.articles) == ()


@pytest.mark.parametrize("remembers", [True, False])
def test_a_late_find_that_was_written_first_changes_no_id(remembers: bool) -> None:
    first = brief_of(*PAGES, memory=EMPTY if remembers else None)
    early = changed(0, id="a", published="2022-03-07", text="Read first: " + RECORDS[0]["text"], source="Dawn Post")
    second = brief_of(early, memory=first.memory, window=first.articles, previous=first.brief)
    story = next(story for story in second.brief.stories if "a" in story.articles)
    assert (story.articles[0], story.id, story.status) == ("a", first.brief.stories[0].id, "updated")


def test_outlets_of_one_family_are_one_source() -> None:
    settings = Settings(families={"Varnholm Echo": "Bay Press", "Coast Post": "Bay Press"})
    apart, together = brief_of(*PAGES).brief.stories[0], brief_of(*PAGES, settings=settings).brief.stories[0]
    assert (apart.sources, apart.independent_sources) == (2, 2)
    assert (together.sources, together.independent_sources) == (2, 1)


def test_running_the_same_day_again_brings_nothing_back_as_news() -> None:
    first = brief_of(*PAGES, memory=EMPTY)
    again = brief_of(*PAGES, memory=first.memory, window=first.articles, previous=first.brief)
    assert {story.status for story in again.brief.stories} == {"unchanged"}
    assert {story.id for story in again.brief.stories} == {story.id for story in first.brief.stories}


def test_a_quiet_story_is_not_told_a_second_time() -> None:
    first = brief_of(*PAGES, memory=EMPTY)
    second = brief_of(NEXT, memory=first.memory, window=first.articles, previous=first.brief)
    third = brief_of(memory=second.memory, window=second.articles, previous=second.brief)
    assert [story.status for story in third.brief.stories] == ["quiet"]


def test_a_strict_brief_gives_words_to_nobody_who_is_only_meant() -> None:
    pages = (changed(0, text=RECORDS[0]["text"] + " “It was high time for the bridge,” she added."), *PAGES[1:])
    loose, strict = (brief_of(*pages, settings=Settings(strict=strict)).brief.stories[0] for strict in (False, True))
    assert [quote.text for quote in loose.quotes if "high time" in quote.text]
    assert [quote.text for quote in strict.quotes] == ["We will repair it this year"]
    assert strict.summary == loose.summary
