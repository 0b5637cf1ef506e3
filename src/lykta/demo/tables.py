"""The small tables that the demo municipality is made from, read from the package itself."""

import csv
from importlib.resources import files

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """Return the rows of one table under ``demo/data``, all values as text."""
    text = (files("lykta.demo") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def text_of(name: str) -> str:
    """Return one text under ``demo/data`` as it stands."""
    return (files("lykta.demo") / "data" / name).read_text(encoding="utf-8")


def origin_of(name: str) -> tuple[str, str]:
    """Return the source of one table, and the day it was fetched as far as it is known."""
    row = next(row for row in rows_of("kallor.csv") if row["fil"] == name)
    return f"{row['källa']} ({row['licens']})", row["hämtad"]
