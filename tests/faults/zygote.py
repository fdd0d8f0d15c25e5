"""A process that has loaded everything and forks one child after another, each of which collects, builds and may die.

Jobs come as JSON lines on standard input: ``day``; ``point`` and ``nth``: die at the n-th time this point is reached;
``after``: be killed after so many seconds. The answer to each is a line: ``status`` (negative: killed), and the points
that a child which nobody killed went through. Every crawl that was recorded is noted in a file beside the store.
"""

import json
import os
import select
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from jobtide import pipeline
from jobtide.enrich import kit
from jobtide.sources import registry
from jobtide.store.verdict import Crawled
from tests.faults import points
from tests.faults.site import day
from tests.sources_net.loop import FAST, source


def main(url: str, root: Path, boards: list[str]) -> None:
    """Answer jobs until there are no more."""
    registry.load = lambda _: source(url)  # type: ignore[assignment]
    kit.load()
    _say("ready")
    for line in sys.stdin:
        job = json.loads(line)
        told, heard = os.pipe()
        child = os.fork()
        if not child:
            os.close(told)
            _live(job, root, boards, heard)
        os.close(heard)
        if job.get("after"):
            select.select([told], [], [], job["after"])
            os.kill(child, signal.SIGKILL)
        passed = b""
        while part := os.read(told, 1 << 16):
            passed += part
        os.close(told)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        _say(json.dumps({"status": status, "points": json.loads(passed or b"[]")}))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _live(job: dict[str, Any], root: Path, boards: list[str], heard: int) -> None:
    """The life of one child; it never returns."""
    seen: Counter[str] = Counter()
    names: list[str] = []

    def reached(name: str) -> None:
        seen[name] += 1
        names.append(name)
        if name == job.get("point") and seen[name] == job["nth"]:
            os.kill(os.getpid(), signal.SIGKILL)

    points.install(setattr, lambda name: reached(f"before {name}"), lambda name: reached(f"after {name}"))
    with (root.parent / "acknowledged").open("a") as notes:

        def told(one: Crawled) -> None:
            notes.write(f"{job['day']} {one.board} {one.outcome}\n")
            notes.flush()

        wanted = [("lever", board) for board in boards]
        pipeline.collect(root, wanted, limits=FAST, now=lambda: day(job["day"]), told=told)
        pipeline.build(root)
    os.write(heard, json.dumps(names).encode())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
