"""Writing organisations."""

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Organisation
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class NameTaken(LyktaError):
    """An organisation with that name exists."""

    code = "name-taken"


@transaction.atomic
def add_organisation(reach: Reach, *, name: str, kind: str) -> Organisation:
    """Return a new organisation."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    _check_name(name)
    organisation = Organisation.objects.create(name=name.strip(), kind=kind)
    audit.record("organisation.added", actor=reach.user, subject=organisation)
    return organisation


def organisation_named(reach: Reach, name: str, *, kind: str) -> Organisation:
    """Return the organisation of a name, added if it is not there."""
    found = Organisation.objects.filter(name__iexact=name.strip()).first()
    return found or add_organisation(reach, name=name, kind=kind)


@transaction.atomic
def change_organisation(
    reach: Reach, organisation: Organisation, *, name: str, kind: str
) -> Organisation:
    """Change what an organisation is called and of what kind it is."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    _check_name(name, but=organisation)
    organisation.name, organisation.kind = name.strip(), kind
    organisation.save()
    audit.record("organisation.changed", actor=reach.user, subject=organisation)
    return organisation


def _check_name(name: str, *, but: Organisation | None = None) -> None:
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    if others.filter(name__iexact=name.strip()).exists():
        raise NameTaken(_("Det finns redan en organisation med det namnet."))
