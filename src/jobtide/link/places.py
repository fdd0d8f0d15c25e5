"""Which words of a title only say where?

A short list that covers the words employers put into titles to tell one place of a job from another: countries,
US states and Canadian provinces, sales regions, large cities, and words for the way of working. The places that
an employer's own postings print are added to it at run time (``place_words``).
"""

import re
from collections.abc import Iterable

_COUNTRIES = """
argentina australia austria bahrain bangladesh belgium bolivia brazil brasil bulgaria cambodia cameroon canada chile
china colombia congo croatia cyprus czechia czech denmark ecuador egypt estonia ethiopia finland france germany
deutschland ghana greece guatemala honduras hungary iceland india indonesia ireland israel italy italia japan jordan
kazakhstan kenya korea kuwait latvia lebanon lithuania luxembourg malaysia malta mexico morocco nepal netherlands
nicaragua nigeria norway oman pakistan panama paraguay peru philippines poland portugal qatar romania rwanda
saudi arabia senegal serbia singapore slovakia slovenia spain espana sweden switzerland taiwan tanzania thailand
tunisia turkey turkiye uganda ukraine uruguay uzbekistan venezuela vietnam zambia zimbabwe
america england scotland wales britain kingdom emirates states african republic zealand
american canadian australian brazilian mexican indian
"""
_REGIONS = """
us usa u.s uk eu uae emea apac amer americas latam mena anz dach nordics nordic benelux cemac gcc sea apj japac noram
europe european asia asian africa pacific middle north south east west central northern southern eastern western
northeast northwest southeast southwest midwest mideast midatlantic coast coastal tristate bay area region regional
metro greater worldwide nationwide anywhere iberia iberian ukie roi cee balkans baltics
oceania caribbean scandinavia can socal norcal pnw atlantic
est edt cst cdt mst mdt pst pdt gmt utc cet eastern pacific timezone timezones
"""
_STATES = """
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada hampshire jersey york carolina dakota ohio oklahoma oregon pennsylvania rhode island tennessee texas utah vermont
virginia washington wisconsin wyoming ontario quebec alberta manitoba saskatchewan columbia scotia brunswick
newfoundland bavaria bayern karnataka maharashtra
"""
_CITIES = """
new san los la angeles francisco fransisco nyc sf dc boston chicago austin dallas houston seattle denver miami atlanta
phoenix philadelphia diego jose oakland portland detroit minneapolis nashville charlotte raleigh tampa orlando vegas
salt lake city columbus cleveland pittsburgh baltimore sacramento antonio louis kansas indianapolis toronto vancouver
montreal ottawa calgary edmonton london manchester birmingham edinburgh glasgow bristol leeds dublin belfast paris lyon
marseille toulouse bordeaux nantes lille berlin munich muenchen munchen hamburg frankfurt cologne koeln koln dusseldorf
duesseldorf stuttgart leipzig vienna wien zurich zuerich geneva amsterdam rotterdam brussels antwerp madrid barcelona
valencia lisbon porto rome milan milano turin athens warsaw krakow wroclaw gdansk prague brno budapest bucharest cluj
sofia belgrade zagreb kyiv kiev lviv stockholm gothenburg copenhagen oslo helsinki tallinn riga vilnius istanbul tel
aviv haifa dubai abu dhabi riyadh doha cairo lagos nairobi accra cape town johannesburg dakar abidjan casablanca
bangalore bengaluru mumbai delhi hyderabad pune chennai gurgaon gurugram noida kolkata karachi lahore dhaka singapore
jakarta manila cebu bangkok hanoi saigon kuala lumpur hong kong shanghai beijing shenzhen taipei tokyo osaka seoul
sydney melbourne brisbane perth auckland wellington mexico guadalajara monterrey bogota medellin lima santiago buenos
aires sao paulo rio janeiro montevideo dominican republic santo domingo latvia provo carolinas
"""
_WAYS = """
remote remotely hybrid onsite anywhere wfh telecommute telework fully 100 office offices hq headquarters headquarter
headquartered mall shopping centre outlet outlets plaza airport
relocation relocate based located location locations only
friendly near
"""
# Words that places share with roles and teams: they distinguish jobs, so a printed place never makes them neutral.
_ALSO_JOBS = """
enterprise mobile commercial platform data cloud product sales marketing support operations store clinic lab
research security finance legal people design engineering growth web desktop backend frontend field partner
corporate retail hospital school university plant factory warehouse studio service services public
federal government customer account manager engineer senior junior lead head chief staff principal director day
night evening weekend full part time contract freelance intern internship other various multiple any all none tbd
"""
BUILT_IN = frozenset(f"{_COUNTRIES} {_REGIONS} {_STATES} {_CITIES} {_WAYS}".split())
# Codes of states and provinces, in capitals. The first line means nothing else in a title; the second counts only
# after a place ("Wilmington, DE"): "MD", "AR", "OR" are also words of jobs.
_ONLY_CODES = (
    "AK AZ CT FL GA IA IL KS KY MI MN MO NC ND NE NH NJ NM NV NY OH RI SC SD TN TX UT VT WA WI WV WY AB BC MB QC"
)
_ALSO_WORDS = "AL AR CA CO DE HI ID IN LA MA MD ME MS MT OK OR PA VA NB NL NS ON PE SK"
_NOT_PLACES = frozenset(_ALSO_JOBS.split())
UNAMBIGUOUS_CODES = frozenset(_ONLY_CODES.split())
CODES = UNAMBIGUOUS_CODES | frozenset(_ALSO_WORDS.split())
_WORD = re.compile(r"[^\W_]+")  # as titles.tokens: many short matches
_BETWEEN_PLACES = re.compile(r"[;|,]")
_LONGEST = 5  # words of a place: "Outlet Collection at Niagara Falls"


def place_words(locations: Iterable[str]) -> frozenset[str]:
    """Return the words of printed places that may be neutral in a title, lower case.

    Words of one or two letters and words that also distinguish jobs ("Enterprise, AL") are left out, and so are parts
    of a location that are too long for a place ("no remote work; must be able to come to our office").
    """
    parts = {part for text in set(locations) for part in _BETWEEN_PLACES.split(text.casefold())}
    found = {word for part in parts if len(words := _WORD.findall(part)) <= _LONGEST for word in words}
    return frozenset(word for word in found if len(word) > 2 and word not in _NOT_PLACES)


def where(location: str, title: str, neutral: frozenset[str]) -> frozenset[str]:
    """Return the words that say where a posting's job is, in its location and in its title.

    The order of several places does not matter.
    """
    named = (word for word in _WORD.findall(title.casefold()) if word in BUILT_IN or word in neutral)
    return frozenset((*_WORD.findall(location.casefold()), *named))
