"""What stands around an article's paragraphs and is none of them: biographies, tags, pull quotes, invitations."""

import pytest

from briefing.clean import clean
from briefing.clean.furniture import without_credit
from briefing.model import Article, Page, PageKind

BODY = (
    "The ferry line from Tolhaven to the outer islands will run all year from October, the operator said on Friday.",
    "Until now the boats were laid up from November to March, and islanders had to charter fishing vessels or wait.",
    "“It changes how we live,” said Odile Brankova, who keeps the school on Lesser Holm. “We can go to the dentist.”",
    "Two larger boats have been bought for the winter, at a cost of 6.2 million euros that the region shares.",
)
TEXT = "\n\n".join(BODY)
MARKED = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def article(content: str, kind: PageKind = "html") -> Article:
    found = clean(Page("page", content, kind))
    assert isinstance(found, Article)
    return found


def page(text: str) -> str:
    return f"<html><body><article><h1>Winter ferries</h1><div class='body'>{text}</div></article></body></html>"


@pytest.mark.parametrize(
    "tags",
    [
        "<ul class='tags'><li>Ferries</li><li>Lesser Holm</li><li>Winter</li></ul>",
        "<p><a href='/t/1'>Ferries</a> <a href='/t/2'>Lesser Holm</a></p>",
        "<ul><li><a href='/1'>Ferries</a></li><li><a href='/2'>The outer islands and how to reach them</a></li></ul>",
    ],
)
def test_tags_at_the_end_go(tags: str) -> None:
    assert article(page(MARKED + tags)).text == TEXT


def test_a_list_that_the_text_introduces_stays() -> None:
    islands = "<p>The boats will call at three islands, the operator said, and each of them has a pier of its own:</p>"
    found = article(page(f"{MARKED}{islands}<ul><li>Lesser Holm</li><li>Greater Holm</li><li>Skarv</li></ul>"))
    assert found.text.endswith("Lesser Holm\n\nGreater Holm\n\nSkarv")


def test_a_quotation_pulled_out_of_the_text_is_kept_once() -> None:
    pulled = "<blockquote class='pull-quote'>“It changes how we live”</blockquote>"
    assert article(page("".join((*(f"<p>{line}</p>" for line in BODY[:3]), pulled, f"<p>{BODY[3]}</p>")))).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Were you on the last boat? Send your pictures to newsdesk@tolhaven-post.example",
        "Got a tip? tips@tolhaven-post.example",
        "Do you have a view? Write to us at letters@tolhaven-post.example.",
        "Enjoying this article? Get the Post delivered every morning.",
        "Contact the reporter at jan.meulen@tolhaven-post.example",
        "Subscribe to our newsletter",
    ],
)
def test_invitations_to_the_reader_go(line: str) -> None:
    assert article(f"{TEXT}\n\n{line}", "text").text == TEXT
    assert article(f"{TEXT}\n\n[{line}](https://post.example/)", "markdown").text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "“Have you ever waited a week for a dentist?” she asked. “Come and share that with us.”",
        "Do you have to be an islander to be heard? The operator says that it will share its timetable with all towns.",
        "Contact with the outer islands broke off on Sunday, when the mast on Skarv came down in the storm.",
    ],
)
def test_sentences_that_ask_or_share_stay(line: str) -> None:
    assert article(f"{TEXT}\n\n{line}", "text").text == f"{TEXT}\n\n{line}"


def test_the_biography_of_the_author_goes_and_that_of_others_stays() -> None:
    bio = "Jan Meulen covers the islands for the Post."
    assert article(f"By Jan Meulen\n\n{TEXT}\n\n{bio}", "text").text == TEXT
    assert article(f"---\nauthor: Jan Meulen\n---\n\n{TEXT}\n\n*{bio}*", "markdown").text == TEXT
    assert article(f"{TEXT}\n\n{bio}", "text").text.endswith(bio)


def test_a_byline_below_the_standfirst_goes() -> None:
    head = "<meta name='author' content='Jan Meulen'>"
    byline = "<p class='author'>Jan Meulen | Islands correspondent | 5 March 2024</p>"
    assert "correspondent" not in article(head + page(f"<p>{BODY[0]}</p>{byline}{MARKED}")).text


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("The Holm Maiden at the pier. Photo: Ilse Marten / TP", "The Holm Maiden at the pier."),
        ("The Holm Maiden at the pier. Photograph: Ilse Marten", "The Holm Maiden at the pier."),
        ("The Holm Maiden at the pier. (Picture: Ilse Marten)", "The Holm Maiden at the pier."),
        ("The Holm Maiden at the pier. © Ilse Marten", "The Holm Maiden at the pier."),
        ("The photo by the door shows the Holm Maiden.", "The photo by the door shows the Holm Maiden."),
        ("Photo: Ilse Marten", ""),
    ],
)
def test_the_credit_leaves_the_caption(caption: str, kept: str) -> None:
    assert without_credit(caption) == kept
    found = article(page(f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>{MARKED}"))
    assert found.captions == ((kept,) if kept else ())


def test_what_stands_above_the_tags_of_the_plugin_is_the_head() -> None:
    above = "Ferries to sail to the islands all winter\n\nBy Jan Meulen | March 5, 2024"
    found = article(f"Home\n\nMost read today\n\n{above}\n\n[ad_1]\n\n{TEXT}\n\n[ad_2]\n\nNext post: Herring", "text")
    assert (found.title, found.authors, found.published, found.text) == (
        "Ferries to sail to the islands all winter",
        ("Jan Meulen",),
        "2024-03-05",
        TEXT,
    )


def test_a_line_apart_from_the_body_is_no_title_without_words_in_common() -> None:
    assert article(f"Our garden supplement appears tomorrow\n\n[ad_1]\n\n{TEXT}\n\n[ad_2]", "text").title == ""


def test_a_short_title_is_known_by_the_byline_below_it() -> None:
    found = article("Bakery closes\n\nBy Jan Meulen\nMarch 5, 2024\n\nA bakery closed on Skarv on Monday.", "text")
    assert (found.title, found.authors, found.published, found.text) == (
        "Bakery closes",
        ("Jan Meulen",),
        "2024-03-05",
        "A bakery closed on Skarv on Monday.",
    )


REMARK = "I took that boat for thirty years, and nobody ever asked the islanders what they wanted from it, not once."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("* Old Salt on March 6, 2024 at 4:47 pm said:", "* Gull on March 7, 2024 at 9:05 am said:"),
        ("2 days ago at 07:52 am", "1 day ago at 11:10 pm"),
        ("Old Salt says:\nMarch 6, 2024 at 4:47 pm", "Gull says:\nMarch 7, 2024 at 9:05 am"),
    ],
)
def test_readers_remarks_end_the_article(first: str, second: str) -> None:
    assert article(f"{TEXT}\n\n{first}\n\n{REMARK}\n\n{second}\n\n{REMARK}", "text").text == TEXT


def test_speakers_on_lines_of_their_own_are_no_remarks() -> None:
    spoken = f"{TEXT}\n\nMr Meulen said:\n\n{REMARK}\n\nMs Brankova said:\n\n{REMARK}"
    assert article(spoken, "text").text == spoken


def test_the_entries_of_a_live_report_stay() -> None:
    report = "\n\n".join(f"{hours} hours ago\n\n{line}" for hours, line in enumerate(BODY, 2))
    assert article(report, "text").text == TEXT


def test_a_line_of_related_reading_goes() -> None:
    assert article(f"{BODY[0]}\n\nRelated: How the islands got their school\n\n{BODY[1]}", "text").text == "\n\n".join(
        BODY[:2]
    )


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        ("109 Comments", "Old Salt says"),
        ("2 responses", "• Old Salt says:"),
        ("One comment", "March 6, 2024 at 4:47 pm"),
        ("2 thoughts on “The ferry runs all winter”", "Old Salt, islander"),
        ("59 Comments on “The ferry runs all winter”", "1. Old Salt, islander"),
    ],
)
def test_the_remarks_below_their_heading_are_not_the_articles(heading: str, first: str) -> None:
    remark = "I crossed in January when I was young, and nobody asked whether the boat would come back for us."
    found = article("\n\n".join([*BODY, heading, first, remark, remark]), "text")
    assert found.text == "\n\n".join(BODY)


def test_a_count_of_comments_above_or_within_the_body_ends_nothing() -> None:
    text = "\n\n".join(["12 comments", *BODY[:2], "12 comments", *BODY[2:]])
    assert article(text, "text").text == "\n\n".join(BODY)


def test_a_body_that_is_printed_twice_is_kept_once() -> None:
    heading = "What the islanders say"
    body = "\n\n".join([BODY[0], heading, *BODY[1:]])
    assert article(f"{body}\n\n{body}", "text").text == body
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    page = f"<main><h1>Winter ferries</h1><div class=wide>{paragraphs}</div><div class=small>{paragraphs}</div></main>"
    assert article(f"<html><body>{page}</body></html>").text == "\n\n".join(BODY)


def test_a_sentence_that_comes_back_in_a_long_text_stays() -> None:
    refrain = "The boat was late, and nobody on the pier could say when, or whether, it would come."
    body = [line for paragraph in BODY * 2 for line in (paragraph.replace("ferry", "boat"),)][:4]
    own = [f"In the {name} the men of the outer islands went down to the shore and counted the lights." for name in
           ("spring", "summer", "autumn", "winter", "morning", "evening", "dark")]  # fmt: skip
    text = "\n\n".join([*body, refrain, *own, refrain])
    assert article(text, "text").text == text
