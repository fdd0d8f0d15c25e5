"""``jobtide check`` as a person and as a pipeline use it."""

import json
from pathlib import Path

from click.testing import CliRunner
from tests.claims.conftest import GOLDEN

from jobtide.cli import app

VERDICTS = {"consistent", "above", "below", "contradicted", "not_testable"}
TYPES = {
    "pay", "growth", "share", "rank", "market_size", "cagr", "count", "experience", "degree", "remote", "certificate",
    "opinion",
}  # fmt: skip


def run(*words: str, text: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", *words, "--as-of", "2026"], input=text, standalone_mode=False)
    assert done.exception is None, done.exception
    code = done.return_value if isinstance(done.return_value, int) else 0
    return code, done.stdout, done.stderr


def test_json_has_the_fields_of_the_contract() -> None:
    code, out, _ = run(str(GOLDEN / "vendor.md"), "--format", "json")
    assert code == 0
    claims = json.loads(out)["claims"]
    assert claims
    for claim in claims:
        assert {"claim", "type", "verdict", "classes", "ours", "reference", "why"} == set(claim)
        assert claim["verdict"] in VERDICTS
        assert claim["type"] in TYPES
        assert claim["classes"]
        assert claim["ours"] is None or {"value", "low", "high", "n"} == set(claim["ours"])
        assert claim["reference"] is None or {"value", "source"} == set(claim["reference"])


def test_exit_code_5_only_where_asked_and_contradicted() -> None:
    wrong, right = "Wyoming leads in machine learning jobs.", "California leads in machine learning jobs."
    assert run("-", text=wrong)[0] == 0
    assert run("-", "--fail-on", "contradicted", text=wrong)[0] == 5
    assert run("-", "--fail-on", "contradicted", text=right)[0] == 0
    assert run("-", "--fail-on", "unsourced", text=right)[0] == 5


def test_html_marks_claims_and_escapes_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Only 5% of ML engineer job postings mention Python <script>alert(1)</script>.")
    _, out, _ = run(str(path), "--format", "html")
    assert '<mark class="contradicted">' in out
    assert "<script>" not in out
    assert 'href="#claim-1"' in out


def test_a_text_without_claims_says_so() -> None:
    assert "no claim found" in run("-", text="Nothing is claimed here.")[1]


def test_what_does_not_exist_is_a_usage_error() -> None:
    from jobtide.errors import UsageError

    for words in (("nosuch.txt",), ("-", "--fail-on", "wrongg")):
        done = CliRunner().invoke(app, ["check", *words], input="x", standalone_mode=False)
        assert isinstance(done.exception, UsageError)


def test_the_table_fits_a_terminal() -> None:
    _, out, _ = run(str(GOLDEN / "news.txt"))
    assert all(len(line) <= 80 for line in out.splitlines()[2:-1])
    assert "contradicted" in out
