"""Where a planted phrase is to be found in all that an installation owns.

Files are read as bytes, packed ones unpacked and Parquet decoded; of PostgreSQL, whose files are
elsewhere, every row of every table is asked for.
"""

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from tests.drills import ON_POSTGRESQL, Drill


def found(phrase: str, made: Drill) -> list[str]:
    """Return the files, and the tables and columns, that hold a phrase; in every form it has."""
    forms = _forms(phrase)
    places = [place for path in _files(made.home) for place in _places(path, forms, made.home)]
    return sorted({*places, *_columns(made, forms)})


def _forms(phrase: str) -> list[bytes]:
    """Return a phrase as it is written in texts, in JSON, and in what is packed as base64."""
    plain = phrase.encode("utf-8")
    # Base64 turns three bytes into four signs, so that a text has three forms; the signs at the
    # ends depend on what stands beside it.
    packed = [base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [
        plain,
        json.dumps(phrase)[1:-1].encode(),
        phrase.encode("utf-16-le"),
        *packed,
    ]


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _places(path: Path, forms: list[bytes], home: Path) -> Iterator[str]:
    name = str(path.relative_to(home))
    if _holds(path.read_bytes(), forms):
        yield name
    if path.suffix == ".parquet":
        rows = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
        if _holds(repr(rows).encode("utf-8"), forms):
            yield f"{name} (Parquet)"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (
                f"{name} ({member})"
                for member in archive.namelist()
                if _holds(archive.read(member), forms)
            )


def _columns(made: Drill, forms: list[bytes]) -> Iterator[str]:
    """Yield each table and column that holds a form of the phrase in any of its rows."""
    for table, column in made.ask(_POSTGRESQL if ON_POSTGRESQL else _SQLITE):
        for (value,) in made.ask(f'SELECT CAST("{column}" AS text) FROM "{table}"'):
            if value is not None and _holds(str(value).encode("utf-8"), forms):
                yield f"{table}.{column}"
                break


def _holds(content: bytes, forms: list[bytes]) -> bool:
    return any(form in content for form in forms)


_SQLITE = """
SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
"""
_POSTGRESQL = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
"""
