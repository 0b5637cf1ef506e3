"""A paper as JSON: its words, block by block, and its numbers, for programs and for open data."""

import json
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from lykta.infrastructure.papers.paper import Figure, Paper

SCHEMA = "lykta.paper/1"


def render(paper: Paper) -> bytes:
    """Return the paper as JSON; what is missing is null, and the order of keys is fixed."""
    words = plain(paper)
    numbers = words.pop("data")
    del words["type"]
    document = {"schema": SCHEMA, **words, "data": numbers}
    return ("{\n" + ",\n".join(_lines(document)) + "\n}\n").encode("utf-8")


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield one line for each key, and one for each block: to be read, and quick to write."""
    for key, value in document.items():
        if key == "blocks":
            blocks = ",\n".join(map(_compact, value))
            yield f'"blocks": [\n{blocks}\n]'
        else:
            yield f"{_compact(key)}: {_compact(value)}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Return the value as JSON has it: a block is an object with its `type`, NaN is null.

    How a figure is drawn is left out; its words and its numbers are in.
    """
    if is_dataclass(value) and not isinstance(value, type):
        left_out = ("spec", "narrow_spec") if isinstance(value, Figure) else ()
        named = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in left_out}
        return {"type": type(value).__name__.lower()} | {k: plain(v) for k, v in named.items()}
    if isinstance(value, dict):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "tolist"):  # an array, or a single number of one
        return plain(value.tolist())
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"value: {value!r} of type {type(value).__name__} has no form in JSON")
