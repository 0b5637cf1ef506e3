"""How long the files and functions of the house are: `python -m tests.architecture.sizes`."""

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import in_house, python_files

LONGEST_FILE = 500  # lines
LONGEST_FUNCTION = 80  # code lines: without docstring, comments and blank lines
MOST_ARGUMENTS = 7
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Size:
    """One file or function, and its length in lines."""

    where: str
    lines: int


def file_sizes(paths: Iterable[Path]) -> list[Size]:
    """Return the files that hold anything, the longest last."""
    sizes = [Size(in_house(path), len(_text(path).splitlines())) for path in paths]
    return sorted((size for size in sizes if size.lines), key=lambda size: size.lines)


def function_sizes(paths: Iterable[Path]) -> list[Size]:
    """Return the functions, the longest last."""
    sizes = [
        Size(f"{in_house(path)}:{function.lineno} {function.name}", code_lines(text, function))
        for path in paths
        for text in [_text(path)]
        for function in functions(text)
    ]
    return sorted(sizes, key=lambda size: size.lines)


def functions(text: str) -> Iterator[Function]:
    """Yield every function of a module's text, nested ones and methods too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            yield node


def code_lines(text: str, function: Function) -> int:
    """Return how many lines of a function are code."""
    lines = text.splitlines()
    ignored: set[int] = set()
    if ast.get_docstring(function, clean=False) is not None:
        docstring = function.body[0]
        ignored.update(range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1))
    numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    bare = {n for n in numbers if not lines[n - 1].strip() or lines[n - 1].strip()[0] == "#"}
    return len(set(numbers) - ignored - bare)


def part(sizes: Sequence[Size], share: float) -> int:
    """Return the length that this share of the sizes does not exceed."""
    return sizes[min(len(sizes) - 1, int(share * len(sizes)))].lines


def said(what: str, sizes: Sequence[Size], limit: int) -> str:
    """Return the line that tells the sizes."""
    longest = sizes[-1]
    return (
        f"{what:10}{len(sizes):>6}   median {part(sizes, 0.5):>3}   "
        f"95th percentile {part(sizes, 0.95):>3}   "
        f"longest {longest.lines:>3} of {limit} ({longest.where})"
    )


def exceptions(paths: Iterable[Path]) -> int:
    """Return how many lines ask a checker to look away."""
    lines = (line for path in paths for line in _text(path).splitlines())
    return sum("# noqa" in line or "# type: ignore" in line for line in lines)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main() -> int:
    """Print the sizes and return 1 where something is too long."""
    files, every_function = file_sizes(python_files()), function_sizes(python_files())
    sys.stdout.write(said("files", files, LONGEST_FILE) + "\n")
    sys.stdout.write(said("functions", every_function, LONGEST_FUNCTION) + "\n")
    sys.stdout.write(f"exceptions from the checks: {exceptions(python_files())}\n")
    is_long = files[-1].lines > LONGEST_FILE or every_function[-1].lines > LONGEST_FUNCTION
    return int(is_long)


if __name__ == "__main__":
    sys.exit(main())
