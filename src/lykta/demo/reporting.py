"""Two years of reports in the demo, some that wait, and weeks when nothing was to be told."""

from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from lykta.demo import patterns, reports
from lykta.demo.pictures import MADE_AT, TODAY
from lykta.demo.tables import Row, rows_of
from lykta.domain.events import rules, services
from lykta.domain.events import selectors as events
from lykta.domain.events.rules import Reliability
from lykta.domain.partners import selectors as partners
from lykta.domain.partners import services as organisations
from lykta.domain.partners.rules import OrganisationKind
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import SYSTEM, Reach
from lykta.infrastructure.accounts.models import Account

FILES = ("rapporter.csv", "rapporter_sedan.csv")
QUIET = (("nils", 1), ("nils", 2), ("sonja", 1), ("sonja", 3))  # who, weeks ago


def fill(folder: Path) -> int:
    """Add the reports of the demo, unless they are there; return how many are new."""
    if events.reports(SYSTEM).exists():
        return 0
    told = [line for name in FILES for line in reports.read(folder / name)]
    held = {
        name: organisations.organisation_named(SYSTEM, name, kind=OrganisationKind.OTHER).pk
        for name in sorted({each.organisation for each in told})
    }
    past = (
        services.Past(
            event=f"id:{each.event}",
            received_at=timezone.make_aware(each.received_at),
            organisation=held[each.organisation],
            description=each.description,
            basis=Reliability(each.basis),
            severity=each.severity,
        )
        for each in told
    )
    n = services.record_past(SYSTEM, past, source=patterns.SOURCE)
    n += sum(_wait(row) for row in rows_of("vantande.csv"))
    for name, weeks in QUIET:
        reach, at = _reach(name), MADE_AT - timedelta(weeks=weeks)
        services.say_nothing_to_report(reach, organisation=_own(reach), now=at)
    return n


def _wait(row: Row) -> bool:
    """Report one thing as one of the cast, and leave it to be dealt with."""
    reach, at = _reach(row["konto"]), MADE_AT - timedelta(hours=int(row["timmar_före"]))
    kinds = {kind.code: kind for kind in events.choosable()}
    found = places.find_places(reach, row["plats"], at_most=1)
    told = services.Told(
        key=uuid5(NAMESPACE_URL, f"demo/{row['konto']}/{row['mening']}"),
        written_at=at,
        category=kinds[row["kategori"]],
        where=services.Where(place=found[0]) if found else services.Where(text=row["plats"]),
        when=rules.at(timezone.localtime(at).replace(tzinfo=None)),
        description=row["mening"],
        severity=int(row["allvar"]) if row["allvar"] else None,
    )
    _row, is_new = services.report(reach, told, organisation=_own(reach), now=at)
    return is_new


def _reach(name: str) -> Reach:
    account = Account.objects.get(email=f"{name}@demo.example")
    return partners.reach_of(account.pk, on=TODAY)


def _own(reach: Reach) -> int:
    return min(reach.organisations(events.REPORT))
