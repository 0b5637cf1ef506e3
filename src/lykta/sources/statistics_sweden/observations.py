"""From the values of a cube to observations."""

from lykta.sources.figures import Figure, figure
from lykta.sources.records import Observation, RowError, Status
from lykta.sources.rejecting import row_error
from lykta.sources.statistics_sweden.cubes import Cell, Cube
from lykta.sources.statistics_sweden.geography import region

_PERIODS = ("år", "tid", "månad", "kvartal", "year", "month", "quarter")
_SEX = {"totalt": "T", "totalt kön": "T", "total": "T", "samtliga": "T", "män": "M", "kvinnor": "K"}
_SEX_DIMENSIONS = ("kön", "sex")
# The signs of SCB: not available or too uncertain, cannot occur, and exactly nothing.
_SIGNS = {
    "..": Figure(None, Status.SUPPRESSED),
    ".": Figure(None, Status.NOT_APPLICABLE),
    "-": Figure(0.0, Status.FINAL),
    "–": Figure(0.0, Status.FINAL),
    "": Figure(None, Status.MISSING),
}


def observations_of(cube: Cube) -> tuple[list[Observation], list[RowError]]:
    """Return an observation for each value, and an error for each that is no number."""
    observations: list[Observation] = []
    errors: list[RowError] = []
    for cell in cube.cells:
        value = figure(cell.text, _SIGNS)
        if value is None:
            reason = "Värdet är inget tal; kontrollera filen mot källan."
            errors.append(row_error(cell.row, "", cell.text, reason))
        else:
            observations.append(_observation(cube, cell, value))
    return observations, errors


def _observation(cube: Cube, cell: Cell, value: Figure) -> Observation:
    rest = dict(cell.labels)
    period = next((rest.pop(name) for name in _PERIODS if name in rest), "")
    sex = next((rest.pop(name) for name in _SEX_DIMENSIONS if name in rest), "-")
    place = rest.pop("region", "")
    code, version = region(place, int(period[:4]) if period[:4].isdecimal() else None)
    labels = [label for name, label in rest.items() if name not in cube.refused]
    return Observation(
        source="SCB",
        dataset=cube.title,
        indicator=", ".join(labels) or cube.title,
        geo_code=code,
        geo_version=version,
        period=_period(period),
        value=value.value,
        status=value.status,
        unit=_unit([*labels, cube.title]),
        sex=_SEX.get(sex.casefold(), sex),
        row=cell.row,
    )


def _period(text: str) -> str:
    """Return "2022M07" as "2022-07" and "2022K3" as "2022-Q3"; other periods as they are."""
    if len(text) > 5 and text[4] in "MK":
        return f"{text[:4]}-{'Q' if text[4] == 'K' else ''}{text[5:]}"
    return text


def _unit(labels: list[str]) -> str:
    text = " ".join(labels).casefold()
    if "tkr" in text:
        return "tkr"
    return "procent" if "procent" in text or "andel" in text else "antal"
