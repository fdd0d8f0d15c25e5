"""Which versions of postings were read before, and what do the new ones say? Each is read once, whatever its crawls."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from jobtide.enrich import kit
from jobtide.link.spells import Head
from jobtide.runners import local
from jobtide.store import postings as assemble
from jobtide.store.enriched import Enriched
from jobtide.store.lives import Lives
from jobtide.tables import ENRICHED, SIGNATURE

Say = Callable[[str], None]


def understand(
    root: Path, lives: Lives, heads: Sequence[Head], *, workers: int, say: Say
) -> tuple[pa.Table, pa.Table, int]:
    """Return (enriched, signatures, how many versions were new); what was read before comes from the store."""
    spec = kit.spec()
    facts, marks = Enriched(root, ENRICHED), Enriched(root, SIGNATURE)
    wanted = {head.version: head for head in heads}
    known = facts.known(spec.id)
    new = {version: head for version, head in wanted.items() if version not in known}
    batches = assemble.versions(lives.whole(new))
    fresh = sum(batch.num_rows for batch in batches)
    if fresh:
        say(f"reading {fresh:,} posting versions")
        facts.append(spec.id, local.run(batches, "jobtide.enrich.batch:enrich", spec, workers=workers))
    enriched = facts.load(spec.id, wanted)
    name = f"{spec.id}-signatures"
    unsigned = assemble.unsigned(enriched, marks.known(name))
    if unsigned:
        marks.append(name, local.run(unsigned, "jobtide.link.signatures:signatures", spec, workers=workers))
    return enriched, marks.load(name, wanted), fresh
