"""``jobtide collect``, ``import``, ``runs``: bring postings in, and say what came."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobtide.cli import patience
from jobtide.cli.source import CONTACT, OPT_IN, limits
from jobtide.cli.where import root
from jobtide.errors import UsageError

if TYPE_CHECKING:
    from jobtide.cli.progress import Progress
    from jobtide.pipeline import Crawled
    from jobtide.sources.hosts import Hosts

Hint = Callable[[str], object]  # says what only somebody who looks wants to know

_EARLY = 20  # boards of a list after which the first figures are shown
_SHOWN = 10  # rows set aside that are named on the spot; all of them stand in the snapshot's quarantine table


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
    for line in patience.kept():
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
    for line in patience.lines(hosts):
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
    left = [board for board in wanted if board not in done]
    if run is None:
        hint("jobtide: the last collection came to its end; all boards are asked")
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


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
@click.option("--source", default="", help="Read it as this source's (see 'source list').")
@click.option("--board", default="", help="The board's token, else the file's name.")
@click.option("--as-of", metavar="DATE", help="When the file was collected, else the newest date it states.")
@click.option("--replace", is_flag=True, help="Take the place of all imports of that name, also of other dates.")
def import_(
    files: tuple[str, ...], mapping: tuple[str, ...], source: str, board: str, as_of: str | None, replace: bool
) -> int:
    """Bring in saved board answers, feeds and pages, CSV, JSON, Parquet, ZIP or a Data Package, gzipped or not.

    Rows that cannot be read are set aside with their number and the reason; the good ones go on. The usual column
    names are guessed; name others with --map. A newer file of the same name takes the place of the older one, unless
    both were given with --as-of and other dates: then each is a sighting of its own. Run 'jobtide build' afterwards.
    """
    from jobtide import pipeline
    from jobtide.model import Stamp

    seen = Stamp(_date(as_of), "given with --as-of") if as_of else None
    for file in files:
        done = pipeline.import_file(
            root(), Path(file), now=datetime.now(UTC), mapping=mapped(mapping), board=board, source=source, seen=seen,
            alone=replace,
        )  # fmt: skip
        when = f", seen {done.seen.at:%Y-%m-%d} ({done.seen.basis})" if done.seen else ", no date stated"
        click.echo(f"{done.name}: {done.rows:,} rows, {done.postings:,} postings, {len(done.bad):,} set aside{when}")
        if done.instead_of:
            said = ", ".join(map(str, done.instead_of))
            click.echo(f"jobtide: it takes the place of {done.name} of run {said}; with --as-of both count", err=True)
        if done.unread:
            click.echo(f"jobtide: {done.unread}", err=True)
        for bad in done.bad[:_SHOWN]:
            click.echo(f"  row {bad.row}: {bad.reason}", err=True)
        if len(done.bad) > _SHOWN:
            click.echo(f"  and {len(done.bad) - _SHOWN:,} more (table quarantine of the snapshot)", err=True)
    click.echo("jobtide: now run 'jobtide build'", err=True)
    return 0


def _date(words: str) -> datetime:
    try:
        at = datetime.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"--as-of {words!r} is no date; write it as 2025-10-31") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def mapped(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return ``COLUMN=FIELD`` pairs as a dictionary; UsageError for one without "="."""
    out = {}
    for pair in pairs:
        column, sign, field = pair.partition("=")
        if not sign or not column or not field:
            raise UsageError(f"--map {pair!r}: write it as COLUMN=FIELD")
        out[column] = field
    return out


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def runs(limit: int) -> int:
    """Show what was collected and imported, newest first."""
    from jobtide.store.ledger import Ledger

    with Ledger(root()) as ledger:
        found = ledger.runs(limit)
    for run in found:
        click.echo(f"{run.run:>5}  {run.started_at[:19]}  {run.kind:<8} {run.outcome:<14} {run.what[:160]}")
    for line in patience.kept():
        click.echo(f"jobtide: {line}", err=True)
    return 0 if found else 3
