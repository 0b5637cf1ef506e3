"""Kolada's key figures: what each is called first, and its values only if that is as believed.

Codes that circulate carry wrong titles, so none is read by its id alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lykta.infrastructure.errors import LyktaError
from lykta.sources.fetching import Line, Outside, Payload, RateRule, fetch, text_of
from lykta.sources.kolada.values import check_titles

KOLADA = Outside(
    key="kolada",
    name="Kolada",
    base_url="https://api.kolada.se/v3",
    rule=RateRule(min_gap_s=1),
    licence="CC BY 4.0",
    attribution="Källa: Kolada",
)
MOST_YEARS = 25  # in one question
MOST_PAGES = 100
FIRST_YEAR = 2010
COUNTRY = "0000"


def payloads(
    asked: Mapping[str, Any], *, line: Line, municipality: str, year: int
) -> Iterator[Payload]:
    """Yield the pages of values of the key figures asked for, of the municipality and the country.

    `asked` has `titles`, what each id is believed to be called, and may have `since`, a year.
    """
    titles: Mapping[str, str] = asked["titles"]
    found = [_described(kpi, line) for kpi in titles]
    check_titles(titles, {str(each.get("id")): str(each.get("title")) for each in found})
    years = range(int(asked.get("since", FIRST_YEAR)), year + 1)
    for kpi in titles:
        for start in range(0, len(years), MOST_YEARS):
            yield from _pages(kpi, municipality, years[start : start + MOST_YEARS], line)


def definitions(contents: Sequence[bytes]) -> dict[str, str]:
    """Return what key figures are said to be, by id, from answers that describe them."""
    found = [_only(json.loads(content.decode("utf-8-sig"))) for content in contents]
    return {str(each.get("id")): str(each.get("description") or "") for each in found}


def _described(kpi: str, line: Line) -> Mapping[str, Any]:
    what = f"beskrivning {kpi}"
    return _only(_parsed(fetch(KOLADA, f"kpi/{kpi}", line=line, what=what)))


def _only(document: Any) -> Mapping[str, Any]:
    """Return the one object of an answer, alone or in a list of values."""
    values = document.get("values", [document]) if isinstance(document, dict) else []
    return values[0] if values and isinstance(values[0], dict) else {}


def _pages(kpi: str, municipality: str, years: Sequence[int], line: Line) -> Iterator[Payload]:
    """Yield the pages that hold values; where each leads is followed, within the same site."""
    places = f"{municipality},{COUNTRY}"
    path = f"data/kpi/{kpi}/municipality/{places}/year/{','.join(map(str, years))}"
    for number in range(1, MOST_PAGES + 1):
        what = f"värden {kpi} {years[0]}-{years[-1]} sida {number}"
        payload = fetch(KOLADA, path, line=line, what=what)
        document = _parsed(payload)
        if not isinstance(document, dict) or not isinstance(document.get("values"), list):
            raise _changed()
        if document["values"]:
            yield payload
        path = str(document.get("next_page") or document.get("next_url") or "")
        if not path:
            return


def _parsed(payload: Payload) -> Any:
    try:
        return json.loads(text_of(payload))
    except ValueError:
        raise _changed() from None


def _changed() -> LyktaError:
    return LyktaError(
        "Kolada svarade på ett annat sätt än väntat. Hämta filen för hand och läs in den, och "
        "säg till den som sköter lykta.",
        code="source-changed",
    )
