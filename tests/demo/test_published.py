"""Published figures are carried over as they were; what no source gives is unknown."""

import numpy as np
import pytest

from lykta.demo.population import population, shares


@pytest.mark.parametrize(("year", "total"), [(2022, 114504), (2023, 113920)])
def test_population_sums_to_the_published_total(year, total):
    # SCB, folkmängd per DeSO 31 December; 113 920 is also SCB's figure for the municipality 2023.
    assert population(year).sum() == total
    assert len(population(year)) == 60


def test_a_year_without_figures_is_refused():
    with pytest.raises(ValueError, match="2021"):
        population(2021)


def test_shares_sum_to_one():
    assert shares().sum() == pytest.approx(1)


def test_the_population_file_agrees_with_scb(read):
    rows = {(row["område"], row["år"]): int(row["folkmängd"]) for row in read("befolkning.csv")}

    # Read from SCB's table.
    assert rows["0126A0010", "2022"] == 1603
    assert rows["0126C1010", "2022"] == 2810
    assert len(rows) == 120


def test_the_kommundel_file_sums_to_the_small_areas(read):
    small, large = read("befolkning.csv"), read("befolkning_kommundelar.csv")

    for row in large:
        inner = [
            int(r["folkmängd"])
            for r in small
            if (r["kommundel"], r["år"]) == (row["område"], row["år"])
        ]
        assert int(row["folkmängd"]) == sum(inner)
    assert len(large) == 14


def test_bra_2021_is_carried_over(read):
    (row,) = read("bra_2021.csv")

    assert (row["anmälda_brott"], row["per_100000"], row["år"]) == ("14459", "12789", "2021")
    assert row["källa"].startswith("Brå")


def test_levels_without_evidence_are_unknown(read):
    for row in read("polisens_listor.csv"):
        if row["säkerhet"] != "belagd":
            assert row["nivå"] == "okänd"
        if row["nivå"] not in ("okänd", ""):
            assert row["belägg"]


def test_the_police_list_answers_how_many_areas(read):
    rows = read("polisens_listor.csv")
    listed = {
        year: sum(row["lista_år"] == year and row["på_listan"] == "ja" for row in rows)
        for year in ("2019", "2021")
    }

    assert listed == {"2019": 2, "2021": 3}


def test_not_on_the_list_is_another_thing_than_unknown(read):
    answers = {
        row["lista_år"]: row["på_listan"]
        for row in read("polisens_listor.csv")
        if row["område"] == "Grantorp/Visättra"
    }

    assert answers["2015"] == "okänd"
    assert answers["2019"] == "nej"


def test_the_population_of_the_world_is_the_published_one(world):
    assert np.array_equal(world.population[2023], population(2023))
