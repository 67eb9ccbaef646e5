"""One run with its side effects: collect | make_brief | render | write."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.analyze.names.overrides import read_aliases
from briefing.collect import collect
from briefing.config import SECTIONS, Config, Profile, Section
from briefing.errors import BriefingError, InputError
from briefing.files import ARTICLES, json_lines, write
from briefing.gather import Fetch, fetch_by
from briefing.language import Annotator
from briefing.model import Brief, Found
from briefing.pipeline import Made, Settings, make_brief
from briefing.record import to_record
from briefing.render import render
from briefing.render.brand import ACCENT, Look
from briefing.store import Archive, Database, Readings, rules_version

__all__ = ["Press", "build", "clock", "formats_of", "look_of", "save"]


def clock() -> str:
    """The time of this run in UTC, to the second; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH: seconds since 1970 are needed, not {epoch!r}") from None


def build(inputs: Sequence[str], *, fetch: Fetch | None = None, **options: Any) -> Made:
    """The brief of the inputs, now; options as `make_brief`. Raises `InputError` where no input holds an article."""
    made = make_brief(collect(inputs, fetch=fetch), now=clock(), **options)
    if not made.articles:
        reasons = "".join(f"\n  {item.input}: {item.why}" for item in made.brief.coverage.dropped[:10])
        raise InputError(f"no article found in {', '.join(inputs)}{reasons}")
    return made


def formats_of(
    brief: Brief, names: Sequence[str], *, templates: Path | None = None, look: Look | None = None
) -> tuple[dict[str, bytes], dict[str, BriefingError]]:
    """({format: bytes}, {format: error}): a format that cannot be made costs only itself."""
    files, errors = {}, {}
    for name in names:
        try:
            files[name] = render(brief, name, templates=templates, look=look, capped=True)
        except BriefingError as error:
            errors[name] = error
    return files, errors


class Press:
    """Makes the editions of a configuration; an input that several profiles read is collected once for all of them."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.fetch = fetch_by(config.network, store=config.path(config.store))
        self.shared: dict[str, tuple[Found, ...] | None] = {}

    def share(self, profiles: Sequence[Profile]) -> None:
        """Keep what more than one of these profiles reads, until told otherwise."""
        inputs = Counter(given for profile in profiles for given in dict.fromkeys(profile.inputs))
        self.shared = {given: None for given, count in inputs.items() if count > 1}

    def make(self, profile: Profile, edition: str, previous: Brief | None) -> tuple[Made, dict[str, bytes]]:
        """The edition of a profile and its files, JSON always among them.

        Raises `BriefingError` where not one of the formats asked for could be made.
        """
        annotate = Annotator(profile.language)
        pages = self._collected(profile.inputs)
        settings = self._settings(profile, edition)
        with _opened(self.config) as database:
            window = Archive(database).articles(article.sha256 for article in previous.articles) if previous else ()
            version = f"{__version__} {rules_version()} {annotate.version} {settings.names}"
            known = Readings(database, version=version, clock=lambda: datetime.now(UTC))
            made = make_brief(
                pages,
                annotate=annotate,
                now=clock(),
                settings=settings,
                previous=previous,
                window=window,
                known=known,
            )
        made = replace(made, brief=_told(made.brief, profile.sections))
        templates = self.config.path(self.config.templates) if self.config.templates else None
        names = dict.fromkeys(("json", *profile.formats))
        files, errors = formats_of(made.brief, tuple(names), templates=templates, look=look_of(self.config, profile))
        if errors and len(errors) == len(set(profile.formats)):
            raise next(iter(errors.values()))
        return made, files

    def _settings(self, profile: Profile, edition: str) -> Settings:
        settings = Settings(
            title=profile.title,
            words=profile.words,
            stories=profile.stories,
            edition=edition,
            days=profile.days,
            watchlist=profile.watchlist,
            families=self.config.families,
            sites=self.config.sites,
            strict=profile.strict,
        )
        if profile.aliases is None:
            return settings
        lines = _read(self.config, profile.aliases).decode("utf-8-sig").split("\n")
        return replace(settings, aliases=read_aliases(lines, origin=profile.aliases))

    def _collected(self, inputs: Sequence[str]) -> Iterator[Found]:
        """The pages of the inputs; those that profiles share are collected by the first of them, for all."""
        yield from collect(map(self._place, (given for given in inputs if given not in self.shared)), fetch=self.fetch)
        for given in inputs:
            if given in self.shared:
                found = self.shared[given]
                if found is None:
                    found = self.shared[given] = tuple(collect([self._place(given)], fetch=self.fetch))
                yield from found

    def _place(self, given: str) -> str:
        return given if given == "-" or "://" in given else str(self.config.path(given))


@contextmanager
def _opened(config: Config) -> Iterator[Database]:
    database = Database(config.path(config.store))
    try:
        yield database
    finally:
        database.close()


def look_of(config: Config, profile: Profile) -> Look:
    """Theme, page and brand of a profile. Raises `InputError` where the logo cannot be read."""
    brand = profile.brand
    logo = _read(config, brand.logo) if brand.logo else None
    return Look(theme=profile.theme, page=profile.page, name=brand.name, colour=brand.colour or ACCENT, logo=logo)


def _told(brief: Brief, sections: Sequence[Section]) -> Brief:
    """The brief with the chosen sections of each story."""
    silent: dict[str, Any] = {name: () for name in SECTIONS if name not in sections}
    return replace(brief, stories=tuple(replace(story, **silent) for story in brief.stories))


def _read(config: Config, path: str) -> bytes:
    try:
        return config.path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{config.path(path)}: cannot be read: {error.strerror}") from error


def save(made: Made, folder: Path) -> Path:
    """The folder of the edition, with its articles; the formats are written beside them."""
    edition = folder / made.brief.edition
    edition.mkdir(parents=True, exist_ok=True)
    write(edition / ARTICLES, json_lines(to_record(article) for article in made.articles))
    return edition
