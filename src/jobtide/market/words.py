"""How is a number said? One place for shares, money, counts, dates and roles, in text and in charts.

The rules are those of the design sheet: a share with its interval and n, pay with its currency, ISO dates in data
and "3 Nov 2026" in text, "too few (n = 12)" where no estimate may be shown.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = 31  # days
# As a sentence says them; the countries where postings of our sources are.
_COUNTRIES = {
    "US": "the United States", "GB": "the United Kingdom", "CA": "Canada", "DE": "Germany", "FR": "France",
    "IN": "India", "ES": "Spain", "AU": "Australia", "NL": "the Netherlands", "IE": "Ireland", "PL": "Poland",
    "SG": "Singapore", "IL": "Israel", "BR": "Brazil", "JP": "Japan", "SE": "Sweden", "CH": "Switzerland",
    "PT": "Portugal", "IT": "Italy", "CO": "Colombia", "RO": "Romania", "MX": "Mexico", "AR": "Argentina",
    "CL": "Chile", "UY": "Uruguay", "PE": "Peru", "CR": "Costa Rica", "DK": "Denmark", "NO": "Norway", "FI": "Finland",
    "BE": "Belgium", "AT": "Austria", "CZ": "the Czech Republic", "UA": "Ukraine", "TR": "Turkey", "GR": "Greece",
    "HU": "Hungary", "BG": "Bulgaria", "RS": "Serbia", "EE": "Estonia", "LT": "Lithuania", "LV": "Latvia",
    "CY": "Cyprus", "AE": "the United Arab Emirates", "SA": "Saudi Arabia", "KR": "South Korea", "CN": "China",
    "TW": "Taiwan", "HK": "Hong Kong", "PH": "the Philippines", "VN": "Vietnam", "ID": "Indonesia", "MY": "Malaysia",
    "TH": "Thailand", "NZ": "New Zealand", "ZA": "South Africa", "NG": "Nigeria", "KE": "Kenya", "EG": "Egypt",
    "PK": "Pakistan",
}  # fmt: skip
# Words of the closed lists that plain capitals would get wrong.
_ROLE_WORDS = {"ml": "ML", "ai": "AI", "mlops": "MLOps", "nlp": "NLP"}
_ROLES = {
    "data_ai_product_manager": "Data or AI product manager",
    "robotics_autonomy_engineer": "Robotics or autonomy engineer",
}
# Groups of a split whose own letters would say them badly; "" holds for every split.
_GROUPS: dict[str, dict[str, str]] = {
    "": {"unstated": "not stated"},
    "pay_stated": {"stated": "pay stated", "not_stated": "no pay stated"},
    "degree": {
        "none": "no degree demanded", "bachelor": "bachelor's demanded", "master": "master's demanded",
        "phd": "PhD demanded",
    },
    "employment": {"full_time": "full time", "part_time": "part time"},
    "industry": {
        "software_internet": "software and internet", "ai_lab": "AI lab",
        "it_services_consulting": "IT services and consulting", "finance_insurance": "finance and insurance",
        "healthcare_biotech": "healthcare and biotech", "ecommerce_retail": "e-commerce and retail",
        "automotive_autonomous": "automotive and autonomous driving",
        "manufacturing_hardware": "manufacturing and hardware",
        "media_entertainment_sports": "media, entertainment and sports",
        "government_defense": "government and defence", "real_estate": "real estate",
        "logistics_travel": "logistics and travel",
    },
}  # fmt: skip


def group(by: str, key: str) -> str:
    """A group of a split as a reader knows it.

    >>> group("role", "ml_engineer"), group("industry", "ai_lab"), group("seniority", "unstated")
    ('ML engineer', 'AI lab', 'not stated')
    """
    if by == "role":
        return role(key)
    return _GROUPS.get(by, {}).get(key) or _GROUPS[""].get(key) or key.replace("_", " ")


def count(number: float) -> str:
    """A count with thousands separated.

    >>> count(5870)
    '5,870'
    """
    return f"{number:,.0f}"


def percent(share: float) -> str:
    """A share as whole percent; one decimal below 1 %, so that a small share is seldom said to be none.

    >>> percent(0.384), percent(0.004), percent(0.0)
    ('38%', '0.4%', '0%')
    """
    if 0.0005 <= share < 0.0095:  # what rounds to 1.0 is 1
        return f"{share * 100:.1f}%"
    return f"{share * 100:.0f}%"


def points(change: float) -> str:
    """A change of a share in percentage points, one decimal below ten.

    >>> points(0.123), points(-0.0141), points(0.0)
    ('+12 pp', '-1.4 pp', '0 pp')
    """
    said = f"{change * 100:+.{0 if abs(change) >= 0.0995 else 1}f}"
    return "0 pp" if float(said) == 0 else f"{said} pp"


def share(value: float | None, low: float | None, high: float | None, n: float | None) -> str:
    """A share with its interval and n, or the words for one that is withheld; ``n`` None where it has been said.

    >>> share(0.384, 0.31, 0.458, 143), share(None, None, None, 12), share(0.0, 0.0, 0.01, 525)
    ('38% (31 to 46, n = 143)', 'too few (n = 12)', '0 of 525, at most 1%')
    """
    counted = "" if n is None else f"n = {count(n)}"
    if value is None:
        return f"too few ({counted})" if counted else "too few"
    if value == 0 and high is not None and n is not None:
        return f"0 of {count(n)}, at most {percent(high)}"
    between = "" if low is None or high is None else f"{percent(low)[:-1]} to {percent(high)[:-1]}"
    inside = ", ".join(part for part in (between, counted) if part)
    return f"{percent(value)} ({inside})" if inside else percent(value)


def money(value: float, currency: str = "USD") -> str:
    """An amount in whole units, with its sign or code.

    >>> money(162400.4), money(91000, "PLN")
    ('$162,400', 'PLN 91,000')
    """
    return f"{_SIGNS.get(currency, currency + ' ')}{value:,.0f}"


def thousands(value: float, currency: str = "USD") -> str:
    """An amount in thousands, for charts.

    >>> thousands(162400)
    '$162k'
    """
    return f"{_SIGNS.get(currency, currency + ' ')}{value / 1000:,.0f}k"


def pay(value: float | None, low: float | None, high: float | None, n: float, *, currency: str = "USD") -> str:
    """Pay with its interval and n, or the words for one that is withheld.

    >>> pay(162400, 150000, 170500, 210), pay(None, None, None, 7)
    ('$162,400 (150,000 to 170,500, n = 210)', 'too few (n = 7)')
    """
    if value is None:
        return f"too few (n = {count(n)})"
    between = f"{low:,.0f} to {high:,.0f}, " if low is not None and high is not None else ""
    return f"{money(value, currency)} ({between}n = {count(n)})"


def day(when: date | datetime | str) -> str:
    """A date as text says it; an ISO text is taken as well.

    >>> day("2026-11-03")
    '3 Nov 2026'
    """
    if isinstance(when, str):
        when = date.fromisoformat(when[:10])
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(text: str) -> str:
    """A month given as "2025-12", as text says it.

    >>> month("2025-12")
    'Dec 2025'
    """
    return f"{_MONTHS[int(text[5:7]) - 1]} {text[:4]}"


def span(start: date, end: date) -> str:
    """The months from ``start`` to the day before ``end``, as text says them; days where it is less than a month.

    >>> span(date(2013, 8, 1), date(2014, 8, 1)), span(date(2016, 1, 1), date(2016, 1, 16))
    ('Aug 2013 to Jul 2014', '1 Jan 2016 to 15 Jan 2016')
    """
    last = end - timedelta(days=1)
    if (last - start).days < _MONTH and (start.day, end.day) != (1, 1):
        return f"{day(start)} to {day(last)}" if last > start else day(start)
    return f"{month(start.isoformat())} to {month(last.isoformat())}"


def role(name: str) -> str:
    """A role of the closed list in plain words.

    >>> role("ml_engineer"), role("mlops_engineer"), role("data_ai_product_manager")
    ('ML engineer', 'MLOps engineer', 'Data or AI product manager')
    """
    if name in _ROLES:
        return _ROLES[name]
    words = [_ROLE_WORDS.get(word, word) for word in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def country(code: str) -> str:
    """A country by its ISO code, the code itself where it has no short name here.

    >>> country("US"), country("ZZ")
    ('the United States', 'ZZ')
    """
    return _COUNTRIES.get(code, code)


def inner(label: str) -> str:
    """A label as it stands within a sentence: "Data engineer" in lower case, "ML engineer" and "R" as they are.

    >>> inner("Data engineer"), inner("ML engineer"), inner("R")
    ('data engineer', 'ML engineer', 'R')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def listed(names: Iterable[str]) -> str:
    """Names joined as a sentence does.

    >>> listed(["Python", "SQL", "AWS"]), listed(["Python"])
    ('Python, SQL and AWS', 'Python')
    """
    found = list(names)
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def value(number: float | None, unit: str) -> str:
    """A number in the words of its figure's unit, "" where there is none.

    >>> value(0.384, "share of openings"), value(162400, "USD a year"), value(12, "openings"), value(98.25, "index")
    ('38%', '$162,400', '12', '98.2')
    """
    if number is None:
        return ""
    if unit.startswith("change in share"):
        return points(number)
    if unit.startswith("share"):
        return percent(number)
    if unit[:3].isupper() and unit[3:4] == " ":
        return money(number, unit[:3])
    return count(number) if float(number).is_integer() or abs(number) >= 1000 else f"{number:,.1f}"


def between(low: float | None, high: float | None, unit: str) -> str:
    """An interval in the words of its figure's unit, "" where there is none.

    >>> between(0.31, 0.458, "share of openings")
    '31% to 46%'
    """
    return "" if low is None or high is None else f"{value(low, unit)} to {value(high, unit)}"


def offer(row: Mapping[str, Any], unit: str) -> str:
    """What a withheld row (in its JSON form) offers instead: the broader group and its figure, or why there is none.

    >>> offer({"broader": "jobtide market skills", "broader_label": "all together", "broader_value": 0.41,
    ...     "broader_n": 612}, "share of openings")
    'all together: 41%, n = 612'
    """
    if not row.get("broader"):
        return str(row.get("broader_reason") or "")
    if row.get("broader_value") is None:
        return f"{row['broader_label']}: {row['broader']}"
    return f"{row['broader_label']}: {value(row['broader_value'], unit)}, n = {count(row['broader_n'])}"
