"""BriefStory -> StoryView: one story as templates see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.model import BriefStory, Entity, Event, Figure, Meeting, Passage, Place
from briefing.render import labels
from briefing.render.charts import axis, locate, matrix
from briefing.render.choice import Printed, Row, choose
from briefing.render.citations import Citations
from briefing.render.outlines import Ring
from briefing.render.text import tidy
from briefing.render.view import (
    Actor,
    EventView,
    FigureView,
    Holding,
    Line,
    MeetingView,
    QuoteView,
    Side,
    Spot,
    Stand,
    StoryDrawings,
    StoryView,
    ValueView,
)

WATCHED = "watchlist:"  # how a reason of `BriefStory.why` begins when a watchlist entry put the story there

NAMED = 10  # places that a story lists; the JSON holds all
MAPPED = 6  # places on a story's map; more is a list
SMALL_MAP = (190, 122)  # units; 42 mm on paper, where 11 units of type are 7 pt


class Cast:
    """The entities of a brief by id."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Keep the entities; an id that is not among them stays unattributed."""
        self._entities = {entity.id: entity for entity in entities}

    def kind(self, entity: str) -> str | None:
        """The kind of an entity, None where it is unknown."""
        found = self._entities.get(entity)
        return found.kind if found else None

    def name(self, entity: str | None) -> str | None:
        """The name of an entity, None where it is unknown."""
        found = self._entities.get(entity or "")
        return tidy(found.name) if found else None

    def actor(self, entity: str | None, *, role: str | None = None) -> Actor:
        """The entity as readers see it; `role` wins over its own."""
        found = self._entities.get(entity or "")
        if found is None:
            return Actor(labels.UNATTRIBUTED, known=False)
        words = role or found.role
        return Actor(tidy(found.name), tidy(words) if words else None, self.name(found.affiliation))


class StoryMaker:
    """One story's view; remembers which sentences stand on the page, so that none is said twice."""

    def __init__(self, story: BriefStory, cast: Cast, citations: Citations, *, edition: str) -> None:
        """Begin with the summary, and choose what else is printed for the `edition` of that ISO day."""
        self.story, self._cast, self._citations = story, cast, citations
        self._summary = Printed(story.summary)
        self.printed = Printed(story.summary)
        self.choice = choose(story, self.printed, edition=edition)

    def view(self, *, marked: bool, rings: tuple[Ring, ...] | None = None) -> StoryView:
        """The whole view; `marked` shows new and updated stories as such, `rings` are the coasts for its pictures."""
        story, line = self.story, self._citations.line
        return StoryView(
            number=story.rank,
            anchor=anchor(story),
            headline=line(story.headline),
            status=story.status,
            mark=labels.STATUS_NOTES.get(story.status) if marked and story.status in {"new", "updated"} else None,
            reach=_reach(story),
            why=tuple(tidy(reason) for reason in story.why),
            watched=tuple(_watch_reasons(story)),
            summary=tuple(self._told(passage) for passage in story.summary if passage.text != story.headline.text),
            meetings=tuple(self._meeting(meeting) for meeting in story.meetings),
            places=tuple(spot for place in story.places[:NAMED] if (spot := _spot(place, self._cast))),
            positions=tuple(self._stands()),
            quotes=tuple(self._quotes()),
            people=tuple(self._cast.actor(entity) for entity in story.people if self._cast.name(entity)),
            figures=tuple(self._figure(figure) for figure in self.choice.figures),
            timeline=tuple(self._event(events) for events in self.choice.events),
            differences=tuple(self._differences()),
            sources=self._citations.of(story.articles),
            drawings=StoryDrawings() if rings is None else _draw(story, self._cast, rings),
        )

    def _told(self, passage: Passage) -> Line:
        line = self._citations.line(passage)
        return replace(line, fresh=passage in self.story.fresh, alone=self._alone([passage]))

    def _alone(self, evidence: Sequence[Passage]) -> str | None:
        """That one source alone reports what stands on this evidence, None where others do."""
        return labels.ALONE if evidence and all(passage in self.story.alone for passage in evidence) else None

    def _meeting(self, meeting: Meeting) -> MeetingView:
        fresh = [passage for passage in meeting.evidence[:1] if self.printed.first_time(passage)]
        facts = (
            ("When", labels.short_day(meeting.date)),
            ("Where", self._cast.name(meeting.place) or ""),
            ("Host", self._cast.name(meeting.host) or ""),
            ("Chair", self._cast.name(meeting.chair) or ""),
            ("Status", "" if meeting.status == "held" else labels.MEETING_NOTES[meeting.status]),
        )
        return MeetingView(
            name=_capital(tidy(meeting.name or meeting.format or "Meeting")),
            facts=tuple((name, value) for name, value in facts if value),
            sides=tuple(self._sides(meeting)),
            evidence=tuple(self._citations.line(passage) for passage in fresh),
            cites=self._citations.cites(meeting.evidence),
            alone=self._alone(meeting.evidence),
        )

    def _sides(self, meeting: Meeting) -> Iterator[Side]:
        groups: dict[str | None, list[Actor]] = {}
        for person in meeting.participants:
            side = self._cast.name(person.side)
            actor = self._cast.actor(person.entity, role=person.role)
            if actor.name == side:
                groups.setdefault(side, [])
                continue
            groups.setdefault(side, []).append(Actor(actor.name, actor.role, None, actor.known))
        for side, people in sorted(groups.items(), key=lambda group: group[0] is None):
            yield Side(side, tuple(dict.fromkeys(people)))

    def _stands(self) -> Iterator[Stand]:
        """The rows of positions by actor, in order of appearance; stances on one sentence of one actor share a row."""
        by_actor: dict[str | None, list[Row]] = {}
        for row in self.choice.rows:
            by_actor.setdefault(row[0].actor or row[0].speaker, []).append(row)
        for actor, rows in by_actor.items():
            yield Stand(self._cast.actor(actor), tuple(self._holding(actor, row) for row in rows))

    def _holding(self, actor: str | None, positions: Row) -> Holding:
        speaker = next((position.speaker for position in positions if position.speaker), None)
        evidence = positions[0].evidence
        also = [passage for position in positions for passage in position.also]
        told = self._summary.holds(evidence)
        self._summary.add(evidence)
        return Holding(
            stances=tuple(dict.fromkeys(position.stance for position in positions)),
            speaker=self._spokesperson(speaker, actor, evidence) if speaker and not told else None,
            line=self._citations.again(evidence, also) if told else self._citations.line(evidence, also),
        )

    def _spokesperson(self, speaker: str, actor: str | None, evidence: Passage) -> Actor | None:
        """The speaker, unless it is the actor or the sentence names them; without an affiliation that is the actor."""
        found = self._cast.actor(speaker)
        if speaker == actor or (found.name.split() or [found.name])[-1] in tidy(evidence.text):
            return None
        return replace(found, affiliation=None) if found.affiliation == self._cast.name(actor) else found

    def _quotes(self) -> Iterator[QuoteView]:
        """The quotations; who a speaker is stands beside the first of them."""
        met: set[str | None] = set()
        for quote in self.choice.quotes:
            line = self._citations.line(quote.evidence, quote.also, text=quote.text)
            speaker = self._cast.actor(quote.speaker)
            known = replace(speaker, role=None, affiliation=None) if quote.speaker in met else speaker
            met.add(quote.speaker)
            paraphrased = line.cites[0].source.paraphrased
            yield QuoteView(known, line, labels.PARAPHRASED_QUOTE if paraphrased else None)

    def _figure(self, figure: Figure) -> FigureView:
        unit = tidy(figure.unit) if figure.unit else None
        groups: dict[str, list[Passage]] = {}
        for value in figure.values:
            bound = tidy(value.approximate) + " " if value.approximate else ""
            groups.setdefault(bound + labels.quantity(value.value, unit), []).append(value.evidence)
        values = tuple(self._value(text, evidence) for text, evidence in groups.items())
        alone = self._alone([value.evidence for value in figure.values])
        return FigureView(tidy(figure.what), values, figure.agree, alone)

    def _value(self, text: str, evidence: list[Passage]) -> ValueView:
        line = self._citations.line(evidence[0], evidence[1:], text=text)
        fresh = self.printed.first_time(evidence[0])
        return ValueView(text, line, self._citations.line(evidence[0]) if fresh else None)

    def _event(self, events: Sequence[Event]) -> EventView:
        """A sentence of the timeline; one that holds several dates stands at the first and names them all."""
        days = dict.fromkeys(event.date for event in events)
        shown = ", ".join(labels.short_day(day) for day in days)
        evidence = events[0].evidence
        line = self._citations.line if self.printed.first_time(evidence) else self._citations.again
        return EventView(next(iter(days)), shown, line(evidence))

    def _differences(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """Differences that the figures do not tell, of which at least one sentence is not on the page yet."""
        told = {tuple(value.evidence for value in figure.values) for figure in self.choice.figures}
        for difference in self.story.differences:
            if difference.evidence not in told and not all(map(self.printed.holds, difference.evidence)):
                yield tidy(difference.kind), tuple(self._citations.line(passage) for passage in difference.evidence)


def _draw(story: BriefStory, cast: Cast, rings: tuple[Ring, ...]) -> StoryDrawings:
    """The pictures, of everything the story holds and not only of what is printed."""
    located = [("", spot.name, *spot.at) for spot in scenes(story, cast)[:MAPPED] if spot.at]
    stances: dict[str | None, list[str]] = {}
    for position in story.positions:
        stances.setdefault(position.actor or position.speaker, []).append(position.stance)
    return StoryDrawings(
        map=locate(located, rings, width=SMALL_MAP[0], height=SMALL_MAP[1]),
        matrix=matrix([(cast.actor(actor).name, held) for actor, held in stances.items()]),
        axis=axis(event.date for event in story.timeline),
    )


def scenes(story: BriefStory, cast: Cast) -> tuple[Spot, ...]:
    """The places where the story happens and that a map can show: meeting places first, then the most named.

    A country that acts or sends people is a party of the story, not its scene; it stays off the map.
    """
    met = {meeting.place for meeting in story.meetings}
    parties = {position.actor for position in story.positions}
    parties |= {person.side for meeting in story.meetings for person in meeting.participants}
    places = [place for place in story.places if place.entity in met or place.entity not in parties]
    ordered = sorted(places, key=lambda place: (place.entity not in met, -place.mentions))
    spots = (_spot(place, cast) for place in ordered)
    return tuple(spot for spot in spots if spot and spot.at)


def _spot(place: Place, cast: Cast) -> Spot | None:
    name = cast.name(place.entity)
    return Spot(name, place.mentions, place.latitude, place.longitude) if name else None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _reach(story: BriefStory) -> str:
    """ "3 sources, 2 independent", "4 independent sources", "1 source"."""
    if 1 < story.sources == story.independent_sources:
        return f"{story.sources:,} independent sources"
    sources = labels.count(story.sources, "source")
    return sources if story.sources < 2 else f"{sources}, {story.independent_sources:,} independent"


def _watch_reasons(story: BriefStory) -> Iterator[str]:
    for reason in story.why:
        if reason.startswith(WATCHED):
            yield tidy(reason.removeprefix(WATCHED))


def anchor(story: BriefStory) -> str:
    """The id that links lead to."""
    return f"story{story.rank}"
