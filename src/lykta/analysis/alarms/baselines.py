"""Which weeks of the past a week is judged by, and how they are weighed."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from lykta.analysis.alarms.loglinear import Design
from lykta.analysis.alarms.series import Places

Threshold = Literal["nb", "delta", "muan", "predictive"]
Errors = Literal["pearson", "surveillance"]


@dataclass(frozen=True, slots=True)
class FarringtonForm:
    """The choices of one form of the method; `dataclasses.replace` makes another of it.

    years_back, half_window : the weeks around the same week of so many years before.
    n_periods : 1 takes those weeks alone; p takes all weeks since, with a level for those and for
        each of the p - 1 stretches between.
    past_weeks_excluded : the latest weeks teach nothing, lest an outbreak in them does.
    outlier_above : standardised Anscombe residual from which a week of the past weighs less.
    trend_level : the trend is kept if its p-value is below this (1: always), the baseline spans
        three years, and the trend does not foretell more than was ever seen.
    fewest_events, recent_weeks : a week is judged only if it and those before it hold so many.
    season_length : weeks in a year.
    threshold : see `farrington`.
    is_alpha_shared : half of alpha belongs to the low side, of which nothing is said.
    errors : "pearson" scales the standard errors by Pearson's dispersion of the weighted fit.
        "surveillance" does as the R package does in its flexible form: by the weighted squares of
        relative residuals, about 1 / mean of that. Only to compare with the package: it draws
        the bounds "delta" and "muan" too low where a week holds more than one event.
    """

    years_back: int = 5
    half_window: int = 3
    n_periods: int = 10
    past_weeks_excluded: int = 26
    outlier_above: float = 2.58
    trend_level: float = 1.0
    fewest_events: int = 5
    recent_weeks: int = 4
    season_length: float = 52.0
    threshold: Threshold = "nb"
    is_alpha_shared: bool = False
    errors: Errors = "pearson"

    def __post_init__(self) -> None:
        counted = ("years_back", "n_periods", "recent_weeks")
        for name in (*counted, "half_window", "past_weeks_excluded", "fewest_events"):
            if getattr(self, name) < (least := int(name in counted)):
                raise ValueError(f"{name}={getattr(self, name)} must be at least {least}")
        for name, known in (("threshold", get_args(Threshold)), ("errors", get_args(Errors))):
            if getattr(self, name) not in known:
                raise ValueError(f"{name}={getattr(self, name)!r} must be one of {known}")
        between = int(self.season_length) - 2 * self.half_window - 1
        if between < self.n_periods - 1:
            raise ValueError(
                f"n_periods={self.n_periods}: only {between} weeks lie between windows"
            )
        n_weeks, n_terms = len(self.baseline()[0]), self.n_periods + 1
        if n_weeks <= n_terms:
            raise ValueError(
                f"a baseline of {n_weeks} weeks for {n_terms} terms; at least {n_terms + 1} are "
                "needed: raise years_back or half_window"
            )

    @property
    def may_have_trend(self) -> bool:
        """Whether the baseline spans the three years that a trend needs."""
        return self.years_back >= 3

    def baseline(self) -> tuple[Places, Places]:
        """Return how many weeks ago each week of the baseline was, and its level; by level."""
        same_week = [round(year * self.season_length) for year in range(self.years_back + 1)]
        level = np.full(same_week[-1] + self.half_window + 1, -1)  # by weeks ago
        for week in same_week:
            level[max(week - self.half_window, 0) : week + self.half_window + 1] = (
                self.n_periods - 1
            )
        for later, earlier in pairwise(same_week if self.n_periods > 1 else ()):
            between = np.arange(earlier - self.half_window - 1, later + self.half_window, -1)
            # The first stretches of a year are a week longer where it does not come out even.
            for stretch, ago in enumerate(np.array_split(between, self.n_periods - 1)):
                level[ago] = stretch
        level[: self.past_weeks_excluded + 1] = -1
        taken = np.flatnonzero(level >= 0)
        taken = taken[np.argsort(level[taken], kind="stable")]
        _, among_taken = np.unique(level[taken], return_inverse=True)
        return taken, among_taken

    def design(self, *, has_trend: bool) -> Design:
        """Return the terms of the mean in each week of the baseline."""
        ago, level = self.baseline()
        return Design(level, -ago.astype(float), has_trend)


ORIGINAL_1996 = FarringtonForm(
    n_periods=1,
    past_weeks_excluded=3,
    outlier_above=1.0,
    trend_level=0.05,
    threshold="delta",
    is_alpha_shared=True,
)
FLEXIBLE_2013 = FarringtonForm()
