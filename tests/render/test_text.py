"""Words of a source stay words, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_texts import NASTY, PARSERS, UNHURRIED, read

from briefing.render.text import escape_markdown, markdown_address, tidy, web_address

SETTINGS = ("{}", "- {}", "1. {} end", "## {}", "- **{}**, so", "Before {} after", "[{}](#source1)", "*x*: {}")


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("parse", PARSERS, ids=["python-markdown", "markdown-it"])
@UNHURRIED
@given(text=NASTY)
@example(text="1. U.S. * <b>x</b> & [a](javascript:b) `c` | ~~d~~")
@example(text="a\x02wxzhzdk:0\x03b")
@example(text="]: x")
@example(text="\ud800 lone")
def test_no_source_text_becomes_markdown(parse, setting, text):
    words = tidy(text) or "x"
    tags, shown = read(parse(setting.format(escape_markdown(words))))
    plain_tags, plain = read(parse(setting.format("PLAIN")))
    assert tags == plain_tags
    assert shown == " ".join(plain.replace("PLAIN", words).split())


@UNHURRIED
@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


@UNHURRIED
@given(st.text())
def test_tidy_text_is_one_printable_line(text):
    line = tidy(text)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    line.encode()


def test_directional_marks_are_closed():
    assert tidy("\u202eabc") == "\u202eabc\u202c"
    assert tidy("\u2067abc\u2069") == "\u2067abc\u2069"
    assert tidy("\u2068\u202eabc") == "\u2068\u202eabc\u202c\u2069"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", " javascript:x", "data:text/html,x",
        "file:///etc/passwd", "ftp://a.example/", "//a.example/", "/a", "", None, "https://", "http://[::1",
        "https://bank.example@evil.example/", "https://a.example/\x00", "vbscript:x", "mailto:a@b.example",
    ],
)  # fmt: skip
def test_other_addresses_than_web_addresses_are_no_links(url):
    assert web_address(url) is None


def test_a_web_address_keeps_its_query_and_loses_what_ends_links():
    assert web_address("https://a.example/ä b?x=1&y=%20#z") == "https://a.example/%C3%A4%20b?x=1&y=%20#z"
    assert web_address('https://a.example/"><script>') == "https://a.example/%22%3E%3Cscript%3E"


@pytest.mark.parametrize("parse", PARSERS, ids=["python-markdown", "markdown-it"])
@UNHURRIED
@given(path=NASTY)
@example(path="a_(b)_c*d*?x=1&copy=2")
def test_an_address_stays_inside_its_markdown_link(parse, path):
    url = web_address("https://a.example/" + path)
    if url is not None:
        tags, shown = read(parse(f"[title]({markdown_address(url)}) after"))
        assert (tags, shown) == (["p", "a"], "title after")
