"""The areas that are known when a file is read in, all at hand at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lykta.domain.places.models import Area, AreaVersion
from lykta.domain.places.rules import BorderOrigin, Kind
from lykta.infrastructure.imports.models import complete


@dataclass(frozen=True, slots=True)
class Known:
    """Areas by their code, and their versions, the oldest first."""

    areas: Mapping[str, Area]
    versions: Mapping[str, list[AreaVersion]]

    def held(self, code: str, day: date = date.max) -> AreaVersion | None:
        """Return the version of an area that holds on a day."""
        earlier = [each for each in self.versions.get(code, []) if each.valid_from <= day]
        return earlier[-1] if earlier and not earlier[-1].is_ended else None

    def present(self) -> Iterator[tuple[str, AreaVersion]]:
        """Yield each area that has not ended, by its latest version."""
        for code in self.versions:
            if version := self.held(code):
                yield code, version

    @property
    def municipality(self) -> str:
        """Return the code of the municipality's own area, "" where it is not known."""
        return next((c for c, area in self.areas.items() if area.kind == Kind.MUNICIPALITY), "")

    @property
    def border(self) -> str:
        """Return the municipality's own border, "" where it is not known for certain."""
        version = self.held(self.municipality)
        is_known = version is not None and version.border_origin == BorderOrigin.OFFICIAL
        return version.border if version is not None and is_known else ""


def known_areas() -> Known:
    """Return what is known now, unfinished imports left out."""
    versions: dict[str, list[AreaVersion]] = {}
    rows = AreaVersion.objects.filter(complete()).select_related("area", "parent")
    for version in rows.order_by("valid_from", "id"):
        versions.setdefault(version.area.code, []).append(version)
    return Known({code: found[-1].area for code, found in versions.items()}, versions)
