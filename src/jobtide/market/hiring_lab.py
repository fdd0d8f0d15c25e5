"""What does Indeed see? The share of its postings that name AI, by country and month; never joined to our postings.

Source: Indeed Hiring Lab, CC BY 4.0. Indeed counts postings on Indeed whose title or text names an AI term; our
postings come from other boards, so the two are two views, not two parts of one.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from jobtide.errors import UsageError
from jobtide.market import words
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted
from jobtide.store.snapshot import Snapshot

SOURCE = {
    "name": "Indeed Hiring Lab",
    "attribution": "Indeed Hiring Lab, AI tracker and job postings tracker, CC BY 4.0",
    "terms": "https://creativecommons.org/licenses/by/4.0/",
}
_SLICE = Path(__file__).resolve().parent.parent / "data" / "official" / "hiring_lab.parquet"
COUNTRIES = {
    "US": "United States", "AU": "Australia", "CA": "Canada", "DE": "Germany", "FR": "France", "GB": "United Kingdom",
    "IE": "Ireland", "IT": "Italy", "NL": "Netherlands",
}  # fmt: skip
_YEAR = 12  # months
_METHOD = (
    "Indeed Hiring Lab's AI tracker: postings on Indeed that name an AI term, as a share of all postings on Indeed "
    "in the country; mean of the month's days. Not counted from the postings of this snapshot."
)


@cache
def _series(name: str) -> Mapping[str, Mapping[str, float]]:
    """A series by country and month, months ascending."""
    import pyarrow.parquet as pq

    table = pq.read_table(_SLICE, filters=[("series", "=", name)])
    out: dict[str, dict[str, float]] = {}
    for row in table.to_pylist():
        out.setdefault(row["country"], {})[row["month"]] = row["value"]
    return out


def months(country: str) -> Mapping[str, float]:
    """Return the AI share of Indeed's postings in a country by month ("2025-12"), a share of 1, months ascending.

    Raises UsageError for a country that Hiring Lab does not publish.
    """
    if country not in COUNTRIES:
        raise UsageError(f"Hiring Lab has no AI share for {country!r}; there are {', '.join(COUNTRIES)}")
    return _series("ai_share")[country]


def postings_index(country: str, *, adjusted: bool = True) -> Mapping[str, float]:
    """Return Indeed's index of all postings in a country by month, 100 on 1 February 2020; seasonally adjusted or not.

    Raises UsageError for a country that Hiring Lab does not publish.
    """
    found = _series("postings_index_sa" if adjusted else "postings_index_nsa")
    if country not in found:
        raise UsageError(f"Hiring Lab has no postings index for {country!r}; there are {', '.join(found)}")
    return found[country]


def ai_share(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the AI share of Indeed's postings: the latest month by country, or with by="month" every month.

    Rows by country carry ``year_ago``, ``change_pp`` (percentage points) and ``first``; rows by month carry ``series``
    and ``month``, the chosen country (--country, else US) first. ``n`` is 0: Hiring Lab does not publish counts.
    """
    first = filters.country or "US"
    last = max(months(first))
    countries = [first, *(code for code in COUNTRIES if code != first)]
    if by not in (None, "country", "month"):
        raise UsageError(f"the Hiring Lab series cannot be split by {by}; there are country, month")
    rows = _monthly(countries) if by == "month" else [_latest(code) for code in countries]
    return figure(
        "hiring",
        snapshot,
        Filters(country=filters.country, family="all"),
        title=f"Share of postings on Indeed that name AI, to {words.month(last)}",
        unit="share of postings on Indeed",
        rows=rows,
        method=_METHOD,
        caveats=["Another source than the openings counted elsewhere, never joined to them."],
        chart="line" if by == "month" else "bars",
        group=by or "country",
        counted=_nothing(),
        least=False,
        sources=[SOURCE],
        as_of=_last_day(last),
    )


def _nothing() -> Counted:
    """The base of a figure that counts no opening of ours."""
    import numpy as np

    return Counted((), np.array([], dtype=np.float64))


def _last_day(month: str) -> date:
    """The last day of a month.

    >>> _last_day("2025-12"), _last_day("2024-02")
    (datetime.date(2025, 12, 31), datetime.date(2024, 2, 29))
    """
    year, number = int(month[:4]), int(month[5:])
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _monthly(countries: list[str]) -> list[Row]:
    rows = []
    for code in countries:
        for month, value in months(code).items():
            more: dict[str, Extra] = {"series": COUNTRIES[code], "month": month}
            label = f"{COUNTRIES[code]}, {words.month(month)}"
            rows.append(Row(f"{code}/{month}", label, value, None, None, 0, 0, "", more))
    return rows


def _latest(code: str) -> Row:
    """A country's last month, with the same month a year before and the first month of the series."""
    series = months(code)
    order = sorted(series)
    now, before = series[order[-1]], series[order[-1 - _YEAR]]
    more: dict[str, Extra] = {
        "month": order[-1],
        "year_ago": before,
        "change_pp": round((now - before) * 100, 2),
        "first": series[order[0]],
        "first_month": order[0],
    }
    return Row(code, COUNTRIES[code], now, None, None, 0, 0, "", more)
