"""Work for later."""

from django.utils import timezone

from lykta.infrastructure.notifications import digests, sending


def send(pk: int) -> None:
    """Send a mail; one that is sent already is left as it is."""
    sending.send(pk, now=timezone.now())


def digest() -> None:
    """Make the mails of the day: the daily job."""
    digests.make(now=timezone.now())


def resume() -> None:
    """Go on with what was left undone when lykta was last stopped."""
    digest()
    sending.resume(now=timezone.now())
