"""Raked samples: do the intervals hold the truth, and do like groups pass for like?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.calibrate import MANY_WORLDS
from benchmarks.calibrate.rows import Row, row
from lykta.analysis import Design, differences, rake, weighted_mean

N_WORLDS = MANY_WORLDS
SOURCES = (
    "surveys/design",
    "surveys/differences",
    "surveys/estimates",
    "surveys/raking",
)
LEVEL = 0.95
ALPHAS = (0.01, 0.05, 0.10)
# Who there is by age and sex, and how readily each answers: raking is to make up for it.
PEOPLE = np.outer([0.2, 0.3, 0.3, 0.2], [0.5, 0.5])
ANSWERING = PEOPLE * np.outer([0.4, 0.8, 1.2, 1.6], [0.8, 1.2])
TARGETS = [PEOPLE.sum(axis=1), PEOPLE.sum(axis=0)]
EFFECT = 0.6  # of a cluster, on the logit of a share or in standard deviations of a mean
ANSWERS_A_CLUSTER = 15
GROUPS = 4
SYMMETRIC = "a symmetric interval of a rare share: the function warns; wilson is its rule"
SMALL = "few in the smallest category: the function warns and points to replicate"
RARE = "about eight yes in all; the function warns below five"
FEW = "about eight in the smallest category: an interval of skew answers is a little short"
FORTY = "forty clusters: the linearised error falls a little short; replicate does not"
HOLM = "six dependent pairs: at most its level, all together"


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers, the margins they are raked to, and the clusters they were drawn in."""

    values: np.ndarray
    margins: list[np.ndarray]
    design: Design


@dataclass(frozen=True, slots=True)
class Setting:
    """What is asked, of how many, and how they were drawn."""

    base: float | None  # of the logit of the share; None for a mean
    n: int
    is_clustered: bool

    def __str__(self) -> str:
        asked = "a mean" if self.base is None else f"a share near {self.truth():.0%}"
        if self.is_clustered:
            return f"{asked}, {self.n // ANSWERS_A_CLUSTER} clusters of {ANSWERS_A_CLUSTER}, raked"
        return f"{asked}, {self.n} one by one, raked"

    def truth(self) -> float:
        """Return the mean over all there are, and over clusters that might have been drawn."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(40)
        effects = EFFECT * nodes if self.is_clustered else np.zeros(40)
        means = self._means(np.arange(8)[:, None], effects)
        return float(PEOPLE.ravel() @ means @ weights / weights.sum())

    def draw(self, rng: np.random.Generator) -> Sample:
        """Return one sample, in which not all answer as readily."""
        cell = np.zeros(self.n, int)
        while (
            len(np.unique(cell // 2)) < 4
        ):  # a sample without a whole age group is not raked to it
            cell = rng.choice(8, self.n, p=ANSWERING.ravel() / ANSWERING.sum())
        cluster = np.arange(self.n) // ANSWERS_A_CLUSTER
        effects = EFFECT * rng.normal(size=self.n)[cluster] * self.is_clustered
        means = self._means(cell, effects)
        noise = rng.gamma(2, size=self.n) - 2
        values = means + noise if self.base is None else (rng.random(self.n) < means) * 1.0
        design = Design(clusters=cluster if self.is_clustered else None)
        return Sample(values, [cell // 2, cell % 2], design)

    def _means(self, cell: np.ndarray, effects: np.ndarray) -> np.ndarray:
        tilt = 0.4 * (cell // 2) - 0.5 * (cell % 2)
        if self.base is None:
            return tilt + effects
        return 1 / (1 + np.exp(-(self.base + tilt + effects)))


SETTINGS = (
    *(Setting(base, n, is_clustered=False) for base in (-1.0, None) for n in (100, 400)),
    Setting(-4.0, 300, is_clustered=False),
    *(Setting(base, n, is_clustered=True) for base in (-1.0, None) for n in (225, 600)),
)


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the coverage of every interval, and the false findings among like groups."""
    return [
        *(each for setting in SETTINGS for each in _coverage(setting, n_worlds, rng)),
        *(
            each
            for is_clustered in (False, True)
            for each in _groups(n_worlds, rng, is_clustered=is_clustered)
        ),
        *_years(n_worlds, rng),
    ]


def _coverage(setting: Setting, n_worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    kinds = ("t",) if setting.base is None else ("wilson", "logit", "t")
    asked = [(method, kind) for method in ("linearised", "replicate") for kind in kinds]
    truth = setting.truth()
    covered = {one: [] for one in asked}
    for _ in range(n_worlds):
        sample = setting.draw(rng)
        raked = rake(sample.margins, TARGETS)
        for method, kind in asked:
            found = weighted_mean(
                sample.values, raked, design=sample.design, method=method, interval=kind, rng=rng
            )
            covered[method, kind].append(float(found.low <= truth <= found.high))
    for method, kind in asked:
        note = SMALL if setting.n <= 400 and method == "linearised" else ""
        if setting.n == 100 and method == "replicate":
            note = FEW
        if setting.base == -4.0:
            note = SYMMETRIC if kind == "t" else RARE
        name = f"weighted_mean, {method}, {kind}"
        yield row(name, str(setting), "coverage", LEVEL, covered[method, kind], n_worlds, note)


def _groups(n_worlds: int, rng: np.random.Generator, *, is_clustered: bool) -> Iterator[Row]:
    """Return the false findings among groups of one sample."""
    setting, pairs, families = Setting(-1.0, 600, is_clustered), [], []
    for _ in range(n_worlds):
        sample = setting.draw(rng)
        raked, group = rake(sample.margins, TARGETS), rng.integers(0, GROUPS, setting.n)
        estimates = [
            weighted_mean(sample.values, raked, design=sample.design, domain=group == g)
            for g in range(GROUPS)
        ]
        found = differences(estimates, is_one_sample=True)
        pairs.append(found.p_two_sided)
        families.append(found.p_holm.min())
    where = f"{GROUPS} like groups, linearised, {setting}"
    yield from _false_findings(where, pairs, families, FORTY if is_clustered else "")


def _years(n_worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Return the false findings among samples of like years."""
    setting, pairs, families = Setting(-1.0, 225, is_clustered=True), [], []
    for _ in range(n_worlds):
        samples = [setting.draw(rng) for _ in range(GROUPS)]
        estimates = [
            weighted_mean(
                one.values, rake(one.margins, TARGETS), design=one.design, method="replicate"
            )
            for one in samples
        ]
        found = differences(estimates, is_one_sample=False)
        pairs.append(found.p_two_sided)
        families.append(found.p_holm.min())
    yield from _false_findings(f"{GROUPS} like years, replicate, {setting}", pairs, families)


def _false_findings(
    setting: str, pairs: list[np.ndarray], families: list[float], note: str = ""
) -> Iterator[Row]:
    for alpha in ALPHAS:
        shares = [float(np.mean(p <= alpha)) for p in pairs]
        n = sum(len(p) for p in pairs)
        yield row("differences, each pair", setting, "false alarms", alpha, shares, n, note)
    for alpha in ALPHAS:
        shares = [float(p <= alpha) for p in families]
        yield row("differences, holm", setting, "false alarms", alpha, shares, len(families), HOLM)
