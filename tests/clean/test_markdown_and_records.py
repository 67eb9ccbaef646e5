"""Markdown documents and article records."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.model import Article, Page

TEXT = "The mill was sold on Monday.\n\nIts new owner is a cooperative of 40 bakers."


def article(content: str, kind: str = "markdown", **known: object) -> Article:
    found = clean(Page("x", content, kind, known))  # type: ignore[arg-type]
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Mill sold\ndate: 2024-03-05\nauthor: Odile Brankova\nlang: en\n---\n",
        '---\ntitle: "Mill sold"\ndate: "March 5, 2024"\nauthors: [Odile Brankova]\nlanguage: en\n---\n',
        "---\ntitle: Mill sold\ndate: 2024-03-05\nauthors:\n  - Odile Brankova\n---\n",
        '+++\ntitle = "Mill sold"\ndate = 2024-03-05\nauthor = "Odile Brankova"\n+++\n',
    ],
)
def test_front_matter_is_metadata(front: str) -> None:
    found = article(f"{front}\n{TEXT}\n")
    assert (found.title, found.published, found.authors, found.text) == (
        "Mill sold",
        "2024-03-05",
        ("Odile Brankova",),
        TEXT,
    )


@pytest.mark.parametrize("heading", ["# Mill sold", "# Mill sold #", "Mill sold\n========="])
def test_the_first_heading_is_the_title(heading: str) -> None:
    assert (article(f"{heading}\n\n{TEXT}").title, article(f"{heading}\n\n{TEXT}").text) == ("Mill sold", TEXT)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("The **mill** was *sold* on __Monday__.", "The mill was sold on Monday."),
        ("The [mill](https://mill.example/a_(b)) was sold.", "The mill was sold."),
        ("The `mill` was sold \\*today\\*.", "The mill was sold *today*."),
        ("> The mill\n> was sold.", "The mill was sold."),
        ("- One mill\n- Two mills", "One mill\n\nTwo mills"),
        ("The mill\nwas sold.", "The mill was sold."),
        ("![A mill](m.png)\n\nThe mill was sold.", "The mill was sold."),
        ("The mill has 3 * 4 stones and a file_name_here.", "The mill has 3 * 4 stones and a file_name_here."),
        ("## Why\n\nThe mill was old.", "The mill was old."),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert article(marked).text == plain


def test_a_record_is_kept_to_the_character() -> None:
    content = "  [ad_1]\nBy admin \t\n\n\nTOLHAVEN (AP) — The mill.\u2028It was sold.\u00a0 "
    found = article(content, "record", id="r1", published="2024-03-05T10:00:00Z", rank=7, title="Mill")
    assert found.text == content
    assert (found.id, found.published, found.title, found.extra) == (
        "r1",
        "2024-03-05T10:00:00+00:00",
        "Mill",
        {"rank": 7},
    )


@settings(deadline=None)  # the first text that is not English loads a model
@given(st.text(min_size=1).filter(lambda text: text.strip() != ""))
def test_every_record_keeps_its_text(content: str) -> None:
    assert article(content, "record", id="r").text == content


def test_known_flags_and_captions_stay() -> None:
    found = article(TEXT, "record", flags=["corrected"], captions=["A mill."], authors="Odile Brankova")
    assert (found.flags, found.captions, found.authors) == (("corrected", "undated"), ("A mill.",), ("Odile Brankova",))


@settings(deadline=None)  # the first text that is not English loads a model
@given(st.text())
def test_no_markdown_raises(content: str) -> None:
    found = clean(Page("x", content, "markdown"))
    assert isinstance(found, Article) or found.why == "no article text found"
