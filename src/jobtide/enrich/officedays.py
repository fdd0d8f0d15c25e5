"""How many days of a week are in the office, and which words say so: by number, or the days by their names?"""

from jobtide.enrich import patterns
from jobtide.enrich.patterns import test

Days = tuple[float, float, tuple[int, int], str]  # least, most, where, and how they are said
_OF_DAYS = (b"day", b"times", b"tag", b"jour", "día".encode(), b"dagen")
# In English, German, French, Spanish and Dutch.
_COUNTS = {
    b"one": 1, b"two": 2, b"three": 3, b"four": 4, b"five": 5, b"ein": 1, b"einen": 1, b"zwei": 2, b"drei": 3, b"vier": 4,
    "fünf".encode(): 5, b"un": 1, b"deux": 2, b"trois": 3, b"quatre": 4, b"cinq": 5, b"dos": 2, b"tres": 3, b"cuatro": 4,
    b"cinco": 5, "één".encode(): 1, b"twee": 2, b"drie": 3, b"vijf": 5,
}  # fmt: skip
_NUMBER = r"(" + "|".join(word.decode() for word in _COUNTS) + r"|[1-6]|at least \d)"
# "3 days a week in the office", "in the office 2-3 days", "five days a week on-site": how many say which mode it is.
_DAYS = patterns.compile(
    r"(?i)\b"
    + _NUMBER
    + r"(?:\s?(?:-|–|to|or|bis|oder|à|ou|a|o|of)\s?"
    + _NUMBER
    + r")?\+?(?:\s?x| full| volle| ganze)?[ -](?:times|days?|tagen?|tag|jours?|días?|dagen)"
    r"(?:[ -/]*(?:a|per|each|pro|die|in der|par|a la|por)?[ -/]*(?:week|wk|woche|semaine|semana)\w*)?\b"
)
_AT_OFFICE = patterns.compile(
    r"(?i)\b(?:office|offices|hq|headquarters|on-?site|in[- ]person|studio|lab|büro|vor ort|bureau|sur site|présentiel|oficina|"
    r"presencial(?:es)?|kantoor)\b"
)
# "3 days remote, 2 in the office": the first number is of days away.
_AWAY_BEHIND = test(
    r"(?i)^[^.,;\n]{0,14}\b(?:remote(?:ly)?|from home|wfh|home ?office|télétravail|teletrabajo|mobil\w*|thuis\w*)\b"
)
_MEALS = test(r"(?i)\b(?:lunch|dinner|breakfast|meal|snack)\w*\b")
# "in the office Tuesday, Wednesday and Thursday", "Monday through Thursday": the days by their names.
_DAY = r"(?:mon|tues|wednes|thurs|fri)days?"
_NAMED = patterns.compile(rf"(?i)\b{_DAY}(?:\s?(-|–|—|to|through|thru)\s?{_DAY}|(?:,? ?(?:and|&|or)? ?\b{_DAY})*)\b")
_WEEK = (b"mon", b"tues", b"wednes", b"thurs", b"fri")


def may_stand(block: bytes, low: bytes) -> bool:
    """Whether a block holds days at all; ``low``: the block in lower case."""
    return any(stem in low for stem in _OF_DAYS) and (
        _DAYS.search(block) is not None or ((b"sday" in low or b"nday" in low) and _NAMED.search(block) is not None)
    )


def days(block: bytes) -> Days | None:
    """How many days of a week are in the office, and the words that say so; None where they are of something else."""
    for m in _DAYS.finditer(block):
        near = block[max(0, m.start() - 60) : m.end() + 60]
        if _MEALS(near):
            continue
        if _AT_OFFICE.search(near) and not _AWAY_BEHIND(block[m.end() : m.end() + 30]):
            least, most = _count(m[1]), _count(m[2] or m[1])
            return least, most, m.span(), "days"
    for m in _NAMED.finditer(block):
        sentence = block[max(0, m.start() - 60) : m.end() + 40]
        if not _AT_OFFICE.search(sentence) or b"hours" in sentence or _remote(block, m.start()):
            continue
        named = [number for number, day in enumerate(_WEEK) if day + b"day" in m[0].lower()]
        count = float(named[-1] - named[0] + 1 if m[1] else len(named))
        # One weekday is a habit only in the plural; "Monday-Saturday" is a shop's week.
        if count > 1 or (count == 1 and m[0].lower().endswith(b"s")):
            return count, count, m.span(), "weekdays"
    return None


def _remote(block: bytes, at: int) -> bool:
    """Whether the day before which we stand is one away from the office: "remote on Friday"."""
    return bool(_AWAY(block[max(0, at - 28) : at]))


_AWAY = test(r"(?i)\b(?:remote(?:ly)?|from home|wfh|work from anywhere)\b[^.,;\n]{0,14}$")


def _count(words: bytes) -> float:
    word = words.lower().rpartition(b" ")[2]
    return float(_COUNTS.get(word, 0) or word)
