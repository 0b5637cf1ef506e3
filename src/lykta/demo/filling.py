"""The demo's accounts: one for each role, and the outsider, through the rooms' own services."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lykta.domain.partners import services as partners
from lykta.domain.partners.rules import OrganisationKind, Role
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.accounts.models import Account

SINCE = date(2024, 1, 1)
# Shown on the demo's login page. An account has it only where the demo made that account.
PASSWORD = "lykta-demo-2026"  # noqa: S105
_OURS, _COMPANY = OrganisationKind.MUNICIPALITY, OrganisationKind.MUNICIPAL_COMPANY


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cast: who, in which role, for whom."""

    name: str
    role: Role | None  # None: the outsider
    organisation: str = ""
    kind: OrganisationKind = _OURS


CAST = (
    Part("Amina", Role.COORDINATOR, "Samordningsfunktionen"),
    Part("Leo", Role.ANALYST, "Samordningsfunktionen"),
    Part("Kerstin", Role.CHAIR, "Kommunstyrelsen"),
    Part("Vera", Role.SAFETY_HOST, "Trygghetsvärdarna"),
    Part("Farid", Role.FIELD_WORKER, "Demofältarna"),
    Part("Otto", Role.OPERATIVE_COORDINATOR, "Demosamverkan", OrganisationKind.OWNER_ASSOCIATION),
    Part(
        "Harriet",
        Role.HOUSING_COMPANY,
        "Bostadsbolaget Exempel",
        OrganisationKind.MUNICIPAL_COMPANY,
    ),
    Part("Nils", Role.CIVIL_SOCIETY, "Demovandrarna", OrganisationKind.CIVIL_SOCIETY),
    Part("Pelle", Role.POLICE_LIAISON, "Demopolisen", OrganisationKind.POLICE),
    Part("Sonja", Role.SOCIAL_SERVICES, "Socialtjänsten i demon"),
    Part("Planka", Role.PLANNER, "Plan och bygg i demon"),
    Part("Ekon", Role.CONTROLLER, "Ekonomi i demon"),
    Part("Drift", Role.IT_OPERATIONS, "It-drift i demon"),
    Part("Cleo", None),
)


@transaction.atomic
def fill() -> list[Account]:
    """Return the accounts that were made; all have the password that the demo shows."""
    made = []
    for part in CAST:
        email = f"{part.name.lower()}@demo.example"
        if Account.objects.filter(email=email).exists():
            continue
        account = accounts.create(email=email, name=part.name, by=None, is_demo=True)
        account.set_password(PASSWORD)
        account.save()
        made.append(account)
        if part.role:
            _join(account, part, part.role)
    return made


def _join(account: Account, part: Part, role: Role) -> None:
    organisation = partners.organisation_named(SYSTEM, part.organisation, kind=part.kind)
    partners.add_membership(
        SYSTEM, account=account, organisation=organisation, role=role, starts_on=SINCE
    )
