"""Charts and maps: what they show, in what look, for a desk and for a phone."""

import json
import re

import numpy as np
import pytest
import shapely
from tests.infrastructure.papers import sample, town

from lykta.infrastructure.papers import charts, drawing
from lykta.infrastructure.papers.charts import CellGroup, Circle, marks
from lykta.infrastructure.papers.paper import Figure
from lykta.infrastructure.papers.tokens import DARK, LIGHT, NAMES, as_variables

FIGURES = [block for block in sample.paper().blocks if isinstance(block, Figure)]
EMPTY = {"mark": "point", "data": {"values": []}}
SQUARE = shapely.geometry.mapping(shapely.box(0, 0, 8000, 6000))


def words(spec: dict) -> list[str]:
    """Return the words of a drawing, in order."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", drawing.to_svg(spec))
    return [re.sub(r"<[^>]+>", " ", text) for text in found]


def control(**change) -> dict:
    """Return a small control chart."""
    given = {"expected": 10, "lower": 4, "upper": 16, "decimals": 0} | change
    return charts.control_chart(["v. 1", "v. 2", "v. 3"], [9.0, None, 18.0], **given)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.number)
def test_a_chart_fits_a_desk_and_a_phone(figure: Figure):
    assert drawing.size_of(drawing.to_svg(figure.spec))[0] <= 648
    assert drawing.size_of(drawing.to_svg(figure.narrow_spec or EMPTY))[0] <= 348


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.number)
def test_nothing_is_set_smaller_than_12_px(figure: Figure):
    svg = drawing.to_svg(figure.spec, marking=sample.MARKING)

    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', svg))) >= 12


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.number)
def test_a_chart_has_only_colours_that_follow_the_scheme(figure: Figure):
    svg = as_variables(drawing.to_svg(figure.spec, marking=sample.MARKING))

    left = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))

    assert {colour for colour in left if not colour.startswith("var(--ly-")} <= {"none"}


def test_a_chart_is_plain_data():
    assert json.dumps(FIGURES[0].spec)


def test_each_colour_has_one_name_in_both_schemes():
    assert len(NAMES) == len(LIGHT)
    assert list(LIGHT) == list(DARK)


def test_data_from_the_net_are_refused():
    spec = {"data": {"url": "http://127.0.0.1:9/x.json"}, "mark": "point"}

    with pytest.raises(ValueError, match="External data url not allowed"):
        drawing.to_svg(spec)


def test_limits_are_named_at_the_line_and_the_last_value_told():
    said = words(control(last_note="v. 3: 18"))

    assert {"övre gräns 16", "väntat 10", "nedre gräns 4", "v. 3: 18"} <= set(said)


def test_a_point_outside_has_its_note_and_no_second_one():
    said = words(control(is_outside=[False, False, True], notes={2: "utanför"}, last_note="sist"))

    assert "utanför" in said
    assert "sist" not in said


def test_limits_that_vary_or_are_missing():
    said = words(control(expected=[9, 10, 11], lower=None, upper=[15, 16, 17.5], decimals=1))

    assert {"övre gräns 17,5", "väntat 11,0"} <= set(said)
    assert not any("nedre" in text for text in said)


def test_the_scale_begins_at_zero():
    assert control()["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize("labels", [[], ["v. 1"]])
def test_labels_and_values_must_agree(labels: list[str]):
    values = [] if not labels else [1.0, 2.0]

    with pytest.raises(ValueError, match="give one label per value"):
        charts.control_chart(labels, values, expected=1, lower=0, upper=2)


def test_bars_without_interval_or_value():
    spec = charts.bar_with_interval(
        ["A", "B"], [0.4, None], [None, None], [None, None], texts=["40 %", "uppgift saknas"]
    )

    assert {"A", "B", "40 %", "uppgift saknas"} <= set(words(spec))


@pytest.mark.parametrize(("top", "ticks"), [(80, 5), (0.31, 5), (7, 5), (1, 6), (0, 6)])
def test_scales_have_a_round_top(top: float, ticks: int):
    highest, marked = marks.nice_top(top)

    assert highest >= top
    assert 4 <= len(marked) <= ticks + 1


def test_labels_are_moved_apart():
    assert marks.spread([50, 52, 10], 16) == [50, 66, 10]


def test_classes_and_their_words():
    breaks = (1, 5, 6, 15, 20)

    assert marks.class_words(breaks) == ["1–4", "5", "6–14", "15–19", "20 eller fler"]
    assert [marks.class_of(n, breaks) for n in (0, 1, 5, 19, 20, None)] == [None, 0, 1, 3, 4, None]


@pytest.mark.parametrize(
    ("counts", "breaks", "message"),
    [([[1.0]], (1, 5, 10, 15, 20), "expected 7 rows"), ([[1.0] * 24] * 7, (1, 5), "five classes")],
)
def test_a_grid_of_another_shape_is_refused(counts, breaks, message):
    with pytest.raises(ValueError, match=message):
        charts.day_hour_grid(counts, breaks=breaks)


def test_a_map_has_a_scale_bar_of_round_length():
    spec = charts.area_map([SQUARE], [Circle(2000, 1500, 12, "Mitt")])

    assert "1 km" in words(spec)


def test_a_small_count_is_shown_as_the_caller_says():
    spec = charts.area_map([SQUARE], [Circle(2000, 1500, 3, "Mitt", count_text="1–4")])

    assert any("1–4" in text for text in words(spec))
    assert not any("3" in text for text in words(spec))


def test_a_map_keeps_north_up():
    spec = charts.area_map([SQUARE], [Circle(2000, 5900, 5, "Norr"), Circle(2000, 100, 5, "Söder")])

    north, south = (row["y"] for row in spec["layer"][1]["data"]["values"])
    assert north < south


def test_groups_of_cells_have_letters_and_a_legend():
    cells, _ = town.hexagons()
    groups = [CellGroup("A", (0, 1), is_significant=True)]

    said = words(charts.cell_map(town.districts(), cells, [0] * len(cells), groups=groups))

    assert {"A", "säkerställd förtätning", "20 eller fler"} <= set(said)
    assert "prövad, inte säkerställd" not in said


def test_cells_and_classes_must_agree():
    with pytest.raises(ValueError, match="give one per cell"):
        charts.cell_map([SQUARE], [SQUARE], [])


def test_a_picture_has_a_ground_and_twice_the_size():
    png = drawing.to_png(FIGURES[0].spec, marking=sample.MARKING)

    width, _ = drawing.size_of(drawing.to_svg(FIGURES[0].spec, sizes="print"))
    assert int.from_bytes(png[16:20]) == pytest.approx(2 * width, abs=3)


def test_a_drawing_without_a_frame_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        drawing.size_of("<svg></svg>")


def test_arrays_are_as_good_as_lists_and_nan_is_missing():
    numbers = np.array([9.0, np.nan, 18.0])

    drawn = [
        control(expected=np.int64(10), is_outside=np.array([False, False, True]).tolist()),
        charts.control_chart(["1", "2", "3"], numbers, expected=numbers, lower=4, upper=16),
        charts.bar_with_interval(["A", "B", "C"], numbers, numbers, numbers, texts=["a", "b", "c"]),
        charts.day_hour_grid(np.full((7, 24), np.nan)),
        charts.area_map([SQUARE], [Circle(2000, 1500, np.nan, "Mitt")]),
        charts.cell_map([SQUARE], [SQUARE], np.array([3])),
    ]

    assert all("NaN" not in drawing.to_svg(spec) for spec in drawn)
