"""Bad inputs from bytes to article: what is wrong with each costs at most itself, never a word of the article.

Others stand with their kinds: bombs, entities and truncated feeds in test_feeds.py, mail, archives and books in
test_formats.py, pages that would break a reader in tests/clean/test_page.py, two articles in a file in test_several.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.clean import clean
from briefing.collect import collect
from briefing.model import Article, Dropped, Page
from tests.clean.test_page import BODY, linked, page

TEXT = "\n\n".join(BODY)
WALL = (
    "<html><head><title>Tolhaven Post</title></head><body><div class='consent'><h1>Before you go on</h1>"
    "<p>We use cookies and ask for your consent.</p><button>Accept all</button><button>Reject all</button>"
    "</div></body></html>"
)


def read(folder: Path, data: bytes, name: str = "a.txt") -> Article | Dropped:
    (folder / name).write_bytes(data)
    (item,) = collect([str(folder / name)])
    assert isinstance(item, Page)
    return clean(item)


def text_of(folder: Path, data: bytes, name: str = "a.txt") -> str:
    found = read(folder, data, name)
    assert isinstance(found, Article), found
    return found.text


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n\n", "\r\n\r\n").encode(),
        TEXT.replace("\n\n", "\u2028").encode(),
        TEXT.replace("\n\n", "\u2029").encode(),
        TEXT.replace("ferry", "fer\ufeffry").encode(),
        TEXT.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode(),
        f"{TEXT}\n\nLeave a Reply\n\nYour email address will not be published.".encode(),
    ],
    ids=["mark", "utf-16", "cp1252", "crlf", "U+2028", "U+2029", "mark inside", "double-encoded", "form"],
)
def test_a_text_is_read_whatever_bytes_it_is_in(tmp_path: Path, data: bytes) -> None:
    assert text_of(tmp_path, data) == TEXT


def test_a_text_in_one_line_is_one_paragraph_with_every_word(tmp_path: Path) -> None:
    assert text_of(tmp_path, " ".join(BODY).encode()) == " ".join(BODY)


def test_a_charset_that_is_stated_wrongly_costs_no_word(tmp_path: Path) -> None:
    stated = page(head='<meta charset="utf-8">').encode("cp1252", "xmlcharrefreplace")
    assert text_of(tmp_path, stated, "a.html") == TEXT
    assert text_of(tmp_path, page(head='<meta charset="iso-8859-1">').encode(), "a.html") == TEXT


def test_a_body_in_two_containers_is_read_whole(tmp_path: Path) -> None:
    halves = [
        "".join(f"<p>{paragraph}</p>" for paragraph in half) for half in (BODY[:2] * 2, BODY[2:] * 2)
    ]  # each long enough to be taken for the whole
    gallery = '<div class="gallery"><img src="a.jpg"><a href="/g">More pictures</a></div>'
    parts = [f'<div class="story-text">{half}</div>' for half in halves]
    content = f"<html><body>{parts[0]}{gallery}{parts[1]}</body>"
    text = text_of(tmp_path, content.encode(), "a.html")
    assert all(paragraph in text for paragraph in BODY)
    assert "More pictures" not in text


def test_a_consent_wall_is_no_article_unless_the_page_states_its_body(tmp_path: Path) -> None:
    assert read(tmp_path, WALL.encode(), "a.html") == Dropped(str(tmp_path / "a.html"), "no article text found")
    body = " ".join(BODY * 2)
    stated = WALL.replace("</head>", linked({"@type": "NewsArticle", "articleBody": body}) + "</head>")
    assert text_of(tmp_path, stated.encode(), "a.html") == body


def test_an_article_without_a_date_is_flagged_and_never_given_one(tmp_path: Path) -> None:
    content = page(after="<p>© 2019 to 2024. Last check of links: 3 May 2021.</p>")
    found = read(tmp_path, content.encode(), "a.html")
    assert isinstance(found, Article)
    assert found.published is None
    assert "undated" in found.flags
