"""The front door: a paper in one of its forms, as bytes or as a file."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.papers.paper import Paper

Form = Literal["html", "pdf", "docx", "json"]
MODULES = {"html": "html", "pdf": "pdf", "docx": "docx", "json": "data"}


class UnknownForm(LyktaError):
    """The name of the file does not say a form that a paper has."""

    code = "unknown-form"


def render(paper: Paper, form: Form, *, links: Mapping[str, str] | None = None) -> bytes:
    """Return the paper in the form; `links` are shown in HTML, name to address of other forms."""
    if form not in MODULES:
        raise ValueError(f"form: {form!r}; give one of {', '.join(MODULES)}")
    if form == "html":
        from lykta.infrastructure.papers import html

        return html.render(paper, links)
    # Each form loads its own machinery, and only when it is asked for.
    module = importlib.import_module(f"lykta.infrastructure.papers.{MODULES[form]}")
    rendered: bytes = module.render(paper)
    return rendered


def write(paper: Paper, path: Path, *, links: Mapping[str, str] | None = None) -> Path:
    """Write the paper to the file, in the form that its suffix names, and return the path."""
    form = path.suffix.lower().removeprefix(".")
    if form not in MODULES:
        raise UnknownForm(
            f"”{path.name}” har ingen ändelse som går att skriva. "
            "Välj ett namn som slutar på .html, .pdf, .docx eller .json."
        )
    path.write_bytes(render(paper, form, links=links))  # type: ignore[arg-type]
    return path
