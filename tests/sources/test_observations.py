"""Statistics of Brå, SCB and Kolada, by made-up answers of their forms."""

import json

import pytest
from tests.sources import samples

from lykta.infrastructure.errors import LyktaError, MissingColumn
from lykta.sources.reading import read_observations
from lykta.sources.records import Status


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, **how):
        path = tmp_path / "svar"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8", newline="")
        return read_observations(path, **how).observations

    return write_and_read


def test_counts_by_period_are_preliminary_until_they_are_not(read):
    first, _, second, *_ = read(samples.BRA_BY_PERIOD)

    assert (first.period, first.value, first.status) == ("2026-08", 498, Status.PRELIMINARY)
    assert (second.period, second.value, second.status) == ("2025", 4321, Status.FINAL)
    assert (first.geo_code, second.geo_code) == ("00", "0126")


def test_two_points_in_the_crime_statistics_mean_not_applicable(read):
    last = read(samples.BRA_BY_PERIOD)[-1]

    assert (last.geo_code, last.value, last.status) == ("01", None, Status.NOT_APPLICABLE)


def test_municipalities_in_the_genitive_are_matched_to_codes(read):
    found = read(samples.BRA_BY_MUNICIPALITY)

    assert [one.geo_code for one in found] == ["0126", "0126", "2506", "2506"]
    assert found[1].unit == "antal per 100 000 invånare"


def test_an_unknown_municipality_is_rejected(tmp_path):
    path = tmp_path / "svar"
    path.write_text("name;numCrimes;crimesRelative\nAnkeborgs kommun;1;2\n", encoding="utf-8")

    assert read_observations(path).errors[0].value == "Ankeborgs kommun"


def test_a_cube_keeps_the_version_of_its_areas(read):
    found = read(samples.JSON_STAT)

    assert [(one.geo_code, one.geo_version, one.period) for one in found[:3]] == [
        ("0126C1010", "DeSO2025", "2024"),
        ("0126C1010", "DeSO2025", "2025"),
        ("0126", "kommun", "2024"),
    ]
    assert (found[3].value, found[3].status) == (None, Status.SUPPRESSED)


def test_a_sheet_repeats_what_merged_cells_leave_blank(tmp_path):
    path = samples.write_xlsx(tmp_path / "export", samples.EXPORT)

    found = read_observations(path).observations

    assert [(one.geo_code, one.geo_version, one.period, one.sex) for one in found] == [
        ("0126C1010", "DeSO2018", "2023", "T"),
        ("0126C1010", "DeSO2025", "2024", "T"),
        ("0126C1020", "DeSO2018", "2023", "T"),
        ("0126C1020", "DeSO2025", "2024", "T"),
    ]
    assert found[2].status is Status.SUPPRESSED


def test_a_key_figure_is_divided_by_sex_and_may_be_missing(read):
    found = read(samples.KOLADA)

    assert [(one.sex, one.value, one.status) for one in found] == [
        ("T", 1234.5, Status.FINAL),
        ("K", None, Status.SUPPRESSED),
        ("M", None, Status.MISSING),
    ]
    assert {one.period for one in found} == {"2024"}


@pytest.mark.parametrize(
    ("title", "is_right"), [("Anmälda våldsbrott", True), ("Arbetslöshet", False)]
)
def test_a_key_figure_is_checked_by_its_title(read, table, title, is_right):
    metadata = table("id;title", "N07403;Anmälda våldsbrott", name="kpi.csv")
    how = {"expected_titles": {"N07403": title}, "metadata": metadata}

    if is_right:
        assert read(samples.KOLADA, **how)[0].indicator == title
        return
    with pytest.raises(LyktaError, match="N07403") as caught:
        read(samples.KOLADA, **how)
    assert caught.value.code == "title-mismatch"


def test_other_tables_are_no_statistics(table):
    with pytest.raises(MissingColumn, match="känns inte igen"):
        read_observations(table("a;b", "1;2"))
