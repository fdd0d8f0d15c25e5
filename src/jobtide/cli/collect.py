"""``jobtide collect``, ``import``, ``runs``: bring postings in, and say what came."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from jobtide.cli import patience
from jobtide.cli.source import CONTACT, OPT_IN, limits
from jobtide.cli.where import root
from jobtide.errors import UsageError

if TYPE_CHECKING:
    from jobtide.cli.progress import Progress
    from jobtide.sources.hosts import Hosts
    from jobtide.store.verdict import Crawled

Hint = Callable[[str], object]  # says what only somebody who looks wants to know

_EARLY = 20  # boards of a list after which the first figures are shown


@click.command()
@click.argument("boards", nargs=-1, metavar="BOARD...")
@click.option("--list", "lists", multiple=True, metavar="NAME", help="A bundled list (ml), or mine: those you added.")
@click.option("--resume", is_flag=True, help="Leave out what the last collection had finished when it was cut off.")
@click.option("-q", "--quiet", is_flag=True, help="Name only boards that failed or wait; no first figures. For cron.")
@OPT_IN
@CONTACT
def collect(
    boards: tuple[str, ...], lists: tuple[str, ...], resume: bool, quiet: bool, opt_in: tuple[str, ...], contact: str
) -> int:
    """Crawl job boards: SOURCE:TOKEN (greenhouse:acme; 'source list' names them), or the address of a careers page.

    One request a second per host, whatever the number of boards; how long that takes is said before it begins. A
    board that fails never ends the others, and nothing that was archived before is lost. With --list, boards that are
    gone are left out, and figures come after the first twenty. Run 'jobtide build' afterwards.
    """
    from jobtide import pipeline
    from jobtide.sources.hosts import Hosts
    from jobtide.sources.registry import locate

    named = list(dict.fromkeys(locate(board) for board in boards))
    hint: Hint = _unsaid if quiet else partial(click.echo, err=True)
    wanted = named + [board for board in _listed(lists, hint) if board not in named]
    if not wanted:
        raise UsageError(_nothing(lists))
    finished = 0
    if resume:
        left = _left(wanted, hint)
        finished, wanted = len(wanted) - len(left), left
        if not wanted:
            return 0
    within = limits(contact, opt_in, tuple({name for name, _ in wanted}))
    hint(f"jobtide: {_estimate(wanted)}")
    done: list[Crawled] = []
    resting = patience.kept()
    for line in resting:
        hint(f"jobtide: {line}")
    hosts = Hosts()
    progress = _progress(wanted, hosts, quiet=quiet)
    for part in _parts(wanted, first=_EARLY - finished if lists and not quiet else 0):
        more = len(done) + len(part) < len(wanted)
        done += pipeline.collect(
            root(), part, limits=within, now=lambda: datetime.now(UTC), told=progress.told, more=more, hosts=hosts
        )
        if more:
            _early(len(done) + finished)
    progress.close()
    for line in patience.lines(hosts, but={line.split()[0] for line in resting}):
        click.echo(f"jobtide: {line}", err=True)
    return _ended(done, hint)


def _unsaid(_: str) -> None:
    """Where nobody looks."""


def _nothing(lists: tuple[str, ...]) -> str:
    """Why there is no board to ask."""
    if lists:
        return f"no board of {', '.join(lists)} is left to ask: 'jobtide source add URL' adds one to the list mine"
    return "name a board (greenhouse:acme) or a list: --list ml"


def _ended(done: "list[Crawled]", hint: Hint) -> int:
    """Say how many boards wait and how many failed; the code to end with."""
    held = sum(crawled.outcome == "held" for crawled in done)
    if held:
        waits = "board waits" if held == 1 else "boards wait"
        click.echo(f"jobtide: {held} {waits} for a later crawl; nothing there is closed yet", err=True)
    failed = [crawled for crawled in done if crawled.outcome == "failed"]
    if failed:
        click.echo(f"jobtide: {len(failed)} of {len(done)} boards failed; the rest is saved", err=True)
        if len(done) > 1 and all(crawled.note.startswith(("unreachable:", "timeout:")) for crawled in done):
            click.echo("jobtide: nothing at all could be reached; is this machine online?", err=True)
        return 4
    hint("jobtide: now run 'jobtide build'")
    return 0


def _left(wanted: list[tuple[str, str]], hint: Hint) -> list[tuple[str, str]]:
    """What a collection that was cut off had not finished; all of it if the last one came to its end."""
    from jobtide.store.ledger import Ledger

    with Ledger(root()) as ledger:
        run, done = ledger.cut_off()
        any_before = any(one.kind == "collect" for one in ledger.log())
    left = [board for board in wanted if board not in done]
    if run is None:
        before = "the last collection came to its end" if any_before else "nothing was collected yet"
        hint(f"jobtide: {before}; all boards are asked")
    else:
        said = f"{len(wanted) - len(left)} boards that run {run.run} of {run.started_at[:10]} had finished are left out"
        hint(f"jobtide: {said}, {len(left)} are left")
    return left


def _listed(lists: tuple[str, ...], hint: Hint) -> list[tuple[str, str]]:
    """The boards of lists that are worth asking: not taken out, not dead; sources in turn, the best evidence first."""
    from jobtide.sources import boards_list
    from jobtide.store import mine
    from jobtide.store.tries import tries

    found = [one for name in lists for one in (mine.added(root()) if name == "mine" else boards_list.load(name))]
    if not found:
        return []
    dead = boards_list.dead(tries(root()), now=datetime.now(UTC))
    left = mine.removed(root())
    pairs = list(dict.fromkeys((one.source, one.token) for one in found))
    if gone := [pair for pair in pairs if pair in dead]:
        said = "1 board is" if len(gone) == 1 else f"{len(gone)} boards are"
        hint(f"jobtide: {said} left out as gone; 'source list --boards' says why")
    return boards_list.in_turn([pair for pair in pairs if pair not in dead and pair not in left])


def _estimate(wanted: list[tuple[str, str]]) -> str:
    """How many boards, and how long they take: each source is asked at its own rate, all side by side."""
    from jobtide.sources.boards_list import seconds
    from jobtide.sources.registry import load

    rates = {name: load(name).policy.rate for name, _ in wanted}
    least = seconds(wanted, rates=rates)
    slowest = max(rates, key=lambda name: sum(name == other for other, _ in wanted) / rates[name])
    took = f"{least:.0f} s" if least < 120 else f"{least / 60:.0f} minutes"
    boards = f"{len(wanted)} board{'s' if len(wanted) > 1 else ''}"
    return f"{boards}, about {took} at one request each ({slowest} is asked {rates[slowest]:.2g} times a second)"


def _parts(wanted: list[tuple[str, str]], *, first: int) -> list[list[tuple[str, str]]]:
    """All at once, or the ``first`` boards (none if it is below one) and then the rest."""
    return [wanted[:first], wanted[first:]] if 0 < first < len(wanted) else [wanted]


def _early(done: int) -> None:
    """Build what there is and print the first figures; a base that is too small says so and the rest is collected."""
    from jobtide import pipeline
    from jobtide.cli import shapes
    from jobtide.errors import JobtideError
    from jobtide.market.ask import ask, filters
    from jobtide.store.snapshot import Snapshot

    click.echo(f"jobtide: first figures, after {done} boards; the rest is collected after them", err=True)
    try:
        built = pipeline.build(root())
        click.echo(f"{built.postings:,} postings, {built.vacancies:,} vacancies from the first {done} boards")
        with Snapshot.open(built.snapshot) as shot:
            asked = filters(shot)
            for name in ("overview", "skills"):
                figure = ask(name, shot, asked)
                click.echo(shapes.write(figure, "table", limit=8, walk=f"jobtide explain {name}").decode(), nl=False)
    except JobtideError as error:
        click.echo(f"jobtide: {error}", err=True)


def _progress(wanted: list[tuple[str, str]], hosts: "Hosts", *, quiet: bool) -> "Progress":
    """What says how the collection goes on; the line that moves only where somebody looks."""
    from jobtide.cli.progress import Progress
    from jobtide.sources.registry import load

    by_source = Counter(name for name, _ in wanted)
    rates = {name: load(name).policy.rate for name in by_source}
    moving = sys.stderr.isatty() and not quiet
    return Progress(len(wanted), by_source, rates, time.monotonic, moving=moving, quiet=quiet, hosts=hosts)
