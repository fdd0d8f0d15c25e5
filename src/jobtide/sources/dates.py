"""When was it? The ways in which sources write a moment, each as a Stamp in UTC that names its field."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from jobtide.model import Stamp

_NAMED = (
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S %z",
)
_EPOCH = re.compile(r"-?\d{9,13}(\.0+)?")
_FRACTION = re.compile(r"\.(\d{1,9})")
_EARLIEST, _LATEST = 1990, 2100
_AGO = re.compile(r"(?i)(\d+)\+?\s+days?\s+ago")


def stamp(value: Any, basis: str) -> Stamp | None:
    """Return the moment that ``value`` writes; None for nothing, ValueError for what is no moment.

    ISO 8601 with any fraction, epoch seconds or milliseconds, RFC 822 ("Wed, 19 Aug 2026 23:10:38 GMT"), days with the
    month's name ("06-Sep-2026"). A time without a zone is taken as UTC, a day as its first minute. What lies before
    1990 (0001-01-01, 1970-01-01) is how programs write nothing.

    >>> stamp("2026-08-05 09:41:37 UTC", "created_at").at.isoformat()
    '2026-08-05T09:41:37+00:00'
    >>> stamp("06-Sep-2026", "datePosted").at.date().isoformat()
    '2026-09-06'
    """
    if value in (None, "", 0):
        return None
    if isinstance(value, bool):
        raise ValueError(f"{basis} is no time: {value!r}")
    words = str(value).strip()
    if _EPOCH.fullmatch(words):
        return Stamp(_epoch(float(words), basis), basis)
    at = _iso(words) or _mail(words) or _named(words)
    if at is None:
        raise ValueError(f"{basis} is no time: {words[:40]!r}")
    if at.year < _EARLIEST:
        return None
    if at.year > _LATEST:
        raise ValueError(f"{basis} is out of range: {words[:40]!r}")
    return Stamp(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), basis)


def days_ago(words: str, basis: str, *, seen: Stamp | None) -> Stamp | None:
    """Return the day that "Posted 8 Days Ago" means when it was ``seen``; "30+ Days Ago" is only a bound: None.

    >>> days_ago("Posted Yesterday", "postedOn", seen=Stamp(datetime(2026, 3, 2, 9, tzinfo=UTC), "crawl")).at.day
    1
    """
    low = words.lower()
    if seen is None or "+" in low:
        return None
    m = _AGO.search(low)
    days = int(m[1]) if m else 0 if "today" in low else 1 if "yesterday" in low else None
    if days is None or days > 3650:
        return None
    day = (seen.at - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Stamp(day, f"{basis} (days before it was seen)")


def _epoch(number: float, basis: str) -> datetime:
    seconds = number / 1000 if number > 1e11 else number
    if not 0 < seconds < 4_102_444_800:  # up to the year 2100
        raise ValueError(f"{basis} is out of range: {number!r}")
    return datetime.fromtimestamp(seconds, UTC)


def _iso(words: str) -> datetime | None:
    # "2026-07-06T00:00:00.0000" has a fraction of four digits, which not every Python takes.
    tidy = _FRACTION.sub(lambda m: f".{m[1]:0<6.6}", words.replace("Z", "+00:00").removesuffix(" UTC"))
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _mail(words: str) -> datetime | None:
    try:
        return parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError):
        return None


def _named(words: str) -> datetime | None:
    for pattern in _NAMED:
        try:
            return datetime.strptime(words, pattern)
        except ValueError:
            continue
    return None
