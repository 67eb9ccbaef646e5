"""Scraped plain text: furniture off, captions apart, dates and bylines read."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.model import Article, Dropped, Page

BODY = (
    "The harbour council voted on Tuesday to rebuild the northern breakwater, which storms broke twice in ten years.",
    "“We have waited long enough,” said Odile Brankova, who chairs the council. “The boats cannot.”",
    "Work is to begin in April and to cost 14 million euros, a third of it from the regional fund.",
)
TEXT = "\n\n".join(BODY)


def article(content: str, **known: object) -> Article:
    found = clean(Page("memory.txt", content, "text", known))
    assert isinstance(found, Article)
    return found


def test_the_body_lies_between_the_tags_of_the_plugin() -> None:
    assert article(f"[ad_1]\n\n{TEXT}\n\n[ad_2]\n\nSource link\n\nBy admin\n\nLeave a Reply\n\nYour email").text == TEXT


def test_the_source_link_names_the_address() -> None:
    assert article(f"{TEXT}\n\nSource: https://news.example/harbour").url == "https://news.example/harbour"


@pytest.mark.parametrize(
    "line",
    [
        "Source link", "By admin", "Leave a Reply", "Leave a comment", "toggle caption", "hide caption", "[ad_2]",
        "Advertisement", "Read more", "Share this:", "Related articles", "Skip to content",
        "Subscribe to our newsletter",
        "All rights reserved.", "© 2024 Harbour News", "3 comments", "5 min read", "Sign up for our morning newsletter",
        "Tags: harbour, council", "Photo: Ilse Marten/Agentur", "Ilse Marten/AP", "Getty Images",
        "Follow us on Twitter",
        "Save my name, email, and website in this browser for the next time I comment.", "Required fields are marked *",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes_wherever_it_stands(line: str) -> None:
    for content in (f"{line}\n\n{TEXT}", f"{TEXT}\n\n{line}"):
        assert article(content).text == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "Leave a reply, the note said, and the minister left one on Monday before the session had begun in earnest.",
        "Advertisement revenue fell by a tenth in the spring, the publisher said in its report to the shareholders.",
        "Source links between the two companies were cut in May, according to the court's own file on the matter.",
        "By Monday the water had gone down, and the first families were back in their houses along the river.",
    ],
)
def test_a_sentence_that_only_begins_like_furniture_stays(sentence: str) -> None:
    assert sentence in article(f"{TEXT}\n\n{sentence}").text


def test_the_comment_form_ends_the_article() -> None:
    comments = (
        "Old salt says:\n\nThey said the same thing in 1998, and look at the breakwater that we have now, I ask you."
    )
    assert article(f"{TEXT}\n\nLeave a Reply\n\n{comments}").text == TEXT


def test_a_caption_glued_behind_its_marker_is_kept_apart() -> None:
    found = article(
        f"PictureOdile Brankova, left, on the breakwater on Monday.\nCredit…Ilse Marten for Harbour News\n\n{TEXT}"
    )
    assert found.captions == ("Odile Brankova, left, on the breakwater on Monday.",)
    assert found.text == TEXT


def test_a_caption_above_a_credit_is_kept_once() -> None:
    caption = "Waves break over the northern pier at Tolhaven, Feb. 3, 2024."
    found = article(
        f"{caption}\n\nIlse Marten/AP\n\nhide caption\n\ntoggle caption\n\nIlse Marten/AP\n\n{caption}\n\n{TEXT}"
    )
    assert found.captions == (caption,)
    assert found.text == TEXT


def test_a_dateline_leaves_the_text_and_names_the_agency() -> None:
    found = article(f"TOLHAVEN (AP) — {TEXT}")
    assert (found.text, found.source) == (TEXT, "AP")
    assert article(f"TOLHAVEN, Norland — {TEXT}").text == TEXT


@pytest.mark.parametrize("opening", ["COVID-19 came back.", "NATO – which met – agreed.", "A U.S.-led group went."])
def test_a_hyphen_or_dash_makes_no_dateline(opening: str) -> None:
    assert article(f"{opening} {TEXT}").text.startswith(opening)


@pytest.mark.parametrize(
    ("line", "published", "authors"),
    [
        ("By | January 12, 2022", "2022-01-12", ()),
        ("By Odile Brankova | January 12, 2022", "2022-01-12", ("Odile Brankova",)),
        ("By Odile Brankova and Jan van der Meulen", None, ("Odile Brankova", "Jan van der Meulen")),
        ("January 12, 2022", "2022-01-12", ()),
        ("By admin", None, ()),
        ("Author: Odile Brankova", None, ("Odile Brankova",)),
        ("Reporting by Odile Brankova; Editing by Jan van der Meulen", None, ("Odile Brankova",)),
        ("Odile Brankova\nPublished 5 March 2024", "2024-03-05", ("Odile Brankova",)),
    ],
)
def test_a_byline_becomes_authors_and_date(line: str, published: str | None, authors: tuple[str, ...]) -> None:
    found = article(f"{line}\n\n{TEXT}")
    assert (found.published, found.authors, found.text) == (published, authors, TEXT)


def test_without_evidence_an_article_is_undated() -> None:
    found = article(TEXT)
    assert found.published is None
    assert found.flags == ("undated",)


def test_text_has_a_title_only_where_its_structure_shows_one() -> None:
    assert article(TEXT).title == ""
    found = article(f"Harbour council votes for new breakwater\n\nBy Odile Brankova\n\n{TEXT}")
    assert (found.title, found.text) == ("Harbour council votes for new breakwater", TEXT)


def test_labelled_fields_above_the_text_are_read() -> None:
    found = article(f"Title: Harbour vote\nAuthor: Odile Brankova\nDate: 2024-03-05\n\n{TEXT}")
    assert (found.title, found.authors, found.published, found.text) == (
        "Harbour vote",
        ("Odile Brankova",),
        "2024-03-05",
        TEXT,
    )


def test_a_known_title_wins_and_leaves_the_text() -> None:
    found = article(f"Breakwater\n\n{TEXT}", title="Breakwater", id="a1", outlet="Tolhaven Post")
    assert (found.title, found.text, found.id, found.extra) == ("Breakwater", TEXT, "a1", {"outlet": "Tolhaven Post"})


def test_hard_wrapped_lines_are_joined() -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(paragraph, 68, break_on_hyphens=False) for paragraph in BODY)
    assert article(wrapped).text == TEXT


def test_a_paragraph_a_line_needs_no_blank_lines() -> None:
    assert article("\n".join(BODY)).text == TEXT


def test_odd_line_ends_and_invisible_characters_are_mended() -> None:
    content = TEXT.replace("\n\n", "\r\n\r\n").replace("council", "coun\u00adcil").replace("storms", "sto\x00rms\u200b")
    assert article(content).text == TEXT
    assert article(TEXT.replace("\n\n", "\u2028")).text == TEXT
    assert article(TEXT.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")).text == TEXT


def test_furniture_alone_is_dropped_with_a_reason() -> None:
    assert clean(Page("f.txt", "Leave a Reply\n\nBy admin\n\nSource link", "text")) == Dropped(
        "f.txt", "no article text found"
    )
    assert isinstance(clean(Page("f.txt", "", "text")), Dropped)


def test_an_article_goes_by_the_hash_of_its_text() -> None:
    assert article(TEXT).id == article(f"{TEXT}\n\nLeave a Reply").id
    assert len(article(TEXT).id) == 16
    assert article(TEXT, url="https://news.example/1").id != article(TEXT).id


PIECES = st.sampled_from(
    [
        *BODY, "", "\n", "\n\n", "By | January 12, 2022", "Leave a Reply", "toggle caption", "Harbour vote",
        "[ad_1]", "[ad_2]",
        "TOLHAVEN (AP) — ", "* Home", "Ilse Marten/AP", "Subscribe now", "Read more: ", "A short line",
        "Wednesday", "12",
        "Credit: ", "Council votes on the harbour plan", "-", "…", "“", "\u2028", "Picture", "https://news.example/x",
    ]
)  # fmt: skip


@settings(deadline=None)  # the first text that is not English loads a model
@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40).map("\n".join)))
@example("x\x1fy")
def test_cleaning_a_cleaned_text_changes_nothing(content: str) -> None:
    once = clean(Page("p", content, "text"))
    if isinstance(once, Article):
        twice = clean(Page("p", once.text, "text"))
        assert isinstance(twice, Article)
        assert twice.text == once.text
        assert "\n\n\n" not in once.text
        assert all(
            paragraph == paragraph.strip() != "" and "\n" not in paragraph for paragraph in once.text.split("\n\n")
        )
