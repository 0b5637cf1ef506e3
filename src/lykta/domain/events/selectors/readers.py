"""Who will read what is about to be sent, reckoned by the same rules that later show it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lykta.domain.events.models import COUNT, READ_ALL_REPORTS, READ_REPORTS
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Confidentiality, Reach, covers


@dataclass(frozen=True, slots=True)
class Readers:
    """The organisations that will read a report once it is accepted, in Swedish order."""

    counts: tuple[str, ...]  # category, place and time
    perhaps: tuple[str, ...]  # the same, should it lie in their areas
    texts: tuple[str, ...]  # the description and the photos


def readers(organisation: int, *, on: date, areas: Collection[int] | None = None) -> Readers:
    """Return who will read what an organisation reports from some areas.

    areas : of the place; None while no place is chosen, empty where it lies in none.
    """
    held = {
        name: places.widened(reach, as_of=on) for name, reach in partners.reaches(on=on).items()
    }
    counts = [name for name, reach in held.items() if _counts(reach, areas or ())]
    perhaps = [
        name for name, reach in held.items() if areas is None and name not in counts
        and reach.may(COUNT)
    ]  # fmt: skip
    texts = [name for name, reach in held.items() if _reads(reach, organisation)]
    return Readers(tuple(counts), tuple(perhaps), tuple(texts))


def _counts(reach: Reach, areas: Collection[int]) -> bool:
    level = Confidentiality.PARTNERS  # of an event from a report
    return covers(reach, right=COUNT, confidentiality=level, areas=areas)


def _reads(reach: Reach, organisation: int) -> bool:
    return reach.may(READ_ALL_REPORTS) or organisation in reach.organisations(READ_REPORTS)
