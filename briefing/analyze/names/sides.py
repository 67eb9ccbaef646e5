"""Whom a person speaks for: all that an article says of it, from titles and from the frames around names.

Frames, surest first; those of `roles` give the office too:
    title       Russian Deputy Foreign Minister NAME; NATO's secretary-general, NAME,
    apposition  NAME, the U.S. ambassador to NATO; NAME, a fellow at the Carnegie Center; NAME is the mayor of ...
    delegation  NAME, who led the Russian side; the American delegation, headed by NAME
    owner       Russia's NAME; NAME of the Brookings Institution
    shared      Russian Foreign Minister A and Defense Minister NAME
    topic       For the Kremlin, ... Spokesman NAME
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.analyze.names import titles
from briefing.analyze.names.layout import FRAMES, Scene, Tie
from briefing.analyze.names.roles import LONGEST_TITLE, apposition_behind, title_before
from briefing.analyze.names.tokens import Word

_WORKS_AT = frozenset({"of", "at", "from", "with"})
_SENT = frozenset({"ORG", "GPE"})
# Verbs whose object alone, without "delegation", is what the subject speaks for, and its labels.
_BARE = {
    "represent": _SENT,
    "represents": _SENT,
    "represented": _SENT,
    "heads": frozenset({"ORG"}),
    "leads": frozenset({"ORG"}),
}
_LEAD = frozenset(
    "lead leads led leading head heads headed heading represent represents represented representing".split()
)


def find_ties(scene: Scene) -> tuple[Tie, ...]:
    """All that the text says of persons' roles and sides, in order of the text, surer frames first for one mention."""
    ties: list[Tie] = []
    for number, mention in enumerate(scene.mentions):
        if mention.label == "PERSON":
            ties += _ties_of(scene, number)
    ties += _delegations(scene)
    ties += _shared(scene, ties)
    ties += _topics(scene, ties)
    return tuple(ties)


def _ties_of(scene: Scene, person: int) -> Iterator[Tie]:
    before = title_before(scene, person)
    if before is not None:
        yield before
    after = apposition_behind(scene, person)
    if after is not None:
        yield after
    title = before if before is not None and before.owner is None else None
    yield from _owner_beside(scene, person, title)


# ---------------------------------------------------------------- sides without a title


def _owner_beside(scene: Scene, person: int, title: Tie | None) -> Iterator[Tie]:
    """Russia's NAME; NAME of the Brookings Institution; analyst NAME at Barclays."""
    first, behind = scene.bounds(person)
    before = scene.words.get(first - 1)
    if before is not None and before.is_possessive:
        owner = scene.mention_at(first - 2)
        if owner is not None and owner.label in ("ORG", "GPE"):
            yield Tie(person, "owner", owner=scene.holds[first - 2])
    link = scene.words.get(behind)
    if link is not None and link.low in (_WORKS_AT if title else ("of",)):
        inner = behind + 1 + (scene.words.get(behind + 1) is not None and scene.words[behind + 1].low == "the")
        mention = scene.mention_at(inner)
        if mention is not None and (mention.label == "ORG" or (title and link.low == "of" and mention.label == "GPE")):
            yield Tie(person, "owner", owner=scene.holds[inner], head=title.head if title else "")


def _delegations(scene: Scene) -> Iterator[Tie]:
    """Whoever leads, or is said to lead, the delegation of a country or organization speaks for it."""
    for index, word in enumerate(scene.words):
        if word.low not in _LEAD:
            continue
        after = scene.words.get(index + 1)
        if after is not None and after.low == "by":
            owner = _delegation_before(scene, index)
            people = _persons_behind(scene, index + 2)
        else:
            owner = _delegation_behind(scene, index + 1, bare=_BARE.get(word.low, frozenset()))
            people = _persons_before(scene, index) + _companions(scene, index, owner)
        if owner is not None:
            yield from (Tie(person, "delegation", owner=owner) for person in people)


def _delegation_behind(scene: Scene, index: int, *, bare: frozenset[str]) -> int | None:
    """The mention in "the Russian side", "Moscow's delegation" from `index` on; alone if its label is `bare`."""
    while (word := scene.words.get(index)) is not None and word.low in titles.DETERMINERS:
        index += 1
    mention = scene.mention_at(index)
    if mention is None or mention.label not in ("GPE", "NORP", "ORG"):
        return None
    behind = scene.words.get(scene.bounds(scene.holds[index])[1])
    owns = behind is not None and (behind.is_possessive or mention.label == "NORP" or behind.low in titles.DELEGATIONS)
    return scene.holds[index] if owns or mention.label in bare else None


def _companions(scene: Scene, index: int, owner: int | None) -> list[int]:
    """The persons behind "with" in "led Moscow's delegation with Defence Minister A"."""
    if owner is None:
        return []
    behind = scene.bounds(owner)[1]
    for step in range(max(behind, index), min(behind + 4, len(scene.words))):
        if scene.words[step].low in ("with", "alongside"):
            return _persons_behind(scene, step + 1)
    return []


def _delegation_before(scene: Scene, index: int) -> int | None:
    """The mention in "the Russian delegation will be" before "headed by" at `index`."""
    for step in range(index - 1, max(-1, index - 7), -1):
        mention = scene.mention_at(step)
        if mention is not None:
            return scene.holds[step] if mention.label in ("GPE", "NORP", "ORG") else None
        if scene.words[step].text in ".;!?":
            return None
    return None


def _persons_behind(scene: Scene, index: int) -> list[int]:
    """The person named behind "by" and a title at most, and those joined to that person by "and"."""
    found: list[int] = []
    limit = index + LONGEST_TITLE + 2
    step = index
    while step < min(limit, len(scene.words)) and scene.words[step].text not in ".;!?":
        mention = scene.mention_at(step)
        if mention is not None and mention.label == "PERSON":
            found.append(scene.holds[step])
            step = scene.bounds(scene.holds[step])[1]
            joint = scene.words.get(step)
            if joint is None or joint.low not in ("and", ","):
                break
            limit = step + LONGEST_TITLE + 2 if joint.low == "and" else step + 2
        step += 1
    return found


def _persons_before(scene: Scene, index: int) -> list[int]:
    """The subject of the verb at `index` as far as it is persons: the last named before it, and those joined to it."""
    found: list[int] = []
    for step in range(index - 1, max(-1, index - 30), -1):
        word, mention = scene.words[step], scene.mention_at(step)
        if word.text in ".;!?" or "\n" in scene.words.text[word.end : scene.words[step + 1].start]:
            break
        if mention is not None and mention.label == "PERSON":
            if scene.holds[step] not in found:
                found.append(scene.holds[step])
        elif not (
            _links_subject(word)
            or (found and (mention is not None or titles.is_title_word(word.text) or word.text == ","))
        ):
            break
    return found


def _links_subject(word: Word) -> bool:
    return word.low in titles.BEFORE_LEAD or word.text == ","


def _shared(scene: Scene, ties: Sequence[Tie]) -> Iterator[Tie]:
    """A title without a side, joined by "and" to a titled person with one, shares it."""
    titled = {tie.person: tie for tie in ties if tie.frame == "title" and tie.role is not None}
    persons = [n for n, mention in enumerate(scene.mentions) if mention.label == "PERSON"]
    owners = {person: tie.owner for person, tie in titled.items() if tie.owner is not None}
    for earlier, later in pairwise(persons):
        tie = titled.get(later)
        if tie is None or later in owners or earlier not in owners or tie.role is None:
            continue
        if tie.head in titles.LOCAL_OFFICES:
            continue
        joint = scene.words.between(scene.mentions[earlier].end, tie.role.start)
        if (
            joint
            and all(word.low in ("and", ",", "as", "well") for word in joint)
            and joint[-1].low in ("and", "as", ",")
        ):
            owners[later] = owners[earlier]
            yield replace(tie, frame="shared", owner=owners[earlier])


def _topics(scene: Scene, ties: Sequence[Tie]) -> Iterator[Tie]:
    """A spokesperson without a side speaks for what the sentence before opens with."""
    sided = {tie.person for tie in ties if tie.owner is not None}
    for tie in ties:
        if tie.frame != "title" or tie.person in sided or tie.head not in titles.SPOKESPEOPLE:
            continue
        start = scene.mentions[tie.person].start
        earlier = [sentence for sentence in scene.sentences if sentence[1] <= start]
        topic = _topic(scene, *earlier[-1]) if earlier else None
        if topic is not None:
            yield replace(tie, frame="topic", owner=topic)


def _topic(scene: Scene, start: int, end: int) -> int | None:
    """The country or organization that a sentence opens with, alone or behind "For", "At", "In"."""
    first = scene.words.at(start)
    for index in range(first, min(first + 3, len(scene.words))):
        word, mention = scene.words[index], scene.mention_at(index)
        if word.start >= end:
            return None
        if mention is not None:
            return scene.holds[index] if mention.label in ("ORG", "GPE") else None
        if word.low not in ("for", "at", "the", "but", "and", "in", "yet"):
            return None
    return None


def sides(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    """The ties of each person mention, surest frame first."""
    found: dict[int, list[Tie]] = {}
    for tie in sorted(ties, key=lambda t: FRAMES.index(t.frame)):
        found.setdefault(tie.person, []).append(tie)
    return found
