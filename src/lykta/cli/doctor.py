"""`lykta doctor`: is everything that lykta needs in place, and are the kernels compiled?"""

import sys
import time

import click

HEAVY = (
    "duckdb",
    "docxtpl",
    "numba",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
    "typst",
    "vl_convert",
)


@click.command(options_metavar="[VAL]")
@click.option("--compile", "is_compiling", is_flag=True, help="Kompilera beräkningskärnorna nu.")
def doctor(*, is_compiling: bool) -> None:
    """Se efter att allt som lykta behöver fungerar här."""
    import importlib

    missing = []
    for name in HEAVY:
        try:
            importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name}: {error}")
    click.echo(
        f"Python {sys.version.split()[0]}, {len(HEAVY) - len(missing)} av {len(HEAVY)} bibliotek."
    )
    for line in missing:
        click.echo(f"  Saknas: {line}", err=True)
    if missing:
        sys.exit(1)
    if is_compiling:
        started = time.monotonic()
        _compile()
        click.echo(f"Beräkningskärnorna är kompilerade ({time.monotonic() - started:.1f} s).")


def _compile() -> None:
    """Run every compiled kernel once on next to nothing, so that the next run finds it cached."""
    import numpy as np
    import shapely

    from lykta.analysis.geometry import assign_areas
    from lykta.analysis.hotspots import getis_ord_gi_star
    from lykta.analysis.weights import neighbours_from_lists

    assign_areas([1.0], [1.0], [shapely.box(0, 0, 1000, 1000)])
    ring = neighbours_from_lists([[1, 2], [0, 2], [0, 1]])
    getis_ord_gi_star(np.array([1.0, 2.0, 3.0]), ring, n_permutations=9, rng=1)
