"""Frozen pictures, and what is found in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lykta.analysis import picture as analysis
from lykta.analysis.picture import Picture
from lykta.domain.documents import selectors as documents
from lykta.domain.events.papers import Subject
from lykta.domain.events.papers.figures_data import figures_data
from lykta.domain.events.selectors import PictureInput
from lykta.domain.plans import arrays, papers
from lykta.domain.plans.models import READ, FrozenPicture
from lykta.infrastructure import snapshots
from lykta.infrastructure.access import Reach
from lykta.infrastructure.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the figures: what was counted, and how it has changed from the year before."""

    name: str
    count: float | None  # None: hidden
    before: float | None  # None: hidden, or there is no year before
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str
    dispersion: float


@dataclass(frozen=True, slots=True)
class Made:
    """A picture made from a snapshot, with all that its paper needs."""

    picture: Picture
    subject: Subject
    given: PictureInput


def pictures(reach: Reach) -> QuerySet[FrozenPicture]:
    """Return the pictures within reach, the latest period first, and of each its latest version."""
    rows = FrozenPicture.objects.visible_to(reach)
    rows = rows.select_related("document__made_by", "document__superseded_by")
    return rows.order_by("-period_to", "-period_from", "document__title", "-document__number")


def picture(reach: Reach, pk: int) -> FrozenPicture:
    """Return one picture, or refuse as if it did not exist."""
    return get_object_or_404(pictures(reach), pk=pk)


def latest(reach: Reach, *, at_most: int) -> list[FrozenPicture]:
    """Return the pictures that were frozen last and that no later one takes the place of."""
    rows = pictures(reach).filter(document__superseded_by__isnull=True)
    return list(rows.order_by("-document__made_at", "-pk")[:at_most])


def versions(reach: Reach, row: FrozenPicture) -> list[FrozenPicture]:
    """Return every version of a picture, the latest first."""
    same = pictures(reach).filter(document__title=row.document.title)
    return list(same.order_by("-document__number"))


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[FrozenPicture]:
    """Return the pictures whose title holds a text."""
    if not text.strip() or not reach.may(READ):
        return []
    return list(pictures(reach).filter(document__title__mentions=text)[:at_most])


def figures(row: FrozenPicture) -> dict[str, Any]:
    """Return the figures of a picture as they were found, or raise where they have changed."""
    return snapshots.figures(row.figures_sha256)


def rows_of(figures: Mapping[str, Any], part: str) -> list[Row]:
    """Return the rows of one part of the figures: "total", "areas" or "categories"."""
    columns = figures[part]
    names = columns.get("name", [""])
    measures = ("count", "before", "ratio", "low", "high", "verdict")
    return [
        Row(
            name=name,
            dispersion=columns["dispersion"][n] or 1.0,
            **{measure: columns[measure][n] for measure in measures},
        )
        for n, name in enumerate(names)
    ]


def forms(reach: Reach, row: FrozenPicture) -> Mapping[str, Any]:
    """Return the forms that the picture's document has been written in, by name."""
    return documents.forms(reach, row.document_id)


def made(snapshot: Snapshot) -> Made:
    """Return the picture that today's program makes of a snapshot."""
    given = arrays.input_of(snapshot.columns, snapshot.parameters)
    found = analysis.picture(
        given.events(), given.placed(), given.question, rng=snapshot.parameters["seed"]
    )
    subject = papers.subject_of(snapshot.parameters, version=snapshot.version)
    return Made(found, subject, given)


def figures_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the figures that today's program finds in a snapshot."""
    one = made(snapshot)
    return figures_data(one.picture, one.subject)
