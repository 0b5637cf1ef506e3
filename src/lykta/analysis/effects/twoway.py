"""A Poisson mean with an effect of each unit, each period, and of what a cell is labelled with.

Given the rest, the effect of a unit has a closed form: its expected sum is its own. What is left
to find are the effects of periods and labels, a handful however many units there are, and every
sum over cells is one over a matrix of units by periods or units by labels.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_STEPS = 50
# Information of terms, each scaled to 1, that is smaller than this in some direction is none.
NO_INFORMATION = 1e-9
# With more clusters than this, what the fit takes out of their scores is left out of account.
MANY_CLUSTERS = 200


@dataclass(frozen=True)
class Panel:
    """Counts of units by periods; a cell without exposure is not there."""

    counts: Floats  # (units, periods)
    exposure: Floats  # (units, periods), 0 where the cell is missing or tells nothing
    labels: Ints  # (units, periods), -1 for none
    n_labels: int
    cluster: Ints  # (units,), 0 … n_clusters - 1
    n_clusters: int

    @cached_property
    def labelled(self) -> tuple[Ints, Ints, Ints]:
        """Unit, period and label of the cells that have one; asked for in every step."""
        units, periods = np.nonzero(self.labels >= 0)
        return units, periods, self.labels[units, periods]


@dataclass(frozen=True, slots=True)
class TwoWayFit:
    """The effects of the labels, on the log scale."""

    coefficients: Floats
    covariance: Floats  # cluster-robust, CRV1
    bias: Floats  # what the CRV1 variance is multiplied by on the average, under Poisson
    freedom: Floats  # degrees of freedom of each variance
    model_covariance: Floats  # Poisson
    expected: Floats  # (units, periods)
    has_settled: bool


def fit_two_way(panel: Panel) -> TwoWayFit:
    """Return the effects of labels, by Newton steps on the likelihood given the units' sums.

    Every label, period and unit must hold events. Raises ValueError where the labels cannot be
    told from the periods and units.
    """
    n_free = panel.counts.shape[1] - 1
    theta = np.zeros(n_free + panel.n_labels)
    theta[:n_free] = _first_guess(panel)
    mean = _mean(panel, theta)
    information = _information(panel, mean)
    if not _is_informed(information):
        raise ValueError(
            "the effect cannot be told from those of units and periods: some must be treated "
            "while others are not yet, and some never"
        )
    has_settled = False
    for _ in range(MOST_STEPS):
        if not _is_informed(information):  # an effect on its way to no end
            break
        step = np.linalg.solve(information, _scores(panel, panel.counts - mean).sum(axis=0))
        theta = theta + np.clip(step, -2, 2)
        mean = _mean(panel, theta)
        information = _information(panel, mean)
        if np.abs(step).max() < 1e-9:
            has_settled = True
            break
    if not has_settled:
        return _unsettled(panel, mean)
    inverse = np.asarray(np.linalg.inv(information), float)
    scores = _scores(panel, panel.counts - mean) @ inverse[:, n_free:]
    clustered = _by_cluster(panel, scores)
    n, k, g = int((panel.exposure > 0).sum()), len(theta), panel.n_clusters
    factor = g / (g - 1) * (n - 1) / (n - k - 1) if g > 1 and n > k + 1 else float("nan")
    bias, freedom = _quality(panel, mean, inverse, factor)
    covariance = factor * clustered.T @ clustered
    model = inverse[n_free:, n_free:]
    return TwoWayFit(theta[n_free:], covariance, bias, freedom, model, mean, has_settled=True)


def _first_guess(panel: Panel) -> Floats:
    rate = panel.counts.sum(axis=0) / panel.exposure.sum(axis=0)
    return np.asarray(np.log(rate[1:] / rate[0]))


def _mean(panel: Panel, theta: Floats) -> Floats:
    """Return the expected counts; those of a unit add up to its own."""
    n_free = panel.counts.shape[1] - 1
    period = np.exp(np.append(0.0, theta[:n_free]))
    label = np.exp(np.append(theta[n_free:], 0.0))  # the last stands for the label -1
    weight = panel.exposure * period * label[panel.labels]
    return np.asarray(weight * (panel.counts.sum(axis=1) / weight.sum(axis=1))[:, None])


def _label_sums(panel: Panel, cells: Floats) -> Floats:
    """Return the sum of cells for each unit and label."""
    units, periods, labels = panel.labelled
    place = units * panel.n_labels + labels
    size = len(cells) * panel.n_labels
    sums = np.bincount(place, cells[units, periods], minlength=size)
    return np.asarray(sums.reshape(len(cells), -1), float)


def _scores(panel: Panel, residual: Floats) -> Floats:
    """Return each unit's part in the slope of the likelihood: (units, periods - 1 + labels)."""
    return np.hstack((residual[:, 1:], _label_sums(panel, residual)))


def _information(panel: Panel, mean: Floats) -> Floats:
    """Return the information of periods and labels, the effects of units taken out."""
    sums = _scores(panel, mean)
    n_free = mean.shape[1] - 1
    units, periods, labels = panel.labelled
    place = periods * panel.n_labels + labels
    size = mean.shape[1] * panel.n_labels
    crossed = np.bincount(place, mean[units, periods], minlength=size)
    crossed = crossed.reshape(mean.shape[1], -1)[1:]
    whole = np.diag(sums.sum(axis=0))
    whole[:n_free, n_free:], whole[n_free:, :n_free] = crossed, crossed.T
    return np.asarray(whole - sums.T @ (sums / mean.sum(axis=1)[:, None]), float)


def _is_informed(information: Floats) -> bool:
    """Return whether there is information on every combination of effects."""
    size = np.sqrt(np.maximum(np.diag(information), 0))
    if not np.all((size > 0) & np.isfinite(size)):
        return False
    excess = information / size / size[:, None] - NO_INFORMATION * np.eye(len(size))
    try:  # only what is positive definite has such a root, and eigenvalues take far longer
        np.linalg.cholesky(excess)
    except np.linalg.LinAlgError:
        return False
    return True


def _unsettled(panel: Panel, mean: Floats) -> TwoWayFit:
    """Return that nothing is known of the labels."""
    none = np.full(panel.n_labels, np.nan)
    nothing = np.full((panel.n_labels, panel.n_labels), np.nan)
    return TwoWayFit(none, nothing, none, none, nothing, mean, has_settled=False)


def _by_cluster(panel: Panel, rows: Floats) -> Floats:
    """Return the sums of the units' rows over each cluster."""
    if panel.n_clusters == len(rows):
        return rows
    sums = np.zeros((panel.n_clusters, rows.shape[1]))
    np.add.at(sums, panel.cluster, rows)
    return sums


def _quality(panel: Panel, mean: Floats, inverse: Floats, factor: float) -> tuple[Floats, Floats]:
    """Return the bias and the degrees of freedom of each label's CRV1 variance, under Poisson.

    A variance is a sum of squares of the clusters' scores, whose covariance under the model is
    known; its mean and variance give a scaled chi-squared.
    Source: Bell & McCaffrey (2002), Survey Methodology 28(2); Carter, Schnepel & Steigerwald
    (2017), Review of Economics and Statistics 99(4), for many clusters.
    """
    slopes = inverse[:, mean.shape[1] - 1 :]
    own = _by_cluster(panel, _own_information(panel, mean, slopes))
    if panel.n_clusters > MANY_CLUSTERS:
        effective = own.sum(axis=0) ** 2 / (own**2).sum(axis=0)
        return np.ones(panel.n_labels), np.minimum(effective, panel.n_clusters) - 1
    bias, freedom = np.ones(panel.n_labels), np.ones(panel.n_labels)
    for label, slope in enumerate(slopes.T):
        shared = _by_cluster(panel, _scores(panel, mean * _centred(panel, mean, slope)))
        spread = np.diag(own[:, label]) - shared @ inverse @ shared.T
        bias[label] = factor * np.trace(spread) / own[:, label].sum()
        freedom[label] = np.trace(spread) ** 2 / (spread**2).sum()
    return bias, np.minimum(freedom, panel.n_clusters - 1)


def _own_information(panel: Panel, mean: Floats, slopes: Floats) -> Floats:
    """Return each unit's part of the information on a combination of effects: (units, labels).

    slopes : (periods - 1 + labels, labels), the combinations.  The part is the sum over cells of
    mean · (x - x̄)², x being what the combination gives the cell; x̄ is the unit's mean of it.
    """
    n_free = mean.shape[1] - 1
    period, label = np.vstack((np.zeros(panel.n_labels), slopes[:n_free])), slopes[n_free:]
    sums = _label_sums(panel, mean)
    squares = mean @ period**2 + sums @ label**2
    for at in range(n_free + 1):  # a unit is in a period once, so that nothing is added twice
        units = np.flatnonzero(panel.labels[:, at] >= 0)
        crossed = period[at] * label[panel.labels[units, at]]
        squares[units] += 2 * mean[units, at, None] * crossed
    total = mean @ period + sums @ label
    return np.asarray(np.maximum(squares - total**2 / mean.sum(axis=1)[:, None], 0))


def _centred(panel: Panel, mean: Floats, slope: Floats) -> Floats:
    """Return what a combination of effects gives each cell, less its unit's mean."""
    n_free = mean.shape[1] - 1
    cells = np.append(0.0, slope[:n_free]) + np.append(slope[n_free:], 0.0)[panel.labels]
    return np.asarray(cells - ((mean * cells).sum(axis=1) / mean.sum(axis=1))[:, None])
