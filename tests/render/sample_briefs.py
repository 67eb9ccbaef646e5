"""Sample briefs: fictional people, places from the map, stories rich enough to fill every section."""

from __future__ import annotations

import hashlib

from briefing.model import (
    Brief,
    BriefStory,
    Coverage,
    Difference,
    Dropped,
    Entity,
    Event,
    FeedNote,
    Figure,
    Meeting,
    Participant,
    Passage,
    Place,
    Position,
    Quote,
    SourceArticle,
    Value,
    Window,
)

PUBLISHERS = ("Harbour Gazette", "Northern Wire", "The Meridian", "Dagbladet Vest", "Vechernyaya Zarya")
FEEDS = (
    FeedNote("Harbour Gazette", "https://gazette.example/feed", "silent", "2030-12-02"),
    FeedNote("Quay & Tide", "https://quay.example/rss", "silent", "2030-12-02"),
    FeedNote("The Meridian", "https://meridian.example/feed", "failed", "2031-01-12", "status 503"),
    FeedNote("Northern Wire", "https://wire.example/feed", "moved", None, "https://northern.example/feed"),
    FeedNote("Old Pier", "https://pier.example/feed", "gone"),
)
TOPICS = (
    ("Fisheries ministers meet in Tallinn over cod quota", "cod quota", "Tallinn", 59.437, 24.7536),
    ("Ferry line between Riga and Stockholm resumes after strike", "ferry strike", "Riga", 56.9496, 24.1052),
    ("Flood defences on the Vistula hold as river peaks", "river level", "Warsaw", 52.2297, 21.0122),
    ("Grain corridor talks move to Athens", "grain corridor", "Athens", 37.9838, 23.7275),
    ("Rail operators agree on night train from Vienna", "night train", "Vienna", 48.2082, 16.3738),
    ("Copper mine reopens near Santiago under new rules", "copper output", "Santiago", -33.4489, -70.6693),
)
TEXT = (
    "{place} – Ministers of nine coastal states opened two days of talks on the {matter} on Tuesday, the first time "
    "that all of them have sat at one table since the autumn.\n\n"
    "“We did not come here to sign what others have written,” said Ilmar Tõnisson, the minister for rural affairs of "
    "Estonia, as he arrived. He said his government would reject any figure below last year’s.\n\n"
    "The chair, Agneta Lindqvist-Øystad of Norway, warned that a failure would leave 4,200 crews without work by the "
    "spring. “There is room for a deal, and the room is small,” she told reporters.\n\n"
    "Officials from Poland proposed a transition of three years; a spokesman for the harbour union, Wacław Święcicki, "
    "denied that his members had been asked. A second round is planned for 3 February 2031 in {place}."
)
SECOND = (
    "The talks on the {matter} began on Tuesday with little sign of movement. About 3,900 crews could be laid up if "
    "they fail, according to the organizers’ own paper.\n\n"
    "“There is room for a deal, and the room is small,” Ms. Lindqvist-Øystad said. The union called the proposal a "
    "“calculator’s answer” and demanded a seat at the table.\n\n"
    "In March 2029 a similar round had ended after a single night."
)


def article_text(number: int, copy: int) -> str:
    """The text of one sample article."""
    _, matter, place, _, _ = TOPICS[number % len(TOPICS)]
    return (TEXT if copy % 2 == 0 else SECOND).format(place=place, matter=matter)


def find(article: str, text: str, words: str, field: str = "text") -> Passage:
    """The passage of `words` in `text`."""
    start = text.index(words)
    return Passage(article, start, start + len(words), words, field)


def sentence(article: str, text: str, words: str) -> Passage:
    """The sentence of `text` that holds `words`: up to the paragraph's next full stop and space."""
    at = text.index(words)
    marks = ("\n\n", ". ", ".” ")
    start = max([0] + [begin + len(mark) for mark in marks if (begin := text.rfind(mark, 0, at)) >= 0])
    ends = [end for mark in (". ", ".\n", ".” ") if (end := text.find(mark, at + len(words))) >= 0]
    end = min(ends) + 1 if ends else len(text)
    return Passage(article, start, end, text[start:end])


ENTITIES = (
    Entity("person/ilmar-tonisson", "Ilmar Tõnisson", "person", ("Mr. Tõnisson",), "minister for rural affairs",
           "place/estonia"),
    Entity("person/agneta-lindqvist-oystad", "Agneta Lindqvist-Øystad", "person", (), "chair", "place/norway"),
    Entity("person/waclaw-swiecicki", "Wacław Święcicki", "person", (), "spokesman", "organization/harbour-union"),
    Entity("place/estonia", "Estonia", "place", (), None, None, "EE"),
    Entity("place/norway", "Norway", "place", (), None, None, "NO"),
    Entity("place/poland", "Poland", "place", (), None, None, "PL"),
    Entity("organization/harbour-union", "Harbour Union", "organization"),
    *(Entity(f"place/{place.lower()}", place, "place") for _, _, place, _, _ in TOPICS),
)  # fmt: skip


def make_article(number: int, copy: int) -> SourceArticle:
    """The list entry of one sample article; every seventh is machine-paraphrased, every fifth undated."""
    text = article_text(number, copy)
    order = number * 2 + copy
    title = TOPICS[number % len(TOPICS)][0] if copy == 0 else f"Second look: {TOPICS[number % len(TOPICS)][1]}"
    flags = (*(("paraphrased",) if order % 7 == 1 else ()), *(("undated",) if order % 5 == 4 else ()))
    return SourceArticle(
        id=f"a{number}-{copy}",
        title=title,
        source=PUBLISHERS[order % len(PUBLISHERS)],
        url=f"https://news.example/{number}/{copy}?ref=(brief)&page=1" if order % 3 else None,
        published=None if "undated" in flags else f"2031-01-{14 + copy:02d}T0{order % 9}:15:00+01:00",
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        words=len(text.split()),
        flags=flags,
    )


def make_story(number: int) -> BriefStory:
    """One story of two articles with something in every section."""
    one, two = f"a{number}-0", f"a{number}-1"
    first, second = article_text(number, 0), article_text(number, 1)
    title, _, place, latitude, longitude = TOPICS[number % len(TOPICS)]
    where = f"place/{place.lower()}"
    rejects = sentence(one, first, "would reject any figure")
    warns = sentence(one, first, "warned that a failure")
    proposes = sentence(one, first, "proposed a transition")
    round_two = sentence(one, first, "A second round")
    return BriefStory(
        id=f"story-{number}",
        rank=number + 1,
        status=("new", "updated", "new", "unchanged")[number % 4],
        headline=Passage(one, 0, len(title), title, "title"),
        articles=(one, two),
        sources=2,
        independent_sources=2,
        summary=(sentence(one, first, "opened two days"), warns, sentence(two, second, "demanded a seat")),
        meetings=(
            Meeting(
                participants=(
                    Participant("person/ilmar-tonisson", "minister for rural affairs", "place/estonia"),
                    Participant("place/poland", None, "place/poland"),
                    Participant("person/waclaw-swiecicki", "spokesman"),
                ),
                evidence=(sentence(one, first, "opened two days"), sentence(two, second, "little sign of movement")),
                name="Quota round",
                format="talks",
                date="2031-01-14",
                place=where,
                chair="person/agneta-lindqvist-oystad",
            ),
            Meeting((Participant("place/norway", None, "place/norway"),), (round_two,), date="2031-02-03",
                    status="planned"),
        ),
        places=(Place(where, 3, latitude, longitude), Place("place/norway", 1, 59.9139, 10.7522)),
        positions=(
            Position("place/estonia", "person/ilmar-tonisson", "rejects", rejects),
            Position("place/norway", "person/agneta-lindqvist-oystad", "warns", warns),
            Position("place/poland", None, "proposes", proposes),
            Position("organization/harbour-union", "person/waclaw-swiecicki", "denies", proposes),
            Position("organization/harbour-union", None, "demands", sentence(two, second, "demanded a seat")),
            *(
                (
                    Position("place/norway", None, "rejects", sentence(two, second, "little sign of movement")),
                    Position("place/poland", None, "demands", sentence(two, second, "little sign of movement")),
                )
                if number % 3 == 0
                else ()
            ),
        ),
        quotes=(
            Quote("person/agneta-lindqvist-oystad", "There is room for a deal, and the room is small", "direct",
                  sentence(one, first, "There is room"), also=(sentence(two, second, "There is room"),)),
            Quote("person/ilmar-tonisson", "We did not come here to sign what others have written", "direct",
                  sentence(one, first, "We did not come")),
            Quote(None if number % 2 == 0 else "person/waclaw-swiecicki", "calculator’s answer", "mixed",
                  sentence(two, second, "calculator’s answer")),
        ),
        people=("person/agneta-lindqvist-oystad", "person/ilmar-tonisson", "person/waclaw-swiecicki"),
        figures=(
            Figure("crews without work", None, (Value(4200.0, warns),
                                                Value(3900.0, sentence(two, second, "3,900"), "about")), False),
            Figure("coastal states", None, (Value(9.0, sentence(one, first, "nine coastal")),)),
        ),
        timeline=(
            *((Event("2024", "year", sentence(two, second, "organizers")),) if number % 2 == 0 else ()),
            Event("2029-03", "month", sentence(two, second, "In March 2029")),
            Event("2031-01-14", "day", sentence(one, first, "opened two days")),
            Event("2031-02-03", "day", round_two),
        ),
        differences=(Difference("crews without work", (warns, sentence(two, second, "3,900"))),),
        fresh=(warns,) if number % 4 == 1 else (),
        alone=(sentence(two, second, "demanded a seat"), round_two, sentence(one, first, "nine coastal")),
        why=("2 independent sources", *(("watchlist: Harbour Union",) if number % 3 == 0 else ())),
    )  # fmt: skip


def make_short(number: int) -> BriefStory:
    """A story of one line."""
    article, text = f"a{number}-1", article_text(number, 1)
    title = make_article(number, 1).title
    return BriefStory(f"story-{number}", number + 1, "new", Passage(article, 0, len(title), title, "title"), (article,),
                      1, 1, (sentence(article, text, "little sign of movement"),))  # fmt: skip


def make_brief(count: int, *, shorts: int = 0, **changes: object) -> Brief:
    """A brief of `count` full stories and `shorts` one-line ones."""
    stories = tuple(make_story(number) for number in range(count))
    stories += tuple(make_short(number) for number in range(count, count + shorts))
    articles = tuple(make_article(number, copy) for number in range(count + shorts) for copy in (0, 1))
    fields: dict[str, object] = {
        "title": "Coastal brief",
        "edition": "2031-01-15",
        "language": "en",
        "window": Window("2031-01-14T06:00:00+01:00", "2031-01-15T06:00:00+01:00") if stories else Window(),
        "generated_at": "2031-01-15T06:30:00+01:00",
        "articles": articles,
        "entities": ENTITIES,
        "stories": stories,
        "coverage": Coverage(
            len(articles) + 1,
            len(articles),
            len(stories),
            (Dropped("inbox/empty.html", "no text found"),) if stories else (),
            FEEDS if stories else (),
        ),
    }
    return Brief(**{**fields, **changes})  # type: ignore[arg-type]
