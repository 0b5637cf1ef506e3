"""Samples that are made to add up to what is known of those they were drawn from."""

import numpy as np

from benchmarks.methods.inputs import sample
from benchmarks.methods.method import Act, Method


def our_raking(data: tuple) -> Act:
    """Return raked weights; a share with its linearised standard error is reckoned as well."""
    from lykta import analysis

    margins, targets, answers = data

    def act() -> np.ndarray:
        raked = analysis.rake(margins, targets)
        analysis.weighted_mean(answers, raked)
        return raked.weights

    return act


def peers_raking(data: tuple) -> Act:
    """Return the same weights by ipfn, one row a respondent; it has no standard error."""
    import pandas as pd
    from ipfn import ipfn

    margins, targets, _ = data
    names = [f"margin_{k}" for k in range(len(margins))]
    people = pd.DataFrame(dict(zip(names, margins, strict=True)))
    totals = [
        pd.Series(target, index=pd.RangeIndex(len(target), name=name))
        for name, target in zip(names, targets, strict=True)
    ]
    by = [[name] for name in names]

    def act() -> np.ndarray:
        # Its own default stops earlier than ours; this is as near.
        raking = ipfn.ipfn(people.assign(total=1.0), totals, by, convergence_rate=1e-10)
        return raking.iteration()["total"].to_numpy()

    return act


METHODS = (
    Method(
        "raking with SE", "1e6 respondents, 4 margins", "ipfn, without SE",
        lambda: sample(1_000_000), our_raking, peers_raking, times=15, within=1e-7,
    ),
)  # fmt: skip
