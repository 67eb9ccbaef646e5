"""What WeasyPrint works out for every element and a brief never shows, left out.

Its own style sheet gives each element, drawings included, a list marker and five marks of notes: six computed styles
that nothing prints. They were a third of the memory and a tenth of the time of a long brief (decisions/0010).
"""

from __future__ import annotations

import contextlib
import copy
import ctypes
import importlib
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
LISTED = "li"  # what has a list marker


def lean_page(weasyprint: ModuleType, html: str, **options: Any) -> Any:
    """The page as `weasyprint.HTML`, its elements without marks of notes, unless it has notes."""
    lean = "footnote" not in html and "note(" not in html

    class Page(weasyprint.HTML):  # type: ignore[misc, name-defined]
        def _ua_stylesheets(self, forms: bool = False) -> Any:
            return [_sheet(weasyprint)] if lean and not forms else super()._ua_stylesheets(forms)

    return Page(string=html, **options)


# What the tags of a PDF are made from, by the kind of box; boxes of other kinds are few and stay whole.
_TAGGED = tuple("element element_tag style children link_annotation widget_annotation is_table_wrapper".split())
SHED: dict[str, tuple[str, ...]] = {
    "TextBox": (),
    **dict.fromkeys(("LineBox", "InlineBox", "BlockBox", "InlineBlockBox", "FlexBox"), _TAGGED),
    **dict.fromkeys(("TableBox", "TableRowGroupBox", "TableRowBox", "TableCellBox"), (*_TAGGED, "colspan", "rowspan")),
}


def shed(page_box: Any) -> None:
    """Let a painted page keep of its boxes what its tags need: a tenth of them, while the other pages are painted."""
    waiting = [page_box]
    while waiting:
        box = waiting.pop()
        waiting.extend(getattr(box, "children", ()))
        kept = SHED.get(type(box).__name__)
        if kept is not None and not str(box.element_tag).endswith(("img", "svg")):  # a picture keeps its place
            box.__dict__ = {name: value for name, value in box.__dict__.items() if name in kept}


def give_back() -> None:
    """Let the C library return what is free to the system, where it can (glibc): shed lines of text are its memory."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def _sheet(weasyprint: ModuleType) -> Any:
    """WeasyPrint's style sheet without marks of notes, and with markers of list items only."""
    sheet = copy.copy(weasyprint.UA_STYLESHEET)
    matcher = sheet.matcher = copy.copy(sheet.matcher)
    # A selector as cssselect2 keeps it: test, specificity, order, pseudo-element, declarations.
    every = [one for one in matcher.other_selectors if one[3] not in NOTES]
    matcher.other_selectors = [one for one in every if one[3] != "marker"]
    names = matcher.lower_local_name_selectors
    markers = [one for one in every if one[3] == "marker"]
    matcher.lower_local_name_selectors = {**names, LISTED: [*names.get(LISTED, ()), *markers]}
    return sheet


@contextlib.contextmanager
def quick_references() -> Iterator[None]:
    """Inside, the references to the pages of a PDF are put together once for each page, not for each element.

    pydyf, WeasyPrint's writer, makes all of them for every tag: tags times pages, seconds at 150 pages.
    """
    pydyf = importlib.import_module("pydyf")
    slow = pydyf.PDF.page_references
    made: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def references(pdf: Any) -> tuple[bytes, ...]:
        key = id(pdf), len(pdf.pages["Kids"])
        if key not in made:
            made[key] = slow.fget(pdf)
        return made[key]

    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = slow
