"""Which rows of a file concern the municipality that is asked for."""

from lykta.sources.choosing import Plan
from lykta.sources.cleaning import is_one_of
from lykta.sources.files.table import Table, literal
from lykta.sources.statistics_sweden.municipalities import by_name, municipality

_SMALL_AREA = r"\d{4}[ABCR]\d{3,4}.*"
_SAMPLE_ROWS = 1000


def rows_of(table: Table, plan: Plan, name_or_code: str) -> str:
    """Return SQL for whether a picked row may lie in the municipality, "" where no column can tell.

    A row that does not say where it belongs is read: missing is not elsewhere.
    """
    one = municipality(name_or_code)
    names = [name for name, other in by_name().items() if other is one]
    forms = [*names, one.code, one.code.lstrip("0")]
    if plan.has("municipality"):
        return f"(nullif(municipality, '') IS NULL OR {is_one_of('municipality', forms)})"
    if plan.layout.code_of_area:
        return f"(area IS NULL OR {is_one_of('lower(area)', forms)})"
    if _has_small_areas(table, plan):
        return f"(area IS NULL OR starts_with(area, {literal(one.code)}))"
    return ""


def _has_small_areas(table: Table, plan: Plan) -> bool:
    if not plan.has("area"):
        return False
    area = f"trim({plan.sql('area')})"
    sample = f"SELECT {area} AS area FROM source LIMIT {_SAMPLE_ROWS}"
    rows = table.ask(
        f"SELECT count(*) FROM ({sample}) WHERE regexp_full_match(area, '{_SMALL_AREA}')"
    )
    return bool(rows[0][0])
