"""alone: what one independent source alone reports, and what counts as told by others."""

from __future__ import annotations

from dataclasses import replace

from briefing.analyze.agreement import alone
from briefing.analyze.summary import summarize
from briefing.group import origins
from briefing.model import Article, Figure, Meeting, Passage, Story, Value

LEAD = (
    "The council of Merrow voted on Tuesday evening to close the old harbour to cargo ships by 2030. Thirty members "
    "were in favour and eleven against, after a debate of five hours in the town hall in which the harbour master, "
    "the dockers' union and the owners of three warehouses were heard one after the other.\n\n"
)
UNION = "The dockers' union of Merrow fears for 400 jobs and wants the council to pay for training."
SEAGULLS = "A survey of seagull nests under the cranes will begin in April, Professor Odile Brandt said."
ECHO = Article("echo", LEAD + UNION + " " + SEAGULLS, "Merrow votes to close old harbour", source="Merrow Echo")
POST = Article(
    "post",
    "Cargo ships must leave the old harbour of Merrow by 2030. That is what the town's council decided on Tuesday by "
    "thirty votes to eleven, after hours of debate. Owners of warehouses had asked for more time, and were told that "
    "the new port had room for all of them.\n\nSome 400 jobs are at stake, say the dockers, whose union asked for "
    "money for training. The mayor called the vote a good day for the town and for its air. He hopes that flats, a "
    "park and a school will stand on the quays one day. The harbour master, who has run the place for two decades, "
    "left without a word.",
    "Old harbour of Merrow to close",
    source="Coast Post",
)


def words_of(article: Article, text: str) -> Passage:
    start = article.text.index(text)
    return article.passage(start, start + len(text))


def story(*articles: Article, **families: str) -> Story:
    found = Story("s", articles)
    return replace(found, origins=origins(found, families=families))


ASKED = (words_of(ECHO, LEAD.strip().split(". ")[0] + "."), words_of(ECHO, UNION), words_of(ECHO, SEAGULLS))


def test_only_what_no_other_source_tells_is_alone() -> None:
    assert alone(story(ECHO, POST), ASKED) == (ASKED[2],)


def test_a_story_of_one_source_has_nothing_alone() -> None:
    assert alone(story(ECHO), ASKED) == ()
    assert alone(story(ECHO, POST, **{"Merrow Echo": "Bay Group", "Coast Post": "Bay Group"}), ASKED) == ()


def test_a_copy_of_the_same_text_bears_nothing_out() -> None:
    copied = Story("s", (ECHO, POST, replace(ECHO, id="copy", source="Hill Gazette")), copies={"copy": "echo"})
    assert alone(replace(copied, origins=origins(copied)), ASKED) == (ASKED[2],)


def test_another_report_of_the_same_outlet_bears_nothing_out() -> None:
    again = replace(ECHO, id="again", text=LEAD + "Gulls: " + SEAGULLS)
    assert alone(story(ECHO, POST, again), ASKED) == (ASKED[2],)
    assert alone(story(ECHO, POST, replace(again, source="Hill Gazette")), ASKED) == ()


def test_the_silence_of_a_teaser_says_nothing() -> None:
    assert alone(story(ECHO, replace(POST, text=POST.text[:200])), ASKED) == ()


def test_a_figure_of_two_sources_is_not_alone_and_one_of_one_is() -> None:
    other = words_of(POST, "Some 400 jobs are at stake, say the dockers, whose union asked for money for training.")
    shared = Figure("jobs", None, (Value(400, ASKED[2]), Value(400, other)))
    own = Figure("nests", None, (Value(12, ASKED[2]),))
    assert alone(story(ECHO, POST), (), (), (shared,)) == ()
    assert alone(story(ECHO, POST), (), (), (own,)) == (ASKED[2],)
    assert alone(story(ECHO, POST), (), (Meeting((), (ASKED[2],)),), ()) == (ASKED[2],)


def test_agreement_of_independent_sources_raises_a_sentence() -> None:
    ferry = "The ferry to Osk will sail from the new port of Merrow from May."
    prices = "The price of fish at the market of Merrow has doubled since May."
    articles = (
        Article("a", ferry + " " + prices, source="Echo"),
        Article("b", prices + " Nothing else was said.", source="Echo"),
        Article("c", ferry + " Nothing else was said.", source="Post"),
    )
    assert [p.text for p in summarize(story(*articles), words=14)] == [ferry]
    swapped = tuple(replace(a, source=source) for a, source in zip(articles, ("Post", "Echo", "Post"), strict=True))
    assert [p.text for p in summarize(story(*swapped), words=14)] == [prices]
