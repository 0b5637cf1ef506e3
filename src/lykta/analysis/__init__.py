"""Numbers: pure functions on arrays, frozen results; no files, no web.

The public names are loaded when first asked for, so that `import lykta.analysis` costs nothing.
"""

from importlib import import_module
from typing import Any

PUBLIC = {
    "aggregation": ("Periods", "tally", "weekday", "whole_periods"),
    "alarms.baselines": ("FLEXIBLE_2013", "ORIGINAL_1996", "FarringtonForm"),
    "alarms.ears": ("Ears", "ears"),
    "alarms.farrington": ("Farrington", "farrington"),
    "alarms.limits": ("ControlLimits", "control_limits", "dispersion"),
    "alarms.windows": ("temporal_scan_p",),
    "autocorrelation": ("Autocorrelation", "geary", "general_g", "moran"),
    "cells": ("Cluster", "HotPlaces", "Places", "hot_areas", "hot_cells"),
    "change": ("Changes", "against_the_rest", "changes", "row_dispersion"),
    "disclosure.attack": ("Attacked", "attack"),
    "disclosure.rounding": ("Rounded", "round_counts"),
    "disclosure.rows": ("Protected", "possible_values", "protect", "protect_parts"),
    "disclosure.tables": ("Suppressed", "suppress"),
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
    "forecasts.accuracy": ("PaiCurve", "pai_curve"),
    "forecasts.backtest": ("Backtest", "backtest", "moving_mean", "same_week_last_year"),
    "geometry": ("AreaIndex", "Assignment", "area_index", "assign_areas", "contiguity"),
    "hotspots": ("HotSpots", "LocalMoran", "getis_ord_gi", "getis_ord_gi_star", "local_moran"),
    "lattices": ("Lattice",),
    "multiplicity": ("q_values",),
    "picture": ("Areas", "Coverage", "Picture"),
    "rates": (
        "RateRatios",
        "Rates",
        "RelativeRisks",
        "compare_counts",
        "compare_ratios",
        "conditional_test",
        "e_test",
        "poisson_rates",
        "relative_risks",
        "wilson_interval",
    ),
    "smoothing": ("RankIntervals", "SmoothedRates", "eb_deviates", "eb_smooth", "rank_intervals"),
    "spans": ("Events", "Question"),
    "surveys.design": ("Design",),
    "surveys.differences": ("Differences", "differences"),
    "surveys.estimates": ("Estimate", "weighted_mean"),
    "surveys.raking": ("Raked", "rake"),
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
