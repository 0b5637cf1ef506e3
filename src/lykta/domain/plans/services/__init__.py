"""Writing plans: what the doors may call."""

from lykta.domain.plans.services.freezing import (
    BadTitle,
    FrozenMeanwhile,
    PartOfMunicipality,
    freeze,
    recompute,
)
from lykta.domain.plans.services.writing import file_name, form, rows, write_forms

__all__ = [
    "BadTitle",
    "FrozenMeanwhile",
    "PartOfMunicipality",
    "file_name",
    "form",
    "freeze",
    "recompute",
    "rows",
    "write_forms",
]
