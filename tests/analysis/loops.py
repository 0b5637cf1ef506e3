"""Farrington's method written out, one series and one week at a time, with plain matrices."""

import numpy as np
from scipy import special


def baseline(now, form):
    """Return {week: level} of what week `now` is judged by."""
    width, year = form.half_window, int(form.season_length)
    weeks = {}
    for back in range(form.years_back + 1):
        middle = now - back * year
        for week in range(middle - width, middle + width + 1):
            weeks[week] = 0
        if back and form.n_periods > 1:
            week = middle + width + 1
            length, rest = divmod(year - 2 * width - 1, form.n_periods - 1)
            for stretch in range(1, form.n_periods):
                for _ in range(length + (stretch <= rest)):
                    weeks[week] = stretch
                    week += 1
    return {w: k for w, k in weeks.items() if w < now - form.past_weeks_excluded}


def glm(y, x, prior):
    """Return coefficients, unscaled covariance, means, weights, residual degrees of freedom."""
    mu = y + 0.1
    for _ in range(60):
        w = prior * mu
        information = x.T @ (w[:, None] * x)
        beta = np.linalg.solve(information, x.T @ (w * (np.log(mu) + (y - mu) / mu)))
        mu = np.exp(x @ beta)
    return beta, np.linalg.inv(information), mu, w, len(y) - x.shape[1]


def weighed(y, x, form):
    """Return the fit after past outbreaks have been weighed down, and its dispersion."""

    def spread(mu, w, freedom):
        return np.sum(w * ((y - mu) / mu) ** 2) / freedom

    _, covariance, mu, w, freedom = glm(y, x, np.ones(len(y)))
    phi = max(spread(mu, w, freedom), 1)
    hat = w * np.array([row @ covariance @ row for row in x])
    s = 1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - np.sqrt(mu)) / np.sqrt(phi * (1 - hat))
    omega = np.array([value**-2 if value > form.outlier_above else 1.0 for value in s])
    omega *= len(y) / omega.sum()
    beta, covariance, mu, w, freedom = glm(y, x, omega)
    return beta, covariance, spread(mu, w, freedom), freedom


def judge(counts, now, form):
    """Return expected, standard error of its logarithm, dispersion, trend (None: not used)."""
    weeks = baseline(now, form)
    y = np.array([counts[week] for week in weeks], float)
    levels = np.eye(form.n_periods)
    time = np.array(list(weeks), float) - now
    x = np.array([levels[level] for level in weeks.values()])
    with_trend = np.column_stack((x, time))
    beta, covariance, phi, freedom = weighed(y, with_trend, form)
    t = abs(beta[-1]) / np.sqrt(phi * covariance[-1, -1])
    significant = form.trend_level >= 1 or 2 * special.stdtr(freedom, -t) < form.trend_level
    trend = beta[-1]
    if form.years_back < 3 or not significant or np.exp(beta[0]) > y.max():
        beta, covariance, phi, freedom = weighed(y, x, form)
        trend = None
    error = np.sqrt(max(phi, 1) * covariance[0, 0])
    return np.exp(beta[0]), error, max(phi, 1), trend
