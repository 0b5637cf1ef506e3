"""The demo municipality: a drawn map of Huddinge, SCB's population, and synthetic events.

Population and border are published figures; every event, organisation and place name is invented.
Nothing heavy is imported until a world is made.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lykta.demo.planted import PLANTED, Kind, Planted

if TYPE_CHECKING:
    import numpy as np

    from lykta.demo.worlds import World

__all__ = ["PLANTED", "Kind", "Planted", "world", "write"]


def world(rng: "np.random.Generator", planted: Sequence[Planted] = PLANTED) -> "World":
    """Return one world as arrays, without writing anything; ``planted=()`` gives plain noise."""
    from lykta.demo.worlds import make

    return make(rng, planted)


def write(folder: Path, *, seed: int = 2026) -> list[Path]:
    """Write the demo municipality's files and return their paths; same seed, same bytes."""
    import numpy as np

    from lykta.demo.files import write_all

    return write_all(folder, world(np.random.default_rng(seed)))
