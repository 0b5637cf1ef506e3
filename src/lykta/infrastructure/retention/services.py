"""Deleting what is due, night after night, and again where a backup has brought it back."""

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
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention import journal, selectors
from lykta.infrastructure.retention.datasets import Dataset, dataset, datasets
from lykta.infrastructure.retention.models import Deletion, Erasure, RetentionRule
from lykta.infrastructure.retention.selectors import RUN, midnight
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


def run(*, now: datetime | None = None, by: int | None = None, again: Counts | None = None) -> Done:
    """Delete all that is due, in short transactions, and return what it was.

    Stopped half way it has deleted and logged the same rows, and the next run goes on. What fails
    for one field does not keep the others; it is raised when all have been tried. `again` is what
    has been deleted before it, of a backup that was restored.
    """
    now = now or timezone.now()
    counts = dict(again or {})
    failed: list[Exception] = []
    for line in selectors.lines(today=timezone.localdate(now)):
        if line.before is None or not line.due.n:
            continue
        key = (line.key, line.field_key)
        try:
            n = _erase(*key, line.before, rule=line.rule, at=now, by=by)
            counts[key] = counts.get(key, 0) + n
        except Exception as error:
            failed.append(error)
    done = _finish(counts, by=by)
    if failed:
        raise ExceptionGroup("retention failed", failed)
    return done


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
        if n := _erase_keys(key, found, at=now):
            counts[key, ""] = n
    for (key, field), last_day in journal.limits().items():
        if key not in settings.RETENTION or field not in dataset(key).fields:
            continue  # written down by a version that had it
        before = midnight(last_day + timedelta(days=1))
        if n := _erase(key, field, before, rule=None, at=now, by=None):
            counts[key, field] = n
    return run(now=now, again=counts)


def _erase(
    key: str,
    field: str,
    before: datetime,
    *,
    rule: RetentionRule | None,
    at: datetime,
    by: int | None,
) -> int:
    """Erase a field batch by batch, each with its line in the log, and return how many."""
    found, n = dataset(key), 0
    while True:
        started = monotonic()
        with transaction.atomic():
            batch = found.erase(field, before)
            if not batch.n:
                return n
            Deletion.objects.create(
                dataset=key,
                field=field,
                rule=rule,
                n=batch.n,
                first_day=batch.first_day,
                last_day=batch.last_day,
                at=at,
                run_by_id=by,
            )
        n += batch.n
        sleep(min(monotonic() - started, BREATH_S))


def _erase_keys(key: str, found: Dataset, *, at: datetime) -> int:
    """Erase again the things of a data set that were erased by hand, and return how many."""
    things = list(Erasure.objects.filter(dataset=key).values_list("key", flat=True))
    if found.erase_keys is None or not things:
        return 0
    with transaction.atomic():
        n = found.erase_keys(things)
        if n:
            Deletion.objects.create(dataset=key, n=n, at=at)
    return n


def _finish(counts: Counts, *, by: int | None) -> Done:
    """Clear what the deleted has left, also of the run before, and record the run."""
    last = Entry.objects.filter(action=RUN).order_by("-number").first()
    is_left = last is not None and not last.facts["swept"]
    touched = datasets().values() if is_left else [dataset(key) for key, _field in counts]
    is_swept = sweep({table for each in touched for table in each.tables()}) if touched else True
    if counts:
        journal.write()
    with transaction.atomic():
        said = {".".join(filter(None, key)): n for key, n in counts.items()}
        audit.record(RUN, actor=by, deleted=said, swept=is_swept)
    return Done(counts, is_swept)
