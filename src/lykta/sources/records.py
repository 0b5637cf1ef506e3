"""The plain records that every source ends in.

Columns are numpy arrays of one length; text that repeats is a code into a tuple of words.
``-1`` in a code column and ``nan`` in a coordinate mean *not given*; missing is never zero.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Instants = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class RowError:
    """One row that was read but not accepted, and why."""

    row: int  # 1-based number of the data row in the file, its header not counted
    field: str  # the file's own column name, or "" where the whole row is at fault
    value: str  # as it stood in the file, cut at 200 characters
    reason: str  # one Swedish sentence: what is wrong and what to do


@dataclass(frozen=True, slots=True)
class Passport:
    """What a file is, and how far it can be trusted: shown with every number made from it."""

    path: str
    sha256: str
    layout: str  # key of the known layout, or "table" for a mapped table
    source: str  # who made it, in Swedish: "Polisen", "Brå", "SCB", "okänd"
    noun: str  # what one row counts, plural: "publicerade händelser", "anmälda brott", "händelser"
    mapping: dict[str, str]  # our field -> the file's column
    n_read: int
    n_accepted: int
    n_rejected: int
    crs: str = ""  # as given or found, such as "EPSG:4326"; "" where the file has no coordinates
    refused_columns: tuple[str, ...] = ()  # left unread by law, never loaded
    notes: tuple[str, ...] = ()  # Swedish sentences on limits of the source
    is_synthetic: bool = False
    has_rates: bool = True  # False: the rows may not be set against population
    has_points: bool = True  # False: coordinates in the file are not where it happened
    n_withheld: int = 0  # accepted rows whose count the source withholds ("<5"): in no sum


@dataclass(frozen=True, slots=True)
class EventRecords:
    """Events as columns of length n, rejected rows apart."""

    starts_at: Instants  # datetime64[s], local wall time, earliest possible moment
    ends_at: Instants  # datetime64[s], latest possible moment (same as starts_at when exact)
    time_level: str  # coarsest of "minute", "day", "month", "year" among the rows
    x_m: Floats  # metres in `metric_crs`, nan where not given
    y_m: Floats
    metric_crs: str  # "EPSG:3006" in Sweden, else the UTM zone of the data; "" without points
    area: Codes  # into area_codes: the area code or name that the file itself gives
    area_codes: tuple[str, ...]
    category: Codes  # into categories
    categories: tuple[str, ...]
    count: NDArray[np.int64]  # how many events the row stands for; 0 where it is withheld
    withheld: NDArray[np.int64]  # the most that a withheld count may be; 0 for all others
    passport: Passport
    rows: NDArray[np.int64] | None = None  # number of the data row, as RowError counts, if asked
    ids: NDArray[np.object_] | None = None  # the row's own id, None where not given, if asked
    errors: tuple[RowError, ...] = ()

    def degrees(self) -> tuple[Floats, Floats]:
        """Return longitude and latitude of the points, WGS 84; nan where not given."""
        from lykta.sources.coordinates import DEGREES, transform

        if not self.metric_crs:
            return self.x_m, self.y_m
        return transform(self.x_m, self.y_m, self.metric_crs, DEGREES)


@dataclass(frozen=True, slots=True)
class AreaRecords:
    """Areas in the file's order; polygons are None where the file holds a list only."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: NDArray[np.object_] | None  # shapely geometries, metres in `metric_crs`
    metric_crs: str
    population: Floats | None  # where the area file itself carries it
    population_year: int | None
    rows: NDArray[np.int64]  # number of the data row in the file, as RowError counts
    kinds: tuple[str, ...]  # the file's own word, "" where not given, as in the texts below
    parents: tuple[str, ...]  # code of the area that it lies in
    valid_from: tuple[date | None, ...]
    border_origins: tuple[str, ...]  # the file's own word of where the border comes from
    border_notes: tuple[str, ...]
    passport: Passport
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class PopulationRecords:
    """Population either per area code, or as points to be summed into areas."""

    codes: tuple[str, ...]  # "" where points are given instead
    population: Floats
    x_m: Floats | None
    y_m: Floats | None
    year: int | None  # the latest that is read
    years: NDArray[np.int64]  # of each row, 0 where not known
    rows: NDArray[np.int64]  # number of the data row in the file, as RowError counts
    origins: tuple[str, ...]  # the row's own word of its source, "" where not given
    fetched: tuple[str, ...]  # when it was fetched, as it stands in the file
    passport: Passport
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRecords:
    """Landmarks and addresses in the file's order."""

    codes: tuple[str, ...]  # "" where the file has none
    names: tuple[str, ...]
    kinds: tuple[str, ...]  # the file's own word, "" where not given
    aliases: tuple[tuple[str, ...], ...]
    is_dwelling: tuple[bool, ...]
    valid_from: tuple[date | None, ...]
    x_m: Floats  # metres in `metric_crs`
    y_m: Floats
    lon: Floats  # degrees
    lat: Floats
    metric_crs: str
    rows: NDArray[np.int64]  # number of the data row in the file, as RowError counts
    passport: Passport
    errors: tuple[RowError, ...] = ()


class Listed(StrEnum):
    """Whether an area stands on a list of the police."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How the police class an area on their list: utsatt, riskområde, särskilt utsatt."""

    VULNERABLE = "vulnerable"
    RISK_AREA = "risk area"
    SPECIALLY_VULNERABLE = "specially vulnerable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of one area and one list of the police."""

    list_year: int
    published: date  # the last day that it may have been
    published_precision: str  # "day", "month" or "year": how exactly the day is known
    label: str  # the area's name as the list has it
    area_code: str  # "" where not given, as in the texts below
    listed: Listed
    level: Level  # UNKNOWN also where the area is not listed
    certainty: str  # as in the file: "belagd", "slutsats", "ej belagd"
    source: str  # the row's own
    note: str
    split_from: tuple[str, ...]  # labels of earlier lists that this area was a part of
    row: int  # number of the data row in the file, as RowError counts


@dataclass(frozen=True, slots=True)
class ListingRecords:
    """Listings in the file's order."""

    listings: tuple[Listing, ...]
    passport: Passport
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """How many areas stand on one list of the police, in the whole country; None: not known."""

    list_year: int
    published: date  # the last day that it may have been
    published_precision: str  # "day", "month" or "year": how exactly the day is known
    total: int | None
    specially_vulnerable: int | None
    risk_areas: int | None
    vulnerable: int | None
    n_split: int | None  # areas of the list before that were divided
    certainty: str  # as in the file, "" where not given, as in the texts below
    source: str  # the row's own
    note: str
    row: int  # number of the data row in the file, as RowError counts


@dataclass(frozen=True, slots=True)
class EditionRecords:
    """Editions in the file's order."""

    editions: tuple[Edition, ...]
    passport: Passport
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryRecords:
    """A list of categories: what stands in the event file, and what to call and group it."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    passport: Passport
    errors: tuple[RowError, ...] = field(default=())


class Status(StrEnum):
    """How final an observation is, or why it has no value."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of an indicator, for one area, period and sex."""

    source: str  # "Brå", "SCB", "Kolada"
    dataset: str
    indicator: str
    geo_code: str  # "0126", "01", "00" for the country; a name where no code is known
    geo_version: str  # "DeSO2018", "RegSO2020", "kommun", …; join only equal versions
    period: str  # "2026", "2026-08", "2026-Q3"
    value: float | None
    status: Status
    unit: str
    sex: str = "-"  # "T" both, "K" women, "M" men, "-" where not divided
    row: int = 0  # number of the data row in the file, as RowError counts
    retrieved: str = ""  # when it was fetched, as it stands in the file
    low: float | None = None  # 95 % interval, where the source gives one
    high: float | None = None
    n: int | None = None  # how many answers or cases it rests on
    code: str = ""  # the code of the series, where the file gives one, as in the texts below
    definition: str = ""
    theme: str = ""
    counts: str = ""  # what is counted: "händelser", "svar", "personer"
    is_rare: bool = False  # rare grave events, of which each one counts


@dataclass(frozen=True, slots=True)
class ObservationRecords:
    """Observations in the file's order."""

    observations: tuple[Observation, ...]
    passport: Passport
    errors: tuple[RowError, ...] = ()
