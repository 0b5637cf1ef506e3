"""What a picture is of, in words: the names that the numbers know only as codes."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who reads the paper, and so how fine it may be."""

    PUBLIC = "public"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True)
class Noun:
    """A Swedish noun in the forms that the sentences need."""

    one: str  # händelse
    many: str  # händelser
    the_many: str  # händelserna
    is_neuter: bool = False

    @property
    def none(self) -> str:
        """Return the word for none of them: "inget" område, "ingen" kommundel."""
        return "inget" if self.is_neuter else "ingen"

    @property
    def some(self) -> str:
        """Return the word for any of them: "något" område, "någon" kommundel."""
        return "något" if self.is_neuter else "någon"

    def counted(self, n: int, count: str) -> str:
        """Return the count with the noun: "1 händelse", "12 händelser"."""
        return f"{count}\N{NO-BREAK SPACE}{self.one if n == 1 else self.many}"


NOUNS = {
    noun.many: noun
    for noun in (
        Noun("händelse", "händelser", "händelserna"),
        Noun("publicerad händelse", "publicerade händelser", "de publicerade händelserna"),
        Noun("anmält brott", "anmälda brott", "de anmälda brotten", is_neuter=True),
        Noun("rapport", "rapporter", "rapporterna"),
    )
}
AREAS = {
    noun.one: noun
    for noun in (
        Noun("område", "områden", "områdena", is_neuter=True),
        Noun("kommundel", "kommundelar", "kommundelarna"),
        Noun("kommun", "kommuner", "kommunerna"),
    )
}


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One source, ready to be shown: what it is, and what it cannot say."""

    title: str
    origin: str  # who made it, or else the file's name
    pairs: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]  # Swedish sentences


@dataclass(frozen=True, slots=True)
class Subject:
    """What the picture is of, for whom, and from what."""

    place: str
    organisation: str
    area_names: tuple[str, ...]
    category_names: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    made_at: str  # ISO date and time
    noun: Noun = NOUNS["händelser"]
    area: Noun = AREAS["område"]
    audience: Audience = Audience.PUBLIC
    is_under_the_act: bool = False  # a Swedish municipality: SFS 2023:196 applies
    registry_number: str = ""
    marking: str = ""
    metric_crs: str = "EPSG:3006"
    seed: int = 0
    version: str = ""
