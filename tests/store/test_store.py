"""What is kept is whole, or it is named; what is published is the same bytes for the same content."""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from jobtide.errors import JobtideError, StoreBusy, StoreDamaged, StoreFull
from jobtide.model import Page, Request, Stamp
from jobtide.store import files, pack
from jobtide.store.archive import Archive
from jobtide.store.crawls import CrawlEnd
from jobtide.store.enriched import Enriched
from jobtide.store.imported import Import
from jobtide.store.ledger import Ledger
from jobtide.store.lock import lock
from jobtide.store.patience import Moment
from jobtide.store.snapshot import Snapshot, current, publish
from jobtide.tables import CRAWL, FACT, MEMBER, POSTING, QUARANTINE, TEXT

AT = datetime(2025, 11, 3, 12, tzinfo=UTC)
LATER = datetime(2025, 12, 9, 12, tzinfo=UTC)


def page(board: str, body: bytes, etag: str = "") -> Page:
    """A page of a board."""
    headers = {"ETag": etag} if etag else {}
    sha = hashlib.sha256(body).hexdigest()
    return Page(Request("GET", f"https://example.org/{board}"), board, 200, headers, body, sha, AT)


def tables(count: int = 4) -> dict[str, pa.Table]:
    """A small snapshot's tables; every row invented."""
    postings = [
        {"posting": f"file:x:{i}", "version": f"{i:032x}", "vacancy": f"file:x:{i}", "source": "file", "board": "x",
         "employer": f"e{i}", "employer_name": f"E {i}", "title": f"Job {i}", "seen_at": AT, "apply_url": "https://a.example",
         "degree_or_equivalent": False, "pay_ranges": 0}
        for i in range(count)
    ]  # fmt: skip
    facts = [
        {"version": f"{i:032x}", "ord": 0, "kind": "skill", "concept": "python", "field": "text", "start": 0, "end": 6,
         "words": "one two three four five six seven eight"}
        for i in range(count)
    ]  # fmt: skip
    members = [
        {"vacancy": p["posting"], "posting": p["posting"], "relation": "self", "similarity": 1.0} for p in postings
    ]
    texts = [{"version": f"{i:032x}", "text": f"Text {i}", "sections": []} for i in range(count)]
    bad = [{"source": "file", "board": "x", "row": 9, "source_id": "", "reason": "odd", "excerpt": "words of a row"}]
    return {
        "posting": pa.Table.from_pylist(postings, schema=POSTING), "fact": pa.Table.from_pylist(facts, schema=FACT),
        "member": pa.Table.from_pylist(members, schema=MEMBER), "text": pa.Table.from_pylist(texts, schema=TEXT),
        "crawl": CRAWL.empty_table(), "quarantine": pa.Table.from_pylist(bad, schema=QUARANTINE),
    }  # fmt: skip


def test_the_archive_gives_back_what_it_was_given(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    bodies = [b"", b"x", os.urandom(5000), b"a" * 10_000]
    names = [archive.put(body) for body in bodies]
    assert [archive.get(name) for name in names] == bodies
    assert archive.put(bodies[3]) == names[3]
    assert list(archive.verify()) == []


def test_every_flipped_bit_of_the_archive_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name = archive.put(b'{"jobs": ["one", "two", "three"]}' * 20)
    (path,) = (tmp_path / "archive").rglob("*.zst")
    whole = path.read_bytes()
    chosen = random.Random(7)
    for _ in range(150):
        broken = bytearray(whole)
        broken[chosen.randrange(len(broken))] ^= 1 << chosen.randrange(8)
        path.write_bytes(bytes(broken))
        with pytest.raises(StoreDamaged, match=path.name):
            archive.get(name)
        assert len(list(archive.verify())) == 1
    path.write_bytes(whole + b"\0")
    with pytest.raises(StoreDamaged):
        archive.get(name)


def test_a_missing_blob_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="missing"):
        Archive(tmp_path).get("0" * 64)


def test_the_newest_complete_crawl_is_current_and_an_unchanged_one_moves_its_date(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("collect", AT)
        for outcome, body, at in (
            ("partial", b"[0]", AT), ("complete", b"[1]", AT), ("failed", b"", LATER), ("partial", b"[2]", LATER),
            ("unchanged", b"", LATER),
        ):  # fmt: skip
            pages = [page("b", body, '"v"')] if body else []
            ledger.record_crawl(run, CrawlEnd(source="lever", board="b", at=at, outcome=outcome, note="", pages=pages))
        (kept,) = ledger.latest()
        assert [p.sha256 for p in kept.pages] == [hashlib.sha256(b"[1]").hexdigest()]
        assert kept.at == LATER
        assert ledger.validators() == {"https://example.org/b": ('"v"', "")}


def test_no_page_of_several_speaks_for_the_others(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("collect", AT)
        pages = [page("b", b"[0]", '"v"'), page("b", b"[1]", '"w"')]
        ledger.record_crawl(
            run, CrawlEnd(source="rippling", board="b", at=AT, outcome="complete", note="", pages=pages)
        )
        assert ledger.validators() == {}


def test_a_partial_crawl_counts_only_while_there_is_no_complete_one(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("collect", AT)
        ledger.record_crawl(
            run, CrawlEnd(source="lever", board="b", at=AT, outcome="partial", note="", pages=[page("b", b"[0]")])
        )
        assert [kept.outcome for kept in ledger.latest()] == ["partial"]


def test_a_newer_file_of_a_name_replaces_the_older_and_a_copy_counts_once(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        for name, sha in (("a.csv", "1"), ("a.csv", "2"), ("b.csv", "2"), ("c.csv", "3")):
            ledger.record_import(ledger.begin("import", AT), Import(name, sha, {"x": "title"}, seen=Stamp(AT, "given")))
        assert [(kept.name, kept.sha256) for kept in ledger.latest()] == [("a.csv", "2"), ("c.csv", "3")]
        assert ledger.latest()[0].given == Stamp(AT, "given")
        assert [run.run for run in ledger.runs()] == [4, 3, 2, 1]


ONE, TWO, THREE = (Stamp(AT.replace(month=month), "given") for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("imports", "counted"),
    [
        # (name, bytes, date stated, alone) -> (name, bytes, month stated)
        ([("a", "1", ONE), ("a", "1", TWO)], [("a", "1", 1), ("a", "1", 2)]),  # unchanged, and seen twice
        ([("a", "1", TWO), ("a", "2", ONE), ("a", "3", ONE)], [("a", "3", 1), ("a", "1", 2)]),
        ([("a", "1", ONE), ("b", "1", TWO)], [("a", "1", 1), ("a", "1", 2)]),  # the same board under another name
        ([("a", "1", ONE), ("b", "1", ONE)], [("a", "1", 1)]),
        ([("a", "1", None), ("b", "1", None), ("a", "2", None)], [("a", "2", 0), ("a", "1", 0)]),
        ([("a", "1", None), ("a", "1", TWO)], [("a", "1", 2)]),  # without a date it says nothing beside one with it
        ([("a", "1", None), ("a", "2", TWO)], [("a", "1", 0), ("a", "2", 2)]),
        ([("a", "1", ONE), ("a", "1", TWO), ("a", "1", THREE, True)], [("a", "1", 3)]),  # two dates were mistakes
        ([("a", "1", ONE), ("b", "2", TWO), ("a", "1", THREE, True)], [("a", "1", 3), ("b", "2", 2)]),
    ],
)  # fmt: skip
def test_a_file_is_a_sighting_for_each_date_that_is_stated_with_it(
    tmp_path: Path, imports: list[tuple[str, str, Stamp | None]], counted: list[tuple[str, str, int]]
) -> None:
    with Ledger(tmp_path) as ledger:
        for name, sha, seen, *alone in imports:
            ledger.record_import(ledger.begin("import", AT), Import(name, sha, {}, seen=seen, alone=bool(alone)))
        found = [(kept.name, kept.sha256, kept.given.at.month if kept.given else 0) for kept in ledger.imports()]
    assert found == counted


def test_a_ledger_of_the_first_format_is_taken_over_and_one_of_a_later_is_not(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("collect", AT)
        ledger.record_crawl(
            run, CrawlEnd(source="lever", board="b", at=AT, outcome="complete", note="", pages=[page("b", b"[]")])
        )
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as db:
        db.executescript("alter table crawls drop column postings; alter table crawls drop column bad;")
        db.executescript("alter table imports drop column alone; drop table patience;")
        db.execute("pragma user_version = 1")
    with Ledger(tmp_path) as ledger:
        assert [(line.board, line.postings) for line in ledger.history()] == [("b", None)]
        assert ledger.before("lever", "b").postings is None
        ledger.record_crawl(
            run, CrawlEnd(source="lever", board="b", at=LATER, outcome="complete", note="", pages=[], postings=4, bad=1)
        )
        assert (ledger.before("lever", "b").postings, ledger.before("lever", "b").bad) == (4, 1)
        ledger.record_import(run, Import("a.csv", "1", {}, alone=True))
        assert (len(ledger.imports()), ledger.rests(Moment.here(AT))) == (1, {})
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as db:
        db.execute("pragma user_version = 99")
    with pytest.raises(StoreDamaged, match="later jobtide"):
        Ledger(tmp_path)


def test_a_run_of_many_boards_names_only_what_went_wrong(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("collect", AT)
        for n in range(20):
            outcome = "failed" if n == 3 else "held" if n == 5 else "complete"
            note = {3: "timeout: no answer within 30 s", 5: "1 postings where 9 were; waits"}.get(n, "")
            ledger.record_crawl(
                run, CrawlEnd(source="lever", board=f"b{n}", at=AT, outcome=outcome, note=note, pages=[])
            )
        (done,) = ledger.runs()
    ill = "lever:b3 failed (timeout), lever:b5 held (1 postings where 9 were)"
    assert done.what == f"20 boards: 18 complete, 1 failed, 1 held; {ill}"


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, but long enough to look at" * 10)
    with pytest.raises(StoreDamaged, match=r"ledger\.sqlite"):
        Ledger(tmp_path)


_HOLDER = """
import sys; from pathlib import Path; from jobtide.store.lock import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy, match=str(holder.pid)), lock(tmp_path):
            pass
        holder.kill()
    with lock(tmp_path):  # a process that is gone holds nothing
        assert (tmp_path / "writer.lock").read_text() == str(os.getpid())


def test_the_same_content_is_the_same_snapshot_in_any_order(tmp_path: Path) -> None:
    first = publish(tmp_path / "a", tables(), made={"spec": "s"})
    shuffled = {
        name: table.take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64()))
        for name, table in reversed(tables().items())
    }
    second = publish(tmp_path / "b", shuffled, made={"spec": "s"})
    assert first.name == second.name
    # The working tables are derived: made from the others, and no part of what must be the same byte for byte.
    one, two = ([p for p in sorted(at.iterdir()) if not p.name.startswith("prepared")] for at in (first, second))
    assert [p.name for p in one] == [p.name for p in two]
    assert [files.sha256(p) for p in one] == [files.sha256(p) for p in two]
    assert publish(tmp_path / "a", tables(), made={"spec": "other"}).name != first.name
    assert publish(tmp_path / "a", tables(), made={"spec": "s"}) == first


def test_a_snapshot_answers_and_is_sealed(tmp_path: Path) -> None:
    with Snapshot.open(publish(tmp_path, tables(), made={"sources": [{"name": "file"}]})) as shot:
        found = shot.query("select count(*) as n from posting where title = $title", {"title": "Job 1"})
        assert found.to_pylist() == [{"n": 1}]
        assert shot.query("select count(*) as n from elsewhere").to_pylist() == [{"n": 0}]
        assert shot.text(f"{1:032x}") == "Text 1"
        assert shot.as_of == AT.date()
        assert shot.verify() == []
        with pytest.raises(Exception, match=r"disabled|configuration"):
            shot.query("select * from read_text('/etc/hostname')")


def test_a_crash_before_the_pointer_moves_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path, tables(3), made={})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_whole", "sync"):
        with monkeypatch.context() as patch:
            patch.setattr(f"jobtide.store.snapshot.{name}", full)
            with pytest.raises(StoreFull, match="No space"):
                publish(tmp_path, tables(4), made={})
        assert current(tmp_path) == first
    assert publish(tmp_path, tables(4), made={}) == current(tmp_path) != first


def test_no_snapshot_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(JobtideError, match="jobtide build"):
        current(tmp_path)


def test_enriched_rows_come_back_once_and_sorted(tmp_path: Path) -> None:
    store = Enriched(tmp_path, TEXT)
    rows = [{"version": v, "text": v, "sections": []} for v in "cabd"]
    batches = [pa.RecordBatch.from_pylist(rows[i : i + 2], schema=TEXT) for i in (0, 2)]
    assert store.append("s", [*batches, batches[0]]) == 6
    assert store.known("s") == set("abcd")
    assert store.known("other") == set()
    assert store.load("s", "ca")["version"].to_pylist() == ["a", "c"]
    with pytest.raises(StoreDamaged, match="lacks 1"):
        store.load("s", "az")


@pytest.mark.parametrize("name", ["p.zip", "p"])
def test_a_pack_has_no_texts_and_few_words(tmp_path: Path, name: str) -> None:
    made = pack.make(publish(tmp_path / "a", tables(), made={"spec": "s"}), tmp_path / name)
    folder = pack.open_pack(made, tmp_path / "b")
    with Snapshot.open(folder) as shot:
        assert not shot.has_text
        assert shot.text(f"{1:032x}") is None
        (words,) = {row["words"] for row in shot.query("select words from fact").to_pylist()}
        assert words == "one two three four five six"
        assert shot.query("select excerpt, reason from quarantine").to_pylist() == [{"excerpt": "", "reason": "odd"}]
        joined = shot.query("select count(*) as n from posting join fact using (version)").to_pylist()
        assert joined == [{"n": 4}]


def test_a_changed_pack_is_refused(tmp_path: Path) -> None:
    made = pack.make(publish(tmp_path / "a", tables(), made={}), tmp_path / "p")
    body = bytearray((made / "fact.parquet").read_bytes())
    body[len(body) // 3] ^= 4
    (made / "fact.parquet").write_bytes(bytes(body))
    with pytest.raises(JobtideError):
        pack.open_pack(made, tmp_path / "b")
    (tmp_path / "no.zip").write_bytes(b"PK nothing")
    with pytest.raises(JobtideError, match="no pack"):
        pack.open_pack(tmp_path / "no.zip", tmp_path / "b")


def test_a_killed_writer_leaves_whole_files_only(tmp_path: Path) -> None:
    code = (
        "import os, sys, signal, threading; from pathlib import Path; from jobtide.store.archive import Archive\n"
        "threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()\n"
        "archive = Archive(Path(sys.argv[1]))\n"
        "for i in range(10**6): print(archive.put(str(i).encode() * 500), flush=True)\n"
    )
    for wait in (0.02, 0.05, 0.11):
        done = subprocess.run([sys.executable, "-c", code, str(tmp_path), str(wait)], capture_output=True, text=True)
        archive = Archive(tmp_path)
        for name in done.stdout.split():
            if len(name) == 64:
                assert archive.get(name)
        assert list(archive.verify()) == []


def test_snapshots_stay_in_the_order_of_publication_whatever_the_clock_said(tmp_path: Path) -> None:
    """One that was made when the clock stood ten years ahead does not outlive those after it."""
    folders = []
    for number in range(3, 9):
        folders.append(publish(tmp_path, tables(number), made={}))
        if number == 4:
            ahead = time.time_ns() + 10 * 365 * 86_400 * 10**9
            os.utime(folders[-1], ns=(ahead, ahead))
    publish(tmp_path, tables(7), made={})  # an older one is current again: it is the newest now
    kept = {path.name for path in (tmp_path / "snapshots").iterdir()}
    assert kept == {folder.name for folder in folders[-3:]}
    publish(tmp_path, tables(9), made={})
    assert current(tmp_path).parent / folders[-2].name in (tmp_path / "snapshots").iterdir()
    assert folders[-3].name not in {path.name for path in (tmp_path / "snapshots").iterdir()}
