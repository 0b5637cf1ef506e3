"""The same work by pandas, geopandas, libpysal and esda: `python peer.py DIR [PERMUTATIONS]`.

Counts per area and week, rates, empirical Bayes, Gi*. Written as their own manuals would.
"""

import json
import sys
import time
import warnings

clock = time.process_time
began = clock()

import esda  # noqa: E402 - the time that imports take is measured
import geopandas as gpd  # noqa: E402
import libpysal  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402


def main() -> None:
    """Print the CPU seconds of each phase."""
    folder, permutations = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 999
    warnings.simplefilter("ignore")
    imported = clock()
    events = pd.read_csv(f"{folder}/events.csv", sep=";", parse_dates=["time"])
    areas = gpd.read_file(f"{folder}/areas.gpkg")
    was_read = clock()
    points = gpd.GeoDataFrame(
        events, geometry=gpd.points_from_xy(events["x"], events["y"]), crs=areas.crs
    )
    joined = points.sjoin(areas[["code", "geometry"]], predicate="within")
    week = joined["time"].dt.to_period("W")
    per_week = joined.groupby([joined["code"], week]).size().unstack(fill_value=0)
    last_year = joined[joined["time"] >= joined["time"].max().normalize() - pd.Timedelta(days=364)]
    counts = last_year.groupby("code").size().reindex(areas["code"], fill_value=0)
    rates = counts.to_numpy() / areas["population"].to_numpy() * 1000
    smoothed = esda.smoothing.Empirical_Bayes(counts.to_numpy(), areas["population"].to_numpy())
    near = libpysal.weights.Queen.from_dataframe(areas, use_index=False, silence_warnings=True)
    was_ready = clock()
    hot = esda.G_Local(
        smoothed.r.ravel(), near, star=True, transform="B", permutations=permutations, seed=1
    )
    tested = clock() - was_ready
    is_hot = (hot.p_sim <= esda.fdr(hot.p_sim, 0.05)) & (hot.Zs > 0)
    print(
        json.dumps(
            {
                "import": imported - began,
                "read": was_read - imported,
                "compute": clock() - was_read,
                "gi_star": tested,
                "n_period": int(counts.sum()),
                "n_weeks": per_week.shape[1],
                "n_hot": int(is_hot.sum()),
                "mean_rate": float(np.mean(rates)),
            }
        )
    )


if __name__ == "__main__":
    main()
