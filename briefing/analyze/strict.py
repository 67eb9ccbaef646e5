"""What strict reading keeps of an article: speakers and actors whom the words of the source name themselves.

Left out are speakers behind a pronoun ("she said"), behind an office ("the mayor said"), and positions that were told
by one and are held by another ("Norway will send doctors, the ministry said"). Why:
docs/decisions/0007.
"""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.model import Attribution, Entity, Reading

_WORD = re.compile(r"\w+")


def strictly(reading: Reading) -> Reading:
    """The reading with speakers and actors taken away from attributions whose source does not name them."""
    return replace(reading, attributions=tuple(_strict(reading, attribution) for attribution in reading.attributions))


def _strict(reading: Reading, attribution: Attribution) -> Attribution:
    """The attribution with nobody who is not named in its source."""
    entity, actor = (
        index if index is not None and _is_named(reading.entities[index], attribution) else None
        for index in (attribution.entity, attribution.actor)
    )
    speaker = attribution.speaker if entity is not None else None
    return replace(attribution, speaker=speaker, entity=entity, actor=actor)


def _is_named(entity: Entity, attribution: Attribution) -> bool:
    """Whether the source has one of the entity's names, or the last word of a person's ("Ms. Brandt")."""
    said = _WORD.findall(attribution.source.text) if attribution.source is not None else []
    names = [_WORD.findall(name) for name in (entity.name, *entity.aliases)]
    if entity.kind == "person":
        names += [name[-1:] for name in names]
    return any(_holds(said, name) for name in names if name)


def _holds(words: list[str], name: list[str]) -> bool:
    return any(words[start : start + len(name)] == name for start in range(len(words) - len(name) + 1))
