"""Is reading linear in a text's length, whatever the text, and does memory stay flat?"""

import gc
import time
import tracemalloc

import pytest

from jobtide.enrich import kit
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import read, readings

# What each fact looks for, over and over; a block of nothing else is the worst that anybody can write.
PARTS = {
    "years": "We ask for 3-5 years of experience with boats and ",
    "pay": "$150,000 - $190,000 base salary and ",
    "degree": "Bachelor's degree in Computer Science or ",
    "regions": "remote within the US or must be based in Berlin and ",
    "zones": "working hours 9 AM to 5 PM PST or CET +/- 2 and ",
    "size": "we are a team of 50 people and our company of 200 employees ",
    "visa": "we sponsor visa or no visa sponsorship and ",
    "clearance": "security clearance required and ",
    "certificates": "CISSP or AWS Certified Machine Learning - Specialty or PMP, ",
    "modes": "hybrid 3 days a week in the office on Monday, Tuesday and ",
    "skills": "Python, PyTorch, Kubernetes, Go, R, C++, SQL, ",
    "places": "based in San Francisco, New York, London or ",
    "numbers": "1 2 3 4,5 6.7 $ 8k 9-10 ",
    "wishes": "preferred plus no experience in Java required, ",
    "headings": "Requirements:\n- Python\n",
    "items": "- x\n",
    "signs": "€ £ $ / , ( ",
    "accents": "ü☕é ",
    "list": "<li>Python</li>",
    "entities": "&amp;&lt;",
    "nested blocks": "<div><p>",
    "nested lists": "<ul><li>x",
    "nested formats": "<font><div>x",
    "nested quotes": "<blockquote>x<p>",
    "nested spans": "<span><hr>x",
    "tags without end": "<a",
    "nested tables": "<table><tr><td>x",
}
SIZE = 40_000  # bytes
LEAST = 0.004  # seconds: below, the clock's own steps decide


def taken(part: str, size: int) -> float:
    """The least processor time of three readings of a text of ``size`` characters."""
    text = (part * (size // len(part) + 1))[:size]
    row = {"title": "Engineer", "location": "Remote", "html" if part[0] in "<&" else "text": text}
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        read(version_row(row))
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", PARTS)
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(name: str) -> None:
    kit.load()
    gc.collect()
    gc.freeze()  # what other tests left alive is not walked on account of this one
    try:
        ratios = []
        for _ in range(3):  # a busy machine may spoil one measurement
            ratios.append(taken(PARTS[name], 2 * SIZE) / max(LEAST, taken(PARTS[name], SIZE)))
            if ratios[-1] <= 2.5:
                return
        assert min(ratios) <= 2.5, ratios
    finally:
        gc.unfreeze()


def test_memory_does_not_grow_with_the_number_of_batches() -> None:
    rows = [
        version_row(
            {"title": f"ML Engineer {n}", "location": "Berlin", "text": f"We ask for {n % 9 + 1}+ years of Python."}
        )
        for n in range(40)
    ]

    def most_held(batches: int) -> int:
        most = 0
        for _ in range(batches):
            readings(rows)
            most = max(most, tracemalloc.get_traced_memory()[0])
        return most

    tracemalloc.start()
    try:
        early, late = most_held(32), most_held(32)  # what is remembered of postings is full after 26
    finally:
        tracemalloc.stop()
    leak = 8 * 32 * len(rows)  # a reference kept of each posting
    assert late <= 1.05 * early + leak, f"{early:,} bytes, then {late:,}"
