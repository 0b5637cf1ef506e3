"""A job that is done is forgotten in time, with what it was called with and what it said."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Task

from lykta.infrastructure import jobs
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db


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
