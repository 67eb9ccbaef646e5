"""Strings that try to be markup, and readers that tell what became of them."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
from hypothesis import settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

UNHURRIED = settings(deadline=None)  # a busy machine is no error
MARKS = "\\`*_{}[]()#+-.!&<>|~=:/\"'$@^%\n\t 0123456789ax"
NASTY = st.one_of(
    st.text(alphabet=MARKS, max_size=40),
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["<script>", "[a](b)", "![x](y)", "**", "__", "~~", "```", "- ", "1. ", "# ", "> ", "| a | b |", "&amp;",
             "http://a.example", "<b@c.de>", "\n\n", "    ", "---", "===", "[^1]", "[1]: x",
             "\\", "<!--", "wxzhzdk:0", "\x02", "\x03"]
        ),
        max_size=8,
    ).map("".join),
)  # fmt: skip


class Reader(HTMLParser):
    """The text and the tags of an HTML fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> tuple[list[str], str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.tags, " ".join("".join(reader.words).split())


PARSERS = (
    lambda text: markdown.markdown(text, extensions=["tables", "fenced_code", "footnotes"]),
    MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
)
