"""Who met whom: the meetings of one article, and of a story, each once however many sentences and articles tell of it.

Sentences give occasions (triggers.py). An occasion joins an earlier one when both can be one meeting (dates, places and
names do not contradict) and something ties them: the same sides, day, place or name, or a definite "the talks".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from briefing.analyze.datelines import trimmed
from briefing.analyze.meet.occasions import Occasion
from briefing.analyze.meet.parties import Party
from briefing.analyze.meet.triggers import find_occasions
from briefing.analyze.meet.view import Scene, set_scene
from briefing.language.dates import day_of, find_dates
from briefing.model import Article, Attribution, Entity, Meeting, Mention, Participant, Passage, Status

if TYPE_CHECKING:
    import datetime

    from spacy.tokens import Doc

HISTORICAL = 60  # days before publication; an older meeting is background, not news
MOST_EVIDENCE = 6  # sentences that prove one meeting; the reader looks at one or two
SPECIFIC = ("summit", "session", "conference", "visit", "call", "talks", "meeting")  # formats, most telling first
DISTANT = frozenset(["call"])  # nobody travels to a call: it is never one with a meeting


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting while it is being put together; `trigger` is that of the occasion that spoke of it last."""

    meeting: Meeting
    sides: frozenset[str]
    trigger: int
    bilateral: bool

    @property
    def open(self) -> bool:
        """True when more sides than those told may take part: a body sits, or an organization's members meet."""
        return self.meeting.name is not None or not self.bilateral


def find_meetings(
    article: Article,
    doc: Doc,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
) -> tuple[Meeting, ...]:
    """The meetings that an article tells of, in the order of its text; ids are those of `entities`.

    A meeting has two parties at least, or one body whose members meet on a day or at a place that is told. What is
    denied, wished for or conditional is no meeting. `status` "past" means long before publication.
    """
    published = day_of(article.published)
    scene = set_scene(article, doc, entities, mentions, find_dates(article.text, anchor=published))
    drafts: list[Draft] = []
    loose: list[Occasion] = []
    for occasion in _with_delegations(find_occasions(scene)):
        _place_occasion(scene, drafts, loose, occasion, published)
    for occasion in loose:  # "Wednesday's meeting" in the lead, before the sentence that says who meets
        if not _attach(scene, drafts, occasion, published) and any(scene.is_body(p.entity) for p in occasion.parties):
            drafts.append(_draft(scene, occasion, published))  # "the session of the Council in Ghent"
    meetings = [_finished(draft.meeting, scene.entities) for draft in drafts]
    return tuple(meeting for meeting in meetings if _is_meeting(scene, meeting))


def unite_meetings(meetings: Sequence[Meeting], entities: Sequence[Entity]) -> tuple[Meeting, ...]:
    """The meetings of a story, each once, the latest first; ids are those of `entities`."""
    known = {entity.id: entity for entity in entities}
    united: list[Meeting] = []
    for meeting in sorted((_informed(meeting, known) for meeting in meetings), key=_order):
        home = next((index for index, other in enumerate(united) if _one(meeting, other, known)), None)
        if home is None:
            united.append(meeting)
        else:
            united[home] = _merged(united[home], meeting)
    finished = [_finished(meeting, entities) for meeting in united]
    return tuple(sorted(finished, key=lambda m: (m.date or "", len(m.evidence), len(m.participants)), reverse=True))


def _informed(meeting: Meeting, known: dict[str, Entity]) -> Meeting:
    """The meeting with roles and sides that other articles of the story tell of its people."""
    participants = (
        replace(p, role=p.role or known[p.entity].role, side=p.side or known[p.entity].affiliation)
        if known[p.entity].kind == "person"
        else p
        for p in meeting.participants
    )
    return replace(meeting, participants=tuple(participants))


# ---------------------------------------------------------------- one article


def _place_occasion(
    scene: Scene, drafts: list[Draft], loose: list[Occasion], occasion: Occasion, published: datetime.date | None
) -> None:
    """Joins an occasion to the draft it tells of, begins a draft with it, or leaves it for later."""
    if _attach(scene, drafts, occasion, published):
        return
    if occasion.definite and len(_sides(occasion.parties)) < 2:
        loose.append(occasion)
    elif occasion.parties or occasion.name:
        drafts.append(_draft(scene, occasion, published))


def _with_delegations(occasions: Iterable[Occasion]) -> Iterator[Occasion]:
    """The occasions, with those of a delegation put into the meeting that the same sentence tells of."""
    for _, group in groupby(occasions, key=lambda occasion: occasion.sentence):
        told = list(group)
        meetings = [o for o in told if o.format is not None and o.parties]
        rest = [o for o in told if o not in meetings]
        for occasion in (o for o in told if o.sides and meetings):
            number = next((n for n, other in enumerate(meetings) if _fits(occasion, other)), None)
            if number is None:
                continue
            rest = [o for o in rest if o is not occasion]
            other = meetings[number]
            heads = {party.entity for party in occasion.parties}
            parties = (*occasion.parties, *(party for party in other.parties if party.entity not in heads))
            definite = other.definite and len(_sides(parties)) < 2
            meetings[number] = replace(other, parties=parties, definite=definite, place=other.place or occasion.place)
        yield from meetings
        yield from rest  # "received her at a summit on Monday": what has no parties of its own adds to what has


def _fits(delegation: Occasion, other: Occasion) -> bool:
    """True when a delegation can be one at a meeting: neither place nor day contradicts, and its side has come."""
    places = {delegation.place, other.place} - {None}
    days = {o.date.date for o in (delegation, other) if o.date is not None}
    return len(places) < 2 and len(days) < 2


def _attach(scene: Scene, drafts: list[Draft], occasion: Occasion, published: datetime.date | None) -> bool:
    """True when the occasion tells of one of the drafts, which then has what it adds."""
    new = _draft(scene, occasion, published)
    scores = [(_tie(scene, draft, new, occasion), draft.trigger, number) for number, draft in enumerate(drafts)]
    best = max(scores, default=(0, 0, 0))
    if best[0] <= 0:
        return False
    old = drafts[best[2]]
    merged = _merged(old.meeting, new.meeting)
    was = old.meeting
    if replace(merged, evidence=was.evidence, format=was.format, status=was.status) == was != merged:
        merged = replace(merged, evidence=was.evidence, format=was.format)  # "The talks were tense." proves nothing
        merged = merged if merged.status == "cancelled" else replace(merged, status=was.status)
    drafts[best[2]] = Draft(merged, old.sides | new.sides, occasion.trigger, old.bilateral and new.bilateral)
    return True


def _tie(scene: Scene, draft: Draft, new: Draft, occasion: Occasion) -> int:
    """How much ties an occasion to a draft; 0 when they are two meetings."""
    one, other = draft.meeting, new.meeting
    if not _compatible(one, other) or _at_odds(occasion, one, scene.article.published):
        return 0
    shared = len(draft.sides & new.sides)
    ties = 4 * (one.date is not None and one.date == other.date) + 4 * (one.name is not None and one.name == other.name)
    ties += 4 * (one.place is not None and one.place == other.place) + shared
    ties += 3 * (scene.doc[draft.trigger].sent.start_char == occasion.sentence[0])
    if occasion.present:
        between = scene.article.text[scene.doc[draft.trigger].idx : scene.doc[occasion.trigger].idx]
        return 0 if "\n\n" in between or other.date or len(draft.sides) < 2 else 1
    if (
        occasion.definite
        and occasion.reality != "cancelled"
        and "visit" in (one.format, other.format)
        and None not in (one.format, other.format)
        and one.format != other.format
    ):
        return 0  # "his visit" is no other word for a meeting
    if occasion.definite:
        told = other.date is not None and one.date is not None and one.date != other.date
        enough = not new.sides or shared >= 1 or ties >= 4 or (bool(occasion.sides) and draft.open)
        return ties + 1 if enough and not told else 0
    if new.sides and draft.sides and shared < min(2, len(new.sides), len(draft.sides)):
        return 0
    if draft.bilateral and new.bilateral and not _same_people(scene, one, other):
        return 0
    return ties if shared >= 2 or ties >= 4 else 0


def _at_odds(occasion: Occasion, meeting: Meeting, published: str | None) -> bool:
    """True when the occasion is still to come and the meeting's day is gone, or the other way round."""
    if published is None or meeting.date is None or not occasion.definite:
        return False
    today = published[: len(meeting.date)]
    return (occasion.reality == "planned" and meeting.date < today) or (
        occasion.reality == "held" and meeting.date > today
    )


def _same_people(scene: Scene, one: Meeting, other: Meeting) -> bool:
    """False when both name people of one side who are not the same."""
    for mine in _people(one, scene.entities):
        for yours in _people(other, scene.entities):
            if mine.side is not None and mine.side == yours.side and mine.entity != yours.entity:
                return False
    return True


def _people(meeting: Meeting, entities: Sequence[Entity]) -> list[Participant]:
    return [p for p in meeting.participants if entities[int(p.entity)].kind == "person"]


def _draft(scene: Scene, occasion: Occasion, published: datetime.date | None) -> Draft:
    evidence = scene.article.passage(*trimmed(scene.article.text, *occasion.sentence))
    date = occasion.date.date if occasion.date else None
    parties = occasion.parties
    if occasion.chair is not None and occasion.chair.entity not in {party.entity for party in parties}:
        parties = (*parties, occasion.chair)
    meeting = Meeting(
        participants=tuple(_participant(scene, party) for party in parties),
        evidence=(evidence,),
        name=occasion.name,
        format=occasion.format,
        date=date,
        place=occasion.place,
        host=occasion.host,
        chair=occasion.chair.entity if occasion.chair else None,
        status=_status(occasion, date, published),
    )
    return Draft(meeting, _sides(occasion.parties) | occasion.sides, occasion.trigger, len(parties) == 2)


def _participant(scene: Scene, party: Party) -> Participant:
    entity = scene.entity(party.entity)
    side = party.side or scene.side(party.entity)
    return Participant(party.entity, entity.role if party.person else None, side)


def _sides(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.side or party.entity for party in parties)


def _status(occasion: Occasion, date: str | None, published: datetime.date | None) -> Status:
    """The status by the words of the sentence, set right by its date."""
    if occasion.reality in ("cancelled", "past"):
        return occasion.reality
    today = published.isoformat() if published else None
    if date is None or today is None:
        return "planned" if occasion.reality == "planned" else "held"
    if date > today[: len(date)]:
        return "planned"
    if date < _day(published, -HISTORICAL)[: len(date)]:
        return "past"
    return "planned" if occasion.reality == "planned" and date == today[: len(date)] else "held"


def _day(day: datetime.date | None, offset: int) -> str:
    import datetime

    return (day + datetime.timedelta(days=offset)).isoformat() if day else ""


def _is_meeting(scene: Scene, meeting: Meeting) -> bool:
    """True when it is told who met: two parties, or the members of one body on a day or at a place."""
    if meeting.format == "visit" and meeting.participants and meeting.place and meeting.status != "cancelled":
        return True  # a trip of one that was called off met nobody
    if len(meeting.participants) >= 2 or (
        meeting.participants and meeting.host not in (None, meeting.participants[0].entity)
    ):
        return True
    if not meeting.participants or not scene.is_body(meeting.participants[0].entity):
        return False
    return meeting.date is not None or meeting.place is not None or meeting.name is not None


# ---------------------------------------------------------------- putting together


def _compatible(one: Meeting, other: Meeting) -> bool:
    """True when date, place, name and format do not contradict."""
    if one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if one.name and other.name and one.name != other.name:
        return False
    if "past" in (one.status, other.status) and one.status != other.status:
        return False
    return (one.format in DISTANT) == (other.format in DISTANT) or None in (one.format, other.format)


def _one(one: Meeting, other: Meeting, known: dict[str, Entity]) -> bool:
    """True when two articles tell of one meeting."""
    if not _compatible(one, other):
        return False
    shared = _parties(one) & _parties(other)
    tied = any(mine and mine == yours for mine, yours in _ties(one, other))
    enough = min(2, len(_parties(one)), len(_parties(other)))
    if not (one.date or one.name or one.place) or not (other.date or other.name or other.place):
        tied = len(shared) >= 2
    return tied and len(shared) >= enough and not _rivals(one, other, known)


def _ties(one: Meeting, other: Meeting) -> tuple[tuple[str | None, str | None], ...]:
    return (one.date, other.date), (one.name, other.name), (one.place, other.place)


def _rivals(one: Meeting, other: Meeting, known: dict[str, Entity]) -> bool:
    """True for two meetings of two people each, with another person on one side."""
    pairs = [[p for p in meeting.participants if known[p.entity].kind == "person"] for meeting in (one, other)]
    if not all(len(people) == 2 == len(_parties(meeting)) for people, meeting in zip(pairs, (one, other), strict=True)):
        return False
    return {p.entity for p in pairs[0]} != {p.entity for p in pairs[1]}


def _parties(meeting: Meeting) -> set[str]:
    return {p.side or p.entity for p in meeting.participants}


def _merged(one: Meeting, other: Meeting) -> Meeting:
    """Both in one: every participant, what either knows, the more exact date, the more telling format."""
    participants = {p.entity: p for p in one.participants}
    for p in other.participants:
        old = participants.get(p.entity, p)
        participants[p.entity] = replace(old, role=old.role or p.role, side=old.side or p.side)
    evidence = list(dict.fromkeys((*one.evidence, *other.evidence)))[:MOST_EVIDENCE]
    return Meeting(
        participants=tuple(participants.values()),
        evidence=tuple(evidence),
        name=one.name or other.name,
        format=_telling(one.format, other.format),
        date=max((one.date, other.date), key=lambda date: len(date or "")),
        place=one.place or other.place,
        host=one.host or other.host,
        chair=one.chair or other.chair,
        status=_united_status(one.status, other.status),
    )


def _telling(one: str | None, other: str | None) -> str | None:
    found = [format for format in SPECIFIC if format in (one, other)]
    return found[0] if found else None


def _united_status(one: Status, other: Status) -> Status:
    return next(status for status in ("cancelled", "held", "planned", "past") if status in (one, other))


def _finished(meeting: Meeting, entities: Sequence[Entity]) -> Meeting:
    """The meeting without the countries and organizations for which persons stand in its list."""
    kinds = {entity.id: entity.kind for entity in entities}
    spoken_for = {p.side for p in meeting.participants if kinds.get(p.entity) == "person"}
    kept = tuple(p for p in meeting.participants if kinds.get(p.entity) == "person" or p.entity not in spoken_for)
    return replace(meeting, participants=kept)


def _order(meeting: Meeting) -> tuple[Passage, ...]:
    return meeting.evidence
