"""Where templates come from, and the environments that make every printed value harmless."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from briefing.errors import InputError
from briefing.render.text import direction, escape_markdown


def bundled_folder() -> Path:
    """The folder of our own templates: in an installed package, else the repository's."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find_file(name: str, templates: Path | None = None) -> Path:
    """The file `name` in the user's folder if it is there, else in ours.

    Raises `InputError` where neither has it.
    """
    for folder in _folders(templates):
        if (folder / name).is_file():
            return folder / name
    raise InputError(f"no template {name!r} in {', '.join(map(str, _folders(templates)))}")


def export(folder: Path) -> tuple[Path, ...]:
    """Copies of our templates and styles in `folder`, to start one's own from; what is there already stays.

    Faces and maps are left out: they are found here whatever the folder holds.
    """
    made = []
    for source in sorted(bundled_folder().rglob("*")):
        name = source.relative_to(bundled_folder())
        if source.is_file() and name.parts[0] not in {"fonts", "maps"} and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(source.read_bytes())
            made.append(folder / name)
    return tuple(made)


def _folders(templates: Path | None) -> tuple[Path, ...]:
    if templates is None:
        return (bundled_folder(),)
    if not templates.is_dir():
        raise InputError(f"template folder {str(templates)!r} is not a folder; give one that holds your *.j2 files")
    return (templates, bundled_folder())


def html_environment(templates: Path | None = None) -> jinja2.Environment:
    """An environment that escapes in every template, whatever its file is called."""
    return _environment(_folders(templates), _as_html)


def markdown_environment(templates: Path | None = None) -> jinja2.Environment:
    """An environment in which every printed string is Markdown-escaped; macros pass what they have built."""
    return _environment(_folders(templates), _as_markdown)


def text_environment(templates: Path | None = None) -> jinja2.Environment:
    """An environment for plain text: nothing is markup there, so nothing is escaped."""
    return _environment(_folders(templates), _as_text)


@cache
def _environment(folders: tuple[Path, ...], finalize: Callable[[Any], Any]) -> jinja2.Environment:
    # `autoescape` is a constant: jinja2.select_autoescape() goes by file name and leaves "*.html.j2" alone.
    # With it on, macros return Markup, which `finalize` lets through, and every other string is made into Markup.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["dir"] = _dir
    return environment


def _dir(text: str) -> Markup:
    """The attribute that text from right to left needs, nothing for other text."""
    return Markup(' dir="rtl"') if direction(text) == "rtl" else Markup()


def _as_html(value: Any) -> Any:
    return value


def _as_markdown(value: Any) -> Any:
    return Markup(escape_markdown(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _as_text(value: Any) -> Any:
    return Markup(value) if isinstance(value, str) else value


def run(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """The text that template `name` makes of `values`.

    Raises `InputError` naming the template and line where it cannot be read or uses a variable that does not exist.
    """
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        raise InputError(f"template {error.filename or name}, line {error.lineno}: {error.message}") from error
    except jinja2.TemplateNotFound as error:
        raise InputError(f"template {name!r} needs {error.name!r}, which does not exist") from error
    except jinja2.UndefinedError as error:
        raise InputError(f"template {name!r}: {error.message}; see templates/README.md for the variables") from error
