"""Charts and maps in the look of the papers: from plain arrays and finished words to Vega-Lite.

Every one is drawn for one width: 640 px for a desk and a page, 340 px for a phone. Draw both
with `at_two_widths` and hand them to `Figure` as `spec` and `narrow_spec`.
"""

from lykta.infrastructure.papers.charts.bars import bar_with_interval
from lykta.infrastructure.papers.charts.control import control_chart
from lykta.infrastructure.papers.charts.grids import day_hour_grid
from lykta.infrastructure.papers.charts.maps import CellGroup, Circle, area_map, cell_map
from lykta.infrastructure.papers.charts.marks import NARROW, WIDE, at_two_widths

__all__ = [
    "NARROW",
    "WIDE",
    "CellGroup",
    "Circle",
    "area_map",
    "at_two_widths",
    "bar_with_interval",
    "cell_map",
    "control_chart",
    "day_hour_grid",
]
