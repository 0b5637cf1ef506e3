"""`python -m benchmarks [--only WORD] [--out FILE]`: one run beside the peers, and the ratios.

The common picture of a town, then each method; with a word, the methods whose name holds it.

The peers live in `.venv-bench`: `python -m venv .venv-bench` and
`.venv-bench/bin/pip install --require-hashes -r requirements/benchmarks.txt`.
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.circumstances import circumstances
from benchmarks.methods import table as methods
from benchmarks.running import OURS, PEERS, Cost, cost_of

SIZE = (1_000_000, 75, 80)  # events, columns and rows of areas
SMALL = (10_000, 15, 16)
# What we hold ourselves to: our share of the peer's cost, at most.
TARGETS = {"CPU, whole command": 1 / 3, "peak memory": 1 / 2, "CPU, computing the same": 1 / 5}
PEER_SCRIPT = Path(__file__).parent / "picture/peer.py"


def our_command(folder: Path) -> list[str | Path]:
    """Return the command that draws the picture of a town, as its user would write it."""
    events, areas = folder / "events.csv", folder / "areas.gpkg"
    return [
        OURS.with_name("lykta"), "picture", events, areas,
        "--crs", "EPSG:3006", "--period", "2024-01..2024-12", "--audience", "partners",
        "-o", folder / "picture.json",
    ]  # fmt: skip


def our_phases(folder: Path, steps: str) -> list[str | Path]:
    """Return the script that tells the phases apart: of all that the picture holds, or the same."""
    return [OURS, "-m", "benchmarks.picture.ours", folder, steps]


def main() -> None:
    """Run everything, print the table, and write it if asked to."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--only", help="of the methods alone, those whose name holds this")
    options.add_argument("--out", type=Path, help="write the result as JSON")
    chosen = options.parse_args()
    result = circumstances()
    if chosen.only is None:
        with tempfile.TemporaryDirectory() as kept:
            result |= measure(Path(kept))
        print("\n".join(table(result)), flush=True)
    result["methods"] = methods.measured(chosen.only or "")
    print("\n".join(methods.lines(result["methods"])))
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def measure(folder: Path) -> dict:
    """Return what both sides cost to draw a town, and our share of the peer's."""
    small, town = folder / "small", folder / "town"
    for place, size in ((small, SMALL), (town, SIZE)):
        cost_of([OURS, "-m", "benchmarks.picture.town", place, *size])
    # Both sides compile before they are measured.
    for command in (our_command(small), our_phases(small, "picture"), [PEERS, PEER_SCRIPT, small]):
        cost_of(command)
    sides = {
        "command": cost_of(our_command(town)),
        "everything": cost_of(our_phases(town, "picture")),
        "the same": cost_of(our_phases(town, "same")),
        "peer, 999": cost_of([PEERS, PEER_SCRIPT, town]),
        # What the peer would need for p small enough to pass false-discovery control.
        "peer, 9,999": cost_of([PEERS, PEER_SCRIPT, town, 9_999]),
    }
    return {
        "size": dict(zip(("events", "columns", "rows"), SIZE, strict=True)),
        "picture": {name: _plain(cost) for name, cost in sides.items()},
        "shares": _shares(sides),
    }


def _shares(sides: dict[str, Cost]) -> dict[str, dict[str, float]]:
    """Return our share of the peer's cost, at its usual permutations and at more of them.

    Even 9,999 are too few to single out one of 6,000 areas after false-discovery control; ours
    takes as many as that needs.
    """
    return {
        name: {
            "CPU, whole command": sides["command"].cpu_s / peer.cpu_s,
            "peak memory": sides["command"].peak_mb / peer.peak_mb,
            "CPU, computing the same": sides["the same"].said["compute"] / peer.said["compute"],
        }
        for name, peer in ((name, sides[name]) for name in ("peer, 999", "peer, 9,999"))
    }


def _plain(cost: Cost) -> dict:
    return {"cpu_s": cost.cpu_s, "wall_s": cost.wall_s, "peak_mb": cost.peak_mb, **cost.said}


def table(result: dict) -> list[str]:
    """Return the lines to print."""
    sides = result["picture"]
    lines = [f"{'':28}" + "".join(f"{name:>13}" for name in sides)]
    for phase in ("cpu_s", "wall_s", "peak_mb", "import", "read", "compute"):
        cells = (
            f"{side[phase]:>13.2f}" if phase in side else f"{'':13}" for side in sides.values()
        )
        lines.append(f"{phase:28}" + "".join(cells))
    lines.append("")
    for peer, shares in result["shares"].items():
        for name, share in shares.items():
            verdict = "within" if share <= TARGETS[name] else "ABOVE"
            lines.append(f"of {peer:14}{name:26}{share:>6.2f}  {verdict} {TARGETS[name]:.2f}")
    return [*lines, ""]


if __name__ == "__main__":
    main()
