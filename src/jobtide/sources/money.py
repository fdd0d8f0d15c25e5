"""What pay does a structured field state? Only a range with amount, currency and period is one."""

import re
from decimal import Decimal
from typing import Any

from jobtide.model import StatedPay
from jobtide.sources.cells import amount
from jobtide.sources.cells import currency as sign

_PERIODS = {
    "year": (
        "year", "yearly", "annual", "annually", "annum", "peryear", "pa", "yr", "y", "1year", "peryearsalary", "p1y",
        "jahr", "jährlich", "projahr", "an", "annuel", "paran", "año", "anual",
    ),
    "month": (
        "month", "monthly", "permonth", "pm", "mo", "1month", "permonthsalary", "p1m",
        "monat", "monatlich", "promonat", "mois", "mensuel", "mes", "mensual",
    ),
    "week": ("week", "weekly", "perweek", "pw", "wk", "1week", "perweeksalary", "p1w"),
    "day": ("day", "daily", "perday", "pd", "1day", "perdaywage", "p1d"),
    "hour": ("hour", "hourly", "perhour", "ph", "hr", "1hour", "perhourwage", "stunde", "stündlich", "heure", "hora"),
}  # fmt: skip
_PERIOD_OF = {word: period for period, words in _PERIODS.items() for word in words}
_MOST = Decimal(10) ** 12


def period_of(words: Any) -> str:
    """Return year, month, week, day or hour for a source's own word; "" for one that is none of them.

    >>> period_of("Per Year"), period_of("HOUR"), period_of("biweekly")
    ('year', 'hour', '')
    """
    return _PERIOD_OF.get("".join(c for c in str(words or "").lower() if c.isalnum()), "")


def ranges(
    low: Any, high: Any, *, currency: Any, period: Any, pointer: str, kind: str = "base", label: str = ""
) -> tuple[StatedPay, ...]:
    """Return the range as a tuple of one, or () if amount, currency or period is missing: pay is never guessed.

    Zero means "not published" on every board seen, words without a digit ("competitive") too. Ends in the wrong order
    are put right. ValueError for an amount that is no number.

    >>> ranges("60000", "75000", currency="eur", period="year", pointer="/salary")[0].high
    Decimal('75000')
    >>> ranges("55.000,00", None, currency="EUR", period="year", pointer="/salary")[0].low
    Decimal('55000.00')
    >>> ranges(0, 0, currency="USD", period="year", pointer="/salary")
    ()
    """
    said = str(currency or "").strip()
    named, unit = sign(said) or said.upper(), period_of(period)
    read = (_amount(end, thousands=unit in ("year", "month")) for end in (low, high))
    ends = sorted(end for end in read if end is not None)
    if not ends or not re.fullmatch("[A-Z]{3}", named) or not unit:
        return ()
    return (StatedPay(ends[0], ends[-1], named, unit, kind, label, pointer),)


def _amount(value: Any, *, thousands: bool) -> Decimal | None:
    """A positive amount, or None for nothing and zero; a number is taken as it is, words as any country writes them."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        found = Decimal(str(value))
        return found if found.is_finite() and 0 < found < _MOST else None
    return amount(str(value).replace("$", ""), thousands=thousands)
