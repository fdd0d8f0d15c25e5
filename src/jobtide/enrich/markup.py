"""Which lines does an HTML fragment show, and is each a paragraph, a list item or a heading?

Two ways, one answer. What boards publish is nearly always well nested, and then the tags can be read in one pass over
the string. Whatever a parser would have to repair or hide (misnested bold, tables, scripts, hidden elements, comments,
"<" as a sign) is given to a real HTML5 parser. A property test holds the two to the same lines.
"""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobtide.enrich import patterns
from jobtide.enrich.nesting import bounded

# A line: its words in UTF-8 with blanks collapsed, and what it is (paragraph, item, heading).
Line = tuple[bytes, str]

LONGEST_HEADING = 90  # characters; longer bold lines are emphasis, not headings
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
_BOLD = frozenset({"strong", "b"})
# Elements that a parser opens anew where they are closed in the wrong order, each with a letter for the stack.
_FORMATS = dict(zip(
    ("b", "strong", "a", "big", "code", "em", "font", "i", "s", "small", "strike", "tt", "u"), "bBacdefghijkl", strict=True,
))  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOLD_ITEMS = frozenset({"ul", "ol", "body"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title", "head"})
_HIDDEN = "[hidden],[aria-hidden=true],[style*='display:none'],[style*='display: none']"
# Block elements whose opening and closing the one-pass reader knows; anything else goes to the parser.
_PLAIN_BLOCKS = frozenset({
    "p", "div", "ul", "ol", "li", "section", "article", "header", "footer", "main", "blockquote", *_HEADINGS,
})  # fmt: skip
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/]|$)")
# Zero-width characters and soft hyphens split words for a reader of bytes but not for a reader. The two hyphens of
# typesetters (1 posting in 60 has them: "fine\u2011tuning") are the plain one to everybody else.
INVISIBLE = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "") | dict.fromkeys("\u2010\u2011", "-")
# Signs that are blank, nothing or another to a reader; four of five texts have none, nor blanks to collapse.
_ODD = (
    r"[\x{85}\x{ad}\x{1680}\x{2000}-\x{200d}\x{2010}\x{2011}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}]"
)
_odd, _untidy = patterns.test(_ODD), patterns.test(rf"  |[\t-\r\x1c-\x1f]|{_ODD}")
_CONTROLS = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b" " * 9)
_NEXT, _NEXT_LINE = "\1", b"\1"  # between lines, where no page has it (not "\0", half of every character of two bytes)
_MAY_HIDE = re.compile(r"(?i)hidden|display")
_DEEPEST = 64  # elements inside one another; real postings have six
_KEPT = 4096  # tags a state remembers, links make them many; and states


def lines(html: str) -> list[Line]:
    """Return the visible lines of an HTML fragment in order; empty input gives none."""
    html = html.replace(_NEXT, "")
    read = in_one_pass(html)
    return by_parser(html) if read is None else read


# ---- one pass over the string --------------------------------------------------------------------

# The open block elements, outermost first, each with the letters of the formatting elements open in it.
_Stack = tuple[tuple[str, str], ...]


class _State(dict[str, "_State"]):
    """What is open at one point of a page, and where each tag leads: learnt when the tag is first seen.

    ``fresh``: a block began or ended since the last words, so the next ones start a line.
    """

    __slots__ = ("bold", "fresh", "kind", "settled", "stack")

    def __init__(self, stack: _Stack, *, fresh: bool) -> None:
        super().__init__()
        self.stack, self.fresh = stack, fresh
        name, formats = stack[-1] if stack else ("", "")
        self.bold = "b" in formats.lower() or name in _HEADINGS
        within_item = name == "li" or (len(stack) > 1 and stack[-2][0] == "li")
        self.kind = "heading" if name in _HEADINGS else "item" if within_item else "paragraph"
        self.settled: _State = _state(stack, fresh=False) if fresh else self  # the state once words have come

    def __missing__(self, tag: str) -> "_State":
        if len(self) >= _KEPT:
            self.clear()
        following = _step(self.stack, tag, fresh=self.fresh)
        self[tag] = following
        return following


_LOST = _State((), fresh=False)  # where only a parser knows on; no tag leads out of it
_LOST.fresh = True  # so that words behind it are looked at
_states: dict[tuple[_Stack, bool], _State] = {}


def _state(stack: _Stack, *, fresh: bool) -> _State:
    if len(stack) > _DEEPEST:
        return _LOST
    if len(_states) >= _KEPT:
        _states.clear()
    key = (stack, fresh)
    if key not in _states:
        _states[key] = _State(stack, fresh=fresh)
    return _states[key]


def _step(stack: _Stack, tag: str, *, fresh: bool) -> _State:
    """Return the state behind ``tag``, written as between its angle brackets; lost where a parser would repair."""
    named = _NAME.match(tag)
    # An odd quote: the bracket that ended the tag stood inside an attribute's value.
    if not stack or named is None or tag.count('"') % 2 or tag.count("'") % 2 or _MAY_HIDE.search(tag):
        return _LOST
    name, closing = named[2].lower(), bool(named[1])
    after: _Stack | None = stack
    if name in _FORMATS:
        after = _formatted(stack, _FORMATS[name], closing=closing)
    elif name in _PLAIN_BLOCKS:
        after, fresh = (_closed(stack, name) if closing else _opened(stack, name)), True
    elif name == "br" and not closing:
        fresh = True
    elif name not in _INLINE and name != "img":
        return _LOST
    return _LOST if after is None else _state(after, fresh=fresh)


def _formatted(stack: _Stack, letter: str, *, closing: bool) -> _Stack | None:
    name, formats = stack[-1]
    if closing:
        return (*stack[:-1], (name, formats[:-1])) if formats[-1:] == letter else None
    return (*stack[:-1], (name, formats + letter)) if len(formats) < _DEEPEST else None


def _opened(stack: _Stack, name: str) -> _Stack | None:
    """The stack with ``name`` open: a paragraph ends where a block begins, an item where the next one does."""
    left: _Stack | None = stack
    while left is not None and (left[-1][0] == "p" or left[-1][0] == name == "li"):
        left = _popped(left)
    if left is None or (name == "li" and left[-1][0] not in _HOLD_ITEMS):
        return None
    if name in _HEADINGS and left[-1][0] in _HEADINGS:
        return None
    return (*left, (name, ""))


def _closed(stack: _Stack, name: str) -> _Stack | None:
    """The stack with ``name`` closed, and with it the paragraph or item that it holds."""
    left: _Stack | None = stack
    while left is not None and left[-1][0] != name and name != "p" and left[-1][0] in ("p", "li"):
        left = _popped(left)
    return _popped(left) if left is not None and left[-1][0] == name else None


def _popped(stack: _Stack) -> _Stack | None:
    """The stack without its innermost element; None if bold or the like began in that and goes on behind it."""
    return stack[:-1] if not stack[-1][1] and len(stack) > 1 else None


def in_one_pass(html: str) -> list[Line] | None:
    """Return the lines of well-nested HTML, None if a parser has to decide what it means."""
    raw: list[str] = []
    kinds: list[str] = []
    bolds: list[bool] = []
    state = _state((("body", ""),), fresh=True)
    stretches = html.split("<")
    stretches[0] = "wbr>" + stretches[0]  # what stands before the first tag follows a tag that does nothing
    for stretch in stretches:  # once for every tag of every posting: nothing is called here that need not be
        tag, closed, words = stretch.partition(">")
        state = state[tag]
        if words:
            if "&" in words:
                words = unescape(words)
            if not state.fresh:
                raw[-1] += words
                if not state.bold and not words.isspace():
                    bolds[-1] = False
            elif state is _LOST:
                return None
            elif not words.isspace() and words:
                raw.append(words)
                kinds.append(state.kind)
                bolds.append(state.bold)
                state = state.settled
        elif not closed:
            return None
    return _tidy(raw, kinds, bolds) if state is not _LOST else None


def _tidy(raw: list[str], kinds: list[str], bolds: list[bool]) -> list[Line]:
    """The lines with blanks collapsed; a short bold paragraph is a heading."""
    if not raw:
        return []
    out = []
    for words, kind, bold in zip(_collapsed(raw).split(_NEXT_LINE), kinds, bolds, strict=True):
        tidy = words.strip()
        out.append((tidy, "heading" if bold and kind == "paragraph" and _introduces(tidy) else kind))
    return out


def _collapsed(raw: list[str]) -> bytes:
    """The lines in UTF-8 with single blanks: all looked at in one go, which costs a tenth of one by one."""
    together = _NEXT.join(raw).replace("\xa0", " ")
    data = together.encode("utf-8", "replace")
    if not _untidy(data):
        return data
    if _odd(data):
        for sign, meant in INVISIBLE.items():
            together = together.replace(sign, meant)
        return _NEXT.join(" ".join(line.split()) for line in together.split(_NEXT)).encode("utf-8", "replace")
    data = data.translate(_CONTROLS)
    while b"  " in data:
        data = data.replace(b"  ", b" ")
    return data


def _introduces(words: bytes) -> bool:
    short = len(words) <= LONGEST_HEADING or len(words.decode()) <= LONGEST_HEADING
    return short and bool(words) and words[-1] not in b".,"


# ---- through a parser ----------------------------------------------------------------------------


def by_parser(html: str) -> list[Line]:
    """Return the lines of any HTML: text joined up to the next change of block element."""
    tree = LexborHTMLParser(bounded(html, _INLINE))
    for node in tree.css(_HIDDEN):
        node.decompose()
    if tree.body is None:
        return []
    raw: list[str] = []
    kinds: list[str] = []
    bolds: list[bool] = []
    block, fresh = -1, False
    for node in tree.body.traverse(include_text=True):
        tag = node.tag
        if tag != "-text":
            fresh = fresh or (tag not in _INLINE and tag != "img")
            continue
        words = node.text_content or ""
        if not words or words.isspace():
            if raw:
                raw[-1] += " "
            continue
        at, kind, bold = _home(node)
        if kind == "unseen":
            continue
        if at != block or fresh:
            raw.append(words)
            kinds.append(kind)
            bolds.append(bold)
            block, fresh = at, False
        else:
            raw[-1] += words
            bolds[-1] = bolds[-1] and bold
    return _tidy(raw, kinds, bolds)


def _home(node: LexborNode) -> tuple[int, str, bool]:
    """The nearest block element around a text node, what kind of block it is, and whether the text is bold."""
    parent, bold = _beyond_inline(node)
    if parent is None:
        return 0, "paragraph", bold
    tag = parent.tag
    if tag == "li":
        return parent.mem_id, "item", bold
    if tag in _HEADINGS:
        return parent.mem_id, "heading", True
    if tag in _UNSEEN:
        return 0, "unseen", bold
    above, _ = _beyond_inline(parent)
    return parent.mem_id, "item" if above is not None and above.tag == "li" else "paragraph", bold


def _beyond_inline(node: LexborNode) -> tuple[LexborNode | None, bool]:
    """The nearest element around ``node`` that is not inline, and whether a bold one was passed on the way."""
    bold = False
    parent = node.parent
    for _ in range(_DEEPEST):  # a page of inline elements inside one another must not cost their square
        if parent is None or parent.tag not in _INLINE:
            break
        bold = bold or parent.tag in _BOLD
        parent = parent.parent
    return parent, bold
