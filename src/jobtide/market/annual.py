"""How much a year is an amount per hour, day, week or month? The only place where pay is annualised.

2,080 hours and 52 weeks are the conventions of the US Bureau of Labor Statistics (OEWS annual wages are hourly
wages times 2,080); 260 working days and 12 months agree with them.
"""

import numpy as np

from jobtide.market.intervals import Numbers

PER_YEAR = {"year": 1.0, "month": 12.0, "week": 52.0, "day": 260.0, "hour": 2080.0}


def annual(amounts: Numbers, periods: list[str]) -> Numbers:
    """Return ``amounts`` per year; ``periods`` gives each amount's own period. KeyError for an unknown period.

    >>> annual(np.array([50.0, 10_000.0]), ["hour", "month"]).tolist()
    [104000.0, 120000.0]
    """
    factors: Numbers = np.array([PER_YEAR[period] for period in periods], dtype=np.float64)
    return amounts * factors


def per_year(column: str, period: str) -> str:
    """Return SQL for an amount ``column`` per year, ``period`` being the column that says of what it is the pay.

    NULL for an unknown period.
    """
    factors = " ".join(f"when '{name}' then {factor}" for name, factor in PER_YEAR.items())
    return f"cast({column} as double) * case {period} {factors} end"
