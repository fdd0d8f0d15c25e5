"""Do units and parts fit? Shares above the whole, pay no one earns, a country's market beside the world's."""

import re
from collections.abc import Iterator, Sequence

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import SCOPE, UNIT, Finding, amount, one_market, year_of, yearly
from jobtide.report.claims.sums import implied_rate
from jobtide.report.claims.text import Article

_PAY_YEAR = (8_000, 3_000_000)  # USD a year; outside this an amount is in other units than it says
_AIM = re.compile(
    r"\s*of (?:an?|the|her|his|its|my|our|their) (?:\w+ )?(?:quota|target|goal|capacity|plan|budget)", re.IGNORECASE
)
_SIMILAR = re.compile(
    r"\b(?:mirror(?:s|ed|ing)?|similarly|likewise|in line with|same (?:pace|rate|trend)|echo(?:es"
    r"|ed)?|parallel\w*|matche[sd])\b",
    re.IGNORECASE,
)


def units(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Shares above 100 %, yearly pay of 133 dollars, hourly pay of 60,000."""
    for i, claim in enumerate(claims):
        q = claim.quantity
        if q is None:
            continue
        aim = _AIM.match(claim.sentence.bare, q.end)  # 150 % of a quota can be had
        if (
            q.kind == "percent"
            and not aim
            and claim.type in ("share", "degree", "remote", "certificate")
            and q.high > 100
        ):
            yield Finding(i, UNIT, f"a share of {q.high:g}% is above the whole")
        if claim.type == "pay" and q.currency == "USD" and "premium" not in claim.senses:
            lowest, year = yearly(q)
            if year > _PAY_YEAR[1]:
                yield Finding(i, UNIT, f"{amount(q)} a {q.period or 'year'} would be {year:,.0f} dollars a year")
            elif lowest < _PAY_YEAR[0] and (
                q.period == "year" or (not q.period and re.search(r"\bsalar", claim.sentence.bare, re.IGNORECASE))
            ):
                yield Finding(i, UNIT, f"{amount(q)} a year is below any full-time wage; another unit is meant")


def parts(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A country's market beside the world's: not above it, not a thousandth of it, not "alike" if it is not."""
    sizes = [(i, c) for i, c in enumerate(claims) if c.type == "market_size" and c.quantity is not None]
    worlds = [(i, c) for i, c in sizes if c.topic.country == "world"]
    for i, claim in sizes:
        if claim.topic.country in ("", "world"):
            continue
        for k, world in worlds:
            if not one_market(claim, world):
                continue
            assert claim.quantity is not None
            assert world.quantity is not None
            mine, theirs = year_of(claim), year_of(world)
            near = mine == theirs
            share = claim.quantity.low / world.quantity.low if world.quantity.low else 0.0
            if near and (share < 0.01 or share > 1):
                yield Finding(
                    i,
                    UNIT,
                    f"{amount(claim.quantity)} would be {share:.2%} of the world market that the article gives, "
                    f"{amount(world.quantity)}: million for billion, or another market",
                )
                yield Finding(i, SCOPE, "not the same market as the world figure beside it")
            rate, other = implied_rate(claim), implied_rate(world)
            if (
                _SIMILAR.search(claim.sentence.bare)
                and rate is not None
                and other is not None
                and abs(rate - other) > 3
            ):
                yield Finding(i, SCOPE, f"said to go alike, but {rate:.1f}% a year is not {other:.1f}% (claim {k + 1})")
