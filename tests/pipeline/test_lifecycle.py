"""From crawls to spells: what a snapshot says of postings that came, changed, went and came back."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jobtide import pipeline
from jobtide.cli import app
from jobtide.market.filters import Filters
from jobtide.market.openings import base
from jobtide.model import Bad, Page, Posting, Stamp
from jobtide.sources import registry
from jobtide.store import derived
from jobtide.store.snapshot import Snapshot
from tests.faults.site import DAY, Site, day, row, serving
from tests.sources.faulty import answer

LAMPS = "Keep the lamp lit."


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


def spells(shot: Snapshot) -> dict[str, list[tuple[Any, ...]]]:
    """Posting id -> (first, last, closed, misses, left-censored) of each spell, in days."""
    out: dict[str, list[tuple[Any, ...]]] = {}
    for r in shot.query("from spell order by posting, ord").to_pylist():
        days = [(r[name] - DAY).days if r[name] else None for name in ("first_seen_at", "last_seen_at", "closed_at")]
        out.setdefault(r["posting"].rpartition(":")[2], []).append((*days, r["misses"], r["left_censored"]))
    return out


def board(*numbers: int, words: str = LAMPS) -> dict[int, str]:
    """A board of invented postings."""
    return dict.fromkeys(numbers, words)


def test_a_posting_is_kept_after_it_has_gone_and_closed_by_two_misses(site: Site) -> None:
    for at, numbers in ((0, (1, 2, 3)), (1, (2, 3)), (2, (2, 3, 4)), (3, (3, 4))):
        site.boards["b"] = board(*numbers)
        site.collect(at)
    with site.build() as shot:
        assert spells(shot) == {
            "p1": [(0, 0, 1, 2, True)], "p2": [(0, 2, None, 1, True)], "p3": [(0, 3, None, 0, True)],
            "p4": [(2, 3, None, 0, False)],
        }  # fmt: skip
        seen = shot.query("select source_id, seen_at from posting order by source_id").to_pylist()
        assert [(row["source_id"], row["seen_at"]) for row in seen] == [
            ("p1", day(0)), ("p2", day(2)), ("p3", day(3)), ("p4", day(3)),
        ]  # fmt: skip
        assert base(shot, Filters(family="all")).n == 3
        crawls = shot.query("select run, outcome, postings from crawl order by run").to_pylist()
        assert [tuple(row.values()) for row in crawls] == [
            (1, "complete", 3), (2, "complete", 2), (3, "complete", 3), (4, "complete", 2),
        ]  # fmt: skip


def test_a_build_after_every_crawl_and_one_at_the_end_are_the_same_bytes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [board(1, 2, 3), board(2, 3, words="Trim the wick."), board(2, 3, 5), board(1, 5), board(5)]
    folders = []
    for name in ("each", "end", "no cache"):
        site.root = tmp_path / name
        with monkeypatch.context() as patch:
            if name == "no cache":
                patch.setattr(derived.Derived, "get", lambda *_: None)
            for at, now in enumerate(days):
                site.boards["b"] = now
                site.collect(at)
                if name == "each":
                    pipeline.build(site.root)
            folders.append(pipeline.build(site.root).snapshot)
    assert len({folder.name for folder in folders}) == 1
    tables = [{path.name: path.read_bytes() for path in folder.glob("*.parquet")} for folder in folders]
    assert tables[0] == tables[1] == tables[2]


def test_a_damaged_or_cut_off_cache_is_made_again(site: Site) -> None:
    site.boards["b"] = board(1, 2)
    site.collect(0)
    first = pipeline.build(site.root).snapshot.name
    for cut in (slice(0, 40), slice(0, 0), slice(1, None)):
        for path in (site.root / "derived").rglob("*.bin"):
            path.write_bytes(path.read_bytes()[cut])
        assert pipeline.build(site.root).snapshot.name == first


def test_back_after_closing_and_put_up_anew_under_another_id(site: Site) -> None:
    keeper, other = "Paint the tower white, polish the lens, count the ships by night.", "Mend the nets."
    for at, now in enumerate([{1: keeper, 2: other}, {2: other}, {2: other}, {2: other, 1: keeper}]):
        site.boards["b"] = now
        site.collect(at)
    with site.build() as shot:
        assert spells(shot)["p1"] == [(0, 0, 1, 2, True), (3, 3, None, 0, False)]


def test_a_repost_names_the_posting_that_closed_before_it(site: Site) -> None:
    lamp = row(1) | {"text": "Lamp Engineer"}
    for at, ids in enumerate([("p1",), (), (), (), ("p7",)]):
        site.boards["b"] = answer(json.dumps([lamp | {"id": name} for name in ids]).encode())
        site.collect(at)
    with site.build() as shot:
        rows = shot.query("select posting, closed_at, reposted_from from spell order by posting").to_pylist()
    # The empty board of day 1 waits; that of day 2 confirms it, and both are misses.
    assert [(r["posting"], r["closed_at"], r["reposted_from"]) for r in rows] == [
        ("lever:b:p1", day(1), ""), ("lever:b:p7", None, "lever:b:p1"),
    ]  # fmt: skip


def test_an_edit_is_a_version_and_the_newest_one_stands(site: Site) -> None:
    for at, words in enumerate((LAMPS, LAMPS, "Trim the wick.", "Trim the wick.")):
        site.boards["b"] = board(1, words=words) | board(2)
        site.collect(at)
    with site.build() as shot:
        rows = shot.query("from edit order by posting, ord").to_pylist()
        (posting,) = shot.query("select version from posting where source_id = 'p1'").to_pylist()
        assert "Trim the wick" in str(shot.text(posting["version"]))
    assert [(r["posting"], (r["first_seen_at"] - DAY).days, (r["last_seen_at"] - DAY).days) for r in rows] == [
        ("lever:b:p1", 0, 1), ("lever:b:p1", 2, 3),
    ]  # fmt: skip
    assert rows[1]["version"] == posting["version"]


@pytest.mark.parametrize(
    "said", [board(), board(1), answer(b"[]"), answer(b"", status="500 Oops"), answer(b"<html>Log in</html>")]
)
def test_a_board_that_collapses_or_fails_closes_nothing_at_first(site: Site, said: Any) -> None:
    """F11, F12: a collapse waits; a failure is one; what was known stays, and a recovery goes on where it was."""
    site.boards["b"] = board(*range(10))
    site.collect(0)
    site.boards["b"] = said
    outcome = site.collect(1)["b"].outcome
    assert outcome in ("held", "failed")
    with site.build() as shot:
        assert {spell[0][2:4] for spell in spells(shot).values()} == {(None, 0)}
        assert shot.query("select outcome from crawl order by run").to_pylist()[1]["outcome"] == outcome
    site.boards["b"] = board(*range(10))
    assert site.collect(2)["b"].outcome == "unchanged"
    with site.build() as shot:
        assert {spell[0] for spell in spells(shot).values()} == {(0, 2, None, 0, True)}


def test_a_collapse_that_the_next_crawl_confirms_is_believed(site: Site) -> None:
    site.boards["b"] = board(*range(10))
    site.collect(0)
    site.boards["b"] = board(1)
    ended = [site.collect(at)["b"] for at in (1, 2, 3)]
    assert [one.outcome for one in ended] == ["held", "complete", "unchanged"]
    assert "1 postings where 10 were" in ended[0].note
    with site.build() as shot:
        found = spells(shot)
        crawls = shot.query("select outcome, postings, note from crawl order by run").to_pylist()
    assert found["p1"] == [(0, 3, None, 0, True)]
    # It was held, and complete all the same: the one after it is the second that misses them.
    assert {found[f"p{n}"][0] for n in range(10) if n != 1} == {(0, 0, 1, 2, True)}
    assert [(c["outcome"], c["postings"]) for c in crawls] == [
        ("complete", 10), ("complete", 1), ("complete", 1), ("unchanged", 1),
    ]  # fmt: skip
    assert crawls[1]["note"] == "1 postings where 10 were; held, and confirmed by a later crawl"


def test_crawls_minutes_apart_confirm_nothing_and_close_nothing(site: Site) -> None:
    """A board that collapsed and one that lost a posting, asked all afternoon: one witness, until the evening."""
    site.boards = {"b": board(*range(10)), "c": board(*range(10))}
    site.collect(0)
    site.boards = {"b": board(1), "c": board(*range(1, 10))}
    afternoon = [site.collect(1 + hour / 24) for hour in (0, 0.1, 1, 3, 5.9)]
    assert {ended["b"].outcome for ended in afternoon} == {"held"}
    with site.build() as shot:
        assert [spell for spell in spells(shot).values() if spell[0][2] is not None] == []
        assert base(shot, Filters(family="all")).n == 20
    assert {name: ended.outcome for name, ended in site.collect(1.25).items()} == {"b": "complete", "c": "unchanged"}
    with site.build() as shot:
        rows = shot.query("select posting, closed_at from spell where closed_at is not null").to_pylist()
        crawls = shot.query("select outcome, postings from crawl where board = 'b' order by run").to_pylist()
    assert {(row["posting"], row["closed_at"]) for row in rows} == {
        *((f"lever:b:p{n}", day(1)) for n in range(10) if n != 1), ("lever:c:p0", day(1))
    }  # fmt: skip
    assert [tuple(crawl.values()) for crawl in crawls] == [("complete", 10), *[("complete", 1)] * 6]


def test_a_posting_that_one_of_the_held_crawls_showed_is_not_gone_since_the_first(site: Site) -> None:
    site.boards["b"] = board(*range(10))
    site.collect(0)
    for hour, shown in ((0, ()), (1, (7,)), (2, ()), (8, ())):
        site.boards["b"] = board(*shown)
        ended = site.collect(1 + hour / 24)["b"].outcome
    assert ended == "complete"
    with site.build() as shot:
        rows = shot.query("select posting, closed_at, last_seen_at as seen from spell order by all").to_pylist()
    gone = {row["posting"]: row for row in rows}
    assert gone["lever:b:p7"]["seen"] == day(1 + 1 / 24)
    assert gone["lever:b:p7"]["closed_at"] == day(1 + 2 / 24)
    assert {row["closed_at"] for key, row in gone.items() if key != "lever:b:p7"} == {day(1)}


@pytest.mark.parametrize("wrong", [-20_000.0, -3.0, 3650.0])
def test_a_collapse_under_a_wrong_clock_is_confirmed_neither_at_once_nor_never(site: Site, wrong: float) -> None:
    """The first crawl that showed it had its clock years ahead or behind; the clock was set right since."""
    site.boards["b"] = board(*range(10))
    site.collect(0)
    site.boards["b"] = board(1)
    assert site.collect(wrong)["b"].outcome == "held"
    at_once = site.collect(1)["b"].outcome
    assert (at_once, site.collect(2)["b"].outcome) in (("held", "complete"), ("complete", "unchanged"))
    if wrong > 1:
        assert at_once == "held"
    with site.build() as shot:
        closed = {row["closed_at"] for row in shot.query("from spell where closed_at is not null").to_pylist()}
    assert len(closed) == 1
    assert day(0) <= closed.pop() <= day(1)


def test_a_collapse_that_is_held_closes_nothing_unless_the_next_answer_is_one_too(site: Site) -> None:
    """Failures between do not matter; an answer that recovered, or one that was held for drifting, confirms nothing."""
    broken = answer(json.dumps([row(n) | {"createdAt": "once upon a time"} for n in range(10)] + [row(10)]).encode())
    down = answer(b"", status="500 Oops")
    whole, one = board(*range(10)), board(1)
    for name, days, closed in (
        ("recovered", (whole, one, whole, one, whole), {None}),
        ("failing", (whole, one, down, down, one), {None, 1}),
        ("drifted", (whole, broken, one), {None}),
        ("half", (whole, one, board(1, 2, 3, 4, 5)), {None}),
    ):
        for at, shown in enumerate(days):
            site.boards = {name: shown}
            site.collect(at)
        with site.build() as shot:
            found = shot.query("select posting, closed_at from spell order by all").to_pylist()
        mine = [r["closed_at"] for r in found if r["posting"].startswith(f"lever:{name}:")]
        assert {at and (at - DAY).days for at in mine} == closed, name


def test_a_format_that_drifts_waits_then_counts_what_can_be_read(site: Site) -> None:
    """F11: rows that stand there but cannot be read are not gone."""
    site.boards["b"] = board(*range(10))
    site.collect(0)
    rows = [row(n) for n in range(10)]
    for broken in rows[:4]:
        broken["createdAt"] = "once upon a time"
    site.boards["b"] = answer(json.dumps(rows).encode())
    ended = [site.collect(at)["b"].outcome for at in (1, 2, 3, 4)]
    assert ended == ["held", "partial", "partial", "partial"]
    with site.build() as shot:
        found = spells(shot)
        assert shot.query("select count(*) as n from quarantine").to_pylist() == [{"n": 4}]
    assert {found[f"p{n}"][0][2] for n in range(10)} == {None}
    assert {found[f"p{n}"][0][1] for n in range(10)} == {4}


def test_rows_that_nobody_can_name_keep_every_missing_posting_open(site: Site) -> None:
    """More postings are missing than rows are unread: none of them is known to be gone."""
    site.boards["b"] = board(*range(40))
    site.collect(0)
    nameless = {key: value for key, value in row(0).items() if key != "id"}
    site.boards["b"] = answer(json.dumps([nameless, *(row(n) for n in range(3, 40))]).encode())
    assert [site.collect(at)["b"].outcome for at in (1, 2, 3)] == ["complete", "unchanged", "unchanged"]
    with site.build() as shot:
        assert {spell[0][2:4] for spell in spells(shot).values()} == {(None, 0)}
    # Later it still stands there: what goes after that is gone, what may be the row is not.
    site.boards["b"] = answer(json.dumps([nameless, *(row(n) for n in range(4, 40))]).encode())
    assert [site.collect(at)["b"].outcome for at in (4, 5)] == ["complete", "unchanged"]
    with site.build() as shot:
        found = spells(shot)
    assert {name: spell[0][2] for name, spell in found.items() if spell[0][3]} == {"p3": 4}
    site.boards["b"] = board(*range(4, 40))
    assert [site.collect(at)["b"].outcome for at in (6, 7)] == ["complete", "unchanged"]
    with site.build() as shot:
        assert {name: spell[0][2] for name, spell in spells(shot).items() if spell[0][3]} == {
            "p0": 6, "p1": 6, "p2": 6, "p3": 4,
        }  # fmt: skip


def test_an_unchanged_board_writes_nothing_but_sightings(site: Site) -> None:
    site.boards |= {"b": board(1, 2), "c": board(3)}
    site.collect(0)

    def kept() -> dict[str, str]:
        archive = {path.name: path.read_bytes() for path in sorted((site.root / "archive").rglob("*.zst"))}
        return {name: hashlib.sha256(body).hexdigest() for name, body in archive.items()}

    def told() -> dict[str, Any]:
        with site.build() as shot:
            tables = ("fact", "member", "text", "elsewhere", "quarantine", "edit")
            out = {name: shot.query(f"from {name} order by all").to_pylist() for name in tables}
            out["posting"] = shot.query("select * exclude (seen_at) from posting order by all").to_pylist()
            out["spell"] = shot.query("select * exclude (last_seen_at) from spell order by all").to_pylist()
        return out

    before = kept(), told()
    assert {one.outcome for one in site.collect(40).values()} == {"unchanged"}
    assert (kept(), told()) == before
    with site.build() as shot:
        assert {row["at"] for row in shot.query('select "at" from crawl').to_pylist()} == {day(0), day(40)}
        assert shot.as_of == day(40).date()
    assert pipeline.build(site.root).enriched == 0


def test_a_posting_on_two_boards_is_one_vacancy_with_two_rows(site: Site, tmp_path: Path) -> None:
    """F14: the same posting of one employer from a board and from a file."""
    lamp = row(1)
    site.boards["harbour"] = {1: LAMPS}
    site.collect(0)
    (tmp_path / "jobs.jsonl").write_text(
        json.dumps({"id": "x", "title": lamp["text"], "company": "Harbour", "html": lamp["description"]})
    )
    pipeline.import_file(site.root, tmp_path / "jobs.jsonl", now=day(1))
    with site.build() as shot:
        members = shot.query("select vacancy, posting, relation from member order by posting").to_pylist()
    assert len({member["vacancy"] for member in members}) == 1
    assert [member["posting"].rpartition(":")[2] for member in members] == ["x", "p1"]


def test_every_way_in_which_a_snapshot_tells_the_dates(site: Site) -> None:
    """Three dates, each with the field or rule it comes from; requisition and vacancy beside the posting's own id."""
    site.boards["b"] = answer(json.dumps([row(1) | {"createdAt": 1_735_689_600_000}]).encode())
    site.collect(3)
    with site.build() as shot:
        (found,) = shot.query("from posting").to_pylist()
    assert (found["first_published_at"].year, found["first_published_basis"]) == (2025, "createdAt")
    assert (found["last_published_at"], found["last_published_basis"]) == (None, "")
    assert (found["seen_at"], found["seen_basis"]) == (day(3), "crawl")
    assert (found["posting"], found["vacancy"]) == ("lever:b:p1", "lever:b:p1")


def test_a_board_that_answers_no_more_is_not_counted_as_open_and_not_as_closed(site: Site) -> None:
    site.boards |= {"b": board(1, 2), "c": board(3)}
    site.collect(0)
    site.boards["b"] = answer(b"", status="404 Not Found")
    for at, still in ((26, 3), (27, 3), (29, 1)):  # gone on the third day, and four weeks after it was seen
        site.collect(at)
        with site.build() as shot:
            assert base(shot, Filters(family="all")).n == still
            assert {spell[0][2] for spell in spells(shot).values()} == {None}
    site.boards["b"] = board(1, 2)
    site.collect(30)
    with site.build() as shot:
        assert base(shot, Filters(family="all")).n == 3


def test_a_board_that_is_gone_for_three_days_counts_no_more_though_nobody_asks_it_again(site: Site) -> None:
    """F5: three runs on three days. Twice, or three times on one day, is not enough; nothing of it is closed."""
    site.boards |= {"b": board(1, 2), "c": board(3)}
    site.collect(0)
    site.boards["b"] = answer(b"", status="404 Not Found")
    for at, still in ((1, 3), (1.2, 3), (1.4, 3), (2, 3), (3, 1), (3.5, 1)):
        site.collect(at, *("bc" if at < 3.5 else "c"))
        with site.build() as shot:
            assert base(shot, Filters(family="all")).n == still
            assert {spell[0][2] for spell in spells(shot).values()} == {None}
    site.boards["b"] = board(1)
    site.collect(4)
    with site.build() as shot:
        assert base(shot, Filters(family="all")).n == 3


def test_a_board_that_nobody_asks_any_more_counts_no_more_after_ninety_days(site: Site) -> None:
    """One that was taken out of a list, while others are collected."""
    site.boards |= {"b": board(1, 2), "c": board(3)}
    site.collect(0)
    for at, still in ((89, 3), (90, 1)):
        site.collect(at, "c")
        with site.build() as shot:
            assert base(shot, Filters(family="all")).n == still


def test_pages_that_could_not_be_read_wait_for_a_reader_that_can(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crawl failed when it came; after an update it shows what its kept page holds, and closes nothing."""
    site.boards["b"] = board(1, 2, 3)
    site.collect(0)
    moved = json.dumps({"openings": [row(2), row(3), row(4)]}).encode()
    site.boards["b"] = answer(moved)
    for at in (1, 2):
        ended = site.collect(at)["b"]
        assert (ended.outcome, ended.note.partition(":")[0]) == ("failed", "changed")
    with site.build() as shot:
        assert {name: spell[0][1] for name, spell in spells(shot).items()} == {"p1": 0, "p2": 0, "p3": 0}
    today = registry.load("lever")

    def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
        for page in pages:
            whole = json.loads(page.body)
            rows = whole["openings"] if isinstance(whole, dict) else whole
            yield from today.read([replace(page, body=json.dumps(rows).encode())])

    monkeypatch.setattr(registry, "load", lambda _: replace(today, read=read))
    monkeypatch.setattr(derived, "fingerprint", lambda: "newer readers")
    with site.build() as shot:
        assert {name: spell[0][1:3] for name, spell in spells(shot).items()} == {
            "p1": (0, None), "p2": (2, None), "p3": (2, None), "p4": (2, None),
        }  # fmt: skip
        crawls = shot.query("select outcome, postings from crawl order by run").to_pylist()
    assert [tuple(line.values()) for line in crawls] == [("complete", 3), ("partial", 3), ("partial", 3)]


def test_a_fault_that_goes_on_is_kept_as_evidence_once(site: Site) -> None:
    """A login page that is another one every night would fill a disk in years."""
    site.boards["b"] = board(1)
    site.collect(0)

    def blobs() -> int:
        return sum(1 for _ in (site.root / "archive").rglob("*.zst"))

    for at in range(1, 5):
        site.boards["b"] = answer(f"<!doctype html><html><title>Sign in</title>{at}</html>".encode())
        assert site.collect(at)["b"].note.startswith("blocked")
    assert blobs() == 2
    site.boards["b"] = answer(b'[{"id": "p1"', length=400)
    assert site.collect(5)["b"].note.startswith("truncated")
    assert blobs() == 3
    site.boards["b"] = board(1)
    site.collect(6)
    site.boards["b"] = answer(b"<!doctype html><html><title>Sign in</title>again</html>")
    site.collect(7)
    assert blobs() == 4


@pytest.mark.parametrize(("broken", "closed"), [("", day(1)), ("no record\n", None)])
def test_a_row_of_a_file_that_cannot_be_read_keeps_what_is_missing_open(
    site: Site, tmp_path: Path, broken: str, closed: Any
) -> None:
    """A file is a crawl of its board: a row of it that says nothing may be the posting that is missing."""
    for at, numbers in enumerate(((1, 2), (2,), (2, 3))):
        rows = [{"id": f"p{n}", "title": f"Keeper {n}", "company": "Harbour", "text": LAMPS} for n in numbers]
        file = tmp_path / f"day{at}.jsonl"
        file.write_text("".join(json.dumps(one) + "\n" for one in rows) + (broken if at else ""))
        pipeline.import_file(site.root, file, now=day(at), board="b")
    with site.build() as shot:
        found = shot.query("select posting, closed_at from spell order by posting").to_pylist()
    assert [row["closed_at"] for row in found] == [closed, None, None]


def test_an_unchanged_file_of_two_dates_is_two_sightings_and_of_one_date_one(site: Site, tmp_path: Path) -> None:
    """A board saved every month: what stood there stood there, what went is gone, and flow can be counted."""
    file = tmp_path / "harbour.jsonl"

    def saved(at: float, *numbers: int, stated: bool = True, name: str = "harbour.jsonl") -> None:
        rows = [{"id": f"p{n}", "title": f"Keeper {n}", "company": "Harbour", "text": LAMPS} for n in numbers]
        path = file.with_name(name)
        path.write_text("".join(json.dumps(one) + "\n" for one in rows))
        seen = Stamp(day(at), "given with --as-of") if stated else None
        done = pipeline.import_file(site.root, path, now=day(200), seen=seen)
        assert done.instead_of == ()

    saved(0, 1, 2)
    saved(30, 1, 2)
    saved(30, 1, 2, name="copy.jsonl")
    with site.build() as shot:
        assert {name: spell[0] for name, spell in spells(shot).items()} == {
            "p1": (0, 30, None, 0, True), "p2": (0, 30, None, 0, True)
        }  # fmt: skip
        assert [row["at"] for row in shot.query('from crawl order by "at"').to_pylist()] == [day(0), day(30)]
    saved(60, 2)
    saved(90, 2, name="harbour-again.jsonl")  # the same bytes are the same board, whatever the file is called
    saved(120, 2, stated=False)
    with site.build() as shot:
        assert {name: spell[0] for name, spell in spells(shot).items()} == {
            "p1": (0, 30, 60, 2, True), "p2": (0, 90, None, 0, True)
        }  # fmt: skip


def test_an_import_says_whose_place_it_takes(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "jobs.jsonl"
    said = []
    for number, more in enumerate(([], [], ["--as-of", "2026-01-01"], ["--as-of", "2062-02-01"], ["--replace"])):
        file.write_text(json.dumps({"id": str(number), "title": "Keeper", "company": "Harbour", "text": LAMPS}))
        done = CliRunner().invoke(app, ["--store", str(site.root), "import", str(file), *more], standalone_mode=False)
        said.append([line for line in done.stderr.splitlines() if "place" in line])
    place = "jobtide: it takes the place of jobs.jsonl of run {}; with --as-of both count"
    assert said == [[], [place.format(1)], [], [], [place.format("2, 3, 4")]]
    with site.build() as shot:
        assert [row["source_id"] for row in shot.query("from posting").to_pylist()] == ["4"]
