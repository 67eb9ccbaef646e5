"""Well-known given names: which are forms of one another, and whom they are given to."""

from __future__ import annotations

# Each line: the forms of one given name in news English, spelt without accents.
_MASCULINE = """
abdullah
adam
ahmed ahmad
alan
albert al bert
alexander alex sasha alec aleksander aleksandr alexandre
alfred alf fred
andrew andy drew andrei
anthony tony antony
antonio toni
arthur art
barack barry
benjamin ben benny
bernard bernie
boris
brian bryan
charles charlie chuck
christopher chris
clement clem
daniel dan danny
david dave
dennis denis
dmitry dima dmitri
donald don donny
douglas doug
edward ed eddie ted teddy
emmanuel
eric erik
ernest ernie
eugene gene
francis frank
francois
frank
frederick fred freddie
george
gerald gerry jerry
gilbert gil
gordon
gregory greg
harold hal
henry harry hank
herbert herb bert
hugh
ivan vanya
jack
jacob jake
james jim jimmy jamie
jean
jeffrey jeff geoffrey geoff
jerome jerry
john jack johnny jon
jonathan jon
jose pepe
joseph joe joey
joshua josh
juan
justin
karl carl
keith
kenneth ken kenny
kevin
lawrence laurence larry
leonard len lenny
louis lou lewis
manuel manny manolo
mario
mark marc marcus
martin marty
matthew matt
michael mike mick mickey mikhail misha michel
mohammed muhammad mohamed
nathaniel nathan nate
nicholas nick nicolas nikolai kolya
oliver ollie
patrick paddy
paul pavel
peter pete
philip phil phillip
pierre
ralph
raymond ray
richard dick rick rich ricky
robert bob bobby rob robbie
roger
ronald ron ronnie
rudolph rudy
samuel sam sammy
sergei seryozha
simon
stanley stan
stephen steven steve
theodore ted teddy theo
thomas tom tommy
timothy tim
victor vic viktor
vincent vince
vladimir volodymyr volodya vova
walter walt
william bill billy will willy
wolfgang
"""
_FEMININE = """
abigail abby
alice
amanda mandy
angela angie
anne ann anna annie
barbara barb
camilla
caroline carol carrie
catherine katherine kathryn kate katie kathy cathy katya
christine christina chris tina
cynthia cindy
deborah debbie deb
diana diane
dorothy dot dottie
eleanor ellie nell
elizabeth liz lizzie beth betty eliza
emily
emma
frances fran
gabrielle gabby
grace
hannah
helen elena helena lena
hillary hilary
irene irina
jacqueline jackie
jane janet
jennifer jen jenny
jessica jess
jill
joan
judith judy
julia julie julianne
karen
laura
linda
lisa
madeleine maddie
margaret maggie meg peggy
maria
martha
mary molly polly
melania
melissa
michelle
nancy nan
natalia natasha natalie
nicole nicky
nikki
olga
olivia
pamela pam
patricia pat patty trish
rachel
rebecca becky
rose
ruth
samantha
sarah sara sally
sophia sophie
stephanie steph
susan sue suzanne
svetlana sveta
tatiana tanya
theresa teresa terry tess
ursula
valerie
victoria vicky
virginia ginny
wendy
yelena lena
yulia
zoe
"""


def _families(table: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in table.strip().splitlines())


SHORT_FORMS = _families(_MASCULINE) + _families(_FEMININE)
_MEN = {name for family in _families(_MASCULINE) for name in family}
_WOMEN = {name for family in _families(_FEMININE) for name in family}
# A name of both (Chris, Pat) tells nothing.
GIVEN_GENDER = dict.fromkeys(sorted(_MEN - _WOMEN), "m") | dict.fromkeys(sorted(_WOMEN - _MEN), "f")
