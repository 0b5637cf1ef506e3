"""A paper as DOCX, to work on in Word: real headings, repeated table heads, described pictures.

The template gives styles, header and footer, and may be the municipality's own. The paper's
words fill it as values, never as template text.
"""

import io
import zipfile
from datetime import UTC
from pathlib import Path
from typing import Any

from lykta.infrastructure.papers import layout
from lykta.infrastructure.papers.drawing import to_png
from lykta.infrastructure.papers.paper import Figure, Paper
from lykta.infrastructure.papers.writer import BODY, Writer

TEMPLATE = Path(__file__).parent / "templates" / "paper.docx"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every part in the archive
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def render(paper: Paper, template: Path | None = None) -> bytes:
    """Return the paper as DOCX in the styles of the template; the same paper, the same bytes."""
    from docxtpl import DocxTemplate

    tree = layout.tree(paper, lambda figure: _draw(figure, paper.marking))
    filled = DocxTemplate(str(template or TEMPLATE))
    registry = f"{tree['words']['registry_number']} {paper.registry_number}"
    outer = {key: value for key, value in tree.items() if key != "blocks"}
    outer |= {"registry_line": registry if paper.registry_number else "", "body": BODY}
    filled.render(outer, autoescape=True)
    document = filled.docx
    Writer(document, tree).write()
    _set_properties(document, paper)
    saved = io.BytesIO()
    document.save(saved)
    return _with_fixed_times(saved.getvalue())


def _draw(figure: Figure, marking: str) -> dict[str, Any]:
    """Return the figure as a picture."""
    return {"png": to_png(figure.spec, marking=marking)}


def _set_properties(document: Any, paper: Paper) -> None:
    """Set what the file says of itself, and the language of its text."""
    from docx.oxml.ns import qn

    made = paper.made.astimezone(UTC).replace(tzinfo=None)  # Word counts in UTC and names no zone
    properties = document.core_properties
    properties.title = layout.document_title(paper)
    properties.author = properties.last_modified_by = paper.organisation
    properties.created = properties.modified = made
    properties.language = LANGUAGES[paper.language]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES[paper.language])


def _with_fixed_times(archive: bytes) -> bytes:
    """Return the archive with the same time on every part, in the same order."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part.filename))
    return fixed.getvalue()
