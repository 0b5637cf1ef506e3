"""The network as a drawing: plain names in, places on a circle out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SIZE, RADIUS, MARGIN = 480, 150, 14


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation on the circle, and where its name begins or ends."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str  # of the name: start, middle or end


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two organisations."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str  # agreed or missing


def drawn(pairs: Sequence[tuple[str, str, bool]]) -> tuple[list[Node], list[Line]]:
    """Return where names stand in a square of `SIZE`, and the lines between them.

    pairs : one name, the other, and whether the tie is missing its agreement.
    """
    names = list(dict.fromkeys(name for one, other, _is in pairs for name in (one, other)))
    nodes = {name: _node(name, n, len(names)) for n, name in enumerate(names)}
    lines = [
        Line(
            nodes[one].x, nodes[one].y, nodes[other].x, nodes[other].y,
            "missing" if is_missing else "agreed",
        )
        for one, other, is_missing in pairs
    ]  # fmt: skip
    return list(nodes.values()), lines


def _node(name: str, place: int, n: int) -> Node:
    angle = 2 * pi * place / n - pi / 2
    x, y = SIZE / 2 + RADIUS * cos(angle), SIZE / 2 + RADIUS * sin(angle)
    out_x, out_y = x + MARGIN * cos(angle), y + MARGIN * sin(angle)
    anchor = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
    return Node(name, round(x, 1), round(y, 1), round(out_x, 1), round(out_y + 4, 1), anchor)
