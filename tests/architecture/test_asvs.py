"""The page about OWASP ASVS is whole, and speaks of tests and modules that there are."""

import re
from collections import Counter

import pytest
from tests.architecture.house import ROOT, SOURCE

PAGE = (ROOT / "docs/reference/asvs.md").read_text(encoding="utf-8")
STATUSES = ("met", "partly", "not met", "does not apply")
# How many requirements each section has at levels 1 and 2; those of level 3 come after them.
SECTIONS = """
V1.1:2 V1.2:9 V1.3:11 V1.4:3 V1.5:2
V2.1:3 V2.2:3 V2.3:4 V2.4:1
V3.2:2 V3.3:4 V3.4:6 V3.5:5 V3.7:2
V4.1:3 V4.2:1 V4.3:2 V4.4:4
V5.1:1 V5.2:3 V5.3:2 V5.4:3
V6.1:3 V6.2:12 V6.3:4 V6.4:4 V6.5:5 V6.6:3 V6.8:4
V7.1:3 V7.2:4 V7.3:2 V7.4:5 V7.5:2 V7.6:2
V8.1:2 V8.2:3 V8.3:1 V8.4:1
V9.1:3 V9.2:4
V10.1:2 V10.2:2 V10.3:4 V10.4:11 V10.5:5 V10.6:2 V10.7:3
V11.1:2 V11.2:3 V11.3:3 V11.4:4 V11.5:1 V11.6:1
V12.1:3 V12.2:2 V12.3:4
V13.1:1 V13.2:5 V13.3:2 V13.4:5
V14.1:2 V14.2:4 V14.3:3
V15.1:3 V15.2:3 V15.3:7
V16.1:1 V16.2:5 V16.3:4 V16.4:3 V16.5:3
V17.1:1 V17.2:4 V17.3:2
"""


def rows() -> list[list[str]]:
    """Return the cells of each requirement: id, what it asks for, how, shown by, status."""
    lines = [line for line in PAGE.splitlines() if re.match(r"\| V\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named_in(row: list[str]) -> list[str]:
    return re.findall(r"`([^`]+)`", row[3])


def test_each_row_has_its_cells_and_a_status():
    assert [row for row in rows() if len(row) != 5 or row[4] not in STATUSES] == []


def test_the_ids_are_well_formed_in_order_and_once_each():
    ids = [row[0] for row in rows()]
    assert [each for each in ids if not re.fullmatch(r"V\d+(\.\d+){0,2}", each)] == []

    numbers = [tuple(map(int, each[1:].split("."))) for each in ids]

    assert numbers == sorted(set(numbers))


def test_no_requirement_of_the_levels_is_left_out_and_none_is_added():
    ids = {row[0] for row in rows()}
    wanted = {
        f"{section}.{number}"
        for section, _, count in (word.partition(":") for word in SECTIONS.split())
        for number in range(1, int(count) + 1)
    }

    def within(each: str) -> set[str]:
        return {each, each.rpartition(".")[0], each.partition(".")[0]}

    assert [each for each in sorted(wanted) if len(within(each) & ids) != 1] == []
    assert ids <= set().union(*map(within, wanted))


def test_the_counts_said_first_are_those_of_the_rows():
    counts = Counter(row[4] for row in rows())
    n_without = sum(row[4] == "met" and row[3] == "no test" for row in rows())
    first = PAGE[: PAGE.index("Those who keep")]

    said = f"met {counts['met']} (no test {n_without}), partly {counts['partly']}, "
    said += f"not met {counts['not met']}, does not apply {counts['does not apply']}."

    assert said in first


def test_what_is_met_names_a_test_or_says_that_there_is_none():
    unsaid = [
        row[0] for row in rows() if row[4] == "met" and not named_in(row) and row[3] != "no test"
    ]

    assert unsaid == []


@pytest.mark.parametrize("named", sorted({each for row in rows() for each in named_in(row)}))
def test_each_test_that_is_named_is_there(named: str):
    path, _, function = named.partition("::")

    assert re.search(rf"^def {function}\(", (ROOT / path).read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`(lykta(?:\.\w+)*)`", PAGE))))
def test_each_module_that_is_named_is_there(module: str):
    path = SOURCE.parent.joinpath(*module.split("."))

    assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
