"""The front door of the sources: a file in, plain records and row errors out."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from lykta.infrastructure.errors import LyktaError
from lykta.sources.areas import AskedAreas, areas_of
from lykta.sources.categories import categories_of
from lykta.sources.cells import cells_in, columns_in
from lykta.sources.editions import editions_of
from lykta.sources.events.importing import Asked, events_of
from lykta.sources.events.joining import joined
from lykta.sources.files.opening import with_table
from lykta.sources.guessing import guess_mapping
from lykta.sources.kolada.values import check_titles, titles_of
from lykta.sources.listings import listings_of
from lykta.sources.observations import observations_from
from lykta.sources.places import places_of
from lykta.sources.population import population_of
from lykta.sources.previewing import Preview, describe_mapping, preview
from lykta.sources.records import (
    AreaRecords,
    CategoryRecords,
    EditionRecords,
    EventRecords,
    ListingRecords,
    ObservationRecords,
    PlaceRecords,
    PopulationRecords,
)

__all__ = [
    "Preview",
    "cells_of",
    "columns_of",
    "describe_mapping",
    "guess_mapping",
    "preview",
    "read_areas",
    "read_categories",
    "read_editions",
    "read_events",
    "read_listings",
    "read_observations",
    "read_places",
    "read_population",
]


def read_events(
    paths: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    crs: str | None = None,
    metric_crs: str | None = None,
    municipality: str | None = None,
    today: date | None = None,
    is_keyed: bool = False,
) -> EventRecords:
    """Return the events of one or several files of the same layout.

    `mapping` gives our field names and the file's columns where they cannot be guessed, `crs` the
    reference system of x and y, `metric_crs` that of the result. With a `municipality`, only the
    rows that concern it are read; with `today`, events after that day are rejected. `is_keyed` adds
    each event's row number and id, of one file.
    """
    if not paths:
        raise LyktaError("Ingen fil angavs. Ange minst en fil med händelser.", code="no-file")
    parts: list[EventRecords] = []
    for path in paths:
        asked = Asked(mapping, crs, metric_crs, municipality, today, is_keyed)
        part = with_table(Path(path), partial(events_of, asked=asked))
        # All parts in the metres of the first, so that they can be laid side by side.
        metric_crs = metric_crs or part.metric_crs or None
        parts.append(part)
    return joined(parts)


def read_areas(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    crs: str | None = None,
    metric_crs: str | None = None,
) -> AreaRecords:
    """Return the areas of a file, with polygons in metres where it has them."""
    return with_table(Path(path), partial(areas_of, asked=AskedAreas(mapping, crs, metric_crs)))


def read_places(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    crs: str | None = None,
    metric_crs: str | None = None,
) -> PlaceRecords:
    """Return the landmarks and addresses of a file, with their points in metres and degrees."""
    return with_table(Path(path), partial(places_of, asked=AskedAreas(mapping, crs, metric_crs)))


def read_population(
    path: Path,
    *,
    every_year: bool = False,
    mapping: Mapping[str, str] | None = None,
    crs: str | None = None,
    metric_crs: str | None = None,
) -> PopulationRecords:
    """Return the population of a file, per area code or as points.

    Of several years only the latest is read, or `every_year`; a code then stands once for each.
    """
    asked = AskedAreas(mapping, crs, metric_crs)
    return with_table(Path(path), partial(population_of, asked=asked, every_year=every_year))


def read_listings(
    path: Path, *, mapping: Mapping[str, str] | None = None, list_year: int | None = None
) -> ListingRecords:
    """Return which areas stand on the lists of the police; `list_year` where the file is silent."""
    work = partial(listings_of, mapping=mapping, list_year=list_year)
    return with_table(Path(path), work)


def read_editions(path: Path, *, mapping: Mapping[str, str] | None = None) -> EditionRecords:
    """Return how many areas stand on each list of the police, in the whole country."""
    return with_table(Path(path), partial(editions_of, mapping=mapping))


def read_categories(path: Path, *, mapping: Mapping[str, str] | None = None) -> CategoryRecords:
    """Return the categories of a file: code, name and group."""
    return with_table(Path(path), partial(categories_of, mapping=mapping))


def read_observations(
    path: Path,
    *,
    expected_titles: Mapping[str, str] | None = None,
    metadata: Path | None = None,
    known_titles: Mapping[str, str] | None = None,
) -> ObservationRecords:
    """Return the observations of a file from Brå, SCB or Kolada, or of one's own key figures.

    `expected_titles` says by id what Kolada's key figures are believed to be called. They are
    checked against `metadata`, Kolada's own list, and a title that differs stops the reading.
    `known_titles` are those that have been checked already.
    """
    titles = with_table(Path(metadata), titles_of) if metadata else dict(known_titles or {})
    check_titles(expected_titles or {}, titles)
    return with_table(Path(path), partial(observations_from, titles=titles))


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the names of a file's columns."""
    return with_table(Path(path), columns_in)


def cells_of(
    path: Path, rows: Sequence[int], columns: Sequence[str] = ()
) -> dict[int, dict[str, str]]:
    """Return the texts of some rows of a file by their number, of some columns or all.

    Columns that are barred by law are never among them.
    """
    return with_table(Path(path), partial(cells_in, rows=rows, wanted=columns))
