"""The colours of a paper by name, light and dark: the one place where a colour is written.

A chart is drawn in the light colours. Each of them is used for one name only, so that a drawing
can be turned into one whose colours follow the reader's scheme.
"""

import re

LIGHT = {
    "bg": "#ffffff",
    "tint": "#f5f7f7",
    "tint2": "#eaeeef",
    "band": "#dfe5e7",
    "ink": "#1b2226",
    "ink2": "#515b61",
    "line": "#dde2e4",
    "line2": "#7f8a90",
    "accent": "#0b5568",
    "accent-tint": "#e6f0f2",
    "r1": "#d3e4e9",
    "r2": "#a9cbd4",
    "r3": "#6ea5b3",
    "r4": "#33798c",
    "r5": "#0b4d5f",
    "on-dark": "#fefefe",  # a figure on r4 or r5
    "on-light": "#1b2227",  # a figure on r1 to r3
    "water": "#e8eef2",
    "land": "#f7f8f7",
    "landline": "#aab3b7",
    "mark": "#fff3d6",
    "mark-ink": "#4b3500",
}
DARK = {
    "bg": "#13181b",
    "tint": "#1a2124",
    "tint2": "#222b2f",
    "band": "#2d393f",
    "ink": "#eceff0",
    "ink2": "#aab5ba",
    "line": "#2c363b",
    "line2": "#7d8a90",
    "accent": "#83c9d8",
    "accent-tint": "#173038",
    "r1": "#20363e",
    "r2": "#2c5866",
    "r3": "#3b7a8a",
    "r4": "#67aebe",
    "r5": "#a9dbe6",
    "on-dark": "#08232b",
    "on-light": "#ffffff",
    "water": "#0f1a20",
    "land": "#1c2327",
    "landline": "#4a565c",
    "mark": "#352a12",
    "mark-ink": "#f4dfae",
}
RAMP = tuple(LIGHT[f"r{step}"] for step in range(1, 6))
NAMES = {colour: name for name, colour in LIGHT.items()}


def as_css(colours: dict[str, str]) -> str:
    """Return the colours as declarations of CSS variables."""
    return "".join(f"--ly-{name}:{colour};" for name, colour in colours.items())


def as_variables(svg: str) -> str:
    """Return the drawing with each of our colours replaced by its CSS variable."""

    def variable(match: re.Match[str]) -> str:
        name = NAMES.get(match[2].lower())
        return f'{match[1]}="var(--ly-{name})"' if name else match[0]

    return re.sub(r'\b(fill|stroke)="(#[0-9a-fA-F]{6})"', variable, svg)
