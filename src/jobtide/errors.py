"""What can go wrong, by what a caller would do about it.

JobtideError                  exit code 1: the message says what was wrong, where, and what to do
├── UsageError                2: an argument or a filter value that does not exist
├── SourceChanged             4: a page without something its reader relies on; the page is kept
├── FetchFailed               4: a request that did not end in a whole answer; ``kind`` says how
├── StoreDamaged              1: stored bytes that are not what was written
├── StoreFull                 1: the disk refuses a write; what was kept before is whole
├── StoreBusy                75: another writer holds the store
├── TooFew                    3: the base of a figure is too small to show it
├── NotSupported              3: the base of a figure cannot carry it, whatever its size
└── MissingExtra              1: an optional dependency is not installed; ``extra`` names it
"""


class JobtideError(Exception):
    """Root of every error that jobtide raises on purpose.

    ``exit_code`` is what the command line ends with (ARCHITECTURE: 1 failed, 2 usage, 3 nothing,
    4 some sources failed, 75 another writer).
    """

    exit_code = 1


class UsageError(JobtideError):
    """A value the user gave does not exist; the message offers the nearest one that does."""

    exit_code = 2


class SourceChanged(JobtideError):
    """A page lacks something its reader relies on. The page stays in the archive."""

    exit_code = 4


class FetchFailed(JobtideError):
    """A request did not end in a whole answer.

    ``kind`` is one of unreachable, handshake, timeout, truncated, too_large, blocked, gone, denied,
    server_error, rate_limited, refused. ``body`` is what had come of the answer: evidence, never read.
    """

    exit_code = 4

    def __init__(self, message: str, *, kind: str, body: bytes = b"") -> None:
        super().__init__(message)
        self.kind = kind
        self.body = body


class StoreDamaged(JobtideError):
    """Stored bytes are not what was written; the message names the file."""


class StoreFull(JobtideError):
    """The disk refuses a write: full, read-only or failing. The message names the file; nothing kept is lost."""


class StoreBusy(JobtideError):
    """Another process is writing to this store."""

    exit_code = 75


class TooFew(JobtideError):
    """Too few postings or employers for a figure.

    ``n`` and ``employers`` are what the base holds; ``broader`` is a filter set that would carry
    the figure, in the words of the command line, "" when there is none or it needs no words, None where nobody has
    looked yet (``market.ask`` does).
    """

    exit_code = 3

    def __init__(self, message: str, *, n: int = 0, employers: int = 0, broader: str | None = "") -> None:
        super().__init__(message)
        self.n = n
        self.employers = employers
        self.broader = broader


class NotSupported(JobtideError):
    """The base cannot carry this figure at any size; the message says why and what would."""

    exit_code = 3


class MissingExtra(JobtideError):
    """An optional dependency is missing; the message says what to install."""

    def __init__(self, what: str, *, extra: str) -> None:
        super().__init__(f"{what} needs the extra [{extra}]: from a checkout, pip install '.[{extra}]'")
        self.extra = extra
