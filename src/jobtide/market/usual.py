"""Which figures do readers ask for? The finite set that ids are looked up in and that an export holds."""

from collections.abc import Iterator, Mapping

from jobtide.market.against import ABOUT
from jobtide.market.ask import NAMES
from jobtide.market.filters import Filters
from jobtide.model import ROLES

Options = Mapping[str, str]
_BY_ROLE: tuple[Options, ...] = ({}, {"by": "role"}, {"by": "seniority"})
# Questions that are usually asked in more ways than one; any other is asked whole.
_WAYS: dict[str, tuple[Options, ...]] = {
    "skills": ({}, {"by": "role"}),
    "pay": ({}, {"by": "role"}, {"by": "seniority"}, {"by": "state"}, {"by": "work_mode"}, {"by": "country"}),
    "pay_stated": ({}, {"by": "role"}, {"by": "state"}, {"about": "roles"}, {"about": "work_mode"}),
    "places": ({}, {"by": "state"}, {"by": "city"}),
    "age": (*_BY_ROLE, {"by": "state"}),
    "coverage": ({}, {"by": "role"}, {"by": "source"}),
    "location": ({"by": "state"}, {"by": "metro"}),
    **dict.fromkeys(("growth", "flow", "time_open"), ({}, {"by": "role"})),
    "demand": ({}, {"by": "age"}, {"by": "seniority"}, {"by": "state"}, {"by": "country"}),
    **dict.fromkeys(
        (
            "industries",
            "work_mode",
            "qualifications",
            "fields",
            "certificates",
            "experience",
            "years",
            "duties",
            "proof",
        ),
        _BY_ROLE,
    ),
    "entry": ({}, {"by": "role"}, *({"about": about} for about in (*ABOUT, "employers"))),
    "contrast": tuple({"to": role} for role in ROLES),
    "official": ({}, {"by": "state"}, {"by": "city"}),
    "hiring": ({"by": "month"}, {"by": "country"}),
}


def usual(filters: Filters) -> Iterator[tuple[str, Options]]:
    """Yield each question with the options that it is usually asked with; a comparison of roles only with a role."""
    for name in NAMES:
        if name != "contrast" or filters.role is not None:
            for options in _WAYS.get(name, ({},)):
                if options.get("to") != filters.role or filters.role is None:
                    yield name, options
