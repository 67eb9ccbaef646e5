"""Words of office and address: what makes a title, what may stand inside one, what a person's name never is."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Nouns that a title ends in (before "of ..."), singular; a hyphenated or compound one counts by its last part.
OFFICES = _words("""
    academic activist actor actress adm administrator admiral adviser advisor agent aide ally ambassador analyst
    anchor archbishop architect artist assistant associate astronaut athlete attorney auditor author ayatollah
    banker baron baroness billionaire biologist bishop blogger boss brig brigadier broker businessman
    businesswoman campaigner candidate capt captain cardinal caretaker ceo cfo chair chairman chairperson
    chairwoman chancellor chaplain chief climatologist cmdr co-founder coach cofounder col colonel columnist
    commandant commander commissioner commodore comptroller congressman congresswoman constable consul
    consultant contractor controller convener coo coordinator coroner corporal correspondent councillor
    councilman councilwoman counsel counsellor counselor counterpart creator critic curator defector delegate
    democrat demonstrator deputy designer detective developer dictator diplomat director dissident doctor donor
    driver duchess duke economist editor educator emir emperor employee engineer entrepreneur envoy
    epidemiologist executive expert farmer fellow fighter filmmaker financier firefighter fisherman forecaster
    foreman founder gen general geologist goalkeeper gov governor guard guerrilla guide guru head headmaster
    headteacher historian hostage imam industrialist insp inspector instructor investigator investor jeweller
    journalist judge jurist justice keeper king labourer landlord lawmaker lawyer leader lecturer legislator
    librarian lieutenant linguist lobbyist lt magistrate maj major manager marshal mathematician mayor mediator
    medic member mep mercenary merchant meteorologist midfielder militant minister mobster moderator monarch
    monk mp msp musician negotiator neurologist neuroscientist novelist nun nurse observer officer official
    ombudsman operator opponent organiser organizer owner painter parliamentarian participant partner pastor
    patriarch pensioner performer philanthropist philosopher photographer physician physicist pilot planner
    player playwright poet policeman policewoman politician pollster pope postmaster premier pres presenter
    president priest prime-minister prince princess principal prisoner producer professor programmer promoter
    prosecutor protester provost psychiatrist psychologist publicist publisher pundit quarterback queen rabbi
    ranger rapper rapporteur rear-admiral rebel receptionist rector referee refugee regent registrar regulator
    relative rep reporter representative republican researcher resident resister retailer reverend scholar
    scientist screenwriter sculptor seaman sec secretary secretary-general sen senator sergeant sgt shah sheik
    sheikh sheriff shopkeeper singer skipper sociologist soldier solicitor solicitor-general songwriter speaker
    specialist spokesman spokesperson spokeswoman star statesman statistician strategist striker student sultan
    superintendent supervisor supt surgeon surveyor survivor taoiseach teacher technician theologian trader
    trainer translator treasurer trustee tsar tycoon under-secretary undersecretary undertaker veteran vicar
    vice-chairman vice-chancellor vice-premier vice-president viscount volunteer warden warlord whip
    whistleblower winner witness worker writer zoologist
""")
# Of these, some are given to a person beside a town or a region, not a country.
LOCAL_OFFICES = _words("mayor governor councillor councilman councilwoman sheriff commissioner bishop archbishop gov")
SPOKESPEOPLE = _words("spokesman spokeswoman spokesperson")
ENVOYS = _words("ambassador envoy representative consul delegate emissary rapporteur consultant")
MILITARY = _words("general admiral major captain lieutenant sergeant marshal")
# Ranks and styles: an office told beside one says more.
SHORT_RANKS = _words("adm brig capt cmdr col gen gov lt maj rep sen sgt")
RANKS = MILITARY | SHORT_RANKS | _words("colonel democrat republican senator")
# Offices whose holder speaks for a country named beside them; a midfielder or a writer only comes from there.
STATE_OFFICES = _words("""
    administration admiral adviser advisor ambassador chancellor chief colonel commander consul counterpart
    delegate deputy diplomat director emir emperor envoy foreign-minister gen general gov governor head
    head-of-state king leader minister negotiator officer official pope premier president prime-minister prince
    princess queen representative secretary secretary-general spokesman spokesperson spokeswoman sultan
    taoiseach treasurer under-secretary undersecretary vice-president
""")
# ... unless they stand against it.
AGAINST = re.compile(
    r"\b(?:opposition|rebel|separatist|exiled|dissident|guerrilla|jailed|party|union|gang)\b", re.IGNORECASE
)
# What may precede the noun within a title and is neither a name of a country nor of an organization.
MODIFIERS = (
    _words("""
    acting administrative agricultural agriculture air arms army assistant associate attorney aviation brigade
    budget business cabinet campaign career central chief city civil climate co communications congressional
    corporate council county crown cultural culture cyber defence defense deputy development digital diplomatic
    director district economic economics economy editorial education elect emergency energy environment
    environmental ethics ex executive external family federal field finance financial fire first fleet foreign
    former general global governing government group health home house housing human incoming independent
    information infrastructure interim interior internal international investment joint junior justice labor
    labour law lead leading legal legislative lieutenant local longtime major majority managing marketing
    medical military minister minority national naval navy new news night nuclear office oil opposition outgoing
    parliamentary party permanent planning police policy political presidential press prime prison private
    product program programme project propaganda public racing ranking regional research retired rights royal
    ruling rural safety sales school science security senior shadow social special sports staff state strategic
    supreme tax technical technology then top tourism trade training transport transportation treasury union
    veteran vice vice- visiting welfare women work youth
""")
    | OFFICES
)
# Words that end a title when walking back from the name: no part of a noun phrase's middle.
STOPS = _words("""
    a about according added after again against all already also am amid among an and any are as asked at be
    because been before being between both but by called can could despite did do does during each either even
    every from had has have he her here him his how i if in including instructed into is it its just like may me
    mentioned met might more most must my named no nor not on once only onto or our over said say says shall she
    should since so some still tell than that the their them then there these they this those through to told
    too under until up us very was we were what when when's where which while who whom whose why will with
    within without would yet you your
""") - {"then"}
# Offices that are adjectives too: no office before another noun ("a major figure").
ADJECTIVES = _words("chief fellow general head major official principal relative representative star")
ADVERBS = _words("now currently also long once still")
DETERMINERS = _words("a an the his her its their our my whose one another")
# The noun of an organization's name, at its end or before "of".
ORGANIZATION_NOUNS = _words("""
    academy administration agency airlines airways alliance army assembly association authority bank board
    brigade bureau cabinet center centre chamber church club coalition college commission committee company
    confederation conference congress consortium convention corporation council court daily department embassy
    enterprise federation force forces forum foundation front fund government group guard guards headquarters
    hospital house inc institute institution laboratory league legislature ltd ministry mission movement museum
    navy network newspaper observatory office organisation organization parliament party pentagon police press
    radio school senate service services society staff station syndicate team times treasury tribunal trust
    union university watch
""")
GOVERNMENT_NOUNS = _words("""
    administration army assembly authorities cabinet coastguard congress consulate department embassy force
    forces foreign government house legislature military ministry mission navy office parliament senate treasury
""")
# A page's own words, a title, a day: never a person's name by themselves.
FURNITURE = _words("""
    admin advertisement afp ap caption comments copyright credit file getty image images link more newsletter
    photo photograph photos picture pool read reply reuters share source subscribe video
""")
PAST_TIES = re.compile(r"^(?:former|ex|then|onetime|one-time)\b", re.IGNORECASE)


def is_office(word: str) -> bool:
    """Whether `word` (any case, perhaps plural or hyphenated) is a noun that a title ends in."""
    low = word.lower().strip(".")
    if low in OFFICES:
        return True
    last = low.rpartition("-")[2]
    return last != low and last in OFFICES


def is_title_word(word: str) -> bool:
    """Whether `word` may stand inside a title without telling who holds it."""
    low = word.lower().strip(".")
    return low in MODIFIERS or is_office(low) or ("-" in low and all(p in MODIFIERS for p in low.split("-")))


# Sovereigns and the like, named by their first names.
SOVEREIGNS = _words("emperor emir empress king pope prince princess queen sheikh sultan tsar")
# Offices whose name alone calls for a holder: two capitalized words behind one are a person.
HOLDERS = _words("""
    adm admiral alderman ambassador archbishop ayatollah bishop capt captain chairman chairwoman chancellor chief
    col colonel commander commissioner congressman congresswoman councillor councilman councilwoman director envoy
    gen general gov governor inspector judge lieutenant lt maj mayor minister premier president professor rep
    secretary secretary-general sen senator sergeant sgt sheriff speaker spokesman spokesperson spokeswoman
    taoiseach under-secretary undersecretary vice-president
""")
# Adjectives of direction: alone they name no person ("Western governments").
DIRECTIONS = _words("""
    eastern north-eastern north-western northeastern northern northwestern south-eastern south-western southeastern
    southern southwestern western
""")
# Capitalized words that end a name: organizations, days and months.
NEVER_NAMES = ORGANIZATION_NOUNS | _words("""
    april august avenue city county december february friday island islands january july june lake march monday
    mount november october river road saturday september square state street sunday thursday tuesday wednesday
""")
# Praise and age beside a title: no part of it.
EPITHETS = _words("brand new longtime long-time powerful influential popular controversial embattled old young own")
SOMEBODYS = _words("his her my your")
# What an envoy leads, and what may stand between a leader's name and "led".
DELEGATIONS = _words("delegation side team mission negotiators negotiations")
BEFORE_LEAD = _words(
    "who will would to is was are were has have had be been that also jointly and may might expected set due"
)
NAMED_GROUPS = _words(
    "agency charity cooperative group magazine network nonprofit party startup union watchdog website"
)
# The last word of a company's or an organization's name that is hardly ever a family name.
COMPANY_NOUNS = _words("""
    ag airlines airways associates bancorp brands capital co corp energy ferries foods gmbh group holding
    holdings inc industries insurance line lines llc logistics ltd media metals motors partners pharma
    pharmaceuticals plc productions records resources sa securities shipping solutions spa steel storage systems
    technologies telecom ventures works
""")
# The last word of what no country or town is called.
STATELESS_NOUNS = COMPANY_NOUNS | _words("""
    academy agency alliance army assembly association commission committee confederation corporation council
    institute league legislature ministry parliament party police senate union university
""")
FORMER_STATES = ("Soviet Union",)  # which end in one of them
# What stands before the name of a company, a paper or a club: "the French company Petralis".
NAMED_BODIES = _words("""
    airline automaker bank brewer broadcaster carmaker chain chipmaker club company conglomerate developer drugmaker
    firm insurer maker manufacturer newspaper operator producer retailer startup supplier utility
""")
# The same of any organization; the nouns left out are family names too.
COMMON_NOUNS = (COMPANY_NOUNS | ORGANIZATION_NOUNS) - _words("""
    church daily front guard house movement police press staff star times trust watch
""")
SPEECH = _words("""
    added announced asked confirmed declared mentioned noted recalled replied reported said says stated tells
    told wrote
""")
