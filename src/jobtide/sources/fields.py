"""Every field of a record is taken, skipped by name, or reported: how a connector keeps account of them."""

import html
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jobtide.errors import SourceChanged, UsageError
from jobtide.model import Completeness, Page, Posting, StatedPay, StatedPlace

_NAMED, _LONG = 12, 60  # fields that a note names, and characters of each
_NOTED: ContextVar[dict[str, set[str]] | None] = ContextVar("unread fields", default=None)


class UnreadFields(UserWarning):
    """A record carries fields this reader never saw: they may hold something worth reading."""


class Account:
    """What a connector takes and skips; warns once for every set of fields it never saw."""

    def __init__(self, source: str, *, taken: Iterable[str], skipped: Mapping[str, str]) -> None:
        """``skipped`` maps a field to the reason it is not read."""
        self._source = source
        self.skipped = dict(skipped)
        self._known = frozenset(taken) | frozenset(skipped)
        self._told: set[frozenset[str]] = set()

    def check(self, record: Mapping[str, Any]) -> None:
        """Warn UnreadFields of what is neither taken nor skipped."""
        unread = frozenset(record) - self._known
        if unread and (noted := _NOTED.get()) is not None:
            noted.setdefault(self._source, set()).update(unread)
            return
        if not unread or unread in self._told:
            return
        self._told.add(unread)
        warnings.warn(f"{self._source}: unread fields {', '.join(sorted(unread))}", UnreadFields, stacklevel=3)


def unreadable(source: str, field: str) -> None:
    """Report a field that holds nothing of the kind it should, where that costs the field and not the record."""
    if (noted := _NOTED.get()) is not None:
        noted.setdefault(source, set()).add(f"{field} (not readable)")
    else:
        warnings.warn(f"{source}: {field} is not readable", UnreadFields, stacklevel=3)


class Unread:
    """What readers never saw while they were noted; ``words`` says it in a line, "" if nothing."""

    def __init__(self) -> None:
        self.fields: dict[str, set[str]] = {}

    @property
    def words(self) -> str:
        """The fields by source: "unread fields of lever: moonPhase, tide"."""
        return "; ".join(f"unread fields of {source}: {_some(names)}" for source, names in self.fields.items())


def _some(names: set[str]) -> str:
    """The first of some names, and how many more there are: a board may have as many as it likes."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return plain(", ".join(name[:_LONG] for name in sorted(names)[:_NAMED])) + more


@contextmanager
def noted() -> Iterator[Unread]:
    """Note the fields that readers never saw, for the run's record, instead of warning of them."""
    found = Unread()
    token = _NOTED.set(found.fields)
    try:
        yield found
    finally:
        _NOTED.reset(token)


# All that moves a terminal's cursor or colours what it prints: C0 but tab and line ends, DEL, C1.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain(words: str) -> str:
    r"""Return words from outside without control characters: what is printed of them says nothing to a terminal.

    >>> plain("Data \x1b[2JEngineer"), plain("Data\tEngineer")
    ('Data [2JEngineer', 'Data\tEngineer')
    """
    return _CONTROL.sub("", words)


# Short fields are words, no markup: an entity in one is a sign that some program escaped once too often.
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
_ODD = re.compile(f"{_CONTROL.pattern}|{_ENTITY.pattern}")


def shown(words: str) -> str:
    """Return the words of a short field as a page shows them: entities resolved, however often they were escaped.

    >>> shown("R&amp;amp;D &#8211; Platform"), shown("AT&T; Q&A")
    ('R&D – Platform', 'AT&T; Q&A')
    """
    for _ in range(3):
        if not _ENTITY.search(words):
            break
        words = html.unescape(words)
    return plain(words)


def printable(found: Posting) -> Posting:
    """Return a posting whose short fields hold no control characters and no entities, and whose places all say
    something; texts are read, not printed as they are. Its pay is in whole cents, as it is stored.
    """
    if (pay := _in_cents(found.pay)) != found.pay:
        found = replace(found, pay=pay)
    short = {name: getattr(found, name) for name in (*_NAMES, *_WORDS)}
    places = [f"{p.text}{p.city}{p.region}{p.country}" for p in found.places_raw]
    if all(places) and not _ODD.search("".join((*short.values(), *places))):
        return found
    clean = tuple(
        StatedPlace(shown(p.text), shown(p.city), shown(p.region), shown(p.country), p.pointer)
        for p in found.places_raw
        if p.text or p.city or p.region or p.country
    )
    changed: dict[str, Any] = {name: plain(short[name]) for name in _NAMES}
    changed |= {name: shown(short[name]) for name in _WORDS}
    return replace(found, places_raw=clean, **changed)


def _in_cents(stated: tuple[StatedPay, ...]) -> tuple[StatedPay, ...]:
    """Ranges without fractions of a cent, which programs that convert pay leave in it; less than a cent is none.

    >>> pay = StatedPay(Decimal("123456.123456"), Decimal(200000), "USD", "year", "base", "", "")
    >>> [str(stated.low) for stated in _in_cents((pay,))]
    ['123456.12']
    """
    rounded = (replace(pay, low=_cents(pay.low), high=_cents(pay.high)) for pay in stated)
    return tuple(pay for pay in rounded if pay.low > 0)


def _cents(amount: Decimal) -> Decimal:
    return amount if amount == round(amount, 2) else round(amount, 2)


_NAMES = ("source_id", "url", "requisition", "apply_url")  # an address may hold "&copy=1;"
_WORDS = ("title", "employer", "department", "work_mode_raw", "employment_raw", "language_raw")


def need(record: Mapping[str, Any], field: str, source: str) -> Any:
    """Return a field the reader relies on; SourceChanged if it is gone or null."""
    value = record.get(field)
    if value is None:
        raise SourceChanged(f"{source}: a record has no {field!r}; the board's format changed, its page is kept")
    return value


def count(record: Mapping[str, Any], field: str, source: str) -> int:
    """Return how many there are of something, by the source's own count; SourceChanged if it is gone or no number:
    without it nobody knows whether all came.
    """
    value = need(record, field, source)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip()):
        return int(value)
    raise SourceChanged(
        f"{source}: {field!r} is no count: {str(value)[:40]!r}; the board's format changed, its page is kept"
    )


def text(value: Any) -> str:
    """A string field, "" for null; a list is its parts, an object what it calls itself, other types are written out.

    >>> text(None), text(7), text(["Full-time", None, "Remote"]), text({"id": 3, "name": "Tidal Lab"}), text({"id": 3})
    ('', '7', 'Full-time, Remote', 'Tidal Lab', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return joined(*value)
    if isinstance(value, dict):
        return text(next((value[name] for name in ("name", "label", "value") if value.get(name)), None))
    return "" if value is None else str(value)


def listed(value: Any) -> list[Any]:
    """A list field, [] for null or another type."""
    return value if isinstance(value, list) else []


def record(value: Any) -> dict[str, Any]:
    """An object field, {} for null or another type."""
    return value if isinstance(value, dict) else {}


def joined(*parts: Any, by: str = ", ") -> str:
    """The distinct parts that say something, in their order.

    >>> joined("Leeds", None, "", "England", "Leeds")
    'Leeds, England'
    """
    return by.join(dict.fromkeys(part for part in (text(raw).strip() for raw in parts) if part))


def once(places: Iterable[StatedPlace]) -> tuple[StatedPlace, ...]:
    """Each place once, in its order; two that differ only in where they stand are one."""
    out: dict[tuple[str, ...], StatedPlace] = {}
    for place in places:
        out.setdefault((place.text, place.city, place.region, place.country), place)
    return tuple(out.values())


def token(board: str, source: str) -> str:
    """A board's token as part of a host name; UsageError for one that would name another host.

    >>> token("acme-labs", "pinpoint")
    'acme-labs'
    """
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))*", board):
        raise UsageError(
            f"{source}: {board!r} is no board token; write the part of the address that names the employer"
        )
    return board


def whole(page: Page) -> Completeness:
    """What the crawl of a board is worth that one answer holds: complete if the answer is one."""
    return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED
