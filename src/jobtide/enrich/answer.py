"""What does ``jobtide read`` say of one posting? One JSON object: facts with quotes and character offsets."""

from collections.abc import Mapping, Sequence
from typing import Any

from jobtide.enrich import columns, kit, skills
from jobtide.enrich.batch import Reading, own, read
from jobtide.enrich.buffer import Buffer
from jobtide.enrich.settle import best, places, settle

# Kinds of the output that no extractor reads yet are null, never empty: empty would claim "none stated".
_OPEN_KINDS = ("certification", "visa", "clearance", "industry")


def answer(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of one posting in the row format that ``read`` prints.

    ``row``: id, title, employer, location, text or html. Offsets are characters of the field named; when HTML
    was given the object carries the plain ``text`` that they refer to.
    """
    reading = read(version_row(row))
    facts = fact_rows(reading)
    return spoken(row, reading, facts)


def version_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ``tables.VERSION`` row for a row of ``read``: no structured fields, one printed place."""
    location = row.get("location") or ""
    return {
        "title": row.get("title") or "",
        "location": location,
        "employer": row.get("employer") or "",
        "html": row.get("html") or "",
        "text": row.get("text") or "",
        "work_mode_raw": "",
        "employment_raw": "",
        "places_raw": [],
        "pay": [],
    }


def fact_rows(reading: Reading) -> list[dict[str, Any]]:
    """Return the findings as dictionaries with the columns of the fact table."""
    facts = columns.Facts()
    facts.add(reading.buffer, reading.found)
    return list(facts.array().to_pylist()[0])


def spoken(row: Mapping[str, Any], reading: Reading, facts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the object ``read`` prints for ``facts``; kinds that nothing reads yet are null."""
    one = settle(facts)
    kinds = {kind: [f for f in facts if f["kind"] == kind] for kind in {f["kind"] for f in facts}}
    known = {kind for reader in kit.load().extractors for kind in reader.kinds}
    said: dict[str, Any] = {
        "id": row.get("id", ""),
        "language": reading.language,
        "role": _value(kinds, "role", one.role),
        "roles": [_listed(fact) for fact in kinds.get("role", ())],  # several where several jobs are offered
        "seniority": _value(kinds, "seniority", one.seniority),
        "skills": [_skill(reading.buffer, fact) for fact in kinds.get("skill", ())],
        "years_min": _quoted(kinds, "years_min", one.years_min) if one.years_min is not None else None,
        "degree_required": one.degree_required,
        "degree_preferred": one.degree_preferred,
        "degree_or_equivalent": one.degree_or_equivalent,
        # As the posting writes them; "certificates" says which ones these are, and who issues them.
        "certifications": [f["words"] for f in kinds.get("certification", ())],
        "certificates": [_listed(fact) | {"issuer": fact["extra"]} for fact in kinds.get("certification", ())],
        "pay": [_pay(fact) for fact in kinds.get("pay", ())],
        "work_mode": _quoted(kinds, "work_mode", one.work_mode),
        "places": [_place(*place) for place in places(kinds.get("place", ()))],
        "visa": _closed(kinds, "visa"),
        "clearance": one.clearance == "required",
        "employment": one.employment,
        "industry": _closed(kinds, "industry"),
        "naics": one.naics,
        "fields_of_study": [_listed(fact) for fact in kinds.get("field_of_study", ())],
        "allowed_regions": [_listed(fact) for fact in kinds.get("allowed_region", ())],
        "time_zones": [_listed(fact) | _numbers(fact) for fact in kinds.get("time_zone", ())],
        "office_days": _stated(kinds, "office_days"),
        "employer_kind": _listed(fact) if (fact := best(kinds.get("employer_kind"))) else None,
        "employer_size": _stated(kinds, "employer_size"),
        "duties": [_listed(fact) for fact in kinds.get("duty", ())],
        "proof": [_listed(fact) for fact in kinds.get("proof", ())],
    }
    for kind, key in zip(_OPEN_KINDS, ("certifications", "visa", "clearance", "industry"), strict=True):
        if kind not in known:
            said[key] = None
    if row.get("html"):
        said["text"] = reading.doc.text.decode()
    return said


def _value(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str, value: str) -> dict[str, Any]:
    fact = best(kinds.get(kind))
    return {"value": value, "confidence": round(fact["confidence"], 2) if fact else 0.0, "quote": _words(fact)}


def _quoted(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str, value: Any) -> dict[str, Any]:
    return {"value": value, "quote": _words(best(kinds.get(kind)))}


def _listed(fact: Mapping[str, Any]) -> dict[str, Any]:
    """One of several facts of a kind: its value and words, and its need where that has a meaning."""
    said = {"value": fact["concept"], "quote": fact["words"]}
    return said | {"need": fact["need"]} if fact["need"] else said


def _numbers(fact: Mapping[str, Any]) -> dict[str, float]:
    return {"low": fact["low"], "high": fact["high"]}


def _stated(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str) -> dict[str, Any] | None:
    """The numbers of a kind that is nothing else, with their words; None if it is not stated."""
    fact = best(kinds.get(kind))
    return _numbers(fact) | {"quote": fact["words"]} if fact else None


def _words(fact: Mapping[str, Any] | None) -> str | None:
    return str(fact["words"]) if fact and fact["words"] else None


def _closed(kinds: Mapping[str, list[Mapping[str, Any]]], kind: str) -> str:
    fact = best(kinds.get(kind))
    return str(fact["concept"]) if fact else "unstated"


def _skill(buffer: Buffer, fact: Mapping[str, Any]) -> dict[str, Any]:
    start, end = characters(buffer, fact)
    return {
        "id": fact["concept"],
        "name": kit.load().taxonomy.concept(fact["concept"]).name,
        "quote": fact["words"],
        "field": fact["field"],
        "start": start,
        "end": end,
        "section": fact["section"],
        "need": fact["need"],
        "confidence": round(fact["confidence"], 2),
    }


def characters(buffer: Buffer, fact: Mapping[str, Any]) -> tuple[int, int]:
    """Return a fact's offsets in characters of its field instead of UTF-8 bytes."""
    at = {"title": 0, "location": buffer.location_at, "text": buffer.text_at}[fact["field"]]
    start = len(buffer.data[at : at + fact["start"]].decode("utf-8", "replace"))
    return start, start + len(fact["words"])


def _pay(fact: Mapping[str, Any]) -> dict[str, Any]:
    low, high = fact["low"], fact["high"]
    return {
        "min": int(low) if low == int(low) else low,
        "max": int(high) if high == int(high) else high,
        "currency": fact["currency"],
        "period": fact["period"],
        "kind": fact["extra"],
        "quote": fact["words"],
    }


def _place(country: str | None, region: str | None, city: str | None) -> dict[str, Any]:
    return {"city": city, "region": region, "country": country}


def rejected(reading: Reading, employer: str = "") -> list[dict[str, Any]]:
    """Return what looked like a skill and was not believed: concept, reason, and the words around it.

    ``employer``: its name, if the posting came with one; named as a skill it is listed with that reason.
    """
    tools = kit.load()
    buffer = reading.buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    name = own({"employer": employer})
    seen = skills.rejected(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy, name)
    return [
        {"concept": concept, "reason": reason, "around": _around(buffer.data, start, end)}
        for start, end, concept, reason in seen
    ]


def _around(data: bytes, start: int, end: int, reach: int = 24) -> str:
    """The words from ``start`` to ``end`` with up to ``reach`` bytes of whole words on either side."""
    left = data[max(0, start - reach) : start].decode("utf-8", "ignore").rpartition("\n")[2]
    right = data[end : end + reach].decode("utf-8", "ignore").partition("\n")[0]
    if start > reach:
        left = left.partition(" ")[2]
    return f"{left}{data[start:end].decode('utf-8', 'replace')}{right.rpartition(' ')[0]}".strip()
