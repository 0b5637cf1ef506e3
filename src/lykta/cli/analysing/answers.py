"""What a method answers: in words first, then a table; as JSON, CSV, Parquet, GeoJSON or SVG."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from lykta.analysis.results import Result
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.papers import swedish

_OPTIONS = (
    click.option(
        "-o",
        "--output",
        "outputs",
        type=click.Path(path_type=Path),
        metavar="FIL",
        multiple=True,
        help="Fil att skriva: .json, .csv, .parquet, .geojson eller .svg.",
    ),
    click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON."),
)
MOST_ROWS = 40
# What a column is called in the table; in the files it keeps its own name.
HEADINGS = {
    "count": "antal", "expected": "väntat", "upper_bound": "gräns", "lower": "undre",
    "upper": "övre", "low": "undre", "high": "övre", "p_upper": "p", "p_two_sided": "p",
    "is_alarm": "larm", "q_value": "q", "exceedance": "överskott", "dispersion": "spridning",
    "rate": "tal", "ratio": "kvot", "estimate": "skattning", "standard_error": "medelfel",
    "weight": "vikt", "rank": "plats",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one method."""

    method: str
    said: tuple[str, ...]  # in words
    names: Mapping[str, Sequence[str]]  # columns of text, which name the rows
    columns: Mapping[str, NDArray[Any]]
    params: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    chart: Mapping[str, Any] | None = None
    polygons: NDArray[np.object_] | None = None  # one a row
    crs: str = ""
    notes: tuple[str, ...] = field(default=())  # of what was read


def answer_of(
    method: str,
    result: Result,
    *,
    said: Sequence[str],
    names: Mapping[str, Sequence[str]],
    **more: Any,
) -> Answer:
    """Return the answer that a result gives."""
    return Answer(
        method, tuple(said), names, result.columns(), result.params, result.warnings, **more
    )


def answering(work: Callable[..., Answer]) -> Callable[..., None]:
    """Make a command of what computes an answer: it is shown, and written where that is asked."""

    @wraps(work)
    def command(*, outputs: tuple[Path, ...], is_json: bool, **asked: Any) -> None:
        _refuse_unknown(outputs)
        with _telling(is_quiet=is_json or not sys.stderr.isatty()):
            try:
                answer = work(**asked)
            except ValueError as error:  # the method's own words of what it lacks
                raise LyktaError(
                    f"Metoden kan inte räkna på det här: {error}.", code="cannot-compute"
                ) from error
        give(answer, outputs, is_json=is_json)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def _telling(*, is_quiet: bool) -> Iterator[None]:
    """Show in the terminal that something is going on."""
    if is_quiet:
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("Räknar"):
        yield


def _refuse_unknown(outputs: Sequence[Path]) -> None:
    """Refuse a file that cannot be written, before any time is spent."""
    for path in outputs:
        if path.suffix not in _WRITERS:
            known = ", ".join(_WRITERS)
            raise LyktaError(
                f"Filen ”{path.name}” kan inte skrivas. Välj en som slutar på {known}.",
                code="unknown-form",
            )


def give(answer: Answer, outputs: Sequence[Path], *, is_json: bool) -> None:
    """Print the answer, and write it to the files that were asked for."""
    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[path.suffix](answer, path)
    if is_json:
        click.echo(json.dumps(plain(answer), ensure_ascii=False, indent=2))
        return
    for line in _lines(answer):
        click.echo(line)
    for path in outputs:
        click.echo(f"Skrev {path}")


def number(value: float) -> str:
    """Return a number of three figures as Swedes write it; a dash where there is none."""
    if np.isnan(value):
        return "–"
    if not abs(value) < 1_000:
        return swedish.number(value)
    return f"{value:.3g}".replace(".", ",").replace("-", "−")


def percent(share: float) -> str:
    """Return a share in whole hundredths: "46 %"."""
    return f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def plain(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON has it: null for what there is no number for."""
    return {
        "method": answer.method,
        "said": list(answer.said),
        "params": {name: _plain(value) for name, value in answer.params.items()},
        "warnings": list(answer.warnings),
        "notes": list(answer.notes),
        "rows": list(_rows(answer)),
    }


def _rows(answer: Answer) -> list[dict[str, Any]]:
    columns = {**answer.names, **{k: v.tolist() for k, v in answer.columns.items()}}
    return [
        {name: _plain(value) for name, value in zip(columns, values, strict=True)}
        for values in zip(*columns.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(each) for each in value.tolist()]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _lines(answer: Answer) -> list[str]:
    rows = _rows(answer)
    headings = [HEADINGS.get(name, name) for name in (*answer.names, *answer.columns)]
    cells = [headings, *([_written(v) for v in row.values()] for row in rows[:MOST_ROWS])]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    n_names = len(answer.names)
    table = [
        "  ".join(
            cell.ljust(width) if place < n_names else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    left = len(rows) - MOST_ROWS
    params = ", ".join(f"{name}={_plain(value)}" for name, value in answer.params.items())
    return [
        *answer.said,
        "",
        *(table if rows else []),
        *([f"… och {left} rader till. Skriv alla med -o."] if left > 0 else []),
        "",
        *(f"Obs: {text}" for text in (*answer.warnings, *answer.notes)),
        f"{answer.method}: {params}",
    ]


def _written(value: Any) -> str:
    """Return a value as a Swedish table has it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        shown = f"{value:.0f}" if abs(value) >= 1_000 else f"{value:.4g}"
        return shown.replace(".", ",")
    return str(value)


def _write_json(answer: Answer, path: Path) -> None:
    text = json.dumps(plain(answer), ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def _write_csv(answer: Answer, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow((*answer.names, *answer.columns))
        for row in _rows(answer):
            writer.writerow(
                "" if v is None else str(v).replace(".", ",") if isinstance(v, float) else v
                for v in row.values()
            )


def _write_parquet(answer: Answer, path: Path) -> None:
    from lykta.infrastructure import scratch

    texts = {name: np.asarray(values, object) for name, values in answer.names.items()}
    connection = scratch.connect()
    connection.register("answer", {**texts, **answer.columns})
    target = str(path).replace("'", "''")
    connection.execute(f"COPY (SELECT * FROM answer) TO '{target}' (FORMAT parquet)")
    connection.close()


def _write_geojson(answer: Answer, path: Path) -> None:
    if answer.polygons is None:
        raise LyktaError("Svaret har inga gränser att rita. Välj en annan form.", code="no-shapes")
    import shapely

    from lykta.sources.coordinates import DEGREES, transform

    def to_degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transform(xy[:, 0], xy[:, 1], answer.crs, DEGREES)).round(6)

    shapes = shapely.transform(answer.polygons, to_degrees)
    features = [
        {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape)), "properties": row}
        for shape, row in zip(shapes, _rows(answer), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_svg(answer: Answer, path: Path) -> None:
    if answer.chart is None:
        raise LyktaError("Svaret har inget diagram. Välj en annan form.", code="no-chart")
    from lykta.infrastructure.papers.drawing import to_svg

    path.write_text(to_svg(dict(answer.chart)), encoding="utf-8")


_WRITERS: dict[str, Callable[[Answer, Path], None]] = {
    ".json": _write_json,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".geojson": _write_geojson,
    ".svg": _write_svg,
}
