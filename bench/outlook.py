"""How good are the forecasts on real history? Indeed Hiring Lab, weekly means, 13 weeks ahead, origins since 2023.

Each origin is forecast from the values up to it and nothing else. Prints, by kind of series, the median over series of
the mean absolute error against the last value's, and the share of outcomes that the 80 % and 95 % intervals held. The
years before 2023 are printed apart: the rule's three constants were chosen on them.
"""

import gzip
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import fmean, median

import numpy as np

from jobtide.market.backtest import evaluate
from jobtide.market.series import Series, read

HERE = Path(__file__).resolve().parent
_WEEKS = 13
_FIRST, _TEST = date(2021, 7, 1), date(2023, 1, 1)
# kind -> files, column of values, column that tells series apart
_FILES = {
    "adjusted": ("*_aggregate_job_postings_*.csv.gz", "indeed_job_postings_index_SA", "variable"),
    "unadjusted": ("*_aggregate_job_postings_*.csv.gz", "indeed_job_postings_index_NSA", "variable"),
    "US states": ("US_state_job_postings_us.csv.gz", "indeed_job_postings_index", "state"),
    "AI share": ("AI_posting.csv.gz", "AI_share_postings", "jobcountry"),
    "remote share": ("remote_postings.csv.gz", "remote_share_postings", "jobcountry"),
}


def main() -> int:
    """Measure and print; returns 0: the figures asked for are in the suite."""
    shared = Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")
    folder = shared / "data" / "indeed_hiring_lab"
    if not folder.exists():
        print(f"bench: skipped, no series at {folder}")
        return 0
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 13
    print(f"{'series':<14}{'n':>4}  {'before 2023':>24}  {'since 2023':>24}  (ratio to last value, 80 %, 95 % held)")
    pooled: dict[bool, list[tuple[float, float, float]]] = {True: [], False: []}
    for kind, (pattern, value, group) in _FILES.items():
        scores = [score for series in load(folder, pattern, value, group) for score in judged(series, step)]
        parts = [[(r, a, b) for test, r, a, b in scores if test is late] for late in (False, True)]
        pooled[False] += parts[0]
        pooled[True] += parts[1]
        print(f"{kind:<14}{len(parts[1]):>4}  {said(parts[0]):>24}  {said(parts[1]):>24}", flush=True)
    print(f"{'all':<14}{len(pooled[True]):>4}  {said(pooled[False]):>24}  {said(pooled[True]):>24}")
    return 0


def load(folder: Path, pattern: str, value: str, group: str) -> Iterator[Series]:
    """Weekly means of each series in the files."""
    for path in sorted(folder.glob(pattern)):
        text = gzip.decompress(path.read_bytes()).decode()
        yield from read(text, day="date", value=value, group=group, unit="w").series


def judged(series: Series, step: int) -> Iterator[tuple[bool, float, float, float]]:
    """For origins before and since 2023: ratio of errors, and shares that the intervals held."""
    values = np.array(series.values)
    found = defaultdict(list)
    for k in range(len(values) - 1 - _WEEKS, 60, -step):
        if series.dates[k] < _FIRST:
            break
        forecast = evaluate(values[: k + 1], horizon=_WEEKS, season=52, year=52)
        if forecast is None:
            continue
        came = values[k + 1 : k + 1 + _WEEKS]
        held = (came >= forecast.low) & (came <= forecast.high)
        found[series.dates[k] >= _TEST].append(
            (np.abs(came - forecast.path).mean(), np.abs(came - values[k]).mean(), *held.mean(axis=1))
        )
    for late, rows in sorted(found.items()):
        mine, last, inner, outer = (fmean(column) for column in zip(*rows, strict=True))
        yield late, mine / last, inner, outer


def said(rows: list[tuple[float, float, float]]) -> str:
    """Median ratio and pooled coverage, in words."""
    if not rows:
        return "-"
    return f"{median(r for r, _, _ in rows):.3f} {fmean(a for _, a, _ in rows):.1%} {fmean(b for _, _, b in rows):.1%}"


if __name__ == "__main__":
    raise SystemExit(main())
