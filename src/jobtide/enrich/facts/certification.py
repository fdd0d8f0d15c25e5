"""Named professional certificates that a posting asks for or wishes for; "or equivalent certification" names none."""

from collections.abc import Iterator, Sequence
from functools import cache

from jobtide.enrich import patterns
from jobtide.enrich.automaton import Automaton, fold
from jobtide.enrich.certificates import Certificate, load
from jobtide.enrich.need import need_at, said
from jobtide.model import Found, Window

KINDS = ("certification",)
# Beside these words an ambiguous short name is a certificate: another certificate's name is company too.
_COMPANY = patterns.test(
    r"(?i)\b(?:certif\w*|licen[cs]\w*|credential\w*|accredit\w*|designation|charter\w*|qualifi(?:ed|cations?)|board exam|required|preferred|a plus|"
    r"(?:active|big 4|big four|public accounting) |CISSP|CISM|PMP|CFA|CMA|JD\b|CFE|CEH)"
)
_NAMED = patterns.test(r"(?i)\b(?:certif\w*|licen[cs]\w*|credential\w*|belt)\b")
# "CPA firms", "an internal certification", "certificates of occupancy", ISO audits: certificates of something else.
_OTHERS = patterns.test(r"(?i)^ ?(?:firms?|function|reports?|campaigns?|targets?|metrics?|goals?|team|APJ)\b")
_SECTIONS = ("requirements", "nice", "duties", "other", "about")


def _names() -> tuple[tuple[bytes, Certificate], ...]:
    out: dict[bytes, Certificate] = {}
    for known in load():
        for written in (known.name, *known.aliases):
            out.setdefault(b" ".join(fold(written.encode()).split()), known)
    return tuple(out.items())


_NAMES = _names()
TRIGGERS = tuple(name.decode() for name, _ in _NAMES)


@cache
def _automaton() -> Automaton:
    return Automaton([name for name, _ in _NAMES])


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each certificate once, in order, with its need; the longest name wins where names overlap.

    >>> text = b"CISSP or CPA required; our CPA fell by 3%"
    >>> [(f.concept, f.need) for f in find(text, [Window(0, 41, "requirements")])]
    [('CISSP', 'required'), ('CPA', 'required')]
    """
    seen: dict[str, Found] = {}
    for window in windows:
        if window.section in _SECTIONS:
            for found in _in_block(text, window):
                before = seen.get(found.concept)
                if before is None or (before.need == "mentioned" and found.need != "mentioned"):
                    seen[found.concept] = found
    yield from sorted(seen.values(), key=lambda f: f.start)


def _in_block(text: bytes, window: Window) -> Iterator[Found]:
    block = text[window.start : window.end]
    signs, settled = said(text, window)
    done = 0
    for begin, end, index in sorted(_automaton().hits(fold(block)), key=lambda hit: (hit[0], -hit[1])):
        name, known = _NAMES[index]
        if begin < done or not _meant(block, begin, end, name, known):
            continue
        done = end
        start, stop = window.start + begin, window.start + end
        need = settled or need_at(text, start, stop, window, signs)
        if need == "negated" or (need == "mentioned" and window.section in ("about", "other")):
            continue  # "access to a Certified Financial Planner" asks nobody for one
        yield Found(
            "certification", known.name, start=start, end=stop, section=window.section, need=need,
            confidence=0.85 if known.guarded else 0.95, rule="certification/list", extra=known.issuer,
        )  # fmt: skip


def _meant(block: bytes, begin: int, end: int, name: bytes, known: Certificate) -> bool:
    """Whether the words are the certificate: short names in capitals, ambiguous ones in company."""
    written = block[begin:end]
    if b" " not in name and not any(64 < byte < 91 for byte in written):
        return False
    if len(name) <= 5 and b" " not in name and not written[:2].isupper():
        return False
    if written[-1:] == b"s" and written[:-1].isupper():
        return False  # "ACLs" are several lists, no life support
    if _OTHERS(block[end : end + 20]):
        return False
    if not known.guarded:
        return True
    if b" " not in name:
        return bool(_COMPANY(block[max(0, begin - 90) : begin] + b" " + block[end : end + 60]))
    # "Lean and Six Sigma principles" is a method; what is longer than the name says that a certificate is meant.
    return name != fold(known.name.encode()) or bool(_NAMED(block[max(0, begin - 60) : end + 40]))
