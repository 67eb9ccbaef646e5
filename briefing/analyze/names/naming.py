"""Names of things for comparing, and which of several forms is the fullest."""

from __future__ import annotations

from briefing.analyze.names import titles
from briefing.analyze.names.acronyms import is_acronym
from briefing.analyze.names.people import HONORIFICS, parse_name, plain
from briefing.model import Kind


def normal(name: str) -> str:
    """A name of a thing for comparing: lower case, no accents, no article, no full stops."""
    return " ".join(plain(name).removeprefix("the ").replace("&", "and").replace("-", " ").split())


def role_key(role: str) -> str:
    """A role for comparing: lower case, one kind of hyphen and space."""
    return " ".join(role.lower().replace("-", " ").replace("‑", " ").split())


def begins(short: str, name: str) -> bool:
    """Whether `short` is the first word of an organization's name, as "Carnegie" of "Carnegie Moscow Center"."""
    first, _, rest = name.partition(" ")
    last = rest.rsplit(" ", 1)[-1].lower()
    telling = short.lower() not in titles.ORGANIZATION_NOUNS and not titles.is_title_word(short)
    return short == first and telling and last in titles.COMMON_NOUNS


def fullness(form: str, kind: Kind) -> tuple[int, int, int]:
    """How much a form tells: a person's words, without address, then letters; of others words, acronyms last."""
    if kind == "person":
        name = parse_name(form)
        addressed = bool(name.gender) or plain(form.split()[0]) in HONORIFICS
        return len(name.words), -addressed - form.isupper(), len(form)
    return (0 if is_acronym(form) else form.count(" ") + 1), len(form), -form.isupper()
