"""Who said what: a text in, its attributions out. The people are invented; the parse is the package's own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.language import Annotator
from briefing.model import Article, Attribution, Entity

WILK = "Marta Wilk"


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def read(annotate: Annotator, text: str) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    article, doc = Article("a", text), annotate(text)
    entities, mentions = find_entities(article, doc)
    return find_attributions(article, doc, entities, mentions), entities


def one(annotate: Annotator, text: str) -> Attribution:
    found, _ = read(annotate, text)
    assert len(found) == 1, [(a.source, a.cue, a.content) for a in found]
    return found[0]


def words(attribution: Attribution) -> list[str]:
    return [span.text for span in attribution.content]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“We will not sign this,” said Marta Wilk.", WILK, "said"),
        ("“We will not sign this,” Marta Wilk told reporters in Riga.", WILK, "told"),
        ("“We will not sign this,” Marta Wilk, the mayor of Riga, said.", "Marta Wilk, the mayor of Riga,", "said"),
        ("Marta Wilk said on Monday: “We will not sign this.”", WILK, "said"),
        ("Marta Wilk told reporters, “We will not sign this.”", WILK, "told"),
        ("According to Marta Wilk, “We will not sign this.”", WILK, "According to"),
        ("“We will not sign this,” according to Marta Wilk.", WILK, "according to"),
        ("Marta Wilk made her point on Monday:\n\n“We will not sign this.”", WILK, "made her point on Monday:"),
        ("“We will not sign this.” — Marta Wilk", WILK, "—"),
    ],
)
def test_a_quotation_finds_its_frame(annotate: Annotator, text: str, source: str, cue: str):
    attribution = one(annotate, text)
    assert attribution.kind == "direct"
    assert [w.rstrip(",.") for w in words(attribution)] == ["We will not sign this"]
    assert attribution.source is not None
    assert attribution.source.text == source
    assert attribution.cue is not None
    assert attribution.cue.text == cue
    assert attribution.speaker == WILK


def test_a_quotation_broken_by_its_frame_has_two_pieces(annotate: Annotator):
    attribution = one(annotate, "“The vote,” Marta Wilk said, “was close. We won.”")
    assert words(attribution) == ["The vote,", "was close. We won."]


def test_speech_goes_on_behind_its_frame(annotate: Annotator):
    attribution = one(annotate, "“The vote was close,” said Marta Wilk on Monday. “We won.”")
    assert words(attribution) == ["The vote was close,", "We won."]
    assert attribution.passage.text.startswith("“The vote")
    assert attribution.passage.text.endswith("“We won.”")


def test_speech_that_runs_over_paragraphs_is_one(annotate: Annotator):
    text = "Marta Wilk said: “The vote was close.\n\n“We did not expect it.\n\n“But we won.”"
    assert words(one(annotate, text)) == ["The vote was close.", "We did not expect it.", "But we won."]


def test_a_transcript_names_its_speakers(annotate: Annotator):
    found, _ = read(annotate, "WILK: We will not sign this.\n\nSTONE: Then we leave.")
    assert [a.source.text for a in found if a.source] == ["WILK", "STONE"]
    assert [words(a) for a in found] == [["We will not sign this."], ["Then we leave."]]


@pytest.mark.parametrize(
    "text",
    [
        "The tanks took part in the exercise ”Silver Arrow 2021” near Riga.",
        "The so-called “experts” were wrong.",
        "Her novel “A Winter in Riga” was sold out.",
        "The film “Ice,” a comedy, runs for two hours.",
    ],
)
def test_names_titles_and_scare_quotes_are_no_speech(annotate: Annotator, text: str):
    assert not any(a.kind == "direct" for a in read(annotate, text)[0])


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Marta Wilk said that the harbour was closed.", WILK, "said", ["that the harbour was closed"]),
        ("Marta Wilk said the harbour was closed.", WILK, "said", ["the harbour was closed"]),
        ("The harbour, Marta Wilk said, was closed.", WILK, "said", ["The harbour", "was closed"]),
        ("The harbour was closed, Marta Wilk said on Monday.", WILK, "said", ["The harbour was closed"]),
        ("The harbour was closed, according to Marta Wilk.", WILK, "according to", ["The harbour was closed"]),
        ("Marta Wilk has also denied that it was closed.", WILK, "has also denied", ["that it was closed"]),
        ("Marta Wilk called for calm.", WILK, "called for", ["calm"]),
        ("Marta Wilk urged the company to pay.", WILK, "urged", ["the company to pay"]),
        ("Marta Wilk warned the company to pay.", WILK, "warned", ["to pay"]),
        ("Marta Wilk called the plan a disgrace.", WILK, "called", ["the plan a disgrace"]),
        ("Marta Wilk did not rule out closing the harbour.", WILK, "did not rule out", ["closing the harbour"]),
    ],
)  # fmt: skip
def test_reports_have_source_cue_and_content(annotate: Annotator, text: str, source: str, cue: str, content: list[str]):
    attribution = one(annotate, text)
    assert attribution.source is not None
    assert attribution.source.text == source
    assert attribution.cue is not None
    assert attribution.cue.text == cue
    assert words(attribution) == content
    assert attribution.kind == "indirect"


def test_a_report_that_holds_a_quotation_is_mixed(annotate: Annotator):
    attribution = one(annotate, "Marta Wilk said the harbour was “a matter of life and death” for the whole city.")
    assert attribution.kind == "mixed"
    assert words(attribution) == ["the harbour was “a matter of life and death” for the whole city"]


def test_titles_do_not_hide_a_name(annotate: Annotator):
    attribution = one(annotate, "Tulsa police Chief Adam Stone said the street was closed.")
    assert attribution.source is not None
    assert attribution.source.text == "Tulsa police Chief Adam Stone"
    assert attribution.speaker == "Adam Stone"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Marta Wilk, who leads the council, denied that it had voted.", WILK),
        ("Marta Wilk, a fellow of the Riga Institute, says the vote was lost.", WILK),
        ("The mayor of Riga, Marta Wilk, said the vote was lost.", WILK),
        ("Mr. Stone instructed reporters that “nothing has been decided yet.”", "Mr. Stone"),
        ("“Nothing has been decided yet,” said the undersecretary for trade, Mr. Stone.", "Mr. Stone"),
    ],
)
def test_parentheses_and_odd_verbs_do_not_hide_a_name(annotate: Annotator, text: str, speaker: str):
    assert one(annotate, text).speaker == speaker


def test_who_only_passes_words_on_is_not_their_speaker(annotate: Annotator):
    attribution = one(
        annotate, "Marta Wilk told reporters that “nothing has been decided yet,” according to news agencies."
    )
    assert attribution.speaker == WILK


def test_a_pronoun_goes_on_with_the_speaker(annotate: Annotator):
    found, _ = read(annotate, "“The vote was close,” Marta Wilk said.\n\n“We were surprised,” she added.")
    assert [a.speaker for a in found] == [WILK, WILK]


def test_officials_and_capitals_speak_for_their_country(annotate: Annotator):
    text = "Russia closed its border. Russian officials denied the report. Moscow denied that it was true."
    found, entities = read(annotate, text)
    assert [entities[a.actor].name for a in found if a.actor is not None] == ["Russia", "Russia"]


def test_a_spokesperson_keeps_whom_they_speak_for(annotate: Annotator):
    found, entities = read(annotate, "Marta Wilk left. A spokesman for Marta Wilk said she was ill.")
    assert [(a.speaker, entities[a.actor].name) for a in found if a.actor is not None] == [(None, WILK)]


def test_what_an_agency_passes_on_is_the_actors_stance(annotate: Annotator):
    found, entities = read(annotate, "Norway will send 40 doctors, the health ministry said on Tuesday.")
    assert [(a.stance, entities[a.actor].name) for a in found if a.actor is not None] == [("promises", "Norway")]


def test_nothing_said_gives_nothing(annotate: Annotator):
    assert read(annotate, "")[0] == ()
    assert read(annotate, "The bridge was closed on Monday. Two ferries ran instead.")[0] == ()


SENTENCES = st.sampled_from(
    [
        "“We will not sign this,” said Marta Wilk.",
        "Marta Wilk said that the harbour was closed.",
        "She added: “Nobody knows.”",
        "“Then we leave”",
        "According to the ministry, two ships sank.",
        "The bridge was closed.",
        "He rejected calls to resign, saying it was “too early”.",
        "\n\n",
        "“",
        "WILK: No.",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(SENTENCES, max_size=8).map(" ".join))
def test_every_span_is_in_its_text_and_none_is_nested(annotate: Annotator, text: str):
    found, entities = read(annotate, text)
    for attribution in found:
        for span in (attribution.source, attribution.cue, attribution.passage, *attribution.content):
            assert span is None or text[span.start : span.end] == span.text
        assert attribution.passage.start <= attribution.content[0].start
        assert attribution.content[-1].end <= attribution.passage.end
        assert attribution.entity is None or entities[attribution.entity].name == attribution.speaker
    starts = [a.content[0].start for a in found]
    assert all(first <= second for first, second in pairwise(starts))


@pytest.mark.parametrize(
    ("text", "quoted", "speaker"),
    [
        (  # a sentence of its own behind a quotation that has ended
            "“The talks are over,” said Marta Wilk of the Harbour Forum. “They asked for paper.” "
            "Ms. Wilk expects Oslo to reply soon.",
            "They asked for paper.",
            WILK,
        ),
        (  # "he" has told that the chairman is none whom "she" means
            "The chairman, Peder Olm, praised the plan. It will last, he said.\n"
            "Elva Rosk, an analyst at the bank, doubted it. “It is hard to see this passing,” she wrote.",
            "It is hard to see this passing,",
            "Elva Rosk",
        ),
        (  # nobody speaks to herself
            "Dr. Marta Wilk, the health commissioner, said that it took five cases.\n"
            "Elva Rosk, a baker, was not persuaded. “My customer is ill,” she told the commissioner.",
            "My customer is ill,",
            "Elva Rosk",
        ),
    ],
)
def test_a_quotation_is_not_given_to_whoever_spoke_last(annotate: Annotator, text: str, quoted: str, speaker: str):
    found, _ = read(annotate, text)
    assert [a.speaker for a in found if quoted in words(a)] == [speaker]


def test_what_others_want_is_no_wish_of_the_one_quoted(annotate: Annotator):
    found, _ = read(annotate, "“They want new ships and no one to sail them,” said Marta Wilk, the union’s president.")
    assert [a.stance for a in found] == ["states"]


def test_only_those_stand_for_a_country_who_hold_its_offices(annotate: Annotator):
    found, entities = read(annotate, "Norwegian officials said that the weather was fine.")
    assert [entities[a.actor].name for a in found if a.actor is not None] == ["Norway"]
    found, _ = read(annotate, "Tourists in Norway said that the weather was fine.")
    assert [a.actor for a in found] == [None]


def test_a_country_in_a_source_is_not_quoted(annotate: Annotator):
    found, _ = read(annotate, "“They might have more money than us,” Norwegians fan club member said.")
    assert all(a.speaker is None for a in found)


def test_readiness_that_is_called_for_is_no_demand_on_anybody(annotate: Annotator):
    said = one(annotate, "Marta Wilk, the ambassador, said that the harbour had to be prepared for a storm.")
    assert said.stance == "states"


def test_what_is_added_behind_a_quotation_is_a_report_of_its_own(annotate: Annotator):
    found, _ = read(annotate, "“We will not sign this,” Marta Wilk said, adding that the treaty had cost too much.")
    assert [(a.kind, a.cue and a.cue.text) for a in found] == [("direct", "said"), ("indirect", "adding")]
    assert words(found[1]) == ["that the treaty had cost too much"]
    assert found[1].speaker == WILK


def test_a_term_in_marks_does_not_hide_who_brings_in_the_quotation(annotate: Annotator):
    text = "Marta Wilk told the council that a “formal update” from Jan Dvorak would follow: “We are working on it.”"
    found, _ = read(annotate, text)
    assert {a.speaker for a in found} == {WILK}


def test_an_addressee_with_an_apposition_is_not_what_is_said(annotate: Annotator):
    attribution = one(annotate, "Norway accused the island’s leader, Marta Wilk, of breaking the treaty.")
    assert (attribution.stance, words(attribution)) == ("accuses", ["breaking the treaty"])


def test_an_abbreviated_title_does_not_end_the_words_behind_a_quotation(annotate: Annotator):
    text = "“This is our year!” Wilk’s niece, state Del. Ada “Birdie” Price (D-Harrow), shouted to the crowd."
    (attribution,) = (a for a in read(annotate, text)[0] if a.kind == "direct")
    assert attribution.cue is not None
    assert attribution.cue.text == "shouted"


@pytest.mark.parametrize(
    ("before", "said", "speaker"),
    [
        ("The Health Ministry met on Monday.", "The ministry said cases had doubled.", "Health Ministry"),
        ("NATO has sent ships.", "The alliance said it would send more.", "NATO"),
        ("Varnholm Steel closes its mill.", "The company said orders had fallen.", "Varnholm Steel"),
        ("Varnholm Steel said its mill was full.", "It added that orders had risen.", "Varnholm Steel"),
        ("Varnholm Steel closes its mill, Odra Steel does not.", "The company said orders had fallen.", None),
        ("The Health Ministry met on Monday.", "The company said orders had fallen.", None),
        ("The Health Ministry met on Monday.", "A ministry said cases had doubled.", None),
    ],
)
def test_a_definite_noun_is_the_body_named_before_where_only_one_can_be_meant(
    annotate: Annotator, before: str, said: str, speaker: str | None
):
    found, _ = read(annotate, f"{before} {said}")
    assert found[-1].speaker == speaker


@pytest.mark.parametrize("body", ["NATO", "WHO"])
def test_who_holds_an_office_in_a_body_speaks_before_it(annotate: Annotator, body: str):
    attribution = one(annotate, f"{body} regional director Marta Wilk said that the risk was moderate.")
    assert attribution.speaker == WILK


def test_a_central_bank_does_not_speak_for_its_country(annotate: Annotator):
    found, entities = read(annotate, "The central bank of Norway said that prices would rise.")
    assert [entities[a.actor].name for a in found if a.actor is not None] in ([], ["central bank of Norway"])


def test_evidence_begins_behind_the_dateline(annotate: Annotator):
    text = "RIGA, Latvia, May 14 (CP) - Marta Wilk said that the treaty had cost too much."
    assert one(annotate, text).passage.text == "Marta Wilk said that the treaty had cost too much."


def test_what_had_to_be_done_is_no_demand(annotate: Annotator):
    assert one(annotate, "“They had to act,” Marta Wilk said.").stance == "states"
    assert one(annotate, "“They have to act,” Marta Wilk said.").stance == "demands"


@pytest.mark.parametrize(("words", "stance"), [("a historic step", "supports"), ("a costly mistake", "opposes")])
def test_what_something_is_called_may_judge_it(annotate: Annotator, words: str, stance: str):
    assert one(annotate, f"Marta Wilk called the accord {words}.").stance == stance


def test_who_has_a_son_speaks_and_not_the_son(annotate: Annotator):
    assert (
        one(annotate, "Asked how she felt, Marta Wilk, whose son drowned, said: “I want to go home.”").speaker == WILK
    )


@pytest.mark.parametrize(("question", "stance"), [("how she felt", "states"), ("the mayor to resign", "demands")])
def test_a_question_is_no_demand(annotate: Annotator, question: str, stance: str):
    found, _ = read(annotate, f"Marta Wilk asked {question}.")
    assert [a.stance for a in found] in ([stance], [] if stance == "states" else None)


def test_who_keeps_silent_rejects_nothing(annotate: Annotator):
    assert one(annotate, "Marta Wilk said she would neither confirm nor deny it.").stance == "states"


def test_who_declines_to_say_rejects_nothing(annotate: Annotator):
    assert one(annotate, "Marta Wilk declined to say whether the treaty would be signed.").stance == "states"
    assert one(annotate, "Marta Wilk declined to sign the treaty.").stance == "rejects"


@pytest.mark.parametrize(
    "text", ["“He was at the top of his game,” Wilk recalled.", "Protesters in the streets chanted “What curfew?”"]
)
def test_a_source_holds_neither_verb_nor_quotation(annotate: Annotator, text: str):
    for attribution in read(annotate, text)[0]:
        assert attribution.source is not None
        assert not {"recalled", "chanted", "What"} & set(attribution.source.text.rstrip(",").split())


@pytest.mark.parametrize("duty", ["has to", "needs to"])
def test_what_somebody_has_to_do_is_no_report_of_it(annotate: Annotator, duty: str):
    text = f"The Sound Competition Authority, which {duty} approve the takeover, declined to comment."
    found, _ = read(annotate, text)
    assert not any(a.cue and "approve" in a.cue.text for a in found)
