"""briefing.toml: what it says, and how its mistakes are named."""

from pathlib import Path

import pytest

from briefing.config import load_config, parse_config, redacted
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
        ("06:30", "26:30", r":10: profiles\[0\].schedule\[0\]: .*a time such as 06:30"),
        ("ann@example.org", "ann", r":11: profiles\[0\].recipients\[0\]: an address such as"),
        ('["ann@example.org"]', '["a@b.c\\nBcc: x@y.z"]', r"recipients\[0\]: an address such as"),
        ("[mail]\n", "[mial]\n", r":3: mial: no such key"),
        ("sender =", "port = 0\nsender =", r":5: mail.port: between 1 and 65535"),
        ("[profiles.morning]", "[profiles.morning", "not TOML"),
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
