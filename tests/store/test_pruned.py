"""Old snapshots leave in one step each, so that a death on the way leaves no half of one."""

import os
import shutil
from pathlib import Path

import pytest

from jobtide.store import pruned


def _snapshots(root: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        folder = root / "snapshots" / f"{number:012x}"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
        os.utime(folder, ns=(number + 1, number + 1))
        made.append(folder)
    return made


def _seen(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "snapshots").glob("[!.]*"))


def test_the_newest_three_stay(tmp_path: Path) -> None:
    made = _snapshots(tmp_path, 5)
    pruned.prune(tmp_path, made[0])  # the current one, whatever its age
    assert _seen(tmp_path) == sorted(folder.name for folder in (made[0], made[3], made[4]))
    assert list((tmp_path / "snapshots").glob(".*")) == []


def test_what_a_death_left_is_out_of_sight_and_goes_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _snapshots(tmp_path, 4)

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            pruned.prune(tmp_path, made[3])
    assert _seen(tmp_path) == [folder.name for folder in made[1:]]
    pruned.prune(tmp_path, made[3])
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == [folder.name for folder in made[1:]]
