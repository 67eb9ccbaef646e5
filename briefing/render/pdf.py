"""Brief -> brief.pdf by WeasyPrint: archivable and accessible, bundled faces, nothing fetched."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import warnings
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any
from urllib.parse import unquote

from briefing.errors import MissingDependency
from briefing.model import Brief
from briefing.render import markdown, record
from briefing.render.archive import VARIANT, embedded, finish, give_scope, mark_accessible, mark_furniture
from briefing.render.brand import Look
from briefing.render.edition import make_edition
from briefing.render.folder import find_file, html_environment, run
from briefing.render.glyphs import missing
from briefing.render.lean import lean_page, quick_references
from briefing.render.outlines import coasts

INSTALL = (
    "WeasyPrint cannot find the libraries that set a PDF. On Debian or Ubuntu: "
    "`apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`; on macOS: `brew install pango`. "
    "The formats html, markdown and json work without them."
)
# Addresses in templates are relative to this one: a host that cannot exist (RFC 6761), answered by the fetcher alone.
BASE = "https://bundled.invalid/"


def render(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> bytes:
    """The brief as PDF, from `brief.pdf.html.j2`. Raises `MissingDependency` where Pango is absent."""
    weasyprint = load_weasyprint()
    look = look or Look()
    html = make_page(brief, look, templates)
    identifier = hashlib.md5(html.encode(), usedforsecurity=False).digest()
    document = lean_page(weasyprint, html, base_url=BASE, url_fetcher=make_fetcher(weasyprint, templates)).render()
    document._html = None  # nobody asks for it any more
    mark_accessible(document.metadata)
    for page in document.pages:
        mark_furniture(page, last=page is document.pages[-1])
    files = {"brief.json": record.render(brief), "brief.md": markdown.render(brief, templates=templates, look=look)}
    attachments = embedded(weasyprint, files, brief.generated_at)

    def finished(document: Any, pdf: Any) -> None:
        give_scope(document, pdf)
        finish(pdf, identifier)

    with warnings.catch_warnings(), quick_references():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves the colour profile open
        options = {"pdf_variant": VARIANT, "pdf_identifier": False, "attachments": attachments}
        return bytes(document.write_pdf(finisher=finished, **options))


def make_page(brief: Brief, look: Look, templates: Path | None) -> str:
    """The brief as the page that WeasyPrint sets."""
    warned = tuple(map(str, missing(brief, templates=templates)))
    edition = make_edition(brief, rings=coasts(look, templates), missing_glyphs=warned)
    values = {"edition": edition, "look": look, "logo": look.logo_address}
    return run(html_environment(templates), "brief.pdf.html.j2", **values)


def load_weasyprint() -> ModuleType:
    """The library, loaded late: it needs Pango, which pip does not bring.

    Raises `MissingDependency` with the line that installs what is absent.
    """
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # it prints a banner without Pango
            warnings.simplefilter("ignore", DeprecationWarning)  # libharfbuzz-subset absent: slower, not wrong
            return importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise MissingDependency(INSTALL) from error


def make_fetcher(weasyprint: ModuleType, templates: Path | None) -> Any:
    """A fetcher that answers with template files and data: addresses, and refuses everything else."""
    urls = weasyprint.urls

    class Bundled(urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(BASE):
                return super().fetch(url, headers)
            name = PurePosixPath(unquote(url.removeprefix(BASE).partition("#")[0].partition("?")[0]))
            if name.is_absolute() or ".." in name.parts:
                raise ValueError(f"outside the template folders: {url}")
            body = find_file(str(name), templates).read_bytes()
            return urls.URLFetcherResponse(url, io.BytesIO(body), {})

    return Bundled(allowed_protocols={"data"}, allow_redirects=False)
