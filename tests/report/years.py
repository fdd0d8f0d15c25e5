"""A market that moves: invented boards on loopback, crawled over a year through the real path.

Sixteen employers with eight openings or so each. An opening stands two to seven crawls and is followed by another; the
later an opening began, the likelier it asks for Rust and the less likely for Docker; boards grow, not all alike.
"""

import json
import random
from dataclasses import dataclass

from tests.faults.site import Site, day
from tests.sources.faulty import answer

EMPLOYERS = 16
CRAWLS = 14
APART = 30  # days between two crawls
_TITLES = ("Machine Learning Engineer", "AI Engineer", "Data Scientist", "Data Engineer")
_PLACES = ("New York, NY", "San Francisco, CA", "Berlin, Germany", "Remote, United States")
_WORDS = (
    "lantern", "harbour", "orchard", "ledger", "bicycle", "meadow", "copper", "violin", "granite", "compass", "saddle",
    "thimble", "anchor", "candle", "walnut", "feather", "kettle", "marble", "ribbon", "tunnel", "glacier", "pepper",
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """One invented opening: the crawls from ``first`` up to ``last`` see it."""

    number: int
    first: int
    last: int
    row: dict[str, object]


def openings(employer: int) -> list[Opening]:
    """What one employer offers over the year."""
    draw = random.Random(employer)
    grows = draw.randint(1, 7)
    out: list[Opening] = []
    for at in range(CRAWLS):
        wanted = 7 + round(grows * at / CRAWLS)
        while sum(each.first <= at < each.last for each in out) < wanted:
            number = employer * 1000 + len(out)
            out.append(Opening(number, at, at + draw.randint(2, 7), _row(draw, number, at)))
    return out


def _row(draw: random.Random, number: int, at: int) -> dict[str, object]:
    """One posting as Lever's list has it."""
    skills = ["Python", draw.choice(("SQL", "PyTorch", "AWS"))]
    skills += ["Rust"] if draw.random() < 0.1 + 0.6 * at / CRAWLS else []
    skills += ["Docker"] if draw.random() < 0.8 - 0.6 * at / CRAWLS else []
    words = " ".join(draw.sample(_WORDS, 12))
    text = (
        f"<h3>About the role</h3><p>You build models that sort {words}, and keep them running. {words[::-1][:40]}.</p>"
        f"<h3>Requirements</h3><ul><li>{draw.randint(1, 9)}+ years of experience</li>"
        + "".join(f"<li>Experience with {skill}</li>" for skill in skills)
        + "</ul>"
    )
    low = draw.randrange(120, 200, 5) * 1000
    return {
        "id": f"p{number}", "text": draw.choice(_TITLES), "description": text,
        "createdAt": int(day(at * APART).timestamp() * 1000), "categories": {"location": draw.choice(_PLACES)},
        "salaryRange": {"min": low, "max": low + 40_000, "currency": "USD", "interval": "per-year-salary"},
    }  # fmt: skip


def live(site: Site, crawls: range) -> None:
    """Crawl every board on the days of ``crawls``."""
    every = {f"acme{employer:02d}": openings(employer) for employer in range(EMPLOYERS)}
    for at in crawls:
        for name, held in every.items():
            rows = [each.row for each in held if each.first <= at < each.last]
            site.boards[name] = answer(json.dumps(rows).encode())
        site.collect(at * APART)
