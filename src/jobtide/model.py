"""The nouns that every stage shares: what is asked for, what came, and what was read out of it.

One thing is a frozen dataclass here; many things are an Arrow table (``tables.py``). Nothing in this
module does I/O or imports more than the standard library.
"""

import hashlib
import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

# ---- asking a source -----------------------------------------------------------------------------


class Completeness(StrEnum):
    """How much of a board one crawl saw. Only a complete crawl says anything about absence."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a connector wants made. Connectors never make it themselves."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One whole answer, as received. ``sha256`` is over ``body``; ``fetched_at`` is UTC."""

    request: Request
    board: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    sha256: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """What a source allows and asks for; the runtime enforces it and exports carry it.

    ``tier``: documented, undocumented, aggregator, official, file. ``rate``: requests a second per host, at most.
    ``apart_h``: hours that lie between two answers of one board, at least.
    ``statistics`` false: the terms bar aggregate use; postings serve the user's own search and never enter a snapshot.
    ``secrets``: names of the user's keys, which requests hold as "{NAME}"; the fetcher alone puts the values in.
    ``html``: its pages are made for people, so that HTML is what is expected and robots.txt is asked before anything.
    """

    tier: str
    terms: str
    attribution: str
    default_on: bool = True
    rate: float = 1.0
    apart_h: float = 0.0
    notice: str = ""
    statistics: bool = True
    secrets: tuple[str, ...] = ()
    html: bool = False

    @property
    def follows_robots(self) -> bool:
        """Whether robots.txt decides: for pages made for people, and for requests nobody documented for programs."""
        return self.html or self.tier == "undocumented"


# ---- what a source said --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment (UTC) with its basis: which field or rule it comes from."""

    at: datetime
    basis: str


@dataclass(frozen=True, slots=True)
class StatedPay:
    """A pay range in a structured field. Amounts in whole units of ``currency`` per ``period``.

    ``period``: year, month, week, day, hour. ``kind``: base, ote, total, unknown.
    ``pointer`` is the JSON pointer of the range in the source's own record.
    """

    low: Decimal
    high: Decimal
    currency: str
    period: str
    kind: str
    label: str
    pointer: str


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """A place as a source gives it: its printed text and what its address fields say, "" if nothing."""

    text: str
    city: str = ""
    region: str = ""
    country: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting as its source published it. Nothing in here is concluded.

    ``html`` and ``text``: at least one is not empty. ``employer`` is the name the source gives, or the
    board's token. ``work_mode_raw`` and ``employment_raw`` are the source's own words, "" if none.
    """

    source: str
    board: str
    source_id: str
    url: str
    title: str
    employer: str
    html: str = ""
    text: str = ""
    requisition: str = ""
    apply_url: str = ""
    department: str = ""
    places_raw: tuple[StatedPlace, ...] = ()
    work_mode_raw: str = ""
    employment_raw: str = ""
    language_raw: str = ""
    pay: tuple[StatedPay, ...] = ()
    first_published: Stamp | None = None
    last_published: Stamp | None = None
    seen: Stamp | None = None

    @property
    def key(self) -> str:
        """The posting's identity: ``source:board:source_id``."""
        return f"{self.source}:{self.board}:{self.source_id}"

    @property
    def location(self) -> str:
        """The printed places, joined by "; ": the field in which place facts are quoted."""
        return "; ".join(place.text for place in self.places_raw if place.text)

    @property
    def version(self) -> str:
        """sha256 (32 hex digits) over title, places, structured fields and text: facts hang on it."""
        parts = [
            self.title,
            [[p.text, p.city, p.region, p.country] for p in self.places_raw],
            self.work_mode_raw,
            self.employment_raw,
            [[str(p.low), str(p.high), p.currency, p.period, p.kind, p.pointer] for p in self.pay],
            self.html,
            self.text if not self.html else "",
        ]
        packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return hashlib.sha256(packed).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that could not be read: where it stood (``row`` counts from 1), why, and how it began.

    ``source_id`` is the posting's own id where it can be told, ``digest`` a hash of the whole row where it is a record:
    the same one means the same row as before. Both are "" where the row says nothing of itself.
    """

    row: int
    reason: str
    excerpt: str = ""
    source_id: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A connector: what to fetch, how to interpret it, and under which policy.

    ``pages`` never does I/O: it yields requests, is sent pages and returns how complete the crawl was.
    ``read`` is pure. ``job`` reads one record of this source, as ``import`` of raw payloads needs it.
    ``board_of`` returns the board token of a careers address on this source, or None.
    """

    name: str
    policy: Policy
    pages: Callable[[str], Generator[Request, Page, Completeness]]
    read: Callable[[Sequence[Page]], Iterator["Posting | Bad"]]
    job: Callable[..., "Posting"]
    board_of: Callable[[str], str | None]


# ---- what was read out of it ---------------------------------------------------------------------


class Window(NamedTuple):  # a tuple, since a posting has forty and frozen dataclasses cost three times as much
    """A stretch of the read buffer, UTF-8 byte offsets, end exclusive, and the section it stands in.

    ``section``: title, location, requirements, nice, duties, about, benefits, legal, other.
    ``kind``: paragraph, item (of a list), heading.
    """

    start: int
    end: int
    section: str
    kind: str = "paragraph"


class Found(NamedTuple):  # a tuple, since a posting has twenty and frozen dataclasses cost three times as much
    """A value an extractor read, with the bytes that state it (offsets into the read buffer).

    ``concept`` is a member of the kind's closed list or a taxonomy id; ``low``/``high`` are numbers in
    ``unit`` (years) or ``currency`` per ``period`` (pay). ``extra``: base/ote/total/unknown for pay.
    ``need``: required, preferred, mentioned, negated. ``basis``: structured, stated, derived, estimated.
    ``field``: "" for words in the read buffer, else a JSON pointer into the source's record.
    """

    kind: str
    concept: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    currency: str = ""
    period: str = ""
    extra: str = ""
    start: int = 0
    end: int = 0
    section: str = ""
    need: str = ""
    confidence: float = 0.9
    rule: str = ""
    basis: str = "stated"
    field: str = ""


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything that enrichment depends on, each by sha256: same spec, same text, same facts."""

    taxonomy: str
    gate: str
    gazetteer: str
    rules: str
    fx_date: str = ""

    @property
    def id(self) -> str:
        """Twelve hex digits that name this specification."""
        joined = "\n".join((self.taxonomy, self.gate, self.gazetteer, self.rules, self.fx_date))
        return hashlib.sha256(joined.encode()).hexdigest()[:12]


# Closed lists of the labels' guide; one place, so that readers, filters and scores agree.
ROLES = (
    "ml_engineer", "ai_engineer", "research_scientist", "research_engineer", "data_scientist", "mlops_engineer",
    "nlp_engineer", "computer_vision_engineer", "robotics_autonomy_engineer", "data_engineer", "data_analyst",
    "analytics_engineer", "software_engineer", "ml_manager", "data_ai_product_manager", "other_technical", "other",
)  # fmt: skip
SENIORITIES = (
    "intern", "entry", "mid", "senior", "staff", "principal", "lead", "manager", "director", "executive", "unstated",
)  # fmt: skip
WORK_MODES = ("remote", "hybrid", "onsite", "unstated")
DEGREES = ("none", "bachelor", "master", "phd")
EMPLOYMENTS = ("full_time", "part_time", "contract", "internship", "unstated")
VISAS = ("sponsors", "no_sponsorship", "unstated")
CLEARANCES = ("required", "preferred", "unstated")
INDUSTRIES = (
    "software_internet", "ai_lab", "it_services_consulting", "finance_insurance", "healthcare_biotech",
    "ecommerce_retail", "automotive_autonomous", "manufacturing_hardware", "media_entertainment_sports", "education",
    "government_defense", "cybersecurity", "energy", "real_estate", "logistics_travel", "telecom", "staffing", "other",
)  # fmt: skip
EMPLOYER_KINDS = ("startup", "private", "public", "government", "nonprofit", "university", "staffing")
PROOFS = (
    "portfolio", "open_source", "publications", "bootcamp", "competitions", "side_projects", "patents", "talks",
)  # fmt: skip
SECTIONS = ("title", "location", "requirements", "nice", "duties", "about", "benefits", "legal", "other")
NEEDS = ("required", "preferred", "mentioned", "negated")

# The family that market commands count by default: people who build, study or run ML, AI and data systems.
ML_FAMILY = (
    "ml_engineer", "ai_engineer", "research_scientist", "research_engineer", "data_scientist", "mlops_engineer",
    "nlp_engineer", "computer_vision_engineer", "robotics_autonomy_engineer", "data_engineer", "data_analyst",
    "analytics_engineer", "ml_manager", "data_ai_product_manager",
)  # fmt: skip


def pointer(record: Any, path: str) -> Any:
    """Return what a JSON pointer (RFC 6901) leads to in ``record``; raise LookupError if it leads nowhere.

    >>> pointer({"a": [{"b/c": 1}]}, "/a/0/b~1c")
    1
    """
    for raw in path.split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        record = record[int(step)] if isinstance(record, list) else record[step]
    return record
