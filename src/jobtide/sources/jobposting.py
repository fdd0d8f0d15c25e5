"""What does a schema.org JobPosting say? One reading for every site that embeds it as JSON-LD or microdata."""

import html as entities
import re
from collections.abc import Iterator
from typing import Any

from jobtide.model import Posting, Stamp, StatedPay, StatedPlace
from jobtide.sources.cells import when
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, once, record, text, unreadable
from jobtide.sources.markup import many, unescaped
from jobtide.sources.money import ranges

# Sections beside the description, and the heading each gets where it stands apart.
_SECTIONS = {
    "responsibilities": "Responsibilities", "qualifications": "Qualifications", "skills": "Skills",
    "experienceRequirements": "Experience", "educationRequirements": "Education", "workHours": "Hours",
    "jobBenefits": "Benefits", "incentiveCompensation": "Incentives", "physicalRequirement": "Requirements",
}  # fmt: skip
_TAKEN = (
    "@context", "@type", "@id", "title", "name", "description", "datePosted", "dateModified",
    "employmentType", "hiringOrganization", "identifier", "jobLocation", "jobLocationType",
    "applicantLocationRequirements", "baseSalary", "salaryCurrency", "url", "inLanguage", *_SECTIONS,
)  # fmt: skip
_SKIPPED = {
    "validThrough": "set far ahead, or long past while the posting stands; what is gone two crawls say",
    "estimatedSalary": "an estimate, not a stated pay",
    "directApply": "whether the page itself takes applications",
    "industry": "the site's own word; industry is read from the text",
    "occupationalCategory": "a code the site chose",
    "experienceInPlaceOfEducation": "stands in the text",
    "image": "a picture",
    "logo": "a picture",
    "totalJobOpenings": "rarely kept up to date",
    "employerOverview": "about the employer, not the job",
    "employmentUnit": "the department's address",
    "jobImmediateStart": "not counted",
    "jobStartDate": "not counted",
    "mainEntityOfPage": "the page's own address",
    "sameAs": "another address of the page",
    "applicationContact": "personal data",
    "potentialAction": "the application form",
    "securityClearanceRequirement": "stands in the text",
    "specialCommitments": "not counted",
    "eligibilityToWorkRequirement": "stands in the text",
    "relevantOccupation": "a code the site chose",
    "publisher": "the site",
    "keywords": "the site's own labels",
}
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,300}>")
_RANGE = re.compile(r"(\D{0,4}\d[\d.,\s]{0,12}k?)\s*(?:-|–|—|to)\s*(\D{0,4}\d[\d.,\s]{0,12}k?)")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6});")


def account(source: str) -> Account:
    """The account of fields that a connector keeps which reads JobPosting nodes."""
    return Account(source, taken=_TAKEN, skipped=_SKIPPED)


def posting(
    node: dict[str, Any], *, source: str, board: str, source_id: str, url: str, employer: str, seen: Stamp | None
) -> Posting:
    """Return the posting of one JobPosting node; ``employer`` stands in where the node names none.

    ``jobLocationType`` TELECOMMUTE is schema.org's word for a fully remote job. A date or an amount that is none is
    left out and reported: sites write them by hand ("competitive", "3 days ago").
    """
    body = _body(node)
    return Posting(
        source=source,
        board=board,
        source_id=source_id,
        requisition=_identifier(node.get("identifier")),
        url=text(node.get("url")) or url,
        title=_name(node.get("title")) or _name(node.get("name")),
        employer=_name(node.get("hiringOrganization")) or employer,
        html=body if _TAG.search(body) else "",
        text="" if _TAG.search(body) else entities.unescape(body),
        places_raw=once(_places(node)),
        work_mode_raw=joined(*many(node.get("jobLocationType"))),
        employment_raw=joined(*many(node.get("employmentType"))),
        language_raw=_name(node.get("inLanguage")),
        pay=tuple(_pay(node, source)),
        first_published=_moment(node, "datePosted", source),
        last_published=_moment(node, "dateModified", source),
        seen=seen,
    )


def _moment(node: dict[str, Any], field: str, source: str) -> Stamp | None:
    """A date as anybody may write it; one that cannot be read, or may be two days, is none."""
    said = _name(node.get(field))
    try:
        return when(said, field)
    except ValueError:
        unreadable(source, field)
        return None


def expired(node: dict[str, Any], at: Stamp | None) -> bool:
    """Whether ``validThrough`` lies before ``at``: sites leave the pages of closed postings standing."""
    try:
        until = stamp(node.get("validThrough"), "validThrough")
    except ValueError:
        return False
    return until is not None and at is not None and until.at < at.at


def _body(node: dict[str, Any]) -> str:
    """Description and the sections that it does not already hold, each under its heading."""
    main = "\n".join(_unescaped(text(part)) for part in many(node.get("description")))
    parts = [main]
    flat = _flat(main)
    for field, heading in _SECTIONS.items():
        words = _words(node.get(field))
        if words and _flat(words) not in flat:
            parts.append(f"<h3>{heading}</h3>\n{words if _TAG.search(words) else f'<p>{words}</p>'}")
    return "\n".join(part for part in parts if part.strip())


def _words(value: Any) -> str:
    """The words of a section: text, a list of them, or an object that states months or a credential."""
    if isinstance(value, list):
        items = [words for words in (_words(part) for part in value) if words]
        return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>" if len(items) > 1 else "".join(items)
    if isinstance(value, dict):
        months = value.get("monthsOfExperience")
        if months not in (None, ""):
            return f"{months} months of experience"
        return joined(value.get("name"), value.get("credentialCategory"), value.get("description"))
    return _unescaped(text(value)).strip()


def _unescaped(words: str) -> str:
    """HTML as it was before it was escaped once more; a bare text whose items "&nbsp;" divides gets line breaks."""
    words = unescaped(words)
    if not _TAG.search(words) and _ENTITY.search(words):
        words = re.sub(r"&nbsp;(?=[A-Z0-9])", "<br>", words)
    return words


def _flat(words: str) -> str:
    return re.sub(r"\W+", " ", entities.unescape(_TAG.sub(" ", words))).strip().lower()


def _identifier(value: Any) -> str:
    return joined(record(value).get("value")) if isinstance(value, dict) else joined(*many(value)[:1])


def _name(value: Any) -> str:
    """The name of a thing that may be given as a text, an object, or a list of either."""
    if isinstance(value, list):
        return next((name for name in (_name(part) for part in value) if name), "")
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("alternateName") or value.get("@value"))
    return entities.unescape(text(value)).strip()


def _places(node: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every location; where a remote job has none, the countries that applicants may live in."""
    where_at = enumerate(many(node.get("jobLocation")))
    given = _each_its_own([place for number, where in where_at for place in _place(where, f"/jobLocation/{number}")])
    if not given:
        allowed = [_name(where) for where in many(node.get("applicantLocationRequirements"))]
        at = "/applicantLocationRequirements"
        given = [StatedPlace(name, pointer=f"{at}/{number}") for number, name in enumerate(allowed) if name]
    yield from given


def _each_its_own(given: list[StatedPlace]) -> list[StatedPlace]:
    """Places without the address of another: some sites print the first one's address below every place's name."""
    names: dict[tuple[str, str, str], set[str]] = {}
    for place in given:
        names.setdefault((place.city, place.region, place.country), set()).add(place.text)
    return [
        StatedPlace(place.text, pointer=place.pointer)
        if place.city not in place.text and len(names[place.city, place.region, place.country]) > 1
        else place
        for place in given
    ]


def _place(where: Any, pointer: str) -> Iterator[StatedPlace]:
    if isinstance(where, str):
        if where.strip():
            yield StatedPlace(where.strip(), pointer=pointer)
        return
    named = _name(where)
    for address in many(record(where).get("address")) or [{}]:
        if isinstance(address, str):
            yield StatedPlace(named or address.strip(), pointer=pointer)
            continue
        city, region, country = (
            _name(record(address).get(part)) for part in ("addressLocality", "addressRegion", "addressCountry")
        )
        printed = named or joined(city, region, country)
        if printed:
            yield StatedPlace(printed, city, region, country, pointer)


def _pay(node: dict[str, Any], source: str) -> Iterator[StatedPay]:
    """Every stated range; what is no amount is reported, and left to the text."""
    salaries = many(node.get("baseSalary"))
    for number, salary in enumerate(salaries):
        if not isinstance(salary, dict):
            continue  # a bare number has no period
        for amount in many(salary.get("value")) or [salary]:
            part = amount if isinstance(amount, dict) else {"value": amount, "unitText": salary.get("unitText")}
            low, high = _ends(part)
            try:
                yield from ranges(
                    low, high,
                    currency=salary.get("currency") or part.get("currency") or node.get("salaryCurrency"),
                    period=part.get("unitText") or part.get("unitCode") or salary.get("unitText"),
                    pointer="/baseSalary" if len(salaries) == 1 else f"/baseSalary/{number}",
                )  # fmt: skip
            except ValueError:
                unreadable(source, "baseSalary")


def _ends(part: dict[str, Any]) -> tuple[Any, Any]:
    """The ends of a range: two fields, one value, or a value that holds both in words.

    >>> _ends({"value": "40,000 - 50,000"}), _ends({"minValue": 20, "maxValue": 25})
    (('40,000', '50,000'), (20, 25))
    """
    value = part.get("value")
    m = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    low, high = (m[1].strip(), m[2].strip()) if m else (value, value)
    return part.get("minValue") or low, part.get("maxValue") or high
