"""Does the demo check the article's claims as ``jobtide check`` does, within 80 columns?"""

import re
from pathlib import Path

from jobtide.cli import demo_page
from jobtide.report.claims.quoted import quoted
from jobtide.store.snapshot import Snapshot

PACK = Path(__file__).resolve().parents[2] / "src" / "jobtide" / "data" / "pack"


def test_six_claims_carry_the_verdicts_of_the_check() -> None:
    with Snapshot.open(PACK) as shot:
        lines = demo_page.claims(shot)
        verdicts = quoted(shot).verdicts
    assert all(len(line) <= 80 for line in lines)
    text = " ".join(" ".join(lines).split())
    for words in ("8% of machine learning engineer job postings list Python", "California, Texas, and New York lead"):
        found = next(v for v in verdicts if words in v.claim)
        assert f"{found.verdict.replace('_', ' ')}" in text.split(words, 1)[1][:60]
    assert text.count('" ') >= 6
    assert "contradicted (data contradicted, internal contradiction)" in text
    assert 'lead … machine learning engineers" consistent' in text
    assert "no source is named" not in text


def test_measured_reading_is_told() -> None:
    text = " ".join(demo_page.reading())
    assert "labelled postings that nobody tuned on (95 % intervals): skills precision" in text
    assert re.search(r"Measured on [1-9]\d+ labelled", text)
    assert re.search(r"accuracy 0\.\d\d \(0\.\d\d to [01]\.\d\d\)", text)
    assert "exact" in text
