"""Which openings, and which of their facts, stand behind a row? One entry a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from jobtide.market import against, employers, entry, experience, oews, pay_laws, qualifications, soc
from jobtide.market.figure import Figure, Row
from jobtide.market.openings import SPLITS, UNKNOWN
from jobtide.market.premium import PAID


@dataclass(frozen=True, slots=True)
class Behind:
    """A condition on postings p, the joins it needs, and which facts prove it: ``kinds``, of ``concept`` if given.

    ``proved``: only openings with such a fact. Else the title stands for the words where an opening has none, as
    where a row counts what openings do not say.
    """

    kinds: tuple[str, ...] = ("role",)
    concept: str = ""
    proved: bool = False
    where: str = "true"
    joins: tuple[str, ...] = ()
    bound: Mapping[str, str | list[str]] = field(default_factory=dict)


# Questions whose rows are concepts that openings name -> the kind of fact.
_NAMED = {
    "skills": "skill",
    "duties": "duty",
    "proof": "proof",
    "certificates": "certification",
    "fields": "field_of_study",
}
# Questions whose rows are skills in a window of time.
_OVER_TIME = ("rising", "falling", "trend")
# Questions whose rows are groups of a split -> the split, and the facts that say so.
_SPREAD = {
    "roles": ("role", ("role",)),
    "seniority": ("seniority", ("seniority", "years_min")),
    "work_mode": ("work_mode", ("work_mode",)),
    "industries": ("industry", ("industry",)),
    "employer_kinds": ("employer_kind", ("employer_kind",)),
}
_DEGREES = ("degree_required", "degree_preferred", "degree_or_equivalent")
_BEGINS = ("seniority", "years_min")
# Questions whose rows are groups of the figure's own split.
_GROUPS = {"pay": ("pay",), "pay_stated": ("pay",), "experience": ("years_min",), "places": ("place",)}


def behind(figure: Figure, row: Row | None) -> Behind:
    """Return what stands behind ``row``, or behind the whole figure where it is None.

    A question that is not known here is proved by its openings' titles and roles.
    """
    name, key = figure.figure, row.key if row is not None else ""
    group, _, concept = key.rpartition("/") if figure.group and name != "places" else ("", "", key)
    if name == "new_terms" and row is not None:
        return Behind(where="q.version = $quoted", bound={"quoted": str(row.more["version"])})
    if name in _OVER_TIME:
        return _naming("skill", key.rpartition("/")[2])
    if name in ("coverage", "location") and key and figure.group in _PLACED:
        return _PLACED[figure.group](key)
    if name in ("pairs", "bundles") and key:
        return _together(*key.split("+"))
    if name == "premium":
        return replace(_naming("skill", key), where=PAID) if key else Behind(("pay",), where=PAID)
    if name in _NAMED:
        return _in_group(figure, group, _naming(_NAMED[name], concept))
    if name in _SPREAD:
        by, kinds = _SPREAD[name]
        return _in_group(figure, group, _of(SPLITS[by], concept, kinds))
    if name == "years":
        return _in_group(figure, group, _of(experience.BUCKETS, concept, ("years_min",)))
    if name == "employer_sizes":
        return _in_group(figure, group, _of(employers.SIZE, concept, ("employer_size",)))
    if name == "qualifications":
        return _in_group(figure, group, _of(qualifications.part_of(concept), concept, _DEGREES))
    if name == "entry":
        return _entry(figure, key)
    if name == "pay_stated" and not figure.group:
        return _stating(figure, key)
    if name == "contrast":
        return _about(str(figure.parameters.get("about", "skills")), key)
    if name == "distances" and key:
        return Behind(where="p.role in ($one, $other)", bound=dict(zip(("one", "other"), key.split("/"), strict=True)))
    if name in ("employers", "concentration"):
        return _of(SPLITS["employer"], concept if name == "employers" else "", ("role",))
    whole = key if figure.group in ("city", "country", "state") else key.split("/")[0]
    return _in_group(figure, whole, Behind(_GROUPS.get(name, ("role",)), proved=name in _GROUPS))


def _entry(figure: Figure, key: str) -> Behind:
    """Openings for beginners: of a part of them, of a group, or those that have what is compared."""
    about = figure.parameters.get("about")
    if about == "employers":
        found = _of(SPLITS["employer"], key, _BEGINS)
    elif about is not None:
        found = _about(str(about), key)
    elif figure.group:
        found = _in_group(figure, key, Behind(_BEGINS))
    else:
        found = Behind(_BEGINS, where=entry.PARTS[key][1] if key in entry.PARTS else "true")
    return replace(found, where=f"{found.where} and {entry.ENTRY}")


def _stating(figure: Figure, key: str) -> Behind:
    """Openings that state pay: under a pay-range law or elsewhere, or those that have what is compared."""
    if (about := figure.parameters.get("about")) is not None:
        found = _about(str(about), key)
        return replace(found, where=f"{found.where} and p.pay_basis is not null")
    found = _of(pay_laws.group(figure.as_of), key if key in pay_laws.LABELS else "", ("pay",))
    return replace(found, proved=True)


def _about(about: str, concept: str) -> Behind:
    """Openings that have what two groups are compared in."""
    sort, name = against.kind_of(about)
    return (
        Behind((name,), concept, proved=True) if sort == "fact" else _of(SPLITS[name], concept, (name, *_DEGREES[:1]))
    )


def _naming(kind: str, concept: str) -> Behind:
    """Openings that state a fact; under "unknown" those that state none of its kind."""
    if concept != UNKNOWN:
        return Behind((kind,), concept, proved=True)
    return Behind(where=f"not exists (from fact u where u.version = p.version and u.kind = '{kind}')")


def _closest(occupation: str) -> Behind:
    """Openings whose role is closest to an occupation."""
    roles = [role for role in soc.ROLE_TO_SOC if soc.occupations(role)[0].soc == occupation]
    return Behind(where="list_contains($closest, p.role)", bound={"closest": roles})


def _metro(area: str) -> Behind:
    """Openings with a place in a city that the area's title names."""
    where = """p.no in (select no from opening_place where country = 'US'
        and list_contains($cities, lower(city) || '/' || region))"""
    return Behind(("place",), where=where, bound={"cities": oews.cities_of(area)})


# Splits that only these questions have.
_PLACED: dict[str, Callable[[str], Behind]] = {
    "role": _closest,
    "metro": _metro,
    "source": lambda key: Behind(where="p.source = $source", bound={"source": key}),
}


def _together(*skills: str) -> Behind:
    """Openings that name all of some skills, shown by the last."""
    where = """(select count(distinct u.concept) from fact u where u.version = p.version and u.kind = 'skill'
        and u.need <> 'negated' and list_contains($together, u.concept)) = len($together)"""
    return Behind(("skill",), skills[-1], proved=True, where=where, bound={"together": list(skills)})


def _of(of: tuple[str, str], concept: str, kinds: tuple[str, ...]) -> Behind:
    """Openings of one group of ``of``, an expression and its join; of all groups where none is named."""
    if not concept:
        return Behind(kinds)
    return Behind(kinds, where=f"{of[0]} = $of", joins=(of[1],), bound={"of": concept})


def _in_group(figure: Figure, group: str, found: Behind) -> Behind:
    """``found`` within one group of the figure's split, where it has one."""
    if not group or figure.group not in SPLITS:
        return found
    expression, join = SPLITS[figure.group]
    return replace(
        found, where=f"{found.where} and {expression} = $in_group", joins=(*found.joins, join),
        bound={**found.bound, "in_group": group},
    )  # fmt: skip


SQL = """
    select p.posting, p.title, p.employer_name as employer, p.url,
        coalesce(f.field, 'title') as field, coalesce(f.start, 0) as start, coalesce(f."end", strlen(p.title)) as "end",
        case when f.kind is null then p.title when f.kind = 'pay' and f.words = '' then
            format('{:,.0f} to {:,.0f} {} a {}', f.low, f.high, f.currency, f.period) else f.words end as words
    from posting p {joins} {how} join fact f on f.version = p.version and list_contains($kinds, f.kind)
        and ($concept = '' or f.concept = $concept) and ($basis = '' or f.basis = $basis)
        and coalesce(f.need, '') <> 'negated'
    where {where} and {behind}
    order by md5(p.posting), f.concept is distinct from $first, f.ord
"""


def statement(found: Behind) -> str:
    """Return the statement that lists the openings behind a row with their facts; ``{where}`` is the filters'."""
    how = "" if found.proved else "left"
    return SQL.replace("{joins}", " ".join(found.joins)).replace("{how}", how).replace("{behind}", found.where)


def parameters(figure: Figure, found: Behind) -> dict[str, object]:
    """Return what ``statement`` binds."""
    basis = str(figure.parameters.get("basis", "")) if "pay" in found.kinds else ""
    first = found.concept or found.bound.get("of", "")
    return {"kinds": list(found.kinds), "concept": found.concept, "basis": basis, "first": first, **found.bound}
