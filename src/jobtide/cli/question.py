"""The help of one question: what it returns, in the words of its own docstring, and only the options that it takes."""

from collections.abc import Sequence

import click


class Question(click.Command):
    """A command of ``jobtide market``; the question's module is imported when its help is asked for, not before.

    ``own`` names the options that only some questions take.
    """

    own: Sequence[str] = ()

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The one-line summary, then what the question's function says of itself."""
        from jobtide.market.ask import told

        super().format_help_text(ctx, formatter)
        for paragraph in told(str(self.name)).split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_plain(paragraph))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Filters and formats, and of the own options those that this question takes; --by with its splits."""
        from jobtide.market.ask import SPLIT_NAMES, takes

        allowed = takes(str(self.name))
        rows = []
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx)
            if record is None or (option.name in self.own and option.name not in allowed):
                continue
            head, said = record
            rows.append((head, f"Split by {', '.join(SPLIT_NAMES)}." if option.name == "by" else said))
        with formatter.section("Options"):
            formatter.write_dl(rows)


def _plain(paragraph: str) -> str:
    """A paragraph of a docstring for whoever types commands: no marks of markup, no exceptions.

    >>> _plain("Return ``value`` of all. Raises TooFew.")
    'Gives value of all.'
    """
    said = " ".join(paragraph.replace("``", "").split()).partition(" Raises ")[0]
    return f"Gives {said.removeprefix('Return ')}" if said.startswith("Return ") else said
