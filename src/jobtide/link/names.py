"""Which postings under two names of an employer are one vacancy after all?

Free texts name their employer in their own first line, one month as "Quince", the next as "Quince Mills", by its
address, after a change of name, or not at all. Two names are one employer's where the texts are editions of one
advertisement and something ties the names: half of the words are the same; one name holds the other and each text
begins with its own; both texts print one address; or one text stands under the board's name, because it names nobody a
reader could find, and prints the other's. Names over texts whose titles a board states stay two.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import re2

from jobtide.link.bodies import Body, bodies
from jobtide.link.candidates import Signed
from jobtide.link.headlines import named
from jobtide.link.titles import tokens
from jobtide.link.verify import Side, agree, both, kin, same, similarity, stated

_SHORTEST = 4  # letters; a shorter name is held by many by chance
_BEGINNING = 300  # characters of a text in which it names its employer
_COPIED = 0.5  # of a text: nobody else's advertisement has so many of its words, whatever its author's name is now
_ESTIMATE = 0.4  # of the signature's values: less is no edition
_UNNAMED = 3  # texts under a name that none of them prints: it is the board's ...
_BY_CHANCE = 0.05  # ... also if few do ("Who is hiring")
_HOST = re2.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|co|io|net|org|ai|me|us|ly|is|de|fr|eu|ca|tv|edu|gov|in|it|se|nl|ch|cc|uk|au|app|dev)\b"
)
_SECOND = frozenset(("co", "com", "org", "ac", "net"))  # before a country: "example.co.uk" is one name
# Other people's pages, which many employers' texts print.
_SHARED_HOSTS = """
ycombinator google goo youtube youtu vimeo twitter facebook linkedin lnkd github stackoverflow stackshare medium
wikipedia crunchbase techcrunch angel bit tinyurl grnh greenhouse lever workable jobvite recruitee theresumator
resumator jazz breezy smartrecruiters icims taleo typeform jobscore applytojob bamboohr recruiterbox breezyhr wufoo
wired forbes nytimes wsj bloomberg businessinsider venturebeat economist theverge amazonaws herokuapp dropbox indeed
glassdoor monster eventbrite meetup slideshare surveymonkey gmail apple amazon microsoft node asp example themuse
"""
_OTHERS = frozenset(_SHARED_HOSTS.split())


def one_name(one: str, other: str) -> bool:
    """Return whether one of two employer ids holds the other.

    >>> one_name("quince", "quincemills"), one_name("quincemills", "quincegarden"), one_name("oat", "oatmill")
    (True, False, False)
    """
    return min(len(one), len(other)) >= _SHORTEST and (one in other or other in one)


def addresses(text: str) -> frozenset[str]:
    """Return the domains that a text prints, save those on which many employers have pages.

    >>> sorted(addresses("Write to jane at mail.quince.co.uk or see https://github.com/quince, plum.io/jobs"))
    ['plum.io', 'quince.co.uk']
    """
    found = (host.split(".") for host in _HOST.findall(text.casefold()))
    named = (host[-3:] if len(host) > 2 and host[-2] in _SECOND else host[-2:] for host in found)
    return frozenset(".".join(host) for host in named if host[0] not in _OTHERS)


def under_one_name(ordered: pa.Table, heads: Mapping[int, int], marks: Signed) -> list[int]:
    """Return the first posting of each posting's vacancy once names are one, for postings given earliest first.

    ``heads``: the first posting within its employer, by row. Two vacancies become one where a member of one is an
    edition of a member of the other, never across two roles or levels that were read.
    """
    posts = _Posts.of(ordered)
    first = dict(heads)
    known = dict.fromkeys(first.values(), ("", ""))
    for row, head in first.items():
        known[head] = both(known[head], stated(posts.plain(row)))
    for row, other in _alike(posts, marks):
        one, two = sorted((root(first, row), root(first, other)))
        if one == two or not agree(known[one], known[two]):
            continue
        if posts.same(row, other) and posts.tied(row, other) and posts.kin(one, two):
            first[two] = one
            known[one] = both(known[one], known[two])
    return [root(first, row) for row in range(ordered.num_rows)]


def root(first: Mapping[int, int], row: int) -> int:
    """Follow first postings to the one that is its own."""
    while first[row] != row:
        row = first[row]
    return row


def _alike(posts: "_Posts", marks: Signed) -> Iterator[tuple[int, int]]:
    """Pairs of free texts under two names whose signatures are alike, the later one first.

    A key keeps the first posting of each of its first two names: any third finds one of them.
    """
    holders: dict[Hashable, dict[str, int]] = {}
    for row, employer in enumerate(posts.employers):
        if marks.empty[row]:
            continue
        near: set[int] = set()
        for key in marks.narrow[row].tolist():
            held = holders.setdefault(key, {})
            near.update(other for name, other in held.items() if name != employer)
            if len(held) < 2:
                held.setdefault(employer, row)
        for other in sorted(near):
            alike = (marks.minhash[row] == marks.minhash[other]).mean() >= _ESTIMATE
            if alike and posts.free(row) and posts.free(other):
                yield row, other


@dataclass(slots=True)
class _Posts:
    """The postings as they are compared across names; each is looked at when a first pair needs it."""

    employers: Sequence[str]
    columns: tuple[Sequence[str], ...]  # title, text, role, seniority
    rows_of: Mapping[str, Sequence[int]]
    _sides: dict[int, Side] = field(default_factory=dict)
    _unnamed: dict[str, bool] = field(default_factory=dict)
    _addresses: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ordered: pa.Table) -> "_Posts":
        columns = tuple([value or "" for value in ordered[name].to_pylist()] for name in _COLUMNS)
        employers = ordered["employer"].to_pylist()
        rows_of: dict[str, list[int]] = {}
        for row, employer in enumerate(employers):
            rows_of.setdefault(employer, []).append(row)
        return cls(employers, columns, rows_of)

    def plain(self, row: int) -> Side:
        """A side that only says which role and level were read."""
        return Side((), frozenset(), self.columns[2][row], self.columns[3][row], "")

    def free(self, row: int) -> bool:
        return self._side(row).headed

    def same(self, row: int, other: int) -> bool:
        """Whether two free texts are editions of one advertisement."""
        return same(self._side(row), self._side(other), self._bodies(row, other))

    def kin(self, row: int, other: int) -> bool:
        """Whether the first postings of two vacancies may stand in one."""
        return kin(self._side(row), self._side(other), self._bodies(row, other))

    def _bodies(self, row: int, other: int) -> tuple[Body, Body]:
        one, two = bodies([self.columns[1][row], self.columns[1][other]], [[0], [1]])
        return one, two

    def tied(self, row: int, other: int) -> bool:
        """Whether the names under which two free texts stand may be one employer's."""
        one, two = self.employers[row], self.employers[other]
        if one_name(one, two) and self._prints(row, one) and self._prints(other, two):
            return True
        if self._printed(row) & self._printed(other) or self._copied(row, other):
            return True
        return (self._is_board(one) and self._prints(row, two)) or (self._is_board(two) and self._prints(other, one))

    def _copied(self, row: int, other: int) -> bool:
        """Whether two texts with a title share half of their words; a file without titles may hold an agency's."""
        titled = all(self.columns[0][at] for at in (row, other))
        return titled and similarity(*(body.whole for body in self._bodies(row, other))) >= _COPIED

    def _printed(self, row: int) -> frozenset[str]:
        if row not in self._addresses:
            self._addresses[row] = addresses(self.columns[1][row])
        return self._addresses[row]

    def _prints(self, row: int, name: str) -> bool:
        """Whether a text begins with a name, however spaced."""
        return len(name) >= _SHORTEST and name in "".join(tokens(self.columns[1][row][:_BEGINNING]))

    def _is_board(self, name: str) -> bool:
        """Whether a name stands over several texts and next to none prints it."""
        if name not in self._unnamed:
            rows = self.rows_of[name]
            printed = sum(self._prints(row, name) for row in rows)
            self._unnamed[name] = len(rows) >= _UNNAMED and printed <= _BY_CHANCE * len(rows)
        return self._unnamed[name]

    def _side(self, row: int) -> Side:
        if row not in self._sides:
            rows = self.rows_of[self.employers[row]]
            titles, texts = ([column[at] for at in rows] for column in self.columns[:2])
            for at, (words, first) in zip(rows, named(titles, texts, self.employers[row]), strict=True):
                self._sides[at] = Side(
                    words, frozenset((str(at),)), self.columns[2][at], self.columns[3][at], "", first
                )
        return self._sides[row]


_COLUMNS = ("title", "text", "role", "seniority")
