"""Freezing pictures: the numbers at once, the papers when there is time."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lykta import __version__
from lykta.domain.documents import services as documents
from lykta.domain.documents.rules import CONTENT_TYPES, Kind
from lykta.domain.events import selectors as events
from lykta.domain.events.papers import situation_paper
from lykta.domain.events.selectors import PictureFilters
from lykta.domain.plans import arrays, papers, selectors
from lykta.domain.plans.models import CHANGE, READ_ROWS, FrozenPicture
from lykta.domain.plans.rules import Difference, differences
from lykta.infrastructure import papers as house_papers
from lykta.infrastructure import snapshots, storage
from lykta.infrastructure.access import Confidentiality, Reach, Refused, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import BadPeriod, LyktaError
from lykta.infrastructure.jobs import enqueue
from lykta.infrastructure.snapshots import Snapshot

# The same chances each time, so that the same events give the same figures.
SEED = 1
MARKING = "Exempeldata – syntetiska"
WRITE = "lykta.domain.plans.tasks.write_forms"
_CONFIDENTIALITY = {
    "public": Confidentiality.PUBLIC,
    "partners": Confidentiality.PARTNERS,
}


class PartOfMunicipality(LyktaError):
    """Who freezes a picture must see the whole municipality, for that is what it is of."""

    code = "part-of-municipality"


def freeze(
    reach: Reach,
    title: str,
    *,
    period: tuple[date, date],
    today: date,
    filters: PictureFilters | None = None,
    audience: str = "partners",
    made_at: datetime | None = None,
) -> FrozenPicture:
    """Return a new frozen picture of a period; its papers are written by a job.

    It takes the place of the last of the same title. Raises BadPeriod where the period is not
    over, or holds too few events.
    """
    require(reach, CHANGE)
    _check_whole(reach)
    if period[1] > today:
        raise BadPeriod(f"Perioden är slut först {period[1]}. Frys en period som är över.")
    chosen = filters or PictureFilters()
    given = events.picture_input(
        reach, period=period, filters=chosen, audience=audience, today=today
    )
    parameters = arrays.parameters_of(given) | {
        "title": title.strip(),
        "period": [str(day) for day in period],
        "audience": audience,
        "filters": json.loads(json.dumps(asdict(chosen))),
        "selection": [list(pair) for pair in events.in_words(reach, chosen, today=today)],
        "seed": SEED,
        "place": settings.INSTALLATION.short_name,
        "organisation": settings.INSTALLATION.name,
        "marking": MARKING if settings.INSTALLATION.is_demo else "",
        "made_at": timezone.localtime(made_at).isoformat(timespec="seconds"),
    }
    return _lock(reach, Snapshot(given.columns, parameters, __version__))


def recompute(reach: Reach, pk: int) -> list[Difference]:
    """Return what today's program finds otherwise in a snapshot; nothing if all agrees."""
    row = selectors.picture(reach, pk)
    found = selectors.figures_of(snapshots.load(row.document.sha256))
    return list(differences(selectors.figures(row), _plain(found)))


def form(reach: Reach, pk: int, name: str) -> Path:
    """Return the file of a picture in one form, written now if no job has done so yet."""
    row = selectors.picture(reach, pk)
    if name not in CONTENT_TYPES:
        raise Refused
    held = selectors.forms(reach, row)
    if name not in held:
        write_forms(pk, only=(name,))
        held = selectors.forms(reach, row)
    return storage.path_of(held[name].sha256)


def rows(reach: Reach, pk: int) -> Path:
    """Return the file of what a picture counted, one row an event: for those who may read rows."""
    require(reach, READ_ROWS)
    return snapshots.parquet_of(selectors.picture(reach, pk).document.sha256)


def write_forms(pk: int, *, only: tuple[str, ...] = tuple(CONTENT_TYPES)) -> None:
    """Write a picture in the forms that it lacks, and tell the audit log what they are."""
    row = FrozenPicture.objects.select_related("document").get(pk=pk)
    held = set(row.document.forms.values_list("form", flat=True))
    lacking = [name for name in only if name not in held]
    if not lacking:
        return
    written = _written(row, lacking)
    with transaction.atomic():
        made = [documents.add_form(row.document, *each) for each in written.items()]
        sums = {each.form: each.sha256 for each in made}
        audit.record("picture.written", actor=None, subject=row, forms=sums)


def _written(row: FrozenPicture, names: list[str]) -> Mapping[str, bytes]:
    """Return a picture in some forms."""
    document = row.document
    snapshot = snapshots.load(document.sha256)
    made = selectors.made(snapshot)
    paper = papers.frozen_paper(
        situation_paper(made.picture, made.subject, polygons=made.given.placed().polygons),
        snapshot.parameters,
        number=document.number,
        sha256=document.sha256,
        version=snapshot.version,
    )
    figures = selectors.figures(row)
    links = {name.upper(): name for name in CONTENT_TYPES if name != "html"}
    by_name: dict[str, Callable[[], bytes]] = {
        "csv": lambda: papers.table(figures),
        "html": lambda: house_papers.render(paper, "html", links=links),
    }
    return {
        name: by_name.get(name, lambda name=name: house_papers.render(paper, name))()
        for name in names
    }


def _lock(reach: Reach, snapshot: Snapshot) -> FrozenPicture:
    """Return the row of a picture, made from the snapshot as it will be read again."""
    sha256 = snapshots.keep(snapshots.pack(snapshot))
    kept = snapshots.load(sha256)
    figures = json.dumps(_plain(selectors.figures_of(kept)), ensure_ascii=False, allow_nan=False)
    figures_sha256 = storage.put(io.BytesIO(figures.encode("utf-8")))
    said = kept.parameters
    first, last = map(date.fromisoformat, said["period"])
    with transaction.atomic():
        document = documents.register(
            reach,
            kind=Kind.PICTURE,
            title=said["title"],
            confidentiality=_CONFIDENTIALITY[said["audience"]],
            sha256=sha256,
            parameters=arrays.in_short(said),
            made_at=datetime.fromisoformat(said["made_at"]),
        )
        row = FrozenPicture.objects.create(
            document=document,
            period_from=first,
            period_to=last,
            audience=said["audience"],
            figures_sha256=figures_sha256,
        )
        enqueue(WRITE, pk=row.pk)
        audit.record(
            "picture.frozen",
            actor=reach.user,
            subject=row,
            document=document.pk,
            sha256=sha256,
            figures=figures_sha256,
        )
    return row


def _plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures as they are when they have been written down and read again."""
    plain: dict[str, Any] = json.loads(json.dumps(figures, allow_nan=False))
    return plain


def _check_whole(reach: Reach) -> None:
    grants = [grant for grant in reach.grants if CHANGE in grant.rights]
    if not reach.is_system and all(grant.areas is not None for grant in grants):
        raise PartOfMunicipality(
            "Lägesbilden gäller hela kommunen, och du ser bara en del av den. Be någon som ser "
            "hela att frysa den."
        )
