"""The facts of one posting as a list by kind: what was read, by which words, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from jobtide.enrich import duties, kit

Fact = Mapping[str, Any]
# One tone a kind; never colour alone: without it the kind stands in brackets behind the words.
TONES = {
    "skill": "bold cyan", "pay": "bold green", "years_min": "bold yellow", "seniority": "bold yellow",
    "degree_required": "bold magenta", "degree_preferred": "magenta", "degree_or_equivalent": "magenta",
    "field_of_study": "magenta", "certification": "magenta", "proof": "magenta", "work_mode": "bold blue",
    "office_days": "blue", "place": "blue", "allowed_region": "blue", "time_zone": "blue", "role": "bold white on blue",
    "visa": "bold red", "clearance": "bold red",
}  # fmt: skip
PLAIN = "underline"
# In the order of a reader's questions: what, how senior, for how much, where, knowing what, for whom.
NAMES = {
    "role": "role", "seniority": "seniority", "years_min": "years", "pay": "pay", "employment": "employment",
    "place": "places", "work_mode": "work mode", "office_days": "office days", "allowed_region": "may live in",
    "time_zone": "time zone", "visa": "visa", "clearance": "clearance", "degree_required": "degree",
    "degree_preferred": "degree, preferred", "degree_or_equivalent": "or equivalent",
    "field_of_study": "field of study",
    "certification": "certificates", "proof": "proof", "skill": "skills", "duty": "duties", "industry": "industry",
    "employer_kind": "employer", "employer_size": "employees",
}  # fmt: skip
_NEEDS = ("required", "preferred", "mentioned", "negated")


def place(kind: str) -> int:
    """Where a kind stands in the list; kinds without a place of their own come last."""
    return list(NAMES).index(kind) if kind in NAMES else len(NAMES)


def single(kind: str) -> str:
    """A kind's name for one fact of it, as it stands in brackets behind the words.

    >>> single("skill"), single("years_min"), single("office_days")
    ('skill', 'years', 'office days')
    """
    name = NAMES.get(kind, kind.replace("_", " "))
    return name[:-1] if name in ("skills", "places", "certificates") else "duty" if kind == "duty" else name


def table(facts: Sequence[Fact], *, width: int) -> Table:
    """Return the list for ``width`` columns: each kind once, its values, their words where these differ, and why."""
    out = Table(box=None, pad_edge=False, show_edge=False, show_header=False, width=width)
    out.add_column(no_wrap=True, min_width=17)
    out.add_column(overflow="fold", ratio=3)
    out.add_column(overflow="fold", ratio=2)
    before = ""
    for fact in sorted(facts, key=_order):
        group = _group(fact)
        value = read_as(fact)
        words = _short(fact["words"])
        shown = Text(value, style=TONES.get(fact["kind"], ""))
        if words and words.lower() != value.lower():
            shown.append(f"  “{words}”", style="dim not bold")
        out.add_row(Text(group if group != before else ""), shown, Text(_why(fact), style="dim"))
        before = group
    return out


def _order(fact: Fact) -> tuple[int, int, bool, int]:
    need = _NEEDS.index(fact["need"]) if fact["kind"] == "skill" and fact["need"] in _NEEDS else 0
    return place(fact["kind"]), need, fact["field"] != "title", fact["start"]


def _group(fact: Fact) -> str:
    """A kind's heading; skills stand under how much they are asked for."""
    name = NAMES.get(fact["kind"], str(fact["kind"]))
    return f"{name}, {fact['need']}" if fact["kind"] == "skill" and fact["need"] else name


def _why(fact: Fact) -> str:
    """Where the words stand, which rule read them (a skill's own words always do) and how sure it is."""
    where = _SECTIONS.get(fact["section"], fact["section"]) or _FIELDS.get(fact["field"], "its own field")
    rule = (
        ""
        if fact["kind"] == "skill" or fact["field"] == "/employer"
        else fact["rule"].partition("/")[2].replace("_", " ")
    )
    return " · ".join(part for part in (where, rule, f"{fact['confidence']:.0%}") if part)


_SECTIONS = {"nice": "nice to have", "other": "text", "about": "about the employer", "legal": "legal text"}
_FIELDS = {"/employer": "the employer's name"}


def read_as(fact: Fact) -> str:
    """A fact's value in plain words."""
    kind, low, high = fact["kind"], fact["low"], fact["high"]
    if kind == "skill":
        return str(kit.load().taxonomy.concept(fact["concept"]).name)
    if kind == "pay":
        amount = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
        called = {"ote": "on target", "unknown": ""}.get(fact["extra"], fact["extra"])
        return f"{amount} {fact['currency']} a {fact['period']}" + (f", {called}" if called else "")
    if kind == "years_min":
        return f"{low:g} or more"
    if kind == "office_days":
        return f"{_range(low, high)} a week"
    if kind == "employer_size":
        return _range(low, high)
    if kind == "time_zone":
        return f"UTC{low:+g}" if low == high else f"UTC{low:+g} to UTC{high:+g}"
    if kind in ("place", "allowed_region"):
        return ", ".join(part for part in reversed(fact["concept"].split("/")) if part)
    if kind == "duty":
        return next(duty.name for duty in duties.load() if duty.id == fact["concept"])
    if kind == "degree_or_equivalent":
        return "experience may stand for it"
    words = str(fact["concept"]).replace("_", " ")
    needed = fact["need"] if kind in ("certification", "proof", "field_of_study") else ""
    return f"{words} ({needed})" if needed else words


def _range(low: float, high: float) -> str:
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"


def _short(words: str, most: int = 44) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
