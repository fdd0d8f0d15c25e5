"""Do two free texts, whose titles are their own first lines, name the same job?

An advertisement in a forum has no field for a title: what stands there is its first line or a part of it, with the
employer, places, an address, several roles, and next month in other words. Such a title says nothing that its text
does not say, so the texts decide, unless both name one role each and these differ.
"""

from collections.abc import Sequence, Set
from functools import lru_cache

import re2

from jobtide.link.likeness import CRAFTS, Likeness, likeness
from jobtide.link.titles import LINK, folded, functions, tokens, word_spans

_LINE = 300  # characters of a first line; a longer one is a paragraph, and what stands in it is no title
_BEGINNING = 120  # characters of words in which the title begins, where the line is longer
_LITTLE = 4  # words: "Job title: Miller, Bremen"
_WORDS = 6  # of a title that are looked for: a reader may have cut it short
_LONGEST = 7  # words of a title that is one role; a longer one is a sentence or a list
_CRAFTS = 2  # "Backend Python Engineer"; more are a list
_SEVERAL = frozenset(("role", "position", "opening", "type"))
_SEEKS = frozenset(("hiring", "hire", "hires", "seeking", "seeks", "looking", "join", "wanted", "visa", "h1b"))
_PARTS = re2.compile(r"\s/\s|;\s")  # what readers put between the parts of a line that they take for the title
_RULE = re2.compile(r"^[^\pL\pN]+")  # dashes and stars above a first line
# Words that name a person at work: a title without one is a line about the employer, with two a list of roles.
_PERSONS = """
engineer scientist researcher analyst architect designer writer copywriter editor recruiter sourcer counsel attorney
accountant controller auditor developer tester artist animator nurse therapist counselor physician pharmacist technician
teacher tutor coach trainer consultant advisor adviser specialist coordinator administrator assistant agent setter
strategist planner buyer driver cook chef barista cashier electrician plumber welder machinist operator mechanic
inspector representative executive officer manager director lead leader head chief president intern fellow associate
owner hacker ninja generalist instructor evangelist marketer technologist statistician mathematician linguist
"""
PERSONS = frozenset(_PERSONS.split())


def headed(title: str, text: str, employer: str) -> bool:
    """Return whether ``title`` is a piece of the first line of ``text``, or of its very beginning; True for no title.

    A first line that is one role and little else is a heading, which repeats a title that was stated, unless it names
    the ``employer`` (its id), as a free text must.
    """
    head = _RULE.sub("", text[: 2 * _LINE])
    return _begins(head, title, employer) or _begins(LINK.sub(" ", head), title, employer)


def _begins(head: str, title: str, employer: str) -> bool:
    """Whether ``title`` is a piece of the beginning of a text, ``head``."""
    line = head.split("\n", 1)[0]
    short = len(line) <= _LINE
    words = tokens(line if short else head)
    named = [tokens(part)[:_WORDS] for part in _PARTS.split(title)]
    if not any(named):
        return True
    where = " ".join(words)
    bare = not employer or employer not in "".join(words)
    if bare and _heading(tokens(title), words):
        return False
    latest = len(where) if short else _BEGINNING
    return all(0 <= where.find(" ".join(part)) < latest for part in named)


def named(
    titles: Sequence[str], texts: Sequence[str], employer: str, neutral: Set[str] = frozenset()
) -> list[tuple[tuple[str, ...], bool]]:
    """Return, for the texts of one employer, the folded title and whether it is the text's own first line.

    The employer's name is no part of a first line. Where half of an employer's texts are free, all are: the heading
    of a board's text repeats the title in nearly all of its texts or in none. No texts give none.
    """
    free = [headed(title, text, employer) for title, text in zip(titles, texts, strict=True)]
    if 2 * sum(free) >= len(free):
        free = [True] * len(free)
    return [
        (folded(_unnamed(title, employer) if first else title, neutral), first)
        for title, first in zip(titles, free, strict=True)
    ]


def _unnamed(title: str, employer: str) -> str:
    """``title`` without the first run of words that spells ``employer``, an id."""
    spans = word_spans(title) if employer else []
    for first, (start, _) in enumerate(spans):
        spelt = ""
        for from_, to in spans[first:]:
            spelt += title[from_:to].casefold()
            if spelt == employer:
                return title[:start] + title[to:]
            if not employer.startswith(spelt):
                break
    return title


def _heading(title: list[str], line: list[str]) -> bool:
    """Whether the words of a line are one role, which ``title`` names, and little else that seeks nobody."""
    role = one_role(tuple(word.rstrip("s") for word in title)) and len(line) - len(title) < _LITTLE
    return role and _SEEKS.isdisjoint(line)


def one_role(title: tuple[str, ...]) -> bool:
    """Return whether a folded title names one person at work: a role, no list of roles, no line about the employer."""
    single = _persons(title) == 1 and len(CRAFTS.intersection(title)) <= _CRAFTS
    return single and len(title) <= _LONGEST and _SEVERAL.isdisjoint(title)


def _persons(title: tuple[str, ...]) -> int:
    return sum(word in PERSONS for word in title)


@lru_cache(maxsize=65536)
def headlines(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Return how two folded first lines stand to each other; symmetric. HEADLINE where the texts must decide."""
    alike = likeness(one, other)
    if alike is Likeness.SAME:
        return alike
    if one_role(one) and one_role(other):
        return Likeness.HEADLINE if alike is Likeness.ADDITION else alike
    if not _persons(one) or not _persons(other):
        return Likeness.HEADLINE
    ours, theirs = (functions(title) - PERSONS for title in (one, other))
    unlike = bool(ours and theirs) and ours.isdisjoint(theirs)
    return Likeness.DIFFERENT if unlike else Likeness.HEADLINE
