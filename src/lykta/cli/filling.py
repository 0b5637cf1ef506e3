"""What a new installation is filled with: tables, law, areas, files, and someone to run it."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from lykta.cli import statics
from lykta.domain.events import services as events
from lykta.domain.partners.commands import take_in
from lykta.domain.partners.rules import OrganisationKind, Role
from lykta.domain.places import services as places
from lykta.domain.places.rules import Kind
from lykta.domain.statutes import services as statutes
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.imports import doors
from lykta.infrastructure.imports import services as imports
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.installation import FirstFile
from lykta.infrastructure.retention import services as retention

Tell = Callable[[str], None]
_ORDER = (
    *("areas", "listings", "editions", "population", "places"),
    *("categories", "events", "indicators"),
)
# What the municipality's file calls otherwise than the importers do.
_KINDS = {"indicators": "observations"}


def prepare() -> None:
    """Make the tables as the program wants them, and gather the files of the pages."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    statics.refresh()


def fill(*, tell: Tell) -> None:
    """Add law, rules, the municipality and its files; what is there already is left as it is."""
    if n_new := statutes.load():
        tell(f"{n_new} lagrum")
    if n_new := events.load_categories():
        tell(f"{n_new} kategorier")
    if n_new := retention.load(today=timezone.localdate()):
        tell(f"{n_new} gallringsregler, lyktas förslag som kommunen ska besluta om")
    imports.resume()
    if not any(
        file.options.get("kind") == Kind.MUNICIPALITY for file in settings.INSTALLATION.areas
    ):
        _found()
    for kind in _ORDER:
        for file in getattr(settings.INSTALLATION, kind):
            _read_in(kind, file, tell=tell)
    _found()


def invite_first(email: str, name: str, *, tell: Tell) -> None:
    """Make the first account for IT operations, and tell where its owner chooses a password."""
    account, is_new = take_in(
        email=email,
        name=name,
        role=Role.IT_OPERATIONS,
        organisation="It-drift",
        kind=OrganisationKind.MUNICIPALITY,
        today=timezone.localdate(),
    )
    if is_new:
        tell(f"Inbjudan till {name}, gäller i sju dagar, med er egen adress framför:")
        tell(accounts.invite(account, by=None))
        tell("It-drift lägger upp konton. Bjud in den som samordnar med lykta invite.")
    else:
        tell(f"{name} har redan ett konto. En ny inbjudan görs med lykta invite.")


def _found() -> None:
    """Make the municipality's own area, unless it is there or a file gave it."""
    town = settings.INSTALLATION
    places.found_municipality(SYSTEM, name=town.name, code=town.code, valid_from=town.border_from)


def _read_in(kind: str, file: FirstFile, *, tell: Tell) -> None:
    options = dict(file.options)
    if options.get("kind") == Kind.MUNICIPALITY:
        options.setdefault("valid_from", settings.INSTALLATION.border_from)
    kind = _KINDS.get(kind, kind)
    if _is_read_in(kind, file, options):
        return
    run = doors.read_in(SYSTEM, kind, file.path, today=timezone.localdate(), **options)
    tell(
        f"{file.path.name}: {run.n_read} rader lästa, {run.n_added} nya, {run.n_changed} ändrade, "
        f"{run.n_unchanged} oförändrade, {run.n_rejected} avvisade, {run.n_outside} gäller andra"
    )


def _is_read_in(kind: str, file: FirstFile, options: dict[str, Any]) -> bool:
    """Return whether the same file has been read in before in the same way."""
    said = {key: str(value) if isinstance(value, date) else value for key, value in options.items()}
    sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
    runs = Run.objects.filter(kind=kind, sha256=sha256, state=State.DONE)
    return any(said.items() <= run.options.items() for run in runs)
