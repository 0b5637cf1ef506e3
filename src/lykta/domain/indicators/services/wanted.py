"""A series and a value as one row of a file has them, or why the row is not accepted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lykta.domain.indicators import rules
from lykta.domain.indicators.rules import Basis
from lykta.sources.records import Observation

_PREFIXES = {"Brå": "bra", "SCB": "scb", "Kolada": "kolada"}
_COUNTS = "antal"


class Rejected(Exception):
    """The row is not accepted: which field, what stood there, and why."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value of a series as one row of a file has it."""

    row: int
    series: Mapping[str, Any]  # as the fields of an indicator, its code among them
    value: Mapping[str, Any]  # as the fields of an observation

    @property
    def code(self) -> str:
        """Return the code of the series."""
        return str(self.series["code"])

    @property
    def key(self) -> tuple[str, ...]:
        """Return what the value is about."""
        names = ("geo_code", "geo_version", "period", "sex")
        return (self.code, *(str(self.value[name]) for name in names))


def wanted(found: Observation, options: Mapping[str, Any], places: Mapping[str, str]) -> Wanted:
    """Return what a record says, or raise with the reason why it is not accepted.

    `places` are the codes of our own areas, and what kind of area each is.
    """
    period = found.period or str(options.get("period", ""))
    if rules.last_day(period) is None:
        reason = "Perioden ska vara som 2023, 2023-05, 2023-Q2, 2023-W07 eller 2021-2023."
        raise Rejected("period", period, reason)
    version = found.geo_version or places.get(found.geo_code, "")
    if not version:
        reason = (
            "Området är inte känt. Läs in det med lykta import areas, rätta koden, eller skriv i "
            "kolumnen indelning vad det är."
        )
        raise Rejected("område", found.geo_code, reason)
    value = {
        "geo_code": found.geo_code,
        "geo_version": version,
        "period": period,
        "sex": found.sex,
        "value": found.value,
        "status": found.status.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "source": found.source,
        "retrieved": found.retrieved or options.get("retrieved") or options["read_on"],
    }
    return Wanted(found.row, _series(found, options), value)


def refuse_other_kind(found: Wanted, known: Mapping[str, Any] | None) -> None:
    """Raise where a series is known to count something else: then it would not be one series."""
    if known is None:
        return
    names = {"unit": "enhet", "basis": "räknar", "is_rare": "sällsynt"}
    for name, column in names.items():
        before, now = known[name], found.series[name]
        is_said = bool(before) and bool(now) and Basis.OTHER not in (before, now)
        if before != now and (is_said or name == "is_rare"):
            reason = (
                f"Nyckeltalet {found.code} har något annat här sedan tidigare. Rätta raden, eller "
                "ge serien en ny kod: annars jämförs olika saker."
            )
            raise Rejected(column, str(now), reason)


def refuse_repeated(found: Wanted, seen: Collection[tuple[str, ...]]) -> None:
    """Raise where the same value has stood in the file before."""
    if found.key in seen:
        reason = "Samma nyckeltal, område, period och kön står redan i filen; ta bort en av dem."
        raise Rejected("nyckeltal", " ".join(found.key), reason)


def described(series: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a new indicator, what the file does not say filled in."""
    title = series["title"] or series["code"]
    theme = series["theme"] or rules.theme_of("", f"{title} {series['dataset']}")
    return {**series, "title": title, "theme": theme}


def _series(found: Observation, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file says of a series; what it does not say is "", and stays as it was."""
    is_named = found.indicator != (found.code or (found.source == "Kolada" and found.dataset))
    return {
        "code": found.code or _code(found, str(options.get("dataset", ""))),
        "title": found.indicator if is_named else "",
        "definition": found.definition or options.get("definitions", {}).get(found.dataset, ""),
        "unit": found.unit or ("" if found.code else _unit_of_title(found.indicator)),
        "source": found.source,
        "dataset": found.dataset or str(options.get("dataset", "")),
        "theme": _theme(str(options.get("theme") or found.theme)),
        "basis": _basis(found),
        "is_rare": found.is_rare,
    }


def _theme(word: str) -> str:
    theme = rules.theme_of(word) if word else ""
    if theme is None:
        allowed = ", ".join(rules.SWEDISH_THEMES.values())
        raise Rejected("tema", word, f"Temat finns inte. Välj bland {allowed}.")
    return str(theme)


def _basis(found: Observation) -> str:
    if found.is_rare or (found.source == "Brå" and found.unit == _COUNTS):
        return Basis.EVENTS.value
    basis = rules.basis_of(found.counts)
    if basis is None:
        allowed = ", ".join(rules.SWEDISH_BASES.values())
        raise Rejected("räknar", found.counts, f"Ordet är inte känt. Välj bland {allowed}.")
    return basis.value


def _code(found: Observation, dataset: str) -> str:
    prefix = _PREFIXES.get(found.source, "")
    if found.source == "Kolada":
        return f"{prefix}:{found.dataset}"
    words = (found.indicator, found.unit) if found.source == "Brå" else ()
    return rules.code_of(
        prefix or "serie", words or (found.dataset or dataset, found.indicator, found.unit)
    )


def _unit_of_title(title: str) -> str:
    """Return the unit that Kolada writes last in a title: "…, antal/100 000 inv"; "" for none."""
    _, comma, last = title.rpartition(", ")
    is_unit = last.startswith(("antal", "andel", "kr", "index", "procent"))
    return last[:60] if comma and is_unit else ""
