"""What the tool must not do, where it can be seen in the code itself.

Persons: AI act (EU) 2024/1689 art. 5.1 d, GDPR art. 10. Origin: discrimination act (2008:567),
GDPR art. 9. That no reader loads such a column is tested in tests/sources.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from tests.architecture.house import SOURCE, in_house, python_files

from lykta.analysis import cells
from lykta.cli import lykta
from lykta.domain.events import rules

PERSONS = {
    *("person", "persons", "personal", "individual", "individuals", "personnummer", "pnr", "ssn"),
    *("suspect", "suspects", "offender", "offenders", "perpetrator", "perpetrators"),
    *("victim", "victims", "witness", "witnesses", "accused", "defendant", "complainant"),
    *("surname", "forename", "firstname", "lastname", "fullname", "phone", "email"),
    *("gang", "gangs", "fingerprint", "plate"),
}
PERSON_NAMES = ("first_name", "last_name", "full_name", "birth_date", "date_of_birth")
ORIGIN = {
    *("ethnicity", "ethnic", "race", "racial", "religion", "religious", "nationality"),
    *("citizenship", "immigrant", "immigrants", "foreign", "birthplace", "hispanic"),
}
ORIGIN_NAMES = ("birth_country", "country_of_birth", "mother_tongue", "native_language")
COMPOSITES = {"score", "scores", "scoring", "ranking", "rankings", "grade", "league"}
COMPOSITE_NAMES = ("safety_index", "risk_index", "crime_index", "danger_index", "risk_level")
FINEST_M = 200.0


def words(name: str) -> set[str]:
    """Return the words of a name, in whichever case it is written."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(apart.lower().split("_"))


def bears(name: str, deny: set[str], phrases: tuple[str, ...]) -> bool:
    """Return whether a name holds a word or a phrase that it must not."""
    return bool(words(name) & deny) or any(phrase in name.lower() for phrase in phrases)


def fields(tree: ast.Module) -> Iterator[str]:
    """Yield the names of what classes hold: fields of records, results, papers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
                    yield inner.target.id


def keys(tree: ast.Module) -> Iterator[str]:
    """Yield the keys of dictionaries, and short strings that may name a column."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def public_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names that others may use: functions, classes, methods and fields."""
    yield from fields(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def found(floors: tuple[str, ...], names, deny: set[str], phrases: tuple[str, ...]) -> list[str]:
    """Return the names on these floors that are on the list of what must not be."""
    return [
        f"{in_house(path)}: {name}"
        for path in python_files()
        if path.relative_to(SOURCE).parts[0] in floors
        for name in names(ast.parse(path.read_text(encoding="utf-8")))
        if bears(name, deny, phrases)
    ]


EVERYWHERE = ("analysis", "sources", "domain", "infrastructure", "demo", "cli")


def test_no_record_or_result_is_about_a_person():
    """N1, N2."""
    assert found(EVERYWHERE, fields, PERSONS, PERSON_NAMES) == []


def test_no_paper_or_answer_is_keyed_by_a_person():
    """N1, N2."""
    assert found(("analysis", "domain", "demo", "cli"), keys, PERSONS, PERSON_NAMES) == []


def test_nothing_is_computed_from_origin_or_belief():
    """N3."""
    assert found(EVERYWHERE, fields, ORIGIN, ORIGIN_NAMES) == []
    assert found(("analysis", "domain"), public_names, ORIGIN, ORIGIN_NAMES) == []


def test_no_column_of_the_demo_is_about_a_person_or_origin():
    """N1–N3."""
    headers = [
        column
        for path in sorted((SOURCE / "demo/data").glob("*.csv"))
        for column in path.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    ]

    assert headers
    assert [h for h in headers if bears(h, PERSONS | ORIGIN, PERSON_NAMES + ORIGIN_NAMES)] == []


def test_areas_get_no_composite_score():
    """N8."""
    assert found(("analysis", "domain"), public_names, COMPOSITES, COMPOSITE_NAMES) == []


def test_no_map_is_finer_than_200_metres():
    """N7."""
    assert min(cells.CELL_SIZES_M) >= FINEST_M
    assert min(rule.finest_cell_m for rule in rules.FINENESS) >= FINEST_M


@pytest.mark.parametrize("audience", ["public", "partners"])
def test_a_finer_map_is_refused_at_the_door(audience: str):
    """N7."""
    command = ["picture", "h.csv", "o.geojson", "-o", "l.html", "--cell", "100"]

    result = CliRunner().invoke(lykta, [*command, "--audience", audience])

    assert result.exit_code == 2
    assert "--cell" in result.output


@pytest.mark.parametrize(
    ("name", "is_borne"),
    [("suspect_id", True), ("RiskScore", True), ("first_name", True), ("trace", False)],
)
def test_the_list_knows_words_from_parts_of_words(name: str, is_borne: bool):
    assert bears(name, PERSONS | ORIGIN | COMPOSITES, PERSON_NAMES) == is_borne
