"""All methods, each with its peer and its target."""

from pathlib import Path

from benchmarks.methods import alarms, effects, gathering, placing, rscript, smoothing, surveys
from benchmarks.methods.method import Method, verdicts
from benchmarks.running import OURS, PEERS, cost_of

METHODS: tuple[Method, ...] = (
    *smoothing.METHODS,
    *alarms.METHODS,
    *effects.METHODS,
    *surveys.METHODS,
    *placing.METHODS,
    *gathering.METHODS,
)
MEASURES = ("cpu_s", "wall_s", "peak_mb", "fresh_cpu_s", "fresh_wall_s")
# Threads of linear algebra that wait for each other burn seconds wherever cores are busy.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
VERDICTS = {
    "warm": "cpu_s",
    "fresh process": "fresh_cpu_s",
    "share of memory": "peak_mb",
    "answers apart": "answers",
}


def measured(part: str = "") -> dict[str, dict]:
    """Return the costs of each method whose name holds a word, each side in its own process."""
    return {method.name: _compared(method) for method in METHODS if part in method.name}


def _compared(method: Method) -> dict:
    ours = _cost(OURS, "ours", method)
    peer = _peers_cost(method)
    said = verdicts(method, ours, peer)
    is_missing = method.peer is not None and peer is None
    return {
        "size": method.size,
        "against": f"{method.against}: no peer here" if is_missing else method.against,
        **{f"ours {name}": ours[name] for name in MEASURES},
        **{f"peer {name}": peer[name] if peer else None for name in MEASURES},
        **{name: said.get(key, "") for name, key in VERDICTS.items()},
    }


def _peers_cost(method: Method) -> dict | None:
    """Return what the peer costs, None where there is none, or none on this machine."""
    if isinstance(method.peer, Path):
        return rscript.cost(method.peer, method.inputs) if rscript.is_here(method.peer) else None
    return _cost(PEERS, "peer", method) if method.peer else None


def _cost(python: Path, side: str, method: Method) -> dict:
    command = [python, "-m", "benchmarks.methods.run", side, method.name]
    return cost_of(command, ONE_THREAD).said


def lines(result: dict[str, dict]) -> list[str]:
    """Return the lines to print: two a method, ours above the peer's."""
    head = f"{'method, size':52}" + "".join(f"{name:>14}" for name in MEASURES)
    found = [head]
    for name, row in result.items():
        for side, label in (("ours", f"{name}, {row['size']}"), ("peer", f"  {row['against']}")):
            cells = (row[f"{side} {measure}"] for measure in MEASURES)
            cells = (f"{'':>14}" if cell is None else f"{cell:>14.4g}" for cell in cells)
            found.append(f"{label:52}" + "".join(cells))
        kept = (f"{way}: {row[way]}" for way in VERDICTS if row[way])
        found.append(f"  -> {'; '.join(kept)}")
    return found
