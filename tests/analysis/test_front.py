"""The front of the package: light to import, and everything there by its name."""

import subprocess
import sys

import pytest

from lykta import analysis

HEAVY = ("numpy", "scipy", "scipy.stats", "pandas", "geopandas", "numba", "shapely")


def told_by_a_fresh_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_bare_import_loads_nothing_heavy():
    loaded = told_by_a_fresh_process("import sys, lykta.analysis; print(*sys.modules)")

    assert not set(HEAVY) & set(loaded)


def test_the_whole_picture_loads_neither_scipy_stats_nor_pandas():
    loaded = told_by_a_fresh_process("import sys, lykta.analysis.picture; print(*sys.modules)")

    assert not {"scipy.stats", "pandas", "geopandas"} & set(loaded)


@pytest.mark.slow
def test_a_bare_import_takes_less_than_a_sixth_of_a_second():
    clock = "time.process_time()"
    code = f"import time; a = {clock}; import lykta.analysis; print({clock} - a)"

    assert float(told_by_a_fresh_process(code)[0]) < 0.15


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there_and_comes_from_its_home(name):
    assert getattr(analysis, name).__module__ == f"lykta.analysis.{analysis.HOMES[name]}"


def test_an_unknown_name_is_an_attribute_error_and_the_listing_is_the_public_names():
    with pytest.raises(AttributeError, match="has no attribute 'kriging'"):
        analysis.kriging  # noqa: B018
    assert dir(analysis) == analysis.__all__
