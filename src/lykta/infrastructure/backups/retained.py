"""How long backups may be kept; lykta does not know where they are."""

from lykta.infrastructure.retention.datasets import Dataset, Field

BACKUPS = Dataset(
    name="Säkerhetskopior",
    fields={
        "files": Field(
            name="filerna som lykta backup skriver",
            counted_from="säkerhetskopian togs",
            keep_days=30,
            why="Det som gallras finns kvar i äldre kopior så länge som de finns kvar.",
        )
    },
)
