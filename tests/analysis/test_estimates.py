"""Weighted means and their errors against R, the textbook, a plain loop, and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins
from tests.analysis.references import Reference

from lykta.analysis import Design, differences, rake, weighted_mean, wilson_interval
from lykta.analysis.surveys.differences import holm

SCHOOLS = Reference("rake_apiclus1")
TRIPLES = (1, 2, 3)


def schools():
    base = np.full(len(SCHOOLS.weights), SCHOOLS["base_weight"])
    margins = [SCHOOLS.school_type, SCHOOLS.school_wide]
    raked = rake(margins, list(SCHOOLS["targets"].values()), base_weights=base)
    share = len(np.unique(SCHOOLS.district)) / SCHOOLS["clusters_in_population"]
    return raked, Design(clusters=SCHOOLS.district, sampled_share=share)


@st.composite
def surveys(draw):
    """A raked sample of clusters in strata, with answers that hang on both."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n = draw(st.integers(40, 80))
    margins = [np.append([0, 1, 2], rng.integers(0, 3, n - 3)), rng.integers(0, 2, n)]
    clusters, strata = np.arange(n) % 10, np.arange(n) % 2
    raked = rake(margins, [[50, 30, 20], [45, 55]], base_weights=rng.uniform(1, 2, n))
    values = margins[0] + rng.normal(size=n) + clusters / 5
    return values, raked, margins, Design(strata, clusters)


def test_mean_and_error_of_rake_apiclus1_are_those_of_r():
    raked, design = schools()
    found = weighted_mean(SCHOOLS.api00, raked, design=design)

    assert found.estimate == pytest.approx(SCHOOLS["mean"], abs=SCHOOLS.tolerance)
    assert found.se == pytest.approx(SCHOOLS["se_mean"], abs=SCHOOLS.tolerance)
    total = float(np.sum(raked.weights))
    assert found.se * total == pytest.approx(SCHOOLS["se_total"], rel=SCHOOLS.tolerance)


def test_the_error_of_a_simple_sample_is_the_one_in_the_textbook():
    y = np.array([3.0, 5, 1, 8, 4, 9])
    found = weighted_mean(y, np.ones(6))

    assert found.se == pytest.approx(y.std(ddof=1) / np.sqrt(6))
    assert found.design_effect == pytest.approx(1)
    assert found.high - found.estimate == pytest.approx(2.570582 * found.se)  # t, 5 degrees


def test_raking_to_one_margin_is_post_stratification():
    # Variance (Cochran 1977, 5A.9, large n): Σ (N_h/N)² s_h² / n_h, with n_h near n_h - 1.
    rng = np.random.default_rng(1)
    group = np.repeat([0, 1], [4000, 6000])
    y = 3.0 * group + rng.normal(size=10_000)
    found = weighted_mean(y, rake([group], [[50, 50]]))

    wanted = np.sqrt(sum(0.25 * y[group == h].var() / (group == h).sum() for h in (0, 1)))
    assert found.se == pytest.approx(wanted, rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(surveys())
def test_the_linearised_error_is_that_of_a_regression_on_indicators(survey):
    values, raked, margins, design = survey
    found = weighted_mean(values, raked, design=design)

    assert found.freedom == 10 - 2
    assert found.se == pytest.approx(
        twins.linearised_error(values, raked, margins, design.strata, design.clusters)
    )


@settings(max_examples=10, deadline=None)
@given(surveys())
def test_the_replicate_error_is_that_of_a_loop_that_rakes_anew(survey):
    values, raked, margins, design = survey
    found = weighted_mean(values, raked, design=design, method="replicate")

    assert found.se == pytest.approx(
        twins.jackknife_error(values, raked, margins, design.strata, design.clusters), rel=1e-6
    )


@settings(max_examples=25, deadline=None)
@given(surveys(), st.integers(0, 1000))
def test_the_order_of_respondents_changes_no_error(survey, seed):
    values, raked, margins, design = survey
    order = np.random.default_rng(seed).permutation(len(values))
    again = rake(
        [code[order] for code in margins],
        raked.cells.targets,
        base_weights=raked.base_weights[order],
    )
    moved = Design(design.strata[order], design.clusters[order])

    for method in ("linearised", "replicate"):
        one = weighted_mean(values, raked, design=design, method=method).se
        assert weighted_mean(values[order], again, design=moved, method=method).se == (
            pytest.approx(one, rel=1e-6)
        )


@settings(max_examples=25, deadline=None)
@given(surveys(), st.floats(-50, 50), st.floats(0.1, 10))
def test_answers_on_another_scale_give_the_estimate_on_that_scale(survey, shift, scale):
    values, raked, _, design = survey
    one = weighted_mean(values, raked, design=design)
    other = weighted_mean(shift + scale * values, raked, design=design)

    assert other.estimate == pytest.approx(shift + scale * one.estimate, abs=1e-8)
    assert other.se == pytest.approx(scale * one.se)
    assert other.design_effect == pytest.approx(one.design_effect)


def test_what_the_margins_tell_for_certain_has_no_error():
    raked, design = schools()

    assert weighted_mean(SCHOOLS.school_wide, raked, design=design).se < 1e-9


def test_raking_that_foretells_the_answer_lessens_the_error():
    rng = np.random.default_rng(2)
    group = rng.integers(0, 3, 600)
    y = group + 0.3 * rng.normal(size=600)
    raked = rake([group], [[200, 200, 200]])

    assert weighted_mean(y, raked).se < 0.5 * weighted_mean(y, raked.weights).se


def test_a_domain_is_its_own_mean_and_keeps_the_drawing():
    rng = np.random.default_rng(3)
    y, clusters = rng.normal(size=60), np.repeat(np.arange(12), 5)
    domain = np.arange(60) % 3 == 0
    found = weighted_mean(y, np.ones(60), design=Design(clusters=clusters), domain=domain)

    assert found.estimate == pytest.approx(y[domain].mean())
    assert found.n == 20
    assert found.freedom == 11


def test_no_answer_is_out_of_the_domain_and_told_of():
    found = weighted_mean([1, 0, np.nan, 1, 0, 1], np.ones(6))

    assert found.n == 5
    assert "1 of 6 gave no answer" in found.warnings[0]


def test_without_weights_the_wilson_interval_is_wilsons_but_for_t():
    y = np.repeat([1.0, 0.0], [3000, 7000])
    found = weighted_mean(y, np.ones(10_000))
    share, low, high = wilson_interval(3000, 10_000)

    assert (found.estimate, found.low, found.high) == pytest.approx((share, low, high), abs=2e-5)


def test_the_logit_interval_by_pen_and_paper():
    # p = 0.5, se = 0.05025 (n - 1 below); logit half = t · se / 0.25.
    y = np.tile([0.0, 1.0], 50)
    found = weighted_mean(y, np.ones(100), interval="logit")

    half = 1.984217 * np.sqrt(0.25 / 99) / 0.25
    assert found.high == pytest.approx(1 / (1 + np.exp(-half)), abs=1e-6)
    assert found.low == pytest.approx(1 - found.high)


@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_answers_all_alike_leave_room_for_the_other_answer(answer):
    found = weighted_mean(np.full(30, answer), np.ones(30))

    assert found.se == 0
    assert found.high - found.low > 0.1
    assert "All answers are alike" in found.warnings[0]


def test_alike_answers_have_no_logit():
    assert np.isnan(weighted_mean(np.ones(30), np.ones(30), interval="logit").low)


def test_groups_at_random_come_near_the_linearised_error():
    rng = np.random.default_rng(4)
    margins = [rng.integers(0, 3, 5000), rng.integers(0, 2, 5000)]
    raked = rake(margins, [[30, 40, 30], [40, 60]])
    y = margins[0] + rng.normal(size=5000)
    found = weighted_mean(y, raked, method="replicate", rng=1)

    # 99 degrees of freedom: the error of the error is 7 %.
    assert found.se == pytest.approx(weighted_mean(y, raked).se, rel=0.25)
    assert found.se == weighted_mean(y, raked, method="replicate", rng=1).se


def test_a_category_in_one_cluster_only_is_shared_out_without_it_and_told_of():
    rng = np.random.default_rng(6)
    clusters = np.repeat(np.arange(20), 10)
    margins = [np.where(clusters == 7, 2, rng.integers(0, 2, 200)), rng.integers(0, 2, 200)]
    raked = rake(margins, [[45, 45, 10], [50, 50]])
    found = weighted_mean(
        rng.normal(size=200), raked, design=Design(clusters=clusters), method="replicate"
    )

    assert 0.03 < found.se < 0.3
    assert "1 categories raked to are found in one unit only" in found.warnings[-1]


def test_bounded_weights_have_the_error_that_leaving_out_finds():
    rng = np.random.default_rng(7)
    margins = [rng.integers(0, 3, 3000), rng.integers(0, 2, 3000)]
    clusters, y = np.arange(3000) % 300, 3 * margins[0] + 0.3 * rng.normal(size=3000)
    raked = rake(margins, [[26, 40, 34], [43, 57]], trim=(0.7, 1.35))
    assert raked.is_converged
    assert raked.is_cell_bounded.any()

    design = Design(clusters=clusters)
    one, other = (
        weighted_mean(y, raked, design=design, method=m).se for m in ("linearised", "replicate")
    )
    assert one == pytest.approx(other, rel=0.03)


def test_a_symmetric_interval_of_a_rare_share_is_warned_of():
    y = np.repeat([1.0, 0.0], [8, 292])

    assert "choose wilson" in weighted_mean(y, np.ones(300), interval="t").warnings[-1]
    assert weighted_mean(y, np.ones(300)).warnings == ()


@pytest.mark.parametrize("method", ["linearised", "replicate"])
def test_a_large_share_drawn_lessens_the_error(method):
    y = np.arange(20.0)
    whole, half = (
        weighted_mean(y, np.ones(20), design=Design(sampled_share=share), method=method).se
        for share in (0, 0.5)
    )

    assert half == pytest.approx(whole * np.sqrt(0.5))


def test_groups_of_one_sample_share_their_errors():
    # Within clusters the groups rise and fall together: the difference is surer than either.
    rng = np.random.default_rng(5)
    clusters = np.repeat(np.arange(30), 20)
    y = rng.normal(size=30)[clusters] + 0.1 * rng.normal(size=600)
    groups = np.arange(600) % 2
    design = Design(clusters=clusters)
    two = [weighted_mean(y, np.ones(600), design=design, domain=groups == g) for g in (0, 1)]
    together, apart = (differences(two, is_one_sample=is_one) for is_one in (True, False))

    assert together.se[0] < 0.2 * apart.se[0]


def test_turning_a_pair_around_turns_the_difference_and_nothing_else():
    y, domain = np.random.default_rng(8).normal(size=40), np.arange(40) < 6
    two = [weighted_mean(y, np.ones(40), domain=part) for part in (~domain, domain)]
    found = differences(two, is_one_sample=True, pairs=[(0, 1), (1, 0)])

    assert found.difference[0] == -found.difference[1]
    assert found.p_two_sided[0] == pytest.approx(found.p_two_sided[1])


def test_two_years_by_welch():
    # Welch (1947) by hand: se = √(0.5/4 + 4/5), 5.2 degrees by Satterthwaite.
    first, second = np.array([1.0, 2, 2, 1]), np.array([4.0, 8, 6, 3, 4])
    found = differences(
        [weighted_mean(y, np.ones(len(y))) for y in (first, second)], is_one_sample=False
    )

    wanted = np.sqrt(first.var(ddof=1) / 4 + second.var(ddof=1) / 5)
    assert found.se[0] == pytest.approx(wanted)
    assert found.p_two_sided[0] == pytest.approx(twins.welch(first, second))


def test_holm_by_pen_and_paper():
    # 0.01 · 3, 0.03 · 2 and 0.04, which must not fall below the one before.
    assert holm(np.array([0.04, 0.01, np.nan, 0.03])) == pytest.approx(
        [0.06, 0.03, np.nan, 0.06], nan_ok=True
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_finds_what_stepping_down_finds(p):
    adjusted = holm(np.array(p))

    assert set(np.flatnonzero(adjusted <= 0.05)) == twins.holm_rejects(p, 0.05)


def test_differences_draw_themselves():
    three = [weighted_mean(np.arange(5.0) + k, np.ones(5)) for k in TRIPLES]
    chart = differences(three, is_one_sample=False).chart()

    assert [row["pair"] for row in chart["data"]["values"]] == ["1 − 2", "1 − 3", "2 − 3"]


def test_a_difference_without_any_error_cannot_be_told():
    alike = [weighted_mean(np.ones(5), np.ones(5)) for _ in range(2)]
    found = differences(alike, is_one_sample=False)

    assert np.isnan(found.p_holm[0])
    assert "cannot be told" in found.warnings[-1]


def test_groups_of_two_samples_are_not_of_one():
    two = [weighted_mean(np.arange(n), np.ones(n)) for n in (5, 6)]

    with pytest.raises(ValueError, match="one sample, design and method"):
        differences(two, is_one_sample=True)


def test_small_categories_are_warned_of_where_the_error_is_linearised():
    margin = np.repeat([0, 1], [10, 90])
    y, raked = np.arange(100.0), rake([margin], [[30, 70]])

    assert "Only 10 respondents" in weighted_mean(y, raked).warnings[0]
    assert weighted_mean(y, raked, method="replicate").warnings == ()


@pytest.mark.parametrize(
    ("values", "weights", "more", "said"),
    [
        ([], [], {}, "at least 2"),
        ([1.0], [1.0], {}, "at least 2"),
        ([1, np.inf], [1, 1], {}, "finite"),
        ([1, 2], [1, 0], {}, "above 0"),
        ([1, 2], [1, np.nan], {}, "above 0"),
        ([1, 2], [1, 1, 1], {}, "one a respondent"),
        ([1, 2], [1, 1], {"domain": [1, 0]}, "true or false"),
        ([1, 2], [1, 1], {"domain": [True, False]}, "1 answers in the domain"),
        ([1, 2], [1, 1], {"method": "bootstrap"}, "choose linearised"),
        ([1, 2], [1, 1], {"interval": "wilson"}, "answers of 0 and 1"),
        ([1, 2], [1, 1], {"level": 1.0}, "between 0 and 1"),
        ([1, 2], [1, 1], {"design": Design(clusters=[1, 1])}, "at least 2"),
        (
            [1, 2, 3, 4],
            [1] * 4,
            {"design": Design(clusters=[1, 1, 2, 2]), "domain": np.arange(4) < 2},
            "one unit a stratum",
        ),
        ([1, 2], [1, 1], {"design": Design(strata=[1, 2])}, "at least 2"),
        ([1, 2], [1, 1], {"design": Design(strata=[1])}, "one label"),
        ([1, 2], [1, 1], {"design": Design(sampled_share=1)}, "not including, 1"),
    ],
)
def test_what_cannot_be_estimated_is_refused(values, weights, more, said):
    with pytest.raises(ValueError, match=said):
        weighted_mean(values, weights, **more)
