"""The pictures of the gallery and the figures beside them, from open data sets.

Run from the root of the repository, with `PYTHONPATH=.` and LYKTA_REFERENCE_DIR set to the folder
that holds the sets; names of pages to draw only these. The pages build without the data: pictures
and figures are kept.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tools.assets.pages import alarms, effects, forecasts, maps, places, surveys, tables
from tools.assets.pages.drawing import Page, lighter

from lykta.infrastructure.papers.drawing import to_svg

IMAGES = Path("docs/images/gallery")
FIGURES = Path("docs/gallery/figures.json")
PAGES: dict[str, Callable[[], Page]] = {
    "farrington": alarms.farrington,
    "ears": alarms.ears,
    "limits": alarms.limits,
    "busiest-window": alarms.busiest,
    "displacement": effects.displacement,
    "panels": effects.panel,
    "synthetic-control": effects.synthetic,
    "ranks": places.ranks,
    "hot-spots": places.hotspots,
    "two-counts": places.counts,
    "backtest": forecasts.backtest,
    "pai": forecasts.pai,
    "areas": maps.areas,
    "hexagons": maps.hexagons,
    "survey": surveys.survey,
    "suppression": tables.suppression,
    "rounding": tables.rounding,
}


def main() -> None:
    """Write the picture and the figures of the pages that are asked for, or of all."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    known = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    for name in sys.argv[1:] or PAGES:
        spec, known[name] = PAGES[name]()
        (IMAGES / f"{name}.svg").write_text(lighter(to_svg(spec)) + "\n", encoding="utf-8")
    kept = {name: known[name] for name in PAGES if name in known}
    FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
