"""Seeing to it that what was deleted is gone from the files of the database too."""

import logging
from collections.abc import Collection

from django.db import DatabaseError, connection

_LOG = logging.getLogger(__name__)


def sweep(tables: Collection[str]) -> bool:
    """Clear what deleted rows have left behind, and return whether it could be done.

    SQLite: deleted bytes are overwritten at once (`secure_delete`), but copies may be left where
    pages have been divided, and in the log beside the file: the file is written anew, and the log
    emptied. PostgreSQL: the room of the rows is given back, and is overwritten in time.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy = bool(cursor.fetchone()[0])
                return not is_busy
            names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
            cursor.execute(f"VACUUM {names}")
    except DatabaseError as error:
        # Others were at work, or the disk is full. What was deleted is deleted; the next night's
        # run clears again.
        _LOG.warning("retention: could not sweep (%s)", type(error).__name__)
        return False
    return True
