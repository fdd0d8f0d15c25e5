"""Pay that a text states for the job: ranges and single amounts, in any currency and period.

"$150,000 - $190,000", "150-190k USD", "€80.000", "$45/hour", "OTE $240k"; not funding, revenue, 401(k), stipends,
budgets, bonuses alone or years. Several ranges by place or level give several facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jobtide.enrich import gazetteer, patterns
from jobtide.enrich.money import Amount, amounts
from jobtide.enrich.patterns import Patterns, test
from jobtide.model import Found, Window

KINDS = ("pay",)
TRIGGERS = (
    "$", "€", "£", "₹", "¥", "₩", "usd", "eur", "gbp", "cad", "aud", "chf", "sgd", "inr", "pln", "sek", "nok", "dkk", "lpa",
    "euro", "euros", "brl", "mxn", "jpy", "krw", "php", "ils", "nzd", "aed", "hkd", "salary", "compensation range", "base pay", "ote", "k", "base + equity", "base plus equity", "equity", "+equity", "doe",
)  # fmt: skip

_PAY_WORDS = test(
    r"(?i)\b(?:salar(?:y|ies)|compensation|comp\b|base\b|base pay|pays?\b|pay range|ote|on[- ]target|earnings?|remuneration|wage|rate|"
    r"cash|range|\w*gehalt|gratification|indemnité|remuneración|sal[aá]rio|wynagrodzenie|rémunération|salaire|salario|package|tc|hourly|per hour|annually|per year|p\.a\.|paid|earn|per annum|"
    r"tagessatz|stundensatz|stundenlohn|tjm|zahlen|vergütung|verdienst|brutto\w*|bruts?\b|sueldo|retribución|brutos?\b)"
)
_TRAP_BEFORE = patterns.compile(
    r"(?i)(?:rais\w+|funding|series [a-f]|seed|revenue|run[- ]rate|averaging|generat\w+|arr\b|valu(?:ed|ation)|backed|invest\w+|budgets?|stipends?|allowance|"
    r"reimburse\w*|bonus(?:es)?(?: of)?|referral|401\(?k\)?|save[ds]?|worth|market|industry|gmv|payments?|transact\w*|process\w*|"
    r"manag(?:e|es|ed|ing)|deals?|contracts? (?:of|worth|valued)|quota|portfolio|credits?|up to \$?\d* ?(?:match)|insurance|coverage|"
    r"customers?|assets|spend(?:ing)?|grants?|donat\w*|equity|stock|options|rsus?|sign[- ]on|signing|relocation|learning|"
    r"education|wellness|equipment|gym|per diem|lunch|meal|travel|acv|tcv|loans?|debt|capital|pipeline|deductible|fee|scholarship|campaigns?|growth rate|prize|award|hsa|contribution|zuschuss|weiterbildung\w*|gutscheine?|prämie|prime|formation|formación|ayuda|p&l|company|aum)[^.;\n]{0,28}$"
)
_TRAP_AFTER = test(
    r"(?i)^[^.;\n$€£]{0,14}\b(?:in (?:funding|revenue|arr|sales|venture|assets|annual recurring|debt|equity)|funding|raised|revenue|arr|valuation|stipend|budget|allowance|"
    r"bonus|signing|sign-on|referral|credit|match|reimburse\w*|per (?:month|year) (?:stipend|toward|for)|a (?:month|year) (?:stipend|toward)|(?:toward|towards|in equity|equity|worth of|seed|series|round|"
    r"customers|users|employees|people|companies|businesses|acv|quota|deals?|market|industry|annually in|annual (?:revenue|spend|budget|learning|stipend)|grant|for (?:learning|home|wellness|equipment|office|your)|learning|home office|wellness|education|in stock|of equity|professional development|towards))\b"
)
_OTE = patterns.compile(
    r"(?i)\bote\b|on[- ]target(?: (?:wage|salary|pay|compensation|cash))?|target earnings|incl(?:uding|usive)? (?:of )?commission|variable"
)
_TOTAL = patterns.compile(r"(?i)total (?:cash|compensation|target comp\w*|comp\b|rewards|package)|\btc\b|all[- ]in")
_BASE = patterns.compile(r"(?i)\bbase\b|salar(?:y|ies)|gehalt|salaire|salario|\bpay range\b|\bwage\b")

_CALLED_BEHIND = patterns.compile(r"(?i) ?\(?(?:(ote)|base)\b")
_CALLED = (("ote", _OTE), ("total", _TOTAL), ("base", _BASE))
_ANY_CALLED = Patterns(*(pattern.pattern for _, pattern in _CALLED))


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each stated range once, in order.

    >>> text = "Base salary: $150,000 - $190,000. We raised $20M. 401(k) match.".encode()
    >>> [(f.low, f.high, f.currency, f.period, f.extra) for f in find(text, [Window(0, 63, "benefits")])]
    [(150000.0, 190000.0, 'USD', 'year', 'base')]
    """
    asked = [window for window in windows if window.section not in ("title", "location")]
    if not asked:
        return
    # Only a bare "$" and a range without any sign ask whose they are.
    where = _countries(text, windows) if any(_UNSIGNED(text[w.start : w.end]) for w in asked) else set()
    dollars = _dollar(where)
    bare = bool(where & {"US", *_DOLLARS}) or any(
        (w.section == "location" or (w.section == "title" and w.start)) and _REMOTE(text[w.start : w.end])
        for w in windows
    )
    seen: set[tuple[float, float, str, str]] = set()
    for window in asked:
        block = text[window.start : window.end]
        lead = text[max(0, window.start - 120) : window.start]  # the heading above often says what the amount is
        for read in _amounts(block, dollars, bare=bare):
            if not _about_pay(block, read, lead, window.section):
                continue
            if read.currency == "USD" and "CA" in where and _canadian(block, read):
                read = replace(read, currency="CAD")
            key = (read.low, read.high, read.currency, read.period)
            if key not in seen:
                seen.add(key)
                yield _found(block, lead, read, window)


@lru_cache(maxsize=4096)  # an employer's postings repeat their benefits and pay bands
def _amounts(block: bytes, dollars: str, *, bare: bool) -> Sequence[Amount]:
    return [read for read in amounts(block, dollars, bare=bare) if not _trapped(block, read)]


# Whose dollar a bare "$" is, where the places of work name that country and not the United States.
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD"}
_REMOTE = test(r"(?i)\bremote\b")


_UNSIGNED = test(r"\$|\d[kK]\b")


def _countries(text: bytes, windows: Sequence[Window]) -> set[str]:
    """The countries of the places of work: those of the location, else those of the title or first line."""
    for section in ("location", "title"):
        words = [text[w.start : w.end].decode("utf-8", "replace") for w in windows if w.section == section]
        found = {place.country for each in words for place in gazetteer.load().places(each)}
        if found:
            return found
    return set()


def _dollar(countries: set[str]) -> str:
    """Whose dollar a bare "$" is.

    >>> _dollar({"CA"}), _dollar({"CA", "US"}), _dollar({"AU", "GB"}), _dollar(set())
    ('CAD', 'USD', 'AUD', 'USD')
    """
    if "US" in countries:
        return "USD"
    return next((dollar for country, dollar in _DOLLARS.items() if country in countries), "USD")


# "Canada: $120,000 - $140,000 | US: $150,000 - $180,000": of two countries the one named last before the amount.
_NAMED = patterns.compile(
    r"(?i)\b(?:(cad|canad\w+|toronto|vancouver|montr[eé]al|ottawa|calgary|ontario|british columbia|qu[eé]bec)|"
    r"usd?|u\.s\.?|usa|united states|america\w*|new york|nyc|san francisco|sf|california|seattle|colorado|washington)\b"
)


def _canadian(block: bytes, read: Amount) -> bool:
    """Whether a bare "$" stands behind a name of Canada, and none of the United States comes between."""
    if b"US" in block[read.start : read.end]:
        return False
    named = list(_NAMED.finditer(block, max(0, read.start - _COUNTRY), read.start))
    return bool(named) and named[-1].start(1) >= 0


_COUNTRY = 60  # bytes before an amount in which the country may be named


def _trapped(block: bytes, read: Amount) -> bool:
    """Whether the words around the amount speak of money that is not pay for the job."""
    before = block[max(0, read.start - 90) : read.start]
    after = block[read.end : read.end + 60]
    if _DREAM(before) or _PART_OF_PAY.match(after):
        return True
    if _SHARES.match(after) and (read.low < read.high or _STARTING(before)):
        return False
    if read.low < read.high and _RANGE_OF_PAY(before):
        return False  # "base salary range $150k - $190k + equity": what follows comes on top
    if _TRAP_AFTER(after) and not _ON_TOP.match(after):
        return True
    trap = _TRAP_BEFORE.search(before)
    return trap is not None and not _NEARER(before[trap.start() :])


_DREAM = test(
    r"(?i)\b(?:potential|ability|opportunity|able|chance) to (?:earn|make)\b[^.;\n]{0,30}$|\bearn (?:up to|over)\b[^.;\n]{0,12}$|"
    r"\b(?:[1-9]|two|three|four|five)x?(?: times)? (?:of )?(?:your |the |annual |base |yearly )*(?:salary|earnings|pay)\b[^.;\n]{0,28}$|"  # insured
    r"\b(?:insurance|medical|dental|vision|coverage)\b[^.;\n]{0,60}\bup to\s*$|"
    r"\btop (?:[\w-]+ )?(?:aes?|reps|performers|earners|sellers|closers|producers)\b[^.;\n]{0,30}$|(?:^|[.;\n•-] ?)commissions?:[^.;\n]{0,24}$"
)
# "$20,000 commission" is a part of the pay, "$50K+ ACV" what is sold.
_PART_OF_PAY = patterns.compile(
    r"(?i) (?:projected |in |annual |target )?(?:commissions?|incentives)\b|\+? (?:acvs?|tcv|arr|mrr|quota|deals?)\b"
)
_SHARES = patterns.compile(
    r"\s*(?:[/,+&|]|and|, and|plus)\s*(?:>=?|~|up to )?\s?\d{0,2}\.?\d+\s?\+?(?:%|\s?(?:-|–|to)\s?[\d.]+\s?%)"
)  # "$90K-$120K / 0.2%"
_STARTING = test(r"(?i)\bstart(?:ing|s)? (?:at|from)\s*$")  # "[Starting at €45,000 and 0.25% equity]"
_RANGE_OF_PAY = test(r"(?i)\b(?:salar(?:y|ies)|base|compensation|pay|ote|earnings|wage|rate)\b[^;\n]{0,90}$")
_ON_TOP = patterns.compile(
    r"(?i)^\W{0,4}(?:(?:base|salary|ote|cash|comp|usd|eur|gbp|cad|annually|(?:per|a|/)\W?(?:year|yr|annum|hour))\W{0,3}){0,3}"
    r"(?:\+|plus|and offers|exclusive|not including|excluding|in addition|as well as|with|offers)"
)
_NEARER = test(r"(?i)\b(?:salary|base|ote|pay|compensation|range|rate|earn(?:ings)?|wage)\b[^.;\n]{0,24}$")


def _about_pay(block: bytes, read: Amount, lead: bytes, section: str) -> bool:
    """Whether pay is the subject: its words stand in the block or the heading above, or the range speaks for itself."""
    sentence = block[max(0, read.start - 160) : read.end + 60]
    if _PAY_WORDS(sentence) or (read.low < read.high and read.period == "hour"):
        return True
    if _RATED.match(block, read.end) and section in ("benefits", "other"):
        return True  # "16 € pro Stunde", in a list of what is offered
    if read.low < read.high and read.period in ("day", "month") and _PRICED(block[read.start : read.end]):
        return True
    if _PAY_WORDS(lead) or (read.low < read.high and read.period == "year" and read.low >= 20_000):
        return True
    if read.period == "year" and read.low >= 20_000:
        before, after = block[max(0, read.start - 16) : read.start], block[read.end : read.end + 8]
        if _STARTING(before) or (read.start < _HEADER and _PART_BEFORE(before) and _PART_BEHIND(after)):
            return True  # "ACME | Engineer | $90k+ DOE | Oslo"
    # "ACME | Engineer | $90/hr": in such a line nothing else has a price with a period.
    return read.start < _HEADER and bool(_PRICED(block[read.start : read.end])) and bool(_PARTED(block[:_HEADER]))


_RATED = patterns.compile(
    r"(?i) ?(?:/|pro|par|por|per|al|à l['’]|a la|die|im) ?(?:stunde|monat|hora|mes|heure|mois|hour)\b(?: (?:brut\w*|netto?))?\s*(?:[,;.)(+]|$)"
)
_PART_BEFORE, _PART_BEHIND = (
    test(r"(?:[|｜] ?| [-–—] )$"),
    test(r"(?i)^\+?(?: ?[|｜]| [-–—]| ?(?:usd|doe|eur|gbp)\b|$)"),
)
_HEADER = 250  # bytes: a first line of parts is no longer
_PRICED = test(r"(?i)(?:/|\bper |\ba )\s?(?:h|hr|hour|day|month|mo|year|yr|annum)\b")
_PARTED = test(r"[|｜].*[|｜]|\s[-–—]\s.*\s[-–—]\s")


def _kind(block: bytes, lead: bytes, read: Amount) -> str:
    """What the amount is called: the words that end nearest before it decide ("on-target wage" is no wage), then one behind it, then the heading's."""
    if m := _CALLED_BEHIND.match(block, read.end):
        return "ote" if m[1] else "base"
    before = block[max(0, read.start - 70) : read.start]
    last = [(m.end(), _CALLED[n][0]) for n in _ANY_CALLED.held(before) for m in _CALLED[n][1].finditer(before)]
    if last:
        return max(last)[1]
    called = _ANY_CALLED.held(block[read.end : read.end + 30]) or _ANY_CALLED.held(block + lead)
    return _CALLED[called[0]][0] if called else "unknown"


def _found(block: bytes, lead: bytes, read: Amount, window: Window) -> Found:
    kind = _kind(block, lead, read)
    return Found(
        "pay", low=read.low, high=read.high, currency=read.currency, period=read.period, extra=kind,
        start=window.start + read.start, end=window.start + read.end, section=window.section, confidence=0.9,
        rule="pay/range" if read.high > read.low else "pay/single",
    )  # fmt: skip
