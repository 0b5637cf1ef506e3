"""Work for later."""

from django.utils import timezone

from lykta.domain.meetings import services


def write_forms(pk: int) -> None:
    """Write a weekly picture or minutes in the forms that they lack."""
    services.write_forms(pk)


def tell_daily() -> None:
    """Tell of what is due, and of letters: the daily job."""
    services.tell_daily(now=timezone.now())
