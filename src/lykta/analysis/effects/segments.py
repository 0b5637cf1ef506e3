"""Log-linear means of counts in time, and how sure they are when one period goes with the next."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.effects.reading import Verdict, read_against

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

MOST_STEPS = 60
# How periods go together is worked out pair by pair; more of them take minutes.
MOST_PERIODS = 2_000
# Correlations of one period with the next among which the one behind the residuals is sought.
LAGS_TRIED = np.linspace(0.0, 0.95, 20)


@dataclass(frozen=True, slots=True)
class Segmented:
    """A log-linear mean fitted to one series."""

    design: Floats  # (n, k)
    coefficients: Floats
    expected: Floats  # (n,)
    residual: Floats  # (n,) counts less expected
    variance: Floats  # (n,) of the counts, by the model
    inverse: Floats  # (k, k), inverse of the weighted information
    weight: Floats  # (n,) of the residuals in the estimating equations; 1 for Poisson
    dispersion: float  # Pearson's statistic over its degrees of freedom
    extra: float  # of the negative binomial: variance = mean + extra · mean²; 0 for quasi-Poisson


def design(n: int, n_before: int | Longs, season_length: float | None, n_waves: int) -> Floats:
    """Return the columns of the mean: level, trend, change of level, change of trend, waves.

    n_before may be a column of dates, (m, 1): the result is then (m, n, columns).
    """
    if n > MOST_PERIODS:
        raise ValueError(
            f"{n} periods; at most {MOST_PERIODS} are allowed: take longer ones, such as weeks"
        )
    at = np.arange(n)
    since = np.maximum(at - np.asarray(n_before) + 0.5, 0.0)
    turn = 0.0 if season_length is None else 2 * np.pi / season_length
    n_waves = 0 if season_length is None else n_waves
    waves = [f(k * turn * at) for k in range(1, n_waves + 1) for f in (np.cos, np.sin)]
    columns = [np.ones(n), (at - n / 2) / n, (since > 0).astype(float), since / n, *waves]
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def poisson_many(counts: Floats, designs: Floats) -> tuple[Floats, Floats, Floats]:
    """Return coefficients, inverse information and dispersion of many means of one series.

    counts : (n,).  designs : (m, n, k).
    """
    m, n, k = designs.shape
    beta = np.zeros((m, k))
    beta[:, 0] = np.log(counts.mean())
    for _ in range(MOST_STEPS):
        mean = np.exp(np.clip(np.einsum("mnk,mk->mn", designs, beta), -30, 30))
        information = designs.transpose(0, 2, 1) @ (designs * mean[..., None])
        score = np.einsum("mnk,mn->mk", designs, counts - mean)
        step = np.linalg.solve(information, score[..., None])[..., 0]
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    mean = np.exp(np.clip(np.einsum("mnk,mk->mn", designs, beta), -30, 30))
    pearson = ((counts - mean) ** 2 / mean).sum(axis=1) / (n - k)
    return beta, np.linalg.inv(information), pearson


def quasi_poisson(counts: Floats, columns: Floats) -> Segmented:
    """Return the fit whose variance is a multiple of the mean."""
    beta, inverse, pearson = poisson_many(counts, columns[None])
    mean = np.exp(np.clip(columns @ beta[0], -30, 30))
    phi = float(pearson[0])
    return Segmented(
        columns,
        beta[0],
        mean,
        counts - mean,
        max(phi, 1e-9) * mean,
        inverse[0],
        np.ones(len(counts)),
        phi,
        0.0,
    )


def negative_binomial(counts: Floats, columns: Floats) -> Segmented:
    """Return the fit whose variance is mean + extra · mean², `extra` by Pearson's statistic.

    Source: Breslow (1984), Applied Statistics 33(1), for the moment equation.
    """
    start = quasi_poisson(counts, columns)
    beta, mean, freedom = start.coefficients, start.expected, len(counts) - columns.shape[1]
    extra, inverse = 0.0, start.inverse
    for _ in range(MOST_STEPS):
        extra = _extra(counts, mean, freedom)
        weight = 1 / (1 + extra * mean)
        inverse = np.asarray(np.linalg.inv(columns.T @ (columns * (mean * weight)[:, None])), float)
        step = inverse @ (columns.T @ (weight * (counts - mean)))
        beta = beta + np.clip(step, -1, 1)
        mean = np.exp(np.clip(columns @ beta, -30, 30))
        if np.abs(step).max() < 1e-9:
            break
    return Segmented(
        columns, beta, mean, counts - mean, mean + extra * mean**2, inverse, 1 / (1 + extra * mean),
        start.dispersion, extra,
    )  # fmt: skip


def _extra(counts: Floats, mean: Floats, freedom: int) -> float:
    """Return the extra variance that makes Pearson's statistic its degrees of freedom."""
    squares = (counts - mean) ** 2
    low, high = 0.0, 1.0
    if np.sum(squares / mean) <= freedom:
        return 0.0
    while np.sum(squares / (mean + high * mean**2)) > freedom and high < 1e6:
        high *= 4
    for _ in range(60):
        middle = (low + high) / 2
        is_low = np.sum(squares / (mean + middle * mean**2)) > freedom
        low, high = (middle, high) if is_low else (low, middle)
    return (low + high) / 2


def n_lags(n: int) -> int:
    """Return how many lags Newey and West's variance takes in: 1.3 √n, rounded down.

    Source: Lazarus, Lewis, Stock & Watson (2018), J. Business & Economic Statistics 36(4).

    >>> n_lags(100), n_lags(260)
    (13, 20)
    """
    return int(1.3 * n**0.5)


def lag_correlation(fit: Segmented) -> float:
    """Return the correlation of one period with the next behind the residuals, 0 to 0.95.

    Residuals hang together less than what is behind them, for the fit follows it: of the
    correlations tried, and between them, the one whose residuals would show on the average what
    these show.
    """
    spread = np.sqrt(fit.variance)
    maker = _residual_maker(fit) * spread / spread[:, None]
    standard = fit.residual / spread
    seen = float(standard[1:] @ standard[:-1]) / max(float(standard @ standard), 1e-300)
    products, squares = maker[1:].T @ maker[:-1], maker.T @ maker
    shown = [
        np.sum(chance * products) / np.sum(chance * squares)
        for chance in (autoregressive(len(spread), rho) for rho in LAGS_TRIED)
    ]
    return float(np.interp(seen, shown, LAGS_TRIED))


def autoregressive(n: int, rho: float) -> Floats:
    """Return the correlations of n periods, each going with the next by rho."""
    return np.asarray(rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n))))


def contrast(
    fits: list[Segmented], correlations: list[float], weights: Floats, level: float
) -> tuple[float, Verdict, float]:
    """Return a weighted sum of coefficients, its test and interval, and degrees of freedom.

    fits : one series, or two whose coefficients are subtracted.  correlations : of each, from
        `lag_correlation`.  weights : (k,).
    Newey and West's variance of what each period adds to the estimate (both series together, so
    that what they share cancels), times what it falls short of on the average when each series
    is autoregressive with its correlation; t with the degrees of freedom that its own variance
    then has (Satterthwaite).
    Source: Newey & West (1987), Econometrica 55(3); Bell & McCaffrey (2002), Survey Methodology
    28(2), for bias and freedom under a working model.
    """
    n = len(fits[0].residual)
    estimate, added, truth, working = 0.0, np.zeros(n), 0.0, np.zeros((n, n))
    for sign, fit, rho in zip((1, -1), fits, correlations, strict=False):
        estimate += sign * float(weights @ fit.coefficients)
        added += sign * _pull(fit, weights) * fit.residual
        own, left = _worked_out(fit, rho, weights)
        truth, working = truth + own, working + left
    kernel = _bartlett(n)
    bias = float(np.sum(kernel * working)) / truth
    variance = float(added @ kernel @ added) / bias
    freedom = _freedom(kernel, working)
    read = read_against(estimate, np.sqrt(max(variance, 0.0)), freedom, level, "two-sided")
    return estimate, read, freedom


def foreseen(fit: Segmented, correlation: float, weights: Floats) -> tuple[float, float]:
    """Return the standard error and the degrees of freedom `contrast` has under its own model."""
    truth, working = _worked_out(fit, correlation, weights)
    return float(np.sqrt(truth)), _freedom(_bartlett(len(fit.expected)), working)


def _pull(fit: Segmented, weights: Floats) -> Floats:
    """Return how far each residual pulls a weighted sum of coefficients."""
    return np.asarray(fit.weight * (fit.design @ (fit.inverse @ weights)))


def _worked_out(fit: Segmented, rho: float, weights: Floats) -> tuple[float, Floats]:
    """Return the variance of a weighted sum, and the covariance of what residuals add to it."""
    pull, spread = _pull(fit, weights), np.sqrt(fit.variance)
    covariance = spread[:, None] * autoregressive(len(spread), rho) * spread
    left = pull[:, None] * _residual_maker(fit)
    return float(pull @ covariance @ pull), np.asarray(left @ covariance @ left.T)


def _bartlett(n: int) -> Floats:
    """Return Newey and West's weights of pairs of periods."""
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return np.maximum(1 - apart / (n_lags(n) + 1), 0.0)


def _freedom(kernel: Floats, working: Floats) -> float:
    """Return Satterthwaite's degrees of freedom of a quadratic form."""
    weighed = kernel @ working
    return float(np.trace(weighed) ** 2 / np.sum(weighed * weighed.T))


def _residual_maker(fit: Segmented) -> Floats:
    """Return the matrix that makes residuals of what chance adds to the counts."""
    pulled = (
        (fit.expected[:, None] * fit.design) @ fit.inverse @ (fit.weight[:, None] * fit.design).T
    )
    return np.eye(len(fit.residual)) - pulled
