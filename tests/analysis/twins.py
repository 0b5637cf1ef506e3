"""Plain twins of what the analysis does cleverly: slow, short, and easy to believe."""

import itertools

import numpy as np
import shapely


def touching(x, y, polygons):
    """Return the set of areas that hold or touch each point, by GEOS."""
    points = shapely.points(x, y)
    return [{k for k, area in enumerate(polygons) if shapely.intersects(area, p)} for p in points]


def strictly_inside(x, y, polygons):
    """Return the first area whose inside holds each point; -1 if none, by GEOS."""
    points = shapely.points(x, y)
    held = [[k for k, area in enumerate(polygons) if shapely.contains(area, p)] for p in points]
    return [one[0] if one else -1 for one in held]


def even_odd(x, y, polygon):
    """Return whether a ray from the point crosses the borders an odd number of times."""
    is_inside = False
    for ring in shapely.get_rings(polygon):
        for (xa, ya), (xb, yb) in itertools.pairwise(shapely.get_coordinates(ring)):
            if (ya <= y) != (yb <= y) and x >= xa + (y - ya) * (xb - xa) / (yb - ya):
                is_inside = not is_inside
    return is_inside


def gi_star(values, lists):
    """Return Ord & Getis's standardised Gi*, place by place."""
    n, mean, spread = len(values), np.mean(values), np.std(values)
    z = []
    for i, near in enumerate(lists):
        k = len(near) + 1
        total = values[i] + sum(values[j] for j in near)
        z.append((total - k * mean) / (spread * np.sqrt((n * k - k**2) / (n - 1))))
    return np.array(z)


def gi(values, lists):
    """Return Ord & Getis's standardised Gi, place by place; nan where the others are all alike."""
    n, z = len(values), []
    for i, near in enumerate(lists):
        others = np.delete(values, i)
        spread = np.std(others) * np.sqrt(len(near) * (n - 1 - len(near)) / (n - 2))
        excess = sum(values[j] for j in near) - len(near) * np.mean(others)
        z.append(excess / spread if spread > 1e-9 else np.nan)
    return np.array(z)


def matrix(lists, weights):
    """Return weights as a full matrix, by row or binary."""
    full = np.zeros((len(lists), len(lists)))
    for i, near in enumerate(lists):
        full[i, near] = 1 / len(near) if weights == "row" else 1
    return full


def moran(values, w):
    """Return Moran's I from a matrix of weights."""
    z = values - np.mean(values)
    return len(values) / w.sum() * (z @ w @ z) / np.sum(z**2)


def geary(values, w):
    """Return Geary's C from a matrix of weights."""
    apart = np.sum(w * np.subtract.outer(values, values) ** 2)
    return (len(values) - 1) * apart / (2 * w.sum() * np.sum((values - np.mean(values)) ** 2))


def general_g(values, w):
    """Return Getis and Ord's G from a matrix of weights."""
    return (values @ w @ values) / (np.sum(values) ** 2 - np.sum(values**2))


def tails(values, lists, draws):
    """Return, place by place, how many draws reach its sum, leaving out those that hold it."""
    upper, lower, used = [], [], []
    for i, near in enumerate(lists):
        chosen = [draw[: len(near)] for draw in draws.T if i not in draw[: len(near)]]
        sums = np.array([values[one].sum() for one in chosen])
        observed = values[near].sum()
        upper.append(int((sums >= observed - 1e-9).sum()) if near else 0)
        lower.append(int((sums <= observed + 1e-9).sum()) if near else 0)
        used.append(len(chosen) if near else 0)
    return upper, lower, used


def q_values(p):
    """Return Benjamini–Hochberg's q: the least of p·n/rank over all tests with a larger p."""
    n = len(p)
    at = [pi * n / sum(other <= pi for other in p) for pi in p]
    return np.array([min(1, *(a for a, pj in zip(at, p, strict=True) if pj >= pi)) for pi in p])


def completions(total, is_small, is_hidden, shown, smallest_shown, most):
    """Return every row of counts that agrees with what a reader sees."""
    choices = [
        [int(value)]
        if not hidden
        else range(1, smallest_shown)
        if small
        else range(smallest_shown, most + 1)
        for value, small, hidden in zip(shown, is_small, is_hidden, strict=True)
    ]
    return [row for row in itertools.product(*choices) if sum(row) == total]
