"""Around a verb or noun of meeting: who is its subject, whom its words reach, where and when it says it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyze.counts.counted import TIME_UNITS
from briefing.analyze.meet.parties import RELATIVE, Party, stands_for_others, with_company
from briefing.analyze.meet.verb_groups import STOPS, group_start, is_finite
from briefing.analyze.meet.view import Name, Scene, is_place
from briefing.analyze.meet.words import FORMATS, RELATIONS, REPORTING, SINGULAR_PEOPLE
from briefing.language.dates import DateMention
from briefing.language.gazetteers import region_of

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 30  # tokens after a verb in which its "with" or "between" is looked for
NOT_THEN = frozenset(
    "since until till before after by from".split()
)  # dates behind them are not the day of the meeting
SETTING_NOUNS = TIME_UNITS | frozenset(
    "place headquarters palace residence hotel dinner lunch breakfast ceremony event forum office castle villa "
    "embassy retreat hall venue person private secret chambers chamber offices airport site house home resort town "
    "city village capital port harbor harbour suburb district university school college club restaurant centre center "
    "building parliament arena stadium base camp monastery church cathedral mosque temple court courthouse ship yacht "
    "ranch farm estate mansion manor lodge ministry mission stopover stop layover fair".split()
)
TIMES = frozenset("time times occasion occasions twice thrice once again".split())
SETTING = frozenset("in at near outside inside on".split())


def clause_end(scene: Scene, start: int) -> int:
    """Where the clause ends that a verb or noun before `start` stands in, at most `REACH` tokens on."""
    doc = scene.doc
    sentence = doc[start - 1].sent
    for index in range(start, min(sentence.end, start + REACH)):
        token = doc[index]
        if token.text in STOPS and index not in scene.names:
            return index
        if token.lower_ in RELATIVE and not (token.lower_ == "that" and token.pos_ == "DET"):
            return index
        if token.lower_ in ("as", "while", "because", "although", "though", "whereas", "but") and token.pos_ in (
            "SCONJ",
            "CCONJ",
        ):
            return index
        if is_finite(scene, token):
            return index
    return min(sentence.end, start + REACH)


def reached(scene: Scene, start: int, stop: int, prepositions: frozenset[str]) -> tuple[list[Party], str | None]:
    """The parties behind the first of the prepositions in [start, stop), and that preposition, None without any.

    Company that follows a relative clause ("along with ...") is taken in too.
    """
    doc = scene.doc
    for index in range(start, stop):
        token = doc[index]
        if token.lower_ in prepositions and token.tag_ != "TO" and doc[index - 1].lower_ not in ("along", "together"):
            before = doc[index - 1]
            if token.lower_ in ("with", "between", "among") and index > start and _is_of_another(before):
                continue
            return with_company(scene, index + 1, doc[index].sent.end), token.lower_
    return [], None


def _is_of_another(before: Token) -> bool:
    """True for "with" in "people familiar with the matter", "talks on relations with Norland": it names no partner."""
    return before.lower_ in SINGULAR_PEOPLE | RELATIONS or (
        before.pos_ == "ADJ" and before.lower_ not in ("face", "one")
    )


def direct_object(scene: Scene, verb: Token) -> tuple[list[Party], bool]:
    """The parties of the phrase right behind a verb, and whether there is such a phrase."""
    doc = scene.doc
    index = verb.i + 1
    while index < len(doc) and (
        doc[index].tag_ == "RP" or (doc[index].pos_ == "ADV" and doc[index].lower_ not in ("there", "here"))
    ):
        index += 1
    if index >= len(doc) or index >= verb.sent.end:
        return [], False
    token = doc[index]
    if token.pos_ in ("ADP", "SCONJ", "PUNCT", "CCONJ", "AUX", "VERB", "SPACE", "PART") and index not in scene.names:
        return [], False
    if scene.date_at(token) is not None or _tells_time(scene, index):
        return [], False
    return with_company(scene, index, token.sent.end) if _of_people(scene, index) else [], True


def _of_people(scene: Scene, start: int) -> bool:
    """False for an object such as "38 percent support, with Berg": no name and no office before its first comma."""
    for token in scene.doc[start : scene.doc[start].sent.end]:
        if token.i in scene.names or stands_for_others(token):
            return True
        if token.text == "," or token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _tells_time(scene: Scene, index: int) -> bool:
    """True for "last week", "four times", "a second time", "the following day": when or how often, not whom."""
    for token in scene.doc[index : index + 4]:
        if token.i in scene.names:
            return False
        if token.lemma_.lower() in TIME_UNITS | TIMES or token.lower_ in TIMES:
            return True
        if token.pos_ not in ("DET", "NUM", "ADJ", "ADV"):
            return False
    return False


# ---------------------------------------------------------------- where and when


def phrase_start(scene: Scene, noun: Token) -> int:
    """The first token of a noun's phrase: articles, owners, adjectives and names directly before it."""
    index = noun.i
    while index > noun.sent.start:
        token = scene.doc[index - 1]
        inside = index - 1 in scene.names or scene.date_at(token) is not None or token.text in ("-", "–", "/")
        inside = (
            inside
            or token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON")
            or token.dep_ in ("amod", "compound")
        )
        if not inside:
            break
        if token.tag_ == "TO" or token.lower_ in ("that", "who", "which", "not"):
            break
        index -= 1
    return index


def place_of(scene: Scene, start: int, stop: int, triggers: frozenset[int], *, destination: bool = False) -> str | None:
    """The entity id of the place that tokens [start, stop) give for an occasion: "in Geneva", "at NATO in Brussels".

    Behind a common noun of something else ("the war in Mali") a place tells nothing of the meeting. With
    `destination`, "to Geneva" counts too.
    """
    ways = SETTING | {"to"} if destination else SETTING
    for index in range(start, stop):
        name = scene.names.get(index)
        if name is None or name.first != index or not is_place(name):
            continue
        preposition = _preposition(scene, index, start)
        if preposition is None or scene.doc[preposition].lower_ not in ways:
            continue
        if region_of(scene.entity(name.entity).name) is not None:
            continue  # "in Europe" is no place to meet at
        if scene.doc[preposition].lower_ == "on" and scene.is_state(name.entity):
            continue  # "sanctions on Norland"
        if any(_breaks(scene, i) for i in range(start, preposition)):
            return None
        apart = scene.doc[index].head.i in triggers  # so the parse says, whatever noun stands before "in"
        if preposition <= start or apart or _may_precede(scene, preposition - 1, triggers):
            return _inner_place(scene, name).entity
    return None


def _inner_place(scene: Scene, name: Name) -> Name:
    """The town in "the Egyptian resort of Dahab", "the Niger capital Niamey": the last place of the phrase."""
    for index in range(name.last + 1, min(name.last + 6, len(scene.doc))):
        other, token = scene.names.get(index), scene.doc[index]
        if other is not None:
            return other if is_place(other) and index > name.last + 1 else name
        inside = token.lower_ in ("in", "at") and scene.doc[index - 1].lemma_.lower() in SETTING_NOUNS
        if token.pos_ not in ("NOUN", "ADJ") and token.lower_ != "of" and not inside:
            break  # "the Berg palace in Ghent"
    return name


def _breaks(scene: Scene, index: int) -> bool:
    """True where a comma and a conjunction begin another statement."""
    return scene.doc[index].text == "," and scene.doc[index + 1].lower_ in ("and", "but", "or")


def _preposition(scene: Scene, index: int, start: int) -> int | None:
    """The preposition before a place, past the words of a building in it: "at NATO's Brussels headquarters"."""
    for back in range(index - 1, max(start - 1, index - 5) - 1, -1):
        if back < 0:
            return None
        token = scene.doc[back]
        if (token.pos_ == "ADP" or token.lower_ in SETTING | {"to"}) and back not in scene.names:
            return back
        if token.text != "," and token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PRON"):
            return None
        if token.text == "," and not (back - 1 in scene.names and is_place(scene.names[back - 1])):
            return None
    return None


def _may_precede(scene: Scene, index: int, triggers: frozenset[int]) -> bool:
    """True when what stands before "in" is the occasion itself, a party, a date, a place or a verb."""
    token = scene.doc[index]
    if index in triggers or index in scene.names or scene.date_at(token) is not None:
        return True
    if token.pos_ in ("VERB", "ADV", "AUX", "PUNCT", "CCONJ", "SCONJ", "SPACE", "NUM") or token.tag_ == "RP":
        return True
    return stands_for_others(token) or token.lower_ in FORMATS or token.lemma_.lower() in SETTING_NOUNS


def date_of(scene: Scene, trigger: int, start: int, stop: int, triggers: frozenset[int]) -> DateMention | None:
    """The date that belongs to an occasion: the nearest one within its clause with no other occasion in between."""
    best: tuple[int, DateMention] | None = None
    for token in range(start, stop):
        date = scene.dated.get(token)
        if date is None or scene.dated.get(token - 1) is date:
            continue
        if token > start and scene.doc[token - 1].lower_ in NOT_THEN and not _owns(scene, date):
            continue
        spoken = scene.doc[token - 2] if scene.doc[token - 1].lower_ == "on" else scene.doc[token - 1]
        if spoken.lemma_.lower() in REPORTING and token > start:
            continue
        low, high = sorted((trigger, token))
        if any(other in triggers and other != trigger for other in range(low + 1, high)):
            continue
        distance = high - low + (0 if token > trigger else 2)
        if best is None or distance < best[0]:
            best = distance, date
    return best[1] if best else None


def _owns(scene: Scene, date: DateMention) -> bool:
    """True for "Monday's" before what took place then."""
    return scene.article.text.startswith(("'s", "’s"), date.end)


def clause_span(scene: Scene, token: Token, light: Token | None) -> tuple[int, int]:
    """The tokens [start, stop) of the clause around an occasion, its verb and that verb's subject included."""
    doc, sentence = scene.doc, token.sent
    inner = range(min(token.i, light.i if light else token.i), max(token.i, light.i if light else token.i) + 1)
    start = group_start(scene, inner.start) if token.pos_ == "VERB" else inner.start
    while start > sentence.start and not _closes(scene, doc[start - 1], light):
        start -= 1
    stop = inner.stop
    own = {light.i} if light is not None else set()
    while stop < sentence.end and not (_closes(scene, doc[stop], light) and stop not in own):
        stop += 1
    if light is not None:  # "after talks in Ghent Berg said that in 2027": what is said is another thing
        stop = next((i for i in range(token.i, light.i + 1) if doc[i].lemma_.lower() in REPORTING), stop)
    if stop < sentence.end and doc[stop].lemma_.lower() in REPORTING:  # ", officials in Ghent said": their clause
        stop = next((i for i in range(stop - 1, inner.stop, -1) if doc[i].text == ","), stop)
    return start, stop


def _closes(scene: Scene, token: Token, light: Token | None) -> bool:
    if token.i in scene.names:
        return False
    if token.lower_ in RELATIVE and not (token.lower_ == "that" and token.pos_ == "DET"):
        return True
    if token.text in (";", ":", "—", "“", "”", '"') or token.is_space:
        return True
    own = light is not None and (token.i == light.i or token.head.i == light.i)
    return is_finite(scene, token) and not own
