"""Which figures changed between two snapshots, and do the causes add up to the change?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtide.cli import app
from jobtide.errors import UsageError
from jobtide.report import changed
from jobtide.report.changes import Difference, compare
from jobtide.store.snapshot import Snapshot
from tests.report.conftest import facts, posting, published, stored

CLOSED, CAME, EDITED = 20, 40, 30  # postings 0..19 close, 200..239 come, 100..129 get another text and no Python


def old_rows() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    return [posting(i) for i in range(200)], [f for i in range(200) for f in facts(i)]


def new_rows() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The later snapshot: postings 20 to 239, thirty of them edited."""
    kept = range(CLOSED, 200 + CAME)
    postings, found = [posting(i) for i in kept], [f for i in kept for f in facts(i)]
    edited = {f"v{i:03}" for i in range(100, 100 + EDITED)}
    for row in (*postings, *found):
        if row["version"] in edited:
            row["version"] = f"x{row['version']}"
    return postings, [f for f in found if not (str(f["version"]).startswith("x") and f["concept"] == "python")]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Snapshot]]:
    root = tmp_path_factory.mktemp("pair")
    one = stored(root / "old", *old_rows(), spec="aaaa")
    two = stored(root / "new", *new_rows(), spec="bbbb")
    with Snapshot.open(one) as old, Snapshot.open(two) as new:
        yield old, new


@pytest.fixture(scope="module")
def found(pair: tuple[Snapshot, Snapshot]) -> Difference:
    return compare(*pair)


def test_postings_are_counted_by_what_became_of_them(found: Difference) -> None:
    counts = found.postings
    assert (counts.came, counts.closed, counts.edited, counts.same) == (CAME, CLOSED, EDITED, 150)
    assert (counts.old_reader, counts.new_reader) == ("0 aaaa", "0 bbbb")


def test_the_causes_add_up_to_the_change(found: Difference) -> None:
    told = 0
    for figure in found.figures:
        for row in figure.rows:
            if None not in (row.old, row.new, row.closed, row.read, row.came):
                told += 1
                assert row.new - row.old == pytest.approx(row.closed + row.read + row.came)  # type: ignore[operator]
    assert told > 10


def test_a_share_is_split_into_what_was_edited_and_what_came(found: Difference) -> None:
    skills = next(figure for figure in found.figures if figure.name == "skills")
    python = next(row for row in skills.rows if row.key == "python")
    # Every posting named Python; thirty of the 180 that stayed no longer do, then forty came that do.
    assert python.old == pytest.approx(1.0)
    assert python.closed == pytest.approx(0.0)
    assert python.read == pytest.approx(-30 / 180)
    assert python.new == pytest.approx(190 / 220)
    assert python.came == pytest.approx(190 / 220 - 150 / 180)


def test_the_same_snapshot_has_not_changed(pair: tuple[Snapshot, Snapshot]) -> None:
    same = compare(pair[0], pair[0])
    assert same.figures == ()
    assert same.postings.came == same.postings.closed == same.postings.edited == 0
    assert "No figure of the article changed." in changed.lines(same)


def test_a_figure_that_only_one_snapshot_carries_says_why(pair: tuple[Snapshot, Snapshot], tmp_path: Path) -> None:
    with Snapshot.open(published(tmp_path, 8)) as few:
        names = {figure.name: figure for figure in compare(few, pair[0]).figures}
        assert names["skills"].why.startswith("not carried before: too few")
        assert not names["skills"].rows
        assert compare(pair[0], few, ["skills"]).figures[0].why.startswith("not carried any more: too few")


def test_lines_fit_eighty_columns_and_say_every_cause(found: Difference) -> None:
    told = changed.lines(found)
    assert max(len(line) for line in told) <= 80
    text = "\n".join(told)
    assert "40 postings came, 20 closed" in text
    assert "Read by 0 aaaa, now by 0 bbbb." in text
    assert "read" in text
    assert "| python |" in changed.markdown(found)


def test_the_command_writes_json(pair: tuple[Snapshot, Snapshot], tmp_path: Path) -> None:
    old, new = (str(shot.folder) for shot in pair)
    out = tmp_path / "diff.json"
    asked = ["report", "diff", old, new, "--format", "json", "--figure", "skills", "-o", str(out)]
    assert app.main(asked, standalone_mode=False) == 0
    made = json.loads(out.read_text())
    assert [figure["name"] for figure in made["figures"]] == ["skills"]
    assert made["postings"]["came"] == CAME


@pytest.mark.parametrize("arguments", [["nothing", "bundled"], ["bundled", "bundled", "--figure", "skils"]])
def test_a_snapshot_or_figure_that_does_not_exist_is_an_error(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no snapshot 'nothing'|no figure 'skils'"):
        app.main(["--store", str(tmp_path), "report", "diff", *arguments], standalone_mode=False)
