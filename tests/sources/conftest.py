import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.samples import csv_text


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a table, given as rows of texts with the header first, to a file."""

    def write(*rows: tuple[str, ...] | str, name: str = "fil.csv") -> Path:
        split = [tuple(row.split(";")) if isinstance(row, str) else row for row in rows]
        path = tmp_path / name
        path.write_text(csv_text(split[0], split[1:]), encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def reference() -> Callable[[str], Path]:
    """Return what finds a file among the open data sets, outside the project."""
    folder = os.environ.get("LYKTA_REFERENCE_DIR")
    if not folder:
        pytest.skip("LYKTA_REFERENCE_DIR is not set: the open data sets are not at hand")

    def find(name: str) -> Path:
        return Path(folder) / "data" / name

    return find
