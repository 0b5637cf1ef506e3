"""Compiling and loading before anyone waits for it."""


def warm() -> None:
    """Run every compiled kernel once on next to nothing: the next run finds it ready."""
    import numpy as np
    import shapely

    from lykta.analysis.disclosure.tables import suppress
    from lykta.analysis.geometry import assign_areas
    from lykta.analysis.hotspots import getis_ord_gi_star
    from lykta.analysis.lattices import Lattice
    from lykta.analysis.weights import neighbours_from_lists

    Lattice("hex", 100.0).count([1000.0], [1000.0])
    assign_areas([1.0], [1.0], [shapely.box(0, 0, 1000, 1000)])
    ring = neighbours_from_lists([[1, 2], [0, 2], [0, 1]])
    getis_ord_gi_star(np.array([1.0, 2.0, 3.0]), ring, n_permutations=9, rng=1)
    suppress([[1, 9], [9, 9]], smallest_shown=5)
