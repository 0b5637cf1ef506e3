"""Taking out of a report all that may tell of someone; what it counted for stands."""

from lykta.domain.events.models import Claim, HandOff, Photo, Report, Step
from lykta.domain.events.rules import State
from lykta.domain.events.services.photos import forget


def blank(report: Report) -> None:
    """Take away all of a report that may tell of someone; not saved."""
    report.description = report.place_text = ""
    report.reporter = None
    report.answers = {}
    Claim.objects.filter(report=report).delete()
    HandOff.objects.filter(report=report).delete()
    Step.objects.filter(report=report).update(reason="", answer="")
    Step.objects.filter(report=report, state=State.SUBMITTED).update(by=None)
    forget(Photo.objects.filter(report=report))
