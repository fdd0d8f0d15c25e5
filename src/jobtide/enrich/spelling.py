"""How would a title be written in usual English? Misspelt head nouns, and names of occupations in German, French and Spanish."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from jobtide.enrich import patterns

# The nouns that decide a role; one edit away from one of them is a misspelling, unless it is a word of its own.
_NOUNS = (
    "engineer", "engineers", "engineering", "developer", "developers", "scientist", "scientists", "analyst", "architect",
    "researcher", "designer", "machine", "learning", "software", "intelligence", "artificial", "research", "science",
)  # fmt: skip
_SHORTEST = 7  # letters: shorter words have neighbours that are words
_OWN_WORDS = frozenset(
    {"developed", "engineered", "designed", "analyse", "analysis", "machines", "yearning", "leaning", "sciences"}
)
_WORD = re.compile(r"[^\W\d_]+")
# Names of occupations as other languages write them, the most particular first.
_OCCUPATIONS = (
    (r"(?:ki|ai|ml)[- ]?(?:entwickler|ingenieur)|(?:entwickler|ingenieur)(?:in)? (?:für )?(?:ki|künstliche intelligenz)", "AI engineer"),
    (r"ingénieure? (?:en )?(?:ia|intelligence artificielle)|ingenier[oa] (?:de |en )?(?:ia|inteligencia artificial)", "AI engineer"),
    (r"ingénieure? (?:en )?apprentissage automatique|ingenier[oa] (?:de |en )?aprendizaje automático", "machine learning engineer"),
    (r"dateningenieur|ingénieure? (?:de |des |en )?(?:données|data)|ingenier[oa] (?:de |en )?(?:datos|data)", "data engineer"),
    (r"datenwissenschaftler|scientifique (?:de |des )données|cient[ií]fic[oa] de datos", "data scientist"),
    (r"datenanalyst|analyste? (?:de |des )?données|analista de (?:datos|data)", "data analyst"),
    (r"(?:prozess|verfahrens|elektro|maschinenbau|bau|versuchs|qualitäts|fertigungs|produktions|projekt|test)[- ]?ingenieur", "process engineer"),
    (r"(?:verfahrens|elektro|chemie|maschinenbau|automatisierungs)techniker|mechatroniker|konstrukteur", "process engineer"),
    (r"(?:it-?)?system-?administrator|it-?administrator|fachinformatiker(?:in)?(?: für)? systemintegration|"
     r"administrat(?:eur|rice)(?:\(?trice\)?)? (?:des? )?(?:syst[èe]mes?|réseaux?)|administrador(?:a)? de (?:sistemas|redes)|"
     r"ingénieure? (?:syst[èe]mes?|réseaux?)", "systems administrator"),
    (r"produkt-?manager|chef(?:fe)? de produits?|gestionnaire de produits?|(?:jef[ae]|gerente|responsable) de producto", "product manager"),
    (r"analyste? (?:fonctionnel(?:le)?|métier|d'affaires)|analista (?:funcional|de negocios?|de sistemas)|anforderungsmanager", "business analyst"),
    (r"chef(?:fe)? de projets? (?:informatique|technique|it)|jef[ae] de proyecto (?:it|técnico)|it-?projekt(?:leiter|manager)", "technical project manager"),
    (r"mediengestalter|grafikdesigner|graphiste|diseñador(?:a)?|concepteur(?:trice)? (?:ux|ui)", "designer"),
    (r"fachinformatiker(?:in)?(?: für)? anwendungsentwicklung|ingénieur(?:\(?e\)?)? logiciels?|softwareingenieur|ingenier[oa] de software", "software developer"),
    (r"ingénieure? (?:mécanique|électrique|procédés|qualité|matériaux)|ingenier[oa] (?:mecánic[oa]|eléctric[oa]|de procesos)", "process engineer"),
    (r"(?:software|web|anwendungs|frontend|backend|full[- ]?stack)[- ]?entwickler|développeu(?:r|se)|desarrollador(?:a)?|programador(?:a)?",
     "software developer"),
)  # fmt: skip
_ABROAD = tuple(
    (re.compile(rf"(?i)\b(?:{pattern})(?:\(?[:*_/]?in(?:nen)?\)?)?(?!\w)"), english)
    for pattern, english in _OCCUPATIONS
)
_is_abroad = patterns.test("(?i)" + "|".join(pattern for pattern, _ in _OCCUPATIONS))  # most titles hold none


@lru_cache(maxsize=4096)  # boards repeat their titles
def usual(title: bytes) -> bytes | None:
    """Return the title in usual English, None if no word of it is misspelt or foreign.

    >>> usual("Machine Learning Engeneer".encode()), usual(b"Nurse")
    (b'Machine Learning engineer', None)
    """
    words = title.decode("utf-8", "replace")
    for pattern, english in _ABROAD if _is_abroad(title) else ():
        words = pattern.sub(english, words)
    words = _WORD.sub(lambda m: _meant(m[0]), words)
    spelt = words.encode("utf-8", "replace")
    return None if spelt == title else spelt


def _meant(word: str) -> str:
    """The head noun that a word is one edit away from, else the word itself."""
    low = word.lower()
    if len(low) < _SHORTEST or low in _NOUNS or low in _OWN_WORDS:
        return word
    return next((n for n in _NOUNS if n[0] == low[0] and OSA.distance(low, n, score_cutoff=1) == 1), word)
