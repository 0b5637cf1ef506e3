"""Where and when a result was made, and of which code."""

import hashlib
import os
import platform
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]


def circumstances() -> dict:
    """Return the date, the commit and the machine of a run."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": _commit(),
        "machine": {
            "cpu": _cpu(),
            "cores": os.cpu_count(),
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
        },
    }


def files_of(code: Iterable[str]) -> list[str]:
    """Return the Python files that are named, or lie in the folders that are, from the root."""
    named = [ROOT / each for each in code]
    files = [path for each in named for path in ([each] if each.is_file() else each.rglob("*.py"))]
    return sorted(str(path.relative_to(ROOT)) for path in files)


def fingerprint(paths: list[str]) -> str:
    """Return the SHA-256 of source files, named from the root of the project, taken together."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.encode() + b"\0" + (ROOT / path).read_bytes() + b"\0")
    return digest.hexdigest()


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
