"""Do openings ask for certificates? The share that names each certificate we know, zeros with their upper bound."""

from dataclasses import replace

from jobtide.errors import UsageError
from jobtide.market.figure import Figure, Row
from jobtide.market.filters import Filters
from jobtide.market.named import named
from jobtide.store.snapshot import Snapshot


def certificates(
    snapshot: Snapshot, filters: Filters, *, by: str | None = None, certificate: str | None = None
) -> Figure:
    """Return the share of openings that name each certificate, most named first; with ``by``, in each group.

    ``certificate``: this one only (several parted by ";"), by its name or another way of writing it. Without it every
    known one stands in the table, those that nobody names as a zero with its upper bound; with ``by`` only those that
    somebody names. Rows as in ``named``, and ``issuer``. Raises TooFew; UsageError for one that we do not know.
    """
    from jobtide.enrich.certificates import load

    issuers = {known.name: known.issuer for known in load()}
    only = _wanted(certificate) if certificate else ()
    found = named(
        "certificates", snapshot, filters, kind="certification", by=by, only=only, say=str,
        concepts=() if by else tuple(issuers), title="Openings that name each certificate",
        tells="name at least one certificate that we know",
        caveats=("A zero is what this sample holds: its upper bound says how large the share may still be.",),
        parameters={"certificate": ";".join(only)} if only else None,
        method="Openings that name the certificate as asked for or welcome, over all openings of the base.",
    )  # fmt: skip
    rows = (replace(row, more={**row.more, "issuer": issuers.get(_name(row), "")}) for row in found.rows)
    if by:
        return replace(found, rows=tuple(rows))
    order = {name: number for number, name in enumerate(issuers)}  # of names: zeros stand as our list has them
    return replace(found, rows=tuple(sorted(rows, key=lambda row: (-(row.value or 0.0), order[row.key]))))


def _name(row: Row) -> str:
    return row.key.rpartition("/")[2]


def _wanted(asked: str) -> tuple[str, ...]:
    """The names asked for, as we write them; UsageError with the nearest for one that does not exist."""
    from jobtide.enrich.certificates import load

    written = {way.casefold(): known.name for known in load() for way in (*known.aliases, known.name)}
    out = []
    for word in (part.strip() for part in asked.split(";")):
        if word.casefold() not in written:
            from rapidfuzz import process

            near = dict.fromkeys(
                written[found[0]] for found in process.extract(word.casefold(), list(written), limit=3)
            )
            raise UsageError(f"no certificate {word!r}: did you mean {' or '.join(near)}?")
        out.append(written[word.casefold()])
    return tuple(dict.fromkeys(out))
