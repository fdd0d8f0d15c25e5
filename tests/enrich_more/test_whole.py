"""Are whole postings read as we read them ourselves: one-line advertisements, and postings in other languages?

``tests/golden/enrich_whole``: our own words in the form of thread posts ("ACME | ML Engineer | Berlin | €80-110k") and
of German, French and Spanish boards, whose skills, pay and places are read, and of Dutch, Portuguese, Polish and
Japanese ones, of which only names, places and some pay are: the rest is unknown, not false.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from jobtide.enrich.answer import answer
from jobtide.enrich.automaton import fold
from jobtide.enrich.language import language

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "enrich_whole"
ROWS = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(GOLDEN.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


def said(found: dict[str, Any]) -> dict[str, Any]:
    """An answer in the shape of ``expect``."""
    years = found["years_min"]
    return {
        "role": found["role"]["value"],
        "seniority": found["seniority"]["value"],
        "skills": [skill["name"] for skill in found["skills"]],
        "pay": [[p["min"], p["max"], p["currency"], p["period"]] for p in found["pay"]],
        "work_mode": found["work_mode"]["value"],
        "places": [[p["city"], p["country"]] for p in found["places"]],
        "employment": found["employment"],
        "visa": found["visa"],
        "regions": [region["value"] for region in found["allowed_regions"]],
        "language": found["language"],
        "years": years["value"] if years else None,
        "degree": found["degree_required"],
        "fields": [field["value"] for field in found["fields_of_study"]],
    }


@pytest.mark.parametrize("row", ROWS)
def test_a_whole_posting_is_read_as_we_read_it(row: dict[str, Any]) -> None:
    got = said(answer({"id": "", "title": "", "location": "", "employer": "", **row}))
    assert {key: got[key] for key in row["expect"]} == row["expect"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", "Wir suchen Menschen, die mit uns und für die Häfen der Welt Karten und Modelle bauen."),
        ("fr", "Nous cherchons des personnes qui construisent avec nous les cartes et les modèles des ports."),
        ("es", "Buscamos personas que construyan los mapas y los modelos del puerto para nuestro equipo y la mar."),
        ("it", "Cerchiamo persone che sono capaci di costruire gli strumenti della squadra nel porto di Genova."),
        ("nl", "Wij zoeken mensen die het leuk vinden om een kaart van de haven te bouwen voor onze klanten."),
        ("pt", "Procuramos pessoas que construam os mapas e uma frota com a nossa equipa, e não só para o porto."),
        ("pl", "Szukamy ludzi, którzy chcą budować mapy portów i modele fal razem z naszym zespołem w Gdańsku."),
        ("sv", "Vi söker människor som vill bygga kartor och modeller över hamnar tillsammans med vårt lag i Malmö."),
        ("ja", "私たちは港の地図と波のモデルを一緒に作る仲間を探しています。経験は問いません。東京で働きます。"),
        ("en", "We look for people who want to build the maps of our ports with you and the rest of the crew."),
    ],
)
def test_a_language_is_told_and_no_other_is_taken_for_english(code: str, words: str) -> None:
    text = words.encode()
    assert language(fold(text), text) == code


def test_a_german_text_full_of_english_terms_is_german() -> None:
    text = (
        "Als Machine Learning Engineer entwickelst du mit dem Data Science Team und der Plattform Pipelines für das "
        "Feature Engineering. Wir arbeiten mit Python, PyTorch und Kubernetes und sind ein Remote-First Team."
    ).encode()
    assert language(fold(text), text) == "de"


def test_an_english_post_of_names_and_addresses_is_english() -> None:
    text = (
        b"Keel (keel.com) - Oslo - Frontend, Backend, Data Engineers. Apply: jobs.keel.com, or www.keel.com/jobs. "
        b"Python, Go, React, Postgres. Remote OK. More at blog.keel.com"
    )
    assert language(fold(text), text) == "en"


def test_too_little_to_tell_is_unknown() -> None:
    assert language(b"ml engineer", b"ML Engineer") == "und"
