"""Choosing and ordering: reasons are given, a user's words win, what is new is told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing.compose import NO_WATCHLIST, Ranked, Told, compose, edition_of, explain, rank, status_of
from briefing.config import Watchlist
from briefing.model import Analysis, Article, Brief, Dropped, Story

BRIDGE = Article("bridge", "The bridge is closed.", title="Bridge closed", published="2022-03-08", source="Echo")
BRIDGE_2 = Article("bridge2", "The bridge opens in May.", title="Bridge to open", published="2022-03-09", source="Post")
FROST = Article(
    "frost", "Frost ruined the pears.", title="Frost", published="2022-03-09", source="Echo", origin="f.txt"
)
ONE, TWO = Story("s1", (BRIDGE, BRIDGE_2)), Story("s2", (FROST,))


def outlets(story: Story) -> list[str]:
    return sorted({article.source or article.id for article in story.articles})


def ranked(*stories: Story, watchlist: Watchlist = NO_WATCHLIST) -> tuple[tuple[Ranked, ...], tuple[Dropped, ...]]:
    return rank(stories, sources=outlets, watchlist=watchlist)


def brief_of(*stories: Story, dropped: tuple[Dropped, ...] = ()) -> Brief:
    items, _ = ranked(*stories)
    analyses = [Analysis(item.story.id, item.story.articles[0].headline) for item in items]
    options = {"title": "T", "edition": "2022-03-09", "generated_at": "2022-03-09T06:00:00+00:00", "inputs": 3}
    return compose(items, analyses, (), dropped=dropped, **options)  # type: ignore[arg-type]


def test_what_more_independent_sources_tell_comes_first_with_its_reasons() -> None:
    (first, second), _ = ranked(TWO, ONE)
    assert first.story is ONE
    assert first.why == ("2 independent sources", "2 articles", "latest 2022-03-09")
    assert second.why == ("1 independent source", "1 article", "latest 2022-03-09")


@given(st.permutations([ONE, TWO, Story("s3", (replace(FROST, id="hail"),))]))
def test_order_of_arrival_does_not_matter(stories: list[Story]) -> None:
    assert [item.story.id for item in ranked(*stories)[0]] == ["s1", "s3", "s2"]


def test_outlets_of_one_source_count_once() -> None:
    (first, second), _ = ranked(TWO, replace(ONE, origins={"bridge": "bridge", "bridge2": "bridge"}))
    assert [item.why[0] for item in (first, second)] == ["1 independent source"] * 2
    assert brief_of(replace(ONE, origins={"bridge2": "bridge"})).stories[0].independent_sources == 1


def test_a_watched_term_lifts_a_story_and_a_muted_one_keeps_it_out() -> None:
    (first, _), _ = ranked(ONE, TWO, watchlist=Watchlist(terms=("FROST",)))
    assert first.story is TWO
    assert first.why[0] == "watchlist: FROST"
    kept, dropped = ranked(ONE, TWO, watchlist=Watchlist(muted=("pears",)))
    assert [item.story for item in kept] == [ONE]
    assert dropped == (Dropped("f.txt", "muted: pears"),)


def test_a_term_is_a_whole_word() -> None:
    kept, _ = ranked(ONE, TWO, watchlist=Watchlist(muted=("pear", "rid")))
    assert len(kept) == 2


def test_the_edition_is_the_day_of_most_articles_and_of_equal_days_the_latest() -> None:
    assert edition_of((BRIDGE, BRIDGE_2, FROST)) == "2022-03-09"
    assert edition_of((BRIDGE, BRIDGE_2)) == "2022-03-09"
    assert edition_of((BRIDGE, replace(BRIDGE, id="x"), FROST)) == "2022-03-08"
    assert edition_of((replace(BRIDGE, published=None), replace(FROST, published="soon"))) is None


def test_a_story_is_new_updated_or_unchanged_against_the_last_brief() -> None:
    yesterday = Told.by(brief_of(Story("s1", (BRIDGE,))))
    assert status_of(ONE, None) == "new"
    assert status_of(ONE, yesterday) == "updated"
    assert status_of(TWO, yesterday) == "new"
    assert status_of(Story("s1", (BRIDGE,)), yesterday) == "unchanged"
    assert status_of(Story("s1", (replace(BRIDGE, text="The bridge is open."),)), yesterday) == "updated"


def test_a_story_is_known_by_its_id_or_by_an_article() -> None:
    told = Told.by(brief_of(Story("s1", (BRIDGE,))))
    assert status_of(Story("s1", (BRIDGE_2,)), told) == "updated"
    assert status_of(Story("s9", (BRIDGE, BRIDGE_2)), told) == "updated"
    assert status_of(Story("s9", (BRIDGE_2,)), told) == "new"


def test_what_the_last_brief_told_comes_last() -> None:
    items, _ = rank((ONE, TWO), sources=outlets, previous=brief_of(ONE))
    assert [(item.story.id, item.status) for item in items] == [("s2", "new"), ("s1", "unchanged")]


def test_a_told_story_of_which_nothing_came_today_is_quiet() -> None:
    assert status_of(ONE, Told.by(brief_of(ONE)), window={"bridge", "bridge2"}) == "quiet"
    assert status_of(ONE, Told.by(brief_of(ONE)), window={"bridge"}) == "unchanged"


def test_the_brief_lists_articles_by_time_and_counts_what_it_used() -> None:
    brief = brief_of(TWO, ONE)
    assert [article.id for article in brief.articles] == ["bridge", "bridge2", "frost"]
    assert (brief.window.start, brief.window.end) == ("2022-03-08", "2022-03-09")
    assert (brief.coverage.inputs, brief.coverage.articles, brief.coverage.stories) == (3, 3, 2)
    assert [story.rank for story in brief.stories] == [1, 2]


def test_a_brief_without_news_is_a_brief() -> None:
    brief = brief_of()
    assert brief.stories == ()
    assert brief.window.start is None


def test_why_tells_of_what_is_in_merged_and_left_out() -> None:
    brief = brief_of(ONE, TWO, dropped=(Dropped("pages/empty.txt", "empty"),))
    (line,) = explain(brief, "Bridge closed")
    assert line.startswith("bridge: in story 1, 'Bridge closed', with 1 other article; 2 independent sources")
    assert explain(brief, "EMPTY") == ("pages/empty.txt: left out: empty",)
    assert explain(brief, "no such thing") == ()
