"""The command line starts light: help and version import nothing heavy."""

import subprocess
import sys

import pytest

_HEAVY = ("duckdb", "pyarrow", "numpy", "aiohttp", "fastapi", "scipy", "pandas", "rich", "msgspec")


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_none_of_the_heavy_modules(argument: str) -> None:
    code = (
        "import sys, click\n"
        "from jobtide.cli import app\n"
        f"try: app.main([{argument!r}], standalone_mode=False)\n"
        "except click.exceptions.Exit: pass\n"
        f"print(sorted(m for m in sys.modules if m.split('.')[0] in {_HEAVY!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_every_command_that_help_lists_exists() -> None:
    import click

    from jobtide.cli import _COMMANDS, app

    for name in _COMMANDS:
        command = app.get_command(click.Context(app), name)
        assert isinstance(command, click.Command), name
        assert command.help, name
