"""Which column of anybody's table holds which field of a posting?"""

import hashlib
import html as entities
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jobtide.errors import UsageError
from jobtide.model import Posting, StatedPay, StatedPlace
from jobtide.sources.cells import amount, nothing, when, words, yes
from jobtide.sources.cells import currency as sign
from jobtide.sources.money import period_of

# Our field -> the usual names of its column, most telling first; jobTitle and "Job Title" are job_title.
_USUAL = {
    "id": ("id", "job_id", "posting_id", "source_id", "job_posting_id", "uniq_id", "reference", "ref"),
    "title": ("title", "job_title", "position", "job_name", "role", "positionname", "name"),
    "employer": ("employer", "company", "company_name", "organization", "organisation", "employer_name",
                 "hiring_organization", "advertiser"),
    "location": ("location", "job_location", "locations", "place", "formatted_location",
                 "joblocation_address", "workplace"),
    "city": ("city", "job_city", "town"),
    "state": ("state", "region", "province", "job_state"),
    "country": ("country", "job_country", "country_code"),
    "html": ("html", "description_html", "job_description_html"),
    "text": (
        "text", "description", "job_description", "body", "content", "full_description",
        "descriptiontext", "description_plain", "job_summary", "summary",
    ),
    "url": ("url", "link", "job_url", "job_posting_url", "job_link", "apply_link"),
    "apply_url": ("job_url_direct", "application_url", "apply_url", "job_apply_link", "externalapplylink"),
    "first_posted": ("first_published", "first_published_at", "original_listed_time", "first_seen"),
    "posted": ("date_posted", "posted_at", "posted_date", "published_at",
               "job_posted_at_datetime_utc", "job_posted_date", "date", "listed_time", "posting_date", "post_date",
               "created_at", "publication_date"),
    "pay_min": ("salary_min", "min_salary", "min_amount", "pay_min", "salary_from", "job_min_salary"),
    "pay_max": ("salary_max", "max_salary", "max_amount", "pay_max", "salary_to", "job_max_salary"),
    "pay_middle": ("med_salary", "median_salary", "salary_median"),  # stated alone where no range is
    "currency": ("currency", "salary_currency", "pay_currency", "currency_code", "job_salary_currency"),
    "period": ("interval", "pay_period", "salary_period", "period", "salary_interval",
               "job_salary_period"),
    "pay_source": ("salary_source",),
    "pay_text": ("salary", "salary_text", "salary_range", "salary_string", "compensation", "pay", "job_salary",
                 "salary_estimate", "payrate"),
    "employment": ("formatted_work_type", "employment_type", "job_type",
                   "job_employment_type", "job_schedule_type", "contract_type", "work_type"),
    "work_mode": ("work_mode", "remote_type", "workplace_type", "work_setting",
                  "work_from_home_type"),
    "remote": ("is_remote", "remote_allowed", "job_is_remote", "job_work_from_home", "remote"),
    "requisition": ("requisition", "requisition_id", "req_id", "job_req_id"),
    "taken": ("extract_date", "scraped_at", "date_scraped", "scrape_date", "crawled_at", "crawl_timestamp",
              "crawl_date", "retrieved_at", "date_retrieved", "collected_at"),
    "department": ("department", "team", "job_function", "function"),
}  # fmt: skip
SOURCE = "file"  # of a table's rows
FIELDS = tuple(_USUAL)


def plan(columns: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column: what ``mapping`` (column -> field) says, then the usual names.

    Raises UsageError for a column that is not there or a field that does not exist.
    """
    exact = list(columns)
    present = {_norm(column): column for column in reversed(exact)}
    out: dict[str, str] = {}
    for column, field in mapping.items():
        if field not in _USUAL:
            raise UsageError(f"--map {column}={field}: no field {field!r}; known: {', '.join(FIELDS)}")
        if column not in exact and _norm(column) not in present:
            raise UsageError(f"--map {column}={field}: the file has no column {column!r}; it has {', '.join(exact)}")
        out[field] = column if column in exact else present[_norm(column)]
    for field, names in _USUAL.items():
        found = next((present[key] for name in names if (key := _norm(name)) in present), None)
        if found is not None and field not in out and found not in out.values():
            out[field] = found
    return out


# Tables taken from review sites hold the employer's rating on a second line of its name: "Harbour\n3.8".
_RATING = re.compile(r"\s*\n\s*[0-5]\.\d\s*$")


def _norm(column: str) -> str:
    """A column's name without what its writers do not agree on: jobTitle, Job Title, job.title, job_title."""
    return re.sub(r"[\W_]+", "", column.lower()) or column


def posting(row: Mapping[str, Any], fields: Mapping[str, str], *, board: str) -> Posting:
    """Return the posting of one row, ``seen`` when it says it was taken; ValueError says which cell cannot be read."""
    cell = {field: words(row.get(column)) for field, column in fields.items()}
    body = cell.get("html") or ""
    text = cell.get("text") or ""
    if not body and _looks_html(text):
        body, text = text, ""
    stated = _pay_line(cell.get("pay_text", ""), body or text)
    body, text = (f"{body}\n<p>{entities.escape(stated)}</p>", text) if body and stated else (body, text)
    text = f"{text}\n\n{stated}".strip() if stated and not body else text
    return Posting(
        source=SOURCE,
        board=board,
        source_id=cell.get("id") or _id(cell),
        url=cell.get("url", ""),
        apply_url=cell.get("apply_url", ""),
        title=cell.get("title", ""),
        employer=_RATING.sub("", cell.get("employer", "")),
        html=body,
        text=text,
        requisition=cell.get("requisition", ""),
        department=cell.get("department", ""),
        places_raw=tuple(_places(cell)),
        work_mode_raw=_mode(cell),
        employment_raw=cell.get("employment", ""),
        pay=tuple(_pay(cell)),
        first_published=when(cell.get("first_posted", ""), f"column {fields.get('first_posted', '')}"),
        last_published=when(cell.get("posted", ""), f"column {fields.get('posted', '')}"),
        seen=when(cell.get("taken", ""), f"column {fields.get('taken', '')}"),
    )


def _mode(cell: Mapping[str, str]) -> str:
    """What a column says of the work mode, one for the kind of employment too if it holds nothing else ("Onsite").

    A flag that is off says only that nobody set it: never "on site".
    """
    kind = cell.get("employment", "")
    return cell.get("work_mode", "") or (
        "remote" if yes(cell.get("remote", "")) else kind if _MODE.fullmatch(kind) else ""
    )


_MODE = re.compile(r"(?i)\s*(?:remote|hybrid|on[- ]?site)\s*")


def _id(cell: Mapping[str, str]) -> str:
    """A name for a posting whose table gives it none: the same row in a later file has the same one.

    An address alone would do if some tables did not give that of the search for all rows. Where there is none the whole
    row is its name.
    """
    names = ("url", "title", "employer", "location") if cell.get("url") else FIELDS
    said = "\n".join(cell.get(name, "") for name in names)
    return "row-" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def _looks_html(words: str) -> bool:
    return bool(re.search(r"</?(p|br|li|ul|div|h[1-6]|strong|span)\b[^>]{0,200}>", words[:4000]))


def _places(cell: Mapping[str, str]) -> Iterable[StatedPlace]:
    parts = [cell[name] for name in ("city", "state", "country") if cell.get(name)]
    printed = cell.get("location") or ", ".join(parts)
    if printed:
        yield StatedPlace(printed, cell.get("city", ""), cell.get("state", ""), cell.get("country", ""), "/location")


def _pay_line(said: str, body: str) -> str:
    """Pay that a column states in words, as a line of the text where it can be read and quoted; "" for an estimate,
    a bare number, or words that stand there already.

    >>> _pay_line("$90k - $120k a year", "We dive"), _pay_line("$111K-$181K (Glassdoor est.)", "We dive")
    ('Salary: $90k - $120k a year', '')
    """
    if not re.search(r"\d", said) or "{" in said or said in body:
        return ""
    if not re.search(r"[$€£]|[A-Za-z]", said) or re.search(r"(?i)\best(?:imated|\.)?\b", said):
        return ""
    return f"Salary: {said}"


def _pay(cell: Mapping[str, str]) -> Iterable[StatedPay]:
    """The stated range. Pay that a scraper took from the text ("salary_source: description") is left to the reader.

    Where no column names a period, an amount below 500 is an hour's and others a year's; where neither a column nor a
    sign names a currency it is taken as US dollars; the label says so. A period that is named and unknown (biweekly)
    gives no range.
    """
    said, shown = (cell.get(name, "") for name in ("period", "currency"))
    period = "" if nothing(said) else period_of(said)
    ends = [cell.get(name, "") for name in ("pay_min", "pay_max", "pay_middle")]
    currency = "" if nothing(shown) else shown.upper()[:3]
    currency = currency or next(filter(None, map(sign, ends)), "")
    # Fewer than a thousand a year is no pay: "55.000" there is as Europeans write it.
    low, high, middle = (amount(end, thousands=currency == "EUR" or period in ("year", "month")) for end in ends)
    low, high = low or high or middle, high or low or middle
    if low is None or high is None or cell.get("pay_source", "").lower() == "description":
        return
    taken = [name for name, given in (("period", not nothing(said)), ("currency", currency)) if not given]
    period = period or ("" if not nothing(said) else "hour" if high < 500 else "year")
    label = f"{' and '.join(taken)} not stated" if taken else ""
    if period:
        yield StatedPay(min(low, high), max(low, high), currency or "USD", period, "unknown", label, "/pay_min")
