"""Where tests find the shared data, and that no test reaches the network."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

HERE = Path(__file__).resolve().parent


def shared_folder() -> Path:
    """The shared data: ``JOBTIDE_SHARED``, else ``../shared`` beside the checkout."""
    return Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data's folder; skips the test, saying so, where it is absent."""
    folder = shared_folder()
    if not (folder / "data").is_dir():
        pytest.skip(f"shared data not found at {folder}")
    return folder


@pytest.fixture(autouse=True)
def _loopback_only() -> None:
    """Block every socket but loopback ones."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` rewrites expected rows; the diff is what a reviewer reads."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was reached on the examples that nobody tunes on: precision and recall, each with its n."""
    said = {
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in report.user_properties
        if name.endswith("_held_out")
    }
    for line in sorted(said):
        terminalreporter.write_line(line)
