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
# Nouns, fields and whole names of occupations as other languages write them, in English. A noun may be joined to what stands
# before it: "Softwareentwickler".
_NOUNS_ABROAD = (
    (r"entwickler|utvecklare|ontwikkelaar", "developer"),
    (r"ingenieur|ingenjör", "engineer"),
    (r"wissenschaftler", "scientist"),
)
_WORDS_ABROAD = (
    (r"ki[- ]?(?=developer|engineer)", "AI "),
    (
        r"développeu(?:r|se)|desarrollador(?:a)?|programador(?:a)?|desenvolvedor(?:a)?|sviluppat(?:ore|rice)|programista|softwareentwicklung",
        "developer",
    ),
    (r"ingénieure?|ingenier[oa]|engenheir[oa]|ingegnere|inżynier", "engineer"),
    (r"scientifique|cient[ií]fic[oa]|cientista", "scientist"),
    (r"datenanalyst", "data analyst"),
    (r"analyste|analista|analityk", "analyst"),
    (r"künstliche intelligenz|intelligence artificielle|intelig[eê]ncia artificial|ki|(?<!, )ia", "AI"),
    (
        r"maschinelle[sn]? lernen|apprentissage automatique|aprendizaje automático|aprendizado de máquina|uczeni[ae] maszynow\w+",
        "machine learning",
    ),
    (r"datenwissenschaft|science des données|ciencia de datos|ciência de dados", "data science"),
    (r"daten|données|datos|dados|dati|danych", "data"),
    (r"logiciels?|mjukvaru", "software"),
    (r"vision par ordinateur|visión (?:por computadora?|artificial)|bildverarbeitung", "computer vision"),
    (r"recherche|forschung|investigación", "research"),
    (
        r"stagi(?:aire?|sta)|alternante?|apprentie?|becari[oa]|practicante|est[aá]gi[oa]|estagi[aá]ri[oa]|studentische hilfskraft",
        "intern",
    ),
)
_OCCUPATIONS = (
    (r"(?:prozess|verfahrens|elektro|maschinenbau|bau|versuchs|qualitäts|fertigungs|produktions|projekt|test)[- ]?ingenieur", "process engineer"),
    (r"(?:verfahrens|elektro|chemie|maschinenbau|automatisierungs)techniker|mechatroniker|konstrukteur", "process engineer"),
    (r"(?:it-?)?system-?administrator|it-?administrator|datenbank-?administrator|fachinformatiker(?:in)?(?: für)? systemintegration|"
     r"administrat(?:eur|rice)(?:\(?trice\)?)? (?:des? )?(?:syst[èe]mes?|réseaux?)|administrador(?:a)? de (?:sistemas|redes)|"
     r"ingénieure? (?:syst[èe]mes?|réseaux?)", "systems administrator"),
    (r"produkt-?manager|chef(?:fe)? de produits?|gestionnaire de produits?|(?:jef[ae]|gerente|responsable) de producto", "product manager"),
    (r"analyste? (?:fonctionnel(?:le)?|métier|d'affaires)|analista (?:funcional|de negocios?|de sistemas)|anforderungsmanager", "business analyst"),
    (r"chef(?:fe)? de projets? (?:informatique|technique|it)|jef[ae] de proyecto (?:it|técnico)|it-?projekt(?:leiter|manager)", "technical project manager"),
    (r"(?:(?:team|abteilungs|bereichs)?leiter(?:in)?|teamleider|responsable)(?= (?:ki|ia|data|künstliche|maschinelle)\b)", "head of"),
    (r"(?:leiter(?:in)? softwareentwicklung|directeur technique|director(?:a)? técnic[oa])", "head of engineering"),
    (r"(?:chef(?:fe)? d'équipe|jef[ae] de equipo de|director(?:a)? de) (?:développement|desarrollo|ingeniería)", "engineering manager"),
    (r"mediengestalter|grafikdesigner|graphiste|diseñador(?:a)?|concepteur(?:trice)? (?:ux|ui)", "designer"),
    (r"fachinformatiker(?:in)?(?: für)? anwendungsentwicklung", "software developer"),
    (r"ingénieure? (?:mécanique|électrique|procédés|qualité|matériaux)|ingenier[oa] (?:mecánic[oa]|eléctric[oa]|de procesos)", "process engineer"),
)  # fmt: skip
_FEMININE = r"(?:\(?[:*_/]?in(?:nen)?\)?|\(e\))?(?!\w)"
_ABROAD = (
    *((re.compile(rf"(?i)\b(?:{names}){_FEMININE}"), english) for names, english in _OCCUPATIONS),
    *((re.compile(rf"(?i)[- ]?(?:{names}){_FEMININE}"), " " + english) for names, english in _NOUNS_ABROAD),
    *((re.compile(rf"(?i)\b(?:{names}){_FEMININE}"), english) for names, english in _WORDS_ABROAD),
    # "engineer de machine learning": English puts the field first.
    (
        re.compile(
            r"\b(developer|engineer|scientist|analyst|intern)( (?:senior|junior|sénior|júnior|principal|confirmée?|pleno))?"
            r"(?: (?:de|des|du|del|di|en|em|in|für))? (AI|machine learning|data science|data|software|computer vision|research)\b"
        ),
        r"\2 \3 \1",
    ),
)
# RE2 looks neither ahead nor behind: without that the test holds a little more often.
_LOOKS = re.compile(r"\(\?<?[=!][^()]*(?:\([^()]*\)[^()]*)*\)")
_is_abroad = patterns.test(
    "(?i)" + "|".join(_LOOKS.sub("", names) for names, _ in (*_OCCUPATIONS, *_NOUNS_ABROAD, *_WORDS_ABROAD))
)  # most titles hold none


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
