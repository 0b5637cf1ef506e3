"""A known layout: what a file with certain columns is, and how it is to be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of the files of one source that hold one kind of rows."""

    key: str
    source: str  # who made it, in Swedish
    noun: str  # what one row counts, plural
    headers: frozenset[str]  # casefolded; the layout is recognised where all are there
    fields: Mapping[str, str]  # our field -> the file's column, where such a column is there
    derived: Mapping[str, str] = field(default_factory=dict)  # our field -> SQL over the columns
    set_apart: tuple[str, str] | None = None  # SQL for rows that are no single event, and why
    keeps_last_revision: bool = False  # of rows with one id; otherwise the first is kept
    code_of_area: Callable[[str], str] | None = None  # from the word in the file to a code
    crs: str = ""  # that the source always uses
    notes: tuple[str, ...] = ()
    has_rates: bool = True
    has_points: bool = True

    def fits(self, columns: tuple[str, ...]) -> bool:
        """Return whether a file with these columns has this layout."""
        return self.headers <= {column.casefold() for column in columns}

    def mapping(self, columns: tuple[str, ...]) -> dict[str, str]:
        """Return our fields and the file's own spelling of the columns they stand in."""
        spelling = {column.casefold(): column for column in columns}
        return {
            name: spelling[column.casefold()]
            for name, column in self.fields.items()
            if column.casefold() in spelling
        }


TABLE = "table"


def table_of(noun: str) -> Layout:
    """Return the layout of any table that no source is known for."""
    return Layout(key=TABLE, source="okänd", noun=noun, headers=frozenset(), fields={})
