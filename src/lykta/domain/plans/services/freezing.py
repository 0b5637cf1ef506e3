"""Freezing pictures: their numbers are made at once, from what is kept of them."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lykta import __version__
from lykta.domain.documents import services as documents
from lykta.domain.documents.rules import Kind
from lykta.domain.events import selectors as events
from lykta.domain.events.selectors import PictureFilters
from lykta.domain.plans import arrays, papers, selectors
from lykta.domain.plans.models import CHANGE, FrozenPicture
from lykta.domain.plans.rules import Difference, differences, is_printable
from lykta.infrastructure import snapshots, storage
from lykta.infrastructure.access import Confidentiality, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import BadPeriod, LyktaError
from lykta.infrastructure.jobs import enqueue
from lykta.infrastructure.snapshots import Snapshot

# The same chances each time, so that the same events give the same figures.
SEED = 1
LONGEST_TITLE = 160
WRITE = "lykta.domain.plans.tasks.write_forms"
_CONFIDENTIALITY = {
    "public": Confidentiality.PUBLIC,
    "partners": Confidentiality.PARTNERS,
}


class PartOfMunicipality(LyktaError):
    """Who freezes a picture must see the whole municipality, for that is what it is of."""

    code = "part-of-municipality"


class FrozenMeanwhile(LyktaError):
    """Another picture took the same place in the row of versions at the same time."""

    code = "frozen-meanwhile"


class BadTitle(LyktaError):
    """A picture needs a title, in signs that every form of it can print."""

    code = "bad-title"


def freeze(
    reach: Reach,
    title: str = "",
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
    selection = events.in_words(reach, chosen, today=today)
    called = title.strip() or papers.title_of(*period, audience=audience, selection=selection)
    _check_title(called)
    given = events.picture_input(
        reach, period=period, filters=chosen, audience=audience, today=today
    )
    parameters = arrays.parameters_of(given) | {
        "title": called,
        "period": [str(day) for day in period],
        "audience": audience,
        "filters": json.loads(json.dumps(asdict(chosen))),
        "selection": [list(pair) for pair in selection],
        "seed": SEED,
        "place": settings.INSTALLATION.short_name,
        "organisation": settings.INSTALLATION.name,
        "marking": settings.INSTALLATION.marking,
        "made_at": timezone.localtime(made_at).isoformat(timespec="seconds"),
    }
    return _lock(reach, Snapshot(given.columns, parameters, __version__))


def recompute(reach: Reach, pk: int) -> list[Difference]:
    """Return what today's program finds otherwise in a snapshot; nothing if all agrees."""
    row = selectors.picture(reach, pk)
    found = selectors.figures_of(snapshots.load(row.document.sha256))
    return list(differences(selectors.figures(row), _plain(found)))


def _lock(reach: Reach, snapshot: Snapshot) -> FrozenPicture:
    """Return the row of a picture, made from the snapshot as it will be read again."""
    sha256 = snapshots.keep(snapshots.pack(snapshot))
    kept = snapshots.load(sha256)
    figures = json.dumps(_plain(selectors.figures_of(kept)), ensure_ascii=False, allow_nan=False)
    figures_sha256 = storage.put(io.BytesIO(figures.encode("utf-8")))
    try:
        return _registered(reach, kept.parameters, sha256=sha256, figures_sha256=figures_sha256)
    except IntegrityError:
        raise FrozenMeanwhile(
            "Någon annan frös en bild med samma titel just nu. Se efter, och frys igen om det "
            "behövs."
        ) from None


def _registered(
    reach: Reach, said: Mapping[str, Any], *, sha256: str, figures_sha256: str
) -> FrozenPicture:
    """Return the row of what is kept, told to the register, the worker and the log."""
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


def _check_title(title: str) -> None:
    if not is_printable(title) or len(title) > LONGEST_TITLE:
        raise BadTitle(
            f"Titeln går inte att trycka, eller är längre än {LONGEST_TITLE} tecken. Välj en annan."
        )


def _check_whole(reach: Reach) -> None:
    grants = [grant for grant in reach.grants if CHANGE in grant.rights]
    if not reach.is_system and all(grant.areas is not None for grant in grants):
        raise PartOfMunicipality(
            "Lägesbilden gäller hela kommunen, och du ser bara en del av den. Be någon som ser "
            "hela att frysa den."
        )
