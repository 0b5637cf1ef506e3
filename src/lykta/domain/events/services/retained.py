"""What is deleted of reports in time: who sent them, their words and photos; the counts stay."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lykta.domain.events.models import Claim, HandOff, Photo, Report, Step
from lykta.domain.events.rules import Act, State
from lykta.domain.events.services.erasing import blank
from lykta.domain.events.services.photos import forget
from lykta.infrastructure.retention.datasets import Dataset, Field


def _told() -> Any:
    return Report.objects.exclude(description="", place_text="")


def _signed() -> Any:
    return Report.objects.exclude(reporter=None)


def _replied() -> Any:
    return Step.objects.filter(act=Act.REPLIED).exclude(reason="")


def _forget_replies(rows: Sequence[Step]) -> None:
    Step.objects.filter(pk__in=[row.pk for row in rows]).update(reason="")


def _forget_words(rows: Sequence[Report]) -> None:
    keys = [row.pk for row in rows]
    Report.objects.filter(pk__in=keys).update(description="", place_text="", answers={})
    Step.objects.filter(report__in=keys).update(reason="", answer="")


def _forget_reporters(rows: Sequence[Report]) -> None:
    keys = [row.pk for row in rows]
    Report.objects.filter(pk__in=keys).update(reporter=None)
    Step.objects.filter(report__in=keys, state=State.SUBMITTED).update(by=None)


def _forget_photos(rows: Sequence[Photo]) -> None:
    forget(Photo.objects.filter(pk__in=[row.pk for row in rows]))


def _erase_keys(keys: Collection[UUID]) -> int:
    """Erase reports again that had been erased before an older copy was put back."""
    rows = Report.objects.filter(key__in=keys).exclude(state=State.ERASED)
    for row in rows:
        blank(row)
        row.state = State.ERASED
        row.save()
        Step.objects.create(report=row, state=State.ERASED, at=timezone.now())
    return len(rows)


REPORTS = Dataset(
    name=_("Rapporter"),
    fields={
        "reporter": Field(
            name=_("vem som rapporterade"),
            counted_from="rapporten togs emot",
            keep_days=365,
            why="Behövs för svar och följdfrågor, inte längre.",
            rows=_signed,
            moment="received_at",
            erase=_forget_reporters,
        ),
        "code": Field(
            name=_("avtryck av följekoder"),
            counted_from="koden gjordes",
            keep_days=365,
            why="Den som rapporterade ska hinna läsa svaret och kunna ta bort sin text.",
            rows=Claim.objects.all,
            moment="made_at",
        ),
        "photos": Field(
            name=_("foton"),
            counted_from="rapporten togs emot",
            keep_days=365,
            why="Visar platsen medan något ska göras åt den.",
            rows=Photo.objects.all,
            moment="recorded_at",
            erase=_forget_photos,
        ),
        "hand_offs": Field(
            name=_("överlämningar: till vem, adress och text"),
            counted_from="överlämningen gjordes",
            keep_days=365,
            why="Länken gäller högst 90 dagar. Sedan behövs den bara för att förstå svaret.",
            rows=HandOff.objects.all,
            moment="made_at",
        ),
        "replies": Field(
            name=_("svar från den som fick ta över"),
            counted_from="svaret kom",
            keep_days=365,
            why="Behövs för att se vad som gjordes. En utomstående skriver som hon vill.",
            rows=_replied,
            moment="at",
            erase=_forget_replies,
        ),
        "text": Field(
            name=_("beskrivning, plats i ord, skäl och svar"),
            counted_from="rapporten togs emot",
            keep_days=730,
            why="Två år räcker för att förstå en plats. En text kan röja någon trots granskningen.",
            rows=_told,
            moment="received_at",
            erase=_forget_words,
        ),
        "count": Field(
            name=_("kategori, tid, område och antal"),
            counted_from="rapporten togs emot",
            keep_days=None,
            why="Säger inget om någon och behövs för att följa utvecklingen.",
            rows=Report.objects.all,
            moment="received_at",
        ),
    },
    erase_keys=_erase_keys,
    also=("events_step", "events_handoff_photos"),
)
