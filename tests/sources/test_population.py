import numpy as np
import pytest

from lykta.sources.reading import read_population


def test_the_latest_column_of_population_is_read_and_said(table):
    found = read_population(table("deso;folkmangd_2022;folkmangd_2023", "0126C1010;5;7"))

    assert (found.population.tolist(), found.year) == ([7.0], 2023)
    assert any("2023" in note for note in found.passport.notes)


def test_of_several_years_in_rows_only_the_latest_is_read(table):
    found = read_population(table("område;år;folkmängd", "A;2022;5", "A;2023;7", "B;2023;9"))

    assert (found.codes, found.population.tolist()) == (("A", "B"), [7.0, 9.0])
    assert (found.passport.n_read, found.year) == (2, 2023)


@pytest.mark.parametrize("text", ["", "..", "många", "-3"])
def test_a_population_that_is_not_there_is_never_zero(table, text):
    found = read_population(table("deso;folkmängd", "0126C1010;5", f"0126C1020;{text}"))

    assert found.codes == ("0126C1010",)
    assert found.errors[0].field == "folkmängd"


def test_population_at_points_is_laid_out_in_metres(table):
    path = table("geoid;population;longitude;latitude", "1;20;18,0;59,2", "1;30;18,1;59,3", "2;5;;")

    found = read_population(path)

    assert found.population.tolist() == [20.0, 30.0]
    assert found.x_m is not None
    assert found.passport.n_rejected == 1


def test_the_year_of_a_row_is_told_also_where_only_the_latest_is_read(table):
    found = read_population(table("område;år;folkmängd", "A;2022;5", "A;2023;7", "B;2023;9"))

    assert (found.years.tolist(), found.rows.tolist()) == ([2023, 2023], [2, 3])


def test_a_year_that_nothing_tells_is_no_year(table):
    found = read_population(table("område;folkmängd", "A;5"), every_year=True)

    assert (found.years.tolist(), found.year) == ([0], None)


def test_every_year_is_read_when_asked_for(table):
    path = table("område;år;folkmängd", "A;2022;5", "A;2023;7", "B;2023;9")

    found = read_population(path, every_year=True)

    assert (found.codes, found.population.tolist()) == (("A", "A", "B"), [5.0, 7.0, 9.0])
    assert (found.years.tolist(), found.year) == ([2022, 2023, 2023], 2023)
    assert found.errors == ()


def test_a_code_stands_once_for_each_year(table):
    path = table("område;år;folkmängd", "A;2022;5", "A;2023;7", "A;2022;6")

    found = read_population(path, every_year=True)

    assert found.rows.tolist() == [1, 2]
    assert found.errors[0].row == 3
    assert "rad 1 för samma år" in found.errors[0].reason


@pytest.mark.parametrize("text", ["", "i fjol", "20", "2022,5"])
def test_a_row_without_year_is_rejected_where_every_year_is_read(table, text):
    path = table("område;år;folkmängd", "A;2022;5", f"A;{text};7")

    found = read_population(path, every_year=True)

    assert found.years.tolist() == [2022]
    assert (found.errors[0].field, found.errors[0].value) == ("år", text)


def test_each_column_with_its_year_is_read(table):
    path = table("deso;folkmängd_2022;folkmängd_2023", "0126C1010;5;7", "0126C1020;;9")

    found = read_population(path, every_year=True)

    assert found.population.tolist() == [5.0, 7.0, 9.0]
    assert (found.years.tolist(), found.rows.tolist()) == ([2022, 2023, 2023], [1, 1, 2])
    assert found.errors[0].field == "folkmängd_2022"
    assert found.passport.n_read == 4


def test_only_the_column_that_is_asked_for_is_read(table):
    path = table("deso;folkmängd_2022;folkmängd_2023", "0126C1010;5;7")

    found = read_population(path, every_year=True, mapping={"population": "folkmängd_2022"})

    assert (found.population.tolist(), found.years.tolist()) == ([5.0], [2022])


def test_a_barred_column_with_a_year_is_not_read_either(table):
    path = table("deso;folkmängd_2022;folkmängd_2023_utrikesfödda", "0126C1010;5;7")

    found = read_population(path, every_year=True)

    assert found.years.tolist() == [2022]


def test_a_row_keeps_its_own_source_and_when_it_was_fetched(table):
    path = table("område;folkmängd;källa;hämtad", "A;5;SCB;2024-08", "B;6;;")

    found = read_population(path)

    assert (found.origins, found.fetched) == (("SCB", ""), ("2024-08", ""))


def test_points_of_every_year_need_no_code(table):
    path = table("år;population;lon;lat", "2022;20;18,0;59,2", "2023;30;18,0;59,2")

    found = read_population(path, every_year=True)

    assert found.years.tolist() == [2022, 2023]
    np.testing.assert_array_equal(found.x_m[0], found.x_m[1])
