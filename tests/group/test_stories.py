"""group: which articles are one story, whatever their order, and what a story keeps from run to run."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InputError
from briefing.group import group, origins, regroup, sources
from briefing.group.memory import EMPTY, from_bytes
from briefing.group.stories import assign
from briefing.model import Article, Story

DAM = (
    "Engineers opened the spillway of the Tarrow dam on Monday after three days of rain filled the reservoir. "
    "Residents of Lower Tarrow were told to leave their houses. The water board said the wall was sound but that the "
    "level had to fall by two metres. Schools in the valley stayed shut and the railway to Corden was closed."
)
DAM_AGAIN = (
    "The Tarrow reservoir is so full that its operator has begun to let water out. Families below the dam spent the "
    "night in a sports hall in Corden. A spokeswoman for the water board said the spillway would run until Thursday, "
    "when the rain is expected to end. No one was hurt."
)
STRIKE = (
    "Bakers in the port city of Velm walked out on Monday over night pay. The union of bakers said nine in ten ovens "
    "were cold. Supermarkets ran short of bread by noon, and the employers' federation offered talks on wages."
)
ARTICLES = (
    Article("a", DAM, "Tarrow dam spillway opened after rain", "2025-03-03", "Valley Post"),
    Article("b", DAM_AGAIN, "Water released from full Tarrow dam", "2025-03-04", "Corden Echo"),
    Article("c", STRIKE, "Velm bakers strike over night pay", "2025-03-03", "Velm Times"),
    Article("d", "Local edition. " + DAM, "Spillway of Tarrow dam opened", "2025-03-03", "Hill Gazette"),
)


def by_id(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(article.id for article in story.articles) for story in stories}


def test_one_event_is_one_story_and_two_are_two() -> None:
    assert by_id(group(ARTICLES)) == {frozenset("abd"), frozenset("c")}


def test_a_copy_names_its_original_which_came_first() -> None:
    story = next(story for story in group(ARTICLES) if len(story.articles) == 3)
    assert story.copies == {"d": "a"}
    assert [article.id for article in story.articles] == ["a", "d", "b"]


def test_a_short_text_in_a_script_without_spaces_has_copies_too() -> None:
    text = "港口城市的面包师周一因夜班工资举行罢工烤炉全部熄火面包短缺"
    story, *others = group(
        [Article("x", text, "面包师罢工", "2025-03-03"), Article("y", text, "面包师罢工", "2025-03-03")]
    )
    assert (story.copies, others) == ({"y": "x"}, [])


def test_reports_that_merely_agree_are_not_copies() -> None:
    assert not any(story.copies for story in group(ARTICLES[:3]))


@pytest.mark.parametrize("seed", range(5))
def test_order_of_arrival_does_not_matter(seed: int) -> None:
    shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
    assert group(shuffled) == group(ARTICLES)


def test_no_articles_are_no_stories() -> None:
    assert group([]) == ()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80), st.none() | st.dates()), max_size=8))
def test_every_article_is_in_exactly_one_story(rows: list[tuple[str, str, object]]) -> None:
    articles = [Article(str(n), text, title, str(day) if day else None) for n, (title, text, day) in enumerate(rows)]
    found = [article.id for story in group(articles) for article in story.articles]
    assert sorted(found) == sorted(article.id for article in articles)
    assert group(articles[::-1]) == group(articles)


def test_events_a_month_apart_are_two_stories() -> None:
    text = "The Tarrow dam is letting water out once more. The water board opened the spillway after a week of rain. "
    later = (
        Article("x", text + "A camp site at Corden was cleared.", "Tarrow dam spillway opened again", "2025-04-07"),
        Article(
            "y", text + "Anglers were told to keep off.", "Tarrow dam spillway opened for a second time", "2025-04-07"
        ),
    )
    assert by_id(group(ARTICLES[:2] + later)) == {frozenset("ab"), frozenset("xy")}


LATE = Article(
    "late",
    "Water poured from the Tarrow dam for a third day as its operator fought to lower the reservoir. The spillway was "
    "opened on Monday after heavy rain, and people of Lower Tarrow slept on camp beds in Corden.",
    "Tarrow dam spillway keeps running",
    "2025-06-20",  # the day of its capture
    "Archive",
)
COMPANY = Article(
    "company",
    "Divers will inspect the spillway of the Tarrow dam, which keeps running to lower the reservoir. People of Lower "
    "Tarrow, who slept on camp beds in Corden, may go home once the operator has their report.",
    "Tarrow dam spillway to be inspected",
    "2025-06-20",
    "Hill Gazette",
)


def test_an_article_alone_in_its_time_joins_the_story_it_is_like() -> None:
    assert not any("late" in story.copies for story in group((*ARTICLES, LATE)))
    assert by_id(group((*ARTICLES, LATE))) == {frozenset({"a", "b", "d", "late"}), frozenset("c")}


def test_what_has_company_in_its_own_time_stays_there() -> None:
    found = by_id(group((*ARTICLES, LATE, COMPANY)))
    assert found == {frozenset("abd"), frozenset("c"), frozenset({"late", "company"})}


def test_lone_articles_weeks_apart_form_no_chain() -> None:
    text = "Claims for aid in the port of Velm fell to {} last week, said its labour office."
    title = "Claims for aid fall in Velm"
    weekly = [Article(str(n), text.format(310 - n), title, f"2025-03-{7 * n:02}", "Velm Times") for n in range(1, 5)]
    assert len(group(weekly)) == 4


def test_the_same_event_tomorrow_keeps_its_story() -> None:
    today, memory = regroup((ARTICLES[0], ARTICLES[2]), EMPTY)
    tomorrow, _ = regroup(ARTICLES, memory)
    assert {a.id: s.id for s in today for a in s.articles}.items() <= {
        a.id: s.id for s in tomorrow for a in s.articles
    }.items()


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from("abcd"), min_size=1), st.permutations(ARTICLES))
def test_whatever_comes_later_known_articles_keep_their_story(first: set[str], order: list[Article]) -> None:
    today, memory = regroup([article for article in order if article.id in first], EMPTY)
    tomorrow, _ = regroup(order, memory)
    ids = [{a.id: s.id for s in stories for a in s.articles} for stories in (today, tomorrow)]
    assert ids[0].items() <= ids[1].items()


def test_running_again_changes_nothing() -> None:
    stories, memory = regroup(ARTICLES, EMPTY)
    again, same = regroup(ARTICLES, memory)
    assert again == stories == group(ARTICLES)
    assert same.to_bytes() == memory.to_bytes()


def many() -> list[Article]:
    """Forty small events, three reports of each, in words made up for them."""
    chance = random.Random(7)
    syllables = ["ba", "ko", "mi", "ru", "te", "lo", "va", "shi", "ne", "pur", "gan", "del"]
    articles = []
    for event in range(40):
        names = ["".join(chance.choices(syllables, k=4)) for _ in range(14)]
        for report in range(3):
            text = " ".join(" ".join(chance.sample(names, 9)) + " said on the day." for _ in range(4))
            articles.append(Article(f"{event}-{report}", text, " ".join(names[:4]), "2025-05-01", f"paper {report}"))
    return articles


def test_a_few_more_articles_join_the_stories_they_belong_to() -> None:
    articles = many()
    new = [article for article in articles if article.id in {"3-2", "17-0", "39-1"}]
    old = [article for article in articles if article not in new]
    texts = {article.id: article.text for article in articles}
    grown = assign(new, regroup(old, EMPTY)[1], text_of=texts.__getitem__)
    story = dict(zip(grown.ids, grown.stories, strict=True))
    assert all(story[a.id] == story[a.id.split("-")[0] + "-" + str((int(a.id[-1]) + 1) % 3)] for a in new)
    assert by_id(regroup(articles, regroup(old, EMPTY)[1])[0]) == by_id(group(articles))


def test_an_edited_article_is_read_again_and_a_missing_one_forgotten() -> None:
    _, memory = regroup(many(), EMPTY)
    edited = [replace(a, text=STRIKE, title="Velm bakers strike") if a.id == "5-0" else a for a in many()[1:]]
    stories, grown = regroup(edited, memory)
    assert frozenset({"5-0"}) in by_id(stories)
    assert "0-0" not in grown.ids


def test_a_memory_comes_back_from_its_bytes() -> None:
    _, memory = regroup(ARTICLES, EMPTY)
    assert from_bytes(memory.to_bytes()).to_bytes() == memory.to_bytes()


@pytest.mark.parametrize("stored", [b"", b"{}", b'["other/9",[],[],[],[],[]]\n', EMPTY.to_bytes()[:-200]])
def test_bytes_that_are_no_memory_are_refused(stored: bytes) -> None:
    with pytest.raises(InputError, match="grouped anew"):
        from_bytes(stored)


def test_outlets_that_print_one_text_or_share_a_publisher_count_once() -> None:
    story = next(story for story in group(ARTICLES) if len(story.articles) == 3)
    assert sources(story) == ("Corden Echo", "Hill Gazette", "Valley Post")
    assert origins(story) == {"a": "a", "d": "a", "b": "b"}
    one_house = origins(story, families={"Corden Echo": "Ridge Press", "Valley Post": "Ridge Press"})
    assert one_house == {"a": "a", "d": "a", "b": "a"}
