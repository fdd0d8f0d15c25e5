"""What does one cell of anybody's table say: nothing, an amount of money, a moment, yes?"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from jobtide.model import Stamp
from jobtide.sources.dates import stamp

# How programs that write tables say that a cell is empty. "NA" alone may be Namibia: only amounts and dates ask.
_NOTHING = frozenset({"", "nan", "nat", "none", "null", "n/a", "na", "-", "--", "0", "0.0", "-1", "-1.0"})
_AGO = re.compile(r"(?i)\bago\b|\btoday\b|\byesterday\b|\bjust posted\b|\bnew\b|\bactive\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR"}
_CODE = r"(?:[A-Z]{3}|[$€£₹])?"
_AMOUNT = re.compile(rf"{_CODE}\s*(\d[\d.,' \u00a0\u202f]*)(k?)\s*{_CODE}", re.IGNORECASE)
_MOST = 10**12


def words(value: Any) -> str:
    """A cell as text; "" for nothing, a list by semicolons.

    >>> words(float("nan")), words(["a", None, "b"])
    ('', 'a; ; b')
    """
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(words(part) for part in value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value).strip()


def yes(said: str) -> bool:
    """Whether a flag is set; one that is off says nothing."""
    return said.lower() in ("true", "1", "1.0", "yes", "y", "t", "remote")


def nothing(said: str) -> bool:
    """Whether a cell for an amount or a date is empty in one of the ways in which programs write that."""
    return said.lower() in _NOTHING


def currency(said: str) -> str:
    """The currency that a sign in an amount names; "" for none, and for "$", which is that of many countries."""
    return next((code for sign, code in _SIGNS.items() if sign in said), "")


def amount(said: str, *, thousands: bool = False) -> Decimal | None:
    """A positive amount, written in any of the usual ways; 0 and -1 in such columns mean "not published".

    Words without a digit ("negotiable") are none. ``thousands``: "55.000" is fifty-five thousand, not 55.
    ValueError for anything else.

    >>> [str(amount(said)) for said in ("60,000", "55.000,50", "1,50,000", "17.0", "€55k", "85 000 EUR", "1.234.567")]
    ['60000', '55000.50', '150000', '17.0', '55000', '85000', '1234567']
    >>> str(amount("55.000", thousands=True)), amount("Negotiable"), amount("0")
    ('55000', None, None)
    """
    if nothing(said) or not re.search(r"\d", said):
        return None
    m = _AMOUNT.fullmatch(said.strip())
    try:
        found = Decimal(_plain(m[1], thousands=thousands)) * (1000 if m[2] else 1) if m else Decimal(said)
    except InvalidOperation as error:
        raise ValueError(f"no amount of money: {said!r}") from error
    return found if found.is_finite() and 0 < found < _MOST else None


def _plain(digits: str, *, thousands: bool) -> str:
    """Digits with their separators as Python reads them: which of "." and "," ends the whole part?"""
    digits = re.sub(r"['\s]", "", digits)
    if "." in digits and "," in digits:
        point = max(digits.rindex("."), digits.rindex(","))
        return re.sub("[.,]", "", digits[:point]) + "." + digits[point + 1 :]
    if "," in digits:
        return digits.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", digits) else digits.replace(",", "")
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits)
    return digits.replace(".", "") if grouped and (thousands or digits.count(".") > 1) else digits


def when(said: str, basis: str) -> Stamp | None:
    """Return a date or time as a Stamp, in any of the ways ``dates.stamp`` reads; ValueError if it is none.

    "3 days ago" is no date, since nobody says from when; "03/04/2025" is two: both give None.
    """
    if nothing(said) or _AGO.search(said):
        return None
    m = _SLASHED.match(said)
    if m:
        first, second = int(m[1]), int(m[2])
        if (first > 12) == (second > 12):
            return None
        day, month = (first, second) if first > 12 else (second, first)
        said = f"{m[3]}-{month:02}-{day:02}"
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d{2}", said):
        said = f"{float(said):.0f}"
    try:
        return stamp(said, basis)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"no date: {said[:40]!r} ({basis})") from error
