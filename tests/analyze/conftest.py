"""What the tests of reading share: texts with their names marked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from briefing.model import Article

MARK = re.compile(r"\{(\w+):([^}]*)\}")
SHORT = {"P": "PERSON", "O": "ORG", "G": "GPE", "L": "LOC", "N": "NORP", "E": "EVENT", "D": "DATE"}


@pytest.fixture(scope="session")
def marked() -> Callable[[str], tuple[Article, Doc]]:
    """Makes an article, and the document a recogniser would give, from "{P:Ada Stone} spoke in {G:Riga}."."""
    nlp = spacy.blank("en")

    def make(source: str) -> tuple[Article, Doc]:
        text, spans, last = "", [], 0
        for mark in MARK.finditer(source):
            text += source[last : mark.start()]
            spans.append((len(text), len(text) + len(mark[2]), SHORT[mark[1]]))
            text += mark[2]
            last = mark.end()
        text += source[last:]
        doc = nlp(text)
        found = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
        doc.ents = [span for span in found if span is not None]
        return Article("a", text), doc

    return make
