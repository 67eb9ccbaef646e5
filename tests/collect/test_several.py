"""Several articles in one text are told apart where the text says so, and one article is never cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.clean import clean
from briefing.collect import collect
from briefing.collect.several import split_articles
from briefing.model import Article, Page

FERRY = (
    "The ferry line from Tolhaven to the outer islands will run all year from October, the operator said on Friday.",
    "Until now the boats were laid up from November to March, and islanders had to charter fishing vessels or wait.",
    "“It changes how we live,” said Odile Brankova, who keeps the school on Lesser Holm.",
)
MILL = (
    "The paper mill above Varnholm was sold on Monday after ninety years in one family, its last owner said.",
    "The buyer, a maker of cardboard from the south, wants to keep the hundred workers and one of the machines.",
    "“I am tired, and the river is low,” said Tomas Ekdahl, who ran the mill for thirty years.",
)
FORM = ("Leave a Reply", "Your email address will not be published. Required fields are marked *")


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def cut(content: str) -> list[tuple[str, str]]:
    """(title, body) of the articles."""
    articles = [clean(Page(str(at), part, "text")) for at, part in enumerate(split_articles(content))]
    assert all(isinstance(article, Article) for article in articles)
    return [(article.title, article.text) for article in articles if isinstance(article, Article)]


BOTH = [text(*FERRY), text(*MILL)]
HEADS = {
    "title, byline and date": (
        ("Winter ferries will run", "By Ida Korhonen", "March 7, 2022"),
        ("Varnholm mill is sold", "By Per Lindahl", "March 8, 2022"),
    ),
    "dated bylines": (
        ("Winter ferries will run", "By Ida Korhonen | March 7, 2022"),
        ("Varnholm mill is sold", "By Per Lindahl | March 8, 2022"),
    ),
    "fields": (
        ("Title: Winter ferries will run", "Date: 2022-03-07", "Source: Tolhaven Post"),
        ("Title: Varnholm mill is sold", "Date: 2022-03-08", "Source: Varnholm Echo"),
    ),
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("between", [(), ("---",), ("* * *",), ("=====",), ("-" * 60,), FORM, ("Share this:", "###")])
def test_two_articles_with_whole_heads_are_two_whatever_stands_between(
    heads: tuple[tuple[str, ...], tuple[str, ...]], between: tuple[str, ...]
) -> None:
    found = cut(text(*heads[0], *FERRY, *between, *heads[1], *MILL))
    assert found == [("Winter ferries will run", BOTH[0]), ("Varnholm mill is sold", BOTH[1])]


@pytest.mark.parametrize("between", ["=====", "\f", "-" * 40, "ENDS", "* " * 20])
def test_behind_what_ends_an_article_a_title_and_a_date_are_enough(between: str) -> None:
    head = ("Winter ferries will run", "7 March 2022"), ("Varnholm mill is sold", "8 March 2022")
    found = cut(text(*head[0], *FERRY, between, *head[1], *MILL))
    assert [body for _, body in found] == BOTH


def test_documents_numbered_in_their_order_are_cut_there_and_nowhere_else() -> None:
    content = text("Document 1 of 2", "Ferries", *FERRY, "Document 2 of 2", "Mill", *MILL)
    assert [body for _, body in cut(content)] == [text("Ferries", *FERRY), text("Mill", *MILL)]
    assert len(split_articles(content.replace("Document", "Page"))) == 1
    assert len(split_articles(content.replace("Document 2 of 2", "Document 2 of 3"))) == 1
    assert len(split_articles(content.replace("Document 1 of 2", "Document 2 of 2"))) == 1


def test_the_tags_of_a_plug_in_twice_are_two_articles_each_with_its_own_link() -> None:
    content = text(
        *("[ad_1]", *FERRY, "[ad_2]", "Source link", "By admin", *FORM),
        *("[ad_1]", *MILL, "[ad_2]", "Source link", "By admin", *FORM),
    )
    assert [body for _, body in cut(content)] == BOTH


def test_a_dated_byline_or_an_agencys_dateline_behind_a_comment_form_begins_another_article() -> None:
    signed = text("By | March 7, 2022", *FERRY, *FORM, "By | March 8, 2022", *MILL, *FORM)
    assert [body for _, body in cut(signed)] == BOTH
    wired = text(*FERRY, "=====", f"VARNHOLM (AP) — {MILL[0]}", *MILL[1:])
    assert [body for _, body in cut(wired)] == BOTH


def test_hard_wrapped_articles_and_lines_without_gaps_are_told_apart_as_well() -> None:
    import textwrap

    heads = HEADS["dated bylines"]
    wrapped = [
        "\n\n".join([*head, *(textwrap.fill(line, 60) for line in body)])
        for head, body in zip(heads, (FERRY, MILL), strict=True)
    ]
    assert [body for _, body in cut("\n\n".join(wrapped))] == BOTH
    tight = "\n".join([*heads[0], *FERRY, *heads[1], *MILL])
    assert [body for _, body in cut(tight)] == BOTH


@pytest.mark.parametrize(
    "content",
    [
        text("Winter ferries will run", "By Ida Korhonen", "March 7, 2022", *FERRY, "* * *", *MILL),
        text("Winter ferries will run", *FERRY, "---", "What the mill has to do with it", *MILL),
        text("Winter ferries will run", *FERRY, "=====", "What the mill has to do with it", *MILL),
        text("Winter ferries will run", "By Ida Korhonen", *FERRY, "___", f"VARNHOLM — {MILL[0]}", *MILL[1:]),
        text("Winter ferries will run\n=======================", *FERRY, "The old mill\n============", *MILL),
        text(*FERRY, *FORM, "3 comments", "Old Salt says:", "March 6, 2024 at 4:47 pm", *MILL),
        text(*FERRY, *FORM, "By Old Salt on March 6, 2024 at 4:47 pm", *MILL),
        text("Title", "By Ida Korhonen | March 7, 2022", *FERRY, "You missed", "The paper mill was sold",
             "By Per Lindahl | March 8, 2022", MILL[0]),
        text("The story of the harbour", "By Ida Korhonen", "March 7, 2022", *FERRY, "By Per Lindahl", *MILL),
        text("The story of the harbour", "March 7, 2022", *FERRY, "The first of the mills", "8 March 1931", *MILL),
        text("Same title here", "By Ida Korhonen", "March 7, 2022", *FERRY, "=====", "Same title here",
             "By Ida Korhonen", "March 7, 2022", *MILL),
        text("Live: the storm", *FERRY, *(line for at in (8, 9, 11) for line in (
            "=====", f"What we know at {at} o'clock", f"March 7, 2022, {at}:04", *MILL))),
        text("Winter ferries will run", "Islands get a timetable", "By Ida Korhonen", "March 7, 2022", *FERRY, *MILL),
        text("Winter ferries will run", "By Ida Korhonen", "March 7, 2022", *FERRY,
             "Two boats for the winter", "By Ida Korhonen", "March 7, 2022", *MILL),
        text("Page 1 of 2", *FERRY, "Page 2 of 2", *MILL),
    ],
    ids=["section break", "section heading", "rule and heading", "second dateline", "underlined headings", "remarks",
         "signed remark", "teaser", "box with a byline only", "chronology", "same title twice", "live", "two titles",
         "one head twice", "pages"],
)  # fmt: skip
def test_one_article_is_never_cut(content: str) -> None:
    assert split_articles(content) == (content,)


def test_what_belongs_to_no_other_article_stays_with_the_one_before() -> None:
    heads = HEADS["dated bylines"]
    content = text(*heads[0], *FERRY, "=====", "A note", "March 9, 2022", "Short.", "=====", *heads[1], *MILL)
    first, second = split_articles(content)
    assert "A note" in first
    assert second.startswith("Varnholm mill is sold")


def test_two_articles_of_a_file_have_ids_and_titles_of_their_own_and_its_name(tmp_path: Path) -> None:
    heads = HEADS["title, byline and date"]
    file = tmp_path / "two.txt"
    file.write_text(text(*heads[0], *FERRY, "=====", *heads[1], *MILL), "utf-8")
    first, second = (clean(page) for page in collect([str(file)]) if isinstance(page, Page))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id != second.id
    assert (first.title, second.published) == ("Winter ferries will run", "2022-03-08")
    assert first.origin == second.origin == str(file)
