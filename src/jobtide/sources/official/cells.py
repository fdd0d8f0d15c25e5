"""How do texts in a table's cells become numbers, days and codes? Column by column; what is no value is null."""

import pyarrow as pa
import pyarrow.compute as pc

# How the statistical offices write "not published": withheld, not available, above the highest wage published.
_WITHHELD = ("-", "*", "**", "#", "~", "—", "–", "N/A", "NA", "n/a")
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%m/%d/%y")
_MONTHS = ("%b-%y", "%Y-%m", "%B %Y")


def column(batch: pa.RecordBatch, title: str | None) -> pa.Array:
    """Return a column as trimmed text, null where empty; all null where the table has no such column."""
    if title is None:
        return pa.nulls(batch.num_rows, pa.string())
    text = pc.utf8_trim_whitespace(_valid(batch.column(title)))
    return pc.if_else(pc.equal(text, ""), None, text)


def _valid(text: pa.Array) -> pa.Array:
    """The column as UTF-8: a byte that is none becomes a question mark, in the cells that hold one."""
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        raw = text.cast(pa.binary(), safe=False)
        return pa.array([None if v is None else v.decode("utf-8", "replace") for v in raw.to_pylist()], pa.string())
    return text


def number(text: pa.Array) -> pa.Array:
    """Return float64; "$", thousands commas and footnote marks are taken off, what the office withholds is null.

    >>> number(pa.array(["85,000.00", "$52.5", "-", "#", "1,234[1]", "n/a", "abc"])).to_pylist()
    [85000.0, 52.5, None, None, 1234.0, None, None]
    """
    bare = pc.replace_substring_regex(text, r"[$,\s]|\[\d+\]$", "")
    good = pc.match_substring_regex(bare, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?$")
    bare = pc.replace_substring_regex(bare, "%$", "")
    return pc.cast(pc.if_else(pc.fill_null(good, False), bare, None), pa.float64())


def day(text: pa.Array) -> pa.Array:
    """Return date32 of ISO or US days and of months (their first day); null where it is neither.

    >>> [str(d) for d in day(pa.array(["2020-12-10", "3/1/2021", "Jan-19", "soon"])).to_pylist()]
    ['2020-12-10', '2021-03-01', '2019-01-01', 'None']
    """
    out = pa.nulls(len(text), pa.timestamp("s"))
    for form in (*_DAYS, *_MONTHS):
        if out.null_count == text.null_count:
            break
        out = pc.coalesce(out, pc.strptime(text, format=form, unit="s", error_is_null=True))
    return pc.cast(out, pa.date32())


def soc(text: pa.Array) -> pa.Array:
    """Return SOC codes as 15-2051: O*NET's ".00" and Excel's loss of the hyphen are mended, else null.

    >>> soc(pa.array(["15-2051.00", "152051", "15-2051", "Data"])).to_pylist()
    ['15-2051', '15-2051', '15-2051', None]
    """
    digits = pc.replace_substring_regex(text, r"^(\d\d)-?(\d{4})(\.\d\d?)?$", r"\1-\2")
    return pc.if_else(pc.fill_null(pc.match_substring_regex(digits, r"^\d\d-\d{4}$"), False), digits, None)


def withheld(text: pa.Array) -> pa.Array:
    """Return whether each cell says that there is a value which is not published."""
    return pc.is_in(text, value_set=pa.array(_WITHHELD))
