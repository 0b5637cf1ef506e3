"""Work for later: a thin front of the queue, so that changing it is one file.

A job is named by the path of a function and gets plain JSON. It is put in the queue by the same
transaction as what it is about. It may run twice, so every job must bear that.
"""

import json
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_q.models import Schedule, Task
from django_q.tasks import async_task

from lykta.infrastructure.retention.datasets import Dataset, Field

_RUN = "lykta.infrastructure.jobs.run"


def enqueue(task: str, **values: Any) -> None:
    """Put a job in the queue: the path of its function, and what it is called with."""
    async_task(_RUN, task, json.dumps(values))


def every_day(task: str) -> None:
    """Let a job run each night, unless it does already."""
    Schedule.objects.update_or_create(
        name=task,
        defaults={"func": _RUN, "args": repr((task, "{}")), "schedule_type": Schedule.DAILY},
    )


def run(task: str, values: str) -> None:
    """Do one job; called by the worker."""
    function = import_string(task)
    function(**json.loads(values))


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
