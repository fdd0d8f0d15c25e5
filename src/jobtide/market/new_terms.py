"""Which terms that we do not know yet do postings list beside known skills, more than they used to?"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jobtide.errors import NotSupported
from jobtide.market import support, words
from jobtide.market.figure import Extra, Figure, Needs, Row, carries, figure
from jobtide.market.filters import Filters
from jobtide.market.gains import Gain, false_discovery_rates, gain
from jobtide.market.moments import Open, Window
from jobtide.market.rising import FALSE, UNCLEAR, compared
from jobtide.store.snapshot import Snapshot

# Bars stand between the parts of a headline ("Acme | Berlin | Remote"), not between tools.
_BETWEEN = re.compile(r"[,;/()•·\t]|\s(?:and|or|&)\s")
# One to three words that could name a tool: "Hugging Face", "LangGraph", "k3s"; no sentence, no number alone.
_TERM = re.compile(r"[^\W\d_][\w+#.\-]*(?: [\w+#.\-]+){0,2}")
# What a list of jobs holds: "Senior Engineer", "Data Scientists", "Full-time".
_JOB = re.compile(
    r"(?i)\b(?:engineer|developer|scientist|analyst|designer|manager|architect|consultant|researcher|intern|lead|"
    r"programmer)s?$|^(?:senior|junior|full[- ]?time|part[- ]?time|on-?site|remote|etc)\b"
)
_LONGEST_TERM = 30  # letters
_WRITTEN_AS_A_NAME = 0.6  # of its mentions hold a capital or a digit; "frameworks" and "tooling" do not
_REACH = 40  # letters of a quote on each side
_METHOD = (
    "Terms of one to three words that stand in a list next to a skill that the reader knows, and are none that it "
    "knows; written as names are. Windows, interval and test as for rising skills. For review: some are no skills."
)


@dataclass(slots=True)
class Term:
    """What was seen of a term: openings by window and employer, spellings, and where it stood first."""

    openings: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    spellings: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    quote: str = ""
    version: str = ""

    @property
    def spelling(self) -> str:
        """As it is written most often."""
        return min(self.spellings, key=lambda word: (-self.spellings[word], word))

    def is_a_name(self) -> bool:
        """Whether most of its mentions are written as names are."""
        named = sum(n for word, n in self.spellings.items() if word != word.lower() or any(c.isdigit() for c in word))
        return named >= _WRITTEN_AS_A_NAME * sum(self.spellings.values())


def new_terms(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return unknown terms that gained ground between the windows of ``rising``, surest first, each with a quote.

    Rows as in ``rising``: ``value`` the change in share, ``before``, ``after``, ``named``, ``naming_employers``, ``q``;
    and ``quote``, words around it in one posting. Only terms of five employers. Raises NotSupported as ``rising``
    does, and where the snapshot holds no texts; TooFew.
    """
    carries(snapshot, Needs.TWO_CRAWLS, "new_terms")
    if not snapshot.has_text:
        raise NotSupported("new terms are read in the texts of postings, and this snapshot (a pack) holds none")
    windows, boards, panel, openings = compared(snapshot, filters, "new_terms")
    terms = _tested(collect(snapshot, panel.shown()))
    found = {key: _gain(openings, term) for key, term in terms.items()}
    rates = false_discovery_rates([one.p for one in found.values()])
    rows = [
        _row(key, terms[key], one, q, openings, windows[1])
        for (key, one), q in zip(found.items(), rates, strict=True)
        if one.change.value > 0
    ]
    then, now = (boards.said(window) for window in windows)
    return figure(
        "new_terms", snapshot, filters, rows=sorted(rows, key=_order), counted=openings.total, chart="change",
        title=f"Terms we do not know, named more in {now} than in {then}", unit="change in share of openings",
        method=_METHOD, caveats=(f"Terms tested: {words.count(len(terms))}.",),
    )  # fmt: skip


def _order(row: Row) -> tuple[bool, float, str]:
    return row.flag == UNCLEAR, -(row.value or 0.0), row.key


def _tested(terms: Mapping[str, Term]) -> dict[str, Term]:
    """Terms of enough employers, written as names are."""
    return {
        key: term
        for key, term in sorted(terms.items())
        if len({employer for found in term.openings.values() for employer in found}) >= support.EMPLOYERS
        and term.is_a_name()
    }


def collect(snapshot: Snapshot, shown: Sequence[Mapping[str, str]]) -> dict[str, Term]:
    """Return what stands beside known skills in the postings ``shown`` (rows of key, vacancy, employer, version)."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in snapshot.query(
        """select version, start, "end" from fact where kind = 'skill' and field = 'text' order by version, start"""
    ).to_pylist():
        spans[row["version"]].append((row["start"], row["end"]))
    known, out = _known(), dict[str, Term]()
    texts = snapshot.texts({row["version"] for row in shown if row["version"] in spans})
    seen: set[tuple[str, str, str]] = set()
    for row in shown:
        text = texts.get(row["version"])
        for word, quote in beside(text, spans[row["version"]]) if text else ():
            key = word.lower()
            if key in known:
                continue
            term = out.setdefault(key, Term())
            term.spellings[word] += 1
            if not term.quote:
                term.quote, term.version = quote, row["version"]
            once = (key, row["key"], row["vacancy"])
            if once not in seen:
                seen.add(once)
                term.openings[row["key"]][row["employer"]] += 1
    return out


def _known() -> frozenset[str]:
    """Every spelling of the vocabulary, and areas of work that are no skills."""
    from jobtide.enrich import taxonomy

    vocabulary = taxonomy.load()
    return frozenset(pattern.decode() for pattern in vocabulary.patterns) | vocabulary.areas


def beside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield (term, quote) for each unknown item of a list next to an item that is a known skill.

    ``spans`` are the known ones in UTF-8 bytes.

    >>> text = "We use Python, LangGraph and dbt daily"
    >>> [term for term, _ in beside(text, [(7, 13), (29, 32)])]
    ['LangGraph']
    """
    data = text.encode()
    letters = [(len(data[:a].decode("utf-8", "ignore")), len(data[:b].decode("utf-8", "ignore"))) for a, b in spans]
    at = 0
    for line in text.splitlines(keepends=True):
        inside = [(a - at, b - at) for a, b in letters if at <= a < at + len(line)]
        if inside:
            yield from _beside(line, inside)
        at += len(line)


def _beside(line: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    items = list(_items(line))
    skill = [any(a < end and start < b for a, b in spans) for start, end in items]
    for i, (start, end) in enumerate(items):
        word = line[start:end].strip(" .:-")
        next_to = (i > 0 and skill[i - 1]) or (i + 1 < len(items) and skill[i + 1])
        if not skill[i] and next_to and len(word) <= _LONGEST_TERM and _TERM.fullmatch(word) and not _JOB.search(word):
            yield word, " ".join(line[max(0, start - _REACH) : end + _REACH].split())


def _items(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line between commas and the like."""
    start = 0
    for mark in _BETWEEN.finditer(line):
        yield start, mark.start()
        start = mark.end()
    yield start, len(line)


def _gain(openings: Open, term: Term) -> Gain:
    hits = [
        np.array([term.openings.get(key, {}).get(employer, 0) for employer in openings.employers], dtype=np.float64)
        for key in ("before", "after")
    ]
    return gain(hits[0], openings.sizes["before"], hits[1], openings.sizes["after"])


def _row(key: str, term: Term, found: Gain, q: float, openings: Open, window: Window) -> Row:
    before, after = (term.openings.get(name, {}) for name in ("before", "after"))
    sure = support.interval_allowed(found.change.effective) and not math.isnan(found.change.low)
    clear = q <= FALSE and len(after) >= support.EMPLOYERS
    more: dict[str, Extra] = {
        "before": found.before, "after": found.after, "named_before": sum(before.values()),
        "named": sum(after.values()), "naming_employers": len(after), "q": q, "quote": term.quote,
        "version": term.version, "since": window.start.isoformat(), "until": window.end.isoformat(),
    }  # fmt: skip
    n = int(sum(sizes.sum() for sizes in openings.sizes.values()))
    low, high = (found.change.low, found.change.high) if sure else (None, None)
    flag = "" if clear else UNCLEAR
    return Row(key, term.spelling, found.change.value, low, high, n, len(openings.employers), flag, more)
