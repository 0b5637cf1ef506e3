"""A job that is done is forgotten in time, with what it was called with and what it said."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

from lykta.infrastructure import jobs
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(("days", "n_left"), [(30, 2), (31, 0)])
def test_jobs_that_are_done_or_failed_are_forgotten_after_a_month(settings, tmp_path, days, n_left):
    settings.LYKTA_DIR = tmp_path
    retention.load(today=timezone.localdate())
    now = timezone.now()
    for key, is_done in (("a", True), ("b", False)):
        Task.objects.create(id=key, name=key, func="f", started=now, stopped=now, success=is_done)
    jobs.enqueue("lykta.infrastructure.audit.services.anchor_now")

    retention.run(now=now + timedelta(days=days))

    assert (Task.objects.count(), OrmQ.objects.count()) == (n_left, 1)


@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 24)])
def test_a_daily_job_keeps_its_time_of_day_when_the_clocks_are_changed(month, day):
    eve = datetime(2026, month, day, 6, 59, tzinfo=STOCKHOLM)
    jobs.every_day("a.task", at=time(7), now=eve)
    row = Schedule.objects.get()

    after = row.calculate_next_run()

    assert row.next_run == datetime(2026, month, day, 7, tzinfo=STOCKHOLM)
    assert after == datetime(2026, month, day + 1, 7, tzinfo=STOCKHOLM)


def test_a_daily_job_asked_for_again_is_still_one_and_comes_next_when_its_time_does():
    noon = datetime(2026, 11, 24, 12, tzinfo=STOCKHOLM)

    for _ in range(2):
        jobs.every_day("a.task", at=time(7), now=noon)

    assert Schedule.objects.get().next_run == datetime(2026, 11, 25, 7, tzinfo=STOCKHOLM)
