"""Asking the columns with SQL."""

import threading
from collections.abc import Sequence
from typing import Any

import duckdb
from numpy.typing import NDArray

from lykta.infrastructure.columns import files, services
from lykta.infrastructure.columns.files import ROWS, Manifest

_OWN = threading.local()


def ask(
    name: str, sql: str, values: Sequence[Any] = (), *, of: str = ROWS
) -> dict[str, NDArray[Any]]:
    """Return the columns that a query gives; `{table}` in it stands for the rows of the copy.

    of : the name of a summary, to ask that instead.  Missing values come masked. A copy that is
    out of step is brought in step first, unless another process is at it: then the last whole
    copy answers.
    """
    paths = in_step(name).paths(name, of)
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    query = sql.replace("{table}", f"read_parquet([{listed}])")
    found: dict[str, NDArray[Any]] = _connection().execute(query, list(values)).fetchnumpy()
    return found


def in_step(name: str) -> Manifest:
    """Return the files of a copy that is in step, or as near as can be had now."""
    if not services.is_in_step(name):
        services.keep_up(name)
    made = files.manifest(name)
    if made is None:  # another process is making the first one
        with files.held(name, is_patient=True):
            made = files.manifest(name)
    if made is None:
        services.repair(name)
        made = files.manifest(name)
    assert made is not None  # noqa: S101 - it has just been made
    return made


def _connection() -> duckdb.DuckDBPyConnection:
    """Return this thread's own connection; one thread a query, for there are many readers."""
    if not hasattr(_OWN, "connection"):
        _OWN.connection = duckdb.connect(config={"threads": 1})
    connection: duckdb.DuckDBPyConnection = _OWN.connection
    return connection
