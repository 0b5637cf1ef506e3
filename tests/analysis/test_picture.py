"""The common picture: quiet where nothing happens, right where something does, silent on a few."""

import dataclasses

import numpy as np
import pytest
from tests.analysis import towns

from lykta.analysis.change import CANNOT_TELL, FEWER, HIDDEN, MORE
from lykta.analysis.picture import picture

YEAR_2023 = (towns.PERIOD[0] - 365, towns.PERIOD[0] - 1)


def walk(thing, path="picture"):
    """Yield every plain value and array in a result, with the way to it."""
    if dataclasses.is_dataclass(thing):
        for part in dataclasses.fields(thing):
            yield from walk(getattr(thing, part.name), f"{path}.{part.name}")
    elif isinstance(thing, tuple | list):
        for k, part in enumerate(thing):
            yield from walk(part, f"{path}[{k}]")
    elif isinstance(thing, dict):
        for name, part in thing.items():
            yield from walk(part, f"{path}[{name!r}]")
    else:
        yield path, thing


def differing(one, other):
    """Return the ways to the values in which two results differ."""
    pairs = zip(walk(one), walk(other), strict=True)
    return [path for (path, a), (_, b) in pairs if not _alike(a, b)]


def _alike(a, b):
    if a is None or isinstance(a, str):
        return a == b
    return np.array_equal(a, b, equal_nan=True)


@pytest.fixture(scope="module")
def quiet_worlds():
    return [
        picture(towns.events(np.random.default_rng(k)), towns.areas(), towns.question(), rng=k)
        for k in range(20)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "verdicts",
    [
        lambda p: np.isin(p.categories.verdict, (MORE, FEWER)),
        lambda p: np.isin(p.areas.changes.verdict, (MORE, FEWER)),
        lambda p: np.isin(p.areas.rest_verdict, (MORE, FEWER)),
        lambda p: np.isin(p.recent.against_before.verdict, (MORE, FEWER)),
        lambda p: p.hot.hot.kind != 0,
        lambda p: p.hot.kind != 0,
    ],
)
def test_a_quiet_town_is_seldom_said_to_have_changed(quiet_worlds, verdicts):
    alarmed = sum(bool(verdicts(p).any()) for p in quiet_worlds)

    # At 5 % a town, more than 4 of 20 has a chance of 0.3 %.
    assert alarmed <= 4


@pytest.mark.slow
def test_weeks_of_quiet_towns_are_seldom_out_of_the_ordinary(quiet_worlds):
    kinds = np.concatenate([p.series.limits.kind for p in quiet_worlds])

    # 0.27 % of about 1,040 weeks are 2.8; 3 standard deviations more are 7.8.
    assert np.count_nonzero(kinds) <= 7


def test_a_planted_rise_is_found_in_its_area_and_in_no_other():
    rise = [(*towns.PERIOD, 7, 150)]
    found = picture(
        towns.events(np.random.default_rng(1), extra=rise), towns.areas(), towns.question(), rng=1
    )

    assert np.flatnonzero(found.areas.changes.verdict == MORE).tolist() == [7]
    assert np.flatnonzero(found.areas.rest_verdict == MORE).tolist() == [7]


def test_a_planted_hot_spot_is_found_where_it_lies():
    gathering = [(towns.FIRST_DAY, towns.PERIOD[1], 14, 600)]
    found = picture(
        towns.events(np.random.default_rng(2), extra=gathering),
        towns.areas(),
        towns.question(),
        rng=1,
    )

    assert 14 in found.hot.clusters[0].areas
    assert found.hot.clusters[0].ratio.low[0] > 1


def test_a_planted_loud_week_is_out_of_the_ordinary():
    week = (towns.PERIOD[0] + 98, towns.PERIOD[0] + 104)
    events = towns.events(np.random.default_rng(3), extra=[(*week, 3, 90)])
    found = picture(events, towns.areas(), towns.question(), rng=1)

    starts = found.series.periods.starts[found.series.n_baseline : -1]
    loud = starts[found.series.limits.kind == 1]
    assert np.any((loud >= week[0] - 6) & (loud <= week[1]))


def test_same_input_and_seed_give_the_same_picture():
    events = towns.events(np.random.default_rng(4), n=3_000)

    one, other = (picture(events, towns.areas(), towns.question(), rng=9) for _ in range(2))

    assert differing(one, other) == []


def test_the_callers_events_stay_as_they_were():
    events = towns.events(np.random.default_rng(4), n=3_000)
    columns = {part.name: getattr(events, part.name) for part in dataclasses.fields(events)}
    kept = {name: column.copy() for name, column in columns.items() if column is not None}

    picture(events, towns.areas(), towns.question(smallest_shown=5), rng=9)

    for name, column in kept.items():
        assert np.array_equal(column, getattr(events, name), equal_nan=True)


def test_without_a_year_before_nothing_is_compared():
    rng = np.random.default_rng(5)
    day = rng.integers(*towns.PERIOD, 3_000)
    events = towns.columns(rng, day, rng.integers(0, towns.N_AREAS, 3_000))

    found = picture(events, towns.areas(), towns.question(), rng=1)

    assert found.before_first_day is None
    assert found.coverage.n_before is None
    assert found.areas.against_rest is None
    assert set(found.areas.changes.verdict) == {CANNOT_TELL}


def test_a_year_before_with_an_empty_month_is_not_a_year_to_compare_with():
    rng = np.random.default_rng(5)
    day = rng.integers(YEAR_2023[0], towns.PERIOD[1] + 1, 6_000)
    day = day[(day < YEAR_2023[0] + 59) | (day > YEAR_2023[0] + 89)]  # no March
    events = towns.columns(rng, day, rng.integers(0, towns.N_AREAS, len(day)))

    assert picture(events, towns.areas(), towns.question(), rng=1).before_first_day is None


def test_events_known_only_to_the_month_are_told_month_by_month():
    rng = np.random.default_rng(6)
    day = rng.integers(towns.FIRST_DAY, towns.PERIOD[1] + 1, 3_000)
    events = towns.columns(rng, day, rng.integers(0, towns.N_AREAS, 3_000), length=20)

    found = picture(events, towns.areas(), towns.question(), rng=1)

    assert found.unit == "month"
    assert found.recent is None
    assert found.coverage.n_interval == found.coverage.n_period
    assert np.nansum(found.weekdays.counts) == 0


def test_months_are_told_where_weeks_may_not_be():
    events = towns.events(np.random.default_rng(6), n=3_000)

    assert (
        picture(events, towns.areas(), towns.question(finest_unit="month"), rng=1).unit == "month"
    )


def test_events_with_codes_and_no_points_fill_the_table_of_areas():
    events = towns.events(np.random.default_rng(7), n=3_000, with_points=False)

    found = picture(events, towns.areas(), towns.question(), rng=1)

    now = events.area[events.first_day >= towns.PERIOD[0]]
    assert found.areas.changes.count.tolist() == np.bincount(now, minlength=30).tolist()
    assert found.hot is None


def test_every_event_of_the_period_is_accounted_for():
    rng = np.random.default_rng(8)
    events = towns.events(rng, n=3_000)
    events = dataclasses.replace(events, x_m=np.where(rng.random(3_000) < 0.1, 1.0, events.x_m))

    found = picture(events, towns.areas(), towns.question(), rng=1)

    told = found.coverage
    assert told.n_outside_areas > 0
    placed = int(found.areas.changes.count.sum())
    assert placed + told.n_outside_areas + told.n_without_place == told.n_period


@pytest.mark.parametrize(("n", "smallest_shown"), [(0, 0), (4, 5)])
def test_a_period_without_events_or_with_fewer_than_may_be_shown_has_no_picture(n, smallest_shown):
    rng = np.random.default_rng(9)
    day = np.append(np.full(n, towns.PERIOD[0]), np.full(20, YEAR_2023[0]))
    events = towns.columns(rng, day, np.zeros(n + 20, int))

    with pytest.raises(ValueError, match="no events"):
        picture(events, towns.areas(), towns.question(smallest_shown=smallest_shown))


@pytest.mark.parametrize("days", [3, 10, 20, 40])
def test_a_short_period_has_a_picture_too(days):
    events = towns.events(np.random.default_rng(10))
    first = towns.PERIOD[0] + 36

    found = picture(
        events, towns.areas(), towns.question(first_day=first, last_day=first + days - 1), rng=1
    )

    assert found.recent is None
    assert found.coverage.n_period > 0


def a_town_of_few(n_in_first_area):
    """Return code-only events: area 0 holds very few, area 1 the rest of eleven, others many."""
    rng = np.random.default_rng(11)
    here = np.repeat([0, 1], [n_in_first_area, 11 - n_in_first_area])
    area = np.concatenate((here, np.tile(np.arange(2, 30), 60)))
    n = len(area)
    day = np.concatenate((np.full(11, towns.PERIOD[0] + 200), rng.integers(*towns.PERIOD, n - 11)))
    past = rng.integers(towns.FIRST_DAY, towns.PERIOD[0], 3_400)
    where = np.append(np.repeat([0, 1], [3, 9]), np.tile(np.arange(2, 30), 122)[:3_388])
    everything = np.append(day, past), np.append(area, where)
    return towns.columns(np.random.default_rng(12), *everything, with_points=False)


def test_nothing_in_the_picture_depends_on_a_hidden_count():
    one, other = (
        picture(a_town_of_few(n), towns.areas(), towns.question(smallest_shown=5), rng=1)
        for n in (2, 4)
    )

    assert one.areas.changes.verdict[:2].tolist() == [HIDDEN, HIDDEN]
    assert differing(one, other) == []


def test_where_everyone_may_see_everything_the_same_change_shows():
    one, other = (picture(a_town_of_few(n), towns.areas(), towns.question(), rng=1) for n in (2, 4))

    assert "picture.areas.changes.count" in differing(one, other)


def test_no_small_count_is_shown_anywhere():
    events = towns.events(np.random.default_rng(13), n=700)

    found = picture(events, towns.areas(), towns.question(smallest_shown=5), rng=1)

    tables = [found.categories, found.areas.changes, found.recent.against_before]
    counts = [t.count for t in tables] + [t.before for t in tables]
    counts += [found.series.count.counts, found.hours.counts, found.weekdays.counts]
    for column in [*counts, *([found.hot.count] if found.hot else [])]:
        assert not np.any((column > 0) & (column < 5))


def test_hours_and_weekdays_together_give_nothing_away():
    events = towns.events(np.random.default_rng(14), n=700)

    found = picture(events, towns.areas(), towns.question(smallest_shown=5), rng=1)

    hidden = np.isnan(found.hours.counts).reshape(7, 8).sum(axis=1)
    assert not np.any(hidden == 1)
    assert np.all(hidden[found.weekdays.is_hidden] == 8)


def test_the_weeks_of_the_period_cannot_be_had_from_its_sum():
    events = towns.events(np.random.default_rng(15), n=800)

    found = picture(events, towns.areas(), towns.question(smallest_shown=5), rng=1)

    starts, hidden = found.series.periods.starts[:-1], found.series.count.is_hidden
    for first in (towns.PERIOD[0], found.recent.first_day, found.recent.first_day - 28):
        last = towns.PERIOD[1] if first == towns.PERIOD[0] else first + 27
        assert hidden[(starts >= first) & (starts <= last)].sum() != 1


def test_cells_of_a_cluster_cannot_be_had_from_its_sum():
    gathering = [(*towns.PERIOD, 14, 260)]
    events = towns.events(np.random.default_rng(16), n=2_500, extra=gathering)

    found = picture(events, towns.areas(), towns.question(smallest_shown=5), rng=1)

    assert found.hot.clusters
    for cluster in found.hot.clusters:
        assert np.isnan(found.hot.count[cluster.members]).sum() != 1
    assert np.isnan(found.hot.hot.z_analytic).all()
    assert np.isnan(found.hot.own.p_fdr).all()
