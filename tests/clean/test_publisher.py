"""Whose page it is: site names behind titles, mastheads, small print, agencies in datelines."""

import pytest

from briefing.clean import clean
from briefing.clean.publisher import is_publisher, split_title, without_site
from briefing.model import Article, Page, PageKind

BODY = (
    "The harbour council voted on Tuesday to rebuild the northern breakwater, which storms broke twice.\n\n"
    "Work is to begin in April and to cost 14 million euros, a third of it from the regional fund, the council said."
)
TITLE = "Council votes for a new breakwater"


def article(content: str, kind: PageKind = "text", **known: object) -> Article:
    found = clean(Page("memory.txt", content, kind, known))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("line", "below", "source"),
    [
        (f"{TITLE} | The Tolhaven Post", "", "The Tolhaven Post"),
        (f"{TITLE} - Tolhaven Gazette", "", "Tolhaven Gazette"),
        (f"{TITLE} | News | The Tolhaven Post", "", "The Tolhaven Post"),
        (f"{TITLE} – Harbour Lines", "© 2024 Harbour Lines. All rights reserved.", "Harbour Lines"),
        (f"{TITLE} • Harbour Lines", "Write to desk@harbour-lines.example", "Harbour Lines"),
        (f"{TITLE} | Odile Brankova", "", None),
    ],
)
def test_a_site_behind_the_title_is_the_source(line: str, below: str, source: str | None) -> None:
    found = article(f"{line}\n\nMarch 5, 2024\n\n{BODY}\n\n{below}")
    assert (found.title, found.source, found.text) == (TITLE, source, BODY)


@pytest.mark.parametrize(
    "title",
    [
        "Flood in Tolhaven – live updates",
        "Breakwater vote: what it means",
        "Harbour council votes - Mayor Leaves",
        "Live | Council",
        "The council's vote : a reckoning",
    ],
)
def test_a_separator_alone_is_no_site(title: str) -> None:
    assert split_title(title, BODY) == (title, None)


def test_a_dateline_agency_is_the_source_only_where_no_publisher_is_known() -> None:
    wire = f"TOLHAVEN (NPA) — {BODY}"
    named = article(f"{TITLE} | The Tolhaven Post\n\nMarch 5, 2024\n\n{wire}")
    assert (named.source, named.extra) == ("The Tolhaven Post", {"agency": "NPA"})
    assert article(wire).source == "NPA"
    assert article(wire, url="https://post.example/1").source == "post.example"
    assert article(wire, "markdown", source="The Post").source == "The Post"


def test_a_masthead_is_the_source_and_neither_title_nor_caption() -> None:
    found = article(
        f"The Tolhaven Tribune\nHome / Economy / Harbours\n\n{TITLE}\n\nOdile Brankova\nMay 5, 2024\n\n{BODY}"
    )
    assert (found.source, found.title, found.captions, found.text) == ("The Tolhaven Tribune", TITLE, (), BODY)


def test_a_labelled_source_is_the_source() -> None:
    assert article(f"Title: {TITLE}\nSource: Tolhaven Post\n\n{BODY}").source == "Tolhaven Post"


@pytest.mark.parametrize("name", ["Latest updates", "The boat was a mail boat", "News | Sport | Jobs", "May 5, 2024"])
def test_other_lines_are_no_publishers(name: str) -> None:
    assert not is_publisher(name, BODY)


def test_a_stated_publisher_is_cut_from_either_end_of_a_title() -> None:
    assert without_site("Talks open today | Example News", "Example News") == "Talks open today"
    assert without_site("Example News: Talks open today", "Example News") == "Example News: Talks open today"
    assert without_site("Example News – Talks open", "Example News") == "Talks open"
