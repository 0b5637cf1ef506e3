"""The labelled reports: a text, and what in it tells of persons or only seems to."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
TRAP = "fälla"
_LABEL = re.compile(r"\[([^\]:]+):([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled part of a text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report as it was written, and its labels."""

    text: str
    labels: tuple[Label, ...]

    @property
    def is_clean(self) -> bool:
        """Return whether it tells of no one."""
        return all(label.kind == TRAP for label in self.labels)


@cache
def reports(half: str) -> tuple[Labelled, ...]:
    """Return the reports of a half of the corpus: `develop` or `held_apart`."""
    lines = (FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_labelled(line) for line in lines)


def _labelled(line: str) -> Labelled:
    text, labels, last = "", [], 0
    for match in _LABEL.finditer(line):
        text += line[last : match.start()]
        labels.append(Label(match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return Labelled(text + line[last:], tuple(labels))
