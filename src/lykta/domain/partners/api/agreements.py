"""Cooperation for machines: agreements and the network, read and never changed."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from lykta.domain.partners import rules, selectors
from lykta.domain.partners.rules import AgreementKind, Bond, Standing
from lykta.infrastructure.access import Request, require
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["samverkan"])


class AgreementOut(Schema):
    """An agreement as it stands on the day asked about."""

    id: int
    title: str
    kind: AgreementKind
    standing: Standing
    parties: list[str]
    purposes: list[str]
    is_everywhere: bool
    areas: list[str]
    starts_on: date
    ends_on: date | None
    ended_on: date | None
    registry_number: str


class TieOut(Schema):
    """How two organisations work together on the day asked about."""

    first: str
    second: str
    bond: Bond | None
    agreements: list[int]
    is_missing: bool


@router.get(
    "overenskommelser/",
    response={200: list[AgreementOut], **REFUSALS},
    summary="Överenskommelser",
)
def list_agreements(request: Request) -> list[dict[str, Any]]:
    """Return the agreements within reach, those that hold first."""
    require(request.reach, rules.READ_COOPERATION)
    rows = list(selectors.agreements(request.reach))
    return [_agreement(each) for each in selectors.stood_on(rows, request.as_of)]


@router.get("natverk/", response={200: list[TieOut], **REFUSALS}, summary="Nätverket")
def network(request: Request) -> list[dict[str, Any]]:
    """Return who works with whom, and whether an agreement holds between them."""
    require(request.reach, rules.READ_COOPERATION)
    return [
        {
            "first": tie.first.name,
            "second": tie.second.name,
            "bond": tie.bond,
            "agreements": [each.pk for each in tie.agreements],
            "is_missing": tie.is_missing,
        }
        for tie in selectors.network(request.reach, on=request.as_of)
    ]


def _agreement(each: selectors.Stood) -> dict[str, Any]:
    row = each.row
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "standing": each.standing,
        "parties": [party.name for party in row.parties.all()],
        "purposes": row.purpose_list,
        "is_everywhere": row.is_everywhere,
        "areas": [area.code for area in row.areas.all()],
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "ended_on": row.ended_on,
        "registry_number": row.registry_number,
    }
