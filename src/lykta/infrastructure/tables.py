"""Tables as files that Swedish Excel opens as they stand, and that run nothing there."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpResponse

# A spreadsheet takes a text that starts so for a formula, and runs it.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_attachment(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return rows as a CSV file to be saved by a name."""
    # The first sign says that å, ä and ö are in UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response, delimiter=";").writerows(rows)
    return response


def harmless_rows(rows: Iterable[Iterable[object]]) -> Iterator[list[object]]:
    """Yield rows with every text in them harmless."""
    for row in rows:
        yield [harmless(value) if isinstance(value, str) else value for value in row]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
