"""Labelled pairs of real postings, read one by one: precision and recall may not fall.

``pairs.jsonl`` holds ids, whether the two are one vacancy, the reason in our own words, and ``doubt`` where readers may
differ (mostly one text under two titles). Four sets: "dev" is what the rules were set on; "held" has employers whose
pairs were never looked at before they were fixed; "more" was drawn over similarity, title and place, so that odd pairs
are far more common in it than among all pairs, and was looked at when the rules were mended; "fresh" was drawn in the
same way afterwards and is never tuned on. Reached on "fresh": precision 61 of 61 (95 % interval .94 to 1), recall 61 of
66 with the doubtful ones, 60 of 61 without (.91 to 1).
"""

import gzip
import json
from pathlib import Path

import pytest

from jobtide.link.clusters import link_rows

PAIRS = Path(__file__).with_name("pairs.jsonl")
# (precision, recall): what was reached without the doubtful pairs, less two pairs.
FLOORS = {"dev": (0.96, 0.94), "held": (0.97, 0.93), "more": (0.97, 0.85), "fresh": (0.96, 0.95)}


@pytest.fixture(scope="module")
def vacancy(shared):
    """Vacancy by posting key, from the whole shared sample in the order of publication."""
    rows = {}
    with gzip.open(shared / "data/ashby_boards_2025/postings.jsonl.gz", "rt") as lines:
        for line in lines:
            record = json.loads(line)
            raw = record["raw"]
            places = [raw["location"], *(place["location"] for place in raw.get("secondaryLocations") or ())]
            key = f"ashby:{record['_board']}:{raw['id']}"
            rows[key] = {
                "id": key, "title": raw["title"], "employer": record["_board"], "text": raw["descriptionPlain"],
                "location": "; ".join(place for place in places if place), "at": raw["publishedAt"],
            }  # fmt: skip
    ordered = sorted(rows.values(), key=lambda row: (row["at"], row["id"]))
    return {entry["id"]: entry["vacancy"] for entry in link_rows(ordered)}


@pytest.mark.shared
@pytest.mark.parametrize("half", FLOORS)
def test_precision_and_recall_on_pairs_that_were_read(vacancy, half):
    read = [pair for pair in map(json.loads, PAIRS.read_text().splitlines()) if pair["half"] == half]
    pairs = [pair for pair in read if not pair.get("doubt")]
    joined = [vacancy[pair["a"]] == vacancy[pair["b"]] for pair in pairs]
    right = sum(found and pair["same"] for found, pair in zip(joined, pairs, strict=True))
    precision = right / sum(joined)
    recall = right / sum(pair["same"] for pair in pairs)
    reached = f"{half}: precision {precision:.3f}, recall {recall:.3f}, n = {len(pairs)}"
    assert precision >= FLOORS[half][0], reached
    assert recall >= FLOORS[half][1], reached


@pytest.mark.shared
def test_the_shared_sample_has_as_many_vacancies_as_reading_says(vacancy):
    assert 5500 <= len(set(vacancy.values())) <= 6070


@pytest.mark.shared
def test_a_doubtful_pair_is_rather_kept_apart(vacancy):
    pairs = [pair for pair in map(json.loads, PAIRS.read_text().splitlines()) if pair.get("doubt")]
    wrong = [pair for pair in pairs if vacancy[pair["a"]] == vacancy[pair["b"]] and not pair["same"]]
    assert len(pairs) >= 50
    assert len(wrong) <= 3


def test_no_employer_stands_in_both_halves():
    pairs = [json.loads(line) for line in PAIRS.read_text().splitlines()]
    halves = {}
    for pair in pairs:
        if pair["half"] in ("dev", "held"):
            halves.setdefault(pair["a"].split(":")[1].lower(), set()).add(pair["half"])
    assert all(len(some) == 1 for some in halves.values())
    assert len(pairs) >= 900
    assert len({frozenset((pair["a"], pair["b"])) for pair in pairs}) == len(pairs)
