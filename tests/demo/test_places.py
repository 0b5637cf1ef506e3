"""The map is an exact partition: no gaps, no overlaps, one and the same vertex on both sides."""

import numpy as np
import pytest
import shapely

from lykta.demo import borders
from lykta.demo.places import MAP_SEED
from lykta.demo.tables import rows_of


@pytest.fixture(params=["parts", "small_areas"])
def polygons(request, the_map):
    return [place.polygon for place in getattr(the_map, request.param)]


def test_the_areas_sum_to_the_municipality(polygons, the_map):
    total = sum(polygon.area for polygon in polygons)

    assert total == pytest.approx(the_map.border.area, abs=0.01)
    assert shapely.union_all(polygons).symmetric_difference(the_map.border).area < 0.01


def test_no_two_areas_overlap(polygons):
    tree = shapely.STRtree(polygons)
    one, other = tree.query(polygons, predicate="intersects")

    shared = [
        polygons[i].intersection(polygons[j]).area for i, j in zip(one, other, strict=True) if i < j
    ]

    assert max(shared) == 0


def test_neighbours_share_exactly_the_same_vertices(polygons):
    # GEOS calls a coverage valid only if shared edges match vertex for vertex.
    assert shapely.coverage_is_valid(polygons)


def test_every_area_is_valid_and_in_one_piece_without_holes(polygons):
    assert all(polygon.geom_type == "Polygon" and polygon.is_valid for polygon in polygons)
    assert not any(polygon.interiors for polygon in polygons)


def test_a_kommundel_is_the_union_of_its_small_areas(the_map):
    for part in the_map.parts:
        inner = [area.polygon for area in the_map.small_areas if area.part == part.code]

        assert shapely.union_all(inner).symmetric_difference(part.polygon).area < 0.01


def test_the_outer_border_is_the_published_one(the_map):
    published = shapely.polygons([(float(r["x"]), float(r["y"])) for r in rows_of("grans.csv")])

    # Where an inner border meets the outer one the vertex lies on the decimetre grid.
    assert shapely.hausdorff_distance(published, the_map.border, densify=0.05) < 0.1
    # 140.5 square kilometres with water, SCB.
    assert the_map.border.area / 1e6 == pytest.approx(140.5, abs=0.5)


def test_there_are_seven_kommundelar_and_sixty_small_areas(the_map):
    names = {part.name for part in the_map.parts}

    assert names == {
        *("Flemingsberg", "Segeltorp", "Sjödalen-Fullersta", "Skogås"),
        *("Stuvsta-Snättringe", "Trångsund", "Vårby"),
    }
    assert len({area.code for area in the_map.small_areas}) == 60
    assert len({area.regso for area in the_map.small_areas}) == 22


def test_inner_borders_bend_like_natural_ones(the_map):
    assert min(shapely.get_num_coordinates(part.polygon) for part in the_map.parts) > 60


def test_an_unknown_kommundel_is_refused(the_map):
    with pytest.raises(ValueError, match="0126-XXX"):
        the_map.in_part("0126-XXX")


def test_drawing_twice_gives_the_same_cells(the_map):
    square = shapely.box(0, 0, 2000, 2000)

    first, second = (borders.cells_inside(square, np.random.default_rng(MAP_SEED)) for _ in "ab")

    assert shapely.to_wkb(first.polygons).tolist() == shapely.to_wkb(second.polygons).tolist()
    assert first.neighbours == second.neighbours


def test_a_faster_seed_takes_more_ground():
    cells = borders.cells_inside(shapely.box(0, 0, 4000, 4000), np.random.default_rng(1))
    everything = np.arange(len(cells.polygons))
    seeds = np.array([[500.0, 2000.0], [3500.0, 2000.0]])

    owner = borders.grow(cells, everything, seeds, [2.0, 1.0])

    assert 0.55 < np.mean(owner == 0) < 0.8
