"""The demo's weeks: three that a meeting has dealt with, one to freeze, and the wheel of the year.

All goes through the rooms' own services, as if it had been done in those weeks.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lykta.demo.pictures import TODAY
from lykta.demo.tables import Row, rows_of
from lykta.domain.events import selectors as events
from lykta.domain.meetings import rules, selectors, services
from lykta.domain.meetings.rules import ActionKind, ActionState, Priority, Week
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import SYSTEM, Reach
from lykta.infrastructure.accounts.models import Account

FROZEN_AT = timedelta(days=7, hours=8)  # the Monday after, at eight


@transaction.atomic
def fill() -> int:
    """Freeze the weeks and hold their meetings; return how many, none where there are some."""
    if selectors.pictures(SYSTEM).exists():
        return 0
    amina = Account.objects.get(email="amina@demo.example")
    reach = partners.reach_of(amina.pk, on=TODAY)
    areas = {row.code: row.id for row in places.areas(reach, as_of=TODAY)}
    for row in rows_of("arshjul.csv"):
        services.add_planned(
            reach,
            row["namn"],
            first_day=date.fromisoformat(row["första"]),
            last_day=date.fromisoformat(row["sista"]),
            is_yearly=row["varje_år"] == "ja",
            area=areas.get(row["område"]),
            now=_at(Week(TODAY - timedelta(days=TODAY.weekday()))),
        )
    held = rows_of("veckomoten.csv")
    for row in held:
        _hold(reach, row, areas)
    _plan_next(reach)
    return len(held)


def _hold(reach: Reach, said: Row, areas: dict[str, int]) -> None:
    week = _week(said["vecka"])
    begins, ends = _usual(week)
    services.freeze(reach, week, narrative=said["text"], now=_at(week))
    meeting = services.plan(
        reach, week, begins_at=begins, ends_at=ends, place=said["lokal"], now=_at(week)
    )
    names = partners.in_cooperation(on=TODAY)
    missing = set(said["saknas"].split("|"))
    present = [key for key, name in names.items() if name not in missing]
    services.attend(reach, meeting, present, note=said["anteckningar"])
    decided = [row for row in rows_of("veckobeslut.csv") if row["vecka"] == said["vecka"]]
    keys = {name: key for key, name in names.items()}
    made = [_decide(reach, week, row, areas, keys) for row in decided]
    services.close(reach, selectors.meeting(reach, week), no_action=said["skäl"], now=ends)
    for pk, row in zip(made, decided, strict=True):
        _carry_out(reach, pk, row, begins)


def _decide(reach: Reach, week: Week, row: Row, areas: dict[str, int], keys: dict[str, int]) -> int:
    begins, _ends = _usual(week)
    categories = {each.code: each.pk for each in events.categories(reach)}
    action = services.decide(
        reach,
        selectors.meeting(reach, week),
        text=row["beslut"],
        kind=ActionKind(row["slag"]),
        organisation=keys[row["ansvarig"]],
        due=begins.date() + timedelta(days=int(row["dagar"])),
        area=areas[row["område"]],
        category=categories.get(row["kategori"]),
        priority=Priority(row["prioritet"]),
        now=begins,
    )
    return int(action.pk)


def _carry_out(reach: Reach, pk: int, row: Row, held_at: datetime) -> None:
    """Write how far an action came, and tell those who reported what was done."""
    if not row["efter"]:
        return
    now = held_at + timedelta(days=int(row["efter"]))
    state = ActionState(row["läge"])
    services.step(reach, selectors.action(reach, pk), state=state, result=row["resultat"], now=now)
    if row["svar"]:
        services.tell(reach, selectors.action(reach, pk), text=row["svar"], now=now)


def _plan_next(reach: Reach) -> None:
    """Plan the meeting of the week that is over and not yet frozen."""
    week = rules.week_of(TODAY).before
    begins, ends = _usual(week)
    services.plan(
        reach,
        week,
        begins_at=begins,
        ends_at=ends,
        place="Exempelsalen, kommunhuset",
        now=_at(week),
    )


def _week(key: str) -> Week:
    found = rules.week_named(key)
    if found is None:
        raise ValueError(key)
    return found


def _usual(week: Week) -> tuple[datetime, datetime]:
    begins, ends = (timezone.make_aware(each) for each in rules.usual_time(week))
    return begins, ends


def _at(week: Week) -> datetime:
    midnight = datetime.combine(week.monday, datetime.min.time())
    return timezone.make_aware(midnight + FROZEN_AT)
