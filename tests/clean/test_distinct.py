"""No article twice, whichever way it came; the newest version stays."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean.distinct import SAME_TEXT, distinct, flag_updates, recent
from briefing.model import Article, Dropped
from briefing.verify import fingerprint

WORDS = "The council of Varnholm met on Tuesday. " * 10
FIRST = Article("a", WORDS, title="Bridge", published="2022-03-08T09:00:00+01:00", source="Courier", origin="1")


def kept(*articles: Article) -> tuple[Article, ...]:
    return distinct(articles)[0]


def test_an_edited_article_replaces_its_older_self_and_is_flagged() -> None:
    later = replace(FIRST, text=WORDS + "It decided.", published="2022-03-08T09:00:00+00:00", origin="2")
    for order in permutations((FIRST, later)):
        articles, dropped = distinct(order)
        assert articles == (replace(later, flags=("updated",)),)
        assert dropped == (Dropped("1", "an older version of 2"),)


def test_the_time_of_the_change_counts_before_the_time_of_publication() -> None:
    later = replace(FIRST, text=WORDS + "It decided.", extra={"updated": "Tue, 08 Mar 2022 12:00:00 GMT"})
    assert kept(FIRST, later) == (replace(later, flags=("updated",)),)


def test_the_same_words_at_another_time_are_no_update() -> None:
    assert kept(FIRST, replace(FIRST, published="2022-03-09"))[0].flags == ()


def test_a_whole_text_replaces_its_teaser_without_being_an_update() -> None:
    teaser = replace(FIRST, text="The council of Varnholm met.", flags=("stub",), published=FIRST.published)
    assert kept(teaser, FIRST) == (FIRST,)
    assert kept(teaser, replace(FIRST, published="2022-03-09"))[0].flags == ()


def test_an_entry_whose_address_changes_is_known_by_its_guid_and_its_source() -> None:
    one, two = (replace(FIRST, id=name, text=WORDS + name, extra={"guid": "7"}) for name in "ab")
    assert len(kept(one, two)) == 1
    assert len(kept(one, replace(two, source="Other"))) == 2
    assert len(kept(replace(one, source=None), replace(two, source=None))) == 2


def test_one_text_at_two_addresses_of_one_source_is_one_article_but_not_of_two() -> None:
    assert len(kept(FIRST, replace(FIRST, id="b"))) == 1
    assert len(kept(FIRST, replace(FIRST, id="b", source="Other"))) == 2


def test_short_texts_are_told_apart_by_address() -> None:
    short = " ".join(["live"] * (SAME_TEXT - 1))
    assert len(kept(replace(FIRST, text=short), replace(FIRST, text=short, id="b"))) == 2


def test_what_an_earlier_brief_had_in_other_words_is_an_update() -> None:
    told = {"a": fingerprint("Other words."), "b": fingerprint(WORDS)}
    articles = (FIRST, replace(FIRST, id="b"), replace(FIRST, id="c"))
    assert [article.flags for article in flag_updates(articles, told)] == [("updated",), (), ()]


def test_old_articles_are_left_out_with_their_day_and_undated_ones_stay() -> None:
    young, old, undated = (
        replace(FIRST, id=name, published=day) for name, day in (("a", "2022-03-06"), ("b", "2022-03-04"), ("c", None))
    )
    found, dropped = recent((young, old, undated), now="2022-03-08T06:00:00+00:00", days=3)
    assert found == (young, undated)
    assert dropped == (Dropped("1", "older than 3 days: 2022-03-04"),)


texts = st.sampled_from([WORDS, WORDS + "More.", "Short."])
articles = st.builds(
    Article,
    st.sampled_from("abc"),
    texts,
    published=st.sampled_from([None, "2022-03-08", "2022-03-08T09:00:00+01:00", "no date"]),
    source=st.sampled_from([None, "Courier"]),
    extra=st.sampled_from([{}, {"guid": "1"}, {"guid": 7}]),
    origin=st.sampled_from("xyz"),
)


@settings(deadline=None)
@given(st.lists(articles, max_size=6).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_order_of_arrival_does_not_matter_and_nothing_is_lost(orders: tuple[list[Article], list[Article]]) -> None:
    given_order, other = orders
    found, dropped = distinct(given_order)
    assert (found, dropped) == distinct(other)
    assert len(found) + len(dropped) == len(given_order)
    assert len({article.id for article in found}) == len(found)
