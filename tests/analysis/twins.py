"""Plain twins of what the analysis does cleverly: slow, short, and easy to believe."""

import itertools

import numpy as np
import shapely
from scipy import optimize, sparse, special
from scipy.sparse import csgraph


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


def raked(margins, targets, base):
    """Return raked weights by passing over all respondents, margin by margin, a thousand times."""
    weights = np.array(base, float)
    for _ in range(1000):
        for code, target in zip(margins, targets, strict=True):
            weights = weights * (np.asarray(target) / np.bincount(code, weights))[code]
    return weights


def nearest_weights(margins, targets, least, largest):
    """Return the weights between bounds that meet the margins nearest to equal, by Kullback."""
    n, total = len(margins[0]), np.sum(targets[0])
    even = total / n
    meets = [
        {"type": "eq", "fun": lambda w, code=code, target=target: np.bincount(code, w) - target}
        for code, target in zip(margins, targets, strict=True)
    ]
    meets[1]["fun"] = lambda w: (np.bincount(margins[1], w) - targets[1])[1:]  # the rest follows
    found = optimize.minimize(
        lambda w: np.sum(w * np.log(w / even) - w + even),
        np.full(n, even),
        jac=lambda w: np.log(w / even),
        bounds=[(least * even, largest * even)] * n,
        constraints=meets,
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-14},
    )
    return found.x


def linearised_error(values, raked, margins, strata, clusters):
    """Return the error of a raked mean from a regression on all indicators, respondent by one."""
    weights, base = raked.weights, raked.base_weights
    columns = [code == k for code in margins for k in np.unique(code)]
    design = np.column_stack(columns).astype(float)
    gap = (values - np.average(values, weights=weights)) / weights.sum()
    root = np.sqrt(base)
    fit = np.linalg.pinv(design * root[:, None]) @ (gap * root)
    scores = weights * (gap - design @ fit)
    return np.sqrt(sum(_between(scores, strata == h, clusters) for h in np.unique(strata)))


def _between(scores, here, clusters):
    sums = np.array([scores[here & (clusters == c)].sum() for c in np.unique(clusters[here])])
    return len(sums) * np.var(sums, ddof=1)


def jackknife_error(values, weighted, margins, strata, clusters):
    """Return the error of a raked mean, raking anew without each cluster in turn."""
    mean, variance = np.average(values, weights=weighted.weights), 0.0
    for h in np.unique(strata):
        here = np.unique(clusters[strata == h])
        for c in here:
            kept = (strata != h) | (clusters != c)
            swell = np.where(strata == h, len(here) / (len(here) - 1), 1.0)
            weights = raked(
                [code[kept] for code in margins],
                weighted.cells.targets,
                (weighted.base_weights * swell)[kept],
            )
            variance += (np.average(values[kept], weights=weights) - mean) ** 2 * (
                1 - 1 / len(here)
            )
    return np.sqrt(variance)


def welch(first, second):
    """Return the two-sided p-value of Welch's test."""
    a, b = (y.var(ddof=1) / len(y) for y in (first, second))
    freedom = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1))
    return 2 * special.stdtr(freedom, -abs(first.mean() - second.mean()) / np.sqrt(a + b))


def holm_rejects(p, level):
    """Return which hypotheses Holm's steps reject, one after the other."""
    rejected = set()
    for step, k in enumerate(np.argsort(p, kind="stable")):
        if p[k] * (len(p) - step) > level:
            break
        rejected.add(int(k))
    return rejected


def extremes(published, row_totals, column_totals, low, high):
    """Return the least and greatest of each cell of a table, by two linear programs a cell."""
    n, m = published.shape
    sums = [np.repeat(np.eye(n), m, axis=1), np.tile(np.eye(m), n)]
    totals = np.concatenate((row_totals, column_totals))
    hidden = np.isnan(published).ravel()
    ends = [
        (at_least, at_most if np.isfinite(at_most) else None) if unseen else (shown, shown)
        for unseen, shown, at_least, at_most in zip(
            hidden, published.ravel(), low.ravel(), high.ravel(), strict=True
        )
    ]
    found = []
    for sign in (1, -1):
        each = [
            optimize.linprog(sign * aim, A_eq=np.vstack(sums), b_eq=totals, bounds=ends).fun * sign
            for aim in np.eye(n * m)
        ]
        found.append(np.round(np.reshape(each, (n, m)), 6))
    return found


def ranges_of_small(table, hidden, smallest_shown):
    """Return how far each small count of a table can be told, to one who sees which are small."""
    small = (table > 0) & (table < smallest_shown)
    low = np.where(small, 1.0, float(smallest_shown))
    high = np.where(small, smallest_shown - 1.0, np.inf)
    published = np.where(hidden, np.nan, table)
    ends = extremes(published, table.sum(axis=1), table.sum(axis=0), low, high)
    return np.array([end[small] for end in ends])


def cheapest_complements(table, cost, smallest_shown):
    """Return the least cost of complements, trying every choice in order of its cost."""
    small = (table > 0) & (table < smallest_shown)
    others = np.argwhere(table >= smallest_shown)
    wanted = ranges_of_small(table, table > 0, smallest_shown)
    choices = [
        (sum(cost[tuple(cell)] for cell in chosen), chosen)
        for size in range(len(others) + 1)
        for chosen in itertools.combinations(others, size)
    ]
    for spent, chosen in sorted(choices, key=lambda choice: choice[0]):
        hidden = small.copy()
        for cell in chosen:
            hidden[tuple(cell)] = True
        if np.array_equal(ranges_of_small(table, hidden, smallest_shown), wanted):
            return spent
    raise AssertionError("all hidden is always enough")


def greedy_complements(table, cost, smallest_shown):
    """Return the cost of hiding the cheapest cells one by one until that is enough."""
    hidden = (table > 0) & (table < smallest_shown)
    wanted = ranges_of_small(table, table > 0, smallest_shown)
    others = sorted(map(tuple, np.argwhere(table >= smallest_shown)), key=lambda cell: cost[cell])
    spent = 0.0
    for cell in others:
        if np.array_equal(ranges_of_small(table, hidden, smallest_shown), wanted):
            break
        hidden[cell] = True
        spent += cost[cell]
    return spent


def largest_move(grow, shrink, cell, need):
    """Return how far a cell of a table can grow, by a largest flow of another program's."""
    n, m = grow.shape
    pipes = np.zeros((n + m, n + m), np.int32)
    pipes[:n, n:] = np.minimum(grow, need)
    pipes[n:, :n] = np.minimum(shrink, need).T
    i, j = cell
    pipes[i, n + j] = pipes[n + j, i] = 0
    flow = csgraph.maximum_flow(sparse.csr_array(pipes), n + j, i)
    return min(flow.flow_value, need)
