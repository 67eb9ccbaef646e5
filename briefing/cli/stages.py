"""The stages as filters, `build` as all of them in a row, `render`, `verify`; each imports its room late."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.looks import look_options
from briefing.cli.network import Fetching, network_options
from briefing.cli.root import main
from briefing.errors import BriefingError, InputError, MissingDependency
from briefing.progress import Teller
from briefing.registry import RENDERERS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from briefing.config import Config
    from briefing.mapping import Map
    from briefing.model import Article, Brief
    from briefing.pipeline import Settings
    from briefing.render.brand import Look

FORMATS = tuple(RENDERERS)

out_option = click.option("-o", "--out", default="-", metavar="FILE", help="Write there; - is the standard output.")
jobs_option = click.option("--jobs", type=click.IntRange(1), help="Processes to use; all processors for many articles.")
language_option = click.option(
    "--language", default="en", show_default=True, help="en, an installed spaCy pipeline, or the folder of one."
)
engine_option = click.option("--engine", metavar="dask[://HOST:PORT]", help="Spread the work over a Dask cluster.")
own_templates = click.Path(exists=True, file_okay=False, path_type=Path)
template_option = click.option("--template", "--templates", type=own_templates, help="Your templates, file by file.")
existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
articles_argument = click.argument("articles", metavar="ARTICLES", type=click.Path(path_type=Path))


@main.command()
@click.argument("inputs", nargs=-1, required=True)
@out_option
@network_options
@click.pass_obj
def collect(tell: Teller, inputs: tuple[str, ...], out: str, fetching: Fetching, config: Config) -> None:
    """Read INPUTS (files, folders, addresses, feeds, lists of feeds, -) and write clean article records.

    Example: briefing collect https://news.example/feed.xml articles/ -o articles.jsonl
    """
    from briefing.clean.distinct import clean_one, distinct, parted
    from briefing.collect import collect as pages_of
    from briefing.record import to_record

    with tell.counting("collect") as count:
        pages = tell.counted(pages_of(inputs, fetch=fetching(count)), count)
        found, feeds = parted(pages)
        articles, dropped = distinct(clean_one(item, sites=config.sites) for item in found)
    tell.dropped(dropped)
    tell.feeds(feeds)
    _write_lines(out, map(to_record, articles))
    if not articles:
        raise InputError(f"no article found in {', '.join(inputs)}")


@main.command()
@articles_argument
@out_option
@click.pass_obj
def group(tell: Teller, articles: Path, out: str) -> None:
    """Say which story each article record of ARTICLES belongs to.

    Example: briefing collect articles/ | briefing group -
    """
    from briefing.group import group as stories_of

    read = _articles(tell, articles)
    label = {article.id: story.id for story in stories_of(read) for article in story.articles}
    _write_lines(out, ({"id": article.id, "story": label[article.id]} for article in read))


@main.command()
@articles_argument
@out_option
@language_option
@jobs_option
@engine_option
@click.pass_obj
def analyze(tell: Teller, articles: Path, out: str, language: str, jobs: int | None, engine: str | None) -> None:
    """Write the analysis record of each article: names, who said what with what stance, who met whom.

    Example: briefing analyze articles.jsonl -o analysis.jsonl
    """
    from functools import partial

    from briefing.analyze.records import record_of
    from briefing.analyze.stages import read
    from briefing.language import Annotator

    items = _articles(tell, articles)
    with _engine(engine, jobs=jobs) as map, tell.bar(items, "analyze") as bar:
        readings = map(partial(read, annotate=Annotator(language)), items)
        _write_lines(out, (record_of(reading) for reading, _ in zip(readings, bar, strict=True)))


@main.command()
@click.argument("clusters", metavar="CLUSTERS", type=click.Path(path_type=Path))
@click.option("--words", type=click.IntRange(1), default=150, show_default=True, help="Longest summary.")
@out_option
@click.pass_obj
def summarize(tell: Teller, clusters: Path, words: int, out: str) -> None:
    """Summarize each story of CLUSTERS, JSON Lines of {"id", "articles": [article record...]}.

    Example: briefing summarize stories.jsonl --words 100
    """
    from briefing.analyze.summary import summarize as passages_of
    from briefing.files import load_clusters
    from briefing.record import to_record

    stories, dropped = load_clusters(clusters)
    tell.dropped(dropped)

    def records() -> Iterator[dict[str, Any]]:
        with tell.bar(stories, "summarize") as bar:
            for story in bar:
                passages = passages_of(story, words=words)
                text = " ".join(passage.text for passage in passages)
                yield {"id": story.id, "summary": text, "passages": to_record(passages)}

    _write_lines(out, records())


@main.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--output", default="output", show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "formats", multiple=True, help=f"Of {', '.join(FORMATS)}; may be repeated. Default: all.")
@click.option("--edition", metavar="DAY", help="As 2022-01-12. Default: the day the news is about.")
@click.option("--title", default="Daily brief", show_default=True)
@click.option("--words", type=click.IntRange(20), default=150, show_default=True, help="Length of a story's summary.")
@click.option("--stories", type=click.IntRange(1), default=20, show_default=True, help="Stories told in full.")
@click.option("--watch", multiple=True, metavar="TERM", help="Stories with TERM come first; may be repeated.")
@click.option("--mute", multiple=True, metavar="TERM", help="Stories with TERM are left out; may be repeated.")
@click.option("--aliases", type=existing_file, help="Lines FORM<tab>NAME: your own forms of names.")
@click.option("--strict", is_flag=True, help="Leave out quotations and positions whose speaker is not named outright.")
@click.option("--previous", type=existing_file, help="The brief.json before this one, to tell what is new.")
@template_option
@look_options
@language_option
@jobs_option
@engine_option
@network_options
@click.pass_obj
def build(
    tell: Teller,
    /,
    inputs: tuple[str, ...],
    output: Path,
    formats: tuple[str, ...],
    previous: Path | None,
    template: Path | None,
    look: Look,
    language: str,
    jobs: int | None,
    engine: str | None,
    fetching: Fetching,
    config: Config,
    **options: Any,
) -> None:
    """Make the brief of INPUTS: OUTPUT/DAY/brief.json, .md, .html and .pdf.

    Example: briefing build seeds/ --output output
    """
    from briefing.files import ARTICLES, load_brief
    from briefing.language import Annotator
    from briefing.run import build as build_brief
    from briefing.run import save

    for name in formats:
        _check_format(name)
    with _engine(engine, jobs=jobs) as map, tell.counting("collect") as count:
        made = build_brief(
            inputs,
            fetch=fetching(count),
            annotate=Annotator(language),
            settings=_settings(sites=config.sites, families=config.families, **options),
            previous=load_brief(previous) if previous else None,
            window=_articles(tell, previous.parent / ARTICLES) if previous else (),
            map=tell.watched(map),
            report=tell.stage,
        )
    tell.dropped(made.brief.coverage.dropped)
    tell.feeds(made.brief.coverage.feeds)
    _write_formats(tell, made.brief, save(made, output), formats or FORMATS, template, look)


def _engine(name: str | None, *, jobs: int | None) -> AbstractContextManager[Map]:
    from briefing.engine import engine

    return engine(name, jobs=jobs)


def _settings(
    *,
    edition: str | None,
    watch: tuple[str, ...],
    mute: tuple[str, ...],
    aliases: Path | None,
    **plain: Any,
) -> Settings:
    from briefing.analyze.names.overrides import read_aliases
    from briefing.config import Watchlist
    from briefing.pipeline import Settings

    _check_day(edition)
    table = read_aliases(aliases.read_text("utf-8-sig").split("\n"), origin=str(aliases)) if aliases else {}
    return Settings(edition=edition, watchlist=Watchlist(terms=watch, muted=mute), aliases=table, **plain)


def _write_formats(
    tell: Teller, brief: Brief, folder: Path, formats: Sequence[str], template: Path | None, look: Look
) -> None:
    """Each format in the folder; one that cannot be made costs only itself, and the exit status tells."""
    from briefing.files import write

    failures = []
    for name in formats:
        tell.stage(f"render {name}", 1)
        try:
            write(folder / f"brief.{name}", _render(brief, name, template, look))
            tell.note(f"wrote {folder / f'brief.{name}'}")
        except BriefingError as error:
            failures.append(error)
            click.echo(f"briefing: {name} was not made: {error}", err=True)
    tell.stage("end", 0)
    if failures:
        raise click.exceptions.Exit(max(error.exit_status for error in failures))


@main.command()
@click.argument("brief", metavar="BRIEF.json", type=click.Path(path_type=Path))
@click.option("--format", "name", default="md", show_default=True, help=f"One of {', '.join(FORMATS)}.")
@template_option
@look_options
@out_option
def render(brief: Path, name: str, template: Path | None, look: Look, out: str) -> None:
    """Render a brief again; BRIEF.json is all it needs.

    Example: briefing render output/2022-01-12/brief.json --format html -o brief.html
    """
    from briefing.files import load_brief

    _check_format(name)
    data = _render(load_brief(brief), name, template, look)
    with click.open_file(out, "wb") as file:
        file.write(data)


@main.command()
@click.argument("brief", metavar="BRIEF.json", type=click.Path(path_type=Path))
@click.option("--articles", type=click.Path(path_type=Path), help="Default: articles.jsonl beside the brief.")
@click.pass_obj
def verify(tell: Teller, brief: Path, articles: Path | None) -> None:
    """Prove every passage of a brief against the articles, to the character; exit status 4 when one fails.

    Example: briefing verify output/2022-01-12/brief.json
    """
    from briefing.errors import VerifyError
    from briefing.files import ARTICLES, load_brief
    from briefing.verify import passages
    from briefing.verify import verify as failures_of

    loaded = load_brief(brief)
    failures = failures_of(loaded, _articles(tell, articles or brief.parent / ARTICLES))
    for failure in failures:
        click.echo(str(failure))
    if failures:
        raise VerifyError(f"{len(failures)} of the brief's passages failed")
    count = sum(1 for _ in passages(loaded))
    tell.note(f"{count} passages stand in their articles, to the character")


@main.command()
@click.argument("brief", metavar="BRIEF.json", type=click.Path(path_type=Path))
@click.argument("what")
def why(brief: Path, what: str) -> None:
    """Say why an article is in a brief, with which others it was merged, or why it was left out.

    WHAT is its id, address, title or file, or a part of one.

    Example: briefing why output/2022-01-12/brief.json smelter
    """
    from briefing.compose import explain
    from briefing.files import load_brief

    lines = explain(load_brief(brief), what)
    if not lines:
        raise InputError(f"nothing in {brief} has {what!r} in its id, address, title or file")
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL.

    Example: briefing completion bash > ~/.local/share/bash-completion/completions/briefing
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(main, {}, "briefing", "_BRIEFING_COMPLETE").source())


def _render(brief: Brief, name: str, templates: Path | None, look: Look) -> bytes:
    from briefing.render import render as rendered

    return rendered(brief, name, templates=templates, look=look, capped=True)


def _check_format(name: str) -> None:
    from briefing.registry import find

    try:
        find("renderers", name)
    except MissingDependency:
        return  # said when it is rendered, so that the other formats are made


def _check_day(day: str | None) -> None:
    from datetime import date

    try:
        if day is not None:
            date.fromisoformat(day)
    except ValueError:
        raise InputError(f"--edition: a day such as 2022-01-12 is needed, not {day!r}") from None


def _articles(tell: Teller, path: Path) -> tuple[Article, ...]:
    from briefing.files import load_articles

    articles, dropped = load_articles(path)
    tell.dropped(dropped)
    return articles


def _write_lines(out: str, records: Iterable[dict[str, Any]]) -> None:
    with click.open_file(out, "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
