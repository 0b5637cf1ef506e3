"""What is said of one promise: what was promised, what was seen, and how sure that is."""

from dataclasses import asdict, dataclass

import numpy as np

# Further off than this many Monte Carlo errors is not chance.
MOST_ERRORS = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """One promise of one method in one setting."""

    method: str
    setting: str
    promise: str  # "false alarms", "coverage" or "power"
    nominal: float
    observed: float
    error: float  # Monte Carlo standard error of `observed`
    n: int  # points, places or intervals looked at
    verdict: str  # "within", "conservative" or "anti-conservative"
    note: str = ""


def row(
    method: str, setting: str, promise: str, nominal: float, shares: list[float], n: int, note=""
) -> Row:
    """Return a row from the share of each world in which the event promised of occurred.

    shares : one number a world; worlds are independent, what is within one need not be.
    """
    observed, n_worlds = float(np.mean(shares)), len(shares)
    binomial = np.sqrt(nominal * (1 - nominal) / n)
    error = max(float(np.std(shares)) / np.sqrt(n_worlds), float(binomial))
    gap = observed - nominal if promise == "false alarms" else nominal - observed
    verdict = "within"
    if abs(gap) > MOST_ERRORS * error:
        verdict = "anti-conservative" if gap > 0 else "conservative"
    return Row(method, setting, promise, nominal, observed, error, n, verdict, note)


def plain(rows: list[Row]) -> list[dict]:
    """Return rows as they are written to a file."""
    return [
        {k: round(v, 6) if isinstance(v, float) else v for k, v in asdict(one).items()}
        for one in rows
    ]
