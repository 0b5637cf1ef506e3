"""Reading frozen pictures, always for someone: what other rooms and doors may call."""

from lykta.domain.plans.models import AUDIENCE_NAMES, CHANGE, HINDRANCES, READ, READ_ROWS
from lykta.domain.plans.selectors.comparing import Comparison, Measure, compare
from lykta.domain.plans.selectors.pictures import (
    Row,
    figures,
    figures_of,
    forms,
    latest,
    made,
    picture,
    pictures,
    rows_of,
    search,
    versions,
)

__all__ = [
    "AUDIENCE_NAMES",
    "CHANGE",
    "HINDRANCES",
    "READ",
    "READ_ROWS",
    "Comparison",
    "Measure",
    "Row",
    "compare",
    "figures",
    "figures_of",
    "forms",
    "latest",
    "made",
    "picture",
    "pictures",
    "rows_of",
    "search",
    "versions",
]
