"""Tables that are read from the code and from results, so that the pages cannot fall behind.

The directive `house` puts one of them where it stands; its argument is a key of `TABLES`.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

REFERENCE = Path(__file__).parents[1] / "reference"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def layouts() -> str:
    """Return the layouts that are recognised, in the order they are tried."""
    from lykta.sources.bra.crime_codes import CRIME_CODES
    from lykta.sources.known import AREA_LAYOUTS, EVENT_LAYOUTS

    groups = (
        ("events", EVENT_LAYOUTS.values()),
        ("areas", AREA_LAYOUTS.values()),
        ("categories", [CRIME_CODES]),
    )
    rows = [
        (
            f"`{layout.key}`",
            what,
            layout.source,
            layout.noun,
            ", ".join(f"`{header}`" for header in sorted(layout.headers)),
            *_limits(what, layout),
        )
        for what, group in groups
        for layout in group
    ]
    header = ("layout", "read as", "source", "one row is", "columns it is known by")
    return table((*header, "points used", "rates allowed"), rows)


def _limits(what: str, layout: Any) -> tuple[str, str]:
    """Return whether points are used and rates allowed, of a layout of events."""
    if what != "events":
        return "–", "–"
    if not layout.has_points:
        points = "no: not where it happened"
    else:
        points = "yes" if {"x", "lon"} & set(layout.fields) else "none in the file"
    return points, "yes" if layout.has_rates else "no: a selection, not all"


def words() -> str:
    """Return the column names that are recognised in a table of no known layout."""
    from lykta.sources import guessing

    groups = (
        ("events", guessing.EVENT_WORDS),
        ("areas", guessing.AREA_WORDS),
        ("places", guessing.PLACE_WORDS),
        ("population", guessing.POPULATION_WORDS),
        ("listings", guessing.LISTING_WORDS),
        ("editions", guessing.EDITION_WORDS),
        ("categories", guessing.CATEGORY_WORDS),
    )
    rows = [
        (what, f"`{field}`", ", ".join(" ".join(word.split()) for word in text.split("|")))
        for what, fields in groups
        for field, text in fields.items()
    ]
    return table(("file", "field", "column names, the surest first"), rows)


def planted() -> str:
    """Return the truths of the demo municipality."""
    from lykta.demo import PLANTED

    rows = [
        (
            truth.place,
            truth.kind.value,
            ", ".join(truth.categories) or "alla",
            f"{truth.starts_on} – {truth.ends_on}",
            truth.finding,
        )
        for truth in PLANTED
    ]
    return table(("plats", "slag", "kategorier", "tid", "vad som ska hittas"), rows)


def rules() -> str:
    """Return how fine a picture each kind of reader may see."""
    from lykta.domain.events.rules import FINENESS

    rows = [
        (
            f"`{row.audience}`",
            str(row.valid_from),
            row.finest_unit,
            str(row.smallest_shown),
            str(row.smallest_shown_finer),
            f"{row.finest_cell_m:g} m",
        )
        for row in FINENESS
    ]
    header = ("audience", "from", "finest period", "smallest count shown")
    return table((*header, "the same, many areas", "finest hexagon"), rows)


def roles() -> str:
    """Return how far each role may go with each subject, and what the pages let it do."""
    from lykta.domain.partners.rules import MATRIX, Role, Subject, clearance_of, rights_of

    subjects = [_plain(subject) for subject in Subject]
    extents = [
        (f"`{role.value}`", *(_plain(found[subject]) for subject in Subject))
        for role, found in MATRIX.items()
    ]
    rights = [
        (f"`{role.value}`", clearance_of(role), ", ".join(sorted(rights_of(role)))) for role in Role
    ]
    return "\n\n".join(
        [
            table(("role", *subjects), extents),
            "What a page or a selector asks for is one of these rights:",
            table(("role", "cleared for, unless said", "rights"), rights),
        ]
    )


def _plain(word: str) -> str:
    """Return a word of the code as it is read, nothing as a dash."""
    return "–" if word == "none" else word.replace("_", " ")


def analysis() -> str:
    """Return the public names of the analysis library, a module at a time."""
    from lykta.analysis import PUBLIC

    return "\n\n".join(
        f"```{{rubric}} lykta.analysis.{module}\n```\n\n"
        "```{eval-rst}\n"
        f".. automodule:: lykta.analysis.{module}\n"
        f"   :members: {', '.join(names)}\n"
        "   :undoc-members:\n"
        "```"
        for module, names in PUBLIC.items()
    )


def personal_data() -> str:
    """Return how much the screen of personal data finds, and how often it is wrong."""
    made = json.loads((REFERENCE / "personal-data.json").read_text(encoding="utf-8"))
    rows = [
        (what, name, *(_share(made[half][what][name]) for half in ("develop", "held_apart")))
        for what in ("found", "wrong")
        for name in made["held_apart"][what]
    ]
    return table(("", "of", "made with", "held apart"), rows)


def _share(row: dict[str, float]) -> str:
    low, high = (f"{100 * row[end]:.1f}" for end in ("low", "high"))
    return f"{row['k']} of {row['n']}: {100 * row['share']:.1f} % ({low}–{high})"


def hostile() -> str:
    """Return what the analysis does with input that no one should give it, as the tests run it."""
    from tests.analysis.hostile_methods import GROUPS

    header = ("function", "is given", "and answers")
    return "\n\n".join(
        f"## {group}\n\n"
        + table(header, ((f"`{row.function}`", row.given, _answered(row)) for row in rows))
        for group, rows in GROUPS.items()
    )


def _answered(row: Any) -> str:
    """Return what a row's result is, or the words of the error that it ends in."""
    if not row.refused:
        return str(row.outcome)
    try:
        row.act()
    except ValueError as error:
        return f"an error: *{error}*"
    raise AssertionError(f"{row.function} does not refuse {row.given}")


def results(name: str) -> str:
    """Return a file of results as tables, or the sentence that there is none."""
    path = REFERENCE / f"{name}.json"
    if not path.exists():
        return "*There is no result yet.*"
    result = json.loads(path.read_text(encoding="utf-8"))
    facts = {key: value for key, value in result.items() if not isinstance(value, dict | list)}
    parts = [table(("what", "value"), ((key, _said(value)) for key, value in facts.items()))]
    for key, value in result.items():
        if key not in facts and key not in ("sources", "parts"):
            parts.append(f"```{{rubric}} {key}\n```\n\n{_table_of(value)}")
    return "\n\n".join(parts)


def _table_of(value: Any) -> str:
    """Return rows that share their keys, or a dictionary of such rows, as one table."""
    if isinstance(value, list):
        columns = tuple(value[0])
        return table(columns, ([_said(row.get(c)) for c in columns] for row in value))
    if all(isinstance(row, dict) for row in value.values()):
        columns = tuple(dict.fromkeys(c for row in value.values() for c in row))
        rows = ([key, *(_said(row.get(c)) for c in columns)] for key, row in value.items())
        return table(("", *columns), rows)
    return table(("what", "value"), ((key, _said(inner)) for key, inner in value.items()))


def _said(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


TABLES: dict[str, Callable[[], str]] = {
    "analysis": analysis,
    "benchmarks": lambda: results("benchmarks"),
    "calibration": lambda: results("calibration"),
    "hostile": hostile,
    "personal-data": personal_data,
    "huge": lambda: results("huge"),
    "layouts": layouts,
    "planted": planted,
    "roles": roles,
    "rules": rules,
    "soak": lambda: results("soak"),
    "kills": lambda: results("kills"),
    "imports": lambda: results("imports"),
    "load": lambda: results("load"),
    "wandering": lambda: results("wandering"),
    "users": lambda: results("users"),
    "words": words,
}


class House(SphinxDirective):
    """Puts one of the tables where it stands."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the table as nodes."""
        # What it shows comes from code and results, which Sphinx does not see change.
        self.env.note_reread()
        return self.parse_text_to_nodes(TABLES[self.arguments[0]]())


def plain_docstring(
    _app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]
) -> None:
    """Keep the layout of a docstring that is not in numpydoc's sections."""
    if not lines[1:] or any(re.fullmatch(r"\s*-{3,}\s*", line) for line in lines):
        return
    first = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    body = lines[first:]
    if any(line.strip() for line in body):
        shown = [f"   {line}".rstrip() for line in body]
        lines[first:] = ["", ".. code-block:: text", *shown, ""]


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx what is here."""
    directive: type[Directive] = House
    app.add_directive("house", directive)
    # Before numpydoc's own, at 500.
    app.connect("autodoc-process-docstring", plain_docstring, priority=400)
    return {"parallel_read_safe": True}
