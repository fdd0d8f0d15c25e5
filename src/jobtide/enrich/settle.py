"""Which one value does a posting have for each question that takes only one?

Facts may be many; a posting has one role and one work mode. What the source states in a structured field
wins over what was read in its text; among facts of one basis the most confident wins, then the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# Which kind of pay is the headline: what an employer calls base first, what mixes in variable pay last.
_PAY_ORDER = {"base": 0, "unknown": 1, "total": 2, "ote": 3}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Settled:
    """One value a question; None or "unstated" where nothing was read. Unknown is never false.

    ``pay_low`` and ``pay_high`` span the ranges of one kind, currency and period; ``pay_ranges`` says how many.
    """

    role: str = "other"
    specialisation: str = ""
    seniority: str = "unstated"
    years_min: float | None = None
    degree_required: str = "none"
    degree_preferred: str | None = None
    degree_or_equivalent: bool = False
    work_mode: str = "unstated"
    employment: str = "unstated"
    visa: str = "unstated"
    clearance: str = "unstated"
    industry: str | None = None
    naics: str | None = None
    employer_kind: str | None = None
    employer_size: float | None = None
    office_days: float | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    pay_basis: str | None = None
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None
    pay_currency: str | None = None
    pay_period: str | None = None
    pay_kind: str | None = None
    pay_ranges: int = 0


def settle(facts: Iterable[Mapping[str, Any]]) -> Settled:
    """Return the single values of one posting version from its fact rows; no facts give the defaults."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for fact in facts:
        kinds.setdefault(fact["kind"], []).append(fact)
    role = best(kinds.get("role"))
    years = best(kinds.get("years_min"))
    industry = best(kinds.get("industry"))
    place = places(kinds.get("place", ()))[:1]
    country, region, city = place[0] if place else (None, None, None)
    return Settled(
        role=role["concept"] if role else "other",
        specialisation=role["extra"] if role else "",
        seniority=_concept(kinds, "seniority", "unstated"),
        years_min=years["low"] if years else None,
        degree_required=_concept(kinds, "degree_required", "none"),
        degree_preferred=_concept(kinds, "degree_preferred", "") or None,
        degree_or_equivalent=bool(kinds.get("degree_or_equivalent")),
        work_mode=_concept(kinds, "work_mode", "unstated"),
        employment=_concept(kinds, "employment", "unstated"),
        visa=_concept(kinds, "visa", "unstated"),
        clearance=_concept(kinds, "clearance", "unstated"),
        industry=industry["concept"] if industry else None,
        naics=(industry["extra"] or None) if industry else None,
        employer_kind=_concept(kinds, "employer_kind", "") or None,
        employer_size=_low(kinds, "employer_size"),
        office_days=_low(kinds, "office_days"),
        country=country,
        region=region,
        city=city,
        **_pay(kinds.get("pay", ())),
    )


def best(facts: Iterable[Mapping[str, Any]] | None) -> Mapping[str, Any] | None:
    """Return the fact that wins: structured before read, then the most confident, then the first."""
    ranked = sorted(facts or (), key=lambda f: (f["basis"] != "structured", -f["confidence"]))
    return ranked[0] if ranked else None


def places(facts: Iterable[Mapping[str, Any]]) -> list[tuple[str | None, str | None, str | None]]:
    """Return distinct (country, region, city) in the source's order, structured ones first; unknown parts None.

    >>> places([{"concept": "US/CA/San Francisco", "basis": "stated"}, {"concept": "DE//", "basis": "structured"}])
    [('DE', None, None), ('US', 'CA', 'San Francisco')]
    """
    ordered = sorted(facts, key=lambda f: f["basis"] != "structured")
    # An address decides between namesakes: "Cambridge" printed beside an address in Massachusetts is not in England.
    addressed = {f["concept"].rpartition("/")[2] for f in ordered if f["basis"] == "structured"} - {""}
    kept_facts = (f for f in ordered if f["basis"] == "structured" or f["concept"].rpartition("/")[2] not in addressed)
    concepts = list(dict.fromkeys(f["concept"] for f in kept_facts))
    # "US//" beside "US/CA/..." says nothing more: a place that another one refines is dropped.
    kept = [c for c in concepts if not any(o != c and o.startswith(c.rstrip("/") + "/") for o in concepts)]
    split = [tuple(part or None for part in c.split("/", 2)) for c in kept]
    return [(s[0], s[1], s[2]) for s in split if len(s) == 3]


def _concept(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str, default: str) -> str:
    fact = best(kinds.get(kind))
    return str(fact["concept"]) if fact else default


def _low(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str) -> float | None:
    fact = best(kinds.get(kind))
    return fact["low"] if fact else None


def _pay(facts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The headline pay: the first range's currency and period, the best kind, all ranges that share the three."""
    ranked = sorted(facts, key=lambda f: (f["basis"] != "structured", _PAY_ORDER.get(f["extra"], 9)))
    if not ranked:
        return {}
    head = ranked[0]
    same = [f for f in ranked if all(f[k] == head[k] for k in ("basis", "extra", "currency", "period"))]
    return {
        "pay_basis": head["basis"],
        "pay_low": _money(min(f["low"] for f in same)),
        "pay_high": _money(max(f["high"] for f in same)),
        "pay_currency": head["currency"],
        "pay_period": head["period"],
        "pay_kind": head["extra"],
        "pay_ranges": len(same),
    }


def _money(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(_CENT)
