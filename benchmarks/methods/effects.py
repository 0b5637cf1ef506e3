"""Did a measure help?"""

from typing import Any, NamedTuple

import numpy as np

from benchmarks.methods.inputs import outcomes, pairs_of_counts, panel
from benchmarks.methods.method import Act, Method

FIRST_TREATED = 40
LEVEL = 0.95


def our_displacement(sides: np.ndarray) -> Act:
    """Return estimate, standard error, z and interval of each test."""
    from lykta import analysis

    def act() -> list[np.ndarray]:
        found = analysis.wdd(*sides, dispersion=1)
        return [found.estimate, found.standard_error, found.z, found.low, found.high]

    return act


class Displacement(NamedTuple):
    """What the closed form gives of one test."""

    estimate: float
    standard_error: float
    z: float
    low: float
    high: float


def closed_form(
    treated: list, control: list, treated_next: list, control_next: list, normal: Any
) -> Displacement:
    """Return one test of counts before and after, in the four areas."""
    own = (treated[1] - treated[0]) - (control[1] - control[0])
    next_door = (treated_next[1] - treated_next[0]) - (control_next[1] - control_next[0])
    error = sum((*treated, *control, *treated_next, *control_next)) ** 0.5
    estimate = own + next_door
    reach = normal.ppf(1 - (1 - LEVEL) / 2) * error
    return Displacement(estimate, error, estimate / error, estimate - reach, estimate + reach)


def looped_displacement(sides: np.ndarray) -> Act:
    """Return the same by a loop; all counts are plain numbers before the clock starts."""
    from scipy.stats import norm  # noqa: TID251 - the peer has it

    tests = np.swapaxes(sides, 0, 1).tolist()
    return lambda: np.transpose([closed_form(*test, norm) for test in tests])


def our_did(data: dict) -> Act:
    """Return the coefficient and its CRV1 standard error."""
    from lykta import analysis

    columns = [data[name] for name in ("y", "unit", "time", "treated")]

    def act() -> list[float]:
        found = analysis.poisson_did(*columns)
        return [found.coefficient, found.standard_error]

    return act


def peers_did(data: dict) -> Act:
    """Return the same by pyfixest."""
    import pandas as pd
    import pyfixest

    table = pd.DataFrame(data)

    def act() -> list[np.ndarray]:
        fit = pyfixest.fepois("y ~ treated | unit + time", table, vcov={"CRV1": "unit"})
        return [fit.coef().to_numpy(), fit.se().to_numpy()]

    return act


def our_event_study(data: dict) -> Act:
    """Return the coefficients and their CRV1 standard errors."""
    from lykta import analysis

    columns = [data[name] for name in ("y", "unit", "time", "treated")]

    def act() -> list[np.ndarray]:
        found = analysis.event_study(*columns)
        return [found.coefficient, found.standard_error]

    return act


def peers_event_study(data: dict) -> Act:
    """Return the same by pyfixest; units never treated stand in the reference period."""
    import pandas as pd
    import pyfixest

    table = pd.DataFrame(data)
    is_ever = table.groupby("unit")["treated"].transform("max") == 1
    start = table.loc[table["treated"] == 1, "time"].min()
    table["since"] = np.where(is_ever, table["time"] - start, -1)

    def act() -> list[np.ndarray]:
        fit = pyfixest.fepois("y ~ i(since, ref=-1) | unit + time", table, vcov={"CRV1": "unit"})
        return [fit.coef().to_numpy(), fit.se().to_numpy()]

    return act


def our_synthetic_fit(rates: np.ndarray) -> Act:
    """Return how far the weights of one unit are from the optimum, over the objective."""
    from lykta.analysis.effects.synthetic import simplex_weights

    past = rates[:, :FIRST_TREATED]
    return lambda: [simplex_weights(past[1:], past[0])[1]]


def our_synthetic_placebos(rates: np.ndarray) -> Act:
    """Return the same, the furthest of all units, each in its turn taken for treated."""
    from lykta import analysis

    return lambda: [analysis.synthetic_control(rates, 0, FIRST_TREATED).kkt_gap]


def peers_synthetic_fit(rates: np.ndarray) -> Act:
    """Return the misfit of pysyncon, which seeks weights of four means of the past as well."""
    import pandas as pd
    from pysyncon import Dataprep, Synth

    n_units, n_periods = rates.shape
    unit, time = np.repeat(np.arange(n_units), n_periods), np.tile(np.arange(n_periods), n_units)
    table = pd.DataFrame({"unit": unit, "time": time, "rate": rates.ravel()})
    before = list(range(FIRST_TREATED))
    quarters = [before[k : k + FIRST_TREATED // 4] for k in before[:: FIRST_TREATED // 4]]
    prepared = Dataprep(
        foo=table, predictors=[], predictors_op="mean", dependent="rate",
        unit_variable="unit", time_variable="time", treatment_identifier=0,
        controls_identifier=list(range(1, n_units)), time_predictors_prior=before,
        time_optimize_ssr=before, special_predictors=[("rate", span, "mean") for span in quarters],
    )  # fmt: skip

    def act() -> list[float]:
        synth = Synth()
        synth.fit(dataprep=prepared)
        return [synth.mspe()]

    return act


METHODS = (
    Method(
        "WDD", "1e5 tests", "a loop of the closed form, scipy.stats.norm in each",
        lambda: pairs_of_counts(100_000), our_displacement, looped_displacement,
        times=500, within=1e-12,
    ),
    Method(
        "Poisson DiD", "6,000 units x 60 periods", "pyfixest.fepois",
        lambda: panel(6_000, 60), our_did, peers_did, times=3, within=1e-6,
    ),
    Method(
        "event study", "6,000 units x 60 periods, 59 terms", "pyfixest.fepois",
        lambda: panel(6_000, 60), our_event_study, peers_event_study,
        times=5, most_memory=0.25, within=1e-6,
    ),
    Method(
        "synthetic control, one fit", "200 donors", "the exact optimum (KKT gap)",
        lambda: outcomes(200), our_synthetic_fit, most_s=0.01, known=0.0, within=1e-9,
    ),
    Method(
        "synthetic control, all placebos", "200 donors", "the exact optimum (KKT gap)",
        lambda: outcomes(200), our_synthetic_placebos, most_s=1.0, known=0.0, within=1e-9,
    ),
    Method(
        "synthetic control, beside pysyncon", "one fit, 200 donors",
        "pysyncon.Synth: another, harder problem",
        lambda: outcomes(200), our_synthetic_fit, peers_synthetic_fit,
    ),
)  # fmt: skip
