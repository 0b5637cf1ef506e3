"""A municipality's own key figures as a table: surveys, vacancies, rare grave events by year.

The same form goes out and in, so a series that was taken out can be read in again unchanged.
"""

import re
from collections.abc import Mapping, Sequence

from lykta.sources.figures import Figure, figure
from lykta.sources.files.table import Table
from lykta.sources.records import Observation, RowError, Status
from lykta.sources.rejecting import is_personal, row_error
from lykta.sources.statistics_sweden.geography import region

# The columns in the order in which they are written; the first four must be there.
COLUMNS = (
    *("nyckeltal", "period", "område", "värde"),
    *("titel", "indelning", "kön", "undre", "övre", "n", "enhet", "status"),
    *("källa", "hämtad", "datamängd", "definition", "tema", "räknar", "sällsynt"),
)
NEEDED = frozenset(COLUMNS[:4])
STATUSES = {
    "": Status.FINAL,
    "slutlig": Status.FINAL,
    "preliminär": Status.PRELIMINARY,
    "saknas": Status.MISSING,
    "sekretess": Status.SUPPRESSED,
    "ej tillämplig": Status.NOT_APPLICABLE,
}
SWEDISH_STATUSES = {status: word for word, status in STATUSES.items() if word}
_SIGNS = {sign: Figure(None, Status.MISSING) for sign in ("", ".", "..")}
_SEXES = {
    "": "-",
    "-": "-",
    "t": "T",
    "totalt": "T",
    "k": "K",
    "kvinnor": "K",
    "m": "M",
    "män": "M",
}
_CODE = re.compile(r"[\w][\w:.-]{0,79}")
_WORDS_OF_YES = {"": False, "nej": False, "ja": True}
_LONGEST = {"titel": 200, "enhet": 60, "källa": 300, "datamängd": 200, "hämtad": 200}
Row = Mapping[str, str]
Fault = tuple[str, str]  # the column, and the sentence


def is_form(columns: Sequence[str]) -> bool:
    """Return whether a table is of this form."""
    return set(_names(columns)) >= NEEDED


def key_figures(table: Table) -> tuple[list[Observation], list[RowError]]:
    """Return an observation for each row, and an error for each that cannot be used."""
    names = _names(table.columns)
    observations: list[Observation] = []
    errors: list[RowError] = []
    for number, texts in table.texts([names.get(column, "") for column in COLUMNS]):
        row = dict(zip(COLUMNS, texts, strict=True))
        if fault := _fault(row):
            column, reason = fault
            errors.append(row_error(number, names.get(column, column), row[column], reason))
        else:
            observations.append(_observation(row, number))
    return observations, errors


def _names(columns: Sequence[str]) -> dict[str, str]:
    return {column.casefold().replace("_", " ").strip(): column for column in columns}


def _fault(row: Row) -> Fault | None:
    """Return the first column that cannot be used, and why."""
    if not _CODE.fullmatch(row["nyckeltal"]):
        return (
            "nyckeltal",
            "Koden ska vara bokstäver, siffror, kolon, punkt eller streck, högst 80.",
        )
    for column, longest in _LONGEST.items():
        if len(row[column]) > longest:
            return column, f"Texten är längre än {longest} tecken; korta den."
    for column in ("nyckeltal", "titel", "definition", "källa"):
        if is_personal(row[column]):
            return column, "Texten liknar en personuppgift; ta bort den."
    if not row["källa"]:
        return "källa", "Källan saknas; skriv vem som har tagit fram värdet."
    if row["kön"].casefold() not in _SEXES:
        return "kön", "Kön ska vara T, K, M eller tomt."
    if row["sällsynt"].casefold() not in _WORDS_OF_YES:
        return "sällsynt", "Skriv ja eller nej."
    return _fault_of_numbers(row)


def _fault_of_numbers(row: Row) -> Fault | None:
    found = {column: figure(row[column], _SIGNS) for column in ("värde", "undre", "övre", "n")}
    if wrong := next((column for column, value in found.items() if value is None), ""):
        return wrong, "Det är inget tal; rätta det, eller lämna fältet tomt där uppgift saknas."
    value, low, high, n = (each.value if each else None for each in found.values())
    if row["status"].casefold() not in STATUSES:
        return "status", f"Status ska vara {', '.join(SWEDISH_STATUSES.values())} eller tom."
    if value is not None and _status(row).name not in ("FINAL", "PRELIMINARY"):
        return "status", "Ett värde kan inte både finnas och saknas; rätta värde eller status."
    if low is not None and high is not None and value is not None and not low <= value <= high:
        return "värde", "Värdet ligger utanför sitt intervall; rätta värde, undre eller övre."
    if (low is None) != (high is None):
        return "undre", "Ett intervall har både undre och övre gräns."
    if n is not None and (n < 0 or not n.is_integer()):
        return "n", "Antalet är inget helt tal från 0."
    is_count = value is None or (value >= 0 and value.is_integer())
    if _WORDS_OF_YES[row["sällsynt"].casefold()] and not is_count:
        return "värde", "Sällsynta händelser räknas i hela tal från 0."
    return None


def _status(row: Row) -> Status:
    return STATUSES[row["status"].casefold()]


def _observation(row: Row, number: int) -> Observation:
    value, n = _number(row["värde"]), _number(row["n"])
    year = int(row["period"][:4]) if row["period"][:4].isdecimal() else None
    code, version = region(row["område"], year)
    is_open = value is None and _status(row) in (Status.FINAL, Status.PRELIMINARY)
    return Observation(
        source=row["källa"],
        dataset=row["datamängd"],
        indicator=row["titel"] or row["nyckeltal"],
        geo_code=code,
        geo_version=row["indelning"] or version,
        period=row["period"],
        value=value,
        status=Status.MISSING if is_open else _status(row),
        unit=row["enhet"],
        sex=_SEXES[row["kön"].casefold()],
        row=number,
        retrieved=row["hämtad"],
        low=_number(row["undre"]),
        high=_number(row["övre"]),
        n=None if n is None else int(n),
        code=row["nyckeltal"],
        definition=row["definition"],
        theme=row["tema"],
        counts=row["räknar"],
        is_rare=_WORDS_OF_YES[row["sällsynt"].casefold()],
    )


def _number(text: str) -> float | None:
    found = figure(text, _SIGNS)
    return found.value if found else None
