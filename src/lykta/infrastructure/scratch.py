"""A database in memory to ask tables with SQL: one a process, a connection for each who asks.

A connection of its own sees only what it has itself laid there, and loses it when it is closed. To
open a whole database for each file took longer than to read a small one.
"""

import os
from functools import lru_cache
from typing import Any


def connect() -> Any:
    """Return a new connection, which loads no extension and calls nobody."""
    import duckdb

    try:
        connection = _database(os.getpid()).cursor()
        connection.execute("SELECT 1").fetchall()
    except duckdb.Error:  # an inner fault of the library, on some damaged file, has shut it
        _database.cache_clear()
        connection = _database(os.getpid()).cursor()
    return connection


@lru_cache(maxsize=1)
def _database(_process: int) -> Any:
    """Return the database of this process: one that was forked may not use its parent's."""
    import duckdb

    return duckdb.connect(
        config={
            "threads": 2,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
