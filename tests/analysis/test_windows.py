"""The busiest window against published numbers, exact ones, and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import temporal_scan_p
from lykta.analysis.alarms.windows import _no_window

NAUS = Reference("naus")
CASES = list(zip(*(getattr(NAUS, k) for k in ("n", "window", "total", "rate")), strict=True))


def test_the_r_packages_numbers_come_out_with_its_term_left_out():
    found = [temporal_scan_p(*case, as_ptools=True) for case in CASES]

    assert found == pytest.approx(NAUS.p_ptools, abs=NAUS.tolerance)


def test_simulated_and_published_numbers_come_out():
    found = [temporal_scan_p(*case) for case in CASES]

    assert found == pytest.approx(NAUS.p_simulated, abs=NAUS["tolerance_simulated"])
    assert round(found[0], 3) == 0.039


@pytest.mark.parametrize("mean", [0.3, 1.0, 2.5])
def test_two_within_three_windows_are_as_counted_by_hand(mean):
    # No two of m events within 1 of each other in (0, 3): volume (4 - m)³…, m at most 3.
    by_hand = np.exp(-3 * mean) * (1 + 3 * mean + (2 * mean) ** 2 / 2 + mean**3 / 6)

    assert _no_window(2, mean, is_short=False)[1] == pytest.approx(by_hand, rel=1e-10)


def test_the_term_left_out_is_needed():
    # Simulated apart from this, 4,000,000 worlds: 0.66250 ± 0.00024.
    assert _no_window(3, 1.0, is_short=False)[1] == pytest.approx(0.66250, abs=0.0005)
    assert _no_window(3, 1.0, is_short=True)[1] > 0.6633


def test_simulated_worlds_agree():
    rng = np.random.default_rng(1)
    most = []
    for _ in range(4_000):
        times = np.sort(rng.random(rng.poisson(40)) * 20)
        held = np.searchsorted(times, times + 1) - np.arange(len(times))
        most.append(held.max(initial=0))

    for n in (5, 6, 7, 8):
        share = np.mean(np.array(most) >= n)
        # Four standard errors, and what the approximation itself is off.
        assert temporal_scan_p(n, 1, 20, 2) == pytest.approx(share, abs=0.034)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.floats(0.05, 15), st.floats(2, 500))
def test_more_events_less_time_and_a_lower_rate_are_more_surprising(n, mean, length):
    p = temporal_scan_p(n, 1, length, mean)

    assert 0 <= p <= 1
    assert temporal_scan_p(n + 1, 1, length, mean) <= p + 1e-9
    assert temporal_scan_p(n, 1, length * 1.5, mean) >= p - 1e-9


@given(st.floats(0.01, 100))
def test_the_unit_of_time_is_of_no_account(unit):
    p = temporal_scan_p(6, 14, 2_912, 0.3 / 7)

    assert temporal_scan_p(6, 14 * unit, 2_912 * unit, 0.3 / 7 / unit) == pytest.approx(p, rel=1e-6)


def test_events_that_come_together_weigh_less():
    assert temporal_scan_p(13, 1, 52, 4, dispersion=2) == temporal_scan_p(6, 1, 52, 2)


def test_none_and_one_are_exact():
    assert temporal_scan_p(0, 1, 10, 0.1) == 1
    assert temporal_scan_p(1, 1, 10, 0.1) == pytest.approx(1 - np.exp(-1))


@pytest.mark.parametrize("n", [2, 30, 80, 99])
def test_a_window_as_busy_as_usual_is_no_surprise(n):
    assert temporal_scan_p(n, 1, 300, 100) == pytest.approx(1)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ((-1, 1, 10, 1), "n=-1"),
        ((2.5, 1, 10, 1), "n=2.5"),
        ((np.nan, 1, 10, 1), "n=nan"),
        ((3, 0, 10, 1), "window_days=0"),
        ((3, 6, 10, 1), "window_days=6 of total_days=10"),
        ((3, 1, np.inf, 1), "total_days=inf"),
        ((3, 1, np.nan, 1), "total_days=nan"),
        ((3, 1, 10, 0), "rate_per_day=0"),
        ((3, 1, 10, np.nan), "rate_per_day=nan"),
    ],
)
def test_what_is_no_window_is_refused(case, words):
    with pytest.raises(ValueError, match=words):
        temporal_scan_p(*case)


@pytest.mark.parametrize("dispersion", [0.5, np.nan, np.inf])
def test_a_dispersion_below_that_of_chance_is_refused(dispersion):
    with pytest.raises(ValueError, match="dispersion="):
        temporal_scan_p(3, 1, 10, 1, dispersion=dispersion)
