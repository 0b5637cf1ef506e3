"""`python -m benchmarks.calibrate [CHECK …] [--worlds N] [--out FILE]`.

Without names, the checks whose code has changed since the result in FILE was made.
"""

import argparse
import json
from pathlib import Path

from benchmarks.calibrate import SEED
from benchmarks.calibrate.calibration import CHECKS, calibrate, joined, out_of_date


def main() -> None:
    """Run the checks one by one, print their rows, and keep each result as it comes."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.calibrate", description=__doc__)
    options.add_argument("checks", nargs="*", metavar="CHECK", help=f"of {', '.join(CHECKS)}")
    options.add_argument("--worlds", type=int, help="worlds for each setting")
    options.add_argument("--out", type=Path, help="keep the result as JSON, with those before")
    chosen = options.parse_args()
    known = chosen.out and chosen.out.exists()
    result = json.loads(chosen.out.read_text(encoding="utf-8")) if known else {}
    for name in chosen.checks or out_of_date(result):
        made = calibrate([name], chosen.worlds, seed=SEED)
        for each in made["rows"]:
            print(
                f"{each['method']:40} {each['setting']:62} {each['nominal']:.4f} "
                f"{each['observed']:.4f} ±{each['error']:.4f} {each['verdict']}"
            )
        print(f"{name}: {made['parts'][name]['seconds']} s", flush=True)
        result = joined(result, made)
        if chosen.out:
            text = json.dumps(result, indent=1, ensure_ascii=False)
            chosen.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
