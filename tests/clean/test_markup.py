"""What hides a body from parsers, and is mended before the page is read."""

from __future__ import annotations

import pytest

from briefing.clean.blocks import page_blocks
from briefing.clean.markup import opened
from tests.clean.test_page import BODY, article

OTHER = str.maketrans({"T": "t", "i": "y", "o": "e"})  # as many words, each of them another
LINES = (*BODY, *(f"F{paragraph.translate(OTHER)}" for paragraph in BODY))
PARAGRAPHS = [f"<p>{line}</p>" for line in LINES]
TEXT = "\n\n".join(LINES)
FRAME = "<html><head><title>Winter ferries</title></head><body><main><h1>Winter ferries</h1>{}</main>{}</body></html>"


def streamed(number: str, inner: str) -> str:
    return f'<div hidden id="S:{number}">{inner}</div><script>$RC("B:{number}","S:{number}")</script>'


def test_a_body_behind_the_end_of_the_page_is_read() -> None:
    content = (
        f"<html><body><header>Home</header></body></html><main><h1>Winter ferries</h1>{''.join(PARAGRAPHS)}</main>"
    )
    assert article(content).text == TEXT


def test_streamed_parts_are_read_in_their_places() -> None:
    first = f'{PARAGRAPHS[0]}<template id="P:b"></template>{"".join(PARAGRAPHS[3:])}'
    second = "".join(PARAGRAPHS[1:3])
    place = '<!--$?--><template id="B:a"></template><p>Loading</p><!--/$-->'
    content = FRAME.format(place, streamed("b", second) + streamed("a", first))
    assert article(content).text == TEXT


def test_a_streamed_part_without_a_place_is_read_where_it_is() -> None:
    assert article(FRAME.format("", streamed("0", "".join(PARAGRAPHS)))).text == TEXT


def test_a_part_whose_place_is_inside_it_does_not_swallow_itself() -> None:
    tree, markup = opened(FRAME.format("", streamed("0", f'<template id="B:0"></template>{PARAGRAPHS[0]}')))
    assert tree is not None
    assert BODY[0] in tree.text_content()
    assert markup.count(BODY[0]) == 1


@pytest.mark.parametrize("mark", ['id="modal"', 'id="S:x"', 'id="T:1"'])
def test_what_is_hidden_otherwise_stays_hidden(mark: str) -> None:
    note = "<p>This part of the page is only shown to those who ask for it, and it is no part of the article.</p>"
    assert article(FRAME.format("".join(PARAGRAPHS), f"<div hidden {mark}>{note * 3}</div>")).text == TEXT


def test_the_inside_of_an_accordion_is_seen_and_a_hidden_window_is_not() -> None:
    answer = "Its eleven pupils will have lessons in town twice a week, the teacher said, once the boats run in winter."
    folded = '<div class="x-accordion"><h3>What of the school?</h3><div style="display: none">{}</div></div>'
    window = '<div id="republish" style="display:none"><p>{}</p></div>'
    content = FRAME.format(
        "".join(PARAGRAPHS[:4]) + folded.format(f"<p>{answer}</p>"), window.format("You may print this article again.")
    )
    tree, _ = opened(content)
    assert tree is not None
    seen = [block.text for block in page_blocks(tree)]
    assert answer in seen
    assert "You may print this article again." not in seen
