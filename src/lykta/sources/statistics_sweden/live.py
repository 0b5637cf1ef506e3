"""Tables of Statistics Sweden by PxWebApi 2: what each is called and holds, then its values."""

import json
import re
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from lykta.infrastructure.errors import LyktaError
from lykta.sources.fetching import Line, Outside, Payload, RateRule, fetch, text_of

STATISTICS_SWEDEN = Outside(
    key="scb",
    name="SCB",
    base_url="https://statistikdatabasen.scb.se/api/v2",
    rule=RateRule(min_gap_s=10 / 30),  # thirty calls in ten seconds
    licence="CC0 1.0",
    attribution="Källa: SCB",
)
MOST_CELLS = 150_000
_NUMBERED = re.compile(r"(?:top|bottom)\((\d+)\)", re.IGNORECASE)


def payloads(asked: Mapping[str, Any], *, line: Line, **_more: Any) -> Iterator[Payload]:
    """Yield the values of one table, if it is called what is believed and is not too large.

    `asked` has `table` and `title`, how the table's title begins, and in `params` the codes of each
    dimension, as SCB writes them: `{ Region = "9999", Tid = "top(5)" }`.
    """
    table, chosen = str(asked["table"]), dict(asked["params"])
    language = ("lang", "sv")
    described = fetch(
        STATISTICS_SWEDEN,
        f"tables/{table}/metadata",
        line=line,
        what=f"beskrivning {table}",
        parameters=(language,),
    )
    metadata = _parsed(described)
    _check_title(table, str(asked["title"]), str(metadata.get("label", "")))
    _check_size(table, metadata, chosen)
    codes = [(f"valueCodes[{name}]", str(value)) for name, value in chosen.items()]
    payload = fetch(
        STATISTICS_SWEDEN,
        f"tables/{table}/data",
        line=line,
        what=f"värden {table} {json.dumps(chosen, ensure_ascii=False, sort_keys=True)}"[:200],
        parameters=(language, ("outputFormat", "json-stat2"), *codes),
    )
    if _parsed(payload).get("class") != "dataset":
        raise _changed()
    yield payload


def n_cells(metadata: Mapping[str, Any], chosen: Mapping[str, str]) -> int:
    """Return how many cells a choice gives; a dimension that is left out is summed away by SCB."""
    sizes = dict(zip(metadata.get("id", ()), metadata.get("size", ()), strict=False))
    return prod(_n_codes(str(codes), int(sizes.get(name, 1))) for name, codes in chosen.items())


def _n_codes(codes: str, size: int) -> int:
    if numbered := _NUMBERED.fullmatch(codes.strip()):
        return min(int(numbered[1]), size)
    if any(sign in codes for sign in "*?("):
        return size  # a pattern or a span: at most all
    return len(codes.split(","))


def _check_title(table: str, expected: str, found: str) -> None:
    # SCB ends its titles with the years that the table holds, and those change.
    if not expected or not found.casefold().startswith(expected.casefold()):
        raise LyktaError(
            f"Tabellen {table} heter ”{found}”, inte ”{expected}”. Rätta table eller title under "
            "[[sources]] i kommun.toml innan värdena läses in.",
            code="title-mismatch",
        )


def _check_size(table: str, metadata: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
    if (cells := n_cells(metadata, chosen)) > MOST_CELLS:
        raise LyktaError(
            f"Frågan om {table} ger {cells} celler, och SCB lämnar högst {MOST_CELLS}. Välj färre "
            "koder under params i kommun.toml.",
            code="too-many-cells",
        )


def _parsed(payload: Payload) -> Mapping[str, Any]:
    try:
        document = json.loads(text_of(payload))
    except ValueError:
        raise _changed() from None
    if not isinstance(document, dict):
        raise _changed()
    return document


def _changed() -> LyktaError:
    return LyktaError(
        "SCB svarade på ett annat sätt än väntat. Hämta tabellen för hand och läs in den, och säg "
        "till den som sköter lykta.",
        code="source-changed",
    )
