"""BriefStory -> StoryView: one story as templates see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model import BriefStory, Entity, Figure, Meeting, Passage, Place, Position, Quote
from briefing.render import labels
from briefing.render.charts import axis, locate, matrix
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
SMALL_MAP = (220, 130)  # units; half a column, in the shape of a postcard


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
    """One story's view; remembers which sentences stand on the page, so that evidence is not said twice."""

    def __init__(self, story: BriefStory, cast: Cast, citations: Citations) -> None:
        """Begin with the summary and the positions as shown: their sentences always are."""
        self._story, self._cast, self._citations = story, cast, citations
        self._shown = {*story.summary, *(position.evidence for position in story.positions)}

    def view(self, *, marked: bool, rings: tuple[Ring, ...] | None = None) -> StoryView:
        """The whole view; `marked` shows new and updated stories as such, `rings` are the coasts for its pictures."""
        story, line = self._story, self._citations.line
        sources = self._citations.of(story.articles)
        positions = tuple(self._stands())
        return StoryView(
            number=story.rank,
            anchor=anchor(story),
            headline=line(story.headline),
            status=story.status,
            mark=labels.STATUS_NOTES.get(story.status) if marked and story.status in {"new", "updated"} else None,
            reach=_reach(story),
            why=tuple(_watch_reasons(story)),
            summary=tuple(line(passage) for passage in story.summary if passage.text != story.headline.text),
            meetings=tuple(self._meeting(meeting) for meeting in story.meetings),
            places=tuple(spot for place in story.places[:NAMED] if (spot := _spot(place, self._cast))),
            positions=positions,
            quotes=tuple(self._quote(quote) for quote in story.quotes),
            people=tuple(self._cast.actor(entity) for entity in story.people if self._cast.name(entity)),
            figures=tuple(self._figure(figure) for figure in story.figures),
            timeline=tuple(self._events()),
            differences=tuple(self._differences()),
            sources=sources,
            drawings=StoryDrawings() if rings is None else _draw(story, self._cast, positions, rings),
        )

    def _meeting(self, meeting: Meeting) -> MeetingView:
        fresh = [passage for passage in meeting.evidence if self._first_time(passage)]
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
            evidence=tuple(self._citations.line(passage) for passage in fresh[:1]),
            cites=self._citations.cites(meeting.evidence),
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
        """Positions by actor, in order of appearance; stances on one sentence of one actor share a row."""
        by_actor: dict[str | None, dict[Passage, list[Position]]] = {}
        for position in self._story.positions:
            rows = by_actor.setdefault(position.actor or position.speaker, {})
            rows.setdefault(position.evidence, []).append(position)
        for actor, rows in by_actor.items():
            yield Stand(self._cast.actor(actor), tuple(self._holding(actor, group) for group in rows.values()))

    def _holding(self, actor: str | None, positions: list[Position]) -> Holding:
        speaker = next((position.speaker for position in positions if position.speaker), None)
        also = [passage for position in positions for passage in position.also]
        said_by = self._spokesperson(speaker, actor, positions[0].evidence) if speaker else None
        return Holding(
            stances=tuple(dict.fromkeys(position.stance for position in positions)),
            speaker=said_by,
            line=self._citations.line(positions[0].evidence, also),
        )

    def _spokesperson(self, speaker: str, actor: str | None, evidence: Passage) -> Actor | None:
        """The speaker, unless it is the actor or the sentence names them; without an affiliation that is the actor."""
        found = self._cast.actor(speaker)
        if speaker == actor or (found.name.split() or [found.name])[-1] in tidy(evidence.text):
            return None
        return replace(found, affiliation=None) if found.affiliation == self._cast.name(actor) else found

    def _quote(self, quote: Quote) -> QuoteView:
        line = self._citations.line(quote.evidence, quote.also, text=quote.text)
        paraphrased = line.cites[0].source.paraphrased
        return QuoteView(self._cast.actor(quote.speaker), line, labels.PARAPHRASED_QUOTE if paraphrased else None)

    def _figure(self, figure: Figure) -> FigureView:
        unit = tidy(figure.unit) if figure.unit else None
        groups: dict[str, list[Passage]] = {}
        for value in figure.values:
            bound = tidy(value.approximate) + " " if value.approximate else ""
            groups.setdefault(bound + labels.quantity(value.value, unit), []).append(value.evidence)
        values = tuple(self._value(text, evidence) for text, evidence in groups.items())
        return FigureView(tidy(figure.what), values, figure.agree)

    def _value(self, text: str, evidence: list[Passage]) -> ValueView:
        line = self._citations.line(evidence[0], evidence[1:], text=text)
        return ValueView(text, line, self._citations.line(evidence[0]) if self._first_time(evidence[0]) else None)

    def _events(self) -> Iterator[EventView]:
        """The timeline; a sentence that holds several dates stands at the first and names them all."""
        dates: dict[Passage, dict[str, None]] = {}
        for event in self._story.timeline:
            dates.setdefault(event.evidence, {})[event.date] = None
        for evidence, days in dates.items():
            shown = ", ".join(labels.short_day(day) for day in days)
            yield EventView(next(iter(days)), shown, self._citations.line(evidence))

    def _differences(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """Differences of which at least one sentence is not on the page yet: the figures tell their own."""
        for difference in self._story.differences:
            if not self._shown.issuperset(difference.evidence):
                yield tidy(difference.kind), tuple(self._citations.line(passage) for passage in difference.evidence)

    def _first_time(self, passage: Passage) -> bool:
        seen = passage in self._shown
        self._shown.add(passage)
        return not seen


def _draw(story: BriefStory, cast: Cast, positions: Iterable[Stand], rings: tuple[Ring, ...]) -> StoryDrawings:
    located = [("", spot.name, *spot.at) for spot in scenes(story, cast)[:MAPPED] if spot.at]
    stands = [(stand.actor.name, [s for held in stand.holdings for s in held.stances]) for stand in positions]
    return StoryDrawings(
        map=locate(located, rings, width=SMALL_MAP[0], height=SMALL_MAP[1]),
        matrix=matrix(stands),
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
    """ "3 sources, 2 independent"."""
    sources = labels.count(story.sources, "source")
    if story.sources < 2:
        return sources
    return f"{sources}, {story.independent_sources:,} independent"


def _watch_reasons(story: BriefStory) -> Iterator[str]:
    for reason in story.why:
        if reason.startswith(WATCHED):
            yield tidy(reason.removeprefix(WATCHED))


def anchor(story: BriefStory) -> str:
    """The id that links lead to."""
    return f"story{story.rank}"
