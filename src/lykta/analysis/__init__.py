"""Numbers: pure functions on arrays, frozen results; no files, no web.

The public names are loaded when first asked for, so that `import lykta.analysis` costs nothing.
"""

from importlib import import_module
from typing import Any

PUBLIC = {
    "aggregation": ("Periods", "tally", "weekday", "whole_periods"),
    "alarms.limits": ("ControlLimits", "control_limits", "dispersion"),
    "cells": ("Cluster", "HotPlaces", "Places", "hot_areas", "hot_cells"),
    "change": ("Changes", "against_the_rest", "changes", "row_dispersion"),
    "disclosure.rows": ("Protected", "possible_values", "protect", "protect_parts"),
    "effects.displacement": ("WeightedDisplacement", "baseline_dispersion", "wdd"),
    "effects.interrupted": ("InterruptedSeries", "interrupted_series"),
    "effects.panels": ("EventStudy", "PoissonDid", "event_study", "poisson_did"),
    "effects.power": (
        "DetectableEffect",
        "DisplacementDesign",
        "PanelDesign",
        "SeriesDesign",
        "TwoCountsDesign",
        "chance_to_find",
        "minimum_detectable_effect",
    ),
    "effects.synthetic": ("SyntheticControl", "simplex_weights", "synthetic_control"),
    "geometry": ("AreaIndex", "Assignment", "area_index", "assign_areas", "contiguity"),
    "hotspots": ("HotSpots", "LocalMoran", "getis_ord_gi_star", "local_moran", "moran"),
    "lattices": ("Lattice",),
    "multiplicity": ("q_values",),
    "picture": ("Areas", "Coverage", "Picture"),
    "rates": (
        "RateRatios",
        "Rates",
        "compare_counts",
        "compare_ratios",
        "e_test",
        "poisson_rates",
        "wilson_interval",
    ),
    "smoothing": ("RankIntervals", "SmoothedRates", "eb_smooth", "rank_intervals"),
    "spans": ("Events", "Question"),
    "weights": ("Neighbours", "neighbours_from_lists", "neighbours_from_pairs"),
}
HOMES = {name: module for module, names in PUBLIC.items() for name in names}

__all__ = sorted(HOMES)


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
