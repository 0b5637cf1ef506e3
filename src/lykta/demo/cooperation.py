"""The demo's agreements and network, through the room's own services."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from lykta.demo.pictures import MADE_AT, TODAY
from lykta.demo.tables import Row, rows_of
from lykta.domain.partners import selectors, services
from lykta.domain.partners.rules import AgreementKind, Bond, JointWorkKind, OrganisationKind
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import SYSTEM, Reach
from lykta.infrastructure.accounts.models import Account

EARLY_SUPPORT = "Tidigt stöd till unga (demo)"
# Quarter, meetings, early contacts: the second of them too few to be shown.
DONE = (
    (date(2026, 1, 1), 6, 9),
    (date(2026, 4, 1), 5, 3),
    (date(2026, 7, 1), 4, 7),
)


@transaction.atomic
def fill() -> int:
    """Add the agreements and the network; return how many agreements, none where there are some."""
    if selectors.agreements(SYSTEM).exists():
        return 0
    for row in rows_of("natverk.csv"):
        _tie(row)
    known = {row.code: row.id for row in places.areas(SYSTEM, as_of=TODAY)}
    made: dict[str, int] = {}
    for row in rows_of("overenskommelser.csv"):
        made[row["rubrik"]] = _agree(row, known, made)
    _work_together(made[EARLY_SUPPORT])
    return len(made)


def _tie(row: Row) -> None:
    kind = OrganisationKind(row["slag_ena"])
    one = services.organisation_named(SYSTEM, row["den_ena"], kind=kind)
    ours = OrganisationKind.MUNICIPALITY
    services.note_cooperation(
        SYSTEM,
        one,
        services.organisation_named(SYSTEM, row["den_andra"], kind=ours),
        bond=Bond(row["samverkar"]),
        note=row["anteckning"],
        valid_from=date.fromisoformat(row["från"]),
        now=_morning(row["från"]),
    )


def _agree(row: Row, known: dict[str, int], made: dict[str, int]) -> int:
    ours = OrganisationKind.MUNICIPALITY
    parties = [
        services.organisation_named(SYSTEM, name, kind=ours).pk for name in row["parter"].split("|")
    ]
    codes = [code for code in row["områden"].split("|") if code]
    terms = services.Terms(
        title=row["rubrik"],
        kind=AgreementKind(row["slag"]),
        parties=parties,
        purposes=row["syften"].replace("|", "\n"),
        is_everywhere=not codes,
        areas=[known[code] for code in codes if code in known],
        sharing=row["delar"],
        working=row["arbetar"],
        registry_number=row["diarienummer"],
        gives_access=row["tillgång"] == "ja",
        starts_on=date.fromisoformat(row["från"]),
        ends_on=date.fromisoformat(row["till"]) if row["till"] else None,
        replaces=made.get(row["ersätter"]),
    )
    now = _morning(row["undertecknad"])
    draft = services.draft_agreement(SYSTEM, terms, now=now)
    services.sign_agreement(
        SYSTEM, draft, signed_on=date.fromisoformat(row["undertecknad"]), now=now
    )
    return draft.pk


def _work_together(pk: int) -> None:
    """Tell, as the social services of the demo, what was done under the agreement."""
    sonja = Account.objects.filter(email="sonja@demo.example").first()
    if sonja is None:
        return
    reach = selectors.reach_of(sonja.pk, on=TODAY)
    agreement = selectors.agreement(reach, pk)
    for quarter, meetings, contacts in DONE:
        for kind, n in ((JointWorkKind.MEETING, meetings), (JointWorkKind.EARLY_CONTACT, contacts)):
            services.record_joint_work(
                reach, agreement, organisation=_own(reach), kind=kind, quarter=quarter, n=n,
                today=TODAY, now=MADE_AT,
            )  # fmt: skip


def _own(reach: Reach) -> int:
    return reach.grants[0].organisation


def _morning(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(9)))
