"""Which layout a file has and which columns are read: what is known, guessed, and asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lykta.infrastructure.errors import MissingColumn
from lykta.sources.files.table import Table
from lykta.sources.guessing import guess_mapping
from lykta.sources.known import layout_of
from lykta.sources.layouts import TABLE, Layout
from lykta.sources.refusing import check_mapping, refused

_SAMPLE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read."""

    layout: Layout
    mapping: dict[str, str]  # our field -> the file's column
    refused: tuple[str, ...]  # columns left unread by law

    def sql(self, name: str) -> str:
        """Return the SQL of one of our fields, over the file's columns; NULL where not there."""
        if name in self.mapping:
            return '"' + self.mapping[name].replace('"', '""') + '"'
        return self.layout.derived.get(name, "CAST(NULL AS VARCHAR)")

    def has(self, *names: str) -> bool:
        """Return whether all these fields are there."""
        return all(name in self.mapping or name in self.layout.derived for name in names)


def plan(
    table: Table,
    layouts: dict[str, Layout],
    words: Mapping[str, str],
    asked: Mapping[str, str] | None,
    *,
    noun: str,
) -> Plan:
    """Return how the table is read; what the user asks for goes before what is known."""
    barred = refused(table.columns)
    allowed = tuple(column for column in table.columns if column not in barred)
    layout = layout_of(table.columns, layouts, noun)
    chosen = dict(asked or {})
    check_mapping(chosen)
    _check_there(table, chosen, words)
    if layout.key == TABLE:
        sample = table.ask(f"SELECT * FROM source LIMIT {_SAMPLE_ROWS}")
        found = guess_mapping(allowed, sample, words=words)
    else:
        found = {k: column for k, column in layout.mapping(allowed).items() if column in allowed}
    return Plan(layout, _joined(found, chosen), barred)


def _joined(found: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the guess corrected by the user; one way of saying when or where ends the others."""
    joined = dict(found)
    for rivals in (({"time"}, {"from", "to"}), ({"lon", "lat"}, {"x", "y"})):
        for mine, others in (rivals, rivals[::-1]):
            if mine & set(chosen) and not others & set(chosen):
                joined = {field: column for field, column in joined.items() if field not in others}
    joined |= chosen
    return {field: column for field, column in joined.items() if column}


def _check_there(table: Table, chosen: Mapping[str, str], words: Mapping[str, str]) -> None:
    known = {*words, "id"}
    for field, column in chosen.items():
        if field not in known:
            raise MissingColumn(
                f"Fältet ”{field}” finns inte. Välj bland {', '.join(sorted(known))}."
            )
        if column and column not in table.columns:
            raise MissingColumn(
                f"Kolumnen ”{column}” finns inte i filen {table.name}. {listed(table.columns)}"
            )


def require(table: Table, plan: Plan, what: str, *choices: Sequence[str]) -> None:
    """Raise where none of the choices of fields is there, saying what the file does have."""
    if not any(plan.has(*fields) for fields in choices):
        examples = " ".join(f"--map {field}=…" for field in choices[0])
        raise MissingColumn(
            f"Filen {table.name} saknar kolumn för {what}, eller så går den inte att känna igen. "
            f"{listed(table.columns)} Peka ut den med {examples}."
        )


def texts_of(table: Table, plan: Plan, fields: Sequence[str]) -> list[dict[str, str]]:
    """Return the stripped text of our fields in each row, "" where it is not given."""
    wanted = ", ".join(f"coalesce(trim({plan.sql(field)}), '')" for field in fields)
    rows = table.ask(f"SELECT {wanted} FROM source")
    return [dict(zip(fields, row, strict=True)) for row in rows]


def listed(columns: Sequence[str]) -> str:
    """Return the sentence that lists a file's columns, those barred by law left out."""
    barred = refused(columns)
    names = ", ".join(f"”{column}”" for column in columns if column not in barred)
    sentence = f"Filens kolumner är {names}."
    if any(_looks_like_value(column) for column in columns):
        sentence += " Det ser ut som att rubrikraden saknas; lägg i så fall till en."
    return sentence


def _looks_like_value(column: str) -> bool:
    return column.replace(".", "", 1).replace("-", "").replace(",", "", 1).isdecimal()
