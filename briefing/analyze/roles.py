"""What an article says of a person's office and of whom the person speaks for, beside the name.

Frames, surest first:
    title       Russian Deputy Foreign Minister NAME; NATO's secretary-general, NAME,
    apposition  NAME, the U.S. ambassador to NATO; NAME, a fellow at the Carnegie Center; NAME is the mayor of ...
    delegation  NAME, who led the Russian side; the American delegation, headed by NAME
    owner       Russia's NAME; NAME of the Brookings Institution
    shared      Russian Foreign Minister A and Defense Minister NAME
    topic       For the Kremlin, ... Spokesman NAME
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefing.analyze import titles
from briefing.analyze.names import HONORIFICS, plain
from briefing.analyze.tokens import Word, Words
from briefing.model import Mention, Span

Frame = Literal["title", "apposition", "delegation", "owner", "shared", "topic"]
FRAMES: tuple[Frame, ...] = ("title", "apposition", "delegation", "owner", "shared", "topic")
LONGEST_TITLE = 9  # words walked back from a name
LONGEST_APPOSITION = 16  # words read behind a name
_OWNERS = frozenset({"ORG", "GPE", "NORP", "LOC"})
_LINKS = frozenset({"of", "for", "to", "on"})
_AT = frozenset({"at", "with", "on", "for", "of", "in", "from"})
_AFTER_NAME = frozenset({",", ".", ";", ":", ")", "]", "and", "who", "”", '"', "—", "–", "-", "or"})
_LEAD = frozenset(
    "lead leads led leading head heads headed heading represent represents represented representing".split()
)
_VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Tie:
    """What one place says of the person at mention `person`: role words, and the mention (index) of whom it is for."""

    person: int
    frame: Frame
    role: Span | None = None
    owner: int | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A text's words, mentions and sentences, and for each word the index of the mention it is part of, or -1."""

    words: Words
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]
    holds: tuple[int, ...]

    def mention_at(self, index: int) -> Mention | None:
        """The mention that the word at `index` is part of."""
        return self.mentions[self.holds[index]] if 0 <= index < len(self.holds) and self.holds[index] >= 0 else None

    def bounds(self, mention: int) -> tuple[int, int]:
        """Indices of the first word of a mention and of the first word behind it."""
        found = self.mentions[mention]
        return self.words.at(found.start), self.words.at(found.end)


def set_scene(words: Words, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]) -> Scene:
    """The scene of a text, its mentions in order and not overlapping."""
    holds = [-1] * len(words)
    for number, mention in enumerate(mentions):
        for index in range(words.at(mention.start), words.at(mention.end)):
            holds[index] = number
    return Scene(words, tuple(mentions), tuple(sentences), tuple(holds))


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
    first, behind = scene.bounds(person)
    before = _title_before(scene, person, first, behind)
    if before is not None:
        yield before
    after = _apposition_behind(scene, person, behind)
    if after is not None:
        yield after
    yield from _owner_beside(scene, person, first, behind)


# ---------------------------------------------------------------- title before the name


def _title_before(scene: Scene, person: int, first: int, behind: int) -> Tie | None:
    index = first - 1
    while (word := scene.words.get(index)) is not None and plain(word.text) in HONORIFICS:
        index -= 1
    comma = word is not None and word.text == ","
    if comma and not _closes(scene, behind):
        return None
    low = _walk_back(scene, index - comma, loose=comma)
    return _read_title(scene, person, low, index - comma, comma=comma)


def _closes(scene: Scene, behind: int) -> bool:
    """Whether a name between commas ends here, so that it explains the title before it."""
    word = scene.words.get(behind)
    return word is None or word.text in _AFTER_NAME


def _walk_back(scene: Scene, index: int, *, loose: bool) -> int:
    """Index of the first word of the noun phrase that ends at `index`; `index + 1` when there is none."""
    low = index + 1
    while low > 0 and index + 1 - low < LONGEST_TITLE:
        step = low - 1
        word, mention = scene.words[step], scene.mention_at(step)
        if "\n" in scene.words.text[word.end : scene.words[low].start if low < len(scene.words) else word.end]:
            break
        if mention is not None:
            if mention.label not in _OWNERS:
                break
            low = scene.bounds(scene.holds[step])[0]
        elif not (_belongs(scene, step, index) or (loose and _is_inner_article(scene, step))):
            break
        else:
            low = step
    return low


def _belongs(scene: Scene, step: int, last: int) -> bool:
    """Whether the word at `step` can be part of a title that ends at `last`."""
    word, before = scene.words[step], scene.words.get(step - 1)
    if word.low in _LINKS:
        return (
            step < last and before is not None and titles.is_office(before.text) and before.low not in titles.MILITARY
        )
    if word.low == "and":
        return step < last and before is not None and _joins(before)
    if word.is_possessive:
        return step <= last and before is not None and before.is_word
    if word.text == "-":
        return True
    return word.is_word and word.low not in titles.STOPS and (word.pos not in _VERBS or titles.is_title_word(word.text))


def _joins(before: Word) -> bool:
    """ "foreign and defense minister", "president and chief executive", but not "officials and President ..."."""
    return titles.is_title_word(before.text) and not before.low.endswith("s")


def _is_inner_article(scene: Scene, step: int) -> bool:
    """ "the" in "the head of the delegation"."""
    before, office = scene.words.get(step - 1), scene.words.get(step - 2)
    return (
        scene.words[step].low in titles.DETERMINERS
        and before is not None
        and office is not None
        and before.low in _LINKS
        and titles.is_office(office.text)
    )


def _read_title(scene: Scene, person: int, low: int, last: int, *, comma: bool) -> Tie | None:
    head = _head(scene, low, last)
    if head is None:
        return None
    owners = [n for n in _mentions_in(scene, low, last + 1) if scene.mentions[n].label in _OWNERS]
    left = [n for n in owners if scene.bounds(n)[0] < head]
    bounded = bool(left) or _has_article(scene, low) or _behind_possessive(scene, low, head)
    if comma and not bounded and not (low > 0 and scene.words[low - 1].low == "and"):
        return None
    start = _role_start(scene, low, head, left, bounded=bounded)
    right = [n for n in owners if n not in left]
    stop = last
    owner = _choose_owner(scene, left, scene.words[head])
    if owner is None and right and scene.words[head].low not in titles.ENVOYS:
        owner, stop = right[0], _before_link(scene, scene.bounds(right[0])[0]) - 1
    return Tie(person, "title", _span(scene, start, stop), owner, scene.words[head].low)


def _head(scene: Scene, low: int, last: int) -> int | None:
    """Index of the office in a title: its last word, or the word before "of ...", "to ...", "for ..."."""
    if low > last:
        return None
    if scene.holds[last] < 0 and titles.is_office(scene.words[last].text):
        return last
    for index in range(low, last):
        if (
            scene.holds[index] < 0
            and titles.is_office(scene.words[index].text)
            and scene.words[index + 1].low in _LINKS
        ):
            return index
    return None


def _role_start(scene: Scene, low: int, head: int, left: Sequence[int], *, bounded: bool) -> int:
    """Index of the first word of the role: behind the country or organization, unless "former" stands before that."""
    if titles.PAST_TIES.match(scene.words[low].text):
        return low
    start = max([scene.bounds(n)[1] for n in left], default=low)
    while start < head and (scene.words[start].is_possessive or not scene.words[start].is_word):
        start += 1
    possessive = [i for i in range(start, head) if scene.words[i].is_possessive]
    start = possessive[-1] + 1 if possessive else start
    while start < head and (scene.words[start].low in titles.EPITHETS or not (bounded or _is_titular(scene, start))):
        start += 1
    return start


def _is_titular(scene: Scene, index: int) -> bool:
    """Whether an unbounded title may begin here: with a title's word, or a capital that does not open the sentence."""
    word = scene.words[index]
    return titles.is_title_word(word.text) or (word.is_capital and not _opens_sentence(scene, index))


def _opens_sentence(scene: Scene, index: int) -> bool:
    before = scene.words.get(index - 1)
    return before is None or before.text in '.!?:“"”' or "\n" in scene.words.text[before.end : scene.words[index].start]


def _has_article(scene: Scene, low: int) -> bool:
    before = scene.words.get(low - 1)
    return before is not None and before.low in titles.DETERMINERS


def _behind_possessive(scene: Scene, low: int, head: int) -> bool:
    return any(scene.words[index].is_possessive for index in range(low, head))


def _before_link(scene: Scene, index: int) -> int:
    """Index of the preposition that leads to the word at `index`, articles skipped."""
    index -= 1
    while index > 0 and scene.words[index].low in titles.DETERMINERS:
        index -= 1
    return index


def _mentions_in(scene: Scene, low: int, high: int) -> list[int]:
    return list(dict.fromkeys(n for n in scene.holds[low:high] if n >= 0))


def _choose_owner(scene: Scene, candidates: Sequence[int], head: Word) -> int | None:
    """Whom the holder speaks for: an envoy for the country, others for the organization next to the office."""
    if not candidates:
        return None
    organizations = [n for n in candidates if scene.mentions[n].label == "ORG"]
    if organizations and head.low not in titles.ENVOYS:
        return organizations[-1]
    return candidates[0]


def _span(scene: Scene, start: int, last: int) -> Span | None:
    if start > last:
        return None
    begin, end = scene.words[start].start, scene.words[last].end
    return Span(begin, end, scene.words.text[begin:end])


# ---------------------------------------------------------------- apposition behind the name


def _apposition_behind(scene: Scene, person: int, behind: int) -> Tie | None:
    start = _apposition_start(scene, behind)
    if start is None:
        return None
    head = _head_ahead(scene, start)
    if head is None:
        return None
    left = [n for n in _mentions_in(scene, start, head) if scene.mentions[n].label in _OWNERS]
    owner = _choose_owner(scene, left, scene.words[head])
    begin = _role_start(scene, start, head, left, bounded=True)
    while scene.words[begin].low in titles.DETERMINERS:
        begin += 1
    stop, right = _tail(scene, head)
    if owner is None or (
        scene.mentions[owner].label == "NORP" and right is not None and _is_organization(scene, right)
    ):
        owner = right if scene.words[head].low not in titles.ENVOYS and right is not None else owner
    return Tie(person, "apposition", _span(scene, begin, stop), owner, scene.words[head].low)


def _is_organization(scene: Scene, mention: int) -> bool:
    return scene.mentions[mention].label == "ORG"


def _apposition_start(scene: Scene, behind: int) -> int | None:
    """Index of the first word behind "NAME,", "NAME, 54,", "NAME is" or "NAME, who is"; None behind others."""
    texts = [word.low for word in scene.words.items[behind : behind + 4]]
    if texts[:1] == ["is"]:
        return behind + 1
    if texts[:1] != [","] and texts[:1] not in (["—"], ["–"], ["("]):
        return None
    if texts[1:3] == ["who", "is"]:
        return behind + 3
    if len(texts) == 4 and texts[1].isdigit() and texts[2] == ",":
        return behind + 3
    return behind + 1


def _head_ahead(scene: Scene, start: int) -> int | None:
    """Index of the office in the noun phrase that begins at `start`: articles, modifiers, mentions, then the office."""
    best = None
    for index in range(start, min(start + LONGEST_TITLE, len(scene.words))):
        word, mention = scene.words[index], scene.mention_at(index)
        if index > start and "\n" in scene.words.text[scene.words[index - 1].end : word.start]:
            break
        if mention is not None:
            if mention.label not in _OWNERS or best is not None:
                break
        elif titles.is_office(word.text) and word.low not in titles.STOPS:
            best = index
        elif best is not None or not _may_precede(word, first=index == start):
            break
    return best


def _may_precede(word: Word, *, first: bool) -> bool:
    if word.is_possessive or word.text == "-":
        return True
    if word.low in titles.DETERMINERS:
        return True
    if not word.is_word or word.low in titles.STOPS or word.pos in _VERBS | {"ADP", "PRON", "SCONJ"}:
        return word.low in titles.MODIFIERS
    return not first or word.low in titles.MODIFIERS or not word.is_capital


def _tail(scene: Scene, head: int) -> tuple[int, int | None]:
    """Index of the last word of the role behind its office, and the mention that the office is held for.

    "of state" and "to NATO" stay in the role; "at the Carnegie Center" leads to whom the holder speaks for.
    """
    stop, index = head, head + 1
    while (word := scene.words.get(index)) is not None and word.low in _AT | {"to"}:
        inner = index + 1
        while (article := scene.words.get(inner)) is not None and article.low in titles.DETERMINERS:
            inner += 1
        mention = scene.mention_at(inner)
        if mention is not None and mention.label in _OWNERS and _is_whole(scene, inner):
            if word.low == "to":
                return scene.bounds(scene.holds[inner])[1] - 1, None
            return stop, scene.holds[inner]
        last = _phrase_end(scene, inner)
        if last < inner:
            break
        if word.low in ("at", "in", "from", "with"):
            break
        stop, index = last, last + 1
    return stop, None


def _is_whole(scene: Scene, inner: int) -> bool:
    """Whether the mention is the phrase, not the beginning of "Russian air defenses"."""
    behind = scene.words.get(scene.bounds(scene.holds[inner])[1])
    mention = scene.mentions[scene.holds[inner]]
    return mention.label != "NORP" or behind is None or not behind.is_word


def _phrase_end(scene: Scene, index: int) -> int:
    """Index of the last word of the plain noun phrase that begins at `index`, at most four words."""
    last = index - 1
    for step in range(index, min(index + 4, len(scene.words))):
        word, mention = scene.words[step], scene.mention_at(step)
        if mention is not None and mention.label not in _OWNERS:
            break
        if not word.is_word or word.low in titles.STOPS or word.low in _AT or word.pos in _VERBS:
            break
        last = step
    return last


# ---------------------------------------------------------------- sides without a title


def _owner_beside(scene: Scene, person: int, first: int, behind: int) -> Iterator[Tie]:
    """Russia's NAME; NAME of the Brookings Institution."""
    before = scene.words.get(first - 1)
    if before is not None and before.is_possessive:
        owner = scene.mention_at(first - 2)
        if owner is not None and owner.label in ("ORG", "GPE"):
            yield Tie(person, "owner", owner=scene.holds[first - 2])
    link = scene.words.get(behind)
    if link is not None and link.low == "of":
        inner = behind + 1 + (scene.words.get(behind + 1) is not None and scene.words[behind + 1].low == "the")
        mention = scene.mention_at(inner)
        if mention is not None and mention.label == "ORG":
            yield Tie(person, "owner", owner=scene.holds[inner])


def _delegations(scene: Scene) -> Iterator[Tie]:
    """Whoever leads, or is said to lead, the delegation of a country or organization speaks for it."""
    for index, word in enumerate(scene.words):
        if word.low not in _LEAD:
            continue
        before, after = scene.words.get(index - 1), scene.words.get(index + 1)
        if after is not None and after.low == "by":
            owner = _delegation_before(scene, index)
            people = _persons_behind(scene, index + 2)
        elif before is not None:
            owner = _delegation_behind(scene, index + 1)
            people = _persons_before(scene, index)
        if owner is not None:
            yield from (Tie(person, "delegation", owner=owner) for person in people)


def _delegation_behind(scene: Scene, index: int) -> int | None:
    """The mention in "the Russian side", "Moscow's delegation" from `index` on."""
    while (word := scene.words.get(index)) is not None and word.low in titles.DETERMINERS:
        index += 1
    mention = scene.mention_at(index)
    if mention is None or mention.label not in ("GPE", "NORP", "ORG"):
        return None
    behind = scene.words.get(scene.bounds(scene.holds[index])[1])
    owns = behind is not None and (behind.is_possessive or mention.label == "NORP" or behind.low in titles.DELEGATIONS)
    return scene.holds[index] if owns else None


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
    """The person named behind "by", behind a title at most."""
    for step in range(index, min(index + LONGEST_TITLE + 2, len(scene.words))):
        mention = scene.mention_at(step)
        if mention is not None and mention.label == "PERSON":
            return [scene.holds[step]]
        if scene.words[step].text in ".;!?":
            break
    return []


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
