"""What ``jobtide link FILE`` prints."""

import random
import time

from jobtide.link.clusters import link_rows

WORDS = ("oat", "rye", "mill", "belt", "sieve", "stone", "water", "wheel", "sack", "bread", "crust", "yeast", "field")


def text(seed, count=120):
    """``count`` words in lines of eight, the same for the same seed."""
    pick = random.Random(seed)
    chosen = [pick.choice(WORDS) + str(pick.randrange(40)) for _ in range(count)]
    return "\n".join(" ".join(chosen[at : at + 8]) for at in range(0, count, 8))


def edited(original, *, share, seed):
    """``original`` with ``share`` of its words replaced."""
    pick = random.Random(seed)
    return "\n".join(
        " ".join(f"edit{pick.randrange(999)}" if pick.random() < share else word for word in line.split())
        for line in original.split("\n")
    )


def row(key, title="Miller", employer="Fernweh Mills", body=1, **more):
    """A row as ``read`` takes it, with plain text."""
    return {"id": key, "title": title, "employer": employer, "location": "", "text": text(body)} | more


def test_relations_and_requisitions():
    rows = [
        row("a", location="Bremen"),
        row("b", location="Kiel", requisition="R-7"),
        row("c", employer="Staff House"),
        row("d", body=2),
        row("e", location="Ulm", text=edited(text(1), share=0.02, seed=9)),
    ]
    assert list(link_rows(rows)) == [
        {"id": "a", "vacancy": "a", "requisition": "a", "relation": "self"},
        {"id": "b", "vacancy": "a", "requisition": "R-7", "relation": "exact"},
        {"id": "c", "vacancy": "c", "requisition": "c", "relation": "elsewhere"},
        {"id": "d", "vacancy": "d", "requisition": "d", "relation": "self"},
        {"id": "e", "vacancy": "a", "requisition": "a", "relation": "near"},
    ]


def test_spellings_of_an_employer_are_one():
    found = list(link_rows([row("a"), row("b", employer="fernweh-mills")]))
    assert [entry["relation"] for entry in found] == ["self", "exact"]


def test_repeated_and_missing_ids_keep_their_rows():
    found = list(link_rows([row("a"), row("a", body=2), {"text": text(3)}]))
    assert [entry["relation"] for entry in found] == ["self", "self", "self"]
    assert found[2]["id"] == ""


def test_no_rows_give_nothing():
    assert list(link_rows([])) == []


def test_planted_edits_are_found_and_rewritten_texts_are_not():
    # 40 jobs; each has a copy with 2 % of the words edited (Jaccard about .9) and one rewritten by half (about .15).
    rows = []
    for job in range(40):
        rows.append(row(f"{job}", f"Miller of kind{job}", text=text(job, 400)))
        rows.append(row(f"{job}-near", f"Miller of kind{job}", text=edited(text(job, 400), share=0.02, seed=job)))
        rows.append(row(f"{job}-far", f"Miller of kind{job}", text=edited(text(job, 400), share=0.5, seed=job)))
    found = {entry["id"]: entry["vacancy"] for entry in link_rows(rows)}
    assert sum(found[f"{job}-near"] == f"{job}" for job in range(40)) >= 39
    assert sum(found[f"{job}-far"] == f"{job}" for job in range(40)) == 0


def test_one_employer_with_thousands_of_like_postings_stays_linear():
    # The worst case: one title, half of each text shared, half its own; every pair shares bands, none verifies.
    shared_half = text(0, 60)
    rows = [row(f"{n}", text=shared_half + "\n" + text(n + 1, 60)) for n in range(3000)]
    started = time.process_time()
    found = list(link_rows(rows))
    assert time.process_time() - started < 20
    assert len({entry["vacancy"] for entry in found}) == 3000


def test_thousands_of_editions_of_one_free_text_stay_linear():
    # Every edition differs in a few words from every other, and all meet: the index must not grow with them.
    base = text(0, 120)
    rows = [row(f"{n}", title="", text=edited(base, share=0.01, seed=n)) for n in range(4000)]
    started = time.process_time()
    found = list(link_rows(rows))
    assert time.process_time() - started < 20
    assert sum(entry["vacancy"] == "0" for entry in found) == 4000
