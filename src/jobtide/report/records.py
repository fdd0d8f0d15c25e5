"""Which figures of a report are no question to the market? Measured scores, official projections, checked claims.

They have the envelope of every figure, so that a number in a sentence leads to a row wherever it comes from.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jobtide.report.blocks import Record
from jobtide.report.references import Fact, facts
from jobtide.store.snapshot import Snapshot

Scores = Mapping[str, Mapping[str, float]]
# What is shown of the scores: name in quality.json, its words.
READ = (
    ("skills all by quote or name", "skills, all postings"),
    ("skills aiml by quote or name", "skills, ML, AI and data postings"),
    ("need all by quote or name", "required, preferred or mentioned"),
    ("role", "role"),
    ("seniority", "seniority"),
    ("years_min", "years asked for"),
    ("degree_required", "degree required"),
    ("industry", "industry"),
    ("work_mode", "work mode"),
    ("country", "countries, exact set"),
    ("city", "cities, exact set"),
)
UNREAD = "unread: "  # before a name: on postings that nothing was tuned on and nothing learnt from
_MEASURES = ("accuracy", "precision", "recall", "f1")
_SHOWN = tuple(f"{m}{end}" for m in _MEASURES for end in ("", "_low", "_high"))
_SAID = {"f1": "F-score"}
_OUTLOOKS = ("official projection", "employer survey")


def record(
    name: str,
    snapshot: Snapshot,
    *,
    title: str,
    unit: str,
    rows: Iterable[Mapping[str, Any]],
    method: str,
    sources: Sequence[Mapping[str, str]],
    caveats: Sequence[str] = (),
) -> Record:
    """Return a record in the form of a figure; its id is that of its snapshot, name and rows."""
    listed = [dict(row) for row in rows]
    packed = json.dumps([snapshot.id, name, listed], sort_keys=True)
    return {
        "figure": name, "id": hashlib.sha256(packed.encode()).hexdigest()[:12], "title": title, "unit": unit,
        "base": {"n": 0, "employers": 0, "effective_employers": 0.0, "filters": {}, "excluded": {}},
        "as_of": snapshot.as_of.isoformat(), "snapshot": snapshot.id, "sources": [dict(each) for each in sources],
        "rows": listed, "method": method, "caveats": list(caveats), "examples": [], "chart": None,
    }  # fmt: skip


def line(key: str, label: str, value: float | None, **more: Any) -> dict[str, Any]:
    """A row without interval and employers, unless ``more`` says them."""
    return {"key": key, "label": label, "value": value, "low": None, "high": None, "n": 0, "employers": 0,
            "flag": "", **more}  # fmt: skip


def scored(scores: Scores) -> list[dict[str, Any]]:
    """Return a row a fact that is measured: ``value`` is accuracy or F-score, ``n`` what was compared.

    Behind it stands the same fact on postings that nothing was tuned on, if ``scores`` has them.
    """
    rows = []
    for name, said in READ:
        for key, label in ((name, said), (UNREAD + name, f"{said}: postings nobody tuned on")):
            if key in scores:
                measured = {m: scores[key][m] for m in _SHOWN if m in scores[key]}
                value = measured.get("accuracy", measured.get("f1"))
                rows.append(line(key, label, value, **{**measured, "n": int(scores[key]["n"])}))
    for key, label in (("pay", "pay, exact range"), (UNREAD + "pay", "pay, exact range: postings nobody tuned on")):
        if key in scores:
            rows.append(_pay(key, label, scores[key]))
    return rows


def _pay(key: str, label: str, pay: Mapping[str, float]) -> dict[str, Any]:
    exact, seen = pay["n"] - pay["wrong"], pay["n"] + pay["n_without"]
    counts = {"exact": exact, "with_pay": pay["n"], "false": pay["false"], "without_pay": pay["n_without"]}
    return line(key, label, exact / pay["n"] if pay["n"] else None, **counts, n=int(seen))


def measured(row: Mapping[str, Any]) -> str:
    """The measures of one fact in words; of pay how many ranges are exact, and how often it is seen where none is.

    >>> measured({"precision": 0.889, "recall": 0.82, "f1": 0.853})
    'precision 0.89, recall 0.82, F-score 0.85'
    """
    if "exact" in row:
        false = f"{row['false']:.0f} false of {row['without_pay']:.0f} without"
        return f"{row['exact']:.0f} of {row['with_pay']:.0f} exact, {false}"
    return ", ".join(f"{_SAID.get(m, m)} {row[m]:.2f}{_between(row, m)}" for m in _MEASURES if m in row)


def _between(row: Mapping[str, Any], measure: str) -> str:
    low, high = row.get(f"{measure}_low"), row.get(f"{measure}_high")
    return f" ({low:.2f} to {high:.2f})" if low is not None and high is not None else ""


def quality(snapshot: Snapshot, scores: Scores) -> Record:
    """Return the measured scores of reading as a record."""
    return record(
        "quality", snapshot, title="How well the facts are read", unit="score", rows=scored(scores),
        sources=({"name": "labelled postings"},),
        method="Postings read whole and labelled by a language model, not by people, against what the rules read; "
        "those nobody tuned on are boards of 2025, forum posts of 2013 to 2016 and one employer's own pages.",
        caveats=("Labels of a model err too: where it is wrong a right reading counts as an error.",),
    )  # fmt: skip


def projections(snapshot: Snapshot) -> Record:
    """Return what official projections and employers' surveys expect, each with its own base; no figure of ours."""
    found = [fact for fact in facts("growth") if fact.frame in _OUTLOOKS]
    newest = max((fact.until for fact in found if fact.frame == _OUTLOOKS[0]), default=0)
    kept = [fact for fact in found if fact.frame == _OUTLOOKS[1] or fact.until == newest]
    return record(
        "projections", snapshot, title="What others project, each with its own base", unit="share of jobs",
        rows=(_projected(fact) for fact in kept), sources=tuple({"name": f.source} for f in kept),
        method="Published figures, each looked up at the address it names; nothing is computed from them.",
        caveats=("A projection of employment is no projection of openings, and none is made for ML engineers.",),
    )  # fmt: skip


def _projected(fact: Fact) -> dict[str, Any]:
    """A projection as a row: its value as a share, its years, whom it is of and who says so."""
    whom = f"{fact.population[:1].upper()}{fact.population[1:]}"
    return line(
        fact.id, whom, fact.high / 100, since=str(fact.since), until=str(fact.until), frame=fact.frame,
        source=fact.source, published=fact.date, url=fact.url,
    )  # fmt: skip
