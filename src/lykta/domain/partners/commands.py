"""The commands of partners: inviting someone from the command line."""

from datetime import date
from typing import TYPE_CHECKING

import click

from lykta.domain.partners.rules import OrganisationKind, Role

if TYPE_CHECKING:
    from lykta.infrastructure.accounts.models import Account


@click.command(options_metavar="[VAL]")
@click.argument("email", metavar="E-POST")
@click.option("--name", metavar="NAMN", required=True, help="Vad personen heter.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="Rollen."
)
@click.option("--organisation", metavar="NAMN", required=True, help="Organisationens namn.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in OrganisationKind]),
    default=OrganisationKind.MUNICIPALITY.value,
    show_default=True,
    help="Slag av organisation, om den inte finns än.",
)
def invite(email: str, *, name: str, role: str, organisation: str, kind: str) -> None:
    """Bjud in E-POST att välja lösenord och logga in. Det som saknas läggs till."""
    from django.utils import timezone

    from lykta.domain.partners import selectors
    from lykta.infrastructure.accounts import services as accounts

    account, _is_new = take_in(
        email=email,
        name=name,
        role=role,
        organisation=organisation,
        kind=kind,
        today=timezone.localdate(),
    )
    if not selectors.roles_of(account.pk, on=timezone.localdate()):
        click.echo(f"{organisation} har ingen överenskommelse som gäller. Rollen väntar på den.")
    click.echo(f"Inbjudan till {account.name}. Den kan användas en gång och gäller i sju dagar.")
    click.echo("Sätt er egen adress framför:")
    click.echo(accounts.invite(account, by=None))


def take_in(
    *, email: str, name: str, role: str, organisation: str, kind: str, today: date
) -> "tuple[Account, bool]":
    """Return the account that acts in a role for an organisation, and whether it is new."""
    from django.db import transaction

    from lykta.domain.partners import selectors, services
    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.accounts.selectors import accounts

    with transaction.atomic():
        known = accounts().filter(email__iexact=email.strip()).first()
        account = known or services.add_account(SYSTEM, email=email, name=name)
        where = services.organisation_named(SYSTEM, organisation, kind=kind)
        if not selectors.is_member(account.pk, where.pk, role, on=today):
            services.add_membership(
                SYSTEM, account=account, organisation=where, role=role, starts_on=today
            )
    return account, known is None
