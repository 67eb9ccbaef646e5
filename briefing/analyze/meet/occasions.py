"""An occasion: what one sentence says of one meeting, with its place, date and chair."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.modality import Reality
from briefing.analyze.meet.parties import Party, find_parties
from briefing.analyze.meet.surroundings import clause_span, date_of, place_of
from briefing.analyze.meet.verb_groups import clause_start, finite_of
from briefing.analyze.meet.view import Name, Scene, is_place
from briefing.language.dates import WEEKDAYS, DateMention, day_of

if TYPE_CHECKING:
    from spacy.tokens import Token

WEEK = 7  # days
BARE_WEEKDAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)})(?: (?:morning|afternoon|evening|night))?")
CHAIR_OF = re.compile(
    r"\b(?:chairmanship of|chaired by|presided over by|(?:under|below) the presidency of|chairing of)\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one sentence says of one meeting.

    `definite`: it speaks of a meeting known from elsewhere ("the talks", "Wednesday's meeting", "the delegation");
    `sides`: who must have taken part in the one meant; `present`: the parties are where the meeting of the paragraph
    takes place; `trigger`: the token that told of it.
    """

    sentence: tuple[int, int]
    trigger: int
    format: str | None
    parties: tuple[Party, ...] = ()
    place: str | None = None
    date: DateMention | None = None
    host: str | None = None
    chair: Party | None = None
    name: str | None = None
    reality: Reality = "now"
    definite: bool = False
    sides: frozenset[str] = frozenset()
    present: bool = False


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of verbs of meeting also where the tagger went wrong."""
    return words.LEMMAS.get(token.lower_) or (token.lemma_ or token.text).lower()


def named_after(scene: Scene, pattern: re.Pattern[str], noun: Token) -> Party | None:
    """The party named behind words such as "chaired by" in the noun's sentence."""
    sentence = noun.sent
    match = pattern.search(scene.article.text, sentence.start_char, sentence.end_char)
    if match is None:
        return None
    parties = find_parties(scene, scene.token(match.end()), sentence.end)
    return parties[0] if parties else None


def _place_of_where(scene: Scene, start: int) -> str | None:
    """The place in "Dahab, where they met" for the clause that begins at `start`."""
    if start < 3 or scene.doc[start - 1].lower_ != "where":
        return None
    index = start - 2
    while index > 0 and (scene.doc[index].text in (",", "on") or scene.date_at(scene.doc[index]) is not None):
        index -= 1  # "in Dahab on Monday, where"
    name = scene.names.get(index)
    return name.entity if name is not None and is_place(name) else None


def _is_when(scene: Scene, start: int) -> bool:
    """True for the clause in "on Monday, when they met": its day, and its place if any, stand in the clause before."""
    if start < 3 or scene.doc[start - 1].lower_ != "when":
        return False
    return any(scene.date_at(scene.doc[index]) is not None for index in (start - 2, start - 3))


def _place_before(scene: Scene, noun: Token) -> str | None:
    """The place in "the Geneva talks": a city right before the noun."""
    name = scene.names.get(noun.i - 1)
    if name is None or noun.pos_ == "VERB" or not is_place(name) or scene.is_state(name.entity):
        return None
    return name.entity


def _place_visited(scene: Scene, light: Token) -> str | None:
    """The place in "visited Dahab for talks"."""
    name = scene.names.get(light.i + 1)
    return name.entity if name is not None and is_place(name) and lemma_of(light) in ("visit", "tour") else None


def words_of(scene: Scene, name: Name) -> str:
    """The words of a name."""
    return str(scene.doc[name.first : name.last + 1].text)


def _is_fixture(scene: Scene, trigger: Token, parties: tuple[Party, ...]) -> bool:
    """True where teams play: words of sport in the sentence, but not within the names of who meets ("Arab League")."""
    if not parties or any(party.person and _is_known(scene, party) for party in parties):
        return False
    meeting = {party.entity for party in parties}
    for match in words.SPORT.finditer(scene.article.text, trigger.sent.start_char, trigger.sent.end_char):
        name = scene.names.get(scene.token(match.start()))
        if name is None or scene.actor(name.entity) not in meeting:
            return True
    return False


def _is_known(scene: Scene, party: Party) -> bool:
    """True for a person with an office, a side or a full name; "Roma" taken for one is a club."""
    entity = scene.entity(party.entity)
    return bool(party.side or entity.role or " " in entity.name)


def _is_match(trigger: Token) -> bool:
    """True where athletes meet and nobody in office does."""
    sentence = trigger.sent
    athletes = words.ATHLETES.search(sentence.text)
    return athletes is not None and not any(token.lower_ in words.SINGULAR_PEOPLE for token in sentence)


def _is_imagined(trigger: Token) -> bool:
    """True in a story that is made up, or for what is only supposed to happen."""
    return words.FICTION.search(trigger.sent.text) is not None


def _as_told(scene: Scene, date: DateMention, reality: Reality) -> DateMention:
    """The date with its weekday in the week of which the occasion's own verb speaks: last, or to come.

    What is called off is most often the nearest of that name.
    """
    published = day_of(scene.article.published)
    if published is None or not BARE_WEEKDAY.fullmatch(date.text):
        return date
    away = (datetime.date.fromisoformat(date.date) - published).days
    if (reality == "planned" and away < 0) or (reality == "cancelled" and away < -WEEK // 2):
        return replace(date, date=(published + datetime.timedelta(away + WEEK)).isoformat())
    if reality == "held" and away > 0:
        return replace(date, date=(published + datetime.timedelta(away - WEEK)).isoformat())
    return date


def make_occasion(
    scene: Scene,
    trigger: Token,
    light: Token | None,
    kind: str | None,
    parties: tuple[Party, ...],
    reality: Reality | None,
    triggers: frozenset[int],
    *,
    chair: Party | None = None,
    name: str | None = None,
    definite: bool = False,
) -> Occasion | None:
    """The occasion with its place and date, or None when it is no real one."""
    if reality is None:
        return None
    chair = chair or named_after(scene, CHAIR_OF, trigger)
    distinct = tuple({party.entity: party for party in reversed(parties)}.values())[::-1]
    if (chair is None and _is_fixture(scene, trigger, distinct)) or _is_match(trigger) or _is_imagined(trigger):
        return None
    start, stop = own, _ = clause_span(scene, trigger, light)
    scene_of = _place_of_where(scene, start)
    if scene_of is not None or _is_when(scene, start):
        start = clause_start(scene, start - 2)
    moving = (
        kind == "visit" or lemma_of(trigger) in words.RECEIVE or (light is not None and lemma_of(light) in words.TRAVEL)
    )
    finite = finite_of(scene, trigger) if trigger.pos_ == "VERB" else None
    moved = moving or (finite is not None and lemma_of(finite) in words.TRAVEL)  # "flew to Bern to see her"
    near = triggers | {trigger.i} | ({light.i} if light is not None else frozenset())
    place = scene_of or _place_before(scene, trigger) or place_of(scene, trigger.i + 1, stop, near, destination=moving)
    if place is None and light is not None and light.i > trigger.i:
        place = place_of(scene, light.i + 1, stop, near, destination=moving)
    if place is None and light is not None:
        place = _place_visited(scene, light)
    if place is None:
        place = place_of(scene, start, trigger.i, near, destination=moved)
    date = date_of(scene, trigger.i, start, stop, triggers)
    if date is not None and (scene_of is None or date.start >= scene.doc[own].idx):
        date = _as_told(scene, date, reality)  # not the day in "came on Monday to Dahab, where she will meet"
    if date is None and words.AGO.search(scene.doc[start:stop].text):
        reality = "past"
    sentence = (trigger.sent.start_char, trigger.sent.end_char)
    return Occasion(sentence, trigger.i, kind, distinct, place, date, None, chair, name, reality, definite)
