"""Ten million rows: each function in a process of its own, with a cap on memory and on time.

Run as ``python -m tests.analysis.huge --out docs/reference/huge.json``. Without names, those whose
code has changed since the result in FILE was made.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import grimp
from benchmarks.circumstances import ROOT, circumstances, fingerprint
from tests.analysis.huge_cases import CASES, Case, N

from lykta.analysis import HOMES

MOST_GB, MOST_S = 12, 300
AS_KNOWN = "as known"
BY_NAME = {case.function: case for case in CASES}


def measured(case: Case) -> dict:
    """Return what a case cost and how it ended, run in a process of its own."""
    command = [sys.executable, "-m", "tests.analysis.huge", "--alone", case.function]
    row = {"function": case.function, "ten million": case.size, "held against": case.known}
    try:
        told = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=MOST_S
        )
    except subprocess.TimeoutExpired:
        return row | {"ends": f"not within {MOST_S} s", "seconds": None, "peak_mb": None}
    if told.returncode:
        return row | {"ends": f"out of memory at {MOST_GB} GB", "seconds": None, "peak_mb": None}
    return row | json.loads(told.stdout.splitlines()[-1])


def alone(case: Case) -> dict:
    """Return the same of this process, which may use so much memory and no more."""
    most = MOST_GB * 1024**3
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    given = case.given()
    began = time.monotonic()
    try:
        found = case.act(given)
    except ValueError as error:
        ends = f"an error: *{error}*"
        seconds = time.monotonic() - began
    else:
        seconds = time.monotonic() - began
        ends = AS_KNOWN if case.holds(found) else "WRONG"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"ends": ends, "seconds": round(seconds, 2), "peak_mb": round(peak)}


def fingerprints() -> dict[str, str]:
    """Return for each case the fingerprint of the code that its answer hangs on."""
    graph = grimp.build_graph("lykta")
    found = {}
    for name in BY_NAME:
        home = f"lykta.analysis.{HOMES[name.split('.')[0].split(',')[0]]}"
        used = graph.find_upstream_modules(home) | {home}
        files = (ROOT / "src" / module.replace(".", "/") for module in used)
        paths = [f"{each.relative_to(ROOT)}.py" for each in files if not each.is_dir()]
        found[name] = fingerprint([*paths, "tests/analysis/huge_cases.py"])
    return found


def out_of_date(result: dict) -> list[str]:
    """Return the cases that have no result, or one of code that has changed since."""
    parts = result.get("parts", {})
    return [name for name, sha256 in fingerprints().items() if parts.get(name) != sha256]


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - run by hand


def main() -> None:
    """Run the cases one by one, print their rows, and keep each result as it comes."""
    options = argparse.ArgumentParser(prog="python -m tests.analysis.huge", description=__doc__)
    options.add_argument("names", nargs="*", metavar="FUNCTION")
    options.add_argument("--out", type=Path, help="keep the result as JSON, with those before")
    options.add_argument("--alone", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.alone:
        say(json.dumps(alone(BY_NAME[chosen.alone])))
        return
    known = chosen.out and chosen.out.exists()
    result = json.loads(chosen.out.read_text(encoding="utf-8")) if known else {}
    before = fingerprints()
    for name in chosen.names or out_of_date(result):
        row = measured(BY_NAME[name])
        say(f"{name:28} {row['ends']:40} {row['seconds']} s {row['peak_mb']} MB")
        rows = {each["function"]: each for each in result.get("rows", [])} | {name: row}
        result = circumstances() | {
            "rows_given": N, "most_gb": MOST_GB, "most_s": MOST_S,
            "parts": result.get("parts", {}) | {name: before[name]},
            "rows": [rows[each] for each in BY_NAME if each in rows],
        }  # fmt: skip
        if chosen.out:
            text = json.dumps(result, indent=1, ensure_ascii=False)
            chosen.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
