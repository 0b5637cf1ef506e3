"""How long it is kept what was read in and not accepted, and the files themselves."""

from collections.abc import Sequence

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lykta.infrastructure.imports import services
from lykta.infrastructure.imports.models import RejectedRow, Run, State
from lykta.infrastructure.retention.datasets import Dataset, Field

_UNFINISHED = (State.CHECKED, State.WAITING)
NO_NAME = "(gallrat)"


def _withdraw(runs: Sequence[Run]) -> None:
    for run in runs:
        services.withdraw(run)


def _forget_texts(runs: Sequence[Run]) -> None:
    keys = [run.pk for run in runs]
    Run.objects.filter(pk__in=keys).update(file_name=NO_NAME, examples=[], notes=[], error="")


REJECTED_ROWS = Dataset(
    name=_("Avvisade rader vid inläsning"),
    fields={
        "texts": Field(
            name=_("radernas text, som den stod i filen"),
            counted_from="inläsningen blev klar",
            keep_days=30,
            why="En månad räcker för att rätta raderna och läsa in dem igen. Antalet står kvar.",
            rows=lambda: RejectedRow.objects.all(),
            moment=Coalesce("run__finished_at", "run__checked_at"),
        )
    },
)
FILES = Dataset(
    name=_("Filer som har prövats"),
    fields={
        "file": Field(
            name=_("filen, som den kom, när ingen har läst in den"),
            counted_from="filen prövades",
            keep_days=7,
            why="Filen kan ha kolumner som lykta inte får ha. Den som läses in tas bort genast.",
            rows=lambda: Run.objects.filter(state__in=_UNFINISHED),
            moment="checked_at",
            erase=_withdraw,
        )
    },
    also=(RejectedRow._meta.db_table,),
)
RUNS = Dataset(
    name=_("Inläsningar"),
    fields={
        "texts": Field(
            name=_("filens namn, exempel på rader och felmeddelanden"),
            counted_from="inläsningen blev klar",
            keep_days=730,
            why="Ett filnamn kan säga för mycket. Antalen, dagarna och kontrollsumman står kvar.",
            rows=lambda: Run.objects.exclude(file_name=NO_NAME),
            moment="finished_at",
            erase=_forget_texts,
        )
    },
)
