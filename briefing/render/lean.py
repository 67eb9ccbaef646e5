"""What WeasyPrint works out for every element and a brief never shows, left out.

Its own style sheet gives each element, drawings included, a list marker and five marks of notes: six computed styles
that nothing prints. They were a third of the memory and a tenth of the time of a long brief (decisions/0010).
"""

from __future__ import annotations

import copy
from functools import cache
from types import ModuleType
from typing import Any

NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
LISTED = "li"  # what has a list marker


def page(weasyprint: ModuleType, html: str, **options: Any) -> Any:
    """The page as `weasyprint.HTML`, its elements without marks of notes, unless it has notes."""
    lean = "footnote" not in html and "note(" not in html

    class Page(weasyprint.HTML):  # type: ignore[misc, name-defined]
        def _ua_stylesheets(self, forms: bool = False) -> Any:
            return [_sheet(weasyprint)] if lean and not forms else super()._ua_stylesheets(forms)

    return Page(string=html, **options)


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
