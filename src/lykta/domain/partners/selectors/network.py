"""Reading the network: who works with whom, and which links are missing."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from lykta.domain.partners.models import Agreement, Cooperation, Organisation
from lykta.domain.partners.rules import READ_COOPERATION, Bond, OrganisationKind, needs_agreement
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """How two organisations work together on a day."""

    first: Organisation
    second: Organisation
    bond: Bond | None  # None: only the agreement is known
    note: str
    agreements: tuple[Agreement, ...]

    @property
    def is_missing(self) -> bool:
        """Return whether they work together, or wish to, without an agreement that holds."""
        kinds = (self.first.kind, self.second.kind)
        return not self.agreements and any(needs_agreement(kind) for kind in kinds)


def network(reach: Reach, *, on: date) -> list[Tie]:
    """Return the ties of a day: what is noted of a pair, and what it has agreed in writing.

    Our own units act for one party, the municipality: an agreement binds them all.
    """
    if not reach.may(READ_COOPERATION):
        return []
    organisations = {
        row.pk: row for row in Organisation.objects.order_by(collation.in_swedish("name"))
    }
    ours = {key for key, row in organisations.items() if row.kind == OrganisationKind.MUNICIPALITY}
    noted = _noted(on)
    agreed = _agreed(on, ours, noted)
    ties = [
        Tie(
            organisations[pair[0]],
            organisations[pair[1]],
            Bond(noted[pair].bond) if pair in noted else None,
            noted[pair].note if pair in noted else "",
            tuple(agreed.get(pair, ())),
        )
        for pair in {*noted, *agreed}
    ]
    place = {key: n for n, key in enumerate(organisations)}
    return sorted(ties, key=lambda tie: (place[tie.first.pk], place[tie.second.pk]))


def missing(reach: Reach, *, on: date) -> list[Tie]:
    """Return the ties that no agreement holds up on a day."""
    return [tie for tie in network(reach, on=on) if tie.is_missing]


def _noted(on: date) -> dict[Pair, Cooperation]:
    rows = Cooperation.objects.filter(valid_from__lte=on)
    latest = {(row.first_id, row.second_id): row for row in rows}
    return {pair: row for pair, row in latest.items() if row.bond != Bond.NONE}


def _agreed(
    on: date, ours: set[int], noted: dict[Pair, Cooperation]
) -> dict[Pair, list[Agreement]]:
    """Return the agreements that hold between each pair; ours are pairs only where noted."""
    found: dict[Pair, list[Agreement]] = {}
    for row in Agreement.objects.in_force(on).prefetch_related("parties"):
        parties = {party.pk for party in row.parties.all()}
        for first, second in combinations(sorted(parties), 2):
            found.setdefault((first, second), []).append(row)
        for pair in noted:
            if pair not in found and _binds(pair, parties, ours):
                found[pair] = [row]
            elif _binds(pair, parties, ours) and row not in found[pair]:
                found[pair].append(row)
    return found


def _binds(pair: Pair, parties: set[int], ours: set[int]) -> bool:
    """Return whether an agreement binds a pair of which one is ours and the other a party.

    It binds each of our units, unless it names those that it binds.
    """
    one, other = pair
    bound = parties & ours or ours
    return (one in bound and other in parties) or (other in bound and one in parties)
