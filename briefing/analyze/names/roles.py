"""The office that stands beside a name: before it as a title, or behind it as an apposition.

title       Russian Deputy Foreign Minister NAME; NATO's secretary-general, NAME,
apposition  NAME, the U.S. ambassador to NATO; NAME, a fellow at the Carnegie Center; NAME is the mayor of ...
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analyze.names import titles
from briefing.analyze.names.layout import OWNERS, Scene, Tie
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.tokens import Word
from briefing.model import Span

LONGEST_TITLE = 9  # words walked back from a name
LONGEST_OBJECT = 5  # words of "history of science" in a role; longer ones are left out whole
_LINKS = frozenset({"of", "for", "to", "on"})
_AT = frozenset({"at", "with", "on", "for", "of", "in", "from"})
_AFTER_NAME = frozenset({",", ".", ";", ":", ")", "]", "and", "who", "”", '"', "—", "–", "-", "or"})
_VERBS = frozenset({"VERB", "AUX"})


def title_before(scene: Scene, person: int) -> Tie | None:
    """What the title before a person's name says, directly or before a comma; None when there is none."""
    first, behind = scene.bounds(person)
    index = first - 1
    while (word := scene.words.get(index)) is not None and plain(word.text) in HONORIFICS:
        index -= 1
    comma = word is not None and word.text == ","
    if comma and not _closes(scene, behind):
        return None
    last = _before_rank(scene, index - comma)
    low = _walk_back(scene, last, loose=comma)
    return _read_title(scene, person, low, last, comma=comma)


def _before_rank(scene: Scene, last: int) -> int:
    """Index of the office before a rank: "Spokesman" in "Spokesman Lt. Col. NAME"."""
    step = last
    while step > 0 and scene.words[step].low in titles.SHORT_RANKS:
        step -= 1
    word = scene.words.get(step)
    return step if step < last and word is not None and titles.is_office(word.text) else last


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
            if mention.label not in OWNERS or (mention.label != "NORP" and _is_predicate(scene, low, index)):
                break
            low = scene.bounds(scene.holds[step])[0]
        elif not (_belongs(scene, step, index) or (loose and _is_inner_article(scene, step))):
            break
        else:
            low = step
    return low


def _is_predicate(scene: Scene, low: int, last: int) -> bool:
    """Whether the word at `low` looks like a verb behind a name: "Austria welcomes President ..."."""
    word = scene.words.get(low)
    if word is None or low > last or word.is_possessive:
        return False
    return word.text.islower() and not titles.is_title_word(word.text)


def _belongs(scene: Scene, step: int, last: int) -> bool:
    """Whether the word at `step` can be part of a title that ends at `last`."""
    word, before = scene.words[step], scene.words.get(step - 1)
    if word.low in _LINKS:
        return (
            step < last and before is not None and _has_object(before) and not titles.is_office(scene.words[last].text)
        )
    if word.low == "and":
        return step < last and before is not None and _joins(before)
    if word.is_possessive:
        return step <= last and before is not None and before.is_word
    if word.text == "-":
        return _is_tight(scene.words.text, word)
    acts = word.pos in _VERBS and (word.text.islower() or not titles.is_title_word(word.text))
    return word.text[0].isalpha() and word.low not in titles.STOPS and not acts


def _is_tight(text: str, word: Word) -> bool:
    """Whether no space stands beside a hyphen."""
    return not text[word.start - 1].isspace() and not text[word.end : word.end + 1].isspace()


def _has_object(before: Word) -> bool:
    """Whether "of ..." may follow: a minister is one of something, a general is not."""
    return titles.is_office(before.text) and before.low not in titles.MILITARY


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
    if head is None or _is_verb(scene, low, head):
        return None
    owners = [n for n in _mentions_in(scene, low, last + 1) if scene.mentions[n].label in OWNERS]
    left = [n for n in owners if scene.bounds(n)[0] < head]
    bounded = bool(left) or _has_article(scene, low) or _behind_possessive(scene, low, head)
    if comma and not bounded and not (low > 0 and scene.words[low - 1].low == "and"):
        return None
    start = _role_start(scene, low, head, left, bounded=bounded)
    start = _with_principal(scene, start, head) if start == low else start
    right = [n for n in owners if n not in left]
    stop = last
    owner = _choose_owner(scene, left, scene.words[head])
    if owner is None and right and scene.words[head].low not in titles.ENVOYS:
        owner, stop = right[0], _before_link(scene, scene.bounds(right[0])[0]) - 1
    role = None if _is_relative(scene, low, head) else _span(scene, start, stop)
    return Tie(person, "title", role, owner, scene.words[head].low)


def _with_principal(scene: Scene, start: int, head: int) -> int:
    """Where the role begins with the person served: "Stone" in "Stone spokesman NAME", "Stone's lawyer, NAME"."""
    owned = start > 0 and scene.words[start - 1].is_possessive
    principal = scene.mention_at(start - 1 - owned)
    if principal is None or principal.label != "PERSON" or not scene.words[head].text.islower():
        return start
    return scene.bounds(scene.holds[start - 1 - owned])[0]


def _is_relative(scene: Scene, low: int, head: int) -> bool:
    """ "his German counterpart", "their leader": an office only in relation to somebody else."""
    before = scene.words.get(low - 1)
    return scene.words[head].low == "counterpart" or (before is not None and before.low in titles.SOMEBODYS)


def _is_verb(scene: Scene, low: int, head: int) -> bool:
    """Whether the office is a verb after all: "will head Smith's team"."""
    before = scene.words.get(low - 1)
    return low == head and scene.words[head].text.islower() and before is not None and before.low in titles.BEFORE_LEAD


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
    past = [index for index in range(low, head) if titles.PAST_TIES.match(scene.words[index].text)]
    if past:
        return past[0]
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
    if titles.is_title_word(word.text):
        return True
    return word.is_capital and (word.pos in ("PROPN", "ADJ") or not _opens_sentence(scene, index))


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
    lands = [n for n in candidates if scene.mentions[n].label != "ORG"]
    return (lands or candidates)[-1]


def _span(scene: Scene, start: int, last: int) -> Span | None:
    if start > last:
        return None
    begin, end = scene.words[start].start, scene.words[last].end
    return Span(begin, end, scene.words.text[begin:end])


# ---------------------------------------------------------------- apposition behind the name


def apposition_behind(scene: Scene, person: int) -> Tie | None:
    """What the apposition behind a person's name says; None when there is none."""
    start = _apposition_start(scene, scene.bounds(person)[1])
    if start is None:
        return None
    head = _head_ahead(scene, start)
    if head is None:
        return None
    left = [n for n in _mentions_in(scene, start, head) if scene.mentions[n].label in OWNERS]
    owner = _choose_owner(scene, left, scene.words[head])
    begin = _role_start(scene, start, head, left, bounded=True)
    while begin < head and scene.words[begin].low in titles.DETERMINERS | titles.ADVERBS:
        begin += 1
    stop, right = _tail(scene, head)
    if _goes_on(scene, stop if right is None else scene.bounds(right)[1] - 1):
        return None
    if owner is None or (
        scene.mentions[owner].label == "NORP" and right is not None and _is_organization(scene, right)
    ):
        owner = right if scene.words[head].low not in titles.ENVOYS and right is not None else owner
    return Tie(person, "apposition", _span(scene, begin, stop), owner, scene.words[head].low)


def _goes_on(scene: Scene, last: int) -> bool:
    """Whether what looked like an apposition opens something else: "NAME, a minister said", "A, President B"."""
    following, word = scene.mention_at(last + 1), scene.words.get(last + 1)
    return (following is not None and following.label == "PERSON") or (word is not None and word.low in titles.SPEECH)


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
            if mention.label not in OWNERS or best is not None:
                break
        elif titles.is_office(word.text) and word.low not in titles.STOPS:
            owned = scene.words.get(index + 1)
            best = None if owned is not None and (owned.is_possessive or _describes(word, owned)) else index
        elif best is not None and word.low == "and" and _is_joined_office(scene, index):
            continue
        elif not (titles.is_title_word(word.text) if best is not None else _may_precede(word, first=index == start)):
            break
    return best


def _describes(office: Word, behind: Word) -> bool:
    """Whether an office is an adjective after all: "a major figure"."""
    if office.low not in titles.ADJECTIVES or not behind.is_word or titles.is_office(behind.text):
        return False
    return behind.low not in titles.STOPS | _AT | _LINKS and behind.pos not in _VERBS


def _is_joined_office(scene: Scene, index: int) -> bool:
    """ "founder and chief executive": behind "and" at `index` a title goes on, without an article or a name."""
    for step in range(index + 1, min(index + 4, len(scene.words))):
        if scene.holds[step] >= 0 or not titles.is_title_word(scene.words[step].text):
            return False
        if titles.is_office(scene.words[step].text):
            return True
    return False


def _may_precede(word: Word, *, first: bool) -> bool:
    if word.is_possessive or word.text == "-":
        return True
    if word.low in titles.DETERMINERS:
        return True
    if not word.is_word or word.low in titles.STOPS or word.pos in _VERBS | {"ADP", "PRON", "SCONJ"}:
        return word.low in titles.MODIFIERS
    return not first or word.low in titles.MODIFIERS or not word.is_capital or word.pos in ("", "PROPN", "ADJ")


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
        if mention is not None and mention.label in OWNERS and _is_whole(scene, inner):
            if word.low == "to" or (word.low == "for" and scene.words[head].low in titles.ENVOYS):
                return scene.bounds(scene.holds[inner])[1] - 1, None
            return stop, scene.holds[inner]
        last = _phrase_end(scene, inner)
        if last < inner or last - inner + 1 == LONGEST_OBJECT:
            break
        holder = scene.mention_at(last + 1)
        if holder is not None and holder.label == "PERSON":
            break
        named = scene.mention_at(last)
        if named is not None and named.label == "ORG" and word.low != "to":
            return stop, scene.holds[last]
        if word.low in ("at", "in", "from", "with"):
            break
        stop, index = last, last + 1
    return stop, None


def _is_whole(scene: Scene, inner: int) -> bool:
    """Whether the mention is the phrase or its government, not the beginning of "Russian air defenses"."""
    behind = scene.bounds(scene.holds[inner])[1]
    word = scene.words.get(behind)
    if scene.mentions[scene.holds[inner]].label != "NORP" or word is None or not word.is_word:
        return True
    last = _phrase_end(scene, behind)
    return scene.words[max(last, behind)].low in titles.GOVERNMENT_NOUNS


def _phrase_end(scene: Scene, index: int) -> int:
    """Index of the last word of the plain noun phrase that begins at `index`, at most `LONGEST_OBJECT` words."""
    last = index - 1
    for step in range(index, min(index + LONGEST_OBJECT, len(scene.words))):
        word, mention = scene.words[step], scene.mention_at(step)
        if mention is not None and mention.label not in OWNERS:
            break
        if not word.is_word or word.low in titles.STOPS or word.low in _AT or word.pos in _VERBS:
            break
        last = step
    return last
