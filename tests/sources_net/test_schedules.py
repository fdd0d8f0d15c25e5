"""The examples for cron and systemd on the page on operating, run as they are written there, in their order."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobtide.cli import app
from jobtide.model import Source
from jobtide.sources import boards_list, fetch, guard, registry
from jobtide.sources.boards_list import Listed
from jobtide.store import mine
from tests.sources.faulty import Server, answer, running
from tests.sources_net.loop import board, source

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
BLOCKS = re.findall(r"```(cron|ini)\n(.*?)```", PAGE, re.DOTALL)
CRON = [text for kind, text in BLOCKS if kind == "cron"]
UNITS = {re.findall(r"jobtide\.\w+", PAGE.split(text)[0] + text)[-1]: text for kind, text in BLOCKS if kind == "ini"}
FIELD = re.compile(r"\*|\d+(?:,\d+)*|\*/\d+")


def listed(name: str) -> Listed:
    return Listed("lever", name, name, "named", "", date(2026, 1, 1), "us")


@pytest.fixture(name="store")
def a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store whose lists are boards of a loopback server; the second of the bundled list is away."""
    monkeypatch.setattr(fetch, "check_url", lambda url, **_: guard.check_url(url, allow_private=True))
    away = answer(b"", status="403 Forbidden")
    with running(lambda path, _: away if path == "/away" else answer(board(1, 2))) as server:
        monkeypatch.setattr(registry, "load", lambda _: named(server))
        monkeypatch.setattr(boards_list, "load", lambda _: (listed("here"), listed("away")))
        mine.add(tmp_path / "store", listed("own"))
        yield tmp_path / "store"


def named(server: Server) -> Source:
    return replace(source(server.url), name="lever")


def run(store: Path, words: str, tmp_path: Path) -> Result:
    said = words.replace(r"\%", "%").replace("$(date +%F)", "2026-01-31").replace("/backups", str(tmp_path / "backups"))
    program, *rest = shlex.split(said)
    assert Path(program).name == "jobtide"
    return CliRunner().invoke(app, ["--store", str(store), *rest], standalone_mode=False)


def test_the_lines_for_cron_do_what_they_say(store: Path, tmp_path: Path) -> None:
    (text,) = CRON
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    assert settings["PATH"].split(":")[0].endswith("/.venv/bin")  # cron itself knows /usr/bin and /bin only
    assert settings.keys() == {"PATH", "JOBTIDE_CONTACT"}
    ended = []
    for line in lines[len(settings) :]:
        *times, command = line.split(maxsplit=5)
        assert all(FIELD.fullmatch(time) for time in times)
        assert not re.search(r"(?<!\\)%", command), "cron ends a command at a bare %"
        for words in re.split(r";|&&", command):
            done = run(store, words, tmp_path)
            assert done.exception is None, (words, done.output)
            ended.append((shlex.split(words)[1], done.return_value or 0))
            if "--quiet" in words:
                assert done.stdout.count("\n") == (words.split()[1] == "collect"), "cron mails what is printed"
    assert ended == [("collect", 4), ("build", 0), ("verify", 0), ("backup", 0)]
    assert (tmp_path / "backups" / "jobtide" / "2026-01-31" / "ledger.sqlite").exists()


def test_the_units_for_systemd_do_what_they_say(store: Path, tmp_path: Path) -> None:
    service = unit(UNITS["jobtide.service"])
    accepted = {0, *map(int, service["Service"]["SuccessExitStatus"][0].split())}
    for words in service["Service"]["ExecStart"]:
        done = run(store, words, tmp_path)
        assert done.exception is None, (words, done.output)
        assert (done.return_value or 0) in accepted
    assert unit(UNITS["jobtide.timer"])["Timer"]["Persistent"] == ["true"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for name, text in UNITS.items():
        # The user and the program of the example are not on this machine.
        here = re.sub(r"/opt/\S+/jobtide", sys.executable, text).replace("User=jobtide\n", "")
        (tmp_path / name).write_text(here)
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )
    assert [line for line in done.stderr.splitlines() if "jobtide" in line] == []


def unit(text: str) -> dict[str, dict[str, list[str]]]:
    """A unit's sections, each setting with all its values, as systemd reads them."""
    out: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            section = out.setdefault(line.strip("[]"), {})
        elif "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            section.setdefault(name, []).append(value)
    return out
