"""The SQL that turns the text of a file into columns of numbers and faults."""

from dataclasses import dataclass

from lykta.sources import times
from lykta.sources.choosing import Plan
from lykta.sources.cleaning import is_bad_number, is_given, number
from lykta.sources.events.faults import Fault

# A count that the source withholds because it is small ("<5") or unknown ("..") is told by the
# most that it may be, negative; of an unknown one nobody knows the most.
_UNKNOWN_MOST = 1_000_000
_LARGEST_COUNT = 1_000_000_000
_WITHHELD_FORM = r"\s*<\s*(\d{1,6})\s*"
_UNKNOWN_FORM = r"\s*\.\.\s*"


@dataclass(frozen=True, slots=True)
class Query:
    """How the events of one file are picked and read."""

    plan: Plan
    has_points: bool
    where: str = "true"  # SQL over the picked columns: the rows that are asked for
    is_day_first: bool = True
    has_categories: bool = False  # whether any word stands in the column
    has_areas: bool = False

    @property
    def has_end(self) -> bool:
        """Whether the rows say a last moment apart from the first."""
        return self.plan.has("to")

    @property
    def has_counts(self) -> bool:
        """Whether a row stands for a number of events."""
        return self.plan.has("count")


def picked(query: Query) -> str:
    """Return SQL for the text of each field we read, a row for each row of the file."""
    plan = query.plan
    x, y = ("lon", "lat") if plan.has("lon", "lat") else ("x", "y")
    set_apart = plan.layout.set_apart
    fields = {
        "started": _started(plan),
        "finished": plan.sql("to"),
        "x": plan.sql(x) if query.has_points else "CAST(NULL AS VARCHAR)",
        "y": plan.sql(y) if query.has_points else "CAST(NULL AS VARCHAR)",
        "count": plan.sql("count"),
        "category": f"nullif(trim({plan.sql('category')}), '')",
        "area": f"nullif(trim({plan.sql('area')}), '')",
        "municipality": f"lower(trim({plan.sql('municipality')}))",
        "id": f"nullif(trim({plan.sql('id')}), '')",
        "is_set_apart": set_apart[0] if set_apart else "false",
    }
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in fields.items())
    return f"SELECT {columns} FROM source"


def numbered(query: Query) -> str:
    """Return the picked text with the place of each row in the table, from 0."""
    return f"SELECT row_number() OVER () - 1 AS place, * FROM ({picked(query)})"


def _started(plan: Plan) -> str:
    if plan.has("from"):
        return plan.sql("from")
    if not plan.has("clock"):
        return plan.sql("time")
    day = f"regexp_extract(trim({plan.sql('time')}), '^[^ T]+')"
    # The date may carry a midnight that nobody meant; only its day is used.
    return f"coalesce({day} || ' ' || nullif(trim({plan.sql('clock')}), ''), {day})"


def survey_sql(query: Query) -> str:
    """Return SQL that counts the rows and gathers the words, in one pass over the file."""
    chosen = "" if query.where == "true" else f" FILTER ({query.where})"
    words = ", ".join(
        f"list_sort(list(DISTINCT {name}){chosen})" if query.plan.has(name) else "NULL"
        for name in ("category", "area")
    )
    return (
        f"SELECT count(*), count(*){chosen}, count({times.odd('started')}), {words} "
        f"FROM ({picked(query)})"
    )


def times_sql(query: Query) -> str:
    """Return SQL that counts what times that need a closer look say of their order and zone."""
    counts = ", ".join((*times.order_counts("odd"), times.n_in_utc("odd")))
    return f"SELECT {counts} FROM (SELECT {times.odd('started')} AS odd FROM ({picked(query)}))"


def numbers_sql(query: Query) -> str:
    """Return SQL for the events as numbers, with the first fault of each row."""
    is_filtered = query.where != "true"
    rows = numbered(query) if is_filtered else picked(query)
    typed = times.in_layers(
        f"SELECT * FROM ({rows}) WHERE {query.where}", "started", is_day_first=query.is_day_first
    )
    columns = ["started_at", "started_level", f"{_fault(query)} AS fault"]
    if is_filtered:
        columns.append("place")
    if query.has_end:
        typed = times.in_layers(typed, "finished", is_day_first=query.is_day_first)
        columns += ["finished_at", "finished_level"]
    if query.has_points:
        typed = f"SELECT *, {number('x')} AS x_value, {number('y')} AS y_value FROM ({typed})"
        columns += [f"coalesce({name}, 'nan'::DOUBLE) AS {name}" for name in ("x_value", "y_value")]
    if query.has_counts:
        typed = f"SELECT *, {_count()} AS count_value FROM ({typed})"
        columns.append("CAST(coalesce(count_value, 0) AS BIGINT) AS count_value")
    if query.has_categories:
        columns.append(_code("category"))
    if query.has_areas:
        columns.append(_code("area"))
    return f"SELECT {', '.join(columns)} FROM ({typed})"


def _code(name: str) -> str:
    code = f"enum_code(try_cast({name} AS {name}_words))"
    return f"coalesce(CAST({code} AS INTEGER), -1) AS {name}_code"


def _count() -> str:
    value = number('"count"')
    whole = (
        f"CASE WHEN {value} BETWEEN 0 AND {_LARGEST_COUNT} AND {value} = floor({value}) "
        f"THEN {value} END"
    )
    limit = f"CAST(regexp_extract(\"count\", '{_WITHHELD_FORM}', 1) AS INTEGER)"
    return (
        f"CASE WHEN regexp_full_match(\"count\", '{_WITHHELD_FORM}') THEN 1 - {limit} "
        f"WHEN regexp_full_match(\"count\", '{_UNKNOWN_FORM}') THEN -{_UNKNOWN_MOST} "
        f"ELSE {whole} END"
    )


def _fault(query: Query) -> str:
    """Return SQL for the first fault of a row, as the number of a Fault."""
    faults: list[tuple[str, Fault]] = [
        ("is_set_apart", Fault.SET_APART),
        (f"started_at IS NULL AND NOT {is_given('started')}", Fault.TIME_MISSING),
        (times.is_bad("started"), Fault.TIME_BAD),
    ]
    if query.has_end:
        is_bad_end = f"{is_given('finished')} AND {times.is_bad('finished')}"
        faults += [
            (is_bad_end, Fault.END_BAD),
            ("finished_at < started_at AND finished_level = 0", Fault.ENDS_BEFORE_START),
        ]
    if query.has_points:
        faults += [
            (is_bad_number("x_value", "x"), Fault.X_BAD),
            (is_bad_number("y_value", "y"), Fault.Y_BAD),
            ("(x_value IS NULL) <> (y_value IS NULL)", Fault.HALF_POINT),
        ]
    if query.has_counts:
        faults.append(("count_value IS NULL", Fault.COUNT_BAD))
    cases = " ".join(f"WHEN {sql} THEN {int(fault)}" for sql, fault in faults)
    return f"CAST(CASE {cases} ELSE 0 END AS UTINYINT)"
