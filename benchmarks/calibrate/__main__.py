"""`python -m benchmarks.calibrate [--worlds N] [--full] [--out FILE]`."""

import argparse
import json
import time
from pathlib import Path

from benchmarks.calibrate import FULL, SEED, WORLDS
from benchmarks.calibrate.calibration import calibrate


def main() -> None:
    """Run the calibration, print it, and write it if asked to."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.calibrate", description=__doc__)
    options.add_argument("--worlds", type=int, default=WORLDS, help="worlds for each setting")
    options.add_argument("--full", action="store_true", help=f"{FULL} worlds for each setting")
    options.add_argument("--out", type=Path, help="write the result as JSON")
    chosen = options.parse_args()
    began = time.monotonic()
    result = calibrate(FULL if chosen.full else chosen.worlds, seed=SEED)
    result["seconds"] = round(time.monotonic() - began, 1)
    for each in result["rows"]:
        print(
            f"{each['method']:40} {each['setting']:62} {each['nominal']:.4f} "
            f"{each['observed']:.4f} ±{each['error']:.4f} {each['verdict']}"
        )
    print(f"{result['seconds']} s")
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
