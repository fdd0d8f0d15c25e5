"""Check the vocabulary; exits 1 at a fault.

No orphan, no cycle, no name claimed twice or silenced by its own guard, and for each guard that looks at
neighbouring words an example and a counter-example in tests/golden/enrich_skills/guards.txt (a test runs them); no
row of the cross-walk without its concept; and every role's titles are read as that role.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from jobtide.enrich import crosswalk, roles
from jobtide.enrich.automaton import fold
from jobtide.enrich.facts import role as reader
from jobtide.enrich.taxonomy import Taxonomy, load
from jobtide.market.soc import occupations
from jobtide.model import ROLES, Window

EXAMPLES = Path(__file__).resolve().parent.parent / "tests" / "golden" / "enrich_skills" / "guards.txt"


def main() -> int:
    """Print the size of the vocabulary and what is wrong with it."""
    known = load()
    faults = [
        *orphans(known),
        *cycles(known),
        *claims(known),
        *silenced(known),
        *unshown(known),
        *strayed(known),
        *misread(),
    ]
    kinds = Counter(concept.kind for concept in known.concepts.values())
    sizes = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    each = len(known.patterns) / len(known.concepts)
    print(f"{len(known.concepts)} concepts, {len(known.patterns):,} names, {each:.1f} a concept ({sizes})")
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
            owners.setdefault(folded(name), set()).add(concept.name)
    return [f"{name.decode()!r} is claimed by {', '.join(sorted(who))}" for name, who in owners.items() if len(who) > 1]


def silenced(known: Taxonomy) -> list[str]:
    """Names that hold none of the letters which their guard asks for: they would never be believed."""
    guarded = dict(zip(known.patterns, known.guarded, strict=True))
    out = []
    for concept in known.concepts.values():
        asked = [part.decode().lower() for part in concept.guard.written] if concept.guard else []
        for name in (concept.name, *concept.aliases) if asked else ():
            if guarded[folded(name)] and not any(part in name.lower() for part in asked):
                out.append(f"{concept.name}: {name!r} holds nothing that its guard asks for")
    return out


def unshown(known: Taxonomy) -> list[str]:
    """Guards of words without example and counter-example, and examples without a guard."""
    lines = [line.split("|") for line in EXAMPLES.read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]
    shown = Counter(line[0].strip() for line in lines if len(line) == 3)
    asking = {concept.name for concept in known.concepts.values() if concept.guard and concept.guard.worded}
    missing = [f"{name}: no example and counter-example of its guard" for name in sorted(asking - set(shown))]
    idle = [f"{name}: an example, but no guard of words" for name in sorted(set(shown) - asking)]
    return missing + idle + [f"{name}: two examples" for name, n in shown.items() if n > 1]


def strayed(known: Taxonomy) -> list[str]:
    """Rows of the cross-walk whose concept is gone: run tools/crosswalk.py anew."""
    return [
        f"{concept}: in the cross-walk, but no concept" for concept in crosswalk.load() if concept not in known.concepts
    ]


def misread() -> list[str]:
    """Roles whose titles the reader takes for another, whose codes are not the market's, or that are not all there."""
    out = [f"roles: {id} is missing" for id in ROLES if id not in {role.id for role in roles.load()}]
    for role in roles.load():
        if role.soc != tuple(occupation.soc for occupation in occupations(role.id)):
            out.append(f"roles: codes of {role.id} differ from the market's")
        for title in role.titles:
            words = title.encode()
            read = [found.concept for found in reader.find(words, [Window(0, len(words), "title")])]
            if read != [role.id]:
                out.append(f"roles: {title!r} is read as {read}, not as {role.id}")
    return out


def folded(name: str) -> bytes:
    """A name as the automaton knows it."""
    return b" ".join(fold(name.encode()).split())


if __name__ == "__main__":
    raise SystemExit(main())
