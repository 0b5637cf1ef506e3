"""Deleting what is due, night after night, and again where a backup has brought it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic, sleep
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.calendars import midnight
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention import journal, selectors
from lykta.infrastructure.retention.datasets import BATCH, Dataset, dataset, datasets
from lykta.infrastructure.retention.models import Deletion, Erasure, RetentionRule
from lykta.infrastructure.retention.selectors import RUN
from lykta.infrastructure.retention.sweeping import sweep

CHANGE = "change retention"
PROPOSED = "lyktas förslag, att besluta"
# Between two batches the database is left to others for as long as the batch took, or so long.
BREATH_S = 0.1
Counts = dict[tuple[str, str], int]  # by data set and field


class BadRule(LyktaError):
    """A rule that would hold in the past, or for what is not there."""

    code = "bad-retention-rule"


@dataclass(frozen=True, slots=True)
class Work:
    """A field to erase, of what is counted from before an instant, by a rule or again."""

    key: str
    field: str
    before: datetime
    rule: RetentionRule | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a run deleted."""

    counts: Counts
    is_swept: bool  # whether the bytes are gone from the database's files too

    @property
    def n(self) -> int:
        """Return how many in all."""
        return sum(self.counts.values())


@transaction.atomic
def load(*, today: date) -> int:
    """Add what lykta proposes for each field that has no rule yet, and return how many are new."""
    known = set(RetentionRule.objects.values_list("dataset", "field"))
    new = [
        RetentionRule(
            dataset=key,
            field=name,
            keep_days=field.keep_days,
            counted_from=field.counted_from,
            valid_from=today,
            basis=PROPOSED,
            note=field.why,
            is_proposal=True,
            recorded_at=timezone.now(),
        )
        for key, found in datasets().items()
        for name, field in found.fields.items()
        if (key, name) not in known
    ]
    RetentionRule.objects.bulk_create(new)
    if new:
        audit.record("retention.loaded", actor=None, rows=len(new))
    return len(new)


@transaction.atomic
def add_rule(
    reach: Reach,
    *,
    key: str,
    field: str,
    keep_days: int | None,
    valid_from: date,
    basis: str,
    today: date,
    note: str = "",
) -> RetentionRule:
    """Return a new rule; it takes the place of the one before from the day it holds."""
    require(reach, CHANGE)
    known = datasets().get(key)
    if known is None or field not in known.fields:
        raise BadRule(_("Det finns inget sådant att gallra. Välj i listan."))
    if valid_from < today:
        raise BadRule(_("En regel kan inte börja gälla i förväg. Välj i dag eller en senare dag."))
    rule = RetentionRule.objects.create(
        dataset=key,
        field=field,
        keep_days=keep_days,
        counted_from=known.fields[field].counted_from,
        valid_from=valid_from,
        basis=basis.strip(),
        note=note.strip(),
        recorded_at=timezone.now(),
        recorded_by_id=reach.user,
    )
    audit.record("retention.rule_added", actor=reach.user, subject=rule, keep_days=keep_days)
    return rule


def run(*, now: datetime | None = None, by: int | None = None) -> Done:
    """Delete all that is due, in short transactions, and return what it was.

    Stopped half way it has deleted and logged the same rows, and the next run goes on. What fails
    for one field does not keep the others; it is raised when all have been tried.
    """
    now = now or timezone.now()
    return _carry_out(_due(now), {}, at=now, by=by)


def run_now() -> None:
    """Delete all that is due: the nightly job."""
    run()


def remember_erased(key: str, thing: UUID) -> None:
    """Remember that one thing was erased by hand, in the transaction that erases it.

    A backup from before would bring it back; `run_again` then erases it anew.
    """
    if dataset(key).erase_keys is None:
        raise ValueError(f"{key} cannot erase by key")
    Erasure.objects.get_or_create(dataset=key, key=thing, defaults={"at": timezone.now()})
    transaction.on_commit(journal.write)


def run_again(*, now: datetime | None = None) -> Done:
    """Delete again all that a restored backup has brought back, before anyone sees it.

    That is: what was erased by hand, what had been deleted by a rule when the backup was not yet
    restored, and what is due today.
    """
    now = now or timezone.now()
    load(today=timezone.localdate(now))
    journal.read_back()
    counts: Counts = {}
    for key, found in datasets().items():
        if n := sum(_erase_keys(key, found, at=now)):
            counts[key, ""] = n
    return _carry_out([*_deleted_before(), *_due(now)], counts, at=now, by=None)


def _due(now: datetime) -> list[Work]:
    """Return what is due by the rules."""
    lines = selectors.lines(today=timezone.localdate(now))
    return [
        Work(line.key, line.field_key, line.before, line.rule)
        for line in lines
        if line.before and line.due.n
    ]


def _deleted_before() -> Iterator[Work]:
    """Yield what is written down as deleted, but for what this version does not have."""
    for (key, field), last_day in journal.limits().items():
        if key in settings.RETENTION and field in dataset(key).fields:
            yield Work(key, field, midnight(last_day + timedelta(days=1)))


def _carry_out(works: Iterable[Work], counts: Counts, *, at: datetime, by: int | None) -> Done:
    """Do each piece of work, add what was deleted to the counts, and record the run."""
    failed: list[Exception] = []
    for work in works:
        key = (work.key, work.field)
        try:
            for n in _erase(work, at=at, by=by):
                counts[key] = counts.get(key, 0) + n
        except Exception as error:
            failed.append(error)
    done = _finish(counts, at=at, by=by)
    if failed:
        raise ExceptionGroup("retention failed", failed)
    return done


def _erase(work: Work, *, at: datetime, by: int | None) -> Iterator[int]:
    """Erase a field batch by batch, each with its line in the log, and yield how many."""
    found = dataset(work.key)
    while True:
        started = monotonic()
        with transaction.atomic():
            batch = found.erase(work.field, work.before)
            if not batch.n:
                return
            Deletion.objects.create(
                dataset=work.key,
                field=work.field,
                rule=work.rule,
                n=batch.n,
                first_day=batch.first_day,
                last_day=batch.last_day,
                at=at,
                run_by_id=by,
            )
        yield batch.n
        sleep(min(monotonic() - started, BREATH_S))


def _erase_keys(key: str, found: Dataset, *, at: datetime) -> Iterator[int]:
    """Erase again the things of a data set that were erased by hand, and yield how many."""
    things = list(Erasure.objects.filter(dataset=key).values_list("key", flat=True))
    if found.erase_keys is None:
        return
    for start in range(0, len(things), BATCH):
        with transaction.atomic():
            if n := found.erase_keys(things[start : start + BATCH]):
                Deletion.objects.create(dataset=key, n=n, at=at)
                yield n


def _finish(counts: Counts, *, at: datetime, by: int | None) -> Done:
    """Clear what the deleted has left, also of a run that died before it could, and record it."""
    touched = datasets().values() if _is_left(at) else [dataset(key) for key, _field in counts]
    is_swept = sweep({table for each in touched for table in each.tables()}) if touched else True
    with transaction.atomic():
        said = {".".join(filter(None, key)): n for key, n in counts.items()}
        audit.record(RUN, actor=by, deleted=said, swept=is_swept)
    if counts:
        journal.write()
    return Done(counts, is_swept)


def _is_left(at: datetime) -> bool:
    """Return whether something has been deleted, by a run or by hand, and not cleared up after."""
    last = Entry.objects.filter(action=RUN).order_by("-number").first()
    if last and not last.facts["swept"]:
        return True
    before = Deletion.objects.exclude(at=at)
    by_hand = Erasure.objects.all()
    if last:
        before, by_hand = before.filter(at__gt=last.at), by_hand.filter(at__gt=last.at)
    return before.exists() or by_hand.exists()
