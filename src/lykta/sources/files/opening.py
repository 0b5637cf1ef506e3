"""Opening a file of any kind as a table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from lykta.infrastructure import scratch
from lykta.infrastructure.errors import RefusedColumn
from lykta.sources.files.columnar import read_parquet
from lykta.sources.files.documents import read_json
from lykta.sources.files.kinds import Kind
from lykta.sources.files.mending import read_troubled_text
from lykta.sources.files.separated import is_plain, read_text
from lykta.sources.files.shapes import read_shapes
from lykta.sources.files.sheets import read_sheet
from lykta.sources.files.table import Content, Table, quoted
from lykta.sources.files.unpacking import PlainFile, unpack, unreadable
from lykta.sources.refusing import is_refused

T = TypeVar("T")

READERS: dict[Kind, Callable[[PlainFile, Path], Content]] = {
    Kind.JSON: read_json,
    Kind.PARQUET: read_parquet,
    Kind.SHAPEFILE: read_shapes,
    Kind.SHAPES: read_shapes,
    Kind.XLSX: read_sheet,
}


def with_table(path: Path, work: Callable[[Table], T]) -> T:
    """Return what `work` makes of the file; text with broken records is mended and read again."""
    import duckdb

    try:
        with open_table(path) as table:
            return work(table)
    except duckdb.Error:
        pass  # most often a record with too few fields or an open quote: mended below
    try:
        with open_table(path, is_troubled=True) as table:
            return work(table)
    except duckdb.Error as trouble:
        raise unreadable(
            path.name, "innehållet är skadat.", "Hämta filen på nytt eller spara den som CSV."
        ) from trouble


@contextmanager
def open_table(path: Path, *, is_troubled: bool = False) -> Iterator[Table]:
    """Yield the file as a table; its temporary files are gone when the block ends."""
    with TemporaryDirectory(prefix="lykta-") as name:
        folder = Path(name)
        plain = unpack(path, folder)
        content = _content(plain, folder, is_troubled=is_troubled)
        connection = scratch.connect()
        try:
            allowed = [quoted(column) for column in content.columns if not is_refused(column)]
            if not allowed:
                raise RefusedColumn(
                    f"Filen {path.name} lästes inte: alla dess kolumner handlar om ursprung, tro, "
                    "hälsa eller enskilda personer. Välj en annan fil."
                )
            wanted = ", ".join(allowed)
            connection.execute(
                f"CREATE TEMP VIEW source AS SELECT {wanted} FROM {content.relation}"
            )
            yield Table(path.name, path, plain.sha256, content, connection)
        finally:
            connection.close()


def _content(plain: PlainFile, folder: Path, *, is_troubled: bool) -> Content:
    if plain.kind is not Kind.TEXT:
        return READERS[plain.kind](plain, folder)
    if is_troubled or not is_plain(plain.path):
        return read_troubled_text(plain, folder)
    return read_text(plain)
