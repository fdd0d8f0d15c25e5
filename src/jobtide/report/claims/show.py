"""How does a checked article look? Lines for the terminal, one HTML page with the claims marked in their text."""

from collections.abc import Iterator
from html import escape
from importlib import resources

from jobtide.report.claims.check import Checked, Verdict
from jobtide.report.claims.evidence import Ours
from jobtide.report.html import el

_WORDS = {
    "consistent": "consistent", "above": "the claim is above", "below": "the claim is below",
    "contradicted": "contradicted", "not_testable": "not testable",
}  # fmt: skip
_STYLE = """
header{max-width:824px}
mark{padding:0 .1em;border-bottom:2px solid;background:none;color:inherit}
mark.contradicted{border-color:#B4510A}mark.consistent{border-color:#0B6FA4}mark{border-color:#51606F}
.claim{border-left:4px solid #C9D2DA;padding:.2em 0 .2em .9em;margin:1em 0}
.claim.contradicted{border-color:#B4510A}.claim.consistent{border-color:#0B6FA4}
blockquote{margin:0 0 .3em}
"""
_WIDTH = 80


def lines(checked: Checked) -> list[str]:
    """Return the verdicts as the terminal shows them, in the order of the text; words for an article without claims."""
    if not checked.verdicts:
        return ["no claim found: no number or ranking about jobs, pay, skills or markets"]
    out = [summary(checked), ""]
    for i, verdict in enumerate(checked.verdicts, 1):
        out += list(_lines(i, verdict))
    return [*out, f"Held against snapshot {checked.snapshot} (data up to {checked.as_of}) and the table of references."]


def summary(checked: Checked) -> str:
    """How many claims, and how many of each verdict."""
    counts = {name: sum(v.verdict == name for v in checked.verdicts) for name in _WORDS}
    said = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items() if n)
    flawed = sum(bool(set(v.classes) - {"ok", "not_checkable"}) for v in checked.verdicts)
    return f"{len(checked.verdicts)} claims: {said}; {flawed} with a flaw of their own"


def _lines(number: int, verdict: Verdict) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(f'{number}. "{_short(verdict)}"', _WIDTH, subsequent_indent="   ")
    kinds = ", ".join(kind.replace("_", " ") for kind in verdict.classes)
    yield f"   {verdict.verdict.replace('_', ' ')}; {kinds} ({verdict.type})"
    for said in (verdict.why, _ours(verdict.ours), _reference(verdict)):
        if said:
            yield from wrap(said, _WIDTH, initial_indent="   ", subsequent_indent="   ")
    yield ""


def brief(checked: Checked, most: int = 12) -> list[str]:
    """Return a few lines a claim, 80 columns: its words, the verdict, the first reason; no references, no repeats."""
    from textwrap import wrap

    out = list[str]()
    once = {(v.claim, v.verdict): v for v in reversed(checked.verdicts) if not v.claim.startswith("[")}
    for verdict in sorted(once.values(), key=lambda v: v.start)[:most]:
        kinds = ", ".join(kind.replace("_", " ") for kind in verdict.classes if kind not in ("ok", "unsourced"))
        said = f"{verdict.verdict.replace('_', ' ')}{f' ({kinds})' if kinds else ''}: "
        why = [part for part in verdict.why.split("; ") if not part.startswith("no source is named")]
        out += wrap(f"“{_short(verdict, 100).strip(chr(34))}”", _WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
        out += wrap(said + (why[0] if why else ""), _WIDTH - 2, initial_indent="      ", subsequent_indent="      ")
    return out


def _short(verdict: Verdict, most: int = 200) -> str:
    """The claim's words, of a long one those around its number."""
    words = verdict.claim
    if len(words) <= most:
        return words
    at = max(0, words.find(verdict.quantity)) if verdict.quantity else 0
    low = max(0, min(at - most // 2, len(words) - most))
    return f"{'…' if low else ''}{words[low : low + most].strip()}{'…' if low + most < len(words) else ''}"


def _ours(ours: Ours | None) -> str:
    if ours is None:
        return ""
    between = f" ({ours.low:,.0f} to {ours.high:,.0f})" if ours.low is not None and ours.high is not None else ""
    return f"ours: {ours.value:,.0f}{between}, n = {ours.n:,}, {ours.base}"


def _reference(verdict: Verdict) -> str:
    if verdict.reference is None:
        return ""
    value, source = verdict.reference
    return f"reference: {'' if value is None else f'{value:,.6g}: '}{source}"


def html(checked: Checked) -> str:
    """Return one self-contained page: the article with its claims marked, then each claim with its verdict."""
    style = (resources.files("jobtide") / "report" / "report.css").read_text(encoding="utf-8") + _STYLE
    title = f"Claims checked: {checked.title}" if checked.title else "Claims checked"
    head = ['<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">']
    head += [el("title", escape(title)), el("style", "\n", style)]
    items = [_item(i, verdict) for i, verdict in enumerate(checked.verdicts, 1)]
    held = f"snapshot {checked.snapshot}, data up to {checked.as_of}"
    foot = f"Held against {held}, and a table of references with source and date."
    main = el(
        "main",
        el("section", el("h2", "Verdicts", id="v"), el("p", escape(summary(checked))), *items, aria_labelledby="v"),
        el("section", el("h2", "The text, claims marked", id="t"), *_marked(checked), aria_labelledby="t"),
        id="main",
    )
    body = [el("a", "Skip to the verdicts", cls="skip", href="#main"), el("header", el("h1", escape(title))), main]
    body.append(el("footer", el("p", escape(foot))))
    return f"<!doctype html>\n{el('html', el('head', *head), el('body', *body), lang='en')}\n"


def _item(number: int, verdict: Verdict) -> str:
    kinds = ", ".join(kind.replace("_", " ") for kind in verdict.classes)
    said = f"{_WORDS[verdict.verdict]}; {kinds} ({verdict.type.replace('_', ' ')})"
    parts = [el("blockquote", f"{number}. ", escape(verdict.claim)), el("p", el("strong", escape(said)))]
    parts += [el("p", escape(text)) for text in (verdict.why, _ours(verdict.ours), _reference(verdict)) if text]
    return el("div", *parts, cls=f"claim {verdict.verdict}", id=f"claim-{number}")


def _marked(checked: Checked) -> Iterator[str]:
    """The text by line, each claim's words marked once and led to its verdict."""
    text, at, out = checked.text, 0, list[str]()
    for number, verdict in enumerate(checked.verdicts, 1):
        start, end = verdict.start, verdict.start + len(verdict.claim)
        if start < at or text[start:end] != verdict.claim:
            continue
        link = el("a", str(number), href=f"#claim-{number}", aria_label=f"Verdict {number}")
        out += [escape(text[at:start]), el("mark", escape(verdict.claim), cls=verdict.verdict), el("sup", link)]
        at = end
    out.append(escape(text[at:]))
    for line in "".join(out).split("\n"):
        if line.strip():
            yield el("p", line)
