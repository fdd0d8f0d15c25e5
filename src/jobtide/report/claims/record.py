"""How do checked claims stand in a report? As a figure of their own: a row a claim, and how far each lies away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jobtide.market import theme, words
from jobtide.report import records
from jobtide.report.blocks import Record
from jobtide.report.claims.check import Checked, Verdict
from jobtide.store.snapshot import Snapshot

_LONGEST = 90  # characters of a claim in a table
_TITLE = "Claims of the article of 2024, and what is known of each"
_MARKS = "Diamond: the claim as a multiple of what it was held against (line at 1); log scale"


def record(snapshot: Snapshot, checked: Checked, *, title: str = _TITLE) -> Record:
    """Return the verdicts as a record: ``value`` is the reference or our figure, ``ratio`` the claim over it.

    ``groups`` counts them by verdict.
    """
    kept = [verdict for verdict in checked.verdicts if not verdict.claim.startswith("[")]
    counts = Counter(verdict.verdict.replace("_", " ") for verdict in kept)
    groups = [{"verdict": verdict, "count": count} for verdict, count in sorted(counts.items())]
    made = records.record(
        "claims", snapshot, title=title, unit="in the claim's own unit", sources=_sources(kept),
        rows=[_row(number, verdict) for number, verdict in enumerate(kept, 1)],
        method="Claims are found by rules and held against themselves, then against official figures and original "
        "studies on the same base, then against this sample, which says above or below and never contradicts.",
        caveats=("A claim without a figure on its own base is not testable, which does not make it wrong.",),
    )  # fmt: skip
    return {**made, "groups": groups}


def _sources(kept: Sequence[Verdict]) -> tuple[Mapping[str, str], ...]:
    return ({"name": "this snapshot"}, {"name": "the table of references"}) if kept else ()


def _row(number: int, verdict: Verdict) -> dict[str, Any]:
    ours, reference = verdict.ours, verdict.reference
    against = reference[0] if reference and reference[0] else ours.value if ours else None
    ratio = None
    if verdict.stated and against and verdict.type in ("pay", "share", "remote", "degree"):
        ratio = round(sum(verdict.stated) / 2 / against, 4)
    return records.line(
        f"claim-{number}", shortened(verdict), against, ratio=ratio, n=ours.n if ours else 0,
        type=verdict.type, verdict=_plain(verdict.verdict), classes=_plain(", ".join(verdict.classes)),
        why=_why(verdict), source=reference[1] if reference else "", ours=ours.value if ours else None,
        ours_low=ours.low if ours else None, ours_high=ours.high if ours else None, base=ours.base if ours else "",
        quantity=verdict.quantity,
    )  # fmt: skip


def _why(verdict: Verdict) -> str:
    """The reasons, without that of a missing source: a quote of a few words has lost its footnotes."""
    said = [part for part in verdict.why.split("; ") if not part.startswith("no source is named")]
    return "; ".join(said) or verdict.why


def _plain(name: str) -> str:
    return name.replace("_", " ")


def shortened(verdict: Verdict) -> str:
    """The claim's words, of a long one those around its number."""
    said = verdict.claim.strip().strip('"“”')
    if len(said) <= _LONGEST:
        return said
    at = max(0, said.find(verdict.quantity)) if verdict.quantity else 0
    low = max(0, min(at - _LONGEST // 2, len(said) - _LONGEST))
    return f"{'…' if low else ''}{said[low : low + _LONGEST].strip()}{'…' if low + _LONGEST < len(said) else ''}"


def chart(made: Record, width: int) -> dict[str, Any]:
    """Return a picture of the claims that state a number held against another: each as a multiple of it."""
    rows = [
        {"name": row["quantity"], "order": i, "ratio": row["ratio"], "said": f"{row['verdict']}: {_known(row)}"}
        for i, row in enumerate(made["rows"])
        if row["ratio"]
    ]
    ratios = [row["ratio"] for row in rows] or [1.0]
    domain = [min(0.5, min(ratios) * 0.7), max(2.0, max(ratios) * 1.4)]
    across = {"field": "ratio", "type": "quantitative", "title": None, "scale": {"type": "log", "domain": domain},
              "axis": {"values": [0.1, 0.2, 0.5, 1, 2, 5], "format": "~g"}}  # fmt: skip
    names = {"field": "name", "type": "nominal", "title": None, "sort": {"field": "order", "op": "min"}}
    diamond = {"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "size": theme.DOT,
               "color": theme.CONTRAST}  # fmt: skip
    body = {
        "data": {"values": rows},
        "height": {"step": theme.STEP * 1.4},
        "encoding": {"y": names},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": theme.CURVE, "color": theme.ACCENT},
             "encoding": {"x": {"datum": 1, "type": "quantitative"}, "y": None}},
            {"mark": diamond, "encoding": {"x": across}},
            {"mark": {"type": "text", "dy": -13, "align": "center", "limit": width * 0.6},
             "encoding": {"x": across, "text": {"field": "said"}}},
        ],
    }  # fmt: skip
    said = "; ".join(f"{row['name']} is {row['ratio']:.2g} times ({row['said']})" for row in rows)
    return theme.framed(
        body, title=made["title"], subtitle=[_MARKS], description=f"{made['title']}. {said}.", width=width
    )


def _known(row: Mapping[str, Any]) -> str:
    """What a claim was held against, in a few words."""
    whose = "published" if row["source"] else "ours"
    said = words.money(row["value"]) if row["type"] == "pay" else f"{row['value']:.0f}%"
    return f"{whose} {said}"
