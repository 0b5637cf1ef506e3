"""The cast: the same few people in every test, each with a part to play; Cleo is the outsider."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lykta.domain.partners.models import Agreement, Membership, Organisation
from lykta.domain.partners.rules import Role, clearance_of, needs_agreement
from lykta.domain.places.models import Area
from lykta.infrastructure.accounts.models import Account

PASSWORD = "lampan-lyser-2026"
SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """Who someone is, and for whom."""

    name: str
    role: Role | None
    organisation: str
    kind: str = "municipality"


CAST = {
    "amina": Part("Amina", Role.COORDINATOR, "Samordningsfunktionen"),
    "otto": Part("Otto", Role.OPERATIVE_COORDINATOR, "Samverkan Demo", "owner_association"),
    "vera": Part("Vera", Role.SAFETY_HOST, "Trygghetsvärdarna"),
    "farid": Part("Farid", Role.FIELD_WORKER, "Förebyggarteamet"),
    "harriet": Part("Harriet", Role.HOUSING_COMPANY, "Bostadsbolaget", "municipal_company"),
    "pelle": Part("Pelle", Role.POLICE_LIAISON, "Lokalpolisområdet", "police"),
    "sonja": Part("Sonja", Role.SOCIAL_SERVICES, "Socialtjänsten"),
    "planka": Part("Planka", Role.PLANNER, "Samhällsbyggnad"),
    "ekon": Part("Ekon", Role.CONTROLLER, "Ekonomi"),
    "kerstin": Part("Kerstin", Role.CHAIR, "Kommunstyrelsen"),
    "leo": Part("Leo", Role.ANALYST, "Samordningsfunktionen"),
    "civil": Part("Nils", Role.CIVIL_SOCIETY, "Nattvandrarna", "civil_society"),
    "drift": Part("Drift", Role.IT_OPERATIONS, "It-drift"),
    "cleo": Part("Cleo", None, ""),
}


def account(name: str) -> Account:
    """Return one of the cast, made the first time she is asked for."""
    part = CAST[name]
    found = Account.objects.filter(email=f"{name}@example.org").first()
    if found:
        return found
    made = Account.objects.create_user(f"{name}@example.org", PASSWORD, name=part.name)
    if part.role:
        organisation, _is_new = Organisation.objects.get_or_create(
            name=part.organisation, defaults={"kind": part.kind}
        )
        if needs_agreement(organisation.kind):
            agree(organisation)
        Membership.objects.create(
            account=made,
            organisation=organisation,
            role=part.role,
            clearance=clearance_of(part.role),
            starts_on=SINCE,
        )
    return made


def agree(organisation: Organisation, *, areas: Collection[Area] = ()) -> Agreement:
    """Return an agreement with an organisation that holds; without areas it holds everywhere."""
    made = Agreement.objects.create(
        title=f"Samverkan med {organisation.name}",
        purposes="En tryggare kommun",
        is_everywhere=not areas,
        starts_on=SINCE,
        signed_on=SINCE,
        changed_at=timezone.now(),
    )
    made.parties.add(organisation)
    made.areas.set(areas)
    return made
