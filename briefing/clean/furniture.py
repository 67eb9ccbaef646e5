"""What a line of scraped text is: page furniture, a credit, a byline, a date line, a dateline, or words of the article.

Every pattern describes a kind of line by its wording or shape, never the lines of one site, and matches whole lines
only: a sentence that mentions a newsletter stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.clean.dates import parse_date

LONGEST_BYLINE = 12  # words; "By A B, C D and E F, Associated Press | January 12, 2022" has 12
LONGEST_NAME = 6  # words of one author's name with particles

_ASKED = (
    r"(?:(?:are|were|have|do|did|would|could) you|got|have|want|know|enjoy(?:ing|ed)?|like|love|interested in|"
    r"looking for|seen|spotted|need)\b"
)
_NUMBERED = (
    r"(?:document|article|item|story|record|text) (?P<at>\d{1,4}) of (?P<all>\d{1,4})"
    r"|(?P<first>\d{1,4}) of (?P<last>\d{1,4}) (?:documents|articles|items|stories|records|texts)"
)
_END = r"\[?(?:end of (?:document|article|story)|ends)\]?\.?|-30-"
_FURNITURE = (
    # placeholders of templates and plug-ins, controls of captions and players
    r"\[/?[a-z]+[a-z_-]*\d*(?: [^\]]*)?\]",
    r"(?:\w+ ){0,2}caption",
    r"(?:enlarge|expand|view|open) (?:this )?(?:image|photo|picture|gallery)(?: in .*)?",
    r"(?:play|pause|watch|listen)(?: (?:video|audio|now|live|here))?(?: \d+:\d\d)?",
    r"(?:image|photo|picture|video) \d+ of \d+",
    # where it comes from, what it is filed under
    r"(?:source|original|article) (?:link|article|url|here|source)s?:?(?: https?://\S+)?",
    r"(?:source|via|link): *https?://\S+",
    r"https?://\S+",
    r"home ?(?:[/»›>|·→]|>>|::) ?.{1,100}",
    r"(?:posted|filed|published) (?:in|under):?(?: .{1,80})?",
    r"(?:tags?|categor(?:y|ies)|topics?|keywords|labels|sections?):(?: .{1,200})?",
    r"(?:last )?(?:updated|modified|edited)(?: on| at)?:? .{4,60}",
    r"\d+ min(?:ute)?s?(?: read)?|(?:reading|read) time:? .{1,20}|\d+ min(?:ute)?s? (?:ago|read)",
    r"\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago",
    _NUMBERED,
    _END,
    # talking back
    r"(?:leave|post|write|add|submit)(?: us)? an? (?:reply|comments?|response)(?: .{0,40})?",
    r"(?:cancel reply|post comment|submit comment|reply|comment)s? ?\*?",
    r"your e-?mail address will not be (?:published|shared)\..*",
    r"(?:your )?(?:name|e-?mail|website|comment|url)(?: address)? ?\*",
    r"required fields are marked ?\*?",
    r"save my name, e-?mail,? and website .*",
    r"(?:no|\d+|show|view|read|load|see)(?: all| more)?(?: \d+)? (?:comments?|responses?|replies)(?: yet)?",
    r"be the first to comment.*|(?:you must be )?(?:logged|log) in to (?:post|leave) a (?:comment|reply).*",
    # asking the reader for something
    rf"(?:{_ASKED}[^.!?]{{0,120}}\? ?)?(?:please )?(?:send|e-?mail|contact|call|text|tell|write|reach|get in touch|"
    r"share|visit|join|message|submit)\b[^!?]{0,120}(?:\S+@\S+\w|@\w+|https?://\S+)\.?",
    rf"{_ASKED}[^.!?]{{0,120}}\? ?(?:(?:please )?(?:send|get|sign|subscribe|join|tell|contact|let|share|support|"
    r"become|follow|click|try|register|read|see)\b.{0,120}|\S+@\S+\w)",
    # sharing, following, paying
    r"(?:click to )?(?:share|tweet|pin|e-?mail|print|save|copy link|bookmark)(?: (?:this|on|via|to|by|it)\b.{0,40})?:?",
    r"(?:facebook|twitter|linkedin|whatsapp|pinterest|reddit|telegram|instagram|messenger|youtube|tumblr|x)(?: icon)?",
    r"follow (?:us|me|\w+ on) .{0,60}|(?:like|join) us on .{0,40}",
    r"(?:subscribe|sign up|register|log ?in|sign in|log ?out|sign out|donate)(?: (?:now|here|today|free|"
    r"to .{1,60}|for .{1,80}))?[.!]?",
    r"(?:get|download) (?:our|the) app.{0,40}|get .{1,60} (?:in|to) your inbox.{0,30}",
    r"already (?:a|have an) (?:subscriber|account|member)\b.{0,40}",
    r"(?:this (?:site|website) uses|we use) cookies.*|(?:accept|reject)(?: all)?(?: cookies)?|cookie (?:policy|"
    r"settings)",
    # other pages
    r"(?:read|see|watch|listen|view)(?: also| more| next|ing)?:? ?(?:»|→|>+|\.{3}|…)?",
    r"(?:also read|read also|read more|see also|read next|more on this|watch now|related|recommended|don['’]t miss)"
    r"\b ?[:|-].{0,200}",
    r"(?:related|recommended|popular|trending|latest|more|other|top)(?: (?:articles?|posts?|stor(?:y|ies)|news|"
    r"content|topics?|links?|reading|coverage))?:?",
    r"more (?:from|in|on) .{1,60}|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)\b.{0,40}",
    r"(?:continue reading|keep reading)(?: .{0,60})?",
    r"(?:previous|next|older|newer)(?: (?:article|post|story|page))?(?: ?[:»→>].*)?",
    r"skip (?:to|past|ad\b)(?: .{1,40})?|jump to .{1,40}|back to top|(?:main )?menu|home|search(?:\.{3}|…|"
    r" for.{0,20})?|close|loading(?:\.{3}|…)?",
    # advertising and the publisher's small print
    r"advertis(?:e?ments?|ing)|ads?|sponsored(?: content)?|promoted|(?:story|article) continues (?:below|after).{0,40}",
    r"(?:©|\(c\)|copyright\b).{0,160}|all rights reserved\.?",
    r"(?:privacy policy|terms (?:of|and|&) \w+|contact(?: us)?|about(?: us)?|help|faqs?|careers|rss|site ?map|imprint)",
    r"[^\w]*",
)
_ANY_FURNITURE = re.compile(r"[\W_]*(?:" + "|".join(_FURNITURE) + r")[^\w.!?)\]*]*", re.IGNORECASE)
_NUMBER_LINE, _END_LINE = re.compile(_NUMBERED, re.IGNORECASE), re.compile(_END, re.IGNORECASE)
_COMMENT_FORM = re.compile(
    r"(?:leave|post|write|add)(?: us)? an? (?:reply|comment|response)\b.{0,40}|"
    r"your e-?mail address will not be published.*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:[*+•-] )?(?:\S.{0,60}\b(?:on|at|,) ?)?.{4,24}\d{4},? (?:at )?\d{1,2}:\d\d.{0,8}"
    r"(?: (?:said|says|wrote|replied))?:?|"
    r"(?:[*+•-] )?(?:\S{1,20} ){0,4}\d+ (?:second|minute|hour|day|week|month|year)s? ago(?: at .{4,12})?|"
    r"rating: \d+ votes?",
    re.IGNORECASE,
)

_REMARKS = re.compile(
    r"(?:\d+|one|no) (?P<what>thoughts?|comments?|responses?|replies)(?P<about> (?:on|to) .+)?:?", re.IGNORECASE
)
_SAYS = re.compile(r"(?:[*+•-] |\d{1,4}\. )?(?:\S{1,30} ){1,4}(?:says|said):?")

_AGENCY = (
    r"(?:AP|AFP|EPA|Reuters|Getty(?: Images)?|PA|dpa|TASS|UPI|Xinhua|Bloomberg|Shutterstock|Alamy|Anadolu|NurPhoto|"
    r"Sputnik|iStock)"
)
_PICTURE = r"(?:photo(?:graph)?|picture|image|video|illustration|graphic|artwork)s?"
_SECTION = r"(?:[Hh]ome|News|World|Business|Politics|Sports?|Opinion|Culture|Economy|Local|Regional|National|Science)"
_WORD = r"(?:[^\W\d_][\w.'’-]*|&)"
_CREDIT = (
    re.compile(
        rf"[([]?(?:{_PICTURE} )?(?:credits?|courtesy)(?: \w+)?(?: ?[:|…]| ?\.\.\.| of\b| by\b).{{0,120}}", re.IGNORECASE
    ),
    re.compile(
        rf"[([]?(?:\w+ )?{_PICTURE}(?: \w+)?"
        r"(?: ?[:|…©]| (?:by|via|from)(?= (?-i:[A-ZÀ-Þ]))| courtesy\b).{0,100}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?!{_SECTION} ?/)[([]?(?:{_WORD} ){{0,4}}{_WORD} ?/ ?(?:{_WORD} ?){{1,5}}(?:/ ?(?:{_WORD} ?){{1,5}})?"
        r"(?:, (?:file|pool))?[)\]]?"
    ),
    re.compile(
        rf"[([]?(?:{_WORD} ){{0,6}}(?:via )?{_AGENCY}(?: (?:Photo|Images?))?(?: ?/ ?[^.]{{2,40}})?"
        r"(?:, (?:file|pool))?[)\]]?"
    ),
)
_LOWER_NAME = re.compile(r"\b(?!(?:de|la|van|von|der|den|bin|al|el|di|da|du|del|via|for|and|of|the|by)\b)[a-z]{2,}")
# a picture's marker that a lost tag has glued to its caption, or a labelled caption
_GLUED = re.compile(rf"(?:{_PICTURE}|credits?|caption)(?=[A-ZÀ-Þ“\"‘])", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:{_PICTURE} )?caption ?[:,.]? |{_PICTURE}: ", re.IGNORECASE)
_ENDS_IN_CREDIT = re.compile(
    rf" ?[([](?:{_PICTURE}[: ][^)\]]*|[^)\]]*\b{_AGENCY}\b[^)\]]*|[^)\]]*/[^)\]]*)[)\]]\.?$", re.IGNORECASE
)
_BARE_CREDIT = re.compile(
    rf"(?<=[.!?…”\"’')\]]) (?:{_PICTURE}(?: credits?)?|credits?)(?: ?[:|©] ?| by | courtesy of )\S.{{1,80}}$"
    rf"|(?<=[.!?…”\"’')\]]) (?:© ?\S.{{1,60}}|(?:{_WORD} ){{1,4}}?/ ?{_AGENCY}(?: Images)?)$",
    re.IGNORECASE,
)

_CAPTION_LOOK = re.compile(
    r"[,(] ?(?:from )?(?:top |bottom |far |second )?(?:left|right|cent(?:er|re))\b[,):]|\b(?:pictured|"
    r"file (?:photo|picture|image))\b"
    r"|\b(?:is|are|was|were) (?:seen|shown) |, (?:on )?(?:[A-Z][a-z]{2,8}day, )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|"
    r"\d{1,2} [A-Z][a-z]{2,8}),? \d{4}\.?$"
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|reported|story|words|reporting) )?(?:by\b|authors?:)[: ]*(?P<rest>.*)", re.IGNORECASE
)
_DASH = r"(?: ?[—–] ?| --? )(?=[\"'“‘A-ZÀ-Þ\d])"  # a hyphen inside a word ("COVID-19") is none
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}(?:, (?:[A-ZÀ-Þ][\w.]* ?){1,4})?)"
    rf"(?: \((?P<agency>[A-Z][\w. ]{{1,30}})\))?(?:, (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}))?{_DASH}"
    rf"|[A-ZÀ-Þ][\w.'’ -]{{1,40}}(?:, [A-ZÀ-Þ][\w. ]{{1,30}})? \((?P<wire>[A-Z][\w. ]{{1,30}})\){_DASH}"
    rf"|\((?P<bare>{_AGENCY})\){_DASH}"
)
_OTHER_HAND = re.compile(r"(?:\w+ ){1,2}by\b", re.IGNORECASE)  # "Editing by", "Additional reporting by"
_SPLIT_NAMES = re.compile(r" ?[,;&|] ?| and | with ")


def is_furniture(line: str) -> bool:
    """Whether the whole line is the page's, not the article's."""
    return _ANY_FURNITURE.fullmatch(line) is not None


def numbered(line: str) -> tuple[int, int] | None:
    """Which document begins below the line, and of how many: "Document 2 of 5"; None for other lines."""
    match = _NUMBER_LINE.fullmatch(line)
    return (int(match["at"] or match["first"]), int(match["all"] or match["last"])) if match else None


def ends_article(line: str) -> bool:
    """Whether the line says that an article ends: "-30-", "End of document"."""
    return _END_LINE.fullmatch(line) is not None


def opens_comments(line: str) -> bool:
    """Whether the line opens a comment form: nothing below it is the article's."""
    return _COMMENT_FORM.fullmatch(line) is not None


def heads_remark(line: str) -> bool:
    """Whether the line can stand above a reader's remark: who wrote it and when, to the minute or so long ago."""
    return _REMARK.fullmatch(line) is not None


def heads_remarks(line: str, below: Sequence[str]) -> bool:
    """Whether the line is the heading above all readers' remarks: it counts them, with one `below`, or names the page.

    "12 comments" alone is a control that may stand anywhere.
    """
    match = _REMARKS.fullmatch(line)
    if not match:
        return False
    if match["about"] and (match["what"].lower().startswith("thought") or match["about"].split()[1][0] in "“\"‘'«„"):
        return True
    return any(heads_remark(other) or _SAYS.fullmatch(other) for other in below)


def is_credit(line: str) -> bool:
    """Whether the whole line names who made a picture."""
    if len(line) > 140 or len(line.split()) > 16:
        return False
    return any(shape.fullmatch(line) for shape in _CREDIT[:2]) or (
        any(shape.fullmatch(line) for shape in _CREDIT[2:]) and not _LOWER_NAME.search(line)
    )


def caption_of(line: str) -> str | None:
    """The caption when the line shows by itself that it is one: a glued or written label, a credit at its end."""
    if match := _GLUED.match(line) or _LABELLED.match(line):
        return _ENDS_IN_CREDIT.sub("", line[match.end() :]).strip()
    if match := _ENDS_IN_CREDIT.search(line):
        return line[: match.start()].strip()
    return None


def without_credit(caption: str) -> str:
    """The caption without the name of who made the picture at its end; empty when there is nothing else."""
    if is_credit(caption):
        return ""
    return _BARE_CREDIT.sub("", _ENDS_IN_CREDIT.sub("", caption)).strip()


def looks_like_caption(line: str) -> bool:
    """Whether the wording is a caption's: who stands where, "pictured", "file photo", a day at the end."""
    return _CAPTION_LOOK.search(line) is not None


def byline(line: str) -> tuple[tuple[str, ...], str | None] | None:
    """Authors and date (ISO 8601) of a byline; either may be missing. None when the line is no byline."""
    match = _BYLINE.fullmatch(line)
    if not match or len(line.split()) > LONGEST_BYLINE or line.endswith((".", "!", "?", ":")):
        return None
    names, date = [], parse_date(match["rest"])
    for part in _SPLIT_NAMES.split(match["rest"]):
        if _OTHER_HAND.match(part):
            break
        if is_name(part):
            names.append(part)
        elif part and not date and not names and not _is_account(part):
            return None
    return tuple(names), date


def is_name(text: str) -> bool:
    """Whether the words can be a person's name: two or more, capitalised, no figures, no job or agency alone."""
    words = text.split()
    return (
        2 <= len(words) <= LONGEST_NAME
        and not re.search(r"[\d@:/\\<>{}|]", text)
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and not _LOWER_NAME.search(text)
        and parse_date(text) is None
    )


def _is_account(text: str) -> bool:
    """A login name: one word; it says nothing of who wrote the article."""
    return " " not in text.strip()


def date_line(line: str) -> str | None:
    """The date (ISO 8601) of a line that holds a date and hardly anything else."""
    if len(line) > 70 or len(line.split()) > 10 or (line.endswith((".", "!", "?")) and not line.lower().endswith("m.")):
        return None
    return parse_date(line)


def dateline(paragraph: str) -> tuple[int, str | None] | None:
    """Where the words begin after "BRUSSELS (AP) — ", and the agency; None when the paragraph opens without one."""
    match = _DATELINE.match(paragraph)
    if not match or match.end() >= len(paragraph):
        return None
    return match.end(), match["agency"] or match["wire"] or match["bare"]
