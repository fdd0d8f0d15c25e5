"""``collect --list`` and ``source``: what they say before, while and after they ask, and the codes they end with."""

import ast
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import jobtide
from jobtide import pipeline
from jobtide.cli import app
from jobtide.cli import collect as cli_collect
from jobtide.model import Source
from jobtide.sources import boards_list, breaker, fetch, guard, registry
from jobtide.sources.boards_list import Listed
from jobtide.store.ledger import Ledger
from jobtide.store.patience import Moment
from tests.sources.faulty import Server, answer, running
from tests.sources_net.loop import FAST, board, source

REAL = registry.load


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--store", str(store), *words], standalone_mode=False, catch_exceptions=True)


@pytest.fixture(name="loopback")
def a_loopback(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Every lever board is a path of a loopback server; nothing else is changed but the check for private addresses."""
    monkeypatch.setattr(fetch, "check_url", lambda url, **_: guard.check_url(url, allow_private=True))

    def script(path: str, _: int) -> bytes:
        name = path.strip("/")
        if name in ("robots.txt", "page"):
            return answer(b"" if name == "robots.txt" else b'<a href="https://jobs.example.org/harbour">Openings</a>')
        return answer(b"Not Found", status="404 Not Found") if "gone" in name else answer(board(len(name), 77))

    with running(script) as server:
        monkeypatch.setattr(registry, "load", lambda name: named(server, name))
        yield server


def named(server: Server, name: str) -> Source:
    """Lever on loopback, off where it is called pinpoint; the others as they are."""
    if name == "lever":
        at = "https://jobs.example.org/"
        return replace(source(server.url), board_of=lambda a: a.removeprefix(at) if a.startswith(at) else None)
    return source(server.url, name="pinpoint", default_on=False) if name == "pinpoint" else REAL(name)


def listed(*tokens: str) -> tuple[Listed, ...]:
    return tuple(Listed("lever", token, token, "named", "", date(2026, 1, 1), "us") for token in tokens)


def test_a_list_says_how_long_it_takes_and_gives_figures_after_twenty_boards(
    tmp_path: Path, loopback: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_list, "load", lambda _: listed(*("b" * n for n in range(1, 24))))
    done = run(tmp_path, "collect", "--list", "ml")
    assert done.exception is None, done.output
    assert done.stderr.startswith(
        "jobtide: 23 boards, about 0 s at one request each (lever is asked 1e+03 times a second)"
    )
    assert "first figures, after 20 boards" in done.stderr
    lines = done.output.splitlines()
    early = next(i for i, line in enumerate(lines) if "vacancies from the first 20 boards" in line)
    assert sum(" complete  2 postings" in line for line in lines[:early]) == 20
    assert sum(line.startswith("lever:") for line in lines) == 23
    assert len(loopback.log) == 23


def test_a_host_that_asks_for_an_hour_in_the_first_part_of_a_list_is_let_alone_in_the_second(
    tmp_path: Path, loopback: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_list, "load", lambda _: listed(*("b" * n for n in range(1, 24))))
    loopback.script = lambda *_: answer(b"", status="429 Slow", headers="Retry-After: 3600\r\n")
    done = run(tmp_path, "collect", "--list", "ml")
    assert (done.return_value, done.stdout.count("wants to be let alone")) == (4, 22)
    assert len(loopback.log) == 1


def test_a_host_that_asks_for_an_hour_is_let_alone_by_whatever_is_started_within_it(
    tmp_path: Path, loopback: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asks = loopback.script, "Retry-After: 3600\r\n"
    loopback.script = lambda *_: answer(b"", status="503 Busy", headers=asks)
    done = run(tmp_path, "collect", "lever:abc")
    until = "127.0.0.1 asked to be let alone until 20"
    assert (done.return_value, until in done.stderr) == (4, True)
    loopback.script = real
    for words in (("collect", "lever:other"), ("collect", "lever:abc", "--quiet"), ("source", "test", "lever:abc")):
        done = run(tmp_path, *words)
        assert (done.return_value, "rate_limited: 127.0.0.1 wants to be let alone for 3" in done.output) == (4, True)
    assert len(loopback.log) == 1
    for words in (("collect", "lever:abc"), ("source", "list"), ("runs",)):
        assert run(tmp_path, *words).output.count(until) == 1
    assert "1 asked to be let alone, and are: 127.0.0.1 for 60 min" in run(tmp_path, "doctor").output
    later = Moment.here
    monkeypatch.setattr(Moment, "here", lambda at: replace(later(at), up=later(at).up + 3700))
    assert run(tmp_path, "collect", "lever:abc").return_value == 0
    assert "let alone" not in run(tmp_path, "source", "list").output


def test_a_host_that_asks_a_test_for_an_hour_is_let_alone_by_collections(tmp_path: Path, loopback: Server) -> None:
    loopback.script = lambda *_: answer(b"", status="429 Slow", headers="Retry-After: 3600\r\n")
    assert run(tmp_path, "source", "test", "lever:abc").return_value == 4
    assert run(tmp_path, "collect", "lever:abc").return_value == 4
    assert len(loopback.log) == 1


def test_a_source_that_wants_hours_between_two_crawls_gets_them(tmp_path: Path) -> None:
    """Its terms stand on its policy card: what cron asks for every hour is asked every six."""
    with running(lambda *_: answer(board(1))) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "load", lambda _: source(server.url, apart_h=6.0))
        hours, outcomes = (0.0, 0.1, 5.9, 6.0, 11.0, 12.5, -3.0), []
        for hour in hours:
            now = datetime(2026, 1, 2, tzinfo=UTC) + timedelta(hours=hour)
            (done,) = pipeline.collect(
                tmp_path, [("lever", "a")], limits=FAST, now=lambda at=now: at, told=lambda _: None
            )
            outcomes.append(done.note or str(done.outcome))
        assert len(server.log) == 4
    assert [one.partition(":")[0] for one in outcomes] == [
        "complete", "rate_limited", "rate_limited", "unchanged", "rate_limited", "unchanged", "unchanged",
    ]  # fmt: skip
    assert outcomes[1] == "rate_limited: lever wants 6 hours between two crawls; it answered at 00:00 UTC"
    assert REAL("remotive").policy.apart_h == 6.0


def test_a_host_that_was_given_up_is_asked_once_by_the_next_run(
    tmp_path: Path, loopback: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "_REST", 0.01)
    real = loopback.script
    loopback.script = lambda *_: answer(b"", status="500 Oops")
    fast = replace(FAST, tries=1, at_once=1)
    monkeypatch.setattr(cli_collect, "limits", lambda *_: fast)
    boards = [f"lever:{'b' * n}" for n in range(1, 12)]
    assert run(tmp_path, "collect", *boards).return_value == 4
    assert len(loopback.log) == 5 + 3
    assert "127.0.0.1 did not answer in the last hour (server_error)" in run(tmp_path, "source", "list").output
    assert "1 gave no answer in the last hour: 127.0.0.1 (server_error)" in run(tmp_path, "doctor").output
    done = run(tmp_path, "collect", *boards)
    assert (done.return_value, len(loopback.log)) == (4, 8 + 1)
    assert done.stdout.count("not asked again in this run") == len(boards) - 1
    loopback.script = real
    assert run(tmp_path, "collect", *boards).return_value == 0
    assert "did not answer" not in run(tmp_path, "source", "list").output


@pytest.mark.usefixtures("loopback")
def test_a_list_leaves_out_what_was_removed_and_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards_list, "load", lambda _: listed("alive", "gone1", "mine"))
    assert run(tmp_path, "source", "remove", "lever:mine").exception is None
    done = run(tmp_path, "collect", "--list", "ml")
    assert done.return_value == 4
    assert "1 of 2 boards failed; the rest is saved" in done.stderr
    monkeypatch.setattr(boards_list, "_GONE_RUNS", 1)
    monkeypatch.setattr(boards_list, "_GONE_DAYS", 1)
    done = run(tmp_path, "collect", "--list", "ml")
    assert done.return_value == 0
    assert "1 board is left out as gone" in done.stderr
    shown = run(tmp_path, "source", "list", "--boards").output
    assert "lever:gone1  not asked: gone: answered so on 1 days" in shown
    assert "lever:mine  removed by you" in shown
    assert run(tmp_path, "collect", "lever:gone1").return_value == 4  # named by hand it is asked all the same


@pytest.mark.usefixtures("loopback")
def test_a_quiet_collection_says_only_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cron would mail every night: nothing, or the boards that failed."""
    monkeypatch.setattr(boards_list, "load", lambda _: listed(*("b" * n for n in range(1, 24))))
    done = run(tmp_path, "collect", "--list", "ml", "--quiet")
    assert (done.return_value, done.output) == (0, "")
    monkeypatch.setattr(boards_list, "load", lambda _: listed("alive", "gone1"))
    done = run(tmp_path, "collect", "--list", "ml", "--quiet", "--resume")
    assert done.return_value == 4
    first, last = done.output.splitlines()
    assert first.startswith("lever:gone1  failed  gone: http")
    assert last == "jobtide: 1 of 2 boards failed; the rest is saved"
    assert "no board of mine is left to ask" in str(run(tmp_path, "collect", "--list", "mine").exception)


def test_a_board_that_answers_from_another_place_says_so(tmp_path: Path, loopback: Server) -> None:
    """A renamed board is followed, and named, since both names may stand in a list."""
    new = f"{loopback.url}/harbour"
    moved = answer(b"", status="301 Moved", headers=f"Location: {new}\r\n")
    real = loopback.script
    loopback.script = lambda path, count: moved if path == "/haven" else real(path, count)
    for _ in range(2):
        done = run(tmp_path, "collect", "lever:haven")
        assert (done.return_value, f"answered by {new}" in done.stdout) == (0, True)
    assert f"answered by {new}" in run(tmp_path, "source", "test", "lever:haven").output
    assert "answered by" not in run(tmp_path, "collect", "lever:harbour").output


@pytest.mark.usefixtures("loopback")
def test_the_list_of_sources_shows_terms_last_success_and_what_is_not_covered(tmp_path: Path) -> None:
    run(tmp_path, "collect", "lever:abc")
    run(tmp_path, "build")
    shown = run(tmp_path, "source", "list").output
    line = next(line for line in shown.splitlines() if line.startswith("lever"))
    assert line.split()[:5] == ["lever", "documented", "yes", "1e+03/s", "2"]
    assert "never" not in line
    assert "Not covered:" in shown
    assert "Apple" in shown


def test_a_board_is_added_by_the_address_of_its_page_and_collected(tmp_path: Path, loopback: Server) -> None:
    done = run(tmp_path, "source", "add", f"{loopback.url}/page", "--employer", "Harbour")
    assert done.output.startswith("lever:harbour  Harbour  added (link)")
    assert "was there already" in run(tmp_path, "source", "add", "lever:harbour").output
    done = run(tmp_path, "collect", "--list", "mine")
    assert (done.return_value, "lever:harbour  complete  2 postings" in done.output) == (0, True)
    assert run(tmp_path, "source", "remove", "lever:harbour").return_value == 0
    assert isinstance(run(tmp_path, "collect", "--list", "mine").exception, Exception)


@pytest.mark.usefixtures("loopback")
def test_a_test_stores_nothing_and_says_what_the_board_holds(tmp_path: Path) -> None:
    done = run(tmp_path, "source", "test", "lever:abc")
    assert "lever:abc  complete  1 page(s)" in done.output
    assert "2 postings, 0 rows that could not be read" in done.output
    assert list(tmp_path.iterdir()) == []
    assert run(tmp_path, "source", "test", "lever:gone").return_value == 4


def test_a_source_that_is_off_needs_opting_in(tmp_path: Path, loopback: Server) -> None:
    before = len(loopback.log)
    done = run(tmp_path, "collect", "pinpoint:abc")
    assert (done.return_value, len(loopback.log)) == (4, before)
    assert "is off unless you turn it on with --opt-in pinpoint" in done.output
    assert run(tmp_path, "collect", "pinpoint:abc", "--opt-in", "pinpoint").return_value in (0, 4)
    assert len(loopback.log) > before
    assert "no such source" in str(run(tmp_path, "collect", "lever:a", "--opt-in", "pinpiont").exception)


def test_nothing_named_is_a_mistake_with_advice(tmp_path: Path) -> None:
    assert "--list ml" in str(run(tmp_path, "collect").exception)
    assert "there is ml" in str(run(tmp_path, "collect", "--list", "nl").exception)


def test_fields_that_no_reader_knows_are_said_in_a_plain_line_and_kept_in_the_run_s_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = board(1, 2).replace(b'"id"', b'"moonPhase": "waxing", "id"', 1)
    monkeypatch.setattr(fetch, "check_url", lambda url, **_: guard.check_url(url, allow_private=True))
    with running(lambda *_: answer(body)) as server:
        monkeypatch.setattr(registry, "load", lambda name: named(server, name))
        for _ in range(2):
            done = run(tmp_path, "collect", "lever:harbour")
            assert done.exception is None, done.output
            if "complete" in done.output:
                assert "lever:harbour  complete  2 postings; unread fields of lever: moonPhase" in done.output
    with Ledger(tmp_path) as ledger:
        assert "unread fields of lever: moonPhase" in {one.note for one in ledger.latest()}.pop()
    file = tmp_path / "lever.json"
    file.write_bytes(body)
    done = run(tmp_path, "import", str(file), "--source", "lever", "--board", "harbour")
    assert "jobtide: unread fields of lever: moonPhase\n" in done.stderr
    done = run(tmp_path, "build")
    assert (done.exception, "moonPhase" in done.output) == (None, False)


def test_an_address_that_no_source_knows_is_told_where_to_go(tmp_path: Path) -> None:
    said = str(run(tmp_path, "collect", "https://harbour.example/careers").exception)
    assert "'jobtide source add https://harbour.example/careers' looks for a board" in said


@pytest.mark.parametrize("words", ["harbour", "", "  "])
def test_words_that_are_no_address_are_not_looked_up(tmp_path: Path, words: str) -> None:
    for command in ("add", "test"):
        assert "write SOURCE:TOKEN" in str(run(tmp_path, "source", command, words).exception)


def test_every_name_of_a_failure_stands_on_the_page_on_operating() -> None:
    root = Path(jobtide.__file__).parent / "sources"
    kinds = {"gone", "changed", "unusable"}
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FetchFailed":
                for given in node.keywords:
                    kinds |= {given.value.value} if isinstance(given.value, ast.Constant) else set()
    assert {"rate_limited", "handshake", "refused"} <= kinds
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
    named = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert kinds - named == set()
