"""briefing.toml: what it says, and how its mistakes are named."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from briefing.config import (
    Brand,
    Config,
    Mail,
    Profile,
    Site,
    Target,
    Watchlist,
    load_config,
    parse_config,
    redacted,
)
from briefing.errors import InputError

TEXT = """\
output = "briefs"

[mail]
host = "mail.example.org"
sender = "Desk <desk@example.org>"
password_env = "BRIEFING_PASSWORD"

[profiles.morning]
inputs = ["seeds"]
schedule = ["weekdays 06:30 Europe/Berlin"]
recipients = ["ann@example.org"]

[profiles.evening]
inputs = ["seeds"]
"""


def test_profiles_are_named_by_their_tables_and_paths_are_taken_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(TEXT)
    config = load_config(tmp_path / "briefing.toml")
    assert [profile.name for profile in config.profiles] == ["morning", "evening"]
    assert config.path(config.output) == tmp_path / "briefs"
    assert config.profile("morning").schedules[0].zone == "Europe/Berlin"


def test_an_unknown_profile_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="no profile named 'noon'; known: morning, evening"):
        parse_config(TEXT).profile("noon")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('output = "briefs"', 'outptu = "briefs"', r"briefing.toml:1: outptu: no such key; known: profiles, output"),
        ('host = "mail.example.org"', "host = 25", r":4: mail.host: str is needed, not int"),
        ("06:30", "26:30", r":10: profiles.morning.schedule\[0\]: .*a time such as 06:30"),
        ("ann@example.org", "ann", r":11: profiles.morning.recipients\[0\]: an address such as"),
        ('["ann@example.org"]', '["a@b.c\\nBcc: x@y.z"]', r"recipients\[0\]: an address such as"),
        ("[mail]\n", "[mial]\n", r":3: mial: no such key"),
        ("sender =", "port = 0\nsender =", r":5: mail.port: between 1 and 65535"),
        ("[profiles.morning]", "[profiles.morning", "not TOML"),
        ("[profiles.evening]\n", "[profiles.evening]\nschedul = []\n", r":14: profiles.evening.schedul: no such key"),
        (
            "[profiles.evening]\n",
            '[profiles.evening]\ntheme = "pink"\n',
            r":14: profiles.evening.theme: 'pink' is not one",
        ),
        (
            "[profiles.evening]\n",
            '[profiles.evening]\nformats = ["pfd"]\n',
            r":14: .*formats\[0\]: no format named 'pfd'; known",
        ),
        ("[profiles.evening]\n", '[profiles.evening]\nschedule = ["cron 0 6 31 2 * UTC"]\n', r":14: .*never comes"),
        (
            '[profiles.evening]\ninputs = ["seeds"]\n',
            '[profiles.evening]\ninputs = ["seeds"]\n[profiles.evening.brand]\ncolour = "red"\n',
            r":16: profiles.evening.brand.colour: a colour",
        ),
        ("[profiles.evening]\n", '[profiles."../x"]\n', r": profiles.../x: a name of letters"),
        ("[profiles.evening]\n", "[profiles.evening]\nwords = 0\n", r":14: profiles.evening.words: 1 or more"),
        (
            "[profiles.evening]\n",
            '[profiles.evening]\nstrict = "yes"\n',
            r":14: profiles.evening.strict: bool is needed",
        ),
        ('password_env = "BRIEFING_PASSWORD"', 'password = "hunter2"', r":6: mail.password: no such key"),
        ('password_env = "BRIEFING_PASSWORD"', 'user = "desk"', r":6: mail.user: name where its password is"),
        (
            'password_env = "BRIEFING_PASSWORD"',
            'unsubscribe = "javascript:x"',
            r":6: mail.unsubscribe: a mailto: or https:",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=message):
        parse_config(TEXT.replace(old, new, 1))


def test_recipients_without_a_mail_table_are_a_mistake() -> None:
    with pytest.raises(InputError, match=r"a table \[mail\] with host and sender is needed"):
        parse_config('[profiles.a]\ninputs = ["x"]\nrecipients = ["a@example.org"]\n')


def test_no_profile_is_a_mistake() -> None:
    with pytest.raises(InputError, match=r"at least one table such as \[profiles.morning\]"):
        parse_config('output = "x"\n')


def test_a_file_that_is_absent_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="write one with `briefing init`"):
        load_config(tmp_path / "briefing.toml")


def test_the_shown_configuration_names_secrets_and_holds_none() -> None:
    shown = redacted(parse_config(TEXT))
    assert shown["mail"]["password_env"] == "BRIEFING_PASSWORD"
    assert "folder" not in shown


def test_the_themes_and_pages_of_the_configuration_are_those_of_the_render_room() -> None:
    from typing import get_args

    from briefing import config
    from briefing.model import BriefStory
    from briefing.render import PAGES, THEMES

    assert get_args(config.Theme) == THEMES
    assert set(get_args(config.PageSize)) == set(PAGES)
    assert set(config.SECTIONS) <= set(BriefStory.__dataclass_fields__)


def test_a_secret_written_into_the_file_is_not_repeated_in_the_error() -> None:
    with pytest.raises(InputError) as error:
        parse_config(TEXT.replace('password_env = "BRIEFING_PASSWORD"', 'password = "hunter2"'))
    assert "hunter2" not in str(error.value)


def test_the_sample_with_every_line_taken_in_is_a_sound_configuration(root: Path) -> None:
    text = (root / "templates" / "service" / "briefing.toml").read_text("utf-8")
    assert parse_config(text).profiles[0].name == "morning"
    options = re.sub(r"^# (?=[\w.]+ = |\[)", "", text, flags=re.MULTILINE)
    config = parse_config(options)
    assert config.mail is not None
    assert config.profiles[0].targets[0].kind == "folder"
    assert config.profiles[0].brand.colour == "#004488"
    known = {f.name for noun in (Config, Mail, Profile, Watchlist, Brand, Target, Site) for f in fields(noun)}
    unsaid = {"profiles", "network", "folder", "name", "enabled", "ca_file", "address_env", "password_file", "days"}
    assert {name for name in known if f"{name} = " not in options} <= unsaid | {
        "mail",
        "targets",
        "watchlist",
        "brand",
        "families",
        "sites",
    }


def test_families_map_outlets_to_publishers() -> None:
    assert parse_config(TEXT + '\n[families]\n"The Echo" = "Press"\n').families == {"The Echo": "Press"}
    with pytest.raises(InputError, match=r"families\.Echo: the name of a publisher is needed, not 1"):
        parse_config(TEXT + "\n[families]\nEcho = 1\n")


SITES = """
[sites."example.org"]
body = "div.story"
remove = ["aside", "//p[@class='ad']"]
"""


def test_rules_for_sites_are_read_one_selector_or_a_list() -> None:
    config = parse_config(TEXT + SITES)
    assert config.sites == {"example.org": Site(body=("div.story",), remove=("aside", "//p[@class='ad']"))}
    assert redacted(config)["sites"]["example.org"]["body"] == ["div.story"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("body =", "bdoy =", r":17: sites.example.org.bdoy: no such key; known: body, remove, title, author, date"),
        ("div.story", "div[", r":17: sites.example.org.body\[0\]: no selector: 'div\[': .*; give CSS such as"),
        ("//p[@class='ad']", "//p[", r":18: sites.example.org.remove\[1\]: no selector: '//p\[': Invalid"),
        ("//p[@class='ad']", "count(//p)", r":18: .*neither elements nor text"),
        ('"div.story"', "3", r":17: sites.example.org.body: a list is needed, not int"),
        (
            'sites."example.org"',
            'sites."https://example.org/"',
            r": sites: .https://example.org/. is no domain; give one such as",
        ),
        ('[sites."example.org"]\nbody', "sites", r"sites: an object is needed, not str"),
    ],
)
def test_a_mistake_in_the_rules_for_a_site_is_named_with_its_line(old: str, new: str, message: str) -> None:
    assert old in SITES
    text = SITES.replace(old, new, 1)
    with pytest.raises(InputError, match=message):
        parse_config(TEXT + text if "[sites" in text else text.split("\nremove")[0] + "\n" + TEXT)
