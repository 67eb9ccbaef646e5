"""Brief -> brief.epub: EPUB 3, one text with a table of contents, dated by the brief.

The container is written here with the standard library's zipfile: it is five files, and the one maintained library for
it is under a licence that would bind the users of this package.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from briefing.model import Brief
from briefing.render import record
from briefing.render.brand import Look
from briefing.render.edition import make_edition
from briefing.render.folder import html_environment, run
from briefing.render.outlines import coasts

CONTAINER = (
    '<?xml version="1.0"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # ZIP knows no time before


def render(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> bytes:
    """The brief as EPUB 3, from `brief.epub.xhtml.j2`, `epub.nav.xhtml.j2` and `epub.opf.j2`."""
    look, environment = look or Look(), html_environment(templates)
    edition, made = make_edition(brief, rings=coasts(look, templates)), _time(brief.generated_at)
    values = {"edition": edition, "look": look}
    text = run(environment, "brief.epub.xhtml.j2", **values).lstrip()
    package = {
        **values,
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, record.render(brief).decode("utf-8")).urn,
        "modified": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "drawn": "<svg" in text,
    }
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": run(environment, "epub.opf.j2", **package).lstrip(),
        "EPUB/nav.xhtml": run(environment, "epub.nav.xhtml.j2", **values).lstrip(),
        "EPUB/brief.xhtml": text,
        "EPUB/style.css": run(environment, "styles/epub.css", **values),
    }
    return _pack(files, made)


def _pack(files: dict[str, str], made: datetime) -> bytes:
    """The files in a ZIP that begins with the uncompressed media type, as the standard wants."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(_entry("mimetype", made), "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(_entry(name, made), content.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, made.timetuple()[:6])
    entry.create_system = 3  # the same on every system
    entry.external_attr = 0o644 << 16
    return entry


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return EARLIEST
    return max(EARLIEST, at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC))
