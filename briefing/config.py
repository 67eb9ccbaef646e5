"""briefing.toml -> frozen Config; what is wrong is named with its key, its line and the way out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from briefing.errors import InputError
from briefing.record import from_record
from briefing.timing import Schedule, parse_schedule

Security = Literal["none", "starttls", "tls"]
TargetKind = Literal["folder", "maildir", "webhook"]


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves: an SMTP server. The password is read from `password_env` or `password_file`, never stored."""

    host: str
    sender: str
    port: int = 587
    security: Security = "starttls"
    user: str | None = None
    password_env: str | None = None
    password_file: str | None = None
    list_id: str | None = None
    unsubscribe: str | None = None  # a mailto: or https: address; one-click (RFC 8058) where it is https
    operator: str | None = None  # who is told when an edition fails
    retry_hours: int = 24  # how long a delivery is tried again
    dkim_domain: str | None = None
    dkim_selector: str | None = None
    dkim_key_file: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Another place for an edition: a folder, a Maildir, or a webhook (its address in `address_env`)."""

    kind: TargetKind
    path: str | None = None
    address_env: str | None = None


@dataclass(frozen=True, slots=True)
class Watchlist:
    """What lifts a story (terms, sources) and what keeps it out (muted terms)."""

    terms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One brief: what it reads, how it looks, when it is made, who gets it."""

    name: str
    inputs: tuple[str, ...]
    title: str = "Daily brief"
    schedule: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("json", "md", "html", "pdf")
    words: int = 150
    stories: int = 20
    theme: str = "analyst"
    page: str = "a4"
    language: str = "en"
    quiet: bool = False  # nothing is sent when there is no news
    enabled: bool = True
    targets: tuple[Target, ...] = ()
    watchlist: Watchlist = Watchlist()

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The schedule lines, parsed."""
        return tuple(parse_schedule(line) for line in self.schedule)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; relative paths are taken from the folder of its file."""

    profiles: tuple[Profile, ...]
    output: str = "output"
    store: str = "briefing.sqlite"
    templates: str | None = None
    keep_days: int = 0  # editions and their articles older than this are removed; 0 keeps all
    mail: Mail | None = None
    folder: Path = field(default=Path(), compare=False)

    def path(self, given: str) -> Path:
        """A path of the configuration, absolute or from the configuration's folder."""
        return self.folder / given

    def profile(self, name: str) -> Profile:
        """The profile called `name`. Raises `InputError` naming those there are."""
        for profile in self.profiles:
            if profile.name == name:
                return profile
        raise InputError(f"no profile named {name!r}; known: {', '.join(p.name for p in self.profiles)}")


def load_config(path: Path) -> Config:
    """The configuration in a file. Raises `InputError` naming file, line, key and way out."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        way = "write one with `briefing init`" if isinstance(error, FileNotFoundError) else "check its permissions"
        raise InputError(f"{path}: cannot be read: {error.strerror}; {way}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return parse_config(text, name=str(path), folder=path.resolve().parent)


def parse_config(text: str, *, name: str = "briefing.toml", folder: Path = Path()) -> Config:
    """The configuration in a text. Raises `InputError` naming `name`, line, key and way out."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not TOML: {error}") from error
    try:
        config = from_record(Config, _with_profiles(table), strict=True)
        _check(config)
    except ValueError as error:
        key = str(error).partition(":")[0]
        raise InputError(f"{name}{_line_of(key, text)}: {_plain(str(error))}") from error
    return replace(config, folder=folder)


def _with_profiles(table: Mapping[str, Any]) -> dict[str, Any]:
    """TOML's tables [profiles.NAME] as the list of profiles."""
    profiles = table.get("profiles")
    if not isinstance(profiles, Mapping) or not profiles:
        raise ValueError("Config.profiles: at least one table such as [profiles.morning] is needed")
    for name, profile in profiles.items():
        if not isinstance(profile, Mapping):
            raise ValueError(f"Config.profiles.{name}: a table [profiles.{name}] is needed")
    return {**table, "profiles": [{**profile, "name": name} for name, profile in profiles.items()]}


_ADDRESS = re.compile(r"(?:[^<>@\r\n]*<)?[^\s<>@,;]+@[^\s<>@,;]+>?")


def _check(config: Config) -> None:
    for number, profile in enumerate(config.profiles):
        where = f"Config.profiles[{number}]"
        for at, line in enumerate(profile.schedule):
            try:
                parse_schedule(line)
            except ValueError as error:
                raise ValueError(f"{where}.schedule[{at}]: {error}") from error
        for at, address in enumerate(profile.recipients):
            _check_address(f"{where}.recipients[{at}]", address)
        if profile.recipients and config.mail is None:
            raise ValueError(f"{where}.recipients: a table [mail] with host and sender is needed to send mail")
        _check_targets(where, profile)
    if config.mail is not None:
        _check_address("Config.mail.sender", config.mail.sender)
        if not 0 < config.mail.port < 65536:
            raise ValueError(f"Config.mail.port: between 1 and 65535, not {config.mail.port}")
    if config.keep_days < 0:
        raise ValueError(f"Config.keep_days: 0 or more, not {config.keep_days}")


def _check_address(where: str, address: str) -> None:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{where}: an address such as desk@example.org is needed, not {address!r}")


def _check_targets(where: str, profile: Profile) -> None:
    for at, target in enumerate(profile.targets):
        needed = "address_env" if target.kind == "webhook" else "path"
        if getattr(target, needed) is None:
            raise ValueError(f"{where}.targets[{at}]: a {target.kind} needs {needed!r}")


def _plain(message: str) -> str:
    return message.removeprefix("Config.").removeprefix("Config: ")


def _line_of(key: str, text: str) -> str:
    """ ":LINE" of the last name in a key such as Config.profiles[0].schedule[1], "" where it is not in the text."""
    names = re.findall(r"\w+", re.sub(r"\[\d+\]", "", key))
    for name in reversed(names[1:]):
        found = re.search(rf"^[ \t]*(?:\[+[^\]\n]*\b)?[\"']?{re.escape(name)}\b", text, re.MULTILINE)
        if found:
            return f":{text.count(chr(10), 0, found.start()) + 1}"
    return ""


def redacted(config: Config) -> dict[str, Any]:
    """The configuration as plain values; it holds names of secrets, never a secret."""
    from briefing.record import to_record

    return {f.name: to_record(getattr(config, f.name)) for f in fields(config) if f.name != "folder"}
