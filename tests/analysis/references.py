"""Numbers computed elsewhere, kept with their method, source and tolerance in tests/reference."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from lykta.analysis.weights import Neighbours, neighbours_from_lists

FOLDER = Path(__file__).parents[1] / "reference"


class Reference:
    """One file of reference numbers: columns as attributes, the rest by key."""

    def __init__(self, name: str) -> None:
        self._all = json.loads((FOLDER / f"{name}.json").read_text())

    def __getitem__(self, key: str) -> Any:
        return self._all[key]

    def __getattr__(self, column: str) -> np.ndarray:
        return np.array(self._all["columns"][column])

    @property
    def tolerance(self) -> float:
        return self._all["tolerance"]

    def near(self) -> Neighbours:
        return neighbours_from_lists(self._all["columns"]["neighbours"])
