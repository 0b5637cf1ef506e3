"""Asking the columns with SQL."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import duckdb
from numpy.typing import NDArray

from lykta.infrastructure.columns import files, services
from lykta.infrastructure.columns.files import ROWS, Manifest
from lykta.infrastructure.once import once_a_page

_OWN = threading.local()
_HELD = "summary"


def ask(
    name: str, sql: str, values: Sequence[Any] = (), *, of: str = ROWS
) -> dict[str, NDArray[Any]]:
    """Return the columns that a query gives; `{table}` in it stands for the rows of the copy.

    of : the name of a summary, to ask that instead.  Missing values come masked. A copy that is
    out of step is brought in step first, unless another process is at it: then the last whole
    copy answers.
    """
    paths = tuple(in_step(name).paths(name, of))
    connection, table = (_own(), _parquet(paths)) if of == ROWS else (_held(paths).cursor(), _HELD)
    query = sql.replace("{table}", table)
    found: dict[str, NDArray[Any]] = connection.execute(query, list(values)).fetchnumpy()
    return found


@once_a_page
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


def _own() -> duckdb.DuckDBPyConnection:
    """Return this thread's own connection; one thread a query, for there are many readers."""
    if not hasattr(_OWN, "connection"):
        _OWN.connection = _connected()
    connection: duckdb.DuckDBPyConnection = _OWN.connection
    return connection


@lru_cache(maxsize=8)
def _held(paths: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the rows of a summary: few, and asked for by every page."""
    connection = _connected()
    connection.execute(f"CREATE TABLE {_HELD} AS SELECT * FROM {_parquet(paths)}")
    return connection


def _connected() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _parquet(paths: tuple[str, ...]) -> str:
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"
