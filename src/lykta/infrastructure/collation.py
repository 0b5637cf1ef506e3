"""Swedish order and search, the same on SQLite and PostgreSQL.

SQLite sorts å, ä and ö wrongly and does not know that Å is the capital of å; PostgreSQL does it
right with its collation `sv-x-icu`. SQLite is given one of the same name at each connection.
"""

import sqlite3
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, F, Lookup, TextField
from django.db.models.functions import Collate

SWEDISH = "sv-x-icu"
# The letters after z, as the signs that follow z, and those that Swedish sorts with them.
_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})


def in_swedish(field: str) -> Collate:
    """Return what to order by, so that å, ä and ö come last."""
    return Collate(F(field), SWEDISH)


@lru_cache(maxsize=10_000)  # SQLite asks for the same names at each comparison
def sort_key(text: str) -> tuple[str, str]:
    """Return what to sort a text by: first its letters, then small before capital."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)
    )
    return plain, text.swapcase()


if TYPE_CHECKING:
    TextLookup = Lookup[Any]
else:
    TextLookup = Lookup  # Django's own class takes no type at run time


class Mentions(TextLookup):
    """Whether a text holds another, whatever the case of the letters: `name__mentions="VÅR"`."""

    lookup_name = "mentions"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition in SQL."""
        text, text_values = self.process_lhs(compiler, connection)
        part, part_values = self.process_rhs(compiler, connection)
        if connection.vendor == "sqlite":
            sql = f"instr(lykta_fold({text}), lykta_fold({part})) > 0"
            return sql, (*text_values, *part_values)
        folded = [f'lower(({value})::text COLLATE "{SWEDISH}")' for value in (part, text)]
        return f"position({folded[0]} in {folded[1]}) > 0", (*part_values, *text_values)


def install(**kwargs: Any) -> None:
    """Give a new SQLite connection what it lacks."""
    connection = kwargs["connection"]
    if connection.vendor != "sqlite":
        return
    database: sqlite3.Connection = connection.connection
    database.create_collation(SWEDISH, _compare)
    database.create_function("lykta_fold", 1, _folded, deterministic=True)


def _compare(one: str, other: str) -> int:
    mine, yours = sort_key(one), sort_key(other)
    return (mine > yours) - (mine < yours)


def _folded(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text).casefold()


def register() -> None:
    """Make order and search known to Django; called once at start."""
    connection_created.connect(install, dispatch_uid="lykta.collation")
    CharField.register_lookup(Mentions)
    TextField.register_lookup(Mentions)
