"""The command line, one file a command group, in the order of the flow; nothing heavy is imported for ``--help``."""

import importlib
import signal
import sys
from typing import NoReturn

import click

from jobtide import __version__
from jobtide.errors import JobtideError

# name -> (module, attribute, one line for --help); the module is imported when its command runs.
_COMMANDS = {
    "demo": ("jobtide.cli.demo", "demo", "The whole product on bundled data, offline, in under 20 seconds."),
    "collect": ("jobtide.cli.collect", "collect", "Crawl employers' public job boards into the store."),
    "import": ("jobtide.cli.bring", "import_", "Bring in saved boards, CSV, JSONL or Parquet files."),
    "official": ("jobtide.cli.official", "official", "Read official tables (OEWS, LCA, projections ...) as published."),
    "source": ("jobtide.cli.source", "source", "Which sources jobtide reads, and on which terms."),
    "runs": ("jobtide.cli.bring", "runs", "What was collected and imported, newest first."),
    "build": ("jobtide.cli.build", "build", "Read facts, join vacancies, publish a snapshot."),
    "rebuild": ("jobtide.cli.build", "rebuild", "Work everything out anew from archive and ledger."),
    "verify": ("jobtide.cli.build", "verify", "Check every stored byte against its hash."),
    "backup": ("jobtide.cli.backup", "backup", "A second store, made while anything runs."),
    "doctor": ("jobtide.cli.backup", "doctor", "What is wrong with the store, and what to do."),
    "read": ("jobtide.cli.read", "read", "The facts of any postings, with the words that prove them."),
    "discover": ("jobtide.cli.discover", "discover", "Technical terms of any postings that the vocabulary lacks."),
    "link": ("jobtide.cli.link", "link", "Which postings of a file are the same vacancy."),
    "market": ("jobtide.cli.market", "market", "Figures: skills, pay, places, employers, demand, official."),
    "explain": ("jobtide.cli.explain", "explain", "Walk a figure or a row to postings and quoted words."),
    "signs": ("jobtide.cli.signs", "signs", "One posting's life, and signs that nobody hires behind it."),
    "report": ("jobtide.cli.report", "report", "The article, from data."),
    "check": ("jobtide.cli.check", "check", "Somebody else's article, its claims held against data."),
    "export": ("jobtide.cli.export", "export", "Tables and figures as files, with a Data Package and a citation."),
    "pack": ("jobtide.cli.pack", "pack", "Share a snapshot without its texts."),
}


class _Lazy(click.Group):
    """A group that knows its commands' names and one-line helps, and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List commands from the table above, so that help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jobtide")
@click.option("--store", metavar="DIR", help="Where jobtide keeps its data (else JOBTIDE_STORE, else a user folder).")
@click.option("--verbose", is_flag=True, help="Show the trace of an error.")
@click.pass_context
def app(ctx: click.Context, store: str | None, verbose: bool) -> None:
    """Real job postings, counted honestly: the ML-engineering job market with the words that prove each figure."""
    ctx.obj = {"store": store, "verbose": verbose}


def main() -> None:
    """Run the command line; errors of ours end in one plain line and their exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = app.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("jobtide: interrupted; what was finished is kept", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except JobtideError as error:
        if "--verbose" in sys.argv:
            raise
        click.echo(f"jobtide: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _terminated(*_: object) -> NoReturn:
    """End as Ctrl-C does: open transactions are rolled back, locks let go, temporary files removed."""
    click.echo("jobtide: terminated; what was finished is kept", err=True)
    sys.exit(128 + signal.SIGTERM)
