"""`lykta freeze` and `lykta recompute`, called in this process on the database of the test."""

import json

import pytest
from tests.domain.places.conftest import places, read_in, write  # noqa: F401 - fixtures
from tests.domain.plans.conftest import even_years, events, freeze, reach  # noqa: F401 - fixtures

from lykta.domain.plans import selectors

pytestmark = pytest.mark.django_db


def test_a_year_is_frozen_with_all_its_papers(events, run):  # noqa: F811
    done = run("freeze", "--year", "2025", "--json")

    said = json.loads(done.stdout)
    assert (done.exit_code, said["title"], said["number"]) == (0, "Lägesbild 2025", 1)
    assert len(run("recompute", said["id"], "--json").stdout) > 100


def test_a_period_and_a_title_are_said(events, run):  # noqa: F811
    done = run("freeze", "--period", "2025-01..2025-06", "--title", "Halva", "--audience", "public")

    assert done.exit_code == 0
    assert "Fryst: Halva, version 1" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--year", "2025", "--period", "2025")])
def test_a_year_or_a_period_must_be_said_and_not_both(run, arguments):
    assert run("freeze", *arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [(), ("1", "--all")])
def test_one_or_all_must_be_said_and_not_both(run, arguments):
    assert run("recompute", *arguments).exit_code == 2


def test_all_are_counted_again_to_the_same_figures(freeze, run):  # noqa: F811
    freeze()
    freeze("En till")

    done = run("recompute", "--all")

    assert done.exit_code == 0
    assert done.stdout.count("samma siffror") == 2


def test_a_figure_that_differs_is_named_with_exit_code_1(freeze, run, monkeypatch):  # noqa: F811
    row = freeze()
    real = selectors.figures_of
    monkeypatch.setattr(selectors, "figures_of", lambda snapshot: real(snapshot) | {"seed": 77})

    done = run("recompute", row.pk)

    assert done.exit_code == 1
    assert "seed: 1 när den frystes, 77 nu" in done.stdout


def test_one_that_is_damaged_hides_none_of_the_others(freeze, run):  # noqa: F811
    from lykta.infrastructure import storage

    damaged, _whole = freeze(), freeze("Hel")
    storage.path_of(damaged.document.sha256).unlink()

    done = run("recompute", "--all")

    assert done.exit_code == 1
    assert "Underlaget till bilden saknas" in done.stdout
    assert "Hel, version 1: samma siffror." in done.stdout


def test_a_picture_that_there_is_not_is_said(run, db):
    assert run("recompute", "12345").exit_code == 1
