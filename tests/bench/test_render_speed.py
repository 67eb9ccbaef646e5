"""An accessible, archivable PDF with the brief inside, beside WeasyPrint's plain one of the same page, in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("weasyprint", reason="WeasyPrint sets the PDF")
SAMPLES = Path(__file__).parent.parent / "render"
SLOWER = 1.15  # times the processor seconds of plain WeasyPrint
MEMORY = 350  # MB at most, at 150 pages
LIGHT = 0.5  # seconds for md, html and json of a 6-page brief, the start of Python included

SCRIPT = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import sample_briefs
from briefing.render import Look, pdf, render
count, kind = int(sys.argv[2]), sys.argv[3]
brief = sample_briefs.make_brief(count, shorts=count // 4)
if kind == "light":
    made = [render(brief, name) for name in ("md", "html", "json")]
elif kind == "ours":
    made = render(brief, "pdf")
else:
    weasyprint = pdf.load_weasyprint()
    page, fetcher = pdf.make_page(brief, Look(), None), pdf.make_fetcher(weasyprint, None)
    made = weasyprint.HTML(string=page, base_url=pdf.BASE, url_fetcher=fetcher).write_pdf()
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def cost(count: int, kind: str) -> tuple[float, float]:
    """Processor seconds and peak memory in MB of a process that makes the brief of `count` stories."""
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(SAMPLES), str(count), kind]
    seconds, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(memory)


@pytest.mark.slow
@pytest.mark.parametrize(("stories", "pages", "runs"), [(3, 6, 5), (23, 31, 3), (118, 150, 1)])
def test_a_pdf_costs_little_more_than_a_plain_one(stories: int, pages: int, runs: int) -> None:
    costs = [(cost(stories, "ours"), cost(stories, "plain")) for _ in range(runs)]
    ours = statistics.median(one[0] for one, _ in costs)
    plain = statistics.median(other[0] for _, other in costs)
    memory = max(one[1] for one, _ in costs)
    print(f"{pages} pages: {ours:.2f} s, plain {plain:.2f} s, {ours / plain:.2f} x, {memory:.0f} MB")
    assert ours / plain <= SLOWER
    assert memory <= MEMORY


def test_the_light_formats_together_take_half_a_second() -> None:
    seconds = statistics.median(cost(3, "light")[0] for _ in range(5))
    print(f"md + html + json: {seconds:.2f} s")
    assert seconds <= LIGHT
