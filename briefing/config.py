"""briefing.toml -> frozen Config; what is wrong is named with its key, its line and the way out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from briefing.errors import InputError
from briefing.record import from_record
from briefing.registry import known as known_names
from briefing.selectors import compiled
from briefing.timing import Schedule, parse_schedule

Security = Literal["none", "starttls", "tls"]
TargetKind = Literal["folder", "maildir", "webhook"]
Theme = Literal["analyst", "newspaper", "plain"]  # those of the render room; a test holds them against it
PageSize = Literal["a4", "letter", "tablet"]
Section = Literal[
    "summary", "meetings", "places", "positions", "quotes", "people", "figures", "timeline", "differences"
]
SECTIONS: tuple[Section, ...] = get_args(Section)


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
    ca_file: str | None = None  # certificates to trust beside the system's, for a server of one's own
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
class Brand:
    """Whose brief it is: a name, an accent colour (#rrggbb), a logo (PNG, JPEG or SVG file)."""

    name: str | None = None
    colour: str | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """How addresses are fetched: limits of one fetch and of a run, and manners towards each host."""

    seconds: float = 20.0  # one fetch may take so long, redirects included
    size: int = 10_000_000  # bytes of one answer
    run_seconds: float = 1_800.0  # all fetching of a run
    hosts: int = 16  # asked at the same time
    pause: float = 1.0  # seconds between two requests to one host
    host_pages: int = 300  # addresses of one host in a run
    complete: bool = True  # fetch the page of a feed's entry that is only a teaser
    allow_private: bool = False  # reach addresses of this machine and of local networks
    agent: str | None = None  # how we introduce ourselves; sites like an address to turn to
    proxies: Mapping[str, str] = field(default_factory=dict, hash=False)  # by scheme; default: those of the environment


@dataclass(frozen=True, slots=True)
class Site:
    """Where things stand on the pages of a site, for what is not read right: selectors, CSS or XPath."""

    body: tuple[str, ...] = ()  # the elements that hold the body
    remove: tuple[str, ...] = ()  # elements that go before anything is read
    title: tuple[str, ...] = ()  # the first that is there; so with the date
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()


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
    days: int = 0  # articles older than that when the edition is made are left out; 0 takes all
    sections: tuple[Section, ...] = SECTIONS  # of each story, those to be told
    theme: Theme = "analyst"
    page: PageSize = "a4"
    language: str = "en"  # the language pipeline: ours, an installed spaCy package, or a folder
    aliases: str | None = None  # a file of lines FORM<tab>NAME
    strict: bool = False  # only speakers and actors whom the words of the source name outright
    quiet: bool = False  # nothing is sent when there is no news
    enabled: bool = True
    targets: tuple[Target, ...] = ()
    watchlist: Watchlist = Watchlist()
    brand: Brand = Brand()

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
    health: str | None = None  # a file that says after each look at the schedule how things stand, for monitors
    mail: Mail | None = None
    network: Network = Network()
    families: Mapping[str, str] = field(default_factory=dict)  # outlet -> publisher: one family, one independent source
    sites: Mapping[str, Site] = field(default_factory=dict)  # by domain; it holds for the domains below, too
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
        config = from_record(Config, _with_sites(_with_profiles(table)), strict=True)
        _check(config)
    except ValueError as error:
        message = _named(str(error), list(table.get("profiles", ())))
        raise InputError(f"{name}{_line_of(message.partition(':')[0], text)}: {message}") from error
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


def _with_sites(table: dict[str, Any]) -> dict[str, Any]:
    """The rules for sites with one selector as good as a list of one."""
    sites = table.get("sites")
    if not isinstance(sites, Mapping):
        return table
    return {**table, "sites": {name: _listed(site) for name, site in sites.items()}}


def _listed(site: Any) -> Any:
    if not isinstance(site, Mapping):
        return site
    return {key: [value] if isinstance(value, str) else value for key, value in site.items()}


_UNSUBSCRIBE = re.compile(r"(?:mailto|https):[!-;=?-~]{1,900}")  # what fits a line of RFC 5322, and in < >
_PROXY = re.compile(r"(?:http://)?(?:[^\s/@]+@)?[^\s/@]+/?")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")  # with other letters: in its xn-- form, as in addresses
_ADDRESS = re.compile(r"(?:[^<>@\r\n]*<)?[^\s<>@,;]+@[^\s<>@,;]+>?")


def _check(config: Config) -> None:
    for outlet, publisher in config.families.items():
        if not isinstance(publisher, str):
            raise ValueError(f"Config.families.{outlet}: the name of a publisher is needed, not {publisher!r}")
    for domain, site in config.sites.items():
        _check_site(f"Config.sites.{domain}", domain, site)
    for number, profile in enumerate(config.profiles):
        _check_profile(f"Config.profiles[{number}]", profile, mail=config.mail is not None)
    for scheme, proxy in config.network.proxies.items():
        _check_proxy(scheme, proxy)
    for name in ("seconds", "size", "run_seconds", "hosts", "host_pages"):
        if getattr(config.network, name) <= 0:
            raise ValueError(f"Config.network.{name}: more than 0, not {getattr(config.network, name)}")
    if config.keep_days < 0:
        raise ValueError(f"Config.keep_days: 0 or more, not {config.keep_days}")
    if config.mail is not None:
        _check_mail(config.mail)


def _check_proxy(scheme: str, proxy: Any) -> None:
    """One line of [network] proxies; its value is not repeated, as it may hold a password."""
    if scheme not in ("http", "https", "all", "no"):
        raise ValueError(f"Config.network.proxies.{scheme}: no such key; known: http, https, all, no")
    if not isinstance(proxy, str) or (scheme != "no" and not _PROXY.fullmatch(proxy)):
        needed = "host names with commas between" if scheme == "no" else "http://HOST:PORT"
        raise ValueError(f"Config.network.proxies.{scheme}: {needed} is needed")


def _check_site(where: str, domain: str, site: Site) -> None:
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f'Config.sites: {domain!r} is no domain; give one such as "example.org", in lower case')
    for name in (f.name for f in fields(site)):
        for at, selector in enumerate(getattr(site, name)):
            try:
                compiled(selector)
            except ValueError as error:
                raise ValueError(f"{where}.{name}[{at}]: {error}") from error


def _check_profile(where: str, profile: Profile, *, mail: bool) -> None:
    if not re.fullmatch(r"\w[\w.-]*", profile.name):
        raise ValueError(f"{where}: a name of letters, digits, - and _ is needed: it names a folder")
    for at, line in enumerate(profile.schedule):
        try:
            parse_schedule(line)
        except ValueError as error:
            raise ValueError(f"{where}.schedule[{at}]: {error}") from error
    for at, address in enumerate(profile.recipients):
        _check_address(f"{where}.recipients[{at}]", address)
    if profile.recipients and not mail:
        raise ValueError(f"{where}.recipients: a table [mail] with host and sender is needed to send mail")
    for name in ("words", "stories"):
        if getattr(profile, name) < 1:
            raise ValueError(f"{where}.{name}: 1 or more, not {getattr(profile, name)}")
    if profile.brand.colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", profile.brand.colour):
        raise ValueError(f"{where}.brand.colour: a colour such as #8a1c2b is needed, not {profile.brand.colour!r}")
    _check_formats(where, profile)
    _check_targets(where, profile)


def _check_formats(where: str, profile: Profile) -> None:
    for at, name in enumerate(profile.formats):
        if name not in (known := known_names("renderers")):
            raise ValueError(f"{where}.formats[{at}]: no format named {name!r}; known: {', '.join(known)}")


def _check_mail(mail: Mail) -> None:
    _check_address("Config.mail.sender", mail.sender)
    if mail.operator is not None:
        _check_address("Config.mail.operator", mail.operator)
    if not 0 < mail.port < 65536:
        raise ValueError(f"Config.mail.port: between 1 and 65535, not {mail.port}")
    if mail.retry_hours < 0:
        raise ValueError(f"Config.mail.retry_hours: 0 or more, not {mail.retry_hours}")
    if mail.unsubscribe is not None and not _UNSUBSCRIBE.fullmatch(mail.unsubscribe):
        raise ValueError("Config.mail.unsubscribe: a mailto: or https: address of at most 900 ASCII characters")
    if mail.user and not (mail.password_env or mail.password_file):
        raise ValueError("Config.mail.user: name where its password is, with password_env or password_file")
    if mail.dkim_key_file and not (mail.dkim_domain and mail.dkim_selector):
        raise ValueError("Config.mail.dkim_key_file: dkim_domain and dkim_selector are needed too")


def _check_address(where: str, address: str) -> None:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{where}: an address such as desk@example.org is needed, not {address!r}")


def _check_targets(where: str, profile: Profile) -> None:
    for at, target in enumerate(profile.targets):
        needed = "address_env" if target.kind == "webhook" else "path"
        if getattr(target, needed) is None:
            raise ValueError(f"{where}.targets[{at}]: a {target.kind} needs {needed!r}")


def _named(message: str, names: list[str]) -> str:
    """The message with keys as the file has them: profiles.morning.schedule for Config.profiles[0].schedule."""
    key, colon, rest = message.removeprefix("Config.").removeprefix("Config: ").partition(":")
    return re.sub(r"^profiles\[(\d+)\]", lambda found: f"profiles.{names[int(found[1])]}", key) + colon + rest


_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w\-.\"' ]+?)\s*=")


def _line_of(key: str, text: str) -> str:
    """ ":LINE" of the key, or of the nearest table around it, "" where neither is in the text."""
    wanted, table = re.findall(r"[^.\[\]]+", re.sub(r"\[\d+\]", "", key)), []
    best = (0, "")
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            path = table = _parts(header[1])
        elif assigned := _KEY.match(line):
            path = table + _parts(assigned[1])
        else:
            continue
        if len(path) > best[0] and path == wanted[: len(path)]:
            best = (len(path), f":{number}")
    return best[1]


def _parts(dotted: str) -> list[str]:
    return [part.strip(" \"'") for part in dotted.split(".")]


def redacted(config: Config) -> dict[str, Any]:
    """The configuration as plain values; it holds names of secrets, and of a proxy's login only that there is one."""
    from briefing.record import to_record

    proxies = {scheme: re.sub(r"[^\s/@]+@", "…@", proxy) for scheme, proxy in config.network.proxies.items()}
    shown = replace(config, network=replace(config.network, proxies=proxies))
    return {f.name: to_record(getattr(shown, f.name)) for f in fields(config) if f.name != "folder"}
