"""The user's own names: forms that mean one thing whatever the rules say, and terms that are always looked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.analyze.names.naming import normal
from briefing.errors import InputError
from briefing.model import Label, Mention


def read_aliases(lines: Iterable[str], *, origin: str = "alias table") -> dict[str, str]:
    """Form to canonical name, from lines "alias<TAB>canonical"; empty lines and those that begin with "#" are skipped.

    Raises `InputError` naming `origin` and the line that has no tab or an empty column.
    """
    table: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        alias, _, name = (part.strip() for part in line.rstrip("\r\n").partition("\t"))
        if not alias or not name:
            raise InputError(f"{origin}, line {number}: an alias, a tab and a name are needed, not {line.strip()!r}")
        table[alias] = name
    return table


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says of names: `forms` maps each form to its canonical name, as do `folded` forms for comparing."""

    forms: Mapping[str, str] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, *forms: str) -> str | None:
        """The user's name for the first of `forms` that is in the table, however it is cased or accented."""
        if not self.folded:
            return None
        return next((self.folded[normal(form)] for form in forms if normal(form) in self.folded), None)


def overrides(aliases: Mapping[str, str] | None, watchlist: Iterable[str] = ()) -> Overrides:
    """The user's alias table and watchlist as one: a canonical name or a term of the watchlist stands for itself."""
    table = dict(aliases or {})
    forms = {**{name: name for name in (*watchlist, *table.values())}, **table}
    return Overrides(forms, {normal(form): name for form, name in forms.items()})


def impose(text: str, mentions: Sequence[Mention], user: Overrides) -> tuple[Mention, ...]:
    """The mentions with the user's forms put in wherever they stand as whole words, instead of what was read there."""
    if not user.forms:
        return tuple(mentions)
    pattern = "|".join(re.escape(form) for form in sorted(user.forms, key=lambda form: (-len(form), form)))
    found = list(re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text))
    kept = [m for m in mentions if not any(m.start < f.end() and f.start() < m.end for f in found)]
    put = [Mention(f.start(), f.end(), f[0], _label_at(f.start(), f.end(), mentions)) for f in found]
    return _one_label(tuple(sorted([*kept, *put], key=lambda m: m.start)), user)


def _label_at(start: int, end: int, mentions: Sequence[Mention]) -> Label:
    """What was read there, else an organization: the likeliest thing that a recogniser misses."""
    return next((m.label for m in mentions if m.start < end and start < m.end and m.label != "DATE"), "ORG")


def _one_label(mentions: Sequence[Mention], user: Overrides) -> tuple[Mention, ...]:
    """All forms of one canonical name get the label that most of them have, persons first."""
    names = [user.canonical(m.text) if m.label != "DATE" else None for m in mentions]
    counts: dict[str, Counter[Label]] = {}
    for mention, name in zip(mentions, names, strict=True):
        if name is not None:
            counts.setdefault(name, Counter())[mention.label] += 1
    labels = {name: max(sorted(c), key=lambda label: (label == "PERSON", c[label])) for name, c in counts.items()}
    return tuple(m if n is None else replace(m, label=labels[n]) for m, n in zip(mentions, names, strict=True))
