"""``jobtide source list | add | test | remove``: which sources there are, on which terms, and whose boards."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from jobtide.cli import patience
from jobtide.cli.where import root
from jobtide.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobtide.model import Source
    from jobtide.sources.boards_list import Try
    from jobtide.sources.fetch import Crawl, Limits
    from jobtide.sources.recognise import Board

OPT_IN = click.option(
    "--opt-in", multiple=True, metavar="SOURCE", help="Ask this source although it is off by default; may be repeated."
)
CONTACT = click.option(
    "--contact", envvar="JOBTIDE_CONTACT", default="", help="An address for the User-Agent, so that you can be asked."
)


@click.group()
def source() -> None:
    """Which sources jobtide reads, on which terms, and whose boards it asks."""


@source.command("list")
@click.option("--boards", is_flag=True, help="Every board that was asked or added, and why one is no longer asked.")
def source_list(boards: bool) -> int:
    """List every source: tier, on or off, rate, postings, last success, terms; then what no source covers."""
    from jobtide.sources.uncovered import GAPS
    from jobtide.store.tries import tries

    tried = tries(root())
    if boards:
        return _boards(tried)
    from jobtide.sources import registry

    postings, good = _postings(), {one.source: one.at for one in tried if one.outcome not in ("failed", "held")}
    click.echo(f"{'source':<16}{'tier':<13}{'asked':<9}{'rate':<8}{'postings':>9}  {'last success':<13} terms")
    for name in registry.names():
        policy = registry.load(name).policy
        asked = "yes" if policy.default_on else "by key" if policy.secrets else "opt-in"
        last = f"{good[name]:%Y-%m-%d}" if name in good else "never"
        rate = f"{policy.rate:.2g}/s"
        click.echo(
            f"{name:<16}{policy.tier:<13}{asked:<9}{rate:<8}{postings.get(name, 0):>9,}  {last:<13} {policy.terms}"
        )
        if policy.notice:
            click.echo(f"{'':<16}{policy.notice}")
    for line in patience.kept():
        click.echo(f"Now: {line}")
    click.echo("Not covered:")
    for gap in GAPS:
        click.echo(f"  {gap.what}: {gap.why}" + (f" ({gap.instead})" if gap.instead else ""))
    return 0


def _postings() -> dict[str, int]:
    """Open postings by source in the store's snapshot; nothing before the first build."""
    from jobtide.store.snapshot import Snapshot, current

    if not (root() / "CURRENT").exists():
        return {}
    with Snapshot.open(current(root())) as shot:
        rows = shot.query("select source, count(*) as n from posting where not closed group by source").to_pylist()
    return {row["source"]: row["n"] for row in rows}


def _boards(tried: "Sequence[Try]") -> int:
    from jobtide.sources.boards_list import dead
    from jobtide.store import mine

    last = {(one.source, one.board): one for one in tried}
    reasons = dead(tried, now=datetime.now(UTC))
    out = mine.removed(root())
    for board in sorted({*last, *((one.source, one.token) for one in mine.added(root())), *out}):
        if board in out:
            said = "removed by you"
        elif board in reasons:
            said = f"not asked: {reasons[board]}"
        elif board in last:
            said = f"{last[board].outcome} {last[board].at:%Y-%m-%d} {last[board].note}".rstrip()
        else:
            said = "not asked yet"
        click.echo(f"{board[0]}:{board[1]}  {said}")
    return 0 if last or out else 3


@source.command("add")
@click.argument("address", metavar="URL|SOURCE:TOKEN")
@click.option("--employer", default="", help="The employer's name, else it is taken from the address.")
@CONTACT
def source_add(address: str, employer: str, contact: str) -> int:
    """Add the board behind a careers address: its shape says which, else the links and embeds of its page.

    'collect --list mine' asks the boards that were added.
    """
    from jobtide.sources.boards_list import Listed
    from jobtide.sources.registry import load
    from jobtide.store import mine

    found = _recognised(address, contact)
    if len(found) > 1:
        click.echo(f"jobtide: {address} names {len(found)} boards; the first is taken, add others by name:", err=True)
        for one in found[1:]:
            click.echo(f"  {one.source}:{one.token} ({one.why}, {one.times} times)", err=True)
    best = found[0]
    name = employer or _employer(address, best)
    listed = Listed(best.source, best.token, name, "named", f"added from {best.why}", datetime.now(UTC).date(), "you")
    new = mine.add(root(), listed)
    click.echo(f"{best.source}:{best.token}  {name}  {'added' if new else 'was there already'} ({best.why})")
    policy = load(best.source).policy
    if not policy.default_on:
        click.echo(f"jobtide: {best.source} is off by default: {policy.notice}", err=True)
    return 0


def _recognised(address: str, contact: str) -> "list[Board]":
    """The boards that an address may mean; asks the page only if the address does not say. UsageError for none."""
    from jobtide.sources import recognise
    from jobtide.sources.registry import locate, tidy

    kind, _, rest = address.strip().partition(":")
    if "." not in kind and not rest.startswith("//"):
        source_name, token = locate(address)
        return [recognise.Board(source_name, token, "your words", 1)]
    url = tidy(address)
    if own := recognise.by_address(url):
        return [own]
    crawl = _once(recognise.SOURCE, url, limits(contact, ("careers page",), ()))
    if found := recognise.found(crawl.pages):
        return found
    why = f" ({crawl.note})" if crawl.note else ""
    raise UsageError(
        f"no board found behind {url}{why}; its page may build itself by script: look where its openings link to, and "
        "write that address or SOURCE:TOKEN"
    )


def _employer(address: str, board: "Board") -> str:
    """A name for the employer: the address's own site where it is one, else the board's token."""
    from jobtide.sources import recognise

    host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    if recognise.by_address(f"https://{host}/x") or board.why in ("address", "your words") or "." not in host:
        return board.token
    return host.split(".")[-2]


@source.command("test")
@click.argument("address", metavar="URL|SOURCE:TOKEN")
@OPT_IN
@CONTACT
def source_test(address: str, opt_in: tuple[str, ...], contact: str) -> int:
    """Ask one board now and say what it holds, and whose it is; nothing is stored.

    A board that answers may belong to another employer than the list says: tokens are given anew.
    """
    from jobtide.errors import SourceChanged
    from jobtide.model import Posting
    from jobtide.sources.registry import load

    best = _recognised(address, contact)[0]
    crawl = _once(load(best.source), best.token, limits(contact, opt_in, (best.source,)))
    click.echo(f"{best.source}:{best.token}  {crawl.completeness}  {len(crawl.pages)} page(s)  {crawl.note}".rstrip())
    if crawl.completeness == "failed":
        return 4
    try:
        rows = list(load(best.source).read(crawl.pages))
    except SourceChanged as error:
        click.echo(f"jobtide: {error}", err=True)
        return 4
    good = [row for row in rows if isinstance(row, Posting)]
    click.echo(f"{len(good):,} postings, {len(rows) - len(good):,} rows that could not be read")
    for one in good[:5]:
        click.echo("  " + " ".join(f"{one.title}  {one.location}".split()))
    return _whose(best, sorted({one.employer for one in good if one.employer != one.board}))


def _whose(board: "Board", names: list[str]) -> int:
    """Compare the employer that postings name with the one that the list has for the board."""
    from jobtide.link.employers import employer_id
    from jobtide.sources import boards_list
    from jobtide.store import mine

    known = [*mine.added(root()), *(one for name in boards_list.names() for one in boards_list.load(name))]
    listed = next((one.employer for one in known if (one.source, one.token) == (board.source, board.token)), "")
    if names:
        click.echo(f"employer as published: {', '.join(names[:3])}" + (" and others" if len(names) > 3 else ""))
    if not listed:
        return 0
    same = boards_list.same_employer(listed, names, fold={name: employer_id(name) for name in (*names, listed)})
    if same is None:
        click.echo(f"its postings do not say whose board it is; the list says {listed}")
    elif not same:
        click.echo(f"jobtide: the list says {listed}: the token may have gone to another employer", err=True)
        return 4
    return 0


@source.command("remove")
@click.argument("board", metavar="SOURCE:TOKEN")
def source_remove(board: str) -> int:
    """Ask a board no more, whatever list names it. Its postings stay in the store."""
    from jobtide.sources.registry import locate
    from jobtide.store import mine

    name, token = locate(board)
    mine.remove(root(), name, token)
    click.echo(f"{name}:{token}  removed; 'source add {name}:{token}' brings it back")
    return 0


def limits(contact: str, opt_in: tuple[str, ...], asked: tuple[str, ...]) -> "Limits":
    """What requests may cost, whom they name, which sources are turned on, and the user's keys for the ones asked."""
    from jobtide.sources.fetch import Limits
    from jobtide.sources.registry import load, names

    for name in opt_in:
        if name not in names() and name != "careers page":
            raise UsageError(f"--opt-in {name!r}: no such source; known: {', '.join(names())}")
    keys = {key: os.environ.get(key, "") for name in asked for key in load(name).policy.secrets}
    return Limits(contact=contact, opted=frozenset(opt_in), secrets=keys)


def _once(asked: "Source", board: str, within: "Limits") -> "Crawl":
    """Crawl one board without storing anything but what its host asks for."""
    from jobtide.sources import fetch
    from jobtide.store.let_alone import let_alone

    def now() -> datetime:
        return datetime.now(UTC)

    ended: list[Crawl] = []
    with let_alone(root(), now) as hosts:
        fetch.collect([(asked, board)], limits=within, validators={}, now=now, on_crawl=ended.append, hosts=hosts)
    return ended[0]
