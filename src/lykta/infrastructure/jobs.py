"""Work for later: a thin front of the queue, so that changing it is one file.

A job is named by the path of a function and gets plain JSON. It is put in the queue by the same
transaction as what it is about. It may run twice, so every job must bear that.
"""

import json
from typing import Any

from django.utils.module_loading import import_string
from django_q.models import Schedule
from django_q.tasks import async_task

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
