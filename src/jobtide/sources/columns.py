"""Which column of anybody's table holds which field of a posting?"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from jobtide.errors import UsageError
from jobtide.model import Posting, Stamp, StatedPay, StatedPlace

# Our field -> the usual names of its column, most telling first.
_USUAL = {
    "id": ("id", "job_id", "jobid", "posting_id", "source_id", "job_posting_id", "uniq_id", "reference"),
    "title": ("title", "job_title", "jobtitle", "position", "job_name", "role", "name"),
    "employer": ("employer", "company", "company_name", "organization", "organisation", "employer_name", "companyname"),
    "location": ("location", "job_location", "locations", "place", "formatted_location", "workplace"),
    "city": ("city", "job_city", "town"),
    "state": ("state", "region", "province", "job_state"),
    "country": ("country", "job_country", "country_code"),
    "html": ("html", "description_html", "descriptionhtml", "job_description_html"),
    "text": (
        "text", "description", "job_description", "jobdescription", "body", "content", "full_description", "summary",
        "description_plain", "descriptionplain",
    ),
    "url": ("url", "link", "job_url", "joburl", "job_posting_url", "job_link", "apply_link"),
    "posted": ("date_posted", "posted_at", "posted_date", "published_at", "publishedat", "date", "listed_time",
               "original_listed_time", "posting_date", "created_at", "publication_date"),
    "pay_min": ("salary_min", "min_salary", "min_amount", "minsalary", "pay_min", "salary_from"),
    "pay_max": ("salary_max", "max_salary", "max_amount", "maxsalary", "pay_max", "salary_to"),
    "currency": ("currency", "salary_currency", "pay_currency", "currency_code"),
    "period": ("interval", "pay_period", "salary_period", "period", "salary_interval"),
    "employment": ("employment_type", "job_type", "employmenttype", "contract_type", "formatted_work_type"),
    "work_mode": ("work_mode", "remote_type", "workplace_type", "work_setting"),
    "requisition": ("requisition", "requisition_id", "req_id", "job_req_id"),
    "department": ("department", "team", "function"),
}  # fmt: skip
FIELDS = tuple(_USUAL)
_PERIODS = {
    "year": "year", "yearly": "year", "annual": "year", "annually": "year", "month": "month", "monthly": "month",
    "hour": "hour", "hourly": "hour", "week": "week", "weekly": "week", "day": "day", "daily": "day",
}  # fmt: skip


def plan(columns: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column: what ``mapping`` (column -> field) says, then the usual names.

    Raises UsageError for a column that is not there or a field that does not exist.
    """
    present = {_norm(column): column for column in columns}
    out: dict[str, str] = {}
    for column, field in mapping.items():
        if field not in _USUAL:
            raise UsageError(f"--map {column}={field}: no field {field!r}; known: {', '.join(FIELDS)}")
        if _norm(column) not in present:
            raise UsageError(
                f"--map {column}={field}: the file has no column {column!r}; it has {', '.join(present.values())}"
            )
        out[field] = present[_norm(column)]
    for field, names in _USUAL.items():
        found = next((present[name] for name in names if name in present), None)
        if found is not None and field not in out and found not in out.values():
            out[field] = found
    return out


def _norm(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().lower())


def posting(
    row: Mapping[str, Any], fields: Mapping[str, str], *, board: str, number: int, seen: Stamp | None
) -> Posting:
    """Return the posting of one row; ValueError says which cell cannot be read."""
    cell = {field: _text(row.get(column)) for field, column in fields.items()}
    body = cell.get("html") or ""
    words = cell.get("text") or ""
    if not body and _looks_html(words):
        body, words = words, ""
    return Posting(
        source="file",
        board=board,
        source_id=cell.get("id") or f"row-{number}",
        url=cell.get("url", ""),
        title=cell.get("title", ""),
        employer=cell.get("employer", ""),
        html=body,
        text=words,
        requisition=cell.get("requisition", ""),
        department=cell.get("department", ""),
        places_raw=tuple(_places(cell)),
        work_mode_raw=cell.get("work_mode", ""),
        employment_raw=cell.get("employment", ""),
        pay=tuple(_pay(cell)),
        last_published=when(cell.get("posted", ""), f"column {fields.get('posted', '')}"),
        seen=seen,
    )


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_text(part) for part in value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value).strip()


def _looks_html(words: str) -> bool:
    return bool(re.search(r"</?(p|br|li|ul|div|h[1-6]|strong|span)\b[^>]{0,200}>", words[:4000]))


def _places(cell: Mapping[str, str]) -> Iterable[StatedPlace]:
    parts = [cell[name] for name in ("city", "state", "country") if cell.get(name)]
    printed = cell.get("location") or ", ".join(parts)
    if printed:
        yield StatedPlace(printed, cell.get("city", ""), cell.get("state", ""), cell.get("country", ""), "/location")


def _pay(cell: Mapping[str, str]) -> Iterable[StatedPay]:
    low, high = _amount(cell.get("pay_min", "")), _amount(cell.get("pay_max", ""))
    if not (low or high):
        return
    low, high = low or high, high or low
    assert low is not None
    assert high is not None
    period = _PERIODS.get(cell.get("period", "").lower(), "hour" if high < 500 else "year")
    yield StatedPay(low, high, (cell.get("currency") or "USD").upper()[:3], period, "unknown", "", "/pay_min")


def _amount(words: str) -> Decimal | None:
    """A positive amount; 0 in such columns means "not published"."""
    cleaned = re.sub(r"[,$€£\s]", "", words)
    if not cleaned:
        return None
    try:
        amount = Decimal(cleaned)
    except InvalidOperation as error:
        raise ValueError(f"no amount of money: {words!r}") from error
    return amount if amount.is_finite() and 0 < amount < 10**12 else None


def when(words: str, basis: str) -> Stamp | None:
    """Return a date or time as a Stamp: ISO 8601, or epoch seconds or milliseconds. ValueError if it is none."""
    if not words:
        return None
    try:
        if re.fullmatch(r"\d{9,13}(\.0)?", words):
            number = float(words)
            return Stamp(datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC), basis)
        at = datetime.fromisoformat(words.replace("Z", "+00:00"))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"no date: {words[:40]!r} ({basis})") from error
    return Stamp(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), basis)
