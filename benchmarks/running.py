"""Run a script as a fresh process and say what it cost."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ROOT / ".venv/bin/python"
PEERS = ROOT / ".venv-bench/bin/python"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took, from its start to its end."""

    cpu_s: float  # user and system
    wall_s: float
    peak_mb: float  # resident set
    said: dict = field(hash=False)  # the JSON on its last line, if any: phases, results


def cost_of(command: list[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Return what a command costs, run with some more variables in its environment.

    The caller should hold little memory: Linux counts what it holds at the fork as the child's.
    """
    started = os.times().elapsed
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    printed = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        shown = " ".join(str(part) for part in command)
        raise RuntimeError(f"{shown} ended with {child.returncode}")
    last = printed.strip().rsplit("\n", 1)[-1]
    return Cost(
        cpu_s=usage.ru_utime + usage.ru_stime,
        wall_s=os.times().elapsed - started,
        peak_mb=usage.ru_maxrss / 1024,
        said=json.loads(last) if last.startswith("{") else {},
    )
