"""Bytes of a board's answer become records, and records become postings; what cannot be read says why."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Page, Posting, Stamp
from jobtide.sources import loose
from jobtide.sources.fields import plain, printable

_EXCERPT = 120  # characters of a bad row that are kept to recognise it
_ID = itemgetter("id")


def decode(body: bytes, source: str) -> Any:
    """Return the JSON value of ``body``; SourceChanged if it is empty, cut off, HTML or no JSON at all.

    A byte that is no character becomes a replacement character: one posting's slip costs no other posting.
    """
    if not body.strip():
        raise SourceChanged(f"{source}: empty answer where JSON was expected; the page is kept, try again later")
    if body.lstrip()[:1] == b"<":
        raise SourceChanged(f"{source}: HTML where JSON was expected (a login or block page?); the page is kept")
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # the standard library is slower and takes what one posting may hold: half a surrogate pair
    try:
        return _lenient(body)
    except (ValueError, RecursionError) as error:
        raise SourceChanged(f"{source}: no valid JSON: {error}; the page is kept, try again later") from error


def _lenient(body: bytes) -> Any:
    """The value of ``body`` as the standard library reads it; ValueError (JSONDecodeError) if it is no JSON."""
    try:
        return loose.value(body)
    except UnicodeDecodeError:
        return loose.value(body.decode(json.detect_encoding(body), errors="replace"))


def listing(page: Page, source: str, key: str = "") -> list[Any]:
    """Return the list of records in an answer: under ``key``, or the answer itself. SourceChanged if there is none."""
    answer = decode(page.body, source)
    rows = answer if not key else answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        what = f"no list {key!r}" if key else "no list"
        raise SourceChanged(f"{source}: the answer has {what}; the board's format changed, its page is kept")
    return rows


def grouped(records: Sequence[Any], key: str) -> list[Any]:
    """Records that share an id as one: the first, with the others under "_also". Boards repeat a posting per place.

    >>> grouped([{"id": 1, "city": "Cork"}, {"id": 2}, {"id": 1, "city": "Galway"}], "id")
    [{'id': 1, 'city': 'Cork', '_also': [{'id': 1, 'city': 'Galway'}]}, {'id': 2}]
    """
    out: list[Any] = []
    at: dict[Any, int] = {}
    for record in records:
        name = record.get(key) if isinstance(record, dict) else None
        if name is None or isinstance(name, dict | list) or name not in at:
            if isinstance(name, str | int):
                at[name] = len(out)
            out.append(record)
        else:
            first = out[at[name]]
            out[at[name]] = first | {"_also": [*first.get("_also", []), record]}
    return out


def postings(
    records: Sequence[Any],
    job: Callable[..., Posting],
    page: Page,
    *,
    wanted: Callable[[dict[str, Any]], bool],
    named: Callable[[dict[str, Any]], Any] = _ID,
) -> Iterator[Posting | Bad]:
    """Read each record with ``job``; one that is broken is Bad, and only a page of nothing but those has changed.

    ``named`` gives the id that ``job`` would: what stands there and cannot be read is not gone.
    """
    seen = Stamp(page.fetched_at, "crawl")
    good = bad = 0
    for row, raw in enumerate(records, 1):
        if isinstance(raw, dict) and not wanted(raw):
            continue
        found = one(raw, job, row=row, board=page.board, seen=seen, named=named)
        good += isinstance(found, Posting)
        bad += isinstance(found, Bad)
        yield found
    if bad and not good:
        raise SourceChanged(
            f"{page.board}: none of {bad} records could be read; the board's format changed, its page is kept"
        )


def paged(
    pages: Sequence[Page], job: Callable[..., Posting], *, source: str, key: str, by: str
) -> Iterator[Posting | Bad]:
    """Read the records under ``key`` of every page that came, each id (field ``by``) once: lists move while one turns
    their pages. Raises SourceChanged if a page has no such list.
    """
    known: set[str] = set()
    for page in pages:
        if page.status != 200:
            continue
        fresh = []
        for row in listing(page, source, key):
            name = str(row.get(by) or "") if isinstance(row, dict) else ""
            if name not in known:
                fresh.append(row)
            known |= {name} - {""}
        yield from postings(fresh, job, page, wanted=lambda _: True, named=itemgetter(by))


def one(
    raw: Any,
    job: Callable[..., Posting],
    *,
    row: int,
    board: str,
    seen: Stamp | None,
    named: Callable[[dict[str, Any]], Any] = _ID,
) -> Posting | Bad:
    """Return the posting of one record, or why it has none."""
    if not isinstance(raw, dict):
        return Bad(row, f"expected an object, got {type(raw).__name__}", str(raw)[:_EXCERPT])
    try:
        found = printable(job(raw, board=board, seen=seen))
    except (SourceChanged, ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        excerpt = str(raw.get("title") or "")[:_EXCERPT]
        reason = plain(str(error)) or type(error).__name__
        return Bad(row, reason, plain(excerpt), plain(_name(raw, named)), _digest(raw))
    if not (found.html or found.text).strip() and not found.title.strip():
        return Bad(row, "neither title nor text", "", found.source_id, _digest(raw))
    return found


def _name(raw: dict[str, Any], named: Callable[[dict[str, Any]], Any]) -> str:
    """The id of a record that cannot be read, else whatever it calls its id, so that it is known again; "" for none."""
    try:
        return str(named(raw) or raw.get("id") or "")
    except (SourceChanged, ValueError, TypeError, LookupError, AttributeError):
        return str(raw.get("id") or "")


def _digest(raw: dict[str, Any]) -> str:
    """A hash of a whole record; "" for one that is nested too deeply to be written out."""
    try:
        return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()[:16]
    except (RecursionError, TypeError, ValueError):
        return ""
