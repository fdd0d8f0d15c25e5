"""Do words name where their figures come from?"""

import re

# "according to X", "X projects", "a study by X": words that name where a figure comes from.
_ATTRIBUTED = re.compile(
    r"\b[Aa]ccording to\b(?! (?:experts?|some|many|estimates|industry|recent|several|insiders"
    r"|analysts|various|one|most|an?|our|us)\b)|\b[Aa]s reported by\b|\breported by\b"
    r"|\b[Ss]ources?:\s|\bcit(?:es|ed|ing)\b"
    r"|\b(?:says|say|reports|reported|projects|projected|found|finds|estimates) the [A-Z]"
    r"|\b[Pp]ublished by\b|\b[Dd]ata (?:from|by)\b"
    r"|\b(?:[Ss]tudy|[Ss]urvey|[Rr]eport|[Aa]nalysis|[Ff]igures|[Ee]stimates|[Rr]esearch"
    r"|[Pp]rojections) (?:by|from|of) (?:the )?[A-Z]"
    r"|\b(?:the|that|this|its|same|which) (?:\w+ )?(?:report|study|survey|index|barometer|agency|bureau|release)\b"
    r"|\bThe (?:report|study|survey|analysis|index|authors|researchers) (?:also )?(?:found|finds|shows?|says?|notes?)\b"
    r"|\bper (?:the )?(?:[A-Z]{2,}|[A-Z][a-z]+(?:’s|'s)?\b)"
    r"|\b[A-Z][\w.&’'-]*(?:\s(?:(?:of|the|and|on|for|in)\s){0,2}[A-Z0-9][\w.&’'-]*){0,7}\s(?:also )?"
    r"(?:reports?|reported|surveys?|study|data|projects?|projected|predicts?|predicted|estimates?"
    r"|estimated|forecasts?|found|finds"
    r"|says?|said|analy[sz]ed|counted|counts|shows?|showed|notes?|noted|expects?|puts?|lists?"
    r"|listed|ranks?|ranked|named|published|measured)\b"
)
# Capitalised words that are what is spoken of, not who says it ("Python ranks first").
_SUBJECT = frozenset({
    "Python", "ranks", "first", "python", "sql", "java", "r", "pytorch", "tensorflow", "aws", "azure", "ai", "ml",
    "california", "texas", "demand", "salaries", "pay", "employers", "job", "jobs", "machine", "data", "washington",
    "python's", "companies",
})  # fmt: skip
_NOT_A_NAME = re.compile(
    r"^(?:The|This|These|Those|That|It|We|They|Our|Its|Their|Most|Many|Some|Demand|Recent|Data|One|In|A|An)$"
)


def attributed(words: str) -> bool:
    """Whether words name where their figures come from.

    >>> attributed("According to the BLS, pay rose."), attributed("LinkedIn ranks it first.")
    (True, True)
    >>> attributed("Pay rose by 5%."), attributed("Python ranks first.")
    (False, False)
    """
    at = 0
    while found := _ATTRIBUTED.search(words, at):
        first = found[0].split()[0]
        at = found.start() + len(first)  # a name may begin behind the word that is none: "In 2024 the BLS counted"
        if first[0].isupper() and first.lower() in _SUBJECT:
            continue
        named = len(found[0].split()) > 2 and re.match(r"(?:The|In|A|An|Our) [A-Z]", found[0])
        if first[0].isupper() and _NOT_A_NAME.match(first) and not named:
            continue
        return True
    return False
