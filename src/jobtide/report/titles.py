"""What does a figure show? Its title as a finding, computed from the same rows as the figure itself."""

from collections.abc import Callable

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.blocks import ABOUT, Cited, Name, Record, Text, say


def title(record: Record) -> Text:
    """The finding in a few words, () where its rows carry none; then the figure's own title stands."""
    rows = phrases.named(record)
    made = _FINDINGS.get(record["figure"])
    if made:
        return made(record)
    if record["chart"] == "contrast":
        return _contrast(record)
    if len(rows) < 2 or not str(record["unit"]).startswith("share") or rows[0].get("group"):
        return ()
    return _first(record, max(rows, key=lambda row: row["value"]))


def _first(record: Record, row: cite.Row) -> Text:
    """What is said most often; that it is hardly ever said, or that most openings do not say."""
    if row["value"] < phrases.RARE:
        return say(
            "Hardly named; most often {label}, {share}", label=_place(record, row), share=cite.range(record, row)
        )
    unsaid = next((each for each in cite.shown(record) if each["flag"] == "unknown" and each["value"] > 0.5), None)
    if unsaid:
        return say(
            "{share} do not say; said most often: {label}, {most}",
            share=cite.range(record, unsaid), label=_place(record, row), most=cite.range(record, row),
        )  # fmt: skip
    return say("Most often: {label}, {share}", label=_place(record, row), share=cite.range(record, row))


def _place(record: Record, row: cite.Row) -> Cited | Name:
    """A row's label; a country in words, where the figure has its code."""
    named = words.country(row["key"])
    return cite.label(record, row) if named == row["key"] else Name(named)


def _skills(record: Record) -> Text:
    rows = phrases.named(record)
    if not rows:
        return ()
    return say("Named most: {label}, {share}", label=cite.label(record, rows[0]), share=cite.range(record, rows[0]))


def _roles(record: Record) -> Text:
    rows = phrases.named(record)[:2]
    return say("The largest roles: {rows}", rows=phrases.run(record, rows, "{label} {share}")) if len(rows) > 1 else ()


def _demand(record: Record) -> Text:
    rows = sorted(phrases.named(record), key=lambda row: -row["value"])
    if not rows:
        return ()
    count, n, label = cite.count(record, rows[0]), cite.base(record), cite.label(record, rows[0])
    if record["title"].endswith("by age"):
        return say("{count} of {n} had stood there {label}", count=count, n=n, label=label)
    return say("{count} of {n} are {label}", count=count, n=n, label=label)


def _pay(record: Record) -> Text:
    """From the group with the lowest stated median to the one with the highest, if the two can be told apart."""
    rows = sorted(phrases.said(record), key=lambda row: -row["value"])
    if len(rows) < 2:
        return ()
    high, low = rows[0], rows[-1]
    apart = None not in (low["high"], high["low"]) and low["high"] < high["low"]
    said = say(
        "from {low} ({a}) to {high} ({b})",
        low=cite.money(record, low), a=cite.label(record, low), high=cite.money(record, high),
        b=cite.label(record, high),
    )  # fmt: skip
    return say("Median {said}", said=said) if apart else say("Not told apart: {said}", said=said)


def _official(record: Record) -> Text:
    """By role: stated pay of all roles beside the nearest official wage; by state: the first states."""
    rows = cite.shown(record)
    if not str(record["unit"])[:3].isupper():
        led = [row for row in rows if row["n"]][:3]
        return say("Most openings: {rows}", rows=phrases.run(record, led, "{label} ({count})")) if led else ()
    wage = next((row for row in rows if row.get("base") == "jobs"), None)
    if wage is None or wage is rows[0]:
        return ()
    return say(
        "Stated here {stated}; the official wage of {occupation} is {wage}",
        stated=cite.money(record, rows[0]), wage=cite.money(record, wage), occupation=Name(wage["occupation"].lower()),
    )  # fmt: skip


def _coverage(record: Record) -> Text:
    row = max(record["rows"], key=lambda row: (row["n"], row["key"]))
    if row.get("share") is None or row.get("oews_share") is None:
        return ()
    return say(
        "{state}: {here} of the openings here, {there} of US computer and mathematical jobs",
        state=cite.label(record, row), here=cite.percent(record, row, "share"),
        there=cite.percent(record, row, "oews_share"),
    )  # fmt: skip


def _employers(record: Record) -> Text:
    held = record["caveats"][-1].partition(";")[0]
    return (Cited(held, record["id"], ABOUT),) if held.startswith("The ") else ()


def _hiring(record: Record) -> Text:
    """The first series: its last month beside the same month a year before."""
    rows = [row for row in cite.shown(record) if row.get("series") == record["rows"][0].get("series")]
    if len(rows) < 13 or "month" not in rows[0]:
        return ()
    now, before = rows[-1], rows[-13]
    return say(
        "{place}: {now} in {month}, after {before} a year before",
        place=Name(str(now["series"])), now=cite.tenths(record, now), month=Name(words.month(now["month"])),
        before=cite.tenths(record, before),
    )  # fmt: skip


def _distances(record: Record) -> Text:
    rows = cite.shown(record)[:2]
    if "/" not in str(rows[0]["key"] if rows else "") or len(rows) < 2:
        return ()
    return say("Nearest: {rows}", rows=phrases.run(record, rows, "{label}"))


def _entry(record: Record) -> Text:
    if record["chart"] == "contrast":
        return _contrast(record)
    row = cite.row(record, "entry")
    return say("{share} of openings are open to beginners", share=cite.range(record, row)) if row else ()


def _pay_stated(record: Record) -> Text:
    row = cite.row(record, "all")
    return say("{share} of openings state pay", share=cite.range(record, row)) if row and row["value"] else ()


def _pairs(record: Record) -> Text:
    """The pair with the strongest bond, which is the first row."""
    rows = phrases.named(record)[:1]
    return say("Strongest bond: {rows}", rows=phrases.run(record, rows, "{label}, {share}")) if rows else ()


def _contrast(record: Record) -> Text:
    """Where two groups differ most clearly, or that they do nowhere."""
    clear = [row for row in phrases.said(record) if row.get("clear") == "yes"]
    if not clear:
        return say("No difference is clear")
    row = min(clear, key=lambda row: (row["q"], -abs(row["difference"])))
    return say(
        "Differs most clearly: {label}, {share} beside {rest}",
        label=cite.label(record, row), share=cite.percent(record, row), rest=cite.percent(record, row, "rest"),
    )  # fmt: skip


def _premium(record: Record) -> Text:
    """The skill that goes with a different pay most clearly, or that none does."""
    clear = [row for row in phrases.said(record) if row.get("clear") == "yes"]
    if not clear:
        return say("No skill goes with a clearly different pay within one employer")
    row = min(clear, key=lambda row: (row["q"], -abs(row["value"])))
    return say(
        "Goes with another pay most clearly: {label}, {share}",
        label=cite.label(record, row), share=cite.range(record, row),
    )  # fmt: skip


def _moved(record: Record) -> Text:
    """The skill that moved most clearly, which is the first row, or that none did."""
    how = "Gained" if record["figure"] == "rising" else "Lost"
    clear = phrases.moved(record)[:1]
    if not clear:
        return say(f"No skill {how.lower()} ground clearly")
    return say(f"{how} ground most clearly: {{rows}}", rows=phrases.run(record, clear, "{label}, {points}"))


def _quiet(_record: Record) -> Text:
    """Figures whose own title says more than any of their rows."""
    return ()


_FINDINGS: dict[str, Callable[[Record], Text]] = {
    "skills": _skills, "roles": _roles, "demand": _demand, "pay": _pay, "official": _official, "coverage": _coverage,
    "employers": _employers, "hiring": _hiring, "outlook": _quiet, "qualifications": _quiet, "overview": _quiet,
    "years": _quiet, "entry": _entry,
    "distances": _distances, "pairs": _pairs, "pay_stated": _pay_stated, "bundles": _quiet,
    "growth": _quiet, "flow": _quiet, "time_open": _quiet, "location": _quiet, "premium": _premium,
    "rising": _moved, "falling": _moved,
}  # fmt: skip
