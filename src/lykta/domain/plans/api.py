"""Frozen pictures for machines: the same selectors, the same reach."""

from typing import Annotated, Any

from ninja import Path, Router, Schema

from lykta.domain.plans import selectors
from lykta.domain.plans.models import READ, FrozenPicture
from lykta.infrastructure.access import Request, require
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["lägesbilder"])
_LARGEST = 2**31 - 1


class PictureOut(Schema):
    """One frozen picture: what it is of, and by what it can be checked."""

    id: int
    title: str
    number: int
    is_latest: bool
    period_from: str
    period_to: str
    audience: str
    made_at: str
    version: str
    sha256: str
    figures_sha256: str


@router.get("", response={200: list[PictureOut], **REFUSALS}, summary="Frysta lägesbilder")
def list_pictures(request: Request) -> list[dict[str, Any]]:
    """Return the pictures within reach, the latest period first."""
    require(request.reach, READ)
    return [_picture(row) for row in selectors.pictures(request.reach)]


@router.get("{pk}", response={200: dict[str, Any], **REFUSALS}, summary="En bilds siffror")
def one_picture(request: Request, pk: Annotated[int, Path(ge=1, le=_LARGEST)]) -> dict[str, Any]:
    """Return the figures of one picture, as they were when it was frozen."""
    return selectors.figures(selectors.picture(request.reach, pk))


def _picture(row: FrozenPicture) -> dict[str, Any]:
    document = row.document
    return {
        "id": row.pk,
        "title": document.title,
        "number": document.number,
        "is_latest": not hasattr(document, "superseded_by"),
        "period_from": str(row.period_from),
        "period_to": str(row.period_to),
        "audience": row.audience,
        "made_at": document.made_at.isoformat(),
        "version": document.version,
        "sha256": document.sha256,
        "figures_sha256": row.figures_sha256,
    }
