"""Which words of an article speak of pay, growth, degrees, jobs? Patterns that several questions share."""

import re

_I = re.IGNORECASE
MARKET = re.compile(
    r"\b(?:market|industry|sector|spending|revenues?|econom(?:y|ic)|GDP|valued|investments?|funding|contribut\w+)\b", _I
)
PAY = re.compile(r"\b(?:salar(?:y|ies)|pay(?:s|ing|checks?)?|paid|earn(?:s|ed|ings?)?|wages?|compensations?"
        r"|income|make|makes|making|remuneration|packages?|per (?:year|hour|annum|month)|a year|an "
        r"hour|annually)\b", _I)  # fmt: skip
PREMIUM = re.compile(r"\bpremium\b|\bmore than (?:those|peers|their|non)|\bhigher (?:salar|wage|pay)|\bpay (?:raise"
        r"|bump|increase)|\bsalar\w+ (?:have |has )?(?:increased|rose|risen|grew|grown|jumped|surged)", _I)  # fmt: skip
GROWTH = re.compile(
    r"\b(?:grow(?:s|ing|n|th)?|grew|increas(?:e[sd]?|ing)|ris(?:e[sn]?|ing)|rose|surg(?:e[sd]?"
    r"|ing)|jump(?:s|ed|ing)?|climb\w*|expand\w*|expansion"
    r"|soar\w*|escalat\w*|declin\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|shr[iau]nk\w*"
    r"|decreas\w*|contract(?:ed|ing)|up|down|higher|faster|lower|year[- ]over[- ]year|YoY)\b",
    _I,
)
DOWN = re.compile(
    r"\b(?:declin\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|shr[iau]nk\w*|decreas\w*"
    r"|contract(?:ed|ing)|down|lower|layoffs?|slump\w*|plummet\w*)\b",
    _I,
)
CERT = re.compile(r"\bcertificat(?:e|es|ion|ions)\b|\bcertified\b", _I)
DEGREE = re.compile(r"\bdegrees?\b|\bbachelor|\bmaster[’']?s\b|\bPh\.?D|\bdoctora|\bundergraduate\b|\bM\.?Sc?\b", _I)
EXPERIENCE = re.compile(r"\bexperience\b", _I)
ABOUT_JOBS = re.compile(
    r"\b(?:jobs?|roles?|positions?|postings?|openings?|vacanc(?:y|ies)|listings?|employers?"
        r"|compan(?:y|ies)|hir(?:e|es|ed|ing)|demand(?:ed)?|career|careers|employment|work(?:ers?"
        r"|force)|engineers?|scientists?|recruit\w*|candidates?|professionals?|specialists?|skills?"
        r"|talent|offers?|occupations?|adverts?|ads)\b", _I
)  # fmt: skip
