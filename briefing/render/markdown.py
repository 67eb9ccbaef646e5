"""Brief -> brief.md: Markdown in which no word of a source can become markup."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from briefing.model import Brief
from briefing.render.brand import Look
from briefing.render.edition import make_edition
from briefing.render.folder import markdown_environment, run
from briefing.render.text import markdown_address

_BLANK_LINES = re.compile(r"\n{3,}")  # template blocks that had nothing to say; no word of a source holds a line end


def render(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> bytes:
    """The brief as Markdown, from `brief.md.j2`."""
    values = {"edition": make_edition(brief), "look": look or Look(), "address": _address}
    text = run(markdown_environment(templates), "brief.md.j2", **values)
    return _BLANK_LINES.sub("\n\n", text).encode()


def _address(url: str) -> Markup:
    return Markup(markdown_address(url))
