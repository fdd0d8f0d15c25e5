"""How fast does the market answer at a million postings, beside pandas doing the same in the same run?

The postings are synthetic and say so: no figure of theirs means anything. They are written row group by row group into
a temporary folder, prepared as any published snapshot is, asked, and removed. ``--postings N`` for another size,
``--keep FOLDER`` to keep them.
"""

import argparse
import contextlib
import itertools
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.enrich import taxonomy
from jobtide.errors import JobtideError
from jobtide.market.ask import NAMES, ask
from jobtide.market.filters import Filters
from jobtide.market.skills import skills
from jobtide.model import DEGREES, INDUSTRIES, ML_FAMILY, ROLES, SENIORITIES, WORK_MODES
from jobtide.store import prepared
from jobtide.store.snapshot import Snapshot
from jobtide.tables import CRAWL, FACT, POSTING

AT = datetime(2025, 10, 25, tzinfo=UTC)
_GROUP = 65536  # postings made and written at a time
_EMPLOYERS = 20_000
_SKILLS = 12  # drawn a posting; the same one drawn twice is named once
_PLACES = ("US/CA/San Francisco", "US/NY/New York", "US/WA/Seattle", "US/TX/Austin", "US/CO/Denver", "US//",
           "DE//Berlin", "GB//London", "FR//Paris", "IN//Bengaluru")  # fmt: skip
_ASKED = ("skills", "pay", "roles", "places", "employers", "demand", "pay_stated", "industries", "qualifications",
          "work_mode", "seniority", "experience")  # fmt: skip
_COLD = (*_ASKED, "overview", "years", "age", "concentration", "entry", "duties", "certificates", "proof", "fields",
         "employer_kinds", "employer_sizes")  # fmt: skip
_FILTERS = (
    Filters(), Filters(role="ml_engineer"), Filters(role="data_scientist", country="US"), Filters(country="US"),
    Filters(state="CA"), Filters(work_mode="remote"), Filters(seniority="senior"),
)  # fmt: skip


def main() -> int:
    """Make, prepare, ask, print; returns 0: speed is reported, never a timed test."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postings", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        at = given.keep or Path(folder)
        if not (at / "manifest.json").exists():
            at.mkdir(parents=True, exist_ok=True)
            made = _timed(lambda: write(at, given.postings))
            print(f"made {given.postings:,} synthetic postings in {made:.0f} s (not part of the measure)")
        print(f"working tables, once a snapshot  {_timed(lambda: prepared.make(at)):>8.1f} s")
        print(f"  {(at / prepared.FILE).stat().st_size / 1e6:,.0f} MB beside {_parquet(at) / 1e6:,.0f} MB of Parquet")
        _ask(at)
        _beside(at)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
    return 0


def _timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of processor time over all threads: on a busy machine only these compare."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000


def _parquet(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.parquet"))


# ---- asking -------------------------------------------------------------------------------------------


def _ask(folder: Path) -> None:
    begun = time.perf_counter()
    with Snapshot.open(folder) as shot:
        print(f"open                             {(time.perf_counter() - begun) * 1000:>8.0f} ms")
        _say("overview, the first question", [_spent(lambda: ask("overview", shot, Filters()))])
        taken: list[tuple[float, float]] = []
        for name in _ASKED:
            ask(name, shot, Filters(role="ai_engineer"))  # vocabularies and the index are read once a snapshot
            # Each figure once: a snapshot answers the same question again without counting. Its base is counted by the
            # first question of a filter, here skills, and known to the others, as in a report.
            each = [_spent(lambda name=name, f=f: ask(name, shot, f)) for f in _FILTERS]
            _say(f"  {name}", each)
            taken += each
        _say(f"single figure, n = {len(taken)}", taken)
        again = [_spent(lambda name=name, f=f: ask(name, shot, f)) for name in _ASKED for f in _FILTERS]
        _say("the same again", again)
        _cold(shot)
        _whole(shot)
    firsts = [_first(folder, name) for name in _COLD]
    _say(f"first of its kind, n = {len(firsts)}", firsts)


def _cold(shot: Snapshot) -> None:
    """Each question with filters that nobody asked before: no base is known, all is counted anew."""
    days = itertools.count()
    taken: list[tuple[float, float]] = []
    for name in _COLD:
        ask(name, shot, Filters(role="ai_engineer"))
        # A day before all postings: it leaves none out, and makes the filter a new one.
        fresh = [replace(f, since=date(2000, 1, 1) + timedelta(days=next(days))) for f in _FILTERS]
        each = [_spent(lambda name=name, f=f: ask(name, shot, f)) for f in fresh]
        _say(f"  {name}, cold", each)
        taken += each
    _say(f"cold single figure, n = {len(taken)}", taken)


def _first(folder: Path, name: str) -> tuple[float, float]:
    """The first question of its kind after a snapshot was opened: what it reads once is read now."""
    with Snapshot.open(folder) as shot:
        ask("overview" if name != "overview" else "roles", shot, Filters(role="ai_engineer"))
        return _spent(lambda: ask(name, shot, Filters(role="ml_engineer")))


def _say(what: str, taken: list[tuple[float, float]]) -> None:
    """p50 and p95 of what was taken, by the clock and of processor time."""
    wall, cpu = ([one[at] for one in taken] for at in (0, 1))
    p95 = [float(np.quantile(values, 0.95)) for values in (wall, cpu)]
    print(
        f"{what:<30} p50 {statistics.median(wall):>6.1f} ms, p95 {p95[0]:>6.1f} ms"
        f"   (processor p50 {statistics.median(cpu):>6.1f}, p95 {p95[1]:>6.1f})"
    )


def _whole(shot: Snapshot) -> None:
    """Every question over US openings, as a page that shows them all would ask."""
    slowest, begun = ("", 0.0), time.perf_counter()
    for name in NAMES:
        at = time.perf_counter()
        with contextlib.suppress(JobtideError):  # a question that one crawl cannot carry is refused
            ask(name, shot, Filters(country="US", role="ml_engineer"))
        slowest = max(slowest, (name, time.perf_counter() - at), key=lambda one: one[1])
    taken = time.perf_counter() - begun
    print(f"every question of one role      {taken:>6.1f} s ({len(NAMES)}; slowest {slowest[0]}, {slowest[1]:.1f} s)")


def _beside(folder: Path) -> None:
    """The same counts by pandas, its frames in memory and coded beforehand: what its users would hold ready."""
    try:
        import pandas as pd
    except ImportError:
        print("pandas is not installed: make bench installs it")
        return
    posting = pq.read_table(folder / "posting.parquet", columns=["version", "employer", "role", "posting", "vacancy"])
    opening = posting.to_pandas()
    opening = opening[opening["posting"] == opening["vacancy"]].drop(columns=["posting", "vacancy"])
    named = pq.read_table(
        folder / "fact.parquet", columns=["version", "concept", "need"], filters=[("kind", "=", "skill")]
    )
    number = pd.Series(np.arange(len(opening)), index=opening.pop("version"))
    for column in ("employer", "role"):
        opening[column] = opening[column].astype("category")
    frame = pd.DataFrame(
        {
            "opening": number.reindex(named["version"].to_pandas()).to_numpy(),
            "concept": pd.Categorical(named["concept"].to_pandas()),
            "need": pd.Categorical(named["need"].to_pandas()),
        }
    ).dropna()
    frame["opening"] = frame["opening"].astype("int32")
    opening = opening.reset_index(drop=True)

    def shares(roles: tuple[str, ...]) -> Any:
        kept = opening["role"].isin(roles).to_numpy()
        part = frame[kept[frame["opening"].to_numpy()] & (frame["need"] != "negated").to_numpy()]
        part = part.drop_duplicates(["opening", "concept"])
        owner = opening["employer"].cat.codes.to_numpy()[part["opening"].to_numpy()]
        return part.assign(owner=owner).groupby(["concept", "owner"], observed=True).size()

    with Snapshot.open(folder) as shot:
        for said, roles, filters in (
            ("the family", ML_FAMILY, Filters()),
            ("one role", ("ml_engineer",), Filters(role="ml_engineer")),
        ):
            ours = min(_spent(lambda f=filters: skills(shot, f)) for _ in range(3))
            theirs = min(_spent(lambda r=roles: shares(r)) for _ in range(2))
            print(
                f"skills of {said:<11} jobtide, with intervals, {ours[0]:>5.0f} ms; pandas, counts only, "
                f"{theirs[0]:>5.0f} ms   (processor {ours[1]:.0f} and {theirs[1]:.0f}), "
                f"ratio {theirs[0] / ours[0]:.1f}"
            )


# ---- making -------------------------------------------------------------------------------------------


def write(folder: Path, postings: int) -> None:
    """Write a snapshot of ``postings`` synthetic postings, a row group at a time."""
    draw = np.random.default_rng(1)
    weights = draw.lognormal(0, 1.2, _EMPLOYERS)
    employer = np.sort(draw.choice(_EMPLOYERS, postings, p=weights / weights.sum())).astype(np.int32)
    skills = np.array(sorted(taxonomy.load().concepts), dtype=object)
    rows = facts = 0
    with (
        pq.ParquetWriter(folder / "posting.parquet", POSTING, compression="zstd", compression_level=1) as one,
        pq.ParquetWriter(folder / "fact.parquet", FACT, compression="zstd", compression_level=1) as other,
    ):
        for start in range(0, postings, _GROUP):
            made, found = _batch(draw, employer[start : start + _GROUP], start, skills)
            one.write_table(made)
            other.write_table(found, row_group_size=_GROUP)
            rows, facts = rows + made.num_rows, facts + found.num_rows
    crawl = [{"run": 1, "source": "bench", "board": "synthetic", "at": AT, "outcome": "complete", "postings": rows}]
    pq.write_table(pa.Table.from_pylist(crawl, schema=CRAWL), folder / "crawl.parquet")
    tables = {"posting": {"rows": rows}, "fact": {"rows": facts}, "crawl": {"rows": 1}}
    made_of = {"sources": [{"name": "synthetic postings", "attribution": "made by bench/market.py"}]}
    manifest = {"id": "synthetic", "as_of": AT.date().isoformat(), "made": made_of, "tables": tables}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _batch(
    draw: np.random.Generator, employer: np.ndarray, start: int, skills: np.ndarray
) -> tuple[pa.Table, pa.Table]:
    n = len(employer)
    number = np.arange(start, start + n)
    name = np.char.add("e", np.char.zfill(employer.astype(str), 5))
    key = np.char.add(np.char.add(np.char.add("bench:", name), ":"), np.char.zfill(number.astype(str), 8))
    again = (draw.random(n) < 0.1) & (np.roll(employer, 1) == employer)
    again[0] = False
    again &= ~np.roll(again, 1)
    version = np.char.add(np.char.mod("%08x", number), draw.bytes(28).hex())
    chosen = {
        "role": np.array(ROLES)[draw.integers(0, len(ROLES), n)],
        "seniority": np.array(SENIORITIES)[draw.integers(0, len(SENIORITIES), n)],
        "work_mode": np.array(WORK_MODES)[draw.integers(0, len(WORK_MODES), n)],
        "degree_required": np.array(DEGREES)[draw.integers(0, len(DEGREES), n)],
        "industry": np.array(INDUSTRIES)[employer % len(INDUSTRIES)],
        "place": np.array(_PLACES)[draw.integers(0, len(_PLACES), n)],
    }
    posting = _postings(draw, chosen, key, np.where(again, np.roll(key, 1), key), version, name)
    return posting, _facts(draw, chosen, version, skills)


def _postings(
    draw: np.random.Generator, chosen: dict[str, np.ndarray], key: Any, vacancy: Any, version: Any, name: Any
) -> pa.Table:
    n = len(key)
    stated = draw.random(n) < 0.4
    low = np.round(np.exp(draw.normal(11.9, 0.3, n)), -3)
    money = pa.array(low, mask=~stated)
    decimal = POSTING.field("pay_low").type
    age = draw.integers(0, 400, n)
    columns: dict[str, Any] = {
        "posting": key, "vacancy": vacancy, "version": version, "employer": name, "employer_name": np.char.title(name),
        "title": np.char.add("Synthetic ", chosen["role"]), "url": np.char.add("https://example.org/", key),
        "source": np.full(n, "bench"), "board": name, "language": np.full(n, "en"),
        "employment": np.full(n, "full_time"),
        "specialisation": np.full(n, ""), "pay_basis": _where(stated, "structured"), "pay_kind": _where(stated, "base"),
        "pay_currency": _where(stated, "USD"), "pay_period": _where(stated, "year"), "pay_low": money.cast(decimal),
        "pay_high": pa.array(np.round(low * 1.3, -3), mask=~stated).cast(decimal),
        "last_published_at": [AT - timedelta(days=int(days)) for days in age], "seen_at": [AT] * n,
        "years_min": draw.integers(0, 12, n).astype(float), "country": [place[:2] for place in chosen["place"]],
        **{column: chosen[column] for column in ("role", "seniority", "work_mode", "degree_required", "industry")},
    }  # fmt: skip
    return _table(POSTING, columns, n)


def _where(mask: np.ndarray, word: str) -> pa.Array:
    return pa.array(np.where(mask, word, None), pa.string())


def _facts(
    draw: np.random.Generator, chosen: dict[str, np.ndarray], version: np.ndarray, skills: np.ndarray
) -> pa.Table:
    """Twelve skills, a place, a role, a seniority and an industry of each posting."""
    n = len(version)
    weight = 1 / np.arange(1, len(skills) + 1) ** 0.9
    drawn = draw.choice(len(skills), (n, _SKILLS), p=weight / weight.sum())
    singles = [("role", chosen["role"]), ("seniority", chosen["seniority"]), ("place", chosen["place"]),
               ("industry", chosen["industry"])]  # fmt: skip
    each = _SKILLS + len(singles)
    concept = np.empty((n, each), dtype=object)
    concept[:, :_SKILLS] = skills[drawn]
    for column, (_, values) in enumerate(singles):
        concept[:, _SKILLS + column] = values
    kind = np.array(["skill"] * _SKILLS + [name for name, _ in singles], dtype=object)
    need = np.array(["required", "preferred", "mentioned", "negated"], dtype=object)
    needs = need[draw.choice(4, n * each, p=[0.5, 0.3, 0.18, 0.02])]
    columns: dict[str, Any] = {
        "version": np.repeat(version, each), "ord": np.tile(np.arange(each, dtype=np.int32), n),
        "kind": np.tile(kind, n), "concept": concept.ravel(), "need": needs, "words": concept.ravel(),
        "basis": np.full(n * each, "stated"), "confidence": np.full(n * each, 0.9), "field": np.full(n * each, "text"),
        "start": np.zeros(n * each, np.int32), "end": np.full(n * each, 6, np.int32),
    }  # fmt: skip
    return _table(FACT, columns, n * each)


def _table(schema: pa.Schema, columns: dict[str, Any], n: int) -> pa.Table:
    """A table of the schema; columns that are not given are null."""
    return pa.table(
        [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(n, f.type) for f in schema], schema=schema
    )


if __name__ == "__main__":
    sys.exit(main())
