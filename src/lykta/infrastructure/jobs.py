"""Work for later: a thin front of the queue, so that changing it is one file.

A job is named by the path of a function and gets plain JSON. It is put in the queue by the same
transaction as what it is about. It may run twice, so every job must bear that.
"""

import json
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_q.models import Schedule, Task
from django_q.tasks import async_task

from lykta.infrastructure.retention.datasets import Dataset, Field

_RUN = "lykta.infrastructure.jobs.run"


def enqueue(task: str, **values: Any) -> None:
    """Put a job in the queue: the path of its function, and what it is called with."""
    async_task(_RUN, task, json.dumps(values))


def later(task: str, *, at: datetime, **values: Any) -> None:
    """Put a job in the queue at an instant to come."""
    Schedule.objects.create(
        func=_RUN,
        args=repr((task, json.dumps(values))),
        schedule_type=Schedule.ONCE,
        next_run=at,
    )


def every_day(task: str, *, at: time | None = None, now: datetime | None = None) -> None:
    """Let a job run each day, at a time of day or as it does already."""
    values = {"func": _RUN, "args": repr((task, "{}")), "schedule_type": Schedule.DAILY}
    if at:
        values["next_run"] = _next(at, after=timezone.localtime(now))
    Schedule.objects.update_or_create(name=task, defaults=values)


def run(task: str, values: str) -> None:
    """Do one job; called by the worker."""
    function = import_string(task)
    function(**json.loads(values))


def _next(at: time, *, after: datetime) -> datetime:
    """Return when the clock next shows a time of day."""
    found = after.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return found if found > after else found + timedelta(days=1)


FINISHED = Dataset(
    name=_("Avslutade jobb"),
    fields={
        "jobs": Field(
            name=_("vad jobbet skulle göra och hur det gick"),
            counted_from="jobbet slutade",
            keep_days=30,
            why="Behövs bara för felsökning. Ett felmeddelande kan visa vad som stod i en rad.",
            rows=lambda: Task.objects.all(),
            moment="stopped",
        )
    },
)
