"""How long backups may be kept; lykta does not know where they are."""

from django.utils.translation import gettext_lazy as _

from lykta.infrastructure.retention.datasets import Dataset, Field

BACKUPS = Dataset(
    name=_("Säkerhetskopior"),
    fields={
        "files": Field(
            name=_("filerna som lykta backup skriver"),
            counted_from="säkerhetskopian togs",
            keep_days=30,
            why="Det som gallras finns kvar i äldre kopior så länge som de finns kvar.",
        )
    },
)
