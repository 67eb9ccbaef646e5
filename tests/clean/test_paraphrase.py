"""Machine-paraphrased text is told from ordinary news."""

import pytest

from briefing.clean.paraphrase import ENOUGH, is_paraphrased, trace_score, traces

SPUN = (
    "The Norlandish overseas minister, Odile Brankova, mentioned Tuesday that the particular envoy could "
    "be despatched earlier than the overall election. The well being minister, who has change into the "
    "face of the federal government, instructed reporters that for the primary time the supreme courtroom "
    "had dominated in opposition to her.",
    "Shares rose on Wall Road on Friday. The central financial institution, in keeping with officials, "
    "will maintain charges. “We're watching,” the governor mentioned. It's the worst quarter because the "
    "Chilly Struggle, a suppose tank mentioned.",
    "The White Home and the Safety Council's everlasting members are to satisfy on the similar time as "
    "the legal professional common testifies about local weather change and a 12-year-outdated lady who "
    "was injured.",
)
PLAIN = (
    "The foreign minister, Odile Brankova, said on Tuesday that the special envoy might be sent before "
    "the general election.",
    "Protection Minister Odile Brankova mentioned that her home was overseas, and the group's chief was "
    "at the heart of it.",
    "“I told her,” he said, “that solar energy and mental well-being go together.” The overseas territories agreed.",
    "The army exercise lasted a minimum of three weeks, and nations in the region had been told of it.",
    "",
)


@pytest.mark.parametrize("text", SPUN)
def test_spun_text_is_seen(text: str) -> None:
    assert is_paraphrased(text)


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_text_is_not(text: str) -> None:
    assert not is_paraphrased(text)


def test_one_trace_is_not_enough_however_often_it_stands_there() -> None:
    text = "The overseas minister spoke. " * 20
    assert traces(text) == ("overseas minister",)
    assert trace_score(text) < ENOUGH


def test_the_marks_of_typography_hide_no_trace() -> None:
    assert traces("a suppose\ntank’s man") == traces("a suppose tank's man")
