"""Are two postings of one employer the same vacancy?

Decided on the titles and on the texts themselves, never on the signature: under the same title the job's own lines
may differ somewhat (a place, a pay range, local benefits), a longer or translated title needs the same text; of free
texts, whose titles are pieces of their first lines, the texts decide. The figures were set on pairs of
tests/link/pairs.jsonl and checked on its sets "held", "fresh", "blind" and "late" before those were looked at; those
of free texts, and of titles that add a function, were set anew on "wide" and "fourth" to "ninth".
"""

from dataclasses import dataclass

import numpy as np

from jobtide.link.bodies import Body
from jobtide.link.headlines import headlines, one_role
from jobtide.link.likeness import Likeness, levels_differ, likeness
from jobtide.link.roles import kept
from jobtide.link.words import U64

_WHOLE = 0.88  # of the whole text: what is left over is no other job, whatever lines it stands in
_WHOLE_SAME_YEARS = 0.80
_REPOST = 0.80  # at the same place
_REPOST_OTHER_YEARS = 0.94  # with less it is two levels of one team
_REPOST_OWN = 0.80  # an edited repost keeps the job's own lines; with less it is a neighbouring team's job
_REPOST_OWN_ALONE = 0.95  # the job's own lines as they were under a new introduction
_OWN = 0.55  # of the job's own lines, if there are enough of them
_OWN_OTHER_YEARS = 0.70
_FEWEST_OWN = 60  # shingles; fewer carry no weight of their own: the text is the employer's template, so ...
_WHOLE_TEMPLATE = 0.70  # ... it is the whole that must agree
_SHORTEST = 8  # shingles; a text of fewer words says too little to join anything
# Of the whole text, under an unlike title at another place.
_UNLIKE = {Likeness.ADDITION: 0.95, Likeness.NARROWER: 0.99, Likeness.TRANSLATED: 0.92, Likeness.OTHER_WORDS: 0.97}
# Of the whole text and of the job's own lines, of which there are _FEW_OWN shingles, where one title adds a function.
_NARROWER = (0.85, 0.93)
_NARROWER_HERE = (0.985, 0.95)
_FEW_OWN = 40
# Of two free texts with a headline each: next month's edition has other numbers, places and one more role in its list.
_EDITION = 0.39
_EDITION_ROLES_GONE = 0.35  # more, by the share of the roles that the other does not name
_EDITION_NARROWED = 0.55  # where one title adds a level ("or intern"), or alone names a single role
_EDITION_ADDED = 0.65  # where both titles name one role, and one adds a word to it
_KIN = 0.6  # what a chain of small edits may lose at most ...
_KIN_HERE = 0.8  # ... side by side, where no other place explains a difference ...
_KIN_FREE = 0.2  # ... and over many editions of a free text, each of which shares twice as much with the last
_ROLES_KEPT = 0.5  # of the shorter list; with less it is another list
_DECIDED_BY_TEXT = frozenset((Likeness.SAME, Likeness.HEADLINE, Likeness.NARROWER))
_TRANSLATED_HERE = 0.985  # side by side: no more than the title's own words, where the text repeats them
_BILINGUAL = 0.95  # of the shorter text, within one that says the same in a second language besides
_BOTH_HOURS = frozenset(("full", "part"))
_UNKNOWN = frozenset(("", "unstated"))


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of a posting when it is compared with another."""

    title: tuple[str, ...]
    where: frozenset[str]  # the words of the location and of the title that name places
    role: str
    seniority: str
    exact: str
    headed: bool = False  # the title is the text's own first line


def stated(side: Side) -> tuple[str, str]:
    """Return the role and the level that were read, "" for none."""
    role, level = (value if value not in _UNKNOWN else "" for value in (side.role, side.seniority))
    return role, level


def agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two pairs of role and level hold no two that were read and differ."""
    return all(not (ours and theirs) or ours == theirs for ours, theirs in zip(one, other, strict=True))


def both(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Return the role and the level that either of two pairs that agree has read."""
    return one[0] or other[0], one[1] or other[1]


def similarity(one: U64, other: U64) -> float:
    """Return the Jaccard similarity of two sorted arrays of distinct hashes; 0 if either is empty."""
    if not len(one) or not len(other):
        return 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def contained(one: U64, other: U64) -> float:
    """Return the share of the smaller of two sorted arrays of distinct hashes that the other holds; 0 if empty."""
    smaller = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 0.0


def may_join(one: Side, other: Side) -> Likeness:
    """Return how the titles stand to each other; DIFFERENT also if role or level were read and differ."""
    if _differ(one.role, other.role) or _differ(one.seniority, other.seniority):
        return Likeness.DIFFERENT
    return (headlines if one.headed and other.headed else likeness)(one.title, other.title)


def _differ(one: str, other: str) -> bool:
    return one != other and one not in _UNKNOWN and other not in _UNKNOWN


def same(one: Side, other: Side, bodies: tuple[Body, Body]) -> bool:
    """Say whether two postings of one employer are one vacancy; symmetric."""
    alike = may_join(one, other)
    if alike is Likeness.DIFFERENT or min(len(body.whole) for body in bodies) < _SHORTEST:
        return False
    if {body.hours for body in bodies} == _BOTH_HOURS:
        return False
    whole = similarity(bodies[0].whole, bodies[1].whole)
    if one.headed and other.headed and alike in _DECIDED_BY_TEXT:
        if _same_edition(one, other, whole, bodies):
            return True
        if not one_role(one.title) and kept(bodies[0].roles, bodies[1].roles) < _ROLES_KEPT:
            return False
    if alike is Likeness.SAME:
        # Side by side, no other place explains a difference: an edited repost, or a sister job on one template.
        return _same_reposted(whole, *bodies) if one.where == other.where else _same_text(whole, *bodies)
    return alike is not Likeness.HEADLINE and _same_under_unlike(alike, one, other, whole, bodies)


def _same_under_unlike(alike: Likeness, one: Side, other: Side, whole: float, bodies: tuple[Body, Body]) -> bool:
    """Whether two texts under unlike stated titles are one job's."""
    if alike is Likeness.RENAMED:
        return one.exact == other.exact and one.where == other.where and len(bodies[0].own) >= _FEWEST_OWN
    if alike is Likeness.NARROWER and _same_but_for_a_word(one.where == other.where, whole, *bodies):
        return True
    if one.where != other.where:
        bilingual = alike is Likeness.TRANSLATED and contained(bodies[0].whole, bodies[1].whole) >= _BILINGUAL
        return (bilingual or whole >= _UNLIKE[alike]) and not _other_years(*bodies)
    # Side by side, an unlike title is a sister job on one template, unless it only adds a word to the same text, or
    # translates it, where the text may name the job in the other language.
    if alike is Likeness.TRANSLATED and whole >= _TRANSLATED_HERE:
        return True
    return alike is not Likeness.OTHER_WORDS and one.exact == other.exact


def _same_but_for_a_word(here: bool, whole: float, one: Body, other: Body) -> bool:
    """Whether one title adds a function to a text of which the job's own lines stay as they are."""
    enough, own = _NARROWER_HERE if here else _NARROWER
    if whole < enough or min(len(one.own), len(other.own)) < _FEW_OWN or _other_years(one, other):
        return False
    return similarity(one.own, other.own) >= own


def kin(one: Side, other: Side, bodies: tuple[Body, Body]) -> bool:
    """Say whether a posting may stand in a vacancy beside ``other``, whose text a further member carried on to it."""
    free = one.headed and other.headed
    floor = _kin_of_free(one, other) if free else _KIN_HERE if one.where == other.where else _KIN
    if may_join(one, other) is Likeness.DIFFERENT or similarity(bodies[0].whole, bodies[1].whole) < floor:
        return False
    return not free or kept(bodies[0].roles, bodies[1].roles) >= _ROLES_KEPT


def _kin_of_free(one: Side, other: Side) -> float:
    return _EDITION_NARROWED if levels_differ(one.title, other.title) else _KIN_FREE


def _same_edition(one: Side, other: Side, whole: float, bodies: tuple[Body, Body]) -> bool:
    """Whether two free texts are editions of one advertisement: for no other roles or level."""
    left = kept(bodies[0].roles, bodies[1].roles)
    enough = _EDITION + _EDITION_ROLES_GONE * (1 - left) if left >= _ROLES_KEPT else 1.0
    single = one_role(one.title), one_role(other.title)
    if all(single):
        if set(one.title) == set(other.title):
            return whole >= _EDITION
        enough = max(enough, 1.0 if _other_years(*bodies) else _EDITION_ADDED)
    if any(single) != all(single) or levels_differ(one.title, other.title):
        enough = max(enough, _EDITION_NARROWED)
    return whole >= enough


def _same_reposted(whole: float, one: Body, other: Body) -> bool:
    """Whether two texts under one title at one place are an edited repost, not a sister job or another shift."""
    if one.nights != other.nights and whole < 1.0:
        return False
    if whole >= _REPOST_OTHER_YEARS:
        return True
    if _other_years(one, other):
        return False
    if min(len(one.own), len(other.own)) < _FEWEST_OWN:
        return whole >= _REPOST
    own = similarity(one.own, other.own)
    return own >= (_REPOST_OWN if whole >= _REPOST else _REPOST_OWN_ALONE)


def _same_text(whole: float, one: Body, other: Body) -> bool:
    """Whether two texts under one title at two places are one job's: as a whole, else in the job's own lines."""
    years_differ = _other_years(one, other)
    if whole >= (_WHOLE if years_differ else _WHOLE_SAME_YEARS):
        return True
    if min(len(one.own), len(other.own)) < _FEWEST_OWN:
        return not years_differ and whole >= _WHOLE_TEMPLATE
    return similarity(one.own, other.own) >= (_OWN_OTHER_YEARS if years_differ else _OWN)


def _other_years(one: Body, other: Body) -> bool:
    """Whether each names a number of years that the other does not: "5-8" for "5+" is an edit."""
    return bool(one.years - other.years and other.years - one.years)
