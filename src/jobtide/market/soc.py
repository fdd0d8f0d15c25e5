"""Which official occupations stand beside a role? One table; no code exists for "machine learning engineer".

SOC 2018 codes of the US Standard Occupational Classification, as OEWS publishes them. ``nearest`` marks a code
whose definition covers other work too: its wage is a landmark beside the role, never the role's own wage.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occupation:
    """A SOC code that stands beside a role; ``nearest`` if the definition is wider or lies beside it."""

    soc: str
    nearest: bool


_COMPUTER_MANAGERS = "11-3021"  # Computer and Information Systems Managers
_RESEARCHERS = "15-1221"  # Computer and Information Research Scientists
_DATABASE_ARCHITECTS = "15-1243"  # names data warehousing among its titles
_DEVELOPERS = "15-1252"  # Software Developers
_DATA_SCIENTISTS = "15-2051"  # names business intelligence analysts among its titles

# Every computer and mathematical occupation: the frame that a sample of technical openings is held against.
FRAME = "15-0000"
# Where one code must stand for the whole ML, AI and data family: the only one defined by their work.
FAMILY = Occupation(_DATA_SCIENTISTS, nearest=True)


def _near(*codes: str) -> tuple[Occupation, ...]:
    return tuple(Occupation(code, nearest=True) for code in codes)


def _same(code: str) -> tuple[Occupation, ...]:
    return (Occupation(code, nearest=False),)


# In order of closeness. A role without an entry has no occupation that would not mislead: product managers are
# spread over several codes, robotics engineers are in a code that the slice lacks (17-2199) and get the nearest.
ROLE_TO_SOC: dict[str, tuple[Occupation, ...]] = {
    "ml_engineer": _near(_DATA_SCIENTISTS, _DEVELOPERS, _RESEARCHERS),
    "ai_engineer": _near(_DEVELOPERS, _DATA_SCIENTISTS),
    "research_scientist": _same(_RESEARCHERS),
    "research_engineer": _near(_RESEARCHERS, _DEVELOPERS),
    "data_scientist": _same(_DATA_SCIENTISTS),
    "mlops_engineer": _near(_DEVELOPERS),
    "nlp_engineer": _near(_DEVELOPERS, _RESEARCHERS),
    "computer_vision_engineer": _near(_DEVELOPERS, _RESEARCHERS),
    "robotics_autonomy_engineer": _near(_DEVELOPERS),
    "data_engineer": _near(_DATABASE_ARCHITECTS, _DEVELOPERS),
    "data_analyst": _near(_DATA_SCIENTISTS),
    "analytics_engineer": _near(_DATA_SCIENTISTS, _DATABASE_ARCHITECTS),
    "software_engineer": _same(_DEVELOPERS),
    "ml_manager": _near(_COMPUTER_MANAGERS),
}


def occupations(role: str) -> tuple[Occupation, ...]:
    """Return the occupations beside ``role``, closest first; none where every code would mislead.

    >>> [o.soc for o in occupations("ml_engineer")], occupations("data_ai_product_manager")
    (['15-2051', '15-1252', '15-1221'], ())
    """
    return ROLE_TO_SOC.get(role, ())


def closest(role: str | None) -> Occupation:
    """Return the one occupation for a map or a headline: the role's closest, the family's where it has none."""
    found = occupations(role) if role else ()
    return found[0] if found else FAMILY
