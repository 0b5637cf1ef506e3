"""Reading agreements: what holds on a day, where, and what it has led to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import get_object_or_404

from lykta.domain.partners.models import Agreement, AgreementQuerySet, Organisation
from lykta.domain.partners.rules import JointWorkKind, Standing
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach

# In time to write the next one (C12).
SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Stood:
    """An agreement as it stands on a day."""

    row: Agreement
    standing: Standing
    days_left: int | None  # None: until further notice, or not in force
    is_succeeded: bool  # another is drafted or signed to take its place

    @property
    def is_ending(self) -> bool:
        """Return whether it ends soon and nothing takes its place."""
        return self.days_left is not None and self.days_left <= SOON.days and not self.is_succeeded


@dataclass(frozen=True, slots=True)
class Quarter:
    """What was done together in a quarter; None: nobody has told, or too few to be shown."""

    first_day: date
    counts: dict[str, int | None]
    hidden: frozenset[str]


def agreements(reach: Reach) -> AgreementQuerySet:
    """Return the agreements within reach, the latest first."""
    rows = Agreement.objects.visible_to(reach).prefetch_related("parties", "areas", "replaced_by")
    return rows.order_by("-starts_on", "-pk")


def agreement(reach: Reach, pk: int) -> Agreement:
    """Return one agreement within reach, or refuse as if it did not exist."""
    return get_object_or_404(agreements(reach), pk=pk)


def stood_on(rows: Collection[Agreement], on: date) -> list[Stood]:
    """Return agreements as they stand on a day, those that hold first."""
    found = [_stood(row, on) for row in rows]
    order = list(_ORDER)
    return sorted(found, key=lambda each: order.index(each.standing))


_ORDER = (
    Standing.IN_FORCE, Standing.DRAFT, Standing.COMING, Standing.EXPIRED, Standing.ENDED,
)  # fmt: skip


def ending(reach: Reach, *, on: date) -> list[Stood]:
    """Return the agreements that end within 90 days with nothing to take their place (C12)."""
    return [each for each in stood_on(list(agreements(reach).in_force(on)), on) if each.is_ending]


def opening(organisation: Organisation, *, on: date) -> list[Agreement]:
    """Return the agreements that let an organisation's members in on a day."""
    rows = organisation.agreements.in_force(on).filter(gives_access=True)
    return list(rows.prefetch_related("areas").order_by("starts_on", "pk"))


def in_areas(reach: Reach, areas: Collection[int], *, on: date) -> AgreementQuerySet:
    """Return the agreements that hold on a day in any of some areas."""
    here = Q(is_everywhere=True) | Q(areas__in=areas)
    return agreements(reach).in_force(on).filter(here).distinct()


def search_agreements(reach: Reach, text: str, *, at_most: int = 20) -> list[Agreement]:
    """Return the agreements within reach whose title or purposes hold a text."""
    if not text.strip():
        return []
    said = Q(title__mentions=text) | Q(purposes__mentions=text)
    rows = agreements(reach).filter(said).order_by(collation.in_swedish("title"))
    return list(rows[:at_most])


def joint_work(agreement: Agreement, *, smallest_shown: int) -> list[Quarter]:
    """Return what was done together by quarter, the latest first, without few persons."""
    latest = {
        (row.quarter, row.kind, row.organisation_id): row.n for row in agreement.joint_work.all()
    }
    sums: dict[date, dict[str, int]] = {}
    for (quarter, kind, _organisation), n in latest.items():
        of = sums.setdefault(quarter, {})
        of[kind] = of.get(kind, 0) + n
    return [_quarter(day, sums[day], smallest_shown) for day in sorted(sums, reverse=True)]


def _quarter(day: date, counts: dict[str, int], smallest_shown: int) -> Quarter:
    from lykta.analysis.disclosure.rows import protect

    persons = counts.get(JointWorkKind.EARLY_CONTACT)
    hidden: frozenset[str] = frozenset()
    shown: dict[str, int | None] = {kind: counts.get(kind) for kind in JointWorkKind}
    if persons is not None:
        safe = protect([persons], smallest_shown=smallest_shown, is_total_shown=False)
        if safe.is_hidden[0]:
            shown[JointWorkKind.EARLY_CONTACT] = None
            hidden = frozenset({JointWorkKind.EARLY_CONTACT})
    return Quarter(day, shown, hidden)


def _stood(row: Agreement, on: date) -> Stood:
    standing = row.standing(on)
    is_held = standing is Standing.IN_FORCE and row.ends_on
    left = (row.ends_on - on).days if is_held and row.ends_on else None
    return Stood(row, standing, left, is_succeeded=bool(row.replaced_by.all()))
