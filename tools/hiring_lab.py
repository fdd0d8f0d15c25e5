"""Make the Hiring Lab slice: monthly means of Indeed's AI share of postings and of its postings index, 2019-2025.

    python tools/hiring_lab.py [../shared/data/indeed_hiring_lab]

Indeed Hiring Lab publishes daily values under CC BY 4.0. A month's value is the mean of its days; ``days`` says how
many there were. Shares are 0 to 1; the index is 100 on 1 February 2020.
"""

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "official" / "hiring_lab.parquet"
SOURCE = ROOT.parent / "shared" / "data" / "indeed_hiring_lab"
_COUNTRIES = ("AU", "CA", "DE", "FR", "GB", "US")
_MOST = 150_000  # bytes
_DIGITS = 6
Days = dict[tuple[str, str, str], list[float]]


def ai_share(folder: Path, days: Days) -> Path:
    """Add the AI share of postings, as a share of 1; returns the file it was read from."""
    path = folder / "AI_posting.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days["ai_share", row["jobcountry"], row["date"][:7]].append(float(row["AI_share_postings"]) / 100)
    return path


def postings_index(folder: Path, country: str, days: Days) -> Path:
    """Add the index of all postings, seasonally adjusted and not; returns the file it was read from."""
    path = folder / f"{country}_aggregate_job_postings_{country}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["variable"] == "total postings":
                for suffix in ("SA", "NSA"):
                    key = f"postings_index_{suffix.lower()}", country, row["date"][:7]
                    days[key].append(float(row[f"indeed_job_postings_index_{suffix}"]))
    return path


def table(days: Days) -> pa.Table:
    """One row a series, country and month."""
    keys = sorted(days)
    return pa.table({
        "series": pa.array([k[0] for k in keys], pa.string()),
        "country": pa.array([k[1] for k in keys], pa.string()),
        "month": pa.array([k[2] for k in keys], pa.string()),
        "value": pa.array([round(sum(days[k]) / len(days[k]), _DIGITS) for k in keys], pa.float64()),
        "days": pa.array([len(days[k]) for k in keys], pa.int16()),
    })  # fmt: skip


def main() -> None:
    """Write the slice and its block in NOTICE."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    days: Days = defaultdict(list)
    read = [ai_share(folder, days), *(postings_index(folder, country, days) for country in _COUNTRIES)]
    found = table(days)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(found, OUT, compression="zstd", compression_level=19)
    size = OUT.stat().st_size
    print(f"{found.num_rows:,} rows, {size:,} bytes")
    if size > _MOST:
        raise SystemExit(f"{OUT} has {size:,} bytes; at most {_MOST:,} may be shipped")
    record(
        "Indeed Hiring Lab, AI share of postings and postings index, 2019-2025",
        lines=[
            "Indeed Hiring Lab, https://www.hiringlab.org, licensed under CC BY 4.0",
            "(https://creativecommons.org/licenses/by/4.0/). Attribution: Indeed Hiring Lab.",
            "Origin: github.com/hiring-lab/ai-tracker at 41392c3f5a65, github.com/hiring-lab/job_postings_tracker at",
            "8049a926080d, values before 2026-01-01, by tools/hiring_lab.py.",
            "Changed: daily values are averaged by month; percent became shares.",
            *(f"Input: {path.name}, sha256 {sha256(path)}" for path in read),
        ],
        files=[OUT],
    )


if __name__ == "__main__":
    main()
