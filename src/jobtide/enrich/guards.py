"""Is an ambiguous name meant as the skill? Guards look at the words as written and at their neighbours."""

from collections.abc import Iterable, Sequence

from jobtide.enrich import patterns
from jobtide.enrich.automaton import fold
from jobtide.enrich.taxonomy import Guard
from jobtide.model import Window

# What the shared pass says of a name (native/guards.c): nothing speaks against it, ask everything here, ask only for
# amounts and where it stands, it is part of an address or the like, its guard refuses it.
SURE, ASK, REST, APART, REFUSED = range(5)
JOINTS = frozenset(b"/.@-_?=:")  # signs that may join a word to an address
_FAR = 140  # bytes of a sentence that may stand between a degree and its subject
_DEGREE = patterns.compile(
    r"(?i)\b(?:degrees?|bachelor\S*|master[’']?s|master of|ph\.?\s?d|doctorate|doctoral|postdoctoral|b\.?s|m\.?s|b\.?sc|m\.?sc|b\.?a|"
    r"b\.?tech|m\.?tech|b\.?e|m\.?eng|b\.?eng|diploma|graduates?|major(?:ed|ing)?|certifications?|certified|certificates?|"
    r"studium|hochschulabschluss|diplôme|licenciatura|grado|titulaci.{1,2}n|laurea|"
    r"(?:quantitative|technical|related|relevant|stem|scientific|analytical|similar|numerate|numerical) (?:field|discipline|subject|area)s?)\b"
)
# What leads on to the subjects of a degree ends no sentence: "in a quantitative area: e.g. Mathematics".
_SUBJECTS_FOLLOW = patterns.compile(
    r"(?i)\b(?:field|area|discipline|subject|degree)s?(?: in)?:\s|(?:[;:] )?\b(?:e\.g|i\.e|incl)\.[,:]?\s"
)
_ABILITY = patterns.compile(
    r"(?i)\b(?:experienced?|proficien\w+|knowledge|expertise|understanding|familiar\w*|skills?|skilled|years?|work(?:ing|ed)?|"
    r"build\w*|hands-on|foundations?|fluen\w+|using)\b|[.;:!]\s+[A-Z•\-]|\n"
)
_RELATED = patterns.compile(
    r"(?i)(?:[^.;:\n]{0,70}\bor (?:an?y? |in an? |in )?(?:other |another |closely )?(?:related|relevant|similar|equivalent|quantitative|technical)\b"
    r"[^.;:\n]{0,24}\b(?:field|discipline|degree|subject|major|qualification|program)|\s(?:degree|graduate|major|program)s?\b)"
)
_LINKS = frozenset({
    b"and", b"or", b"in", b"for", b"to", b"with", b"is", b"are", b"as", b"at", b"on", b"by", b"of", b"from", b"into", b"using",
    b"that", b"which", b"while", b"when", b"where", b"across", b"through", b"via", b"but", b"who", b"if", b"so", b"within",
    b"you", b"we", b"will", b"can", b"has", b"experience", b"skills", b"knowledge", b"expertise", b"background", b"including",
    b"such", b"like", b"technologies", b"techniques", b"concepts", b"principles", b"fundamentals", b"preferred", b"required", b"a", b"the", b"over", b"e",
})  # fmt: skip
_REACH = 120  # bytes on either side in which a word of ``near`` counts
_AMOUNT_BEFORE = patterns.test(r"(?:\d[\d,.]+\d|\d[kK])\+? ?\(?$|\$ ?$")
_AMOUNT_BEHIND = patterns.test(r"^\)?:? ?\$? ?(?:\d\d[\d,]*|\d[kK]\b)")  # one digit is a version: "PHP 8.2"
_KNOW = patterns.compile(
    r"(?i)\b(?:experienced?|familiar\w*|proficien\w+|knowledge|expert(?:ise)?|used|using|users?|fluen\w+|hands-on|skilled|worked|certified|"
    r"certifications?|understanding|built)\b[^.;\n]*$"
)
_ITS = patterns.test(r"(?i)^(?:['’]s\b|['’]|\s(?:teams?|values|mission|products?|customers|culture)\b)")
_LIST_SIGNS = frozenset(b",/();|&:+")
_LIST_WORDS = frozenset({
    b"and", b"or", b"in", b"with", b"using", b"like", b"of", b"languages", b"language", b"as", b"knowledge", b"proficient",
    b"preferably", b"including", b"e.g.", b"write", b"code", b"programming", b"know", b"learn", b"experience", b"etc",
})  # fmt: skip


def refusal(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard) -> str:
    """Return why the words from ``start`` to ``end`` are not believed, "" if they are."""
    flags = guard.flags
    if "case" in flags and not text[start : start + 1].isupper():
        return "not written as a name"
    if guard.written:
        words = text[dotted(text, start) : end]
        if not any(form in words for form in guard.written):
            return "not written as a name"
    if guard.not_after and _before(folded, text, start) in guard.not_after:
        return f"behind {_before(folded, text, start).decode('utf-8', 'replace')!r}"
    if guard.not_before:
        after = folded[end : end + 24].lstrip()
        sign = text[end : end + 3].strip()[:1]
        for word in guard.not_before:
            if (after.startswith(word) and not after[len(word) : len(word) + 1].isalnum()) or sign == word:
                return f"before {word.decode('utf-8', 'replace')!r}"
    if guard.near and not _near(folded, start, end, guard.near):
        return "none of its usual company near"
    if "listed" in flags and not _listed(text, folded, start, end):
        return "not in a list of skills"
    return objection(text, folded, start, end, window, guard)


def objection(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard) -> str:
    """Return what speaks against words that are written as the guard wants, "" if nothing does."""
    flags = guard.flags
    if "money" in flags and beside_amount(text, start, end):
        return "a currency"
    # The rest says where the name stands, not that it is another: the gate may still believe it.
    if "alone" in flags and not _alone(text, folded, end, window):
        return "only describes something else"
    if ("section" in flags and window.section in ("about", "other", "benefits")) or (
        "requirements" in flags and window.section not in ("requirements", "nice")
    ):
        return "only outside what is asked for"
    return ""


def the_employers(text: bytes, start: int, end: int, window: Window, own: bytes) -> bool:
    """Whether the words only name the employer: they are ``own``, its name in folded letters, and nobody must know it.

    >>> line = b"Bring Keel's vision to ports, with hands-on experience in Keel."
    >>> [the_employers(line, at, at + 4, Window(0, 63, "requirements"), b"keel") for at in (6, 58)]
    [True, False]
    """
    if fold(text[start:end]).replace(b" ", b"") != own:
        return False
    asked = _KNOW.search(text[max(window.start, start - 60) : start])
    return asked is None or bool(_ITS(text[end : end + 16]))


def dotted(text: bytes, start: int) -> int:
    """Where the name really begins: the dot of ".NET" is no word character, so it stands before the hit.

    >>> dotted(b"C#/.NET", 4), dotted(b"example.net", 8)
    (3, 8)
    """
    led = text[max(0, start - 1) : start] == b"." and not text[max(0, start - 2) : start - 1].isalnum()
    return start - 1 if led else start


def beside_amount(text: bytes, start: int, end: int) -> bool:
    """Whether the words are the currency of an amount.

    >>> beside_amount(b"CAD 160,000", 0, 3), beside_amount(b"$90k (CAD)", 6, 9), beside_amount(b"2D CAD", 3, 6)
    (True, True, False)
    """
    return bool(_AMOUNT_BEFORE(text[max(0, start - 12) : start]) or _AMOUNT_BEHIND(text[end : end + 12]))


def in_address(text: bytes, start: int, end: int) -> bool:
    """Whether the words are part of a web or mail address.

    >>> in_address(b"See https://jobs.example/api today", 21, 24), in_address(b"Go/Python", 3, 9)
    (True, False)
    """
    begun = max(text.rfind(b" ", start - min(start, 200), start), text.rfind(b"\n", start - min(start, 200), start)) + 1
    word = text[begun or max(0, start - 200) : start] + text[start : end + 40].split(maxsplit=1)[0]
    return b"@" in word or b"://" in word or b"www." in word or b".com/" in word


def studied(text: bytes, start: int, end: int, window: Window) -> bool:
    """Whether the words name what a degree is in, not what a person can do.

    >>> line = b"MSc in a technical field: e.g. Statistics. Experience with Statistics"
    >>> [studied(line, at, at + 10, Window(0, 69, "requirements")) for at in (31, 59)]
    [True, False]
    """
    before = text[max(window.start, start - _FAR) : start]
    marks = list(_DEGREE.finditer(before))
    if marks:
        for lead in _SUBJECTS_FOLLOW.finditer(before):
            before = before[: lead.start()] + b"," * (lead.end() - lead.start()) + before[lead.end() :]
        return not _ABILITY.search(before, marks[-1].end())
    return bool(_RELATED.match(text[end : min(window.end, end + _FAR)])) and not _ABILITY.search(before)


def _alone(text: bytes, folded: bytes, end: int, window: Window) -> bool:
    """Whether a sign, a linking word or nothing follows, not a noun or a hyphen."""
    rest = text[end : min(end + 24, window.end)]
    if not rest.strip() or rest[:1] == b"-":
        return not rest.strip()
    if rest[:1] != b" " or not rest[1:2].isalnum():
        return True
    return folded[end : end + 24].split(maxsplit=1)[0] in _LINKS


def _before(folded: bytes, text: bytes, start: int) -> bytes:
    """The word before, folded; a sign that stands directly before is itself the word."""
    sign = text[max(0, start - 2) : start].strip()
    if sign[-1:] == b"&":  # "H&R", "R & D"
        return b"&"
    return folded[max(0, start - 24) : start].rstrip().rpartition(b" ")[2]


def _near(folded: bytes, start: int, end: int, words: tuple[bytes, ...]) -> bool:
    around = (
        b" " + b" ".join((folded[max(0, start - _REACH) : start] + b" " + folded[end : end + _REACH]).split()) + b" "
    )
    return any(b" " + word + b" " in around for word in words)


def _listed(text: bytes, folded: bytes, start: int, end: int) -> bool:
    """Whether a sign or word of lists stands directly before or behind."""
    before = text[max(0, start - 2) : start].strip()
    after = text[end : end + 2].strip()
    if (before and before[-1] in _LIST_SIGNS) or (after and after[0] in _LIST_SIGNS):
        return True
    behind = folded[end : end + 16].split()[:1]
    return _before(folded, text, start) in _LIST_WORDS or (bool(behind) and behind[0] in _LIST_WORDS)


def packed(guards: Sequence[Guard | None]) -> tuple[bytes, list[int]]:
    """Return the guards as ``native/guards.c`` reads them, and where each begins, -1 for none; before them lists and links.

    Of each a byte of flags, then for each of its words what it is for, its length and itself, then a zero.
    """
    made: list[bytes] = []
    begun: dict[object, int] = {}
    at: list[int] = []
    size = 0
    for guard in (Guard(not_after=_LIST_WORDS), Guard(not_after=_LINKS), *guards):
        if guard is not None and guard not in begun:
            begun[guard] = size
            made.append(_one_packed(guard))
            size += len(made[-1])
        at.append(begun[guard] if guard is not None else -1)
    return b"".join(made), at


_ROLES = ("written", "near", "not_after", "not_before")
_CASE, _LISTED, _ALONE, _MORE = 1, 2, 4, 8
_FLAGS = {"case": _CASE, "listed": _LISTED, "alone": _ALONE, "asked": 0}


def _one_packed(guard: Guard) -> bytes:
    flags = 0
    for name in guard.flags:
        flags |= _FLAGS.get(name, _MORE)
    words: Iterable[tuple[int, bytes]] = (
        (role, word) for role, name in enumerate(_ROLES, 1) for word in sorted(getattr(guard, name))
    )
    return bytes([flags]) + b"".join(bytes([role, len(word)]) + word for role, word in words) + b"\0"
