"""Whether an installation is well: each check says what it found, and what to do."""

from datetime import datetime

from lykta.infrastructure.examination.check import Check
from lykta.infrastructure.examination.libraries import machine

__all__ = ["Check", "examine", "machine"]


def examine(*, now: datetime | None = None, is_loading: bool = False) -> list[Check]:
    """Return every check of this installation; `is_loading` loads each library to see."""
    # Tables can be asked only where there is an installation; `machine` needs none.
    from django.utils import timezone

    from lykta.infrastructure.examination import database, files, work

    now = now or timezone.now()
    found = [*machine(is_loading=is_loading), *database.checks(), *files.checks(now)]
    return found if database.unapplied() else [*found, *work.checks(now)]
