"""Floors on reading offices and sides, on sentences of our own with the names given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy

from briefing.analyze.entities import find_entities
from briefing.model import Article

DATA = Path(__file__).with_name("roles.tsv")
MARK = re.compile(r"\{([POGN]):([^}]*)\}")
LABELS = {"P": "PERSON", "O": "ORG", "G": "GPE", "N": "NORP"}
# Reached when they were written; a fall means that the reading of titles or appositions has become worse.
ROLE_PRECISION, ROLE_RECALL = 0.97, 0.97
SIDE_PRECISION, SIDE_RECALL = 0.97, 0.97


@dataclass
class Count:
    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found, gold):
        self.found += found is not None
        self.gold += gold is not None
        self.right += found is not None and found == gold

    @property
    def precision(self):
        return self.right / self.found

    @property
    def recall(self):
        return self.right / self.gold


def rows():
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            marked, expected = line.split("\t")
            yield marked, expected


def read(nlp, marked):
    text, spans, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), LABELS[mark[1]]))
        text += mark[2]
        last = mark.end()
    text += marked[last:]
    doc = nlp(text)
    doc.ents = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    entities, _ = find_entities(Article("a", text), doc)
    return text, entities


def gold_of(expected):
    for part in expected.split(" ; "):
        name, rest = part.split(" = ")
        role, side = rest.split(" @ ")
        yield name.strip(), *(None if value.strip() == "-" else value.strip() for value in (role, side))


@pytest.fixture(scope="module")
def counts():
    nlp, roles, sides, wrong = spacy.blank("en"), Count(), Count(), []
    for marked, expected in rows():
        text, entities = read(nlp, marked)
        for name, role, side in gold_of(expected):
            person = next((e for e in entities if e.kind == "person" and name in e.name), None)
            found_role = person.role if person else None
            found_side = entities[int(person.affiliation)].name if person and person.affiliation else None
            roles.add(found_role, role)
            sides.add(found_side, side)
            if (found_role, found_side) != (role, side):
                wrong.append(f"{text}\n    {name}: {found_role} @ {found_side}, not {role} @ {side}")
    return roles, sides, "\n".join(wrong)


def test_there_are_enough_sentences():
    assert sum(1 for _ in rows()) >= 100


def test_roles_reach_their_floor(counts):
    roles, _, wrong = counts
    assert roles.precision >= ROLE_PRECISION, wrong
    assert roles.recall >= ROLE_RECALL, wrong


def test_sides_reach_their_floor(counts):
    _, sides, wrong = counts
    assert sides.precision >= SIDE_PRECISION, wrong
    assert sides.recall >= SIDE_RECALL, wrong
