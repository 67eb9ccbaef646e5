"""Files and folders in, Pages out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.collect import LARGEST, collect
from briefing.collect.decode import decode
from briefing.collect.kinds import kind_of
from briefing.collect.records import read_articles
from briefing.errors import InputError
from briefing.model import Article, Dropped, Page


def test_a_folder_is_read_in_the_order_of_its_names_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Second words.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "first.txt").write_text("First words.")
    (tmp_path / ".hidden").write_text("No words.")
    pages = list(collect([str(tmp_path)]))
    assert [page.content for page in pages if isinstance(page, Page)] == ["First words.", "Second words."]


def test_an_input_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputError, match=r"no such file or folder: 'nowhere\.txt'"):
        list(collect(["nowhere.txt"]))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [("a.txt", b" \n", "empty"), ("a.bin", b"ab\0cd", "not text"), ("a.txt", b"x" * (LARGEST + 1), "more than")],
)
def test_what_cannot_be_read_is_dropped_with_the_reason(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = collect([str(tmp_path)])
    assert isinstance(item, Dropped)
    assert why in item.why


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", "Plain words, and <b>one</b> tag.", "text"),
        ("a.txt", "<!doctype html><title>T</title><p>Words.", "html"),
        ("a", "\n<!-- saved -->\n<html><body>Words.", "html"),
        ("a.txt", "<p>One.</p>\n<p>Two.</p>\n<div>Three.</div>", "html"),
        ("a.html", "No tag at all.", "html"),
        ("a.md", "# Title\n\nWords.", "markdown"),
        ("a.txt", '{"id": "1", "text": "Words."}\n', "records"),
        ("a.jsonl", "{not json}\n", "text"),
        ("a.xml", '<?xml version="1.0"?>\n<rss version="2.0"></rss>', "feed"),
    ],
)
def test_the_kind_is_told_by_content_first(name: str, text: str, kind: str) -> None:
    assert kind_of(name, text) == kind


def test_a_bad_line_of_records_costs_one_article(tmp_path: Path) -> None:
    lines = ['{"id": "1", "text": "One."}', '{"id": ', '["no object"]', '{"id": "2"}', '{"id": "3", "text": "Three."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    items = list(collect([str(tmp_path / "a.jsonl")]))
    assert [type(item) for item in items] == [Page, Dropped, Dropped, Dropped, Page]
    assert [item.input.rsplit(":", 1)[1] for item in items if isinstance(item, Dropped)] == ["2", "3", "4"]


def test_a_line_separator_inside_a_record_does_not_end_it() -> None:
    record = json.dumps({"id": "1", "text": "one\u2028two\x85three"}, ensure_ascii=False)
    (article,) = read_articles("-", record)
    assert isinstance(article, Article)
    assert article.text == "one\u2028two\x85three"


def test_a_record_needs_only_id_and_text_and_keeps_the_rest() -> None:
    (article,) = read_articles("-", '{"id": 7, "text": "Words.", "authors": null, "desk": {"name": "Foreign"}}')
    assert article == Article("7", "Words.", extra={"desk": {"name": "Foreign"}})


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zürich".encode(), "Zürich"),
        ("Zürich".encode("utf-8-sig"), "Zürich"),
        ("Zürich".encode("utf-16"), "Zürich"),
        ('<meta charset="iso-8859-2">Łódź'.encode("iso-8859-2"), '<meta charset="iso-8859-2">Łódź'),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (
            "Der Fluß überschwemmte die Brücke, die Bürger hörten spät davon.".encode("cp1252"),
            "Der Fluß überschwemmte die Brücke, die Bürger hörten spät davon.",
        ),
        (b'<meta charset="iso-8859-1">\x93Go\x94', '<meta charset="iso-8859-1">“Go”'),
        ('<meta charset="windows-1252">“Łódź”'.encode(), '<meta charset="windows-1252">“Łódź”'),
        (b'<meta charset="no-such-thing">a', '<meta charset="no-such-thing">a'),
    ],
)
def test_bytes_are_decoded_by_mark_then_declaration_then_detection(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.binary())
def test_decoding_never_raises_and_its_text_can_be_written(data: bytes) -> None:
    assert "\r" not in decode(data)
    decode(data).encode("utf-8")


def test_lone_surrogates_of_a_record_are_replaced_one_for_one() -> None:
    (article,) = read_articles("-", '{"id": "1", "text": "a\\ud800b"}')
    assert isinstance(article, Article)
    assert article.text == "a\ufffdb"
