"""A definite noun in, the organization behind it out: "the ministry", "the bank", "the alliance"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from briefing.analyze.names.titles import COMPANY_NOUNS, NAMED_BODIES, ORGANIZATION_NOUNS
from briefing.analyze.speech.trees import Tree

if TYPE_CHECKING:
    from briefing.analyze.speech.cast import Cast

NEAR = 3  # sentences back in which the only company is meant by "the company"
# what a few bodies are called whose names do not tell
KINDS = {
    "nato": "alliance", "north atlantic treaty organization": "alliance",
    "north atlantic treaty organisation": "alliance", "european union": "bloc", "eu": "bloc", "e.u.": "bloc",
    "asean": "bloc", "african union": "bloc", "mercosur": "bloc", "opec": "cartel", "opec+": "cartel",
}  # fmt: skip


def body_behind(cast: Cast, tree: Tree, source: tuple[int, int], head: int) -> int | None:
    """The entity that "the" and a noun of organizations mean, or None: one that has the noun in its name, or is of that
    kind, and was named last before; a company also where it is the only one named nearby."""
    noun = tree.words[head].lower()
    if tree.words[source[0]].lower() not in ("the", "this") or head - source[0] > 2 or tree.pos[head] != "NOUN":
        return None
    before = [m for m in cast.mentions[: bisect_left(cast.starts, tree.start[source[0]])] if _is_body(cast, m.entity)]
    named = [m.entity for m in before if noun in _kinds(cast, m.entity)]
    if named:
        return named[-1] if noun in ORGANIZATION_NOUNS or noun in KINDS.values() else None
    if noun not in NAMED_BODIES and noun not in ("group", "party", "union"):
        return None
    first = tree.start[tree.bounds[max(0, tree.sentence[head] - NEAR)][0]]
    near = {m.entity for m in before if m.start >= first and not _is_public(cast, m.entity)}
    return near.pop() if len(near) == 1 and noun in NAMED_BODIES else None


def _is_body(cast: Cast, entity: int) -> bool:
    return cast.entities[entity].kind == "organization"


def _kinds(cast: Cast, entity: int) -> set[str]:
    """The words of an organization's names, and what it is known to be."""
    names = [name.lower() for name in (cast.entities[entity].name, *cast.entities[entity].aliases)]
    return {word for name in names for word in name.split()} | {KINDS[name] for name in names if name in KINDS}


def _is_public(cast: Cast, entity: int) -> bool:
    """Whether the name has a noun that no company has: a ministry, a court, a union."""
    return bool(_kinds(cast, entity) & (ORGANIZATION_NOUNS - COMPANY_NOUNS - NAMED_BODIES | set(KINDS.values())))
