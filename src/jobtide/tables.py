"""Every stored column, once: its table, type and meaning.

Between stages flow Arrow tables with these schemas. Order of columns is the order here; published tables
are sorted by the columns named in ``SORT``.
"""

import pyarrow as pa

_TEXT = pa.string()
_WHEN = pa.timestamp("us", tz="UTC")
_MONEY = pa.decimal128(18, 2)


def _schema(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    """A schema whose fields carry their meaning as metadata ``doc``."""
    return pa.schema([pa.field(name, kind, metadata={"doc": doc}) for name, kind, doc in columns])


PLACE = pa.struct([("text", _TEXT), ("city", _TEXT), ("region", _TEXT), ("country", _TEXT), ("pointer", _TEXT)])
PAY = pa.struct([
    ("low", _MONEY), ("high", _MONEY), ("currency", _TEXT), ("period", _TEXT), ("kind", _TEXT), ("label", _TEXT),
    ("pointer", _TEXT),
])  # fmt: skip
SECTION = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("section", _TEXT), ("kind", _TEXT)])

# What the seam takes: one row a posting version.
VERSION = _schema(
    ("version", _TEXT, "sha256 over title, places, structured fields and text, 32 hex digits"),
    ("title", _TEXT, "title as published"),
    ("location", _TEXT, 'printed places joined by "; "'),
    ("employer", _TEXT, "employer name as the source gives it, or the board token"),
    ("html", _TEXT, "description as HTML, empty if the source gave plain text"),
    ("text", _TEXT, "description as plain text, used where html is empty"),
    ("work_mode_raw", _TEXT, "the source's own word, empty if none"),
    ("employment_raw", _TEXT, "the source's own word, empty if none"),
    ("places_raw", pa.list_(PLACE), "places with their address fields"),
    ("pay", pa.list_(PAY), "structured pay ranges"),
)

_FACT = (
    ("ord", pa.int32(), "position among the version's facts"),
    ("kind", _TEXT, "role, seniority, skill, pay, place, work_mode, years_min, degree_required, degree_preferred, "
     "degree_or_equivalent, field_of_study, employment, visa, clearance, certification, industry, duty, proof, "
     "employer_kind, employer_size, office_days, allowed_region, time_zone"),
    ("concept", _TEXT, "taxonomy id or member of the kind's closed list; places: country/region/city"),
    ("low", pa.float64(), "lower number: years, money in currency per period, employees, office days a week"),
    ("high", pa.float64(), "upper number, equal to low if only one was stated"),
    ("unit", _TEXT, "year for experience, else empty"),
    ("currency", _TEXT, "ISO 4217, pay only"),
    ("period", _TEXT, "year, month, week, day, hour; pay only"),
    ("extra", _TEXT, "pay: base, ote, total, unknown; role: specialisation; industry: NAICS 2022 sector"),
    ("field", _TEXT, "title, location, text, or a JSON pointer into the source's record"),
    ("start", pa.int32(), "UTF-8 byte offset into the field; 0 for a pointer"),
    ("end", pa.int32(), "UTF-8 byte offset, exclusive; 0 for a pointer"),
    ("section", _TEXT, "section the words stand in"),
    ("need", _TEXT, "required, preferred, mentioned, negated; empty where it has no meaning"),
    ("basis", _TEXT, "structured, stated, derived, estimated"),
    ("confidence", pa.float64(), "0 to 1"),
    ("rule", _TEXT, "the rule that read it"),
    ("words", _TEXT, "the matched words themselves; in a pack at most six"),
)  # fmt: skip

FACT_STRUCT = pa.struct([(name, kind) for name, kind, _ in _FACT])

# What the seam gives: one row a posting version, in the order of the input.
ENRICHED = _schema(
    ("version", _TEXT, "as given"),
    ("text", _TEXT, "plain text that offsets of field text refer to"),
    ("language", _TEXT, "ISO 639-1 of the text, und if unknown"),
    ("sections", pa.list_(SECTION), "blocks of the text in order, UTF-8 byte offsets"),
    ("facts", pa.list_(FACT_STRUCT), "facts in order of field and position"),
    ("error", _TEXT, "why this row could not be read; empty normally"),
)

# What link.signatures gives: one row a posting version.
SIGNATURE = _schema(
    ("version", _TEXT, "as given"),
    ("exact", _TEXT, "sha256 of the normalised text, 32 hex digits"),
    ("minhash", pa.list_(pa.uint32()), "MinHash values of word shingles"),
    ("bands", pa.list_(pa.uint64()), "band keys for candidate search"),
)

POSTING = _schema(
    ("posting", _TEXT, "identity: source:board:source_id"),
    ("version", _TEXT, "current version; facts hang on it"),
    ("vacancy", _TEXT, "the cluster's earliest member; a vacancy is counted once, by the row where posting = vacancy"),
    ("source", _TEXT, "connector"),
    ("board", _TEXT, "board token"),
    ("source_id", _TEXT, "the source's own id"),
    ("requisition", _TEXT, "the source's requisition key, empty if none"),
    ("url", _TEXT, "public page"),
    ("apply_url", _TEXT, "application page"),
    ("employer", _TEXT, "employer id: normalised name; one employer is one cluster of every interval"),
    ("employer_name", _TEXT, "employer as published"),
    ("title", _TEXT, "title as published"),
    ("department", _TEXT, "department as published"),
    ("location", _TEXT, 'printed places joined by "; "'),
    ("first_published_at", _WHEN, "first publication, null if the source does not say"),
    ("first_published_basis", _TEXT, "field it comes from"),
    ("last_published_at", _WHEN, "last publication or update, null if the source does not say"),
    ("last_published_basis", _TEXT, "field it comes from"),
    ("seen_at", _WHEN, "last complete crawl or file date that showed it"),
    ("seen_basis", _TEXT, "crawl, or how the date of a file was found"),
    ("language", _TEXT, "ISO 639-1 of the text, und if unknown"),
    ("role", _TEXT, "model.ROLES"),
    ("specialisation", _TEXT, "role specialisation, empty if none"),
    ("seniority", _TEXT, "model.SENIORITIES"),
    ("years_min", pa.float64(), "smallest overall minimum of years asked for, null if unstated"),
    ("degree_required", _TEXT, "model.DEGREES; none = not demanded"),
    ("degree_preferred", _TEXT, "bachelor, master, phd, or null"),
    ("degree_or_equivalent", pa.bool_(), "a degree or equivalent experience"),
    ("work_mode", _TEXT, "model.WORK_MODES"),
    ("employment", _TEXT, "model.EMPLOYMENTS"),
    ("visa", _TEXT, "model.VISAS"),
    ("clearance", _TEXT, "model.CLEARANCES"),
    ("industry", _TEXT, "model.INDUSTRIES, null if unknown"),
    ("naics", _TEXT, "NAICS 2022 sector, two digits, null if unknown"),
    ("employer_kind", _TEXT, "model.EMPLOYER_KINDS, null if unstated"),
    ("employer_size", pa.float64(), "employees as stated, the lower number of a range; null if unstated"),
    ("office_days", pa.float64(), "days a week in the office, null if unstated"),
    ("country", _TEXT, "ISO 3166 alpha-2 of the first place, null if unknown"),
    ("region", _TEXT, "state or province code of the first place, null if unknown"),
    ("city", _TEXT, "city of the first place, null if unknown"),
    ("pay_basis", _TEXT, "structured, stated (found in text only), null if no pay"),
    ("pay_low", _MONEY, "lowest end over the posting's ranges of the headline kind, per pay_period; null if no pay"),
    ("pay_high", _MONEY, "highest end over those ranges"),
    ("pay_currency", _TEXT, "ISO 4217"),
    ("pay_period", _TEXT, "year, month, week, day, hour"),
    ("pay_kind", _TEXT, "base, ote, total, unknown"),
    ("pay_ranges", pa.int32(), "how many ranges the headline spans"),
    ("error", _TEXT, "why the text could not be read; empty normally"),
)

FACT = _schema(("version", _TEXT, "posting version"), *_FACT)

MEMBER = _schema(
    ("vacancy", _TEXT, "cluster id = its earliest member's posting key"),
    ("posting", _TEXT, "member"),
    ("relation", _TEXT, "self, exact (same text), near (verified near-duplicate)"),
    ("similarity", pa.float64(), "word-shingle Jaccard to the vacancy's own text, 1 for self and exact"),
)

# Same text under another employer's name: shown, never merged.
ELSEWHERE = _schema(
    ("posting", _TEXT, "posting"),
    ("other", _TEXT, "posting of another employer with the same text"),
    ("similarity", pa.float64(), "word-shingle Jaccard"),
)

TEXT = _schema(
    ("version", _TEXT, "posting version"),
    ("text", _TEXT, "plain text that offsets refer to; absent from packs"),
    ("sections", pa.list_(SECTION), "blocks of the text"),
)

# When a posting could be seen: one row a spell. Only complete crawls say that something was gone.
SPELL = _schema(
    ("posting", _TEXT, "posting"),
    ("ord", pa.int32(), "0 for the first spell, then one more each time it came back"),
    ("first_seen_at", _WHEN, "first complete or partial crawl that showed it"),
    ("last_seen_at", _WHEN, "last crawl that showed it"),
    ("left_censored", pa.bool_(), "already there at the first complete crawl of its board: the true start is unknown"),
    ("misses", pa.int32(), "complete crawls of its board since, without it, six hours apart or more; two close it"),
    ("closed_at", _WHEN, "first of two complete crawls that missed it; null while open (right-censored)"),
    ("reposted_from", _TEXT, "posting of the same vacancy that closed before this one opened, empty if none"),
)

# Which words stood there when: one row a version of the postings that were ever edited; intervals do not overlap.
EDIT = _schema(
    ("posting", _TEXT, "posting"),
    ("ord", pa.int32(), "0 for the first version seen, then one more each time it changed"),
    ("version", _TEXT, "posting version; the last one is the posting's current version"),
    ("first_seen_at", _WHEN, "first crawl that showed this version"),
    ("last_seen_at", _WHEN, "last crawl that showed this version"),
)

CRAWL = _schema(
    ("run", pa.int64(), "run number, monotonic"),
    ("source", _TEXT, "connector, or file"),
    ("board", _TEXT, "board token or file name"),
    ("at", _WHEN, "when the crawl ended, or the date of the file"),
    ("outcome", _TEXT, "complete, partial, unchanged, failed, held (a shrink or drift that waits for confirmation)"),
    ("postings", pa.int64(), "rows read"),
    ("bad", pa.int64(), "rows quarantined"),
    ("note", _TEXT, "what went wrong, or how the date was found"),
)

QUARANTINE = _schema(
    ("source", _TEXT, "connector, or file"),
    ("board", _TEXT, "board token or file name"),
    ("row", pa.int64(), "row in the page or file, from 1"),
    ("source_id", _TEXT, "the row's id if it could be read"),
    ("reason", _TEXT, "why it was set aside"),
    ("excerpt", _TEXT, "how it began; empty in packs"),
)

# ---- official tables: each beside the postings with a base of its own, never joined to them -----------

LCA = _schema(
    ("case", _TEXT, "case number"),
    ("status", _TEXT, "certified, withdrawn, denied ..., in lower case"),
    ("decided_on", pa.date32(), "day of the decision"),
    ("visa_class", _TEXT, "H-1B, E-3 ..."),
    ("job_title", _TEXT, "title as filed; null in extracts without it"),
    ("soc", _TEXT, "SOC code, 15-2051"),
    ("soc_title", _TEXT, "occupation as filed"),
    ("employer", _TEXT, "employer as filed"),
    ("naics", _TEXT, "industry code as filed"),
    ("city", _TEXT, "first worksite"),
    ("state", _TEXT, "first worksite, postal code or name in capitals as filed"),
    ("full_time", pa.bool_(), "full-time position, null if not stated"),
    ("workers", pa.float64(), "positions of the case"),
    ("wage_low", pa.float64(), "offered wage, USD per wage_period"),
    ("wage_high", pa.float64(), "its upper end, null if one number was filed"),
    ("wage_period", _TEXT, "year, month, two_weeks, week, hour; null if not stated"),
    ("prevailing", pa.float64(), "prevailing wage, the legal floor, USD per prevailing_period"),
    ("prevailing_period", _TEXT, "as wage_period"),
    ("prevailing_level", _TEXT, "wage level I to IV as filed"),
)
PROJECTION = _schema(
    ("soc", _TEXT, "SOC code"),
    ("occupation", _TEXT, "occupation"),
    ("year", pa.int32(), "base year"),
    ("projected_year", pa.int32(), "year projected"),
    ("jobs", pa.float64(), "jobs in the base year"),
    ("projected_jobs", pa.float64(), "jobs projected"),
    ("change", pa.float64(), "difference in jobs, as published"),
    ("change_percent", pa.float64(), "difference in percent, as published"),
    ("openings_a_year", pa.float64(), "occupational openings, annual average"),
    ("median_usd_year", pa.float64(), "median annual wage, null if withheld"),
    ("education", _TEXT, "typical education for entry"),
)
OEWS = _schema(
    ("area_type", _TEXT, "N nation, S state, M metropolitan area"),
    ("area", _TEXT, "area code as published"),
    ("area_name", _TEXT, "area's title, null in the time-series text"),
    ("industry", _TEXT, "industry code, 000000 for all"),
    ("soc", _TEXT, "SOC code"),
    ("occupation", _TEXT, "occupation, null in the time-series text"),
    ("year", pa.int32(), "reference year, null where the file names none"),
    ("measure", _TEXT, "employment, annual_p50, location_quotient ..."),
    ("value", pa.float64(), "jobs, USD or ratio; null if withheld"),
    ("mark", _TEXT, "why there is no value: -, *, **, # (above the highest published wage)"),
)
HIRING_LAB = _schema(
    ("series", _TEXT, "postings_index_sa, ai_share, remote_share, posted_wage_growth ..."),
    ("date", pa.date32(), "day, or first day of the month"),
    ("country", _TEXT, "country as published"),
    ("state", _TEXT, "US state, null for countries"),
    ("sector", _TEXT, "sector, null for all"),
    ("variable", _TEXT, "total or new postings, null where not told apart"),
    ("value", pa.float64(), "index (100 = 1 February 2020), share or growth as published"),
    ("n", pa.float64(), "observations where published"),
)
ONET = _schema(
    ("kind", _TEXT, "occupation, alternate_title, technology, job_zone, task"),
    ("onet_soc", _TEXT, "O*NET-SOC code"),
    ("soc", _TEXT, "its SOC code"),
    ("title", _TEXT, "occupation"),
    ("value", _TEXT, "what the row says"),
    ("detail", _TEXT, "what it says beside: commodity, short title, type"),
    ("hot", pa.bool_(), "hot technology, null for other kinds"),
)

# The tables of a snapshot, with the total order that each is written in.
SNAPSHOT = {
    "posting": POSTING,
    "fact": FACT,
    "member": MEMBER,
    "elsewhere": ELSEWHERE,
    "text": TEXT,
    "spell": SPELL,
    "edit": EDIT,
    "crawl": CRAWL,
    "quarantine": QUARANTINE,
}
SORT = {
    "posting": ("posting",),
    "fact": ("version", "ord"),
    "member": ("vacancy", "posting"),
    "elsewhere": ("posting", "other"),
    "text": ("version",),
    "spell": ("posting", "ord"),
    "edit": ("posting", "ord"),
    "crawl": ("run", "source", "board", "at"),
    "quarantine": ("source", "board", "row", "reason"),
}
