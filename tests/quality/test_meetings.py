"""Who met whom, measured on annotated sentences of our own: half of them tell of a meeting, half only sound like it.

Each line of `meetings.tsv` (rules were mended by its errors) and of `meetings_blind*.tsv` (written after the rules
stood; what they first measured stands in docs/decisions/0009) is read as an article of its own. A meeting is right when
its participants are exactly those annotated; a participant is right in a meeting that shares one with those annotated.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.analyze.entities import find_entities
from briefing.analyze.meetings import find_meetings
from briefing.language import Annotator
from briefing.model import Article, Entity, Meeting

HERE = Path(__file__).parent
PUBLISHED = "2024-03-13"
DETAILS = ("place", "date", "status", "host", "chair")


@dataclass(frozen=True)
class Gold:
    parties: tuple[str, ...]
    details: dict[str, str]


def read(path: Path) -> list[tuple[str, list[Gold]]]:
    rows = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        text, *rest = line.split("\t")
        meetings = [] if rest[0] == "-" else [gold(part.split("\t")) for part in "\t".join(rest).split(" || ")]
        rows.append((text, meetings))
    return rows


def gold(cells: list[str]) -> Gold:
    cells = [cell.strip() for cell in cells] + [""] * len(DETAILS)
    return Gold(tuple(name.strip() for name in cells[0].split(";")), dict(zip(DETAILS, cells[1:], strict=False)))


def names(entities: tuple[Entity, ...], identifier: str | None) -> set[str]:
    if identifier is None:
        return {""}
    entity = entities[int(identifier)]
    return {form.removeprefix("the ") for form in (entity.name, *entity.aliases)}


def find(annotate: Annotator, text: str) -> tuple[tuple[Entity, ...], tuple[Meeting, ...]]:
    article = Article("a", text, published=PUBLISHED)
    doc = annotate(text)
    entities, mentions = find_entities(article, doc)
    return entities, find_meetings(article, doc, entities, mentions, ())


def matches(entities: tuple[Entity, ...], meeting: Meeting, wanted: Gold) -> tuple[int, bool]:
    """How many participants are right, and whether all are and nobody else."""
    left = list(wanted.parties)
    for participant in meeting.participants:
        known = names(entities, participant.entity)
        hit = next((name for name in left if name in known or any(form.endswith(" " + name) for form in known)), None)
        if hit is not None:
            left.remove(hit)
    right = len(wanted.parties) - len(left)
    return right, right == len(wanted.parties) == len(meeting.participants)


def measure(path: Path, annotate: Annotator, *, verbose: bool = False) -> Counter[str]:
    """Counts of meetings and participants found, wanted and right, and of the details of meetings that are right."""
    counts: Counter[str] = Counter()
    for text, wanted in read(path):
        entities, found = find(annotate, text)
        remaining = list(wanted)
        notes = []
        for meeting in found:
            scored = [(matches(entities, meeting, one), number) for number, one in enumerate(remaining)]
            (right, exact), number = max(scored, key=lambda one: (one[0], -one[1]), default=((0, False), -1))
            counts["participants right"] += right
            counts["meetings right"] += exact
            if right:
                one = remaining.pop(number)
                for detail in DETAILS:
                    if one.details[detail] != "?":
                        value = getattr(meeting, detail)
                        known = names(entities, value) if detail in ("place", "host", "chair") else {value or ""}
                        known |= {form.split(" ", 1)[-1] for form in known if form.startswith(("Mr. ", "Ms. "))}
                        counts[f"{detail} scored"] += 1
                        good = one.details[detail] in known
                        counts[f"{detail} right"] += good
                        if not good:
                            notes.append(f"{detail}: {sorted(known)} for {one.details[detail]!r}")
            if not exact:
                notes.append("found " + ", ".join(sorted(entities[int(p.entity)].name for p in meeting.participants)))
        notes += ["missed " + ", ".join(one.parties) for one in remaining]
        counts["meetings found"] += len(found)
        counts["meetings wanted"] += len(wanted)
        counts["participants found"] += sum(len(meeting.participants) for meeting in found)
        counts["participants wanted"] += sum(len(one.parties) for one in wanted)
        if verbose and notes:
            print(text, *notes, sep="\n    ")
    return counts


def rates(counts: Counter[str], what: str) -> tuple[float, float]:
    """Precision and recall in percent."""
    right = counts[f"{what} right"]
    return 100 * right / max(1, counts[f"{what} found"]), 100 * right / max(1, counts[f"{what} wanted"])


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def test_the_annotated_sentences_are_half_decoys():
    rows = read(HERE / "meetings.tsv")
    assert len(rows) >= 120
    assert 0.4 <= sum(not wanted for _, wanted in rows) / len(rows) <= 0.6


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("meetings*.tsv")))
def test_who_met_whom_reaches_its_floors(name: str, annotate: Annotator):
    counts = measure(HERE / name, annotate)
    for what in ("meetings", "participants"):
        precision, recall = rates(counts, what)
        assert precision >= 90, f"{what}: precision {precision:.1f}"
        assert recall >= 75, f"{what}: recall {recall:.1f}"


if __name__ == "__main__":
    for file in map(Path, sys.argv[1:]):
        total = measure(file, Annotator(), verbose=True)
        for what in ("meetings", "participants"):
            print(file.name, what, "precision {:.1f} recall {:.1f}".format(*rates(total, what)))
        print({detail: f"{total[f'{detail} right']}/{total[f'{detail} scored']}" for detail in DETAILS})
