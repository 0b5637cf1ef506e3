"""From text as it came to what can be kept and counted, said once; for whole columns in SQL."""

from collections.abc import Iterable

UNREADABLE_SIGN = "\ufffd"
# What the statistics offices and the spreadsheets write where there is nothing.
_NOTHING = r"(?i)\s*(NA|N/A|NULL|NONE|NAN|\.\.?|-|–|UNSPECIFIED|UNKNOWN)?\s*"
_BLANKS = "[\\s\u00a0\u2009\u202f'’]"


def without_nulls(text: str) -> str:
    """Return a text with the sign for what cannot be read in place of null bytes.

    They stand in damaged files only, and no text column of PostgreSQL takes them.
    """
    return text.replace("\0", UNREADABLE_SIGN)


def number(text: str) -> str:
    """Return SQL for a number: decimal comma or point, blanks between thousands; else NULL."""
    plain = (
        f"replace(replace(regexp_replace({text}, '{_sql(_BLANKS)}', '', 'g'), ',', '.'), '−', '-')"
    )
    return f"coalesce(try_cast({text} AS DOUBLE), try_cast({plain} AS DOUBLE))"


def is_given(text: str) -> str:
    """Return SQL for whether the text says anything."""
    return f"({text} IS NOT NULL AND NOT regexp_full_match({text}, '{_NOTHING}'))"


def is_one_of(text: str, words: Iterable[str]) -> str:
    """Return SQL for whether a text is one of these words, none of which holds a bar.

    Not with IN: the database turns a long list into a join, and a join loses the file's order.
    """
    barred = "|".join(("", *words, "")).replace("'", "''")
    return f"coalesce(contains('{barred}', '|' || {text} || '|'), false)"


def is_bad_number(value: str, text: str) -> str:
    """Return SQL for whether a text that says something gave no finite number."""
    return f"(({value} IS NULL AND {is_given(text)}) OR NOT isfinite(coalesce({value}, 0)))"


def _sql(pattern: str) -> str:
    return pattern.replace("'", "''")
