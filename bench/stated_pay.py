"""Does the pay read from a text equal what the same posting's board states in its own pay field?

Board postings whose text states pay too: the field is no label (an employer may print two different figures), but
nobody wrote it for us. Each posting falls in one class; ``two figures`` are those whose text does not even hold the
field's two numbers, so that no reading of the text could equal the field.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jobtide.enrich.batch import readings
from jobtide.model import Found, Posting
from jobtide.sources.files import read_file
from jobtide.store.postings import versions

Range = tuple[float, float, str, str]
_PAY = re.compile(r"(?i)[$€£]|salary|\bpay\b|\bbase\b|\bote\b")
_CODE = r"(?:USD|EUR|GBP|CAD|AUD|[$€£])"
_AMOUNT = re.compile(rf"{_CODE}\s?\d[\d,.]*\d?\s?(?:[kK]\b)?|\d[\d,.]*\s?(?:[kK]\b)?\s?{_CODE}")
_NUMBER = re.compile(r"(\d[\d,.]*\d|\d)\s?([kK]\b)?")


def check(shared: Path) -> tuple[dict[str, int], list[str]]:
    """Postings by class; one line for each that is none of equal, silent and two figures; last a narrower base.

    The narrower base is of texts that write both ends of one of the field's ranges as money, with a sign or code.
    """
    counts: Counter[str] = Counter()
    lines = []
    written: Counter[str] = Counter()
    for row, found, text in _read(shared):
        stated = [f for f in found if f.kind == "pay" and f.basis != "structured"]
        tiers = {_range(f) for f in found if f.kind == "pay" and f.basis == "structured"}
        kind = judged(tiers, stated, text)
        counts[kind] += 1
        amounts = numbers(" ".join(m[0] for m in _AMOUNT.finditer(text)))
        written[kind] += any(low in amounts and high in amounts for low, high, *_ in tiers)
        if kind in ("other period", "misread", "missed"):
            lines.append(
                f"  {kind}: {row['employer']}, {row['title']}: {sorted(tiers)[:2]} {list(map(_range, stated))[:3]}"
            )
    base = sum(written.values())
    equal = written["equal"]
    lines.append(
        f"  of {base} texts that write both figures of a tier as money: equal in {equal} ({equal / max(1, base):.3f})"
    )
    return dict(counts), lines


def judged(tiers: set[Range], stated: list[Found], text: str) -> str:
    """The class of one posting.

    ``equal``: a range of the text, or the span of its ranges of one kind, is a tier. ``other period``: the same
    numbers, another period or currency. ``two figures``: the text lacks the field's numbers; ``misread``: it has them.
    Nothing read is ``missed`` where one line holds the field's numbers and a word or sign of pay, else ``silent``.
    """
    if not stated:
        lines = [numbers(line) for line in text.splitlines() if _PAY.search(line)]
        return "missed" if any(low in n and high in n for low, high, *_ in tiers for n in lines) else "silent"
    if tiers & {*map(_range, stated), *_spanned(stated)}:
        return "equal"
    if {tier[:2] for tier in tiers} & {(f.low, f.high) for f in stated}:
        return "other period"
    held = numbers(text)
    return "misread" if any(low in held and high in held for low, high, *_ in tiers) else "two figures"


def numbers(text: str) -> set[float]:
    """Every number that a text could mean by a written amount: "150K" and "$170-195,000" in thousands too.

    >>> sorted(numbers("$1.5K to 90,000"))
    [1500.0, 90000.0]
    """
    out = set()
    for m in _NUMBER.finditer(text):
        plain = m[1].replace(",", "")
        if plain.count(".") > 1 or re.fullmatch(r"\d{1,3}\.\d{3}", plain):
            plain = plain.replace(".", "")
        value = float(plain)
        out.add(value * 1000 if m[2] or value < 1000 else value)
        if value < 1000 and not m[2]:
            out.add(value)
    return out


def _spanned(stated: Iterable[Found]) -> Iterator[Range]:
    """For several ranges of one kind, by place or level, the range that holds them all: boards print one for all."""
    alike: dict[tuple[str, str, str], list[Found]] = {}
    for f in stated:
        alike.setdefault((f.currency, f.period, f.extra), []).append(f)
    for (currency, period, _), each in alike.items():
        yield min(f.low or 0.0 for f in each), max(f.high or 0.0 for f in each), currency, period


def _range(f: Found) -> Range:
    return f.low or 0.0, f.high or 0.0, f.currency, f.period


def _read(shared: Path) -> Iterator[tuple[Mapping[str, Any], list[Found], str]]:
    corpus = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    found = read_file(corpus.read_bytes(), name=corpus.name)
    for batch in versions(posting for posting in found if isinstance(posting, Posting) and posting.pay):
        rows = batch.to_pylist()
        for row, reading in zip(rows, readings(rows), strict=True):
            yield row, reading.found, reading.doc.text.decode()
