"""Golden briefs: what each case's input gives, held in files that a person has read.

`pytest --update-golden` writes them anew. Of a PDF the pages and their letters are kept, never the bytes.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefing.collect import collect
from briefing.language import Annotator
from briefing.model import Brief
from briefing.pipeline import make_brief
from briefing.record import from_record, to_record
from briefing.registry import find
from briefing.verify import verify

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/input"))
NOW = "2022-06-01T06:30:00+00:00"


def pages(pdf: bytes) -> str:
    """Each page in a line, letters only: where lines break depends on the system's Pango, and is no matter here."""
    texts = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "".join(re.sub(r"[\s\u00ad\u2010-]+", "", text) + "\n" for text in texts)


def files_of(brief: Brief) -> dict[str, str]:
    record = json.dumps(to_record(brief), ensure_ascii=False, indent=1) + "\n"
    markdown = find("renderers", "md")(brief, templates=None)
    pdf = find("renderers", "pdf")(brief, templates=None)
    return {"brief.json": record, "brief.md": markdown.decode(), "brief.pdf.txt": pages(pdf)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_brief_is_as_it_was_read(case: Path, update_golden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    made = make_brief(collect(["input"]), annotate=Annotator(), now=NOW)
    files = files_of(made.brief)
    for name, text in files.items():
        if update_golden:
            (case / name).write_text(text, "utf-8")
        assert text == (case / name).read_text("utf-8"), f"{case.name}/{name}: read the diff of --update-golden"
    assert verify(made.brief, made.articles) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_brief_is_a_brief(case: Path) -> None:
    record = json.loads((case / "brief.json").read_text("utf-8"))
    assert to_record(from_record(Brief, record)) == record
