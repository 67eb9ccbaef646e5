"""Brief -> brief.html: one file that holds all it needs and runs no script."""

from __future__ import annotations

from pathlib import Path

from briefing.model import Brief
from briefing.render.brand import Look
from briefing.render.edition import make_edition
from briefing.render.folder import html_environment, run
from briefing.render.outlines import coasts


def render(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> bytes:
    """The brief as HTML, from `brief.html.j2`."""
    look = look or Look()
    values = {
        "edition": make_edition(brief, rings=coasts(look, templates)),
        "look": look,
        "logo": look.logo_address,
    }
    return run(html_environment(templates), "brief.html.j2", **values).encode()
