"""How does HTML look whose elements stand in one another without end, once the deepest are left out?

A parser asks the open elements anew at every tag, so a page of nothing but opened blocks costs it the square of its
length. Browsers stop nesting after some hundred elements too; real postings have six.
"""

import re

DEEPEST = 256  # elements inside one another; what is deeper begins a line, as a block does, and nests no further
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
# The next of its kind closes these, so they stand one behind the other wherever nobody wrote their ends.
_CLOSED_BY_NEXT = frozenset({"p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup"})
# Elements that a parser opens anew in every block behind the one they were left open in: three alike at most, but
# all that differ in their attributes, which is the square again.
_REOPENED = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_MAY_HIDE = re.compile(r"(?i)hidden|display")
_KEPT = (
    16  # elements that keep attributes which may hide text, or whose quotes are odd: there a value holds the bracket
)
_PASSED = _VOID | _CLOSED_BY_NEXT


def bounded(html: str, inline: frozenset[str]) -> str:
    """Return ``html`` with no element deeper than ``DEEPEST``: a deeper block is a line break, an inline one nothing.

    Linear in the text. Attributes of bold and the like are left out, as nothing shows by them; a page of few tags
    comes back as it is.

    >>> deep = bounded("<div>x" * 300, frozenset())
    >>> deep.count("<div>"), deep.count("<br>")
    (256, 44)
    """
    if html.count("<") <= DEEPEST:
        return html
    out: list[str] = []
    stack = _Open(inline)
    done = kept = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _PASSED:
            continue
        if (stack.close(name) if tag[1] else stack.open(name)) > DEEPEST:
            out += html[done : tag.start()], "" if name in inline else "<br>"
            done = tag.end()
        elif name in _REOPENED and tag.end() - tag.start() > len(name) + 2 and not tag[1]:
            keeps = _matters(tag[0])
            kept += keeps
            if not keeps or kept > _KEPT:
                out += html[done : tag.start()], f"<{name}>"
                done = tag.end()
    return "".join(out) + html[done:] if out else html


def _matters(tag: str) -> bool:
    """Whether text may be hidden by the tag's attributes, or the tag ends later than it seems to."""
    return bool(_MAY_HIDE.search(tag)) or tag.count('"') % 2 == 1 or tag.count("'") % 2 == 1


class _Open:
    """The elements open at one point of a page, as a parser keeps them."""

    def __init__(self, inline: frozenset[str]) -> None:
        self._inline = inline
        self._names: list[str] = []
        self._held: dict[str, int] = {}
        self._ended: dict[str, int] = {}  # inline elements closed before the blocks in them, which stay open

    def open(self, name: str) -> int:
        """Open an element; return how deep it stands."""
        self._names.append(name)
        self._held[name] = self._held.get(name, 0) + 1
        return len(self._names)

    def close(self, name: str) -> int:
        """Close the innermost ``name`` and what stands in it; return how deep it stood, 0 if none is open."""
        if not self._held.get(name):
            return 0
        if name in self._inline and self._names[-1] not in self._inline:
            self._held[name] -= 1
            self._ended[name] = self._ended.get(name, 0) + 1
            return 0
        deep = len(self._names)
        while self._drop() != name:
            deep -= 1
        while self._names and self._ended.get(self._names[-1]):
            self._ended[self._names.pop()] -= 1
        return deep

    def _drop(self) -> str:
        name = self._names.pop()
        if self._ended.get(name):
            self._ended[name] -= 1
            return ""
        self._held[name] -= 1
        return name
