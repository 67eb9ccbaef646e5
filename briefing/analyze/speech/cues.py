"""Words in, frames out: the verbs, nouns, adjectives and phrases by which English reports speech, thought and intent.

The classes follow the field's grammars of reporting (Quirk et al. on factual and suasive verbs, Levin's verbs of
communication, judgment, desire and conjecture); the stances are frames of event coding (CAMEO, PLOVER) in own words.
"""

from __future__ import annotations

from dataclasses import dataclass

# What may follow a cue, one letter each:
#   s  a clause (that, whether, bare)      i  an infinitive of the source's own act ("vowed to leave")
#   o  a noun phrase ("rejected the plan") a  an addressee before either ("told them that", "urged them to")
#   g  a gerund ("denied leaving")         q  words in quotation marks, as a verb of speaking
#   x  an object with its predicate ("called it a hoax")
#   =PREPOSITION  a phrase with that preposition ("called =for calm", "accused them =of lying")
_VERBS = """
states sq     say add reply answer respond retort counter rejoin continue conclude begin close interject interrupt
              whisper mutter murmur mumble shout yell scream cry exclaim call roar bellow chant sing joke quip deadpan
              crack laugh smile grin shrug sigh sob snap bark growl fume thunder rage boast brag gush muse reason
              speculate preach lecture opine philosophize reminisce marvel drawl stammer chime rap intone utter
              write blog text email cable read print testify swear venture volunteer offer agree concur plead beg
              implore pray beseech comment elaborate observe caution
states saq    tell
states sqo    state declare announce mention note remark repeat reiterate stress emphasize emphasise underline
              underscore highlight confirm acknowledge admit concede confess clarify explain describe detail recount
              recall relate
              narrate report disclose reveal divulge affirm reaffirm assert proclaim pronounce outline indicate claim
              maintain contend argue insist tweet retweet post publish broadcast quote cite document chronicle reference
              signal signify imply hint intimate confide express voice echo paraphrase recite summarize summarise
              stipulate specify
states as     inform notify assure reassure remind brief instruct teach persuade convince advise update apprise
states a=of   inform notify assure remind convince persuade advise
states o      discuss debate broach
states =about speak talk comment write testify brag boast joke tweet complain rant rave inquire elaborate
states =on    comment elaborate reflect remark touch report opine tweet insist dwell
states =of    speak talk tell write boast complain
states =to    admit confess testify point refer allude attest swear
states =with  agree concur
states so     show demonstrate suggest indicate reveal illustrate detail document discover estimate
states s      find prove conclude learn determine establish calculate reckon measure believe think know understand
              realize realise recognize recognise accept assume presume suppose guess feel hold judge deem consider
              regard perceive see hear remember forget decide rule imagine fathom notice sense gather figure
              conceive contemplate appreciate ponder reflect
states o      believe recognize recognise acknowledge
states x      call label brand term dub describe characterize characterise portray paint depict see view regard consider
              deem rate declare find
states x=as   describe characterize characterise portray paint depict view regard see cast treat hail
opposes x=as  denounce condemn attack
rejects x=as  dismiss
states x=to   liken compare link
supports o    support back endorse praise welcome defend applaud hail commend favor favour champion celebrate laud extol
              advocate salute cheer embrace honor honour admire thank congratulate credit compliment uphold
              affirm respect like love
supports so   approve
supports o    sign ratify
supports =of  approve
supports =for vote stand campaign lobby apologize apologise advocate
supports =with sympathize sympathise side
opposes oq    criticize criticise condemn denounce attack blast slam lambast lambaste deplore decry assail rebuke
              chastise castigate censure berate scold lament mock ridicule disparage deride bash rip pan fault bemoan
              resent hate dislike detest despise disdain pillory excoriate protest oppose resist contest challenge
              contradict hammer pound grill chide admonish reprimand upbraid belittle denigrate vilify malign
opposes =against protest campaign speak argue vote lobby rail fight object
opposes =to   object react
opposes =at   scoff sneer jeer bristle balk
opposes =with disagree quarrel differ
opposes =about complain grumble protest
opposes =over complain protest
opposes =of   disapprove despair tire
opposes s     complain protest object lament gripe grumble grouse regret disagree
demands oaisq demand order command require insist
demands aqsi  urge ask beg implore press pressure exhort beseech entreat request petition appeal plead enjoin direct
              instruct tell encourage invite remind advise lobby push compel summon challenge dare tell
demands o     demand request seek solicit
demands =for  call ask press push appeal plead lobby petition beg clamor clamour argue
demands =on   insist call
demands =of   ask demand require
hopes i       seek
demands i     ask demand
rejects oi    reject refuse decline dismiss rebuff veto spurn shun disregard ignore exclude repudiate renounce
              overrule disavow disown deny forgo scrap abandon shelve snub rebut brush
rejects q     dismiss
rejects g     oppose resist exclude avoid
rejects i     refuse decline hesitate
rejects =on   renege backtrack
rejects =from refrain abstain
denies sogq   deny refute dispute gainsay disclaim negate
accuses a=of  accuse suspect convict
accuses a=for blame criticize criticise condemn attack fault chide rebuke slam scold indict denounce reprimand
accuses a=with charge
accuses so    allege charge
accuses o     accuse blame indict implicate incriminate
warns saqi    warn caution alert fear worry fret
warns a=of    warn
warns a=against warn caution advise
warns =of     warn
warns =about  warn worry fret
threatens iosq threaten
threatens =with threaten
proposes soigq propose suggest recommend
proposes o    propose float table moot
proposes a=to invite
promises siaoq promise pledge vow undertake swear guarantee commit
promises io   offer agree consent volunteer
promises =to  agree commit consent
promises =on  agree
promises =upon agree
promises o    accept approve grant
promises ai   allow permit let
hopes si      hope wish aspire long yearn
hopes =for    hope wish long pray yearn wait
hopes oai     want desire
hopes i       want prefer love aim like
expects soai  expect predict anticipate forecast foresee project envision envisage
expects i     plan intend mean expect prepare decide choose opt hope look
expects g     consider contemplate weigh mull
expects o     plan weigh
expects =on   plan count bet
expects =against decide
doubts so     doubt question query distrust mistrust challenge
doubts s      wonder ask
doubts =about wonder ask
"""

# verb and particle, written as one cue; the letters as above
_PHRASAL = """
states sqo    point_out spell_out lay_out set_out sum_up blurt_out cry_out call_out read_out bring_up put_it make_clear
              go_on chime_in shoot_back fire_back write_back hit_back carry_on cut_in put_in set_forth find_out make_out
              figure_out put_forward
opposes =against speak_out come_out hit_out push_back
opposes =at   lash_out hit_out
opposes o     call_out tear_into take_on
rejects oqg   rule_out turn_down throw_out brush_off brush_aside wave_away strike_down knock_down shoot_down
promises i    sign_up
proposes o    put_forward bring_forward
denies o      play_down
expects =to   look_forward
"""

# nouns that stand for an act of saying, thinking or wanting: "the claim that", "her demand for", "a threat to"
_NOUNS = """
states    statement claim assertion announcement declaration remark comment report argument contention testimony
          acknowledgment acknowledgement admission confirmation explanation description assessment analysis finding
          conclusion view opinion belief notion idea impression understanding realization recognition revelation
          disclosure message letter memo email tweet post speech interview news rumor rumour suspicion estimate theory
          insistence reminder assurance reference observation evidence sense feeling confidence knowledge fact-finding
supports  support endorsement praise approval backing defense defence welcome sympathy admiration enthusiasm
opposes   opposition criticism condemnation denunciation objection attack protest disapproval complaint outrage anger
demands   demand call request appeal plea insistence urging order directive petition pressure push
rejects   rejection refusal dismissal veto
denies    denial
accuses   accusation allegation charge complaint blame
warns     warning concern fear worry anxiety alarm caution
threatens threat ultimatum
proposes  proposal suggestion recommendation plan
promises  promise pledge vow commitment offer agreement undertaking guarantee willingness readiness
hopes     hope wish desire dream aspiration
expects   expectation prediction forecast projection intention
doubts    doubt question skepticism scepticism uncertainty disbelief
"""

# adjectives with a copula: "is ready to", "are worried that", "was critical of"
_ADJECTIVES = """
states    aware certain sure adamant clear mindful conscious convinced positive
supports  supportive glad happy pleased delighted proud grateful thankful thrilled
opposes   critical opposed angry furious unhappy upset outraged disappointed disgusted appalled frustrated dissatisfied
rejects   unwilling reluctant loath hesitant
demands   insistent
warns     worried concerned afraid fearful wary anxious alarmed nervous uneasy cautious
promises  ready prepared willing committed
hopes     hopeful eager keen
expects   confident optimistic
doubts    skeptical sceptical doubtful unsure uncertain unconvinced pessimistic dubious
"""

# the light verbs that lend a noun its subject: "issued a warning", "expressed hope", "made the claim"
LIGHT_VERBS = frozenset(
    "make issue express voice give offer raise have hold share reiterate repeat lodge file send deliver release publish"
    " draw launch file submit extend convey register renew lend throw pose".split()
)

# verbs that only shade the cue they govern: "appeared to blame", "went on to discuss", "tried to play down"
SHADING_VERBS = frozenset(
    "appear seem continue go begin start try attempt proceed tend use come happen rush pause move return fail need have"
    " get stop keep cease manage dare".split()
)

# prepositions that name a source by themselves; the second is what synonym-swapping rewriters make of the first
SOURCE_PHRASES = ("according to", "in keeping with", "in accordance with", "in the words of", "in the view of",
                  "in the opinion of")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """One way a cue is built: `stance`, the complements it takes as letters, and its prepositions."""

    stance: str
    takes: str
    prepositions: tuple[str, ...] = ()


def _rows(table: str) -> list[tuple[str, ...]]:
    """Rows of (first columns..., words); a line that starts with blanks goes on with the row above."""
    rows: list[list[str]] = []
    for line in table.strip().splitlines():
        if line.startswith(" "):
            rows[-1].extend(line.split())
        else:
            rows.append(line.split())
    return [tuple(row) for row in rows]


def _frames(table: str) -> dict[str, tuple[Frame, ...]]:
    frames: dict[str, list[Frame]] = {}
    for stance, shape, *lemmas in _rows(table):
        letters, _, preposition = shape.partition("=")
        for lemma in dict.fromkeys(lemmas):
            frames.setdefault(lemma.replace("_", " "), []).append(
                Frame(stance, letters, (preposition,) if preposition else ())
            )
    return {lemma: tuple(found) for lemma, found in frames.items()}


def _words(table: str) -> dict[str, str]:
    return {word: stance for stance, *words in _rows(table) for word in words}


VERBS = _frames(_VERBS)
PHRASAL = _frames(_PHRASAL)
NOUNS = _words(_NOUNS)
ADJECTIVES = _words(_ADJECTIVES)
SPEAKING = frozenset(
    lemma for frames in (VERBS, PHRASAL) for lemma, found in frames.items() if any("q" in f.takes for f in found)
)


def cue_lemma(word: str, lemma: str) -> str:
    """The lemma under which a word is a cue, by its regular endings where the given lemma is none."""
    if lemma in VERBS or lemma in SHADING_VERBS:
        return lemma
    return next((form for form in _uninflected(word.lower()) if form in VERBS), lemma)


def _uninflected(word: str) -> tuple[str, ...]:
    """What a regular verb form may come from: "boasted" -> "boast", "quipped" -> "quip", "denies" -> "deny"."""
    for ending, minimum in (("ing", 6), ("ed", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= minimum:
            stem = word.removesuffix(ending)
            undoubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
            soft = stem.removesuffix("ie") + "y" if ending == "s" else stem.removesuffix("i") + "y"
            return stem, stem + "e", undoubled, soft, stem.removesuffix("e")
    return ()
