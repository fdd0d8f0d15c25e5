"""What a judgement is: verdict, classes, our figure, the reference and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobtide.report.claims.evidence import Ours
from jobtide.report.claims.findings import NOT_CHECKABLE, OK
from jobtide.report.references import Fact

CONSISTENT, ABOVE, BELOW, WRONG, UNTESTABLE = "consistent", "above", "below", "contradicted", "not_testable"
VERDICTS = (CONSISTENT, ABOVE, BELOW, WRONG, UNTESTABLE)
OFFICIAL = re.compile(
    r"\bBLS\b|\bBureau of Labor Statistics\b|\bOEWS\b|\bDepartment of Labor\b|\bOccupational Outlook\b"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a claim: verdict, classes, our figure, the reference (value, source), and why."""

    verdict: str
    kinds: tuple[str, ...]
    why: str
    ours: Ours | None = None
    reference: tuple[float | None, str] | None = None


def nothing(why: str, *kinds: str, ours: Ours | None = None) -> Judged:
    return Judged(UNTESTABLE, kinds or (NOT_CHECKABLE,), why, ours)


def in_sample(ours: Ours | None) -> str:
    if ours is None:
        return ""
    between = (
        f" ({ours.low:.0f} to {ours.high:.0f}, n = {ours.n})"
        if ours.low is not None and ours.high is not None
        else f" (n = {ours.n})"
    )
    return f"; {ours.base}: {ours.value:.0f}%{between}"


def study(studies: Sequence[Fact]) -> tuple[float | None, str] | None:
    if not studies:
        return None
    return studies[0].value, "; ".join(f"{f.value:g}%: {f.cite()}" for f in studies)


def as_published(studies: Sequence[Fact], low: float, high: float, ours: Ours | None) -> Judged | None:
    """Consistent with the first study whose figure lies within a point of the claimed percent, None if none does."""
    near = next((f for f in studies if f.low - 1 <= high and low <= f.high + 1), None)
    if near is None:
        return None
    return Judged(
        CONSISTENT, (OK,), f"as published: {near.cite()}{in_sample(ours)}", ours, (near.value, near.cite())
    )  # fmt: skip
