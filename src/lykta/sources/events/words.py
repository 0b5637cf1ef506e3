"""The words of a text column: each once, and in every row the number of its word."""

from collections.abc import Callable, Sequence

import numpy as np

from lykta.sources.files.table import Table
from lykta.sources.records import Codes
from lykta.sources.rejecting import has_personal_number


def make_codes(table: Table, name: str, found: Sequence[str | None] | None) -> tuple[str, ...]:
    """Return the words found, in order of code and known to the database from now on."""
    words = [word for word in found or () if word is not None]
    if not words:
        return ()
    # Of values, not of literals, so that no word can be taken for SQL.
    table.connection.execute(f"CREATE TEMP TABLE {name}_list AS SELECT unnest(?) AS word", [words])
    table.connection.execute(
        f"CREATE TEMP TYPE {name}_words AS ENUM (SELECT word FROM {name}_list)"
    )
    return tuple(words)


def personal(words: Sequence[str], codes: Codes) -> np.ndarray:
    """Return whether each row, (n,), holds a word that looks like a personal number."""
    barred = [code for code, word in enumerate(words) if has_personal_number(word)]
    return np.isin(codes, barred) if barred else np.zeros(len(codes), dtype=bool)


def used(words: Sequence[str], codes: Codes) -> tuple[tuple[str, ...], Codes]:
    """Return only the words that some row holds, and the codes to go with them."""
    if not words:
        return (), codes
    is_used = np.bincount(codes[codes >= 0], minlength=len(words)) > 0
    if is_used.all():
        return tuple(words), codes
    renumbered = np.append(np.cumsum(is_used) - 1, -1).astype(np.int32)
    return tuple(w for w, kept in zip(words, is_used, strict=True) if kept), renumbered[codes]


def translated(
    words: Sequence[str], codes: Codes, translate: Callable[[str], str]
) -> tuple[tuple[str, ...], Codes]:
    """Return the words put in other words, equal ones as one; "" means not given."""
    new_words = [translate(word) for word in words]
    order = tuple(sorted(set(new_words) - {""}))
    places = {word: place for place, word in enumerate(order)}
    renumbered = np.array([places.get(word, -1) for word in new_words] + [-1], dtype=np.int32)
    return order, renumbered[codes]
