"""A peer in R: a script in a fresh process that reads a table, times itself and prints JSON.

It prints what `benchmarks.methods.run` prints, but for the peak of memory, which is seen from here.
Its first lines load the packages it needs.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.running import cost_of

R = "Rscript"


def is_here(script: Path) -> bool:
    """Return whether this machine has R, and the packages that the script loads."""
    packages = re.findall(r"library\((\w+)\)", script.read_text(encoding="utf-8"))
    loaded = "; ".join(f"library({name})" for name in packages)
    return shutil.which(R) is not None and _ends_well([R, "-e", loaded])


def _ends_well(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def cost(script: Path, inputs: Callable[[], np.ndarray]) -> dict:
    """Return what the script costs on an array of whole numbers, one row a line."""
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "inputs.txt"
        np.savetxt(path, inputs(), fmt="%d")
        spent = cost_of([R, script, path])
    said = dict(spent.said)
    said["answers"] = [float("nan") if value is None else value for value in said["answers"]]
    return said | {"peak_mb": spent.peak_mb}
