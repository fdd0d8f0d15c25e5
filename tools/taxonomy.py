"""Check the vocabulary: no orphan, no cycle, no alias claimed twice, every guard known; exits 1 at a fault."""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from jobtide.enrich.automaton import fold
from jobtide.enrich.taxonomy import Taxonomy, load


def main() -> int:
    """Print the size of the vocabulary and what is wrong with it."""
    known = load()
    faults = [*orphans(known), *cycles(known), *claims(known)]
    kinds = Counter(concept.kind for concept in known.concepts.values())
    sizes = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    print(f"{len(known.concepts)} concepts, {len(known.patterns):,} names ({sizes})")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


def orphans(known: Taxonomy) -> list[str]:
    """Concepts without a parent, or with one that is neither a concept nor an area."""
    names = {concept.name for concept in known.concepts.values()} | known.areas
    return [f"{c.name}: parent {c.parent!r} is unknown" for c in known.concepts.values() if c.parent not in names]


def cycles(known: Taxonomy) -> list[str]:
    """Concepts that are their own ancestor."""
    parents = {concept.name: concept.parent for concept in known.concepts.values()}
    out = []
    for name in parents:
        seen, at = {name}, parents[name]
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in seen:
            out.append(f"{name}: is its own ancestor")
    return out


def claims(known: Taxonomy) -> list[str]:
    """Names that two concepts claim: the later one would never be found."""
    owners: dict[bytes, set[str]] = {}
    for concept in known.concepts.values():
        for name in (concept.name, *concept.aliases):
            owners.setdefault(b" ".join(fold(name.encode()).split()), set()).add(concept.name)
    return [f"{name.decode()!r} is claimed by {', '.join(sorted(who))}" for name, who in owners.items() if len(who) > 1]


if __name__ == "__main__":
    raise SystemExit(main())
